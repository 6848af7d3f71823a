"""单位名录 edited in a workbook that a person keeps: some cells of a row, all else as it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edu_sheet.kit.pieces import CELL_LIMIT, characters
from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.workbook.located import Line, Located
from edu_sheet.plan.workbook.roster_rows import mail_addresses, malformed
from edu_sheet.plan.writing.add_units import add_members
from edu_sheet.rules import units
from edu_sheet.sentences import sentence
from edu_sheet.words.columns import Column
from edu_sheet.words.errors import PlanError
from edu_sheet.words.plan import Roster
from edu_sheet.words.sheets import ROSTER_SHEET
from edu_sheet.words.text import tidy, writable

_OWN = {
    layout.NAME,
    layout.GROUP,
    layout.ALIASES,
    layout.UNIT_KEY,
}  # all that the row of a mere alias holds

_REWRITTEN = re.compile("_x[0-9A-Fa-f]{4}_")  # Excel reads a character where that is written

Change = tuple[Line, Column, str]  # what is to stand in a line's cell


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is another spelling of a unit's."""

    unit: str
    alias: str


@dataclass(frozen=True, slots=True)
class Members:
    """The units that report each for themselves where the plan names a group; () for none."""

    unit: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Where a unit is written to, "" for nowhere; several addresses are separated by ；."""

    unit: str
    address: str


RosterEdit = Alias | Members | MailAddress


def edit_roster(loaded: Loaded, edit: RosterEdit) -> Loaded:
    """Return the workbook with a unit's alias, members or mail address entered.

    Where that stands there already it is the same. A group's member without a row gets one, once it
    is entered or gets an address. PlanError if the unit is not in the roster, if
    what is entered is no name or address, if a cell cannot hold it or holds a formula, or if the
    plan had an error by it that it has not now.
    """
    located = loaded.sheets.get(ROSTER_SHEET)
    if located is None or loaded.plan is None:
        raise PlanError(
            f"{loaded.name} 里没有能修改的“{ROSTER_SHEET}”", "请用 Excel 打开该文件改正。"
        )
    name = loaded.plan.roster.spellings().get(edit.unit, edit.unit)
    line = _line_of(located, name)
    if line is None and isinstance(edit, MailAddress) and _is_member(loaded.plan.roster, name):
        return edit_roster(add_members(loaded, located, [name]), edit) if edit.address else loaded
    if line is None:
        raise PlanError(f"“{ROSTER_SHEET}”里没有“{edit.unit}”", "请核对单位名称。")
    cells = {
        (changed.row, _place(loaded, located, column)): text
        for changed, column, text in _changes(located, line, name, edit)
        if changed.text(column) != text
    }
    if not cells:
        return loaded
    refuse_too_long(name, cells.values())
    if cells.keys() & package.computed_cells(loaded.data, located.name).keys():
        raise PlanError(f"“{name}”这一行里有公式", f"请用 Excel 打开 {loaded.name} 修改。")
    edited = load_bytes(package.with_texts(loaded.data, located.name, cells), loaded.name)
    refuse_new_errors(loaded, edited)
    return _with_rows_of(edited, edit.members) if isinstance(edit, Members) else edited


def _with_rows_of(loaded: Loaded, members: Iterable[str]) -> Loaded:
    """Return the workbook with a row for each member: a person has entered that it is a unit."""
    located = loaded.sheets.get(ROSTER_SHEET)
    if located is None or loaded.plan is None:
        return loaded
    known = loaded.plan.roster.spellings()
    names = dict.fromkeys(known.get(tidy(one), tidy(one)) for one in members)
    new = [name for name in names if _line_of(located, name) is None]
    return add_members(loaded, located, new) if new else loaded


def _is_member(roster: Roster, name: str) -> bool:
    return any(name in unit.members for unit in roster.units)


def _place(loaded: Loaded, located: Located, column: Column) -> int:
    place = located.columns.get(column)
    if place is None:
        raise PlanError(
            f"“{located.name}”表缺少“{column.header}”列", f"请用 Excel 打开 {loaded.name} 补上。"
        )
    return place


def _changes(located: Located, line: Line, name: str, edit: RosterEdit) -> Iterator[Change]:
    match edit:
        case MailAddress(address=address):
            _refuse_malformed(name, address)
            yield line, layout.MAIL, address
        case Members(members=members):
            yield line, layout.MEMBERS, "、".join(dict.fromkeys(map(_one_name, members)))
            if members:
                yield line, layout.GROUP, layout.YES
        case Alias(alias=written):
            alias = _one_name(written)
            if alias == name:
                raise PlanError(f"“{alias}”就是这个单位的名称，不用再作别名", "方案没有改动。")
            own = _line_of(located, alias)
            known = units.split(line.text(layout.ALIASES), {})
            more = units.split(own.text(layout.ALIASES), {}) if own else ()
            names = dict.fromkeys((*known, alias, *more))
            yield line, layout.ALIASES, "、".join(one for one in names if one != name)
            # A row that looks alike may stay: it is read as the alias that it has become.
            if own and not units.look_alikes([name, alias]):
                yield from _emptied(own, alias, name)


def _one_name(written: str) -> str:
    """Return a name as a plan is read; PlanError if it would be read as none, or as several."""
    refuse_unwritable(written)
    name = tidy(written)
    if len(units.pieces(name, {})) != 1 or "\n" in written.strip():
        raise PlanError(
            f"“{written}”不是一个单位名称" if name else "单位名称是空的",
            "请写一个单位的名称，不带顿号、逗号、分号和换行；有几个的，分别填写。",
        )
    return name


def _refuse_malformed(name: str, written: str) -> None:
    refuse_unwritable(written)
    if wrong := malformed(mail_addresses(written)):
        raise PlanError(
            f"“{name}”的“{wrong[0]}”不像邮件地址", "请核对后重填；几个地址之间用分号隔开。"
        )


def refuse_unwritable(text: str) -> None:
    """Raise PlanError for a text with characters that a cell does not keep."""
    if writable(text) != text or _REWRITTEN.search(text):
        raise PlanError(
            f"“{writable(text)}”里有 Excel 存不下的字符", "多半是复制时带来的，请重新输入。"
        )


def refuse_too_long(name: str, texts: Iterable[str]) -> None:
    """Raise PlanError if one of the texts for a named row is more than a cell holds."""
    longest = max(map(characters, texts))
    if longest > CELL_LIMIT:
        raise PlanError(
            f"“{name}”这一格要写 {longest} 字，Excel 的一格最多 {CELL_LIMIT} 字",
            "方案没有改动，请减少内容。",
        )


def _emptied(own: Line, alias: str, name: str) -> Iterator[Change]:
    """Yield a row emptied, whose unit is no unit any more; PlanError if more stands in it."""
    if own.values.keys() - _OWN:
        raise PlanError(
            f"“{alias}”另有一行（第{own.row}行），填了成员单位或联系方式",
            f"请用 Excel 打开方案，把它们移到“{name}”那一行，再删去“{alias}”那一行。",
        )
    for column in own.values:
        yield own, column, ""


def _line_of(located: Located, name: str) -> Line | None:
    lines = (line for line in located.lines if tidy(line.text(layout.NAME)) == name)
    return next(lines, None)


def refuse_new_errors(before: Loaded, after: Loaded, sheet: str = ROSTER_SHEET) -> None:
    """Raise PlanError for an error that a workbook had not before a sheet of it was changed."""
    known = {(one.code, one.place) for one in before.errors}
    for one in after.errors:
        if (one.code, one.place) not in known:
            raise PlanError(f"“{sheet}”不能这样改：{sentence(one)}", "方案没有改动。")
