"""`python -m benchmarks.by_hand NAME FOLDER`: a command's work as one would script it, and no more.

Each reads the files of a workspace with openpyxl, pandas or python-docx and writes what the command
gives beside it, in FOLDER/手写: nothing is checked, recorded or made durable. Nothing of edu-sheet
is imported: a script's time is that of its own imports.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PERIOD, QUARTER = "2022-12", "2022Q4"
_FIRST, _HEADER = 5, 3  # the first row of a form's tasks; the rows above its header
_PAGE = """<!doctype html><title>报送情况</title><table>
{% for unit, come in units %}<tr><td>{{ unit }}<td>{{ "已报" if come else "未报" }}
{% endfor %}</table>"""
_LEAD, _RESPONSIBLE = "牵头部门", "责任部门"


def _tasks(folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the rows of 分工方案 and of 单位名录 by their headers."""
    from openpyxl import load_workbook

    book = load_workbook(folder / "分工方案.xlsx")
    found = []
    for name, header in (("分工方案", 3), ("单位名录", 2)):
        rows = list(book[name].iter_rows(min_row=header, values_only=True))
        names = [str(one) for one in rows[0]]
        found.append(
            [
                dict(zip(names, [str(one or "") for one in row], strict=True))
                for row in rows[1:]
                if row[1] or row[0]
            ]
        )
    return found[0], found[1]


def _of(unit: str, tasks: list[dict[str, str]]) -> list[dict[str, str]]:
    return [one for one in tasks if unit in one[_LEAD] or unit in one[_RESPONSIBLE]]


def check(folder: Path) -> None:
    """Print what a task lacks, and the units that stand in no task."""
    tasks, units = _tasks(folder)
    for row in tasks:
        if not (row["目标任务"] and row[_LEAD]):
            print("缺：", row["序号"])  # noqa: T201 - a script
    for one in units:
        if not _of(one["单位"], tasks):
            print("没有任务：", one["单位"])  # noqa: T201 - a script


def generate(folder: Path) -> None:
    """Fill a template in for each unit."""
    from openpyxl import load_workbook

    tasks, units = _tasks(folder)
    target = _target(folder)
    for one in units:
        unit = one["单位"]
        book = load_workbook(folder / "模板.xlsx")
        sheet = book.worksheets[0]
        sheet["A2"] = f"填报单位：{unit}"
        for row, task in enumerate(_of(unit, tasks), start=_FIRST):
            for column, name in enumerate(("序号", "目标任务", "具体要求"), 1):
                sheet.cell(row, column).value = task[name]
            sheet.cell(row, 5).value = task[_LEAD]
            sheet.cell(row, 6).value = task[_RESPONSIBLE]
        book.save(target / f"{PERIOD}_{unit}.xlsx")


def collect(folder: Path) -> None:
    """Read every return, and put the rows together."""
    import pandas as pd

    frames = []
    for path in sorted((folder / "收件箱").iterdir()):
        frame = pd.read_excel(path, engine="openpyxl", header=_HEADER)
        frame["单位"] = path.stem.removesuffix("（已填）")
        frames.append(frame)
    pd.concat(frames, ignore_index=True).to_csv(folder / "收到.csv", index=False)


def status(folder: Path) -> None:
    """Print who has sent a file."""
    _, units = _tasks(folder)
    come = {path.stem.removesuffix("（已填）") for path in (folder / "退回").iterdir()}
    for one in units:
        print(one["单位"], "已报" if one["单位"] in come else "未报")  # noqa: T201 - a script


def merge(folder: Path) -> None:
    """Write the texts by task, by unit and one by one with to_excel."""
    import pandas as pd

    frame = pd.read_csv(folder / "收到.csv", dtype=str)
    said = frame.assign(said="【" + frame["单位"] + "】\n" + frame["进展情况"])
    whole = said.groupby("序号", sort=False)["said"].apply("\n".join)
    tasks = frame.drop_duplicates("序号").set_index("序号")[["目标任务", "具体要求"]]
    table = tasks.assign(进展情况=whole).reset_index()
    with pd.ExcelWriter(_target(folder) / "总表.xlsx", engine="openpyxl") as writer:
        table.to_excel(writer, sheet_name="总表", index=False)
        table.to_excel(writer, sheet_name="打印版", index=False)
        frame.to_excel(writer, sheet_name="进展历程", index=False)
        frame["单位"].value_counts().to_excel(writer, sheet_name="报送情况")
        frame.to_excel(writer, sheet_name="明细", index=False)


def report(folder: Path) -> None:
    """Write a document of headings, paragraphs and a table."""
    import pandas as pd
    from docx import Document

    frame = pd.read_csv(folder / "收到.csv", dtype=str)
    document = Document()
    document.add_heading("季度总结", 0)
    for goal, rows in frame.groupby("目标任务", sort=False):
        document.add_heading(str(goal), 1)
        for unit, said in zip(rows["单位"], rows["进展情况"], strict=True):
            document.add_paragraph(f"{unit}：{said}")
    first = frame.drop_duplicates("序号")
    table = document.add_table(len(first), 3)
    for row, one in enumerate(first[["序号", "目标任务", "进展情况"]].itertuples(index=False)):
        for column, text in enumerate(one):
            table.cell(row, column).text = str(text)
    document.save(str(_target(folder) / "季度总结.docx"))


def export(folder: Path) -> None:
    """Print sheet 明细 of the master as CSV."""
    import pandas as pd

    frame: Any = pd.read_excel(folder / "成果" / PERIOD / "总表.xlsx", sheet_name="明细")
    print(frame.to_csv(index=False))  # noqa: T201 - a script


def mail(folder: Path) -> None:
    """Write a letter with its form for each unit."""
    from email.message import EmailMessage

    _, units = _tasks(folder)
    for one in units:
        letter = EmailMessage()
        letter["To"], letter["Subject"] = one["邮箱"], f"请填报：{PERIOD}"
        letter.set_content("请填写附件，月底前发回。")
        form = folder / "下发" / PERIOD / f"{PERIOD}_{one['单位']}.xlsx"
        letter.add_attachment(
            form.read_bytes(), maintype="application", subtype="octet-stream", filename=form.name
        )
        (_target(folder) / f"{one['单位']}.eml").write_bytes(letter.as_bytes())


def screen(folder: Path) -> None:
    """Serve a page that says who has sent a file, and print its address."""
    from flask import Flask, render_template_string
    from waitress import create_server

    site = Flask(__name__)

    @site.get("/")
    def first() -> str:
        _, units = _tasks(folder)
        come = {path.stem.removesuffix("（已填）") for path in (folder / "退回").iterdir()}
        return render_template_string(
            _PAGE, units=[(one["单位"], one["单位"] in come) for one in units]
        )

    server: Any = create_server(site, host="127.0.0.1", port=0)
    print(f"http://127.0.0.1:{server.effective_port}/", flush=True)  # noqa: T201 - a script
    server.run()


def _target(folder: Path) -> Path:
    target = folder / "手写"
    target.mkdir(exist_ok=True)
    return target


SCRIPTS: dict[str, Callable[[Path], None]] = {
    one.__name__: one
    for one in (check, generate, collect, status, merge, report, export, mail, screen)
}

if __name__ == "__main__":
    SCRIPTS[sys.argv[1]](Path(sys.argv[2]))
