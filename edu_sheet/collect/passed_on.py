"""A message that passes another's words on: whose they are, nobody can tell for certain."""

import re
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from edu_sheet.check import Names
from edu_sheet.collect.own_letter import our_address, our_name
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.covering import adds, tells_of_work, tells_of_work_done
from edu_sheet.words.findings import Finding
from edu_sheet.words.quotation import Passage, apart, passages
from edu_sheet.words.returns import Submission
from edu_sheet.words.text import bare

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_AROUND = re.compile("[<>()\"'“”|*]")
# What stands around the name in the head of a quotation: 在2022-12-29 09:00，甲写道：.
_BEFORE = re.compile(r"^(?:发件人|from)[|*]*[:|]|^.*(?<!于)\d[^,]{0,9},", re.IGNORECASE)
# 转县财政局12月进展：, 县财政局发来如下：; and below, a name and a day.
_FOR = re.compile(r"(?:现?将?(?:转发?|代报?|替|帮)(.{2,20}?)|(.{2,20}?)[发报转交传]来.{0,8}):")
_SIGNED = 2
_BEHIND = re.compile(r"(?:于.{0,40})?(?:写道|wrote):.*$", re.IGNORECASE)


class Words(NamedTuple):
    """What a message passes on of one writer."""

    owners: frozenset[str]  # the units that may have written it; none where nobody knows
    said: str

    @property
    def may_answer(self) -> bool:
        """Whether they may be an answer: what a unit wrote, if it is more than a covering word."""
        return adds(self.said) if self.owners else tells_of_work_done(self.said)


def words(
    ledger: Ledger, names: Names, arrived: Submission, body: str, own: Set[str]
) -> list[Words]:
    """Return the words that a message passes on, but for ours and those of its `own` units.

    In its text, or because it lay in another's message itself. Every answer quotes our letter:
    where none of what is quoted is known for it, no name counts, for it may be our own office's.
    A unit that writes for another one says so above, 转县财政局进展：, or signs with its name.
    """
    told = (str(one["writer"]) for one in arrived.findings if one.code == "passed_on")
    found = [Words(_units(ledger, names, _addresses(one)), "") for one in told]
    quoted = passages(body)
    others = [one for one in quoted if not _is_ours(ledger, one)]
    unknown = len(others) == len(quoted) and _answers_ours(arrived)
    for one in others:
        addresses = _addresses(one.writer)
        owners = _units(ledger, names, addresses)
        if not owners and not unknown:
            owners = _named(names, [_name(one.writer)]) or _named(names, _headings(one))
        if owners or (one.writer and not unknown and arrived.sender not in addresses):
            found.append(Words(owners, one.text))
    written = [line for line in apart(body)[0] if line.strip()]
    if own and (owners := _named(names, _told_for(written))):
        found.append(Words(owners, "\n".join(written)))
    return [one for one in found if not one.owners or one.owners - own]


def adds_between(ledger: Ledger, arrived: Submission, body: str) -> bool:
    """Return whether a message tells of work between the lines of a letter of ours that it quotes.

    What our letters to the unit said is known; none of an earlier release.
    """
    ours = [one for one in passages(body) if not one.writer or _is_ours(ledger, one)]
    lines = [bare(line) for one in ours for line in one.lines if tells_of_work_done(line)]
    if not lines:
        return False  # of most answers: no letter need be looked up
    sent = [
        bare(text)
        for one in arrived.findings
        if one.code == "reply_to_letter"
        for text in ledger.letters.texts_to(str(one["unit"]))
    ]
    return bool(sent) and any(not any(line in text for text in sent) for line in lines)


def others(found: Sequence[Words], body: str, own: Set[str]) -> set[str]:
    """Return the units any of whose answer a message may be, for the words that it passes on.

    None where it is its `own` units' alone. A stranger's words let it be nobody's for certain,
    unless its writer tells of work as well.
    """
    named = {unit for one in found for unit in one.owners} - own
    strange = any(not one.owners and one.may_answer for one in found)
    if named or (strange and not tells_of_work(body)):
        return {*own, *named}
    return set()


def told(sender: str, owners: Iterable[str]) -> Finding:
    """Return that a message may be any of these units' answer."""
    return note("sender_known:passed_on", sender=sender, owner=tuple(sorted(owners)))


def _is_ours(ledger: Ledger, one: Passage) -> bool:
    name = _name(one.writer)
    return our_address(ledger) in _addresses(one.writer) or bool(name and name == our_name(ledger))


def _answers_ours(arrived: Submission) -> bool:
    return any(one.code == "reply_to_letter" for one in arrived.findings)


def _addresses(writer: str) -> set[str]:
    return {one.lower() for one in _ADDRESS.findall(writer)}


def _name(writer: str) -> str:
    """Return the name in a quotation's head, as names are compared, "" where it has none."""
    said = _BEFORE.sub("", bare(_ADDRESS.sub("", writer)))
    return _AROUND.sub("", _BEHIND.sub("", said))


def _headings(one: Passage) -> list[str]:
    """Return what heads or signs the lines of a passage: 县财政局12月进展：."""
    return [bare(line).partition(":")[0] for line in one.lines]


def _told_for(lines: Sequence[str]) -> list[str]:
    """Return for whom the writer of lines says to write, and with what names they are signed."""
    said = [bare(line) for line in lines]
    above = (_FOR.match(one) for one in said)
    return [*(one[1] or one[2] for one in above if one), *said[-_SIGNED:]]


def _units(ledger: Ledger, names: Names, addresses: Iterable[str]) -> frozenset[str]:
    return _named(names, (unit for one in addresses for unit in ledger.plan.units_of(one)))


def _named(names: Names, said: Iterable[str]) -> frozenset[str]:
    found = (names.told_by(f"{one}.txt") for one in said)
    return frozenset(unit for unit in found if unit)
