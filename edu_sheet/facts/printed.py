"""What the papers of a period print of the plan, as a digest: another one, another paper."""

from dataclasses import replace

from edu_sheet.kit.files import sha256
from edu_sheet.rules.closings import looked_at_on, stands
from edu_sheet.store.ledger.plan_as_json import plan_to_json
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan, Roster
from edu_sheet.words.settings import MailSettings

_MONTHS_AHEAD = 3  # for which a paper names a day


def printed_digest(plan: Plan, period: Period) -> str:
    """Return the digest of all of a plan that the papers of a period may print.

    Without mail, which no paper prints; what is closed or entered only for later periods; and keys.
    """
    day, last = looked_at_on(period), period.last.plus(_MONTHS_AHEAD)
    shown = replace(
        plan,
        settings=replace(plan.settings, mail=MailSettings()),
        roster=Roster(tuple(replace(one, mail="", key="") for one in plan.roster.units)),
        periods={one: own for one, own in plan.periods.items() if one.last <= last},
        closings=tuple(one for one in plan.closings if stands(one, day)),
    )
    return sha256(plan_to_json(shown).encode())
