"""A next step: what to do about an error or a finding, as a verb with its values. Pure.

A front end says it in its own way: the command line as a command that can be pasted, a screen as
a button. Nobody else knows how a verb is started.
"""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # For their types alone: errors carry a step, and these modules raise errors.
    from edu_sheet.words.letters import How, MailKind
    from edu_sheet.words.period import Period
    from edu_sheet.words.returns import Action


class Verb(StrEnum):
    """What can be done with a workspace; the values that each takes are `Step`'s fields."""

    CREATE = "create"  # file: the plan's document
    CHECK = "check"  # deadlines, repair
    GENERATE = "generate"  # period, units, force
    MAIL = "mail"  # period, units (to whom once more), kind, how
    COLLECT = "collect"  # submission (a file that waits, once more), password
    RESOLVE = "resolve"  # submission, action, units, period, finding, place, task, password
    REPORT = "report"  # period, units, slides
    STORE_PASSWORD = "store_password"  # noqa: S105 - a verb; account
    SIGN_IN = "sign-in"  # at the mail box's server, in a browser, once
    AGAIN = "again"  # what was just tried, once more


@dataclass(frozen=True, slots=True)
class Step:
    """下一步: a verb and its values; a value that is not given is for the person to fill in.

    `RESOLVE` without an action is the choice itself: which of the ways, the person decides.
    """

    verb: Verb
    _: KW_ONLY
    period: "Period | None" = None
    units: tuple[str, ...] = ()
    force: bool = False  # forms that differ from the plan are archived and written anew
    deadlines: bool = False  # look for deadlines in the tasks
    repair: bool = False  # what the ledger does not know is recorded again
    submission: int | None = None  # its number in the ledger
    action: "Action | None" = None
    finding: int | None = None  # the number of the finding whose text is to be taken
    place: str = ""  # Sheet!C7: or where that text stands
    task: int | None = None  # 序号 of the task in the form that was issued
    password: bool = False  # the file has one, which has to be asked for
    kind: "MailKind | None" = None
    how: "How | None" = None
    file: Path | None = None
    slides: bool = False  # a quarter's 汇报.pptx
    yes: bool = False  # what would be lost by it is known
    account: str = ""  # of the mail box


AGAIN = Step(Verb.AGAIN)
