"""The honest naive way: what one would write in an afternoon with the same libraries.

No identity, no locked-cell comparison, no ledger, nothing durable: the least that does the work.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import work

if TYPE_CHECKING:
    from docx.document import Document
    from pandas import DataFrame

Rows = Sequence[Sequence[str]]  # a table: its header, then its rows

_HEADER = 3  # rows above the header of a form
_CELL, _PAGE = 32_767, 1_000  # characters of a cell, and of one that a page can hold
_NAMED = ["牵头部门", "责任部门", "联络股室"]
_REPORT_UNITS = 500  # table.cell looks through the whole table each time: more takes hours


def make_template(template: Path, form: Path) -> None:
    """Make a template by hand, once: a form without its tasks' texts."""
    from openpyxl import load_workbook

    book = load_workbook(form)
    for row in book.worksheets[0].iter_rows(min_row=5, max_row=4 + work.TASKS):
        for cell in row:
            cell.value = None
    book.save(template)


def make_forms(folder: Path, template: Path, units: Sequence[str], all_units: int) -> None:
    """Load the template and fill it in, for each unit."""
    from openpyxl import load_workbook

    folder.mkdir(parents=True, exist_ok=True)
    tasks = work.plan(all_units).tasks
    for unit in units:
        book = load_workbook(template)
        sheet = book.worksheets[0]
        sheet["A2"] = f"填报单位：{unit}"
        for row, task in enumerate(tasks, start=5):
            sheet.cell(row, 1).value = task.number
            sheet.cell(row, 2).value = task.goal
            sheet.cell(row, 3).value = task.requirements
            sheet.cell(row, 5).value = task.lead_text
            sheet.cell(row, 6).value = task.responsible_text
            sheet.cell(row, 7).value = task.liaison_text
            sheet.cell(row, 8).value = "牵头" if unit == work.LEAD else "责任"
            sheet.cell(row, 9).value = task.key
        book.save(folder / f"{unit}.xlsx")


def collect_returns(files: Sequence[Path]) -> "DataFrame":
    """Read every return and put the rows together."""
    import pandas as pd

    frames = []
    for path in files:
        frame = pd.read_excel(path, engine="openpyxl", header=_HEADER).head(work.TASKS)
        frame["单位"] = path.stem.removesuffix("（已填）")
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def collected(units: int) -> "DataFrame":
    """Return what `collect_returns` gives for all units, without the reading."""
    import pandas as pd

    tasks = {task.key: task for task in work.plan(units).tasks}
    rows = []
    for unit, key, said in work.written(units):
        task = tasks[key]
        rows.append(
            {
                "序号": task.number,
                "目标任务": task.goal,
                "具体要求": task.requirements,
                "牵头部门": task.lead_text,
                "责任部门": task.responsible_text,
                "联络股室": task.liaison_text,
                "单位": unit,
                "角色": "牵头" if unit == work.LEAD else "责任",
                "期次": work.PERIOD.label,
                "进展情况": said,
                "来源文件": work.returned_file(unit),
                "单元格": f"填报表!D{task.number + 4}",
                "收到时间": f"{work.RECEIVED:%Y-%m-%d %H:%M}",
                "总表采用": "是",
            }
        )
    return pd.DataFrame(rows)


def merge(frame: "DataFrame", path: Path) -> None:
    """Write what the master's sheets hold with to_excel: no looks, heights, marks or hand edits.

    A cell holds 32,767 characters: what is longer goes on in the next row, or it would be lost; on
    the sheet to be printed, in rows no longer than a page.
    """
    import pandas as pd

    said = ("【" + frame["单位"] + "】\n" + frame["进展情况"]).groupby(frame["序号"]).apply(list)
    tasks = frame.drop_duplicates("序号").set_index("序号")[["目标任务", "具体要求", *_NAMED]]

    def tasks_in_cells(limit: int) -> pd.DataFrame:
        rows = [
            (number, *tasks.loc[[number]].iloc[0], cell)
            for number, texts in said.items()
            for cell in _cells(texts, limit)
        ]
        return pd.DataFrame(rows, columns=["序号", *tasks.columns, "进展情况"])

    told = frame[["序号", "目标任务", "单位", "角色", "进展情况"]]
    units = frame[["单位"]].drop_duplicates().assign(报送="已报", 应报=work.TASKS, 已报=work.TASKS)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        tasks_in_cells(_CELL).to_excel(writer, sheet_name="总表", index=False)
        tasks_in_cells(_PAGE).to_excel(writer, sheet_name="打印版", index=False)
        told.to_excel(writer, sheet_name="进展历程", index=False)
        units.to_excel(writer, sheet_name="报送情况", index=False)
        frame.drop(columns=["具体要求", *_NAMED]).to_excel(writer, sheet_name="明细", index=False)


def _cells(texts: Sequence[str], limit: int) -> list[str]:
    cells = [""]
    for text in texts:
        if len(cells[-1]) + len(text) >= limit:
            cells.append("")
        cells[-1] += f"\n{text}" if cells[-1] else text
    return cells


def report_units(units: int) -> int:
    """Return for how many units the naive report is written."""
    return min(units, _REPORT_UNITS)


def report(path: Path, units: int, attachments: Sequence[Rows]) -> None:
    """Write the summary with python-docx: a paragraph a text, and the tables."""
    from docx import Document

    document = Document()
    document.add_heading("落实情况的总结", 0)
    for task in work.plan(units).tasks:
        document.add_heading(task.goal, 2)
        for unit in work.names(units):
            document.add_paragraph(f"{unit}：{work.text(unit, task.number)}")
    tables(document, attachments)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def tables(document: "Document", attachments: Sequence[Rows]) -> bytes:
    """Add tables with the same texts as the program's, filled by table.cell; return their XML."""
    from lxml import etree

    written = []
    for rows in attachments:
        table = document.add_table(len(rows), len(rows[0]))
        for place, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(place, column).text = text
        written.append(etree.tostring(table._tbl))
    return b"".join(written)
