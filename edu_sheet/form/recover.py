"""A Form out of the workbook that it was issued as: for a ledger that does not know it. Pure.

The digest in the signed token proves that what was read is what was issued; without that proof
there is no form.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from edu_sheet.form import identity, layout
from edu_sheet.form.compose import row_texts
from edu_sheet.form.signal import Source, signals
from edu_sheet.words.book import Book, Sheet
from edu_sheet.words.columns import ANSWERS, LIAISON, PLAN_COLUMNS, STATE, Column, further
from edu_sheet.words.forms import EarlierSheet, Form, FormRow, Identity
from edu_sheet.words.period import Quarter
from edu_sheet.words.plan import Role
from edu_sheet.words.text import bare

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SEE_FULL_TEXT = re.compile(rf"第[\d、]+项内容较长，全文见“{layout.FULL_TEXT_SHEET}”表。$")
_ROLES = {role.label: role for role in Role}
_FILLED_IN = (*ANSWERS, STATE.field)


def recover(
    book: Book, secret: bytes, plan_id: str, columns: Iterable[Column] = (), font: str = "宋体"
) -> tuple[Form, int] | None:
    """Return the form that a workbook was issued as and the id of its issue; None if not certain.

    `columns` are those of the plan, which name what the form's headers mean beside the official
    ones. What a unit has filled in is no part of it.
    """
    fields = {
        name: value
        for signal in signals(book)
        if signal.source is Source.META
        for name, value in signal.fields
    }
    token, issue = fields.get("token", ""), fields.get("issue", "")
    who = identity.parse_token(token)
    sheet = next((one for one in book.sheets if one.name == layout.FORM_SHEET), None)
    if not (who and sheet and issue.isascii() and issue.isdigit() and len(issue) < 10):
        return None
    if who.plan != plan_id or not identity.genuine(token, secret):
        return None
    found = _columns(sheet, columns, quarterly=isinstance(who.period, Quarter))
    due = _day(_labelled(sheet, layout.DUE_LABEL))
    rows = tuple(_rows(sheet, found)) if found else ()
    if not rows or due is None or not _proven(who, found, rows):
        return None
    form = Form(
        identity=who,
        number=identity.form_number(who, secret),
        token=token,
        title=sheet.text(layout.TITLE_ROW, 1),
        due=due,
        instructions=_SEE_FULL_TEXT.sub("", _labelled(sheet, layout.INSTRUCTIONS_LABEL)),
        columns=found,
        rows=rows,
        earlier=tuple(_earlier(book)),
        font=font,
        unit_key=fields.get("unit_key", ""),
    )
    return form, int(issue)


def _columns(sheet: Sheet, of_plan: Iterable[Column], *, quarterly: bool) -> tuple[Column, ...]:
    """Return the columns that the header names, () if one is not known."""
    known: dict[str, Column] = {}
    for plan in (of_plan, PLAN_COLUMNS):
        for parts in (False, True):
            for column in layout.narrow_columns(
                plan, states=True, parts=parts, quarterly=quarterly
            ):
                known.setdefault(bare(column.header), column)
    found: list[Column] = []
    while header := sheet.text(layout.HEADER_ROW, len(found) + 1).replace("\n", ""):
        if named := known.get(bare(header)):
            found.append(Column(named.field, header, named.width))
        elif LIAISON.matches(bare(header)):  # its header is the issuer's own
            liaison = next(one for one in known.values() if one.field == LIAISON.field)
            found.append(Column(LIAISON.field, header, liaison.width))
        else:
            return ()
    return layout.spread_out(found, quarterly=quarterly)


def _rows(sheet: Sheet, columns: Sequence[Column]) -> Iterator[FormRow]:
    """Yield the tasks below the header, as far as there is a key."""
    more = further(columns)
    line = layout.FIRST_TASK_ROW
    while True:
        said = {column.field: sheet.text(line, at) for at, column in enumerate(columns, 1)}
        role = _ROLES.get(said.get("role", ""))
        if not said.get("key") or role is None or not said.get("number"):
            return
        yield _row(
            said, line - layout.FIRST_TASK_ROW + 1, role, [one for one in more if one in said]
        )
        line += 1


def _row(said: Mapping[str, str], place: int, role: Role, more: Sequence[str]) -> FormRow:
    plain = said["number"].isdecimal()
    return FormRow(
        key=said["key"],
        number=int(said["number"]) if plain else place,
        label="" if plain else said["number"],
        role=role,
        goal=said.get("goal", ""),
        requirements=said.get("requirements", ""),
        lead_text=said.get("lead_text", ""),
        responsible_text=said.get("responsible_text", ""),
        liaison_text=said.get("liaison_text", ""),
        others=tuple((one, said[one]) for one in more if one not in ("role", *_FILLED_IN)),
    )


def _proven(who: Identity, columns: Sequence[Column], rows: Sequence[FormRow]) -> bool:
    locked = [column for column in columns if column.field not in _FILLED_IN]
    fields = tuple(column.field for column in locked)
    table = ([column.header for column in locked], *(row_texts(row, fields) for row in rows))
    return identity.digest(who.unit, who.period, table) == who.digest


def _earlier(book: Book) -> Iterator[EarlierSheet]:
    for sheet in book.sheets:
        if sheet.name not in (layout.EARLIER_SHEET, layout.QUARTER_SHEET):
            continue
        quarter = sheet.name == layout.QUARTER_SHEET
        width = len(layout.QUARTER_HEADER if quarter else layout.EARLIER_HEADER)
        header = tuple(sheet.text(2, at) for at in range(1, width + 1))
        last = max((row for row, _ in sheet.cells), default=0)
        rows: list[tuple[str, ...]] = []
        for row in range(3, last + 1):
            texts = tuple(sheet.text(row, at) for at in range(1, len(header) + 1))
            if rows and texts[1] == layout.CONTINUED:
                rows[-1] = (*rows[-1][:-1], rows[-1][-1] + texts[-1])
            else:
                rows.append(texts)
        yield EarlierSheet(sheet.name, sheet.text(1, 1), header, tuple(rows))


def _labelled(sheet: Sheet, label: str) -> str:
    """Return what stands behind a label above the table, as it was written; "" without it."""
    for (row, _), cell in sheet.cells.items():
        if row < layout.HEADER_ROW and cell.text.startswith(f"{label}："):
            return cell.text.partition("：")[2]
    return ""


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    return date(*map(int, found.groups())) if found else None
