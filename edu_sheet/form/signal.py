"""Whose form is this? What a returned workbook says about itself, strongest first. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from edu_sheet.form import layout
from edu_sheet.form.identity import NUMBER_PATTERN
from edu_sheet.rules.named_period import periods_named, without_days
from edu_sheet.words.book import Book, Sheet
from edu_sheet.words.columns import KEY
from edu_sheet.words.place import Place, Position
from edu_sheet.words.text import bare, clipped

_SENTENCE = re.compile("[。！；\n]")  # stands in no name, number or token


class Source(IntEnum):
    """Where a signal comes from; a lower value is harder to change by mistake."""

    PROPERTY = 1  # the signed token in the custom document properties
    META = 2  # the metadata sheet, in any state
    NAME = 3  # the signed token as a string-constant name
    NUMBER = 4  # 表单编号, printed on the sheet
    KEYS = 5  # the key column
    UNIT = 6  # 填报单位 above the table
    PERIOD = 7  # 期次 above the table


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that the workbook says about itself."""

    source: Source
    place: Place  # none for what stands in no cell
    text: str  # a token, a number, a name; for META its token; for KEYS one key a line
    fields: tuple[tuple[str, str], ...] = ()  # META only: name and value of every field


def signals(book: Book) -> list[Signal]:
    """Return what the workbook says about itself, strongest first, each place once."""
    found = [*_of_file(book)]
    for sheet in book.sheets:
        fields = meta_fields(sheet)
        if fields:
            token = dict(fields).get("token", "")
            found.append(Signal(Source.META, Place(sheet.name), token, fields))
        else:
            found.extend(_of_cells(sheet))
    return sorted(found, key=lambda signal: signal.source)


def meta_fields(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return the fields of a metadata sheet, whatever it is called; () if it is none."""
    fields = tuple(
        (cell.text.strip(), clipped(sheet.text(row, 2).strip()))
        for (row, column), cell in sorted(sheet.cells.items())
        if column == 1 and cell.text.strip() in layout.META_FIELDS
    )
    return fields if len(fields) >= len(layout.META_FIELDS) // 2 else ()


def metadata_cells(sheet: Sheet) -> set[Position]:
    """Return the places of a metadata sheet whose text can be a field's name or its value.

    In a damaged file an answer may stand there.
    """
    return {
        (row, column)
        for (row, column), cell in sheet.cells.items()
        if column <= 2
        and sheet.text(row, 1).strip() in layout.META_FIELDS
        and not _SENTENCE.search(cell.text)
    }


def _of_file(book: Book) -> Iterator[Signal]:
    if token := book.properties.get(layout.TOKEN_PROPERTY, "").strip():
        yield Signal(Source.PROPERTY, Place(), token)
    if token := book.names.get(layout.TOKEN_NAME, "").strip():
        yield Signal(Source.NAME, Place(), token)


def _of_cells(sheet: Sheet) -> Iterator[Signal]:
    """Yield the first 表单编号, 填报单位 and 期次 of a sheet, wherever they stand, and its keys."""
    seen: set[Source] = set()
    telling = [at for at, cell in sheet.cells.items() if _may_tell(cell.text)]
    for row, column in sorted(telling):
        cell = sheet.cells[row, column]
        for source, label in _LABELLED:
            if source in seen:
                continue
            value = labelled(sheet, (row, column), label)
            if source is Source.UNIT and value:
                value = _as_written(sheet, (row, column))
            if source is Source.NUMBER:
                value = _number(value or cell.text)
            if value:
                seen.add(source)
                yield Signal(source, Place(sheet.name, row, column), clipped(value))
        if bare(cell.text) == KEY.header and Source.KEYS not in seen:
            seen.add(Source.KEYS)
            yield Signal(
                Source.KEYS, Place(sheet.name, row, column), "\n".join(_below(sheet, row, column))
            )
    if Source.PERIOD not in seen and len(periods_named(without_days(sheet.above))) == 1:
        yield Signal(Source.PERIOD, Place(sheet.name), without_days(sheet.above))


_LABELLED = (
    (Source.NUMBER, layout.NUMBER_LABEL),
    (Source.UNIT, layout.UNIT_LABEL),
    (Source.PERIOD, layout.PERIOD_LABEL),
)
_LABELS_OF_CELLS = frozenset(
    bare(label) for label in (*(label for _, label in _LABELLED), KEY.header)
)
_LABEL_LIMIT = 200  # characters: a cell with a label and its value is no longer
_NUMBER = re.compile(NUMBER_PATTERN)
_COLON = re.compile("[:：︓﹕⩴]")


def _may_tell(text: str) -> bool:
    """Return whether a text is a label, with a value behind it or not, or a 表单编号.

    Told by what stands before the colon (every one that NFKC makes a plain one), mostly.
    """
    if len(text) > _LABEL_LIMIT:
        return False
    return _tells(_COLON.split(text, 1)[0])


@lru_cache(maxsize=1024)  # the texts of a plan come back in every form
def _tells(head: str) -> bool:
    said = bare(head)
    return said in _LABELS_OF_CELLS or bool(_NUMBER.fullmatch(said.upper()))


def labelled(sheet: Sheet, at: tuple[int, int], label: str) -> str:
    """Return what stands after a label: in its cell behind the ：, else in the cell to the right.

    "" where the cell is not labelled so.
    """
    text = sheet.text(*at)
    if len(text) > _LABEL_LIMIT:
        return ""
    head, colon, value = bare(text).partition(":")
    if head != bare(label):
        return ""
    if not colon or not value:
        value = bare(sheet.text(at[0], at[1] + 1))
    return value


def _as_written(sheet: Sheet, at: tuple[int, int]) -> str:
    """Return what stands behind a cell's label with its white space, which tells names apart."""
    _, *behind = _COLON.split(sheet.text(*at), 1)
    return "".join(behind).strip() or sheet.text(at[0], at[1] + 1).strip()


def _number(text: str) -> str:
    if len(text) > _LABEL_LIMIT:
        return ""
    found = _NUMBER.fullmatch(bare(text).upper())
    return found[0] if found else ""


def _below(sheet: Sheet, row: int, column: int) -> list[str]:
    return [
        cell.text.strip()
        for (other, where), cell in sorted(sheet.cells.items())
        if where == column and other > row and cell.text.strip()
    ]
