"""The address that a form came from beside what the form says: a further signal, never the one.

Forms are forwarded by whoever has mail, so that an address alone gives no unit, and takes none
away from a form that says more than its unit's name.
"""

from collections.abc import Set
from dataclasses import replace

from edu_sheet.check.identify import Identified
from edu_sheet.sentences import note


def weighed(identified: Identified, sender: str, units: Set[str]) -> Identified:
    """Return what the signals say together with the sender's address; `units` are its owners."""
    if not units or identified.forced:
        return identified
    owners = tuple(sorted(units))
    if not identified.unit:
        told = note("sender_known", sender=sender, owner=owners)
        return replace(identified, findings=(*identified.findings, told))
    weak = any(one.code == "weak_identity" for one in identified.findings)
    if identified.unit in units:  # two signals that agree are enough
        agreed = tuple(one for one in identified.findings if one.code != "weak_identity")
        return replace(identified, findings=agreed)
    code = "sender_contradiction" if weak else "sender_differs"
    told = note(code, sender=sender, owner=owners, unit=identified.unit)
    return replace(identified, findings=(*identified.findings, told))
