"""Rows, columns and sheets of a return that are not, or not surely, what was issued. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from edu_sheet.check.answers import answer
from edu_sheet.check.compared import UNDESCRIBED, Compared, lines_of
from edu_sheet.check.extra import text_of
from edu_sheet.check.other_periods import Beside, OtherText, of_other_period
from edu_sheet.check.tables import hidden
from edu_sheet.form import Table, row_said
from edu_sheet.rules.named_period import other_period
from edu_sheet.rules.rows import WORDING, Owners, RowSaid
from edu_sheet.sentences import note
from edu_sheet.words.book import Cell
from edu_sheet.words.columns import ANSWERS, PROGRESS
from edu_sheet.words.findings import Finding, Value
from edu_sheet.words.forms import FormRow
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place, Position
from edu_sheet.words.substance import substantive
from edu_sheet.words.text import bare


class StrayRows:
    """What stands in whole rows, columns and copies beside a form's own."""

    def __init__(self, compared: Compared) -> None:
        self._ours = compared

    def rows_of_other_tasks(
        self, table: Table, owners: Mapping[int, str]
    ) -> Iterator[tuple[int, Finding]]:
        """Yield the rows that name a task which the form has not, each as one finding.

        It is another task of the plan, or one that the unit has added. Only what stands in its
        进展情况 may be an answer; what else stands there says which task it is.
        """
        column = table.columns.get(PROGRESS.field, 0)
        lines = {
            at[0] for at, _ in self._ours.unexplained(table) if at[1] == column
        } - owners.keys()
        for row in sorted(line for line in lines if line > table.header_row):
            text = answer(table.sheet.cells.get((row, column), Cell("")))
            if not self._ours.says[text] or self._ours.known[text] or self._ours.signs(text):
                continue
            said = row_said(table.sheet, row, table.columns)
            (owner,) = self._other_tasks.of([said])
            where, rest = Place(table.sheet.name, row, column), self._rest_of_row(table, row)
            if owner and not owner.torn:
                other = self._others[owner.tasks[0]].named
                yield row, note("other_task_row", where, other=other, row=rest, text=text)
            elif self._names_a_task(said):
                yield row, note("other_task_row:added", where, row=rest, text=text)

    @cached_property
    def _others(self) -> Mapping[str, FormRow]:
        """The tasks that another form of this workbook has, and the unit's own has not."""
        return {
            row.key: row
            for one in self._ours.copies
            for row in one.rows
            if row.key not in self._ours.tasks
        }

    @cached_property
    def _other_tasks(self) -> Owners:
        return Owners(self._others.values())

    def _names_a_task(self, said: RowSaid) -> bool:
        """Return whether a row that is no task's of the form names one: by words, key or 序号."""
        texts = [said.texts.get(name, "") for name in WORDING]
        wording = [text for text in texts if substantive(text) and not self._ours.signs(text)]
        if said.key.strip() or len(wording) == len(WORDING):
            return True
        return bool(wording) and bare(said.number).isdecimal()

    def _rest_of_row(self, table: Table, row: int) -> str:
        """Return what a row says beside its 进展情况: an issued text by its beginning."""
        progress = table.columns.get(PROGRESS.field, 0)
        undescribed = {table.columns.get(name, 0) for name in UNDESCRIBED}
        texts = (
            text_of(cell).strip()
            for at, cell in sorted(table.sheet.cells.items())
            if at[0] == row and at[1] != progress
            if at[1] not in undescribed or not (cell.text.isascii() or self._ours.known[cell.text])
        )
        return "｜".join(map(self._ours.briefly, filter(None, texts)))

    def _copied(self, table: Table) -> Finding:
        """Return that a sheet is a copy of the form beside the one that counts."""
        code = "copied_sheet:hidden" if hidden(table.sheet) else "copied_sheet"
        names: dict[str, Value] = {
            "sheet": table.sheet.name,
            "chosen": self._ours.main.sheet.name,
        }
        return note(code, Place(table.sheet.name), **names)

    def copy(self, table: Table) -> Sequence[Finding]:
        """Return what there is to say of a sheet that is a copy of the form as a whole.

        Of one that cannot count, for it is hidden or of another period, all its texts.
        """
        sheet, other = table.sheet, self._ours.periods.another(table.sheet)
        if not (other or self.is_apart(table)):
            return (self._copied(table),)
        period = self._period_of_sheet(table)
        same = frozenset[str]() if period else self._ours.filled  # of its own period it is no copy
        texts = [
            (at, cell)
            for at, cell in self._ours.unexplained(table)
            if not self._ours.known[cell.text] and bare(answer(cell)) not in same
        ]
        if not texts:
            return (self._copied(table),)
        code = "copied_sheet:of_other_period" if other else "copied_sheet:hidden_texts"
        if other and not self._ours.filled:
            code = "copied_sheet:all_of_other_period"  # it may be all that the unit says
        told = note(code, Place(sheet.name), sheet=sheet.name, chosen=self._ours.main.sheet.name)
        found = self._beside(table, texts, table.columns.get(PROGRESS.field, 0))
        return [*of_other_period(Beside(sheet.name, told, period, found), self._ours.reported)]

    def is_apart(self, table: Table) -> bool:
        """Return whether nothing on a copy is this period's: it says that it is of another.

        Or it is hidden, and answers are known to stand elsewhere.
        """
        if self._ours.periods.another(table.sheet):
            return True
        return hidden(table.sheet) and bool(self._ours.filled)

    def _period_of_sheet(self, table: Table) -> Period | None:
        """Return which other period a sheet says it is of; None if it is hidden or says none."""
        seen = self._ours.periods.another(table.sheet) and not hidden(table.sheet)
        return self._ours.periods.which(table.sheet) if seen else None

    def other_periods(self, table: Table) -> tuple[int, ...]:
        """Return the columns of the table that counts that name another period."""
        return table.other_periods if table is self._ours.main else ()

    def _period_of(self, table: Table, column: int) -> Period | None:
        """Return which other period a column that is not hidden names; None if none can be told."""
        header = table.sheet.text(table.header_row, column)
        seen = column not in table.sheet.hidden_columns
        return other_period(header, self._ours.form.identity.period) if seen else None

    def of_other_periods(self, table: Table) -> Iterator[Finding]:
        """Yield what stands in columns that name another period."""
        sheet, lines = table.sheet, lines_of(table)
        for column in self.other_periods(table):
            texts = [
                (at, cell)
                for at, cell in sorted(sheet.cells.items())
                if at[1] == column and at[0] in lines and self._ours.seen[cell.text]
            ]
            header = sheet.text(table.header_row, column)
            where = Place(sheet.name, table.header_row, column)
            all_there_is = "" if self._ours.filled else ":alone"  # that the unit says
            told = note(f"other_period_column{all_there_is}", where, header=header)
            found = self._beside(table, texts, column)
            beside = Beside(header, told, self._period_of(table, column), found)
            yield from of_other_period(beside, self._ours.reported)

    def _beside(
        self, table: Table, texts: Iterable[tuple[Position, Cell]], column: int
    ) -> list[OtherText]:
        """Return texts of another period; those in one column are their rows' tasks'."""
        tasks: dict[int, tuple[str, ...]] = {row: (key,) for row, key in lines_of(table).items()}
        tasks |= {one.row: one.tasks for one in table.torn}
        return [
            OtherText(
                Place(table.sheet.name, *at),
                text_of(cell),
                tuple(map(self._ours.task, tasks.get(at[0], ()) if at[1] == column else ())),
            )
            for at, cell in texts
        ]

    def of_torn_rows(self, table: Table) -> Iterator[Finding]:
        """Yield the texts of rows that may be one of several tasks'."""
        for one, column in itertools.product(table.torn, table.answers):
            text = answer(table.sheet.cells.get((one.row, column), Cell("")))
            if not text or (table is not self._ours.main and self._all_say(one.tasks, text)):
                continue
            yield note(
                "torn_row",
                Place(table.sheet.name, one.row, column),
                task=self._ours.task(one.tasks[0]),
                candidates=tuple(map(self._ours.task, one.tasks)),
                row=self._described(table, one.row),
                text=text,
            )

    def _all_say(self, tasks: Sequence[str], text: str) -> bool:
        return all(bare(text) in map(bare, self._ours.all_said(key)) for key in tasks)

    def _described(self, table: Table, row: int) -> str:
        """Return what a row says beside its progress: an issued text by its beginning."""
        said = (
            table.sheet.text(row, column).strip()
            for name, column in sorted(table.columns.items(), key=lambda one: one[1])
            if name not in (*ANSWERS, *UNDESCRIBED)
        )
        return "｜".join(map(self._ours.briefly, filter(None, said)))
