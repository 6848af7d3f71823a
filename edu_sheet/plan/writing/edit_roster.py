"""单位名录 edited in a workbook that a person keeps: some cells of a row, all else as it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.workbook.located import Line, Located
from edu_sheet.rules import units
from edu_sheet.sentences import sentence
from edu_sheet.words.columns import Column
from edu_sheet.words.errors import PlanError
from edu_sheet.words.text import tidy

_OWN = {
    layout.NAME,
    layout.GROUP,
    layout.ALIASES,
    layout.UNIT_KEY,
}  # all that the row of a mere alias holds

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

    Where that stands there already it is the same. PlanError if the unit is not in the roster, if
    a cell holds a formula, or if the plan had an error by it that it has not now.
    """
    located = loaded.sheets.get(layout.ROSTER_SHEET)
    if located is None or loaded.plan is None:
        raise PlanError(
            f"{loaded.name} 里没有能修改的“{layout.ROSTER_SHEET}”", "请用 Excel 打开该文件改正。"
        )
    name = loaded.plan.roster.spellings().get(edit.unit, edit.unit)
    line = _line_of(located, name)
    if line is None:
        raise PlanError(f"“{layout.ROSTER_SHEET}”里没有“{edit.unit}”", "请核对单位名称。")
    cells = {
        (changed.row, _place(loaded, located, column)): text
        for changed, column, text in _changes(located, line, name, edit)
        if changed.text(column) != text
    }
    if not cells:
        return loaded
    if cells.keys() & package.computed_cells(loaded.data, located.name).keys():
        raise PlanError(f"“{name}”这一行里有公式", f"请用 Excel 打开 {loaded.name} 修改。")
    edited = load_bytes(package.with_texts(loaded.data, located.name, cells), loaded.name)
    _refuse_new_errors(loaded, edited)
    return edited


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
            yield line, layout.MAIL, address
        case Members(members=members):
            yield line, layout.MEMBERS, "、".join(members)
            if members:
                yield line, layout.GROUP, layout.YES
        case Alias(alias=alias):
            own = _line_of(located, alias)
            known = units.split(line.text(layout.ALIASES), {})
            more = units.split(own.text(layout.ALIASES), {}) if own else ()
            names = dict.fromkeys((*known, alias, *more))
            yield line, layout.ALIASES, "、".join(one for one in names if one != name)
            # A row that looks alike may stay: it is read as the alias that it has become.
            if own and not units.look_alikes([name, alias]):
                yield from _emptied(own, alias, name)


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


def _refuse_new_errors(before: Loaded, after: Loaded) -> None:
    known = {(one.code, one.place) for one in before.errors}
    for one in after.errors:
        if (one.code, one.place) not in known:
            raise PlanError(f"“{layout.ROSTER_SHEET}”不能这样改：{sentence(one)}", "方案没有改动。")
