"""Whatever a return holds that was neither issued nor collected. Pure.

Nothing vanishes: a cell or object that is not explained by the form is a finding with its place and
text. What may be an answer is an error, for a person must place it; what cannot be one is a
warning, so that the clerk is not drowned.
"""

from collections.abc import Iterator, Mapping, Sequence, Set

from edu_sheet import form as forms
from edu_sheet.check.compared import Compared, lines_of
from edu_sheet.check.extra import joined, of_extra_sheet, text_of
from edu_sheet.check.repeats import Reported
from edu_sheet.check.stray_cells import Head, StrayCells
from edu_sheet.check.stray_rows import StrayRows
from edu_sheet.check.tables import Tables, of_another_unit
from edu_sheet.form import (
    FORM_SHEET,
    Table,
    meta_fields,
    metadata_cells,
    normalised,
)
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, BookObject, ObjectKind, Sheet
from edu_sheet.words.columns import STATE
from edu_sheet.words.findings import Finding, Value
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Period
from edu_sheet.words.place import NOWHERE, Place, Position
from edu_sheet.words.substance import seen, substantive
from edu_sheet.words.text import Once, bare

# Strays of a file that are named one by one, and what they may say: nobody places more by hand.
_MOST = 500
_LETTERS = 1_000_000


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
        self._foreign = foreign
        self._tables = {id(table.sheet): table for table in (tables.main, *tables.others)}
        self._footers = {normalised(forms.footer(one)) for one in copies}
        self._ours = Compared(tables, copies, reported)
        self._rows = StrayRows(self._ours)
        self._cells = StrayCells(self._ours)

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
        if sheet is self._ours.main.sheet or meta_fields(sheet):
            return None
        owner = of_another_unit(sheet, self._ours.copies, self._ours.periods, self._foreign)
        if not owner:
            return None
        names = {(one.place.row, one.place.column) for one in forms.signals(Book("", (sheet,)))}
        texts = [text_of(cell) for at, cell in sorted(sheet.cells.items()) if at not in names]
        texts += [one.text for one in sheet.objects]
        said = [text for text in texts if self._ours.seen[text] and not self._ours.known[text]]
        about: dict[str, Value] = {"owner": owner, "count": len(said), "text": joined(said)}
        return note("another_unit_sheet", Place(sheet.name), sheet=sheet.name, **about)

    def _of_table(self, table: Table) -> Iterator[Finding]:
        if table is self._ours.main:
            yield from self._cells.missing(table)
            yield from self._cells.merged(table)
        else:
            yield from self._rows.copy(table)
            if self._rows.is_apart(table):
                return
        yield from self._rows.of_torn_rows(table)
        yield from self._rows.of_other_periods(table)
        owners, others = lines_of(table), {*self._rows.other_periods(table)}
        torn = {one.row for one in table.torn}
        fields = {column: name for name, column in table.columns.items()}
        head = Head(table, self._ours.at[FORM_SHEET])
        told = dict(self._rows.rows_of_other_tasks(table, owners))
        yield from told.values()
        for at, cell in self._ours.unexplained(table):
            row, column = at
            if row in told or (column in others and row in {*owners, table.header_row}):
                continue
            if row in torn and column in fields:
                yield from self._cells.in_torn_row(table, at, cell, fields[column], owners[row])
            elif row in owners and fields.get(column) == STATE.field:
                yield from self._cells.of_state(table, at, cell, owners[row])
            elif row in owners and column in fields:
                yield from self._cells.of_task(table, at, cell, fields[column], owners[row])
            elif row == table.header_row and column in fields:
                yield from self._cells.of_header(table.sheet, at, cell, fields[column])
            elif not self._ours.known[cell.text]:
                yield from self._cells.outside(head, at, cell, owners)

    def _issued_sheet(self, sheet: Sheet) -> str | None:
        """Return which issued sheet of earlier texts this is, by its name or its texts."""
        others = {name: one for name, one in self._ours.issued.items() if name != FORM_SHEET}
        if sheet.name in others:
            return sheet.name
        said = {normalised(text) for text in {cell.text for cell in sheet.cells.values()}}
        for name, texts in others.items():
            if said and len(said & texts) * 2 > len(said):
                return name
        return None

    def _of_issued_sheet(self, sheet: Sheet, name: str) -> Iterator[Finding]:
        issued = self._ours.issued[name]
        known: Once[bool] = Once(lambda text: normalised(text) in issued)
        for at, cell in sorted(sheet.cells.items()):
            if not self._ours.seen[cell.text] or known[cell.text]:
                continue
            where, old = Place(sheet.name, *at), self._ours.at.get(name, {}).get(at, "")
            if old and bare(cell.text) in bare(old):
                yield note("locked_cell_changed", where, old=old, new=cell.text)
            else:
                yield self._ours.placed(where, cell, area="earlier", sheet=sheet.name)

    def _extra(self, sheet: Sheet, but: Set[Position] = frozenset()) -> Iterator[Finding]:
        """Yield what a sheet that was not issued holds, but for some cells that are explained."""
        stray = [
            (at, cell)
            for at, cell in sorted(sheet.cells.items())
            if self._ours.seen[cell.text] and not self._ours.known[cell.text] and at not in but
        ]
        yield from of_extra_sheet(sheet, stray)

    def _of_object(self, thing: BookObject) -> Iterator[Finding]:
        kind = thing.kind.value
        key = self._task_at(thing.place)
        if thing.kind in (ObjectKind.PICTURE, ObjectKind.CELL_PICTURE):
            # What a picture is said to show is no answer; what it shows may be one.
            caption = thing.text if seen(thing.text) else ""
            about: dict[str, Value] = {"kind": kind, "caption": caption}
            if key and not self._ours.said(key):
                yield note("object_on_blank", thing.place, task=self._ours.task(key), **about)
            else:
                yield note("object", thing.place, **about)
        elif thing.kind is ObjectKind.PAGE_TEXT:
            if normalised(thing.text) not in self._footers:
                yield note("stray_text:object", thing.place, kind=kind, text=thing.text)
        elif seen(thing.text):
            if substantive(thing.text):
                about = {"task": self._ours.task(key)} if key else {}
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
        if where.sheet != self._ours.main.sheet.name:
            return None
        return {row: key for key, row in self._ours.main.rows.items()}.get(where.row)
