"""Sheets 设置 and 期次 → Settings and what single periods have of their own."""

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from edu_sheet.plan import layout
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.located import Findings, Line, Located, sheet_named
from edu_sheet.words.columns import Column
from edu_sheet.words.findings import Value
from edu_sheet.words.letters import FILLED_IN, deliverable, not_filled_in
from edu_sheet.words.period import YEARS, Month, Period, written_period
from edu_sheet.words.settings import (
    AfterFetch,
    ColophonPage,
    Fonts,
    LeadRule,
    Login,
    MailSettings,
    PeriodSettings,
    RedHead,
    Security,
    Settings,
    StateAsked,
    SummaryStyle,
)
from edu_sheet.words.sheets import SETTINGS_SHEET
from edu_sheet.words.text import bare, tidy

if TYPE_CHECKING:
    from openpyxl import Workbook

_Kind = TypeVar("_Kind")
_YES_NO = {layout.YES: True, layout.NO: False}
_OF_LETTERS = ("mail.subject", "mail.text")
_MONTHS = {layout.THIS_MONTH: False, layout.NEXT_MONTH: True}


class _Malformed(Exception):  # noqa: N818  # caught in this module, told as a finding
    """A value is not what it should be: which of what can be wanted, and its values."""

    def __init__(self, wanted: str, **about: Value) -> None:
        super().__init__(wanted)
        self.about: dict[str, Value] = {"wanted": wanted, **about}


def read_settings(located: Located, to: Findings) -> Settings | None:
    """Return the settings; None if there is no title or no first month to be had."""
    lines = _lines(located, to)
    values: dict[str, object] = {}
    for setting in layout.SETTINGS:
        line = lines.get(setting.item)
        value = line.values.get(layout.VALUE) if line else None
        if not sheets.text(value).strip():
            continue
        try:
            values[setting.field] = _PARSERS.get(setting.field, _text)(value)
        except _Malformed as wanted:
            where = located.place(line, layout.VALUE) if line else located.whole
            said = sheets.text(value).strip()
            to.add("malformed_setting", where, item=setting.item, text=said, **wanted.about)
            continue
        if setting.field in _OF_LETTERS and line:
            _look_at_words(str(values[setting.field]), line, located, to)
    for setting in layout.SETTINGS:
        if setting.field in ("title", "first_month") and setting.field not in values:
            line = lines.get(setting.item)
            if line is None or not line.text(layout.VALUE):
                where = located.place(line, layout.VALUE) if line else located.whole
                to.add("malformed_setting:missing", where, item=setting.item)
    return _settings(values)


def further_headers(book: "Workbook") -> list[str]:
    """Return the headers of the plan's own columns, as 设置 names them: before all else is read."""
    item = next(one.item for one in layout.SETTINGS if one.field == "further")
    sheet = sheet_named(book, SETTINGS_SHEET)
    for _, values in sheets.rows(sheet) if sheet is not None else ():
        if len(values) > 1 and bare(sheets.text(values[0])) == item:
            return [
                tidy(one) for one in re.split("[、，,；;\n]", sheets.text(values[1])) if one.strip()
            ]
    return []


def read_periods(located: Located, to: Findings) -> dict[Period, PeriodSettings]:
    """Return what single periods have of their own; periods without any are left out."""
    rows: dict[Period, int] = {}
    found = {}
    for line in located.lines:
        own = _period_settings(located, line, to)
        period = _period(located, line, own, to)
        if period is None:
            continue
        if period in rows:
            where = located.place(line, layout.PERIOD)
            to.add("duplicate_period", where, period=period, row=rows[period])
            continue
        rows[period] = line.row
        if own.due and own.due < period.months[0].day(1):
            to.add("early_due_date", located.place(line, layout.DUE), period=period)
        if own != PeriodSettings():
            found[period] = own
    return found


def _look_at_words(text: str, line: Line, located: Located, to: Findings) -> None:
    """Note words in braces that no letter fills in."""
    if unknown := not_filled_in(text):
        where, item = located.place(line, layout.VALUE), line.text(layout.ITEM)
        known = tuple(f"{{{one}}}" for one in FILLED_IN)
        to.add("unknown_word", where, item=item, words=unknown, known=known)


def _lines(located: Located, to: Findings) -> dict[str, Line]:
    """Return the lines of 设置 by item; an unknown item is noted as a doubt."""
    known = {bare(setting.item): setting.item for setting in layout.SETTINGS}
    lines: dict[str, Line] = {}
    for line in located.lines:
        written = bare(line.text(layout.ITEM))
        item = known.get(written)
        where = located.place(line, layout.ITEM)
        if item is None and line.text(layout.VALUE):
            near = difflib.get_close_matches(written, known, n=1, cutoff=0.4)
            meant = tuple(known[one] for one in near)
            to.add("unknown_setting", where, text=written, near=meant)
        elif item in lines:
            row = lines[item].row
            to.add("malformed_setting:twice", where, item=item, row=row)
        elif item is not None:
            lines[item] = line
    return lines


def _settings(values: Mapping[str, object]) -> Settings | None:
    title, first = values.get("title"), values.get("first_month")
    if not isinstance(title, str) or not isinstance(first, Month):
        return None
    issued, printed, due_day = (values.get(name) for name in ("issued", "printed", "due_day"))
    return Settings(
        title=title,
        doc_number=_given(values, "doc_number", ""),
        issuer=_given(values, "issuer", ""),
        issued=issued if isinstance(issued, date) else None,
        first_month=first,
        due_next_month=_given(values, "due_next_month", default=False),
        due_day=due_day if isinstance(due_day, int) else None,
        instructions=_given(values, "instructions", ""),
        addressee=_given(values, "addressee", ""),
        copies_to=_given(values, "copies_to", ""),
        summary_title=_given(values, "summary_title", ""),
        summary_number=_given(values, "summary_number", ""),
        printed=printed if isinstance(printed, date) else None,
        red_head=_given(values, "red_head", RedHead.NONE),
        colophon_page=_given(values, "colophon_page", ColophonPage.LAST),
        report_state=_given(values, "report_state", StateAsked.NEVER),
        summary_style=_given(values, "summary_style", SummaryStyle.BRIEF),
        ranking=_given(values, "ranking", default=False),
        quarter_parts=_given(values, "quarter_parts", default=True),
        leads=_given(values, "leads", LeadRule.EACH),
        fill_roster=_given(values, "fill_roster", default=False),
        same_numbers=_given(values, "same_numbers", default=False),
        further=_given(values, "further", ""),
        fonts=Fonts(**_below("fonts.", values)),
        mail=MailSettings(**_below("mail.", values)),
    )


def _given(values: Mapping[str, object], name: str, default: _Kind) -> _Kind:
    """Return what was read for a field, its default where nothing of its kind was."""
    value = values.get(name)
    return value if isinstance(value, type(default)) else default


def _below(prefix: str, values: Mapping[str, object]) -> dict[str, Any]:
    """Return what was read for the fields that stand below another, by their own names."""
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix)
    }


def _text(value: sheets.Value) -> str:
    return tidy(sheets.text(value))


def _paragraphs(value: sheets.Value) -> str:
    return "\n".join(filter(None, map(tidy, sheets.text(value).splitlines())))


def _date(value: sheets.Value) -> date:
    if (day := sheets.day(value)) is None:
        raise _Malformed("date")
    return day


def _month(value: sheets.Value) -> Month:
    if not isinstance(period := _parse_period(value), Month):
        raise _Malformed("month")
    return period


def _due_day(value: sheets.Value) -> int | None:
    said = bare(sheets.text(value)).removesuffix("日").removesuffix("号")
    if said in (layout.LAST_DAY, "最后1天", "月末", "月底"):
        return None
    if not said.isdecimal() or not 1 <= int(said) <= 31:
        raise _Malformed("due_day")
    return int(said)


def _one_of(choices: Mapping[str, object]) -> Callable[[sheets.Value], object]:
    def parse(value: sheets.Value) -> object:
        said = bare(sheets.text(value))
        if said not in choices:
            raise _Malformed("one_of", choices=tuple(choices))
        return choices[said]

    return parse


def _number(least: int, most: int) -> Callable[[sheets.Value], int]:
    def parse(value: sheets.Value) -> int:
        said = bare(sheets.text(value))
        if not (said.isdecimal() and len(said) < 9 and least <= int(said) <= most):
            raise _Malformed("number", least=least, most=most)
        return int(said)

    return parse


def _address(value: sheets.Value) -> str:
    address = bare(sheets.text(value))
    if not deliverable(address):
        raise _Malformed("address")
    return address


def _host(value: sheets.Value) -> str:
    host = bare(sheets.text(value)).lower()
    if not _HOST.fullmatch(host):
        raise _Malformed("host")
    return host


_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")
_SECURITY = {bare(one.value): one for one in Security}
_PARSERS: Mapping[str, Callable[[sheets.Value], object]] = {
    "issued": _date,
    "printed": _date,
    "first_month": _month,
    "due_next_month": _one_of(_MONTHS),
    "due_day": _due_day,
    "red_head": _one_of({one.value: one for one in RedHead}),
    "colophon_page": _one_of({one.value: one for one in ColophonPage}),
    "report_state": _one_of({one.value: one for one in StateAsked}),
    "summary_style": _one_of({one.value: one for one in SummaryStyle}),
    "ranking": _one_of(_YES_NO),
    "quarter_parts": _one_of(_YES_NO),
    "fill_roster": _one_of(_YES_NO),
    "same_numbers": _one_of(_YES_NO),
    "leads": _one_of({one.value: one for one in LeadRule if one.value}),
    "instructions": _paragraphs,
    "mail.address": _address,
    "mail.reply_to": _address,
    "mail.login": _one_of({one.value: one for one in Login}),
    "mail.smtp_host": _host,
    "mail.smtp_port": _number(1, 65535),
    "mail.smtp_security": _one_of(_SECURITY),
    "mail.imap_host": _host,
    "mail.imap_port": _number(1, 65535),
    "mail.imap_security": _one_of(_SECURITY),
    "mail.per_run": _number(1, 500),
    "mail.per_hour": _number(1, 5_000),
    "mail.per_day": _number(1, 50_000),
    "mail.pause": _number(0, 600),
    "mail.copies": _one_of(_YES_NO),
    "mail.text": _paragraphs,
    "mail.after_fetch": _one_of({one.value: one for one in AfterFetch}),
}


def _period(located: Located, line: Line, own: PeriodSettings, to: Findings) -> Period | None:
    value = line.values.get(layout.PERIOD)
    period = _parse_period(value)
    where = located.place(line, layout.PERIOD)
    if value is None and own != PeriodSettings():
        to.add("malformed_period:missing", where)
    elif value is not None and period is None:
        to.add("malformed_period", where, text=sheets.text(value).strip())
    return period


def _period_settings(located: Located, line: Line, to: Findings) -> PeriodSettings:
    dates: dict[Column, date | None] = {}
    for column in (layout.DUE, layout.SUMMARY_DATE):
        value = line.values.get(column)
        dates[column] = None if value is None else sheets.day(value)
        if value is not None and dates[column] is None:
            to.add(
                "malformed_date:period",
                located.place(line, column),
                header=column.header,
                text=sheets.text(value).strip(),
            )
    return PeriodSettings(
        due=dates[layout.DUE],
        title=tidy(line.text(layout.SUMMARY_TITLE)),
        doc_number=tidy(line.text(layout.SUMMARY_NUMBER)),
        dated=dates[layout.SUMMARY_DATE],
    )


def _parse_period(value: sheets.Value) -> Period | None:
    """Return the period that a cell names, a day being Excel's idea of 2022-12; None if none."""
    if isinstance(value, datetime | date):
        known = value.day == 1 and value.year in YEARS
        return Month(value.year, value.month) if known else None
    return written_period(sheets.text(value))
