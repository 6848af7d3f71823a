"""Whatever a return holds that was neither issued nor collected. Pure.

Nothing vanishes: a cell or object that is not explained by the form is a finding with its place and
text. What may be an answer is an error, for a person must place it; what cannot be one is a
warning, so that the clerk is not drowned.
"""

import itertools
import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property

from edu_sheet import form as forms
from edu_sheet.check.answers import answer, taken
from edu_sheet.check.extra import joined, of_extra_sheet, text_of
from edu_sheet.check.other_periods import Beside, OtherText, of_other_period
from edu_sheet.check.repeats import Reported
from edu_sheet.check.signature import is_signature
from edu_sheet.check.tables import (
    Tables,
    filled,
    hidden,
    of_another_period,
    of_another_unit,
    other_period_of,
)
from edu_sheet.form import (
    FORM_SHEET,
    HEADER_ROW,
    Table,
    meta_fields,
    metadata_cells,
    normalised,
    row_said,
    table_as_issued,
)
from edu_sheet.rules.named_period import other_period
from edu_sheet.rules.rows import PARTIES, WORDING, Owners, RowSaid
from edu_sheet.sentences import note
from edu_sheet.words.book import (
    Book,
    BookObject,
    Cell,
    ObjectKind,
    Sheet,
)
from edu_sheet.words.columns import ANSWERS, KEY, PROGRESS, ROLE, STATE
from edu_sheet.words.findings import Finding, NumberedTask, Severity, Value
from edu_sheet.words.forms import Form, FormRow
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.place import NOWHERE, Place, Position
from edu_sheet.words.plan import Light
from edu_sheet.words.substance import seen, substantive
from edu_sheet.words.text import Once, bare

# Strays of a file that are named one by one, and what they may say: nobody places more by hand.
_MOST = 500
_LETTERS = 1_000_000
_DATE_OR_NUMBER = re.compile(r"[\d年月日号\-./:()（）]*")
_UNDESCRIBED = (KEY.field, ROLE.field)  # which say nothing of what a torn row's text is about
_A_WORD_OR_TWO = 6  # characters that a clerk adds to an issued text, and answers nothing by them
_TELLS = re.compile("[已了]|完成|开展")  # what was done; no unit's name says that
_QUOTED = 20  # characters of an issued text, where a row is described by it


class _Head:
    """What a table's sheet holds above the table, beside what was issued there."""

    def __init__(self, table: Table, issued: Mapping[Position, str]) -> None:
        self.table = table
        self.rows = sorted(_owners(table))
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


class Strays:
    """A return beside the form that was issued, and all copies of it that went out."""

    def __init__(
        self,
        book: Book,
        tables: Tables,
        copies: Sequence[Form],
        foreign: Set[str] = frozenset(),
        reported: Mapping[Period, Reported] | None = None,
    ) -> None:
        """Keep the form's tables and its copies, the one that was used last.

        `foreign` are the sheets on which another unit's name stands, `reported` what the unit has
        reported for the periods that the workbook names beside the form's.
        """
        self._book = book
        self._reported = reported or {}
        self._foreign = foreign
        self._main = tables.main
        self._filled = filled(tables.main)
        self._contested = contested(tables.main)
        self._as_issued = _as_issued(tables.main, copies[-1])
        self._tables = {id(table.sheet): table for table in (tables.main, *tables.others)}
        self._copies, self._form = copies, copies[-1]
        self._owners = Owners(self._form.rows)
        self._headers = {column.field: column.header for column in self._form.columns}
        self._tasks = {row.key: row for row in self._form.rows}
        self._footers = {normalised(forms.footer(one)) for one in copies}
        self._row_texts = [_texts_by_key(one) for one in copies]
        self._issued: dict[str, set[str]] = {}
        for one in copies:
            self._at = forms.issued_cells(one)
            for name, cells in self._at.items():
                self._issued.setdefault(name, set()).update(map(normalised, cells.values()))
        self._known = Once(lambda text: normalised(text) in self._issued[FORM_SHEET])
        self._seen = Once(seen)
        self._says = Once(_says)

    def findings(self) -> Iterator[Finding]:
        """Yield what stands anywhere in the return that was neither issued nor collected.

        What is more than anybody places by hand is one finding.
        """
        room, letters = _MOST, _LETTERS
        count, texts, where = 0, list[str](), NOWHERE
        for one in self._found():
            if room > 0 and letters > 0:
                room, letters = room - 1, letters - len(one.text)
                yield one
                continue
            count, where = count + 1, where or one.place
            if one.text:
                texts.append(one.text)
        if count:
            text = joined(texts)
            yield note("answer_out_of_place", where, area="many", count=count, text=text)

    def _found(self) -> Iterator[Finding]:
        for sheet in self._book.sheets:
            if told := self._of_another_unit(sheet):
                yield told
                continue
            if table := self._tables.get(id(sheet)):
                yield from self._of_table(table)
            elif meta_fields(sheet):
                yield from self._extra(sheet, but=metadata_cells(sheet))
            elif name := self._issued_sheet(sheet):
                yield from self._of_issued_sheet(sheet, name)
            else:
                yield from self._extra(sheet)
            for thing in sheet.objects:
                yield from self._of_object(thing)
        for thing in self._book.objects:
            yield from self._of_object(thing)

    def _of_another_unit(self, sheet: Sheet) -> Finding | None:
        """Return a sheet of another unit's as one finding: nothing of it is this unit's."""
        if sheet is self._main.sheet or meta_fields(sheet):
            return None
        owner = of_another_unit(sheet, self._copies, self._foreign)
        if not owner:
            return None
        names = {(one.place.row, one.place.column) for one in forms.signals(Book("", (sheet,)))}
        texts = [text_of(cell) for at, cell in sorted(sheet.cells.items()) if at not in names]
        texts += [one.text for one in sheet.objects]
        said = [text for text in texts if self._seen[text] and not self._known[text]]
        about: dict[str, Value] = {"owner": owner, "count": len(said), "text": joined(said)}
        return note("another_unit_sheet", Place(sheet.name), sheet=sheet.name, **about)

    # ------------------------------------------------------------ the sheet that is filled in

    def _of_table(self, table: Table) -> Iterator[Finding]:
        if table is self._main:
            yield from self._missing(table)
            yield from self._merged(table)
        elif together := self._copy(table):
            yield from together
            return
        else:
            yield self._copied(table)
        yield from self._of_torn_rows(table)
        yield from self._of_other_periods(table)
        owners, set_aside = _owners(table), {*self._set_aside(table)}
        others = {*self._other_periods(table)}
        torn = {one.row for one in table.torn}
        fields = {column: name for name, column in table.columns.items()}
        head = _Head(table, self._at[FORM_SHEET])
        told = dict(self._rows_of_other_tasks(table, owners))
        yield from told.values()
        for at, cell in self._unexplained(table):
            row, column = at
            aside = column in set_aside and row in owners
            if row in told or aside or (row == table.header_row and column in others):
                continue
            if row in torn and column in fields:
                yield from self._in_torn_row(table, at, cell, fields[column], owners[row])
            elif row in owners and fields.get(column) == STATE.field:
                yield from self._of_state(table, at, cell, owners[row])
            elif row in owners and column in fields:
                yield from self._of_task(table, at, cell, fields[column], owners[row])
            elif row == table.header_row and column in fields:
                yield from self._of_header(table.sheet, at, cell, fields[column])
            elif not self._known[cell.text]:
                yield from self._outside(head, at, cell, owners)

    def _rows_of_other_tasks(
        self, table: Table, owners: Mapping[int, str]
    ) -> Iterator[tuple[int, Finding]]:
        """Yield the rows that name a task which the form has not, each as one finding.

        It is another task of the plan, or one that the unit has added. Only what stands in its
        进展情况 may be an answer; what else stands there says which task it is.
        """
        column = table.columns.get(PROGRESS.field, 0)
        lines = {at[0] for at, _ in self._unexplained(table) if at[1] == column} - owners.keys()
        for row in sorted(line for line in lines if line > table.header_row):
            text = answer(table.sheet.cells.get((row, column), Cell("")))
            if not self._says[text] or self._known[text] or self._signs(text):
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
            row.key: row for one in self._copies for row in one.rows if row.key not in self._tasks
        }

    @cached_property
    def _other_tasks(self) -> Owners:
        return Owners(self._others.values())

    def _names_a_task(self, said: RowSaid) -> bool:
        """Return whether a row that is no task's of the form names one: by words, key or 序号."""
        texts = [said.texts.get(name, "") for name in WORDING]
        wording = [text for text in texts if substantive(text) and not self._signs(text)]
        if said.key.strip() or len(wording) == len(WORDING):
            return True
        return bool(wording) and bare(said.number).isdecimal()

    def _signs(self, text: str) -> bool:
        return is_signature(text, self._form.identity.unit)

    def _rest_of_row(self, table: Table, row: int) -> str:
        """Return what a row says beside its 进展情况: an issued text by its beginning."""
        progress = table.columns.get(PROGRESS.field, 0)
        undescribed = {table.columns.get(name, 0) for name in _UNDESCRIBED}
        texts = (
            text_of(cell).strip()
            for at, cell in sorted(table.sheet.cells.items())
            if at[0] == row and at[1] != progress
            if at[1] not in undescribed or not (cell.text.isascii() or self._known[cell.text])
        )
        return "｜".join(map(self._briefly, filter(None, texts)))

    def _briefly(self, text: str) -> str:
        """Return a text, an issued one by its beginning."""
        return f"{text[:_QUOTED]}…" if self._known[text] and len(text) > _QUOTED else text

    def _unexplained(self, table: Table) -> Iterator[tuple[Position, Cell]]:
        """Yield the cells that show something but what stands where it was issued."""
        explained = {
            at
            for label, at in table.approval.items()
            if table is self._main or _same_approval(table, self._main, label)
        }
        unmoved = self._at[FORM_SHEET] if self._as_issued and table is self._main else {}
        for at, cell in sorted(table.sheet.cells.items()):
            if self._seen[cell.text] and at not in explained and cell.text != unmoved.get(at):
                yield at, cell

    def _copied(self, table: Table) -> Finding:
        code = "copied_sheet:hidden" if hidden(table.sheet) else "copied_sheet"
        names: dict[str, Value] = {"sheet": table.sheet.name, "chosen": self._main.sheet.name}
        return note(code, Place(table.sheet.name), **names)

    def _copy(self, table: Table) -> Sequence[Finding]:
        """Return what there is to say of a copy that cannot count: hidden, or of another period.

        Nothing where no text stands in the table that counts: an answer may then be in the copy.
        """
        sheet = table.sheet
        other = of_another_period(sheet, self._copies)
        if not self._filled or not (other or hidden(sheet)):
            return ()
        texts = [
            (at, cell)
            for at, cell in self._unexplained(table)
            if not self._known[cell.text] and bare(answer(cell)) not in self._filled
        ]
        if not texts:
            return (self._copied(table),)
        code = "copied_sheet:of_other_period" if other else "copied_sheet:hidden_texts"
        told = note(code, Place(sheet.name), sheet=sheet.name, chosen=self._main.sheet.name)
        seen = other and not hidden(sheet)
        period = other_period_of(sheet, self._copies) if seen else None
        found = self._beside(table, texts, table.columns.get(PROGRESS.field, 0))
        return [*of_other_period(Beside(sheet.name, told, period, found), self._reported)]

    def _other_periods(self, table: Table) -> tuple[int, ...]:
        return table.other_periods if table is self._main else ()

    def _set_aside(self, table: Table) -> tuple[int, ...]:
        """Return the columns that name another period, and are not this one's answers.

        Answers are known to stand elsewhere, or it is known what was reported for that period.
        """
        return tuple(
            one
            for one in self._other_periods(table)
            if self._filled or self._period_of(table, one) in self._reported
        )

    def _period_of(self, table: Table, column: int) -> Period | None:
        """Return which other period a column that is not hidden names; None if none can be told."""
        header = table.sheet.text(table.header_row, column)
        seen = column not in table.sheet.hidden_columns
        return other_period(header, self._form.identity.period) if seen else None

    def _of_other_periods(self, table: Table) -> Iterator[Finding]:
        sheet, lines = table.sheet, _owners(table)
        for column in self._other_periods(table):
            texts = [
                (at, cell)
                for at, cell in sorted(sheet.cells.items())
                if at[1] == column and at[0] in lines and self._seen[cell.text]
            ]
            header = sheet.text(table.header_row, column)
            where = Place(sheet.name, table.header_row, column)
            told = note("other_period_column", where, header=header)
            if not self._filled and column in self._set_aside(table):
                told = replace(told, severity=Severity.ERROR)  # it may be all that the unit says
            found = self._beside(table, texts, column)
            beside = Beside(header, told, self._period_of(table, column), found)
            yield from of_other_period(beside, self._reported)

    def _beside(
        self, table: Table, texts: Iterable[tuple[Position, Cell]], column: int
    ) -> list[OtherText]:
        """Return texts of another period; those in one column are their rows' tasks'."""
        tasks: dict[int, tuple[str, ...]] = {row: (key,) for row, key in _owners(table).items()}
        tasks |= {one.row: one.tasks for one in table.torn}
        return [
            OtherText(
                Place(table.sheet.name, *at),
                text_of(cell),
                tuple(map(self._task, tasks.get(at[0], ()) if at[1] == column else ())),
            )
            for at, cell in texts
        ]

    # ------------------------------------------------------------ rows that are torn

    def _of_torn_rows(self, table: Table) -> Iterator[Finding]:
        for one, column in itertools.product(table.torn, table.answers):
            text = answer(table.sheet.cells.get((one.row, column), Cell("")))
            if not text or (table is not self._main and self._all_say(one.tasks, text)):
                continue
            yield note(
                "torn_row",
                Place(table.sheet.name, one.row, column),
                task=self._task(one.tasks[0]),
                candidates=tuple(map(self._task, one.tasks)),
                row=self._described(table, one.row),
                text=text,
            )

    def _all_say(self, tasks: Sequence[str], text: str) -> bool:
        return all(bare(text) in map(bare, self._all_said(key)) for key in tasks)

    def _described(self, table: Table, row: int) -> str:
        """Return what a row says beside its progress: an issued text by its beginning."""
        said = (
            table.sheet.text(row, column).strip()
            for name, column in sorted(table.columns.items(), key=lambda one: one[1])
            if name not in (*ANSWERS, *_UNDESCRIBED)
        )
        return "｜".join(map(self._briefly, filter(None, said)))

    def _in_torn_row(
        self, table: Table, at: Position, cell: Cell, name: str, key: str
    ) -> Iterator[Finding]:
        """Yield what stands in a torn row beside its progress, where that did not tell it."""
        told = any(answer(table.sheet.cells.get((at[0], one), Cell(""))) for one in table.answers)
        if self._known[cell.text] or (name == KEY.field and cell.text.isascii()):
            return
        if told and name not in _UNDESCRIBED:
            return
        where = Place(table.sheet.name, *at)
        if name in WORDING and self._owners.like(name, cell.text):
            yield note("stray_text", where, text=cell.text)
        else:
            task, header = self._task(key), self._headers.get(name, "")
            yield self._placed(where, cell, area="cell", task=task, header=header)

    # ------------------------------------------------------------ rows of a task

    def _of_task(
        self, table: Table, at: Position, cell: Cell, name: str, key: str
    ) -> Iterator[Finding]:
        where, task = Place(table.sheet.name, *at), self._task(key)
        text = answer(cell)
        if name in ANSWERS:
            if at == self._main.answer(key, name) and table is self._main:
                if key in self._contested:
                    yield note("duplicate_row", where, task=task, text=text)
            elif text and bare(text) not in map(bare, self._all_said(key)):
                yield self._said_twice(table, where, task, text)
            return
        issued = {texts[key][name] for texts in self._row_texts if name in texts.get(key, {})}
        if normalised(cell.text) not in {normalised(one) for one in issued}:
            if at[0] in table.rows.values() and table is self._main:
                yield self._over_locked(where, cell, key, name)
            elif not self._known[cell.text]:
                yield self._placed(where, cell, area="cell", task=task, header=self._headers[name])

    def _said_twice(self, table: Table, where: Place, task: NumberedTask, text: str) -> Finding:
        """Return another text for a task that has one elsewhere."""
        if table is not self._main:
            return note("answer_out_of_place", where, area="copy", task=task, text=text)
        unseen = where.row in table.sheet.hidden_rows and self._said(task.key)
        if unseen and task.key not in self._contested:
            return note("hidden_row:other", where, task=task, text=text)
        return note("duplicate_row", where, task=task, text=text)

    def _of_state(self, table: Table, at: Position, cell: Cell, key: str) -> Iterator[Finding]:
        """Yield a 完成状态 that was not taken, and what was written there in place of a text."""
        text, task, where = answer(cell), self._task(key), Place(table.sheet.name, *at)
        taken = self._main.state(key) if self._said(key) else ""
        if not text or text.strip() == taken:
            return
        of_main = table is self._main and at[0] == table.rows.get(key)
        if of_main and key not in self._contested and text.strip() in tuple(Light):
            yield note("state_without_text", where, task=task, text=text)
        else:
            yield self._placed(where, cell, area="state", task=task, header=STATE.header)

    def _over_locked(self, where: Place, cell: Cell, key: str, name: str) -> Finding:
        """Return what was typed over a locked cell: it may be an answer, or a change of the plan.

        An answer if its proper cell is empty. Beside an answer there, what was added to the issued
        text, or written where nothing or another unit's name is to stand.
        """
        text, old = answer(cell), self._texts(key)[name]
        if (
            substantive(text)
            and bare(text) not in bare(old)
            and not _DATE_OR_NUMBER.fullmatch(bare(text))
            and (not self._said(key) or (text := self._more(key, name, old, text)))
        ):
            about: dict[str, Value] = {"header": self._headers[name], "old": old, "text": text}
            task = self._task(key)
            return note("answer_out_of_place", where, area="locked", task=task, **about)
        return note("locked_cell_changed", where, old=old, new=cell.text)

    def _more(self, key: str, name: str, old: str, text: str) -> str:
        """Return what a locked cell says beyond what was issued there; "" if that is no answer.

        A word or two, another issued text, a unit's name and what its answer says are none.
        """
        more = text.removeprefix(old) if text.startswith(old) else text.removesuffix(old)
        whole = more == text and bare(old) not in bare(text)
        if name in _UNDESCRIBED or self._known[text] or (whole and name not in PARTIES):
            return ""
        if name in PARTIES and _names_units(text) and not _TELLS.search(text):
            return ""
        new = bare(more) if more != text else bare(text).replace(bare(old), "")
        said = any(new in bare(one) for one in self._all_said(key))
        return more.strip() if len(new) > _A_WORD_OR_TWO and not said else ""

    def _of_header(self, sheet: Sheet, at: Position, cell: Cell, name: str) -> Iterator[Finding]:
        if not self._known[cell.text]:
            where, old = Place(sheet.name, *at), self._headers[name]
            yield note("locked_cell_changed", where, old=old, new=cell.text)

    def _outside(
        self, head: "_Head", at: Position, cell: Cell, owners: Mapping[int, str]
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
        if row in owners:
            area = "right" if at[1] > max(head.table.columns.values()) else "between"
            yield self._placed(where, cell, area=area, task=self._task(owners[row]))
        elif row < head.rows[-1]:
            above = head.rows[max(0, bisect(head.rows, row) - 1)]
            yield self._placed(where, cell, area="inserted", task=self._task(owners[above]))
        elif self._signs(cell.text):
            yield note("stray_text", where, text=cell.text)
        else:
            yield self._placed(where, cell, area="below")

    def _missing(self, table: Table) -> Iterator[Finding]:
        """Yield rows, columns and locked texts that are gone."""
        torn = {key for one in table.torn for key in one.tasks}
        for key in self._tasks:
            if key not in table.rows and key not in torn:
                yield note("missing_row", Place(table.sheet.name), task=self._task(key))
        for issued in self._form.columns:
            if issued.field not in table.columns and issued.field != KEY.field:
                yield note("column_missing", Place(table.sheet.name), header=issued.header)
        emptied = {
            (line, column): old
            for key, line in table.rows.items()
            for name, column in table.columns.items()
            if seen(old := self._texts(key)[name]) and not seen(table.sheet.text(line, column))
        }
        merged = _merged_away(table.sheet, emptied)
        for at, old in emptied.items():
            if at not in merged:
                where = Place(table.sheet.name, *at)
                yield note("locked_cell_changed:emptied", where, old=old)

    def _merged(self, table: Table) -> Iterator[Finding]:
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
                if text and not self._said_in(by_row[row], column):
                    told.add(row)
                    yield note(
                        "merged_progress",
                        Place(table.sheet.name, row, column),
                        task=self._task(by_row[row]),
                        owner=self._task(by_row[top]),
                        source=Place(table.sheet.name, top, left),
                        text=text,
                    )

    # ------------------------------------------------------------ other sheets

    def _issued_sheet(self, sheet: Sheet) -> str | None:
        """Return which issued sheet of earlier texts this is, by its name or its texts."""
        others = {name: one for name, one in self._issued.items() if name != FORM_SHEET}
        if sheet.name in others:
            return sheet.name
        said = {normalised(text) for text in {cell.text for cell in sheet.cells.values()}}
        for name, texts in others.items():
            if said and len(said & texts) * 2 > len(said):
                return name
        return None

    def _of_issued_sheet(self, sheet: Sheet, name: str) -> Iterator[Finding]:
        issued = self._issued[name]
        known: Once[bool] = Once(lambda text: normalised(text) in issued)
        for at, cell in sorted(sheet.cells.items()):
            if not self._seen[cell.text] or known[cell.text]:
                continue
            where, old = Place(sheet.name, *at), self._at.get(name, {}).get(at, "")
            if old and bare(cell.text) in bare(old):
                yield note("locked_cell_changed", where, old=old, new=cell.text)
            else:
                yield self._placed(where, cell, area="earlier", sheet=sheet.name)

    def _extra(self, sheet: Sheet, but: Set[Position] = frozenset()) -> Iterator[Finding]:
        """Yield what a sheet that was not issued holds, but for some cells that are explained."""
        stray = [
            (at, cell)
            for at, cell in sorted(sheet.cells.items())
            if self._seen[cell.text] and not self._known[cell.text] and at not in but
        ]
        yield from of_extra_sheet(sheet, stray)

    # ------------------------------------------------------------ objects

    def _of_object(self, thing: BookObject) -> Iterator[Finding]:
        kind = thing.kind.value
        key = self._task_at(thing.place)
        if thing.kind in (ObjectKind.PICTURE, ObjectKind.CELL_PICTURE):
            # What a picture is said to show is no answer; what it shows may be one.
            caption = thing.text if seen(thing.text) else ""
            about: dict[str, Value] = {"kind": kind, "caption": caption}
            if key and not self._said(key):
                yield note("object_on_blank", thing.place, task=self._task(key), **about)
            else:
                yield note("object", thing.place, **about)
        elif thing.kind is ObjectKind.PAGE_TEXT:
            if normalised(thing.text) not in self._footers:
                yield note("stray_text:object", thing.place, kind=kind, text=thing.text)
        elif seen(thing.text):
            if substantive(thing.text):
                about = {"task": self._task(key)} if key else {}
                area = "object_beside" if key else "object"
                about |= {"kind": kind, "text": thing.text}
                yield note("answer_out_of_place", thing.place, area=area, **about)
            else:
                about = {"kind": kind, "text": thing.text}
                yield note("stray_text:object", thing.place, **about)
        elif thing.kind is ObjectKind.EMBEDDED:
            yield note("embedded_file", thing.place)
        else:
            yield note("object_without_text", thing.place, kind=kind)

    def _task_at(self, where: Place) -> str | None:
        """Return the task in whose row of the collected sheet a place lies."""
        if where.sheet != self._main.sheet.name:
            return None
        return {row: key for key, row in self._main.rows.items()}.get(where.row)

    # ------------------------------------------------------------ what both share

    def _placed(self, where: Place, cell: Cell, **about: Value) -> Finding:
        """Return what a cell is where no answer belongs; `about` says which part that is."""
        text = answer(cell) or cell.text
        if not self._says[text]:
            return note("stray_text", where, text=text)
        return note("answer_out_of_place", where, **about, text=text)

    def _said(self, key: str) -> str:
        """Return what is taken for a task, of several parts the first that says anything."""
        return next(filter(None, self._all_said(key)), "")

    def _all_said(self, key: str) -> list[str]:
        return [self._said_in(key, column) for column in self._main.answers]

    def _said_in(self, key: str, column: int) -> str:
        at = self._main.rows.get(key, 0), column
        return taken(self._main.sheet.cells[at]) if at in self._main.sheet.cells else ""

    def _texts(self, key: str) -> Mapping[str, str]:
        return next(texts[key] for texts in reversed(self._row_texts) if key in texts)

    def _task(self, key: str) -> NumberedTask:
        return self._tasks[key].named


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


def _owners(table: Table) -> dict[int, str]:
    """Return whose row each row of the table is, duplicates and torn ones included."""
    owners = {row: key for key, row in table.duplicates}
    owners |= {one.row: one.tasks[0] for one in table.torn}
    return owners | {row: key for key, row in table.rows.items()}


def _names_units(text: str) -> bool:
    from edu_sheet.rules import units  # few returns change whose a task is

    listed = units.split(text, {})
    return bool(listed) and all(map(units.is_unit_name, listed))


def _merged_away(sheet: Sheet, emptied: Iterable[Position]) -> set[Position]:
    """Return those of some cells that lie in a merged area and are not its first."""
    columns: dict[int, list[int]] = {}
    for row, column in emptied:
        columns.setdefault(row, []).append(column)
    rows = sorted(columns)
    return {
        (row, column)
        for top, left, bottom, right in {*sheet.merges}
        for row in rows[bisect_left(rows, top) : bisect(rows, bottom)]
        for column in columns[row]
        if left <= column <= right and (row, column) != (top, left)
    }


def _says(text: str) -> bool:
    """Return whether a text may be an answer: more than a word for nothing, a date, a letter."""
    said = bare(text)
    return substantive(text) and not _DATE_OR_NUMBER.fullmatch(said) and len(said) != 1
