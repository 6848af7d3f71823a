"""A plan of 1,000 tasks, read in; beside it the library alone, which opens it and reads all cells.

The tasks are those of the shipped plan again and again, each with a number in its texts, so that
none says what another says.
"""

from pathlib import Path

from edu_sheet.kit.shipped import shipped
from edu_sheet.plan.workbook.load import load

TASKS = 1_000
KINDS = ("xlsx", "docx")
_HEADER = ("序号", "重点任务", "具体措施", "牵头单位", "责任单位", "完成时限")


def document(folder: Path, kind: str) -> Path:
    """Return the plan as a document of that kind, written where it is not there yet."""
    path = folder / f"plan.{kind}"
    if not path.exists():
        (_write_word if kind == "docx" else _write_workbook)(path, [_HEADER, *_rows()])
    return path


def read(path: Path) -> None:
    """Read the plan in, as the reader of `init` does."""
    from edu_sheet.plan.documents import read_issued

    found = len(read_issued(path.read_bytes(), path.name).plan.tasks)
    if found != TASKS:
        raise SystemExit(f"{path.name}: {found} tasks")


def read_cells(path: Path) -> None:
    """Open the document with its library alone and read the text of all cells."""
    texts = _of_word(path) if path.suffix == ".docx" else _of_workbook(path)
    if sum(map(len, texts)) != (TASKS + 1) * len(_HEADER):
        raise SystemExit(f"{path.name}: not all cells")


def _of_workbook(path: Path) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path, data_only=True).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _of_word(path: Path) -> list[list[str]]:
    from docx import Document

    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[0].rows]


def _rows() -> list[tuple[str, ...]]:
    tasks = load(shipped("templates/分工方案模板.xlsx")).valid().tasks
    return [
        (
            str(number),
            f"第{number}项：{(task := tasks[number % len(tasks)]).goal}",
            f"{task.requirements}第{number}批。",
            task.lead_text,
            task.responsible_text,
            f"2022年{number % 12 + 1}月底前",
        )
        for number in range(1, TASKS + 1)
    ]


def _write_workbook(path: Path, rows: list[tuple[str, ...]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)


def _write_word(path: Path, rows: list[tuple[str, ...]]) -> None:
    from docx import Document

    document = Document()
    table = document.add_table(0, len(_HEADER))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
