"""Whatever a return holds that was neither issued nor collected. Pure.

Nothing vanishes: a cell or object that is not explained by the form is a finding with its place and
text. What may be an answer is an error, for a person must place it; what cannot be one is a
warning, so that the clerk is not drowned.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from edu_sheet import form as forms
from edu_sheet.check.answers import answer, seen, substantive
from edu_sheet.check.codes import say
from edu_sheet.form import FORM_SHEET, HEADER_ROW, Table, meta_fields, normalised, table_as_issued
from edu_sheet.words.book import (
    Book,
    BookObject,
    Cell,
    ObjectKind,
    Place,
    Sheet,
    column_letter,
    place,
)
from edu_sheet.words.columns import KEY, PROGRESS, STATE
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.plan import Light
from edu_sheet.words.text import bare

_SINGLY = 60  # stray cells of a sheet that are named one by one; the rest as one range
_SIGNATURE = re.compile(  # what people put below a table: who, when, a seal
    "(填报|填表|制表|报送|审核|审定|审批|签发|复核|负责|联系|经办)(人|单位|时间|日期|电话)"
    "|(单位|日期|时间|盖章|公章|签字|签名|电话)[:(（]"
)
_DATE_OR_NUMBER = re.compile(r"[\d年月日号\-./:()（）]*")
_OBJECTS = {
    ObjectKind.COMMENT: "批注",
    ObjectKind.THREADED_COMMENT: "批注会话",
    ObjectKind.TEXT_BOX: "文本框",
    ObjectKind.PICTURE: "图片",
    ObjectKind.CELL_PICTURE: "单元格内的图片",
    ObjectKind.EMBEDDED: "嵌入的文件",
    ObjectKind.CHART: "图表",
    ObjectKind.OTHER: "对象",
}


class Strays:
    """A return beside the form that was issued, and all copies of it that went out."""

    def __init__(self, book: Book, tables: Sequence[Table], copies: Sequence[Form]) -> None:
        """Keep the form's tables, the collected one first, and its copies, the one used last."""
        self._book = book
        self._main = tables[0]
        self._contested = contested(tables[0])
        self._as_issued = _as_issued(tables[0], copies[-1])
        self._tables = {id(table.sheet): table for table in tables}
        self._form = copies[-1]
        self._headers = {column.field: column.header for column in self._form.columns}
        self._tasks = {row.key: row for row in self._form.rows}
        self._row_texts = [_texts_by_key(one) for one in copies]
        self._issued: dict[str, set[str]] = {}
        for one in copies:
            self._at = forms.issued_cells(one)
            for name, cells in self._at.items():
                self._issued.setdefault(name, set()).update(map(normalised, cells.values()))
        self._form_texts = self._issued[FORM_SHEET]

    def findings(self) -> Iterator[Finding]:
        """Yield what stands anywhere in the return that was neither issued nor collected."""
        for sheet in self._book.sheets:
            if table := self._tables.get(id(sheet)):
                yield from self._of_table(table)
            elif fields := meta_fields(sheet):
                yield from self._extra(sheet, {name for name, _ in fields})
            elif name := self._issued_sheet(sheet):
                yield from self._of_issued_sheet(sheet, name)
            else:
                yield from self._extra(sheet, set())
            for thing in sheet.objects:
                yield from self._of_object(thing)
        for thing in self._book.objects:
            yield from self._of_object(thing)

    # ------------------------------------------------------------ the sheet that is filled in

    def _of_table(self, table: Table) -> Iterator[Finding]:
        if table is not self._main:
            names = {"sheet": table.sheet.name, "chosen": self._main.sheet.name}
            yield say("copied_sheet", table.sheet.name, **names)
        else:
            yield from self._missing(table)
            yield from self._merged(table)
        explained = {
            at
            for label, at in table.approval.items()
            if table is self._main or _same_approval(table, self._main, label)
        }
        owners = _owners(table)
        unmoved = self._at[FORM_SHEET] if self._as_issued else {}
        fields = {column: name for name, column in table.columns.items()}
        for at, cell in sorted(table.sheet.cells.items()):
            row, column = at
            unchanged = table is self._main and cell.text == unmoved.get(at)
            if unchanged or not seen(cell.text) or at in explained:
                continue
            if row in owners and fields.get(column) == STATE.field:
                yield from self._of_state(table, at, cell, owners[row])
            elif row in owners and column in fields:
                yield from self._of_task(table, at, cell, fields[column], owners[row])
            elif row == table.header_row and column in fields:
                yield from self._of_header(table.sheet, at, cell, fields[column])
            elif normalised(cell.text) not in self._form_texts:
                yield from self._outside(table, at, cell, owners)

    def _of_task(
        self, table: Table, at: Place, cell: Cell, name: str, key: str
    ) -> Iterator[Finding]:
        where, number = place(table.sheet.name, *at), self._number(key)
        text = answer(cell)
        if name == PROGRESS.field:
            if at == self._main.progress(key) and table is self._main:
                if key in self._contested:
                    yield say("duplicate_row", where, number=number, text=text)
                return
            if not text or bare(text) == bare(self._said(key)):
                return
            torn = {row: (mine, other) for row, mine, other in table.torn}
            if at[0] in torn:
                mine, other = map(self._number, torn[at[0]])
                yield say("torn_row", where, number=mine, other=other, text=text)
            elif table is self._main:
                yield say("duplicate_row", where, number=number, text=text)
            else:
                said = f"副本工作表里第{number}项的“进展情况”"
                yield say("answer_out_of_place", where, where=said, text=text)
            return
        issued = {texts[key][name] for texts in self._row_texts if name in texts.get(key, {})}
        if normalised(cell.text) not in {normalised(one) for one in issued}:
            if at[0] in table.rows.values() and table is self._main:
                old = self._texts(key)[name]
                said = f"第{number}项的“{self._headers[name]}”格（原来是：{old[:60]}）"
                yield self._over_locked(where, old, cell, said, blank=not self._said(key))
            elif normalised(cell.text) not in self._form_texts:
                yield self._placed(where, f"第{number}项那一行的“{self._headers[name]}”格", cell)

    def _of_state(self, table: Table, at: Place, cell: Cell, key: str) -> Iterator[Finding]:
        """Yield a 完成状态 that was not taken, and what was written there in place of a text."""
        text, number, where = answer(cell), self._number(key), place(table.sheet.name, *at)
        taken = self._main.state(key) if self._said(key) else ""
        if not text or text.strip() == taken:
            return
        if table is self._main and text.strip() in tuple(Light):
            yield say("state_without_text", where, number=number, text=text)
        else:
            yield self._placed(where, f"第{number}项的“{STATE.header}”格", cell)

    def _over_locked(self, where: str, old: str, cell: Cell, said: str, *, blank: bool) -> Finding:
        """Return what was typed over a locked cell: an answer only if its proper cell is empty."""
        text = answer(cell)
        if (
            blank
            and substantive(text)
            and bare(text) not in bare(old)
            and not _DATE_OR_NUMBER.fullmatch(bare(text))
        ):
            return say("answer_out_of_place", where, where=said, text=text)
        return say("locked_cell_changed", where, old=old, new=cell.text)

    def _of_header(self, sheet: Sheet, at: Place, cell: Cell, name: str) -> Iterator[Finding]:
        if normalised(cell.text) not in self._form_texts:
            where, old = place(sheet.name, *at), self._headers[name]
            yield say("locked_cell_changed", where, old=old, new=cell.text)

    def _outside(
        self, table: Table, at: Place, cell: Cell, owners: Mapping[int, str]
    ) -> Iterator[Finding]:
        """Yield what a cell of the sheet outside the table's columns and rows is."""
        (row, _), where = at, place(table.sheet.name, *at)
        top = table.header_row or min(owners) - 1
        if row <= top:
            old = self._replaced(table, at, cell)
            if old:
                yield say("locked_cell_changed", where, old=old, new=cell.text)
            else:
                yield say("stray_text", where, text=cell.text)
            return
        if row in owners:
            side = "右侧" if at[1] > max(table.columns.values()) else "旁边的空栏"
            yield self._placed(where, f"第{self._number(owners[row])}项那一行{side}", cell)
        elif row < max(owners):
            above = max((line for line in owners if line < row), default=min(owners))
            number = self._number(owners[above])
            yield self._placed(where, f"第{number}项下面插入的一行", cell)
        elif _SIGNATURE.match(bare(cell.text)):
            yield say("stray_text", where, text=cell.text)
        else:
            yield self._placed(where, "表格下方", cell)

    def _replaced(self, table: Table, at: Place, cell: Cell) -> str:
        """Return the issued text of the head that a cell stands for and that is gone, else ""."""
        present = {normalised(one.text) for one in table.sheet.cells.values()}
        label = bare(cell.text).partition(":")[0]
        shift = table.header_row - HEADER_ROW if table.header_row else 0
        head = {
            where: text for where, text in self._at[FORM_SHEET].items() if where[0] < HEADER_ROW
        }
        for text in head.values():
            if ":" in bare(text) and bare(text).partition(":")[0] == label:
                return text
        old = head.get((at[0] - shift, at[1])) or head.get(at, "")
        return old if normalised(old) not in present else ""

    def _missing(self, table: Table) -> Iterator[Finding]:
        """Yield rows, columns and locked texts that are gone."""
        torn = {key for _, mine, said in table.torn for key in (mine, said)}
        for key, row in self._tasks.items():
            if key not in table.rows and key not in torn:
                yield say("missing_row", table.sheet.name, number=row.number)
        for issued in self._form.columns:
            if issued.field not in table.columns and issued.field != KEY.field:
                yield say("column_missing", table.sheet.name, header=issued.header)
        for key, line in table.rows.items():
            for name, column in table.columns.items():
                old = self._texts(key)[name]
                if seen(old) and not seen(table.sheet.text(line, column)):
                    where = place(table.sheet.name, line, column)
                    if not _merged_away(table.sheet, (line, column)):
                        yield say("locked_cell_changed", where, old=old, new="（空）")

    def _merged(self, table: Table) -> Iterator[Finding]:
        column = table.columns.get(PROGRESS.field, 0)
        by_row = {row: key for key, row in table.rows.items()}
        for top, left, bottom, right in table.sheet.merges:
            if not left <= column <= right or top not in by_row:
                continue
            text = answer(table.sheet.cells.get((top, left), Cell("")))
            others = [row for row in by_row if top < row <= bottom]
            for row in sorted(others):
                if text and not self._said(by_row[row]):
                    yield say(
                        "merged_progress",
                        place(table.sheet.name, row, column),
                        number=self._number(by_row[row]),
                        owner=self._number(by_row[top]),
                        at=place(table.sheet.name, top, left),
                        text=text,
                    )

    # ------------------------------------------------------------ other sheets

    def _issued_sheet(self, sheet: Sheet) -> str | None:
        """Return which issued sheet of earlier texts this is, by its name or its texts."""
        others = {name: one for name, one in self._issued.items() if name != FORM_SHEET}
        if sheet.name in others:
            return sheet.name
        said = {normalised(cell.text) for cell in sheet.cells.values()}
        for name, texts in others.items():
            if said and len(said & texts) * 2 > len(said):
                return name
        return None

    def _of_issued_sheet(self, sheet: Sheet, name: str) -> Iterator[Finding]:
        for at, cell in sorted(sheet.cells.items()):
            if not seen(cell.text) or normalised(cell.text) in self._issued[name]:
                continue
            where, old = place(sheet.name, *at), self._at.get(name, {}).get(at, "")
            said = f"“{sheet.name}”表（仅供查阅的表）"
            if old and bare(cell.text) in bare(old):
                yield say("locked_cell_changed", where, old=old, new=cell.text)
            else:
                yield self._placed(where, said, cell)

    def _extra(self, sheet: Sheet, explained_rows: set[str]) -> Iterator[Finding]:
        """Yield the cells of a sheet that was not issued; many of them as one range."""
        stray = [
            (at, cell)
            for at, cell in sorted(sheet.cells.items())
            if seen(cell.text)
            and normalised(cell.text) not in self._form_texts
            and not (at[1] <= 2 and sheet.text(at[0], 1).strip() in explained_rows)
        ]
        said = f"另外的工作表“{sheet.name}”"
        for at, cell in stray[:_SINGLY]:
            yield self._placed(place(sheet.name, *at), said, cell)
        if rest := stray[_SINGLY:]:
            rows, columns = [at[0] for at, _ in rest], [at[1] for at, _ in rest]
            last = f"{column_letter(max(columns))}{max(rows)}"
            where = f"{place(sheet.name, min(rows), min(columns))}:{last}"
            text = "；".join(cell.text for _, cell in rest)
            more = f"{said}还有 {len(rest)} 个单元格"
            yield say("answer_out_of_place", where, where=more, text=text)

    # ------------------------------------------------------------ objects

    def _of_object(self, thing: BookObject) -> Iterator[Finding]:
        kind = _OBJECTS[thing.kind]
        key = self._task_at(thing.place)
        if thing.kind in (ObjectKind.PICTURE, ObjectKind.CELL_PICTURE):
            # What a picture is said to show is no answer; what it shows may be one.
            told = f"{kind}（{thing.text}）" if seen(thing.text) else kind
            if key and not self._said(key):
                yield say("object_on_blank", thing.place, number=self._number(key), kind=told)
            else:
                yield say("object", thing.place, kind=told)
        elif seen(thing.text):
            beside = f"第{self._number(key)}项旁边的" if key else ""
            if substantive(thing.text):
                said = f"{beside}{kind}里"
                yield say("answer_out_of_place", thing.place, where=said, text=thing.text)
            else:
                yield say("stray_text", thing.place, text=f"（{kind}）{thing.text}")
        elif thing.kind is ObjectKind.EMBEDDED:
            yield say("embedded_file", thing.place)
        else:
            yield say("object_without_text", thing.place, kind=kind)

    def _task_at(self, where: str) -> str | None:
        """Return the task in whose row of the collected sheet a place lies."""
        sheet, _, cell = where.rpartition("!")
        digits = re.search(r"\d+$", cell)
        if sheet != self._main.sheet.name or not digits:
            return None
        return {row: key for key, row in self._main.rows.items()}.get(int(digits[0]))

    # ------------------------------------------------------------ what both share

    def _placed(self, where: str, said: str, cell: Cell) -> Finding:
        text = answer(cell) or cell.text
        if not substantive(text) or _DATE_OR_NUMBER.fullmatch(bare(text)) or len(bare(text)) == 1:
            return say("stray_text", where, text=text)
        return say("answer_out_of_place", where, where=said, text=text)

    def _said(self, key: str) -> str:
        at = self._main.progress(key)
        return answer(self._main.sheet.cells[at]) if at in self._main.sheet.cells else ""

    def _texts(self, key: str) -> Mapping[str, str]:
        return next(texts[key] for texts in reversed(self._row_texts) if key in texts)

    def _number(self, key: str) -> int:
        return self._tasks[key].number


def _same_approval(one: Table, other: Table, label: str) -> bool:
    said = [table.sheet.text(*table.approval.get(label, (0, 0))) for table in (one, other)]
    return said[0] == said[1]


def _as_issued(table: Table, form: Form) -> bool:
    """Return whether all rows and columns stand where they were issued."""
    issued = table_as_issued(table.sheet, form)
    here = table.header_row == issued.header_row
    return here and (table.columns, table.rows) == (issued.columns, issued.rows)


def contested(table: Table) -> set[str]:
    """Return the tasks that have several rows which say different things: none of them stands."""
    if not table.duplicates:
        return set()
    said: dict[str, set[str]] = {}
    column = table.columns.get(PROGRESS.field, 0)
    for key, row in (*table.rows.items(), *table.duplicates):
        cell = table.sheet.cells.get((row, column))
        if cell and (text := answer(cell)):
            said.setdefault(key, set()).add(bare(text))
    return {key for key, texts in said.items() if len(texts) > 1}


def _texts_by_key(one: Form) -> dict[str, dict[str, str]]:
    return {row.key: {name: row.text(name) for name in one.fields} for row in one.rows}


def _owners(table: Table) -> dict[int, str]:
    """Return whose row each row of the table is, duplicates and torn ones included."""
    owners = {row: key for key, row in table.duplicates}
    owners |= {row: said for row, _, said in table.torn}
    return owners | {row: key for key, row in table.rows.items()}


def _merged_away(sheet: Sheet, at: Place) -> bool:
    return any(
        top <= at[0] <= bottom and left <= at[1] <= right and at != (top, left)
        for top, left, bottom, right in sheet.merges
    )
