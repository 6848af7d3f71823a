"""Make the manual's pictures anew from the demo's real output.

Usage: python docs/make_pictures.py   (needs LibreOffice and pdftoppm)
"""

import subprocess
import tempfile
from pathlib import Path

from edu_sheet.demo import demo
from edu_sheet.summary.pdf import find_office, to_pdf

PICTURES = Path(__file__).resolve().parent / "图片"
PAGES = {
    "填报表": "下发/2022-12/2022-12_县财政局.xlsx",
    "总表": "成果/2022Q4/总表.xlsx",
    "季度总结": "成果/2022Q4/季度总结.docx",
}


def main() -> None:
    """Run the demo in a scratch folder and print the first page of each output."""
    with tempfile.TemporaryDirectory() as scratch:
        workspace = Path(scratch) / "demo"
        for _ in demo(workspace):
            pass
        for name, file in PAGES.items():
            picture(workspace / file, PICTURES / name, Path(scratch))


def picture(document: Path, target: Path, scratch: Path) -> None:
    """Print the first page of a document to target.png."""
    pdf = scratch / f"{document.stem}.pdf"
    if document.suffix == ".docx":
        pdf.write_bytes(to_pdf(document.read_bytes(), document.name))
    else:
        profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
        convert = [str(find_office()), profile, "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*convert, str(scratch), str(document)], check=True, capture_output=True)
    page = ["pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*page, str(pdf), str(target)], check=True)


if __name__ == "__main__":
    main()
