"""What the commands found, as tables for a terminal; rich lines up Chinese. Nothing prints here."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from edu_sheet.kit import clock
from edu_sheet.sentences import sentence, unit_called
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.letters import MailKind
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Light
from edu_sheet.words.quotation import apart
from edu_sheet.words.returns import State, Submission, UnitStatus, Verdict
from edu_sheet.words.text import quoted

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from edu_sheet.app.fetch import Without
    from edu_sheet.mail.by_hand import ByHand
    from edu_sheet.mail.desk import Mailing
    from edu_sheet.mail.drafts import Drafted
    from edu_sheet.mail.fetch import Broken
    from edu_sheet.mail.outbox import Posted
    from edu_sheet.rules.deadlines import Due
    from edu_sheet.rules.lights import LightCount

_VERDICT_STYLES = {Verdict.ACCEPTED: "green", Verdict.ATTENTION: "red", Verdict.IGNORED: "dim"}
_STATE_STYLES = {
    State.RETURNED: "green",
    State.LATE: "yellow",
    State.ATTENTION: "red",
    State.MISSING: "red",
}
_LIGHT_STYLES: dict[str, str] = {
    Light.BEHIND: "red",
    Light.NOT_STARTED: "dim",
    Light.UNDER_WAY: "yellow",
    Light.DONE: "green",
}
_UNITS = 5  # by name, of those that one and the same thing is said of
_SENDERS = 10  # of mail that was left, by name
_SUBJECT = 30  # characters
_NUMBERED = ("编号", "任务", "已填", "空白", "序号")  # columns
_SEVERITY_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def findings_table(findings: Sequence[Finding]) -> "Table":
    """Return findings, one a line, the gravest first.

    What follows from them is none of it: a command that a table breaks cannot be pasted.
    """
    table = _table("级别", "位置", "情况和处理办法")
    order = list(Severity)
    for one in sorted(findings, key=lambda finding: order.index(finding.severity)):
        _add(
            table,
            _styled(one.severity.label, _SEVERITY_STYLES[one.severity]),
            str(one.place),
            sentence(one),
        )
    return table


def submissions_table(submissions: Iterable[Submission]) -> "Table":
    """Return what became of each returned file."""
    table = _table("编号", "文件", "结论", "单位", "期次", "情况")
    for one in submissions:
        _add(
            table,
            str(one.id),
            one.file,
            _styled(_outcome(one), _VERDICT_STYLES[one.verdict]),
            unit_called(one.unit, one.findings) or "—",
            str(one.period or "—"),
            _told(one),
        )
    return table


def _outcome(one: Submission) -> str:
    """Return what became of a submission: an empty form was taken in, and gave nothing.

    What was in an archive is told file by file.
    """
    if one.unpacked:
        return "已拆开"
    blank = any(finding.code == "blank_form" for finding in one.findings)
    return "空表" if blank and one.verdict is Verdict.ACCEPTED else one.verdict.label


def status_table(units: Iterable[UnitStatus]) -> "Table":
    """Return where each unit stands in a period."""
    table = _table("单位", "状态", "收到时间", "任务", "已填", "空白")
    for one in units:
        late = f"（逾期{one.late_days}天）" if one.late_days else ""
        hollow = f"（{one.hollow_label}）" if one.hollow else ""
        _add(
            table,
            one.unit,
            _styled(one.label + late + hollow, _STATE_STYLES[one.state]),
            clock.shown(one.received_at) if one.received_at else "",
            str(one.tasks),
            str(one.reported),
            str(one.blank) if one.blank else "",
        )
    return table


def lights_table(lines: Iterable["LightCount"]) -> "Table":
    """Return 红黄绿: how many tasks of each lead unit stand how, the sum last."""
    from edu_sheet.rules.closings import CLOSED
    from edu_sheet.rules.lights import columns_of

    counts = list(lines)
    states = columns_of(counts)
    table = _table("牵头单位", *states, numbered=states)
    styles = {**_LIGHT_STYLES, CLOSED: "green"}
    for one in counts:
        numbers = [(state, one.number(state)) for state in states]
        cells = (_styled(str(n), styles.get(state, "")) if n else "" for state, n in numbers)
        _add(table, one.unit, *cells)
    return table


def deadlines_table(due: Iterable["Due"], apart: Mapping[str, str]) -> "Table":
    """Return the deadlines that are near or have passed; `apart` stands before a task's number."""
    table = _table("序号", "任务", "项", "时限要求", "日期", "到期情况", "负责单位")
    for one in due:
        _add(
            table,
            f"{apart.get(one.task.key, '')}{one.task.shown}",
            _clipped(one.task.goal),  # parts of a plan may number their tasks anew
            one.deadline.item,
            one.deadline.words,
            one.day.isoformat(),
            _styled(one.label, "red" if one.passed else "yellow"),
            "、".join(one.task.answering),
        )
    return table


_GOAL = 12  # characters that tell a task from others in a narrow column


def _clipped(goal: str) -> str:
    return goal if len(goal) <= _GOAL else f"{goal[:_GOAL]}…"


def lines_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    """Return plain rows under a header."""
    table = _table(*header)
    for row in rows:
        _add(table, *row)
    return table


def left_lines(without: "Iterable[Without]") -> Iterator[str]:
    """Yield what was left in the mail box: a line a kind, with who sent most."""
    for one in without:
        named = [
            f"{sender or '发件人不明'}（{quoted(subject)[:_SUBJECT]}）"
            for sender, subject in zip(one.senders[:_SENDERS], one.subjects, strict=False)
        ]
        more = f" 等 {len(one.senders)} 个发件人" if len(one.senders) > _SENDERS else ""
        yield f"留在邮箱里、没有收取：{one.kind.label} {one.count} 封：{'、'.join(named)}{more}"


def broken_line(messages: "Sequence[Broken]") -> str:
    """Return which messages a server could not give whole, and what to do about them."""
    shown = "、".join(
        f"“{quoted(one.subject)[:_SUBJECT]}”（{quoted(one.sender) or '发件人不明'}）"
        for one in messages[:_SENDERS]
    )
    more = f" 等 {len(messages)} 封" if len(messages) > _SENDERS else ""
    return (
        f"取到一半就中断、没有收下的有 {len(messages)} 封，下次再取：{shown}{more}。"
        "几次都这样的，请在网页邮箱里打开，把附件存到收件箱。"
    )


def folders_left_out(names: Sequence[str]) -> str:
    """Return which folders of junk were not looked into."""
    shown = "、".join(quoted(one) for one in names[:_UNITS])
    more = f" 等 {len(names)} 个" if len(names) > _UNITS else ""
    return (
        f"邮箱里叫作垃圾邮件的文件夹太多，没有看：{shown}{more}。"
        "要看的，写在“设置”的“收取文件夹”里。"
    )


def mail_lines(mailing: "Mailing") -> Iterator["RenderableType"]:
    """Yield what became of a period's letters: a table, then what there is to say of some."""
    from edu_sheet.mail.outbox import Fate

    if mailing.sent_by_hand:
        yield f"已记下：{len(mailing.sent_by_hand)} 封{mailing.kind.label}邮件由您发出。"
        return
    shown = [one for one in mailing.posted if one.fate is not Fate.DRAFTED]
    if shown:
        yield _letters_table(shown)
    yield from _reasons(one for one in shown if one.reason and not one.is_earlier)
    for unit in mailing.without:
        yield f"{unit.unit}：没有写邮件，{unit.reason}"
    counts = Counter(one.fate for one in shown)
    said = [f"{fate.value} {counts[fate]} 封" for fate in Fate if fate in counts]
    if mailing.without:
        said.append(f"没有写给 {len(mailing.without)} 个单位（邮箱或填报表有问题，见上）")
    if said:
        yield f"{mailing.kind.label}邮件：{'，'.join(said)}"
    elif not mailing.posted:
        yield _NOBODY[mailing.kind]
    if mailing.drafted:
        yield from _drafted(mailing.drafted, mailing.kind)
    if mailing.copies:
        yield f"没能存进邮箱的“已发送”：{mailing.copies.removesuffix('。')}。信已发出，不用再发。"
    if mailing.broken:
        yield f"{mailing.broken}：没有发完，已发的不会重复。"


def _reasons(posted: Iterable["Posted"]) -> Iterator[str]:
    """Yield each reason once, with the units whose letters it is about."""
    alike: dict[str, list[str]] = {}
    for one in posted:
        alike.setdefault(one.reason, []).append(one.letter.unit)
    for reason, units in alike.items():
        more = f"等 {len(units)} 个单位" if len(units) > _UNITS else ""
        yield f"{'、'.join(units[:_UNITS])}{more}：{reason}"


def _letters_table(posted: Iterable["Posted"]) -> "Table":
    rows = []
    for one in posted:
        # The day of an earlier letter stands beside it; other reasons are too long for a cell.
        fate = f"{one.fate.value}（{one.reason}）" if one.is_earlier else one.fate.value
        rows.append((one.letter.unit, "；".join(one.letter.to), one.letter.subject, fate))
    return lines_table(("单位", "邮箱", "主题", "结果"), rows)


def by_hand_lines(found: "ByHand") -> Iterator["RenderableType"]:
    """Yield letters for a person to copy: unit, address, file and text of each."""
    if found.posted:
        table = _table("单位", "邮箱", "附件", "主题和正文")
        table.show_lines = True
        for one in found.posted:
            before = f"\n{one.fate.value}（{one.reason}）" if one.is_earlier else ""
            files = [file.file or f"{file.name}（在草稿里）" for file in one.letter.attachments]
            said = f"{one.letter.subject}\n\n{one.letter.text}"
            unit = one.letter.unit + before
            _add(table, unit, "\n".join(one.letter.to) or "—", "\n".join(files), said)
        yield table
    else:
        yield _NOBODY[found.kind]
    yield from (f"{one.unit}：{one.reason}" for one in found.without)


_NOBODY = {
    MailKind.FORM: "没有要发的填报表。",
    MailKind.REMINDER: "各单位都已报齐，没有要催的。",
    MailKind.RECEIPT: "还没有收到过任何单位的报送，没有要写的回执：请先收取退回的文件。",
}


def _drafted(drafted: "Drafted", kind: MailKind) -> Iterator[str]:
    if drafted.files:
        yield (
            f"已生成 {len(drafted.files)} 封{kind.label}邮件的草稿：{drafted.folder}\n"
            "用 Outlook 或 Foxmail 逐个打开、核对、发送。"
        )
    for path in drafted.kept:
        yield f"原来的草稿有人改过，没有覆盖，新的在它旁边：{path.name}"
    if drafted.removed:
        yield f"已去掉 {drafted.removed} 封不再需要的旧草稿。"


_FEW = 3  # decisions that are told of a file


def _told(submission: Submission) -> str:
    """Return what a person should know of a submission: errors and warnings, else the first.

    Of what she has settled first what she decided, and then why it had waited. What was not taken
    is told before what is only to be noticed, and counted where it is much. What a message said in
    words is always shown: it may be part of the answer.
    """
    findings, decided = submission.findings, submission.decided[:_FEW]
    told = [one for one in findings if one.severity is not Severity.INFO]
    grave = told or submission.waited_for or (() if decided else findings[:1])
    grave = sorted(grave, key=lambda one: (one.severity is Severity.WARNING, not _untaken(one)))
    shown = [*map(sentence, decided)]
    shown += [f"{_where(one.place)} {sentence(_unquoted(one))}".strip() for one in grave[:3]]
    if rest := grave[3:]:
        untaken = sum(map(_untaken, rest))
        more = f"（其中 {untaken} 处文字没有采用）" if untaken else ""
        shown.append(f"……另有 {len(rest)} 条{more}，见问题清单")
    once = any("body" in dict(one.about) for one in grave[:3])
    words = () if once else (one for one in findings if one.code == "by_mail")
    shown += [sentence(_unquoted(one)) for one in words if str(one["body"]).strip()]
    return "\n".join(shown)


def _unquoted(one: Finding) -> Finding:
    """Return a finding whose message is without the letter that it quotes: ours, most often."""
    said = dict(one.about)
    written, quoted = apart(str(said.get("body", "")))
    if not (quoted and "".join(written).strip()):
        return one
    body = "\n".join((*written, "（引用的信从略，全文见原件）"))
    return replace(one, about=(*(said | {"body": body}).items(),))


def _untaken(one: Finding) -> bool:
    return one.code == "superseded"


def _where(place: Place) -> str:
    """Return a place as a sentence can begin with it: a sheet as a whole is called one."""
    whole = place.sheet and not place.row and not place.member
    return f"工作表“{place.sheet}”：" if whole else str(place)


def _table(*header: str, numbered: Container[str] = _NUMBERED) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SQUARE, show_lines=False, header_style="bold")
    for name in header:
        justify: Literal["left", "right"] = "right" if name in numbered else "left"
        table.add_column(_styled(name), overflow="fold", justify=justify)
    return table


def _add(table: "Table", *cells: "str | Text") -> None:
    table.add_row(*(_styled(cell) if isinstance(cell, str) else cell for cell in cells))


def _styled(text: str, style: str = "") -> "Text":
    """Return text as it stands: in a plain string rich reads [brackets] and :words: as marks."""
    from rich.text import Text

    return Text(text, style)
