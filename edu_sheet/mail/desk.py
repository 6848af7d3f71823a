"""`mail`: letters written, then shown, drafted or sent, and what there is to tell about them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from edu_sheet.kit.files import reporting
from edu_sheet.mail import account, outbox
from edu_sheet.mail.drafts import Drafted, write_drafts
from edu_sheet.mail.letters import Post, letters
from edu_sheet.mail.outbox import Fate, Posted, Progress
from edu_sheet.show import lines_table
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, MailError
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.step import AGAIN, Step, Verb

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(slots=True)
class Done:
    """What there is to tell; `broken` if the connection ended before the last letter."""

    lines: list["RenderableType"] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)  # what may be done next
    needs_a_person: bool = False
    broken: bool = False


def run(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    period: Period,
    kind: MailKind,
    *,
    how: How,
    again: Sequence[str],
    now: Callable[[], datetime],
    progress: Progress | None = None,
) -> Done:
    """Show, draft or send a period's letters of a kind.

    EduSheetError if no form was issued for the period or a unit of `again` is unknown; MailError
    if the server cannot be reached, trusted or logged in to; OutputError as files raise it.
    """
    post = letters(workspace, plan, ledger, period, kind, now())
    look = Step(Verb.MAIL, period=period, kind=kind, how=How.PREVIEW)
    once_more = _once_more(plan, post, again, look)
    who = account.sender(plan.settings)
    done = Done(needs_a_person=bool(post.without))
    done.steps += dict.fromkeys(one.next for one in post.without if one.next)
    if how is How.SEND:
        with _one_at_a_time(workspace):
            sent = outbox.send(
                ledger,
                period,
                post.letters,
                plan.settings.mail,
                who,
                now=now,
                again=once_more,
                progress=progress,
            )
        done.broken = bool(sent.broken)
        done.needs_a_person |= any(_open(one) for one in sent.posted)
        done.lines += _told(sent.posted, post, kind)
        done.steps += _next(sent.posted, period, kind, again=done.broken)
        if sent.broken:
            done.lines.append(f"{sent.broken}：没有发完，已发的不会重复。")
        return done
    planned = outbox.preview(ledger, period, post.letters, once_more)
    done.needs_a_person |= any(one.fate is Fate.UNCERTAIN for one in planned)
    if how is How.PREVIEW:
        done.lines += _told(planned, post, kind)
        done.steps += _next(planned, period, kind)
        return done
    due = [one.letter for one in planned if one.fate is Fate.DUE]
    drafted = write_drafts(workspace, ledger, period, kind, due, who, now())
    done.needs_a_person |= bool(drafted.kept)
    done.lines += _told([one for one in planned if one.fate is not Fate.DUE], post, kind)
    done.lines += _drafted(drafted, kind)
    if drafted.files:
        done.steps.append(Step(Verb.MAIL, period=period, kind=kind, how=How.SEND))
    done.steps += _next(planned, period, kind)
    return done


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


@contextlib.contextmanager
def _one_at_a_time(workspace: Workspace) -> Iterator[None]:
    """Hold the lock of sending, which dies with the process; MailError if another holds it."""
    from filelock import FileLock, Timeout

    path = workspace.archive / "mail.lock"
    lock = FileLock(path, timeout=0)
    with reporting(path):
        try:
            lock.acquire()
        except Timeout:
            raise MailError(
                "另一个 edu-sheet 正在发送邮件", "请等它结束，或关掉那个窗口。", AGAIN
            ) from None
    try:
        yield
    finally:
        lock.release()


def _once_more(plan: Plan, post: Post, again: Sequence[str], look: Step) -> frozenset[str]:
    spellings = plan.roster.spellings()
    named = [spellings.get(name, name) for name in again]
    written = {letter.unit for letter in post.letters}
    for name in named:
        if name not in written:
            raise EduSheetError(
                f"这次没有给“{name}”的邮件",
                "请核对单位名称；可以先看看会发给谁。",
                look,
            )
    return frozenset(named)


def _told(posted: Sequence[Posted], post: Post, kind: MailKind) -> Iterator["RenderableType"]:
    rows = []
    for one in posted:
        fate = f"{one.fate.value}（{one.reason}）" if one.fate is Fate.BEFORE else one.fate.value
        rows.append((one.letter.unit, "；".join(one.letter.to), one.letter.subject, fate))
    if rows:
        yield lines_table(("单位", "邮箱", "主题", "结果"), rows)
    for one in posted:
        if one.reason and one.fate is not Fate.BEFORE:
            yield f"{one.letter.unit}：{one.reason}"
    for unit in post.without:
        yield f"{unit.unit}：没有写邮件，{unit.reason}"
    if not post.letters and not post.without:
        yield _NOBODY[kind]
        return
    counts = {fate: sum(one.fate is fate for one in posted) for fate in Fate}
    said = [f"{fate.value} {number} 封" for fate, number in counts.items() if number]
    if post.without:
        said.append(f"没有写给 {len(post.without)} 个单位（邮箱或填报表有问题，见上）")
    if said:
        yield f"{kind.label}邮件：{'，'.join(said)}"


_NOBODY = {
    MailKind.FORM: "没有要发的填报表。",
    MailKind.REMINDER: "各单位都已报齐，没有要催的。",
    MailKind.RECEIPT: "还没有收到过任何单位的报送，没有要写的回执：请先收取退回的文件。",
}


def _drafted(drafted: Drafted, kind: MailKind) -> Iterator[str]:
    if drafted.files:
        yield (
            f"已生成 {len(drafted.files)} 封{kind.label}邮件的草稿：{drafted.folder}\n"
            "用 Outlook 或 Foxmail 逐个打开、核对、发送。"
        )
    for path in drafted.kept:
        yield f"原来的草稿有人改过，没有覆盖，新的在它旁边：{path.name}"
    if drafted.removed:
        yield f"已去掉 {drafted.removed} 封不再需要的旧草稿。"


def _open(one: Posted) -> bool:
    """Return whether a letter asks something of a person: also if one of its addresses did."""
    return one.fate not in (Fate.SENT, Fate.BEFORE) or (one.fate is Fate.SENT and bool(one.reason))
