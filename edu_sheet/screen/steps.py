"""A next step as the screen says it: where the button for it stands, in words, and the way there.

The only place where a `Step` becomes words of the screen.
"""

from dataclasses import dataclass

from edu_sheet.words.letters import MailKind
from edu_sheet.words.period import Period
from edu_sheet.words.step import Step, Verb


@dataclass(frozen=True, slots=True)
class Way:
    """What to do next; `path` is the page where it is done, "" for the page that one is on."""

    words: str
    path: str = ""


def way(step: Step, period: Period | None) -> Way:
    """Return what a step asks for; a period that it does not name is the one that is shown."""
    shown = step.period or period
    here = f"/p/{shown}" if shown else ""
    units = f"（{'、'.join(step.units)}）" if step.units else ""
    match step.verb:
        case Verb.CREATE:
            found = Way("在首页新建工作区，或打开最近用过的。", "/start")
        case Verb.CHECK:
            found = _checking(step)
        case Verb.GENERATE:
            said = "存档旧表，重新生成" if step.force else "生成填报表"
            found = Way(f"在“下发”里{said}{units}。", here and f"{here}/issue")
        case Verb.MAIL:
            kind = (step.kind or MailKind.FORM).label
            found = Way(f"在“邮件”里写{kind}邮件{units}。", here and f"{here}/mail")
        case Verb.COLLECT:
            found = _collecting(step, here)
        case Verb.RESOLVE:
            found = _resolving(step, here)
        case Verb.REPORT:
            found = Way(f"在“汇总”里再写一次{units}。", here and f"{here}/sum")
        case Verb.STORE_PASSWORD | Verb.SIGN_IN:
            found = _letting_in(step, here)
        case Verb.AGAIN:
            found = Way("输入密码再读一次。" if step.password else "再点一次。")
    return found


def _letting_in(step: Step, here: str) -> Way:
    done = "点“用浏览器授权…”" if step.verb is Verb.SIGN_IN else "填写邮箱密码"
    return Way(f"在“邮件”里{done}，再点一次。", here and f"{here}/mail")


def _checking(step: Step) -> Way:
    if step.repair:
        return Way("在“方案和设置”里点“补登记”。", "/settings")
    if step.deadlines:
        return Way("在“方案和设置”里点“找出时限”。", "/settings")
    return Way("在“方案和设置”里查看方案的错误和疑点。", "/settings")


def _collecting(step: Step, here: str) -> Way:
    if step.submission:
        said = "输入密码再读一次" if step.password else "再读一次"
        return Way(f"打开这份文件，{said}。", f"/return/{step.submission}")
    said = "输入密码，再收取一次。" if step.password else "在“收表”里收取。"
    return Way(said, here and f"{here}/collect")


def _resolving(step: Step, here: str) -> Way:
    if step.submission:
        return Way("打开这份文件，对照着处理。", f"/return/{step.submission}")
    return Way("在“待处理”里对照着处理。", here and f"{here}/wait")
