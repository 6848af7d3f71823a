"""Make the manual's pictures anew from the demo's real output.

Usage: python docs/make_pictures.py [--screen]   (needs LibreOffice, pdftoppm and pdfinfo; the
pictures of the screen need Chromium and Playwright, and --screen makes them alone)
"""

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from edu_sheet.cli.demo import demo
from edu_sheet.summary.typeset.pdf import find_office, to_pdf

PICTURES = Path(__file__).resolve().parent / "图片"
FORM = "下发/2022-12/2022-12_县财政局.xlsx"
QUARTER_FORM = "下发/2022Q4/2022Q4_县教育局.xlsx"
MASTER = "成果/2022Q4/总表.xlsx"
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "方案原文.docx"
SUMMARY = "成果/2022Q4/季度总结.docx"


def main() -> None:
    """Run the demo in a scratch folder and print pages of its outputs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        workspace = folder / "demo"
        for _ in demo(workspace):
            pass
        screen(workspace, folder)
        if "--screen" in sys.argv:
            return
        picture(printed(workspace / FORM, folder), 1, "填报表")
        picture(printed(workspace / MASTER, folder), 1, "总表")
        summary = printed(workspace / SUMMARY, folder)
        landscape = first_landscape(summary)
        shown = ((1, ""), (2, "-进展"), (landscape - 2, "-问题"), (landscape, "-附件"))
        for page, name in shown:
            picture(summary, page, f"季度总结{name}")
        picture(printed(workspace / QUARTER_FORM, folder), 1, "填报表-季度")


def screen(workspace: Path, scratch: Path) -> None:
    """Take pictures of the screen's pages, in a window of 1280 by 800."""
    from edu_sheet import app
    from tests.support.browser import Server, browsing

    server = Server(scratch / "home")
    waits = app.waiting(workspace)[0].id
    with browsing() as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(server.start(workspace))
        origin = page.url.partition("/p")[0]
        for path, name in (
            ("/p/2022-12/collect", "收表"),
            (f"/return/{waits}", "对照"),
            ("/p/2022Q4/sum", "汇总"),
            ("/matrix", "一览表"),
        ):
            page.goto(f"{origin}{path}")
            _shoot(page, name)
        page.goto(f"{origin}/wizard")
        page.set_input_files("#plan", EXAMPLE)
        page.get_by_role("button", name="读取方案").click()
        page.get_by_text("读出").first.wait_for()
        _shoot(page, "核对方案")
    server.kill()


def _shoot(page: Any, name: str) -> None:
    from PIL import Image

    page.evaluate(
        "for (const one of document.querySelectorAll('.where')) one.textContent = 'D:\\\\督办';"
        "for (const one of document.querySelectorAll('.name')) one.textContent = '督办';"
        "for (const one of document.querySelectorAll('[name=folder]')) one.value = 'D:\\\\督办'"
    )
    shot = io.BytesIO(page.screenshot())
    Image.open(shot).convert("RGB").quantize(48).save(PICTURES / f"屏幕-{name}.png", optimize=True)


def printed(document: Path, scratch: Path) -> Path:
    """Return the document as a PDF in the scratch folder."""
    pdf = scratch / f"{document.stem}.pdf"
    if document.suffix == ".docx":
        pdf.write_bytes(to_pdf(document.read_bytes(), document.name))
    else:
        profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
        convert = [str(find_office()), profile, "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*convert, str(scratch), str(document)], check=True, capture_output=True)
    return pdf


def picture(pdf: Path, page: int, name: str) -> None:
    """Print one page to a picture of that name."""
    which = ["-f", str(page), "-l", str(page), "-singlefile"]
    command = ["pdftoppm", "-r", "70", "-png", *which, str(pdf), str(PICTURES / name)]
    subprocess.run(command, check=True)


def first_landscape(pdf: Path) -> int:
    """Return the number of the first page that is wider than high, 1 if none is."""
    sizes = re.findall(r"Page\s+(\d+) size:\s+([\d.]+) x ([\d.]+)", _info(pdf))
    wide = (int(page) for page, width, height in sizes if float(width) > float(height))
    return next(wide, 1)


def _info(pdf: Path) -> str:
    command = ["pdfinfo", "-f", "1", "-l", "999", str(pdf)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
