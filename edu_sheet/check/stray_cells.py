"""Single cells of a form's table that hold what was neither issued nor collected. Pure."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cached_property

from edu_sheet.check.answers import answer
from edu_sheet.check.compared import DATE_OR_NUMBER, UNDESCRIBED, Compared, lines_of
from edu_sheet.check.merged import covered
from edu_sheet.check.tables import column_shown
from edu_sheet.form import HEADER_ROW, Table, normalised
from edu_sheet.rules.rows import PARTIES, WORDING
from edu_sheet.sentences import note
from edu_sheet.words.book import Cell, Sheet
from edu_sheet.words.columns import ANSWERS, KEY, STATE
from edu_sheet.words.findings import Finding, NumberedTask, Value
from edu_sheet.words.place import Place, Position
from edu_sheet.words.plan import Light
from edu_sheet.words.substance import seen, substantive
from edu_sheet.words.text import bare

_A_WORD_OR_TWO = 6  # characters that a clerk adds to an issued text, and answers nothing by them
_TELLS = re.compile("[已了]|完成|开展")  # what was done; no unit's name says that


class Head:
    """What a table's sheet holds above the table, beside what was issued there."""

    def __init__(self, table: Table, issued: Mapping[Position, str]) -> None:
        self.table = table
        self.rows = sorted(lines_of(table))
        self.last = table.header_row or self.rows[0] - 1
        self._issued = {at: text for at, text in issued.items() if at[0] < HEADER_ROW}
        self._shift = table.header_row - HEADER_ROW if table.header_row else 0

    @cached_property
    def _present(self) -> set[str]:
        """The texts of the sheet, for comparison."""
        return {normalised(text) for text in {one.text for one in self.table.sheet.cells.values()}}

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The issued texts by the label before their colon, the first of each."""
        labelled = [text for text in self._issued.values() if ":" in bare(text)]
        return {bare(text).partition(":")[0]: text for text in reversed(labelled)}

    def replaced(self, at: Position, cell: Cell) -> str:
        """Return the issued text that a cell stands for and that is gone, else ""."""
        if text := self._labels.get(bare(cell.text).partition(":")[0]):
            return text
        old = self._issued.get((at[0] - self._shift, at[1])) or self._issued.get(at, "")
        return old if normalised(old) not in self._present else ""


class StrayCells:
    """What single cells of a form's table hold."""

    def __init__(self, compared: Compared) -> None:
        self._ours = compared

    def in_torn_row(
        self, table: Table, at: Position, cell: Cell, name: str, key: str
    ) -> Iterator[Finding]:
        """Yield what stands in a torn row beside its progress, where that did not tell it."""
        told = any(answer(table.sheet.cells.get((at[0], one), Cell(""))) for one in table.answers)
        if self._ours.known[cell.text] or (name == KEY.field and cell.text.isascii()):
            return
        if told and name not in UNDESCRIBED:
            return
        where = Place(table.sheet.name, *at)
        if name in WORDING and self._ours.owners.like(name, cell.text):
            yield note("stray_text", where, text=cell.text)
        else:
            task, header = self._ours.task(key), self._ours.headers.get(name, "")
            yield self._ours.placed(where, cell, area="cell", task=task, header=header)

    def of_task(
        self, table: Table, at: Position, cell: Cell, name: str, key: str
    ) -> Iterator[Finding]:
        """Yield what a cell in a task's row says that was neither issued there nor taken."""
        where, task = Place(table.sheet.name, *at), self._ours.task(key)
        text = answer(cell)
        if name in ANSWERS:
            if at == self._ours.main.answer(key, name) and table is self._ours.main:
                if key in self._ours.contested:
                    yield note("duplicate_row", where, task=task, text=text)
            elif text and bare(text) not in map(bare, self._ours.all_said(key)):
                yield self._said_twice(table, where, task, text)
            return
        issued = {texts[key][name] for texts in self._ours.row_texts if name in texts.get(key, {})}
        if normalised(cell.text) not in {normalised(one) for one in issued}:
            if at[0] in table.rows.values() and table is self._ours.main:
                yield self._over_locked(where, cell, key, name)
            elif not self._ours.known[cell.text]:
                yield self._ours.placed(
                    where, cell, area="cell", task=task, header=self._ours.headers[name]
                )

    def _said_twice(self, table: Table, where: Place, task: NumberedTask, text: str) -> Finding:
        """Return another text for a task that has one elsewhere."""
        if table is not self._ours.main:
            return note("answer_out_of_place", where, area="copy", task=task, text=text)
        unseen = where.row in table.sheet.hidden_rows and self._ours.said(task.key)
        if unseen and task.key not in self._ours.contested:
            return note("hidden_row:other", where, task=task, text=text)
        return note("duplicate_row", where, task=task, text=text)

    def of_state(self, table: Table, at: Position, cell: Cell, key: str) -> Iterator[Finding]:
        """Yield a 完成状态 that was not taken, and what was written there in place of a text."""
        text, task, where = answer(cell), self._ours.task(key), Place(table.sheet.name, *at)
        taken = self._ours.main.state(key) if self._ours.said(key) else ""
        if not text or text.strip() == taken:
            return
        of_main = table is self._ours.main and at[0] == table.rows.get(key)
        if of_main and key not in self._ours.contested and text.strip() in tuple(Light):
            yield note("state_without_text", where, task=task, text=text)
        else:
            yield self._ours.placed(where, cell, area="state", task=task, header=STATE.header)

    def _over_locked(self, where: Place, cell: Cell, key: str, name: str) -> Finding:
        """Return what was typed over a locked cell: it may be an answer, or a change of the plan.

        An answer if its proper cell is empty. Beside an answer there, what was added to the issued
        text, or written where nothing or another unit's name is to stand.
        """
        text, old = answer(cell), self._ours.texts(key)[name]
        if (
            substantive(text)
            and bare(text) not in bare(old)
            and not DATE_OR_NUMBER.fullmatch(bare(text))
            and (
                text := self._more(key, name, old, text)
                if self._ours.said(key)
                else _without(old, text)
            )
        ):
            about: dict[str, Value] = {
                "header": self._ours.headers[name],
                "old": old,
                "text": text,
            }
            task = self._ours.task(key)
            return note("answer_out_of_place", where, area="locked", task=task, **about)
        return note("locked_cell_changed", where, old=old, new=cell.text)

    def _more(self, key: str, name: str, old: str, text: str) -> str:
        """Return what a locked cell says beyond what was issued there; "" if that is no answer.

        A word or two, another issued text, a unit's name and what its answer says are none.
        """
        more = text.removeprefix(old) if text.startswith(old) else text.removesuffix(old)
        whole = more == text and bare(old) not in bare(text)
        if name in UNDESCRIBED or self._ours.known[text] or (whole and name not in PARTIES):
            return ""
        if name in PARTIES and _names_units(text) and not _TELLS.search(text):
            return ""
        new = bare(more) if more != text else bare(text).replace(bare(old), "")
        said = any(new in bare(one) for one in self._ours.all_said(key))
        return more.strip() if len(new) > _A_WORD_OR_TWO and not said else ""

    def of_header(self, sheet: Sheet, at: Position, cell: Cell, name: str) -> Iterator[Finding]:
        """Yield that a header was changed."""
        if not self._ours.known[cell.text]:
            where, old = Place(sheet.name, *at), self._ours.headers[name]
            yield note("locked_cell_changed", where, old=old, new=cell.text)

    def outside(
        self, head: Head, at: Position, cell: Cell, owners: Mapping[int, str]
    ) -> Iterator[Finding]:
        """Yield what a cell of the sheet outside the table's columns and rows is."""
        (row, _), where = at, Place(head.table.sheet.name, *at)
        if row <= head.last:
            old = head.replaced(at, cell)
            if old:
                yield note("locked_cell_changed", where, old=old, new=cell.text)
            else:
                yield note("stray_text", where, text=cell.text)
            return
        if row in owners and at[1] in head.table.doubtful:
            yield self._in_doubt(head.table, where, cell, self._ours.task(owners[row]))
        elif row in owners:
            area = "right" if at[1] > max(head.table.columns.values()) else "between"
            yield self._ours.placed(where, cell, area=area, task=self._ours.task(owners[row]))
        elif row < head.rows[-1]:
            above = head.rows[max(0, bisect(head.rows, row) - 1)]
            yield self._ours.placed(
                where, cell, area="inserted", task=self._ours.task(owners[above])
            )
        elif self._ours.signs(cell.text):
            yield note("stray_text", where, text=cell.text)
        else:
            yield self._ours.placed(where, cell, area="below")

    def _in_doubt(self, table: Table, where: Place, cell: Cell, task: NumberedTask) -> Finding:
        """Return what stands in a column that may be 进展情况, or is it and hidden."""
        column = column_shown(table, where.column)
        code = "answer_out_of_place:in_doubt"
        return self._ours.placed(where, cell, code, area="in_doubt", task=task, column=column)

    def missing(self, table: Table) -> Iterator[Finding]:
        """Yield rows, columns and locked texts that are gone."""
        torn = {key for one in table.torn for key in one.tasks}
        for key in self._ours.tasks:
            if key not in table.rows and key not in torn:
                yield note("missing_row", Place(table.sheet.name), task=self._ours.task(key))
        # 进展情况 that is in doubt or hidden is none of the columns, and is there.
        cells = table.sheet.cells.items()
        there = {bare(cell.text) for (row, _), cell in cells if row == table.header_row}
        for issued in self._ours.form.columns:
            gone = issued.field not in table.columns and bare(issued.header) not in there
            if gone and issued.field != KEY.field:
                yield note("column_missing", Place(table.sheet.name), header=issued.header)
        emptied = {
            (line, column): old
            for key, line in table.rows.items()
            for name, column in table.columns.items()
            if seen(old := self._ours.texts(key)[name]) and not seen(table.sheet.text(line, column))
        }
        merged = covered(table.sheet, emptied)
        for at, old in emptied.items():
            if at not in merged:
                where = Place(table.sheet.name, *at)
                yield note("locked_cell_changed:emptied", where, old=old)

    def merged(self, table: Table) -> Iterator[Finding]:
        """Yield the tasks whose cell was merged with that of the one above."""
        columns = table.answers
        by_row = {one.row: one.tasks[0] for one in table.torn}
        by_row |= {row: key for key, row in table.rows.items()}
        told = set[int]()  # rows: areas may overlap
        for top, left, bottom, right in table.sheet.merges:
            column = next((one for one in columns if left <= one <= right), 0)
            if not column or top not in by_row:
                continue
            text = answer(table.sheet.cells.get((top, left), Cell("")))
            others = [row for row in by_row if top < row <= bottom and row not in told]
            for row in sorted(others):
                if text and not self._ours.said_in(by_row[row], column):
                    told.add(row)
                    yield note(
                        "merged_progress",
                        Place(table.sheet.name, row, column),
                        task=self._ours.task(by_row[row]),
                        owner=self._ours.task(by_row[top]),
                        source=Place(table.sheet.name, top, left),
                        text=text,
                    )


def _without(old: str, text: str) -> str:
    """Return what was added to an issued text, set apart from it, if it may be an answer; else all.

    What runs on from it is one sentence with it: 落实政策的任务已完成.
    """
    issued = re.escape(old)
    behind = re.fullmatch(rf"{issued}(?:(?<=[。；！.;!])[\s:：]*|[\s:：]+)(.+)", text, re.DOTALL)
    before = re.fullmatch(rf"(.+?(?:[。；！.;!]|\s))\s*{issued}", text, re.DOTALL)
    found = behind or before
    added = found[1].strip() if old and found else ""
    return added if substantive(added) else text


def _names_units(text: str) -> bool:
    from edu_sheet.rules import units  # few returns change whose a task is

    listed = units.split(text, {})
    return bool(listed) and all(map(units.is_unit_name, listed))
