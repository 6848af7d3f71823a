"""A workspace at the command line over months: the plan is edited, forms come back."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl

from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.plan import Plan
from tests.support.builders import fill, small_plan
from tests.support.session import Said, Session


class Year:
    """A workspace at the command line: the plan edited in Excel, forms that come back."""

    def __init__(self, folder: Path, plan: Plan | None = None) -> None:
        self.folder = folder
        self.run = Session(folder)
        assert self.run("init", folder, "--example").status == 0
        self.plan = folder / "分工方案.xlsx"
        self.plan.write_bytes(write_workbook(plan or small_plan()))

    def ok(self, *words: object) -> Said:
        said = self.run(*words)
        assert said.status in (0, 1), said.err
        return said

    def edit(self, sheet: str, change: Callable[[Any], None]) -> None:
        book = openpyxl.load_workbook(self.plan)
        change(book[sheet])
        book.save(self.plan)

    def roster(self, changes: Mapping[str, Mapping[str, str]]) -> None:
        """Change cells of 单位名录: unit → header → text."""

        def change(sheet: Any) -> None:
            headers = {cell.value: cell.column for cell in sheet[2]}
            for row in range(3, sheet.max_row + 1):
                for header, text in changes.get(sheet.cell(row, 1).value, {}).items():
                    sheet.cell(row, headers[header]).value = text

        self.edit("单位名录", change)

    def tasks(self, old: str, new: str) -> None:
        """Replace a unit's name in the plan's columns of leads and responsible units."""

        def change(sheet: Any) -> None:
            for row in sheet.iter_rows(min_row=4, min_col=5, max_col=6):
                for cell in row:
                    names = [new if one == old else one for one in (cell.value or "").split("、")]
                    cell.value = "、".join(one for one in names if one)

        self.edit("分工方案", change)

    def rename(self, old: str, new: str, *, alias: bool = False) -> None:
        self.roster({old: {"单位": new, "别名": old if alias else ""}})
        if not alias:
            self.tasks(old, new)

    def report(self, period: str, texts: Mapping[str, Mapping[int, str]]) -> None:
        for unit, said in texts.items():
            name = f"{period}_{unit}.xlsx"
            form = (self.folder / "下发" / period / name).read_bytes()
            (self.folder / "收件箱" / name).write_bytes(fill(form, said))
        self.ok("collect")

    def cells(self, period: str) -> dict[int, str]:
        """进展情况 of 总表, by 序号."""
        sheet: Any = openpyxl.load_workbook(self.master(period))["总表"]
        return {row[0].value: row[3].value or "" for row in sheet.iter_rows(min_row=4)}

    def master(self, period: str) -> Path:
        return self.folder / "成果" / period / "总表.xlsx"

    def polish(self, period: str, number: int, old: str, new: str) -> None:
        """Change words in a cell of 总表, as the clerk does."""
        path = self.master(period)
        book: Any = openpyxl.load_workbook(path)
        for row in book["总表"].iter_rows(min_row=4):
            if row[0].value == number:
                assert old in row[3].value
                row[3].value = row[3].value.replace(old, new)
        book.save(path)

    def summary(self, period: str) -> str:
        name = "季度总结" if "Q" in period else "调度通报"
        document = docx.Document(str(self.folder / "成果" / period / f"{name}.docx"))
        tables = (cell.text for one in document.tables for cell in one._cells)
        return "\n".join([*(one.text for one in document.paragraphs), *tables])

    def exported(self, period: str) -> dict[str, str]:
        """Unit of the long table by its text."""
        rows = csv.DictReader(io.StringIO(self.ok("export", period).out))
        return {row["text"]: row["unit"] for row in rows}
