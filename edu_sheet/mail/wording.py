"""What letters say. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from edu_sheet.kit.clock import chinese_date
from edu_sheet.words.forms import FormRow
from edu_sheet.words.letters import BRACES, not_filled_in
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan, Role
from edu_sheet.words.returns import Came
from edu_sheet.words.text import bare

_SUBJECT = "关于报送{期次}进展情况的通知（{单位}）"
_TEXT = (
    "{单位}：\n\n"
    "请填写附件填报表中的“进展情况”栏（共{任务数}项任务），于{截止日期}前回复本邮件报送。\n\n"
    "填写时请注意：\n"
    "1. 请直接在附件的表格里填写并保存，不要另建表格，不要改动表格的其他内容。\n"
    "2. 请以 Excel 附件报送，不要粘贴在邮件正文里，也不要发图片、扫描件或压缩包。\n"
    "3. 没有进展的任务也请写明原因和下一步打算。\n\n"
    "{发文机关}"
)
_ESCAPED = re.compile(r"\\\{([^{}\\]+)\\\}")  # in a pattern
_FIRM = "请主要负责同志过问，1个工作日内报送；确有困难的，请书面说明原因。"
FIRM_FROM = 3  # the reminder from which on a 催办单 goes along
# What came instead of a report.
_CAME = {
    Came.OTHER_FORM: "贵单位{period}报来的不是填报表（如 PDF、图片、Word），读不出填报内容",
    Came.MAIL: "贵单位{period}的邮件没有附填好的填报表，没有收取到进展情况",
    Came.WAITING: "贵单位{period}报来的文件还不能采用，没有收取到进展情况",
    Came.PERHAPS: (
        "收到一份可能是贵单位{period}的报送，还分不清是哪个单位的，尚未采用，"
        "已经报了的，请告知是哪一天、从哪个邮箱报的"
    ),
    Came.REJECTED: "贵单位{period}报来的文件没有采用，请在填报表里填写后重新报送",
    Came.BLANK: "贵单位{period}的填报表已收到，但没有填写任何进展",
}
_SHOWN = 40  # characters of a goal that a list quotes


@dataclass(frozen=True, slots=True)
class Arrears:
    """What a unit owes in a period, and why."""

    unit: str
    tasks: tuple[FormRow, ...]  # without a text
    all_tasks: int
    returned: bool  # whether anything was taken in or waits
    reasons: tuple[str, ...]  # what has to be mended in what came
    due: date
    came: Came | None = None  # what came where no text could be taken

    @property
    def nothing_came(self) -> bool:
        """Whether no return has reached the secretariat at all."""
        return not self.returned and self.came is None


def form_letter(plan: Plan, period: Period, unit: str, tasks: int, due: date) -> tuple[str, str]:
    """Return subject and text of the letter that brings a form, by 设置 or our own words."""
    settings = plan.settings
    values = {
        "期次": period.label,
        "单位": unit,
        "截止日期": chinese_date(due),
        "任务数": str(tasks),
        "方案": settings.title,
        "发文机关": settings.issuer,
    }
    subject, text = _templates(plan)
    return _filled(subject, values), _filled(text, values).rstrip() + "\n"


def template_fault(plan: Plan) -> str:
    """Return the words in 邮件主题 and 邮件正文 that nobody fills in, "" if none."""
    mail = plan.settings.mail
    unknown = {"邮件主题": not_filled_in(mail.subject), "邮件正文": not_filled_in(mail.text)}
    return "；".join(f"“{item}”里的 {'、'.join(said)}" for item, said in unknown.items() if said)


def letter_patterns(plan: Plan) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what subject and text of such a letter are like, to whichever unit and period.

    Both fit what `bare` makes of them, and of the text no more may follow.
    """
    units = sorted({bare(one) for one in plan.roster.spellings()}, key=len, reverse=True)
    values = {
        "期次": r"\d{4}年.{1,6}?",
        "单位": f"(?:{'|'.join(map(re.escape, units))})",
        "截止日期": r"\d{4}年\d{1,2}月\d{1,2}日",
        "任务数": r"\d{1,4}",
        "方案": re.escape(bare(plan.settings.title)),
        "发文机关": re.escape(bare(plan.settings.issuer)),
    }
    subject, text = (
        _filled(re.escape(bare(one)), values, braces=_ESCAPED) for one in _templates(plan)
    )
    return re.compile(subject), re.compile(text)


def _templates(plan: Plan) -> tuple[str, str]:
    mail = plan.settings.mail
    return mail.subject or _SUBJECT, mail.text or _TEXT


def reminder(
    plan: Plan, period: Period, owed: Arrears, *, times: int, today: date
) -> tuple[str, str]:
    """Return subject and text of a unit's reminder; `times` counts this one."""
    firm = times >= FIRM_FROM
    subject = f"{'催办' if firm else '催报'}：{period.label}进展情况（{owed.unit}）"
    if times > 1:
        subject += f"（第{ordinal(times)}次）"
    lines = [f"{owed.unit}：", "", _state(period, owed, today), *_demands(owed)]
    if firm:
        lines += [
            "",
            f"此前已催报{times - 1}次。{_FIRM}催办单见附件。",
        ]
    else:
        lines += [
            "",
            "填报表再次附上，请填好后回复本邮件报送。如已报送，请忽略本邮件并告知我们报送的时间。",
        ]
    return subject, _signed(lines, plan)


def demand(period: Period, owed: Arrears, *, times: int, today: date) -> list[str]:
    """Return the paragraphs of a 催办单."""
    return [
        _state(period, owed, today),
        *(line for line in _demands(owed) if line),
        f"此前已催报{times - 1}次。{_FIRM}",
    ]


def receipt(
    plan: Plan,
    period: Period,
    unit: str,
    *,
    files: Sequence[tuple[str, str]],
    taken: Sequence[FormRow],
    open_tasks: Sequence[FormRow],
    mend: Sequence[str],
) -> tuple[str, str]:
    """Return subject and text of a receipt; `files` are names with when they came."""
    complete = not open_tasks and not mend
    subject = f"回执：{period.label}进展情况（{unit}）" + ("" if complete else "，请补充")
    lines = [f"{unit}：", "", f"贵单位{period.label}的报送情况如下。", "", "收到的文件："]
    lines += [f"　　{name}（{when}）" for name, when in files]
    lines += ["", f"已收取{len(taken)}项任务的进展情况：" if taken else "没有收取到进展情况。"]
    lines += [f"　　{_task(row)}" for row in taken]
    if open_tasks:
        lines += ["", f"还没有进展情况的有{len(open_tasks)}项："]
        lines += [f"　　{_task(row)}" for row in open_tasks]
    if mend:
        lines += ["", "请补充或更正："]
        lines += [f"　　{number}. {text}" for number, text in enumerate(mend, 1)]
    lines += ["", "已报齐，谢谢。" if complete else "请在填报表里补填后回复本邮件报送。"]
    return subject, _signed(lines, plan)


def _filled(text: str, values: dict[str, str], braces: re.Pattern[str] = BRACES) -> str:
    """Return a text with {期次} and the like filled in; other braces stay as they are."""
    return braces.sub(lambda found: values.get(found[1], found[0]), text)


def _state(period: Period, owed: Arrears, today: date) -> str:
    when = f"截止日期是{chinese_date(owed.due)}"
    if today > owed.due:
        when += f"，已超过{(today - owed.due).days}天"
    if owed.nothing_came:
        return f"{period.label}进展情况的填报表，{when}，至今没有收到贵单位的报送。"
    if owed.came:
        return f"{_CAME[owed.came].format(period=period.label)}，{when}。"
    if owed.tasks:
        return (
            f"贵单位{period.label}的填报表已收到，{when}，"
            f"{owed.all_tasks}项任务中还有{len(owed.tasks)}项没有进展情况。"
        )
    return f"贵单位{period.label}的填报表已收到，{when}，其中有内容需要核对更正。"


def _demands(owed: Arrears) -> list[str]:
    lines = []
    if owed.tasks:
        lines += ["", "需要报送的任务："]
        lines += [f"　　{_task(row)}" for row in owed.tasks]
    if owed.reasons:
        lines += ["", "需要更正的地方："]
        lines += [f"　　{number}. {text}" for number, text in enumerate(owed.reasons, 1)]
    return lines


def _task(row: FormRow) -> str:
    goal = row.goal.replace("\n", "")
    shown = goal if len(goal) <= _SHOWN else f"{goal[:_SHOWN]}……"
    return f"{row.named.called}：{shown}" + ("（牵头）" if row.role is Role.LEAD else "")


def _signed(lines: Sequence[str], plan: Plan) -> str:
    ending = ["", plan.settings.issuer] if plan.settings.issuer else []
    return "\n".join([*lines, *ending]) + "\n"
