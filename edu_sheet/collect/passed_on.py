"""A message that passes another unit's on: whose words these are, nobody can tell for certain."""

import re
from collections.abc import Iterable

from edu_sheet.check import Names
from edu_sheet.collect.own_letter import our_address
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding
from edu_sheet.words.quotation import headings, writers
from edu_sheet.words.returns import Submission
from edu_sheet.words.text import bare

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_AROUND = re.compile("[<>()\"']")


def units(ledger: Ledger, names: Names, arrived: Submission, body: str) -> set[str]:
    """Return the units whose messages one passes on, as it says: in its text, or as a file.

    Not our own, which every answer quotes; and of a message that quotes ours no name counts, for it
    may be that of whom we wrote to, or of our own office.
    """
    ours, heads = our_address(ledger), writers(body)
    told = (str(one["writer"]) for one in arrived.findings if one.code == "passed_on")
    found = {one.lower() for text in (*told, *heads) for one in _ADDRESS.findall(text)}
    owners = {unit for one in found - {ours} for unit in ledger.plan.units_of(one)}
    answers_ours = any(one.code == "reply_to_letter" for one in arrived.findings)
    said: list[str] = []
    if not (ours in found or answers_ours):
        shown = (_ADDRESS.sub("", one).partition(":")[2] for one in map(bare, heads))
        said = [*(_AROUND.sub("", one) for one in shown), *headings(body)]
    named = (names.told_by(f"{one}.txt") for one in (*owners, *said))
    return {unit for unit in named if unit}


def told(sender: str, owners: Iterable[str]) -> Finding:
    """Return that a message may be any of these units' answer."""
    return note("sender_known:passed_on", sender=sender, owner=tuple(sorted(owners)))
