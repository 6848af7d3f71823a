"""Sheet 单位名录 → Roster, with what is wrong in it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from edu_sheet.plan import keys, layout
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules import units
from edu_sheet.words.letters import deliverable
from edu_sheet.words.plan import Roster, Unit
from edu_sheet.words.text import bare, needless, tidy, visible

_MAIL_SEPARATORS = re.compile(r"[;；,，、\s]+")
_YES, _NO = {"是", "Y", "YES", "√", "1"}, {"否", "N", "NO", "×", "0"}


@dataclass(frozen=True, slots=True)
class _Entry:
    line: Line
    unit: Unit


def read_roster(located: Located, to: Findings, *, may_be_empty: bool = False) -> Roster:
    """Return the units in the order of the sheet; of a name that stands twice the first counts.

    A row whose name is an alias of a unit that looks like it is part of that unit: whoever
    confirms an alias need not delete the row.
    """
    entries: dict[str, _Entry] = {}
    own = unit_keys(located)
    _report_keys(located, own, to)
    for line in located.lines:
        unit = _unit(located, line, own, to)
        if unit is None:
            continue
        if unit.name in entries:
            where, row = located.place(line, layout.NAME), entries[unit.name].line.row
            to.add("duplicate_unit", where, unit=unit.name, row=row)
        else:
            entries[unit.name] = _Entry(line, unit)
    if not entries and not may_be_empty:
        to.add("empty_roster", located.whole)
    kept = _without_alias_rows(located, entries, to)
    roster = Roster(tuple(_with_members(kept).values()))
    _report_groups(located, kept, roster, to)
    _report_look_alikes(located, kept, to)
    return roster


def unit_keys(located: Located) -> dict[int, str]:
    """Return the key of every row that names a unit, by the row's number."""
    lines = [line for line in located.lines if tidy(line.text(layout.NAME))]
    keyed = [
        keys.Keyed(line.plain(layout.UNIT_KEY), keys.of_unit(line.text(layout.NAME)))
        for line in lines
    ]
    return {line.row: key for line, key in zip(lines, keys.assign(keyed), strict=True)}


def _report_keys(located: Located, own: Mapping[int, str], to: Findings) -> None:
    for line in located.lines:
        carried = line.plain(layout.UNIT_KEY)
        if carried and line.row in own and own[line.row] != carried:
            to.add("duplicate_key:unit", located.place(line, layout.UNIT_KEY), row=line.row)


def _unit(located: Located, line: Line, own: Mapping[int, str], to: Findings) -> Unit | None:
    name = tidy(line.text(layout.NAME))
    if not name:
        to.add("no_name", located.place(line, layout.NAME))
        return None
    for column in (layout.NAME, layout.ALIASES, layout.MEMBERS):
        if wrong := needless(units.tidy_list(line.text(column)).replace("\n", "")):
            to.add("needless_characters", located.place(line, column), text=visible(wrong))
    members = units.split(line.text(layout.MEMBERS), {})
    aliases = tuple(one for one in units.split(line.text(layout.ALIASES), {}) if one != name)
    return Unit(
        name=name,
        aliases=aliases,
        group=_group(located, line, to) or bool(members),
        members=members,
        contact=tidy(line.text(layout.CONTACT)),
        telephone=line.plain(layout.TELEPHONE),
        mail=_mail(located, line, to),
        key=own[line.row],
    )


def _group(located: Located, line: Line, to: Findings) -> bool:
    said = bare(line.text(layout.GROUP)).upper()
    if said and said not in _YES | _NO:
        to.add("malformed_group", located.place(line, layout.GROUP), text=said)
    if said in _NO and line.text(layout.MEMBERS):
        to.add("malformed_group:members", located.place(line, layout.GROUP))
    return said in _YES


def _mail(located: Located, line: Line, to: Findings) -> str:
    addresses = mail_addresses(line.text(layout.MAIL))
    for address in malformed(addresses):
        to.add("malformed_mail", located.place(line, layout.MAIL), text=address)
    return ";".join(addresses)


def mail_addresses(written: str) -> list[str]:
    """Return the mail addresses that a cell lists, right or wrong, in order."""
    text = unicodedata.normalize("NFKC", written).strip()
    return [one.removeprefix("mailto:") for one in _MAIL_SEPARATORS.split(text) if one]


def malformed(addresses: Iterable[str]) -> list[str]:
    """Return those that no letter can be written to."""
    return [one for one in addresses if not deliverable(one)]


def _without_alias_rows(
    located: Located, entries: Mapping[str, _Entry], to: Findings
) -> dict[str, _Entry]:
    """Return the units without rows that are confirmed aliases, their aliases handed on."""
    owners: dict[str, str] = {}
    for name, entry in entries.items():
        for alias in entry.unit.aliases:
            where = located.place(entry.line, layout.ALIASES)
            if alias in owners:
                other = owners[alias]
                to.add("alias_of_two_units", where, alias=alias, other=other, unit=name)
            elif alias in entries and not _confirmed(alias, name, entries):
                to.add(
                    "alias_of_two_units:row",
                    where,
                    alias=alias,
                    unit=name,
                    row=entries[alias].line.row,
                )
            else:
                owners[alias] = name
    kept = {name: entry for name, entry in entries.items() if name not in owners}
    for alias in owners.keys() & entries.keys():
        _hand_on(located, entries[alias], kept, _owner(alias, owners), to)
    return kept


def _confirmed(alias: str, name: str, entries: Mapping[str, _Entry]) -> bool:
    """Return whether a row's name may be taken for another unit's alias: they look alike."""
    mutual = name in entries[alias].unit.aliases
    return not mutual and bool(units.look_alikes([name, alias]))


def _owner(alias: str, owners: Mapping[str, str]) -> str:
    """Return the unit at the end of a chain of aliases."""
    seen = set()
    while alias in owners and alias not in seen:
        seen.add(alias)
        alias = owners[alias]
    return alias


def _hand_on(
    located: Located, row: _Entry, kept: dict[str, _Entry], name: str, to: Findings
) -> None:
    if name in kept and row.unit.aliases:
        owner = kept[name]
        more = tuple(dict.fromkeys((*owner.unit.aliases, *row.unit.aliases)))
        kept[name] = replace(owner, unit=replace(owner.unit, aliases=more))
    if row.unit.contact or row.unit.telephone or row.unit.mail or row.unit.members:
        where = located.place(row.line, layout.NAME)
        to.add("alias_row", where, alias=row.unit.name, unit=name)


def _with_members(kept: Mapping[str, _Entry]) -> dict[str, Unit]:
    """Return the units, their members named as the roster does."""
    spellings = Roster(tuple(entry.unit for entry in kept.values())).spellings()
    named = {}
    for name, entry in kept.items():
        written = entry.line.text(layout.MEMBERS)
        named[name] = replace(entry.unit, members=units.split(written, spellings))
    return named


def _report_groups(
    located: Located, kept: Mapping[str, _Entry], roster: Roster, to: Findings
) -> None:
    for unit in roster.units:
        line = kept[unit.name].line
        where = located.place(line, layout.MEMBERS)
        if unit.group and not unit.members:
            to.add("group_without_members", where, unit=unit.name)
        for member in unit.members:
            listed = roster.get(member)
            if listed is None:
                to.add("member_not_listed", where, unit=member)
            elif listed.group:
                to.add("nested_group", where, unit=member)


def _report_look_alikes(located: Located, kept: Mapping[str, _Entry], to: Findings) -> None:
    for doubtful, suggested in look_alikes(Roster(tuple(one.unit for one in kept.values()))):
        where, row = located.place(kept[doubtful].line, layout.NAME), kept[suggested].line.row
        to.add("look_alike", where, unit=doubtful, other=suggested, row=row)


def look_alikes(roster: Roster) -> tuple[tuple[str, str], ...]:
    """Return the names that may be another unit's, each with that unit.

    Members of groups are not compared: they were entered by hand, one beside the other.
    """
    members = {member for unit in roster.units for member in unit.members}
    names = [unit.name for unit in roster.units if unit.name not in members]
    return tuple(units.look_alikes(names))
