"""The words of edu-sheet as frozen dataclasses. Pure: nothing here reads, writes or prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from edu_sheet.words.errors import PeriodError
from edu_sheet.words.period import Month, Period, Quarter


class Severity(StrEnum):
    """How much a finding asks of a person."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]


class Role(StrEnum):
    """What a unit is to a task."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"

    @property
    def label(self) -> str:
        """The role in Chinese."""
        return "牵头" if self is Role.LEAD else "责任"


class Verdict(StrEnum):
    """结论: what became of a submission (the meaning of each: docs/design.md)."""

    ACCEPTED = "accepted"
    ATTENTION = "attention"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """The verdict in Chinese."""
        return {"accepted": "已收", "attention": "待处理", "ignored": "未采用"}[self.value]


class State(StrEnum):
    """Where a unit stands in a period; attention wins over all."""

    RETURNED = "returned"
    LATE = "late"
    ATTENTION = "attention"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {
            "returned": "已报",
            "late": "迟报",
            "attention": "待处理",
            "missing": "未报",
        }[self.value]


class Light(StrEnum):
    """完成状态: how a unit says that a task stands; the value is what it picks in its form."""

    NOT_STARTED = "未启动"
    UNDER_WAY = "推进中"
    DONE = "已完成"
    BEHIND = "滞后"


class DeadlineKind(StrEnum):
    """What a requirement names; the value is what stands in 时限节点."""

    DATE = "时限"  # to be reached by a day
    RECURRING = "每年"  # every year, or several times a year
    FIGURE = "数量"  # a figure without a day


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: a fact about a plan or a submission."""

    code: str  # stable, English, snake_case
    severity: Severity
    place: str  # Sheet!C7, a file's member, or "" for the whole
    message: str  # Chinese: what is wrong and what to do next

    def as_json(self) -> dict[str, str]:
        """Return the finding as the command line's JSON shows it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "message": self.message,
        }


# ---------------------------------------------------------------- the plan


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: who reports. A group (各乡镇党委、政府) stands for its members."""

    name: str
    aliases: tuple[str, ...] = ()
    group: bool = False
    members: tuple[str, ...] = ()
    contact: str = ""
    telephone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """单位名录: every unit, in the order of the sheet."""

    units: tuple[Unit, ...] = ()
    _by_name: dict[str, Unit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Hundreds of units are looked up thousands of times; of two with one name the first counts.
        by_name = {unit.name: unit for unit in reversed(self.units)}
        object.__setattr__(self, "_by_name", by_name)

    def get(self, name: str) -> Unit | None:
        """Return the unit of that very name, without looking at aliases."""
        return self._by_name.get(name)

    def spellings(self) -> dict[str, str]:
        """Return every name and alias with the name that it stands for."""
        known = {alias: unit.name for unit in self.units for alias in unit.aliases}
        return known | {unit.name: unit.name for unit in self.units}

    def reporters(self, name: str) -> tuple[str, ...]:
        """Return who reports for a unit: a group's members, else the unit itself."""
        unit = self.get(name)
        return unit.members if unit and unit.members else (name,)


@dataclass(frozen=True, slots=True)
class Task:
    """任务: one row of the plan. Names are the roster's; the texts are as issued."""

    key: str
    number: int
    goal: str
    requirements: str
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    liaisons: tuple[str, ...]
    lead_text: str
    responsible_text: str
    liaison_text: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names, as 设置 gives them; the defaults are those of GB/T 9704-2012."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    heading1: str = "黑体"
    heading2: str = "楷体_GB2312"
    latin: str = "Times New Roman"
    sheet: str = "宋体"  # workbooks


class Security(StrEnum):
    """加密方式: how a mail server is talked to; the value is what stands in 设置."""

    TLS = "SSL/TLS"  # from the first byte
    STARTTLS = "STARTTLS"  # after a clear greeting
    NONE = "不加密"  # this machine only


class AfterFetch(StrEnum):
    """收取后处理: what is done to a message on the server once it lies in 收件箱/."""

    LEAVE = "不改动"
    SEEN = "标为已读"
    DELETE = "删除"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """设置, the lines about mail; "" and None where the mail service's own values hold."""

    address: str = ""  # 发件地址
    name: str = ""  # 发件人名称; the issuer where there is none
    account: str = ""  # 邮箱账号; the address where there is none
    smtp_host: str = ""
    smtp_port: int | None = None
    smtp_security: Security | None = None
    imap_host: str = ""
    imap_port: int | None = None
    imap_security: Security | None = None
    per_run: int = 50  # 每次最多封数
    pause: int = 3  # 间隔秒数
    subject: str = ""  # 邮件主题
    text: str = ""  # 邮件正文
    after_fetch: AfterFetch = AfterFetch.LEAVE


@dataclass(frozen=True, slots=True)
class Settings:
    """设置: what holds for all periods."""

    title: str
    doc_number: str
    issuer: str
    issued: date | None
    first_month: Month
    due_next_month: bool = False  # 次月 instead of 当月
    due_day: int | None = None  # None: the last day
    instructions: str = ""  # 填报说明
    addressee: str = ""  # 主送
    copies_to: str = ""  # 抄送
    summary_title: str = ""  # 总结标题式样, with {发文机关} {方案标题} {期次}
    summary_number: str = ""  # 总结文号式样, with {年}
    printed: date | None = None  # 总结印发日期; None: the day of the document
    liaison_header: str = "牵头联络股室"
    red_head: bool = False
    report_state: bool = False  # 填报完成状态: forms have that column
    fonts: Fonts = field(default_factory=Fonts)
    mail: MailSettings = field(default_factory=MailSettings)


@dataclass(frozen=True, slots=True)
class PeriodSettings:
    """期次: what one period has of its own; None and "" where nothing was entered."""

    due: date | None = None
    title: str = ""
    doc_number: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Days that come every year, from one year and to one where that is known."""

    days: tuple[tuple[int, int], ...]  # month and day, in the order of the year
    first_year: int | None = None
    last_year: int | None = None


YEARLY = ((12, 31),)
QUARTERLY = ((3, 31), (6, 30), (9, 30), (12, 31))
MONTHLY = tuple((month, 31) for month in range(1, 13))  # the last day, where a month is shorter


@dataclass(frozen=True, slots=True)
class Deadline:
    """时限节点: a deadline or figure that a task's requirements name."""

    task: str  # the task's key
    item: str  # its marker ①②…, "" where the requirements have none
    words: str  # as they stand in the requirements
    kind: DeadlineKind
    when: date | Recurrence | None = None  # None: no day is known
    note: str = ""
    tracked: bool = True  # False: the clerk wrote 不跟踪


@dataclass(frozen=True, slots=True)
class Plan:
    """分工方案: the issued plan with its roster and settings."""

    settings: Settings
    roster: Roster
    tasks: tuple[Task, ...]
    periods: dict[Period, PeriodSettings] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()

    def due(self, period: Period) -> date:
        """Return the last day on which a return of the period is on time."""
        own = self.periods.get(period)
        if own and own.due:
            return own.due
        month = period.last.plus(1) if self.settings.due_next_month else period.last
        return month.day(self.settings.due_day)

    def of_period(self, period: Period) -> PeriodSettings:
        """Return what 期次 says of a period, empty where it says nothing."""
        return self.periods.get(period, PeriodSettings())

    def require(self, period: Period) -> None:
        """Raise PeriodError if a period ends before the plan's first month."""
        first = self.settings.first_month
        if period.last < first:
            raise PeriodError(
                f"{period} 早于方案的起始月份 {first}",
                f"请改用 {first} 或以后的期次；起始月份在 分工方案.xlsx 的“设置”里。",
            )

    def roles(self, task: Task) -> dict[str, Role]:
        """Return who reports on a task and what each is to it: leads first, groups as members.

        A unit that leads a task and is responsible for it too leads it.
        """
        responsible = dict.fromkeys(self._each(task.responsible), Role.RESPONSIBLE)
        leads = dict.fromkeys(self._each(task.leads), Role.LEAD)
        return leads | {unit: role for unit, role in responsible.items() if unit not in leads}

    def role(self, task: Task, unit: str) -> Role | None:
        """Return what a reporting unit is to a task, None if nothing."""
        return self.roles(task).get(unit)

    def reporters(self, task: Task) -> tuple[str, ...]:
        """Return who reports on a task: leads first, each unit once, groups as their members."""
        return tuple(self.roles(task))

    def assignments(self, period: Period) -> dict[str, tuple[tuple[Task, Role], ...]]:
        """Return who reports on what in a period, units in roster order, tasks in plan order.

        In a month every unit reports on all its tasks; in a quarter lead units on those they lead.
        """
        duties: dict[str, list[tuple[Task, Role]]] = {}
        for task in self.tasks:
            for unit, role in self.roles(task).items():
                if role is Role.LEAD or isinstance(period, Month):
                    duties.setdefault(unit, []).append((task, role))
        order = {name: place for place, name in enumerate(self._reporting_order())}
        return {
            unit: tuple(duties[unit])
            for unit in sorted(duties, key=lambda name: order.get(name, len(order)))
        }

    def _each(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.roster.reporters(name)

    def _reporting_order(self) -> Iterator[str]:
        return self._each(unit.name for unit in self.roster.units)


# ---------------------------------------------------------------- forms


@dataclass(frozen=True, slots=True)
class FormRow:
    """One task as a form prints it, in the form's order."""

    key: str
    number: int
    role: Role
    goal: str
    requirements: str
    lead_text: str
    responsible_text: str
    liaison_text: str


@dataclass(frozen=True, slots=True)
class EarlierSheet:
    """A locked sheet of texts that were reported before: for reading, not for filling."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a form this form and no other; `digest` is the hash of its locked cells."""

    plan: str
    version: int
    unit: str
    period: Period
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """填报表: the workbook issued to one unit for one period, before layout."""

    identity: Identity
    number: str  # 表单编号, printed on the sheet
    token: str  # the identity, signed
    title: str
    due: date
    instructions: str
    liaison_header: str
    rows: tuple[FormRow, ...]
    earlier: tuple[EarlierSheet, ...] = ()
    font: str = "宋体"
    states: bool = False  # whether it has a column 完成状态

    @property
    def quarterly(self) -> bool:
        """Whether this is a lead unit's form for a quarter, with fields for its approval."""
        return isinstance(self.identity.period, Quarter)


@dataclass(frozen=True, slots=True)
class Issue:
    """A form as it went out: where it lies and what it was."""

    id: int
    form: Form
    file: str  # relative to the workspace, with /
    sha256: str
    issued_at: datetime


# ---------------------------------------------------------------- what came back


@dataclass(frozen=True, slots=True)
class Entry:
    """进展: the text of one unit on one task in one period, and where it came from."""

    period: Period
    unit: str
    task: str  # the task's key
    role: Role
    text: str
    place: str  # 填报表!D7
    file: str = ""
    sha256: str = ""
    received_at: datetime | None = None
    modified_at: datetime | None = None
    submission: int = 0
    state: str = ""  # 完成状态, where it is switched on

    def __hash__(self) -> int:
        # Nearly always enough to tell two apart, in a fifth of the time of all fields.
        return hash((self.submission, self.unit, self.task, self.place))


@dataclass(frozen=True, slots=True)
class Approval:
    """Who filled in and who approved a quarter's material."""

    filled_by: str = ""
    telephone: str = ""
    approved_by: str = ""
    approved_on: str = ""

    @property
    def signed(self) -> bool:
        """Whether it says both who approved and when; else the material is 未经审定."""
        return bool(self.approved_by.strip() and self.approved_on.strip())


@dataclass(frozen=True, slots=True)
class Submission:
    """报送件: one returned file, whatever its name, and what became of it."""

    id: int
    file: str  # its name in the inbox; a member of a container as 包.zip/名.xlsx
    sha256: str
    kind: str
    verdict: Verdict
    received_at: datetime
    unit: str | None = None
    period: Period | None = None
    modified_at: datetime | None = None
    approval: Approval | None = None
    findings: tuple[Finding, ...] = ()
    sender: str = ""  # the address of the message that brought it

    def as_json(self) -> dict[str, object]:
        """Return the submission as the command line's JSON shows it."""
        return {
            "id": self.id,
            "file": self.file,
            "sha256": self.sha256,
            "verdict": self.verdict.value,
            "unit": self.unit,
            "period": str(self.period) if self.period else None,
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Edit:
    """人工修改: what the clerk wrote in a master in the place of what the returns or the plan say.

    `field` is a column of the master. In 进展情况 `unit` names the section that was edited, "" is
    the whole cell; an edit is also of `unit` "" in every other column. `text` is None where the
    clerk has taken the edit back. `over` is the text underneath that she has seen: while the
    returns say something else, her text and theirs are in conflict.
    """

    period: Period
    task: str  # the task's key
    field: str
    unit: str
    text: str | None
    over: str
    edited_at: datetime


class MailKind(StrEnum):
    """What a letter to a unit is for."""

    FORM = "form"
    REMINDER = "reminder"
    RECEIPT = "receipt"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {"form": "下发", "reminder": "催报", "receipt": "回执"}[self.value]


class MailState(StrEnum):
    """What became of a letter; `begun` without an outcome is as uncertain as `uncertain`."""

    DRAFTED = "drafted"  # lies as .eml for a person to send
    BEGUN = "begun"  # recorded before the server is told
    SENT = "sent"  # the server took it
    REFUSED = "refused"  # the server did not take it
    UNCERTAIN = "uncertain"  # the connection broke after the last byte, before the answer


@dataclass(frozen=True, slots=True)
class Mailed:
    """A letter to a unit, as the ledger keeps it; `key` names what it said."""

    id: int
    kind: MailKind
    period: Period
    unit: str
    key: str
    recipients: str  # separated by ;
    message_id: str
    state: MailState
    at: datetime
    detail: str = ""


class Action(StrEnum):
    """What a person decided about a submission."""

    ASSIGN = "assign"  # whose it is, and of which period
    ACCEPT = "accept"
    REJECT = "reject"
    TAKE = "take"  # the text at a place is a task's text


@dataclass(frozen=True, slots=True)
class Decision:
    """裁定: what a person decided, and when."""

    submission: int
    action: Action
    decided_at: datetime
    unit: str | None = None
    period: Period | None = None
    place: str | None = None
    task: int | None = None  # 序号


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One line of `status`: a unit in a period."""

    unit: str
    state: State
    received_at: datetime | None
    tasks: int
    reported: int
    late_days: int = 0

    @property
    def blank(self) -> int:
        """How many of its tasks have no text."""
        return self.tasks - self.reported

    @property
    def incomplete(self) -> bool:
        """Whether something came back, but not for every task."""
        return self.state in (State.RETURNED, State.LATE) and self.blank > 0

    def as_json(self) -> dict[str, object]:
        """Return the line as the command line's JSON shows it."""
        return {
            "unit": self.unit,
            "state": self.state.value,
            "received_at": self.received_at.isoformat() if self.received_at else None,
            "tasks": self.tasks,
            "reported": self.reported,
            "blank": self.blank,
        }
