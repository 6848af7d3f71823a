"""A returned table beside the form that was issued: what was issued, and what is said. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from edu_sheet import form as forms
from edu_sheet.check.answers import answer, taken
from edu_sheet.check.repeats import Reported
from edu_sheet.check.signature import is_signature
from edu_sheet.check.tables import Tables, filled
from edu_sheet.form import (
    FORM_SHEET,
    Table,
    normalised,
    table_as_issued,
)
from edu_sheet.rules.rows import Owners
from edu_sheet.sentences import note
from edu_sheet.words.book import Cell
from edu_sheet.words.columns import KEY, ROLE
from edu_sheet.words.findings import Finding, NumberedTask, Value
from edu_sheet.words.forms import Form
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place, Position
from edu_sheet.words.substance import seen, substantive
from edu_sheet.words.text import Once, bare

UNDESCRIBED = (KEY.field, ROLE.field)  # which say nothing of what a torn row's text is about
DATE_OR_NUMBER = re.compile(r"[\d年月日号\-./:()（）]*")
_QUOTED = 20  # characters of an issued text, where a row is described by it


class Compared:
    """A form's tables beside all copies of it that went out."""

    def __init__(
        self,
        tables: Tables,
        copies: Sequence[Form],
        reported: Mapping[Period, Reported] | None = None,
    ) -> None:
        """Keep the form's tables and its copies, the one that was used last.

        `reported` is what the unit has reported for the periods that the workbook names beside the
        form's.
        """
        self.reported = reported or {}
        self.main, self.periods = tables.main, tables.periods
        self.filled = filled(tables.main)
        self.contested = contested(tables.main)
        self.as_issued = _as_issued(tables.main, copies[-1])
        self.copies, self.form = copies, copies[-1]
        self.owners = Owners(self.form.rows)
        self.headers = {column.field: column.header for column in self.form.columns}
        self.tasks = {row.key: row for row in self.form.rows}
        self.row_texts = [_texts_by_key(one) for one in copies]
        self.issued: dict[str, set[str]] = {}
        for one in copies:
            self.at = forms.issued_cells(one)
            for name, cells in self.at.items():
                self.issued.setdefault(name, set()).update(map(normalised, cells.values()))
        self.known = Once(lambda text: normalised(text) in self.issued[FORM_SHEET])
        self.seen = Once(seen)
        self.says = Once(_says)

    def task(self, key: str) -> NumberedTask:
        """Return a task as findings name it."""
        return self.tasks[key].named

    def texts(self, key: str) -> Mapping[str, str]:
        """Return the texts of a task's row as the last copy that has it was issued, by field."""
        return next(texts[key] for texts in reversed(self.row_texts) if key in texts)

    def said(self, key: str) -> str:
        """Return what is taken for a task, of several parts the first that says anything."""
        return next(filter(None, self.all_said(key)), "")

    def all_said(self, key: str) -> list[str]:
        """Return what is taken for a task, a text for each of its parts."""
        return [self.said_in(key, column) for column in self.main.answers]

    def said_in(self, key: str, column: int) -> str:
        """Return what is taken for a task from a column."""
        at = self.main.rows.get(key, 0), column
        return taken(self.main.sheet.cells[at]) if at in self.main.sheet.cells else ""

    def signs(self, text: str) -> bool:
        """Return whether a text is a signature of the unit's: who filled it in, when, a seal."""
        return is_signature(text, self.form.identity.unit)

    def briefly(self, text: str) -> str:
        """Return a text, an issued one by its beginning."""
        return f"{text[:_QUOTED]}…" if self.known[text] and len(text) > _QUOTED else text

    def unexplained(self, table: Table) -> Iterator[tuple[Position, Cell]]:
        """Yield the cells that show something but what stands where it was issued."""
        explained = {
            at
            for label, at in table.approval.items()
            if table is self.main or _same_approval(table, self.main, label)
        }
        unmoved = self.at[FORM_SHEET] if self.as_issued and table is self.main else {}
        for at, cell in sorted(table.sheet.cells.items()):
            if self.seen[cell.text] and at not in explained and cell.text != unmoved.get(at):
                yield at, cell

    def placed(
        self, where: Place, cell: Cell, code: str = "answer_out_of_place", **about: Value
    ) -> Finding:
        """Return what a cell is where no answer belongs; `about` says which part that is."""
        text = answer(cell) or cell.text
        if not self.says[text]:
            return note("stray_text", where, text=text)
        return note(code, where, **about, text=text)


def _same_approval(one: Table, other: Table, label: str) -> bool:
    said = [table.sheet.text(*table.approval.get(label, (0, 0))) for table in (one, other)]
    return said[0] == said[1]


def _as_issued(table: Table, form: Form) -> bool:
    """Return whether all rows and columns stand where they were issued."""
    issued = table_as_issued(table.sheet, form)
    here = table.header_row == issued.header_row
    return here and (table.columns, table.rows) == (issued.columns, issued.rows)


def contested(table: Table) -> set[str]:
    """Return the tasks that have several rows which say different things: none of them stands.

    A hidden row says nothing beside one that a person sees.
    """
    if not table.duplicates:
        return set()
    said: dict[tuple[str, Part], set[str]] = {}
    unseen = table.sheet.hidden_rows
    for key, row in (*table.rows.items(), *table.duplicates):
        for column, part in table.answers.items():
            first = table.sheet.cells.get((table.rows[key], column), Cell(""))
            if row in unseen and table.rows[key] not in unseen and taken(first):
                continue
            cell = table.sheet.cells.get((row, column))
            if cell and (text := answer(cell)):
                said.setdefault((key, part), set()).add(bare(text))
    return {key for (key, _), texts in said.items() if len(texts) > 1}


def _texts_by_key(one: Form) -> dict[str, dict[str, str]]:
    return {row.key: {name: row.text(name) for name in one.fields} for row in one.rows}


def lines_of(table: Table) -> dict[int, str]:
    """Return whose row each row of the table is, duplicates and torn ones included."""
    owners = {row: key for key, row in table.duplicates}
    owners |= {one.row: one.tasks[0] for one in table.torn}
    return owners | {row: key for key, row in table.rows.items()}


def _says(text: str) -> bool:
    """Return whether a text may be an answer: more than a word for nothing, a date, a letter."""
    said = bare(text)
    return substantive(text) and not DATE_OR_NUMBER.fullmatch(said) and len(said) != 1
