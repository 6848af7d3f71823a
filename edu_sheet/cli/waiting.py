"""待处理's .txt: what is wrong with a file, and each way to settle it as a command."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from edu_sheet.cli.steps import command, named_in_commands
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.returns import Action
from edu_sheet.words.step import Step, Verb

if TYPE_CHECKING:
    from edu_sheet.collect.choices import Choice
    from edu_sheet.store.workspace import Workspace
    from edu_sheet.words.returns import Submission

_WINDOW = "打开命令行窗口"
_STAND = (
    "工作区文件夹的名字里有命令行另有用处的符号，命令里没有写它："
    "请先在窗口里进入工作区的文件夹（分工方案.xlsx 所在的那个）。"
)
_WAYS = {
    "assign": "说明是哪个单位、哪一期的表（{check}）：",
    "password": "有密码的，运行后按提示输入密码：",
    "again": "换用新版程序后再试一次：",
    "reject": "不采用这份文件（原件仍在存档；对方重发的文件放进收件箱即可）：",
}
_CHECK = "命令里的单位和期次请核对，不对就改"
_FILL_IN = {
    "单位": "请把命令里的“单位”换成单位名录里的名称",
    "期次": "请把命令里的“期次”换成 2022-12、2022Q4 这样的期次",
}
_ANSWERED = (
    "记下这是哪个单位、哪一期的报送（{check}）：之后请对方改填下发的表，"
    "或打开该单位的填报表照录、放进收件箱收取，收到表后本件自动了结："
)
_TAKEN_AS = "要把这段文字收作某项的进展，请运行（序号请核对）："
_TAKEN_AS_SOME = "要把这段文字收作某项的进展，请把命令里的“序号”二字换成那一项的序号再运行："
_TAKEN_FOR = "要把这段文字收作 {period} 该项的进展，请运行（序号请核对）："
_ACCEPTED = {
    "correction": "确实是对这一期的更正，照收：",
    "prevails": "以本件为准，照收：",
    "in_place": "已核对，只收“进展情况”栏里的文字，其余不要：",
    "bounced": "已与该单位核对，邮箱确实收不到，确认退信（那封信记为退回，不再给这个邮箱发）：",
    "checked": "已核对无误，照收：",
}


def explain(
    workspace: "Workspace", submission: "Submission", choices: "Sequence[Choice]"
) -> Iterator[str]:
    """Yield what the .txt says: what file it is, what is wrong, and what settles it."""
    from edu_sheet.collect import pending

    grave = [one for one in submission.findings if one.severity is Severity.ERROR]
    takes = {one.finding: one for one in choices if one.finding}
    yield from pending.head(workspace, submission)
    for one in grave:
        yield pending.numbered(one)
        if take := takes.get(one.key):
            yield _taking(take, one)
            yield _command(workspace, submission, take)
    yield from ("", "二、怎样了结", f"{_WINDOW}，选一种办法，复制它下面的那行命令，回车执行。")
    if not named_in_commands(workspace.root):
        yield _STAND
    said = ""
    for choice in choices:
        if choice.finding is None:
            label = _label(submission, choice)
            yield from () if label == said else (label,)
            said = label
            yield _command(workspace, submission, choice)
    yield from pending.tail(submission)


def _taking(take: "Choice", told: Finding) -> str:
    """Return what taking a text does, in words."""
    if take.period:
        return _TAKEN_FOR.format(period=take.period.label)
    label = _TAKEN_AS if take.task else _TAKEN_AS_SOME
    part = dict(told.about).get("part")
    return label.replace("某项的进展", f"某项的“{part}”") if part else label


def _label(submission: "Submission", choice: "Choice") -> str:
    """Return what a way does, in words."""
    from edu_sheet.collect.choices import Way, unread

    if choice.accepted:
        return _ACCEPTED[choice.accepted]
    if choice.way is Way.ASSIGN:
        label = _ANSWERED if unread(submission) else _WAYS[choice.way]
        return label.format(check=_to_check(choice))
    return _WAYS[choice.way]


def _to_check(choice: "Choice") -> str:
    """Return what to do with a command's unit and period before it is run."""
    given = {"单位": choice.unit, "期次": choice.period}
    missing = [_FILL_IN[word] for word, value in given.items() if not value]
    return "，".join(missing) or _CHECK


def _command(workspace: "Workspace", submission: "Submission", choice: "Choice") -> str:
    """Return a way as a command of the program's words and numbers, for any window."""
    return command(step(submission, choice), workspace.root)


def step(submission: "Submission", choice: "Choice") -> Step:
    """Return a way to settle a submission as a step."""
    from edu_sheet.collect.choices import Way

    if choice.way in (Way.PASSWORD, Way.AGAIN):
        password = choice.way is Way.PASSWORD
        return Step(Verb.COLLECT, submission=submission.id, password=password)
    return Step(
        Verb.RESOLVE,
        submission=submission.id,
        action=Action(choice.way),
        units=(choice.unit,) if choice.unit else (),
        period=choice.period,
        finding=choice.number or None,
        task=choice.task.number if choice.task else None,
    )
