"""The address that a form came from beside what the form says: a further signal, never the one.

Forms are forwarded by whoever has mail, so that an address alone gives no unit, and takes none
away from a form that says more than its unit's name. But nobody is a unit on one word alone: a
form that has nothing but the unit's name needs its address, or the keys that were printed into it;
and what a unit has said is not replaced by what comes from a stranger.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace

from edu_sheet.check.identify import Identified
from edu_sheet.form import Signal, Source
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose address a file came from, as the roster, or else earlier returns, have it."""

    address: str = ""  # "" where no message brought it, or one that does not say it for certain
    owners: Set[str] = frozenset()  # the units that the roster gives it for
    unit_known: bool = False  # other addresses of the unit are known, this is none of them
    proven: bool = True  # nothing says that the message comes from elsewhere


def weighed(identified: Identified, sender: Sender) -> Identified:
    """Return what the signals say together with the sender's address."""
    if identified.forced:
        return identified
    if not sender.address:
        return identified if sender.proven else replace(identified, stranger=True)
    if identified.unit in sender.owners:
        # Two signals that agree are enough, if the address may be believed.
        if not sender.proven:  # which is told with the message
            return replace(identified, stranger=True)
        agreed = tuple(one for one in identified.findings if one.code != "weak_identity")
        return replace(identified, findings=agreed)
    if told := _told(identified, sender):
        findings = (*identified.findings, told)
        return replace(identified, findings=findings, stranger=bool(identified.unit))
    return replace(identified, stranger=not sender.proven)


def _told(identified: Identified, sender: Sender) -> Finding | None:
    """Return what there is to say of an address that is not the unit's, None if nothing is."""
    owners = tuple(sorted(sender.owners))
    if not identified.unit:
        return note("sender_known", sender=sender.address, owner=owners) if owners else None
    about = {"sender": sender.address, "unit": identified.unit}
    if owners:
        weak = any(one.code == "weak_identity" for one in identified.findings)
        code = "sender_contradiction" if weak else "sender_differs"
        return note(code, owner=owners, **about)
    return note("sender_unknown", **about) if sender.unit_known else None


def confirmed(
    identified: Identified, signals: Sequence[Signal], keys: Collection[str]
) -> Identified:
    """Return the same, waiting where nothing but the unit's name says whose form it is.

    `keys` are the keys of the tasks of that unit's forms: who has them has had a form.
    """
    weak = next((one for one in identified.findings if one.code == "weak_identity"), None)
    if weak is None or weak["signal"] != Source.UNIT.name.lower():
        return identified
    listed = {
        key
        for signal in signals
        if signal.source is Source.KEYS
        for key in signal.text.splitlines()
    }
    if listed and 2 * len(listed & {*keys}) > len(listed):
        return identified
    alone = note("claimed_identity", **dict(weak.about))
    rest = (one for one in identified.findings if one is not weak)
    return replace(identified, findings=(*rest, alone))
