"""Letters for a person to take elsewhere: web mail, WeChat, an office's own messenger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from edu_sheet.mail.letters import Without, letters
from edu_sheet.mail.message import Attachment, Letter
from edu_sheet.mail.outbox import Posted, preview
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.letters import MailKind, MailState
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.step import Step, Verb


@dataclass(frozen=True, slots=True)
class ByHand:
    """A period's letters of a kind, also to units without an address, in the roster's order."""

    kind: MailKind
    posted: Sequence[Posted]
    without: Sequence[Without]  # why some have no address, or no letter


def by_hand(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, kind: MailKind, now: datetime
) -> ByHand:
    """Return what a person can copy; nothing is written. Errors as `letters` raises them."""
    post = letters(workspace, plan, ledger, period, kind, now)
    return ByHand(kind, preview(ledger, period, post.written), post.without)


def letter_to(found: ByHand, period: Period, unit: str) -> Letter:
    """Return the letter to a unit; EduSheetError if there is none any more."""
    for one in found.posted:
        if one.letter.unit == unit:
            return one.letter
    raise EduSheetError(
        f"现在没有给“{unit}”的{found.kind.label}邮件",
        "可能它已经报来，或改了名称。",
        Step(Verb.MAIL, period=period, kind=found.kind),
    )


def attachment_of(letter: Letter, name: str) -> Attachment:
    """Return a file of a letter by its name; EduSheetError if it has no such one."""
    for one in letter.attachments:
        if one.name == name:
            return one
    raise EduSheetError(f"给“{letter.unit}”的邮件没有附件 {name}", "请再打开这一页看看。")


def note_sent(ledger: Ledger, period: Period, letter: Letter, now: datetime) -> None:
    """Record that a person sent a letter: it does not go out once more."""
    ledger.letters.begin(letter.as_mailed(period, MailState.SENT, now))
