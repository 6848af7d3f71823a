"""`mail`: letters written, then shown, drafted or sent, and what became of each."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from edu_sheet.kit.lock import one_at_a_time
from edu_sheet.kit.progress import Progress
from edu_sheet.mail import account
from edu_sheet.mail.drafts import Drafted, write_drafts
from edu_sheet.mail.letters import Post, Without, letters
from edu_sheet.mail.outbox import Fate, Posted, preview
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, MailError
from edu_sheet.words.letters import How, MailKind, MailState
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.step import AGAIN, Step, Verb


@dataclass(frozen=True, slots=True)
class Mailing:
    """What became of a period's letters of a kind, and what may be done next."""

    kind: MailKind
    posted: Sequence[Posted]  # every letter that was written, in the roster's order
    without: Sequence[Without]  # units that got none
    steps: Sequence[Step]
    drafted: Drafted | None = None  # where the drafts lie
    sent_by_hand: Sequence[str] = ()  # units whose drafts a person has sent
    broken: str = ""  # why the connection ended before the last letter, in Chinese
    copies: str = ""  # why copies could not be filed in the mail box, in Chinese

    @property
    def needs_a_person(self) -> bool:
        """Whether something here waits for a person."""
        kept = bool(self.drafted and self.drafted.kept)
        return kept or bool(self.without) or any(one.is_open for one in self.posted)


def run(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    period: Period,
    kind: MailKind,
    *,
    how: How,
    again: Sequence[str],
    alone: bool = False,
    now: Callable[[], datetime],
    progress: Progress | None = None,
) -> Mailing:
    """Show, draft or send a period's letters of a kind, or record that a person sent the drafts.

    `alone`: those to `again` and no others.

    EduSheetError if no form was issued for the period or a unit of `again` is unknown; MailError
    if the server cannot be reached, trusted or logged in to; OutputError as files raise it.
    """
    if how is How.SENT:
        return Mailing(kind, (), (), (), sent_by_hand=_sent_by_hand(ledger, period, kind))
    post = letters(workspace, plan, ledger, period, kind, now())
    look = Step(Verb.MAIL, period=period, kind=kind, how=How.PREVIEW)
    once_more = _once_more(plan, post, again, look)
    _leave_dead(post, ledger, once_more)
    if alone:
        post.letters = [letter for letter in post.letters if letter.unit in once_more]
    who = account.sender(plan.settings)
    steps = [*dict.fromkeys(one.next for one in post.without if one.next)]
    if how is How.SEND:
        from edu_sheet.mail.sending import send

        with one_at_a_time(workspace.archive / "mail.lock", _busy()):
            sent = send(
                ledger,
                period,
                post.letters,
                plan.settings.mail,
                who,
                now=now,
                again=once_more,
                progress=progress,
            )
        steps += _next(sent.posted, period, kind, again=bool(sent.broken))
        return Mailing(
            kind, sent.posted, post.without, steps, broken=sent.broken, copies=sent.copies
        )
    posted, drafted = preview(ledger, period, post.letters, once_more), None
    if how is How.DRAFT:
        due = [one.letter for one in posted if one.fate is Fate.DUE]
        drafted = write_drafts(workspace, ledger, period, kind, due, who, now())
        steps += _with_drafts(drafted, period, kind)
        posted = [replace(one, fate=_DRAFTED.get(one.fate, one.fate)) for one in posted]
    steps += _next(posted, period, kind)
    return Mailing(kind, posted, post.without, steps, drafted)


def _with_drafts(drafted: Drafted, period: Period, kind: MailKind) -> Iterator[Step]:
    """Yield what may be done with drafts: sent by the program, or noted as sent by hand."""
    if drafted.files:
        yield Step(Verb.MAIL, period=period, kind=kind, how=How.SEND)
        if kind is MailKind.REMINDER:
            yield Step(Verb.MAIL, period=period, kind=kind, how=How.SENT)


_CHECK = "请在“单位名录”里核对邮箱；确认无误的，可以指明再发一次"


def _leave_dead(post: Post, ledger: Ledger, again: Collection[str]) -> None:
    """Take out what would go to addresses alone from which the last letter came back.

    A form that went to one that is well too is left as it is: it is known by all its addresses.
    """
    dead = ledger.letters.dead()
    kept = []
    for letter in post.letters:
        gone = [one for one in letter.to if one.lower() in dead]
        well = tuple(one for one in letter.to if one not in gone)
        if not gone or letter.unit in again:
            kept.append(letter)
        elif well:
            kept.append(letter if letter.kind is MailKind.FORM else replace(letter, to=well))
        else:
            why = "；".join(f"{one}：{dead[one.lower()] or '没有送达'}" for one in gone)
            post.without.append(Without(letter.unit, f"上一封被退回（{why}）。{_CHECK}"))
    post.letters = kept


def _sent_by_hand(ledger: Ledger, period: Period, kind: MailKind) -> list[str]:
    """Record that each unit's last draft was sent; EduSheetError if none has been written."""
    last = {one.unit: one for one in ledger.letters.about(period, kind)}
    drafts = [one for one in last.values() if one.state is MailState.DRAFTED]
    if not drafts:
        raise EduSheetError(
            f"{period.label} 没有可以记为已发出的{kind.label}草稿",
            "请先生成草稿，逐个发出后再记。",
            Step(Verb.MAIL, period=period, kind=kind),
        )
    for one in drafts:
        ledger.letters.settle(one, MailState.SENT)
    return [one.unit for one in drafts]


_DRAFTED = {Fate.DUE: Fate.DRAFTED}


def _next(
    posted: Sequence[Posted], period: Period, kind: MailKind, *, again: bool = False
) -> Iterator[Step]:
    """Yield what may be done about letters that have not gone out, or nobody knows it."""
    if again or any(one.fate is Fate.LATER for one in posted):
        yield AGAIN
    if unsure := tuple(one.letter.unit for one in posted if one.fate is Fate.UNCERTAIN):
        yield Step(Verb.MAIL, period=period, kind=kind, how=How.SEND, units=unsure)
    if not posted and kind is MailKind.RECEIPT:
        yield Step(Verb.COLLECT)


def _busy() -> MailError:
    return MailError("另一个 edu-sheet 正在发送邮件", "请等它结束，或关掉那个窗口。", AGAIN)


def _once_more(plan: Plan, post: Post, again: Sequence[str], look: Step) -> frozenset[str]:
    named = [*map(plan.roster.named, again)]
    written = {letter.unit for letter in post.letters}
    for name in named:
        if name not in written:
            raise EduSheetError(
                f"这次没有给“{name}”的邮件",
                "请核对单位名称；可以先看看会发给谁。",
                look,
            )
    return frozenset(named)
