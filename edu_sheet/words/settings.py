"""设置 and 期次: what the clerk entered once, for all periods or for one."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from edu_sheet.words.period import Month, Period, Quarter


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


class Login(StrEnum):
    """登录方式: how a mail server knows the account; the value is what stands in 设置."""

    PASSWORD = "授权码"  # noqa: S105 - a way, no password
    MICROSOFT = "微软授权"  # OAuth
    NONE = "无"  # a relay inside the office's network asks nobody; fetching takes a password then


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
    reply_to: str = ""  # 回复地址; the address where there is none
    account: str = ""  # 邮箱账号; the address where there is none
    login: Login = Login.PASSWORD
    client_id: str = ""  # 微软应用编号
    tenant: str = ""  # 微软租户; any where there is none
    smtp_host: str = ""
    smtp_port: int | None = None
    smtp_security: Security | None = None
    imap_host: str = ""
    imap_port: int | None = None
    imap_security: Security | None = None
    per_run: int = 50  # 每次最多封数
    per_hour: int | None = None  # 每小时最多封数, across runs; None: no limit
    per_day: int | None = None  # 每天最多封数
    pause: int = 3  # 间隔秒数
    copies: bool = True  # 存入已发送: a copy of each letter in the mail box's folder of sent ones
    subject: str = ""  # 邮件主题
    text: str = ""  # 邮件正文
    after_fetch: AfterFetch = AfterFetch.LEAVE
    folders: str = ""  # 收取文件夹, with 、; 收件箱 and 垃圾邮件 where none is named


class RedHead(StrEnum):
    """是否套红头: whether the issuer's mark is printed, or stands on the paper already."""

    NONE = "否"
    PRINTED = "是"
    ON_PAPER = "预印红头纸"  # its room is left free

    @classmethod
    def _missing_(cls, value: object) -> "RedHead | None":
        """Return what an older ledger kept as a truth value."""
        known: dict[object, RedHead] = {True: cls.PRINTED, False: cls.NONE}
        return known.get(value) if isinstance(value, bool) else None


class ColophonPage(StrEnum):
    """版记页: where 版记 stands."""

    LAST = "最后一页"  # below the text
    EVEN = "双数页"  # on an even page of its own: the back of the last sheet


class StateAsked(StrEnum):
    """填报完成状态: in which forms units are asked for it; the value is what stands in 设置."""

    ALWAYS = "是"
    QUARTERS = "仅季度"
    NEVER = "否"

    @classmethod
    def _missing_(cls, value: object) -> "StateAsked | None":
        """Return what an older ledger kept as a truth value."""
        known: dict[object, StateAsked] = {True: cls.ALWAYS, False: cls.NEVER}
        return known.get(value) if isinstance(value, bool) else None


class SummaryStyle(StrEnum):
    """总结详略: how much a summary prints; the value is what stands in 设置."""

    BRIEF = "简"  # what the leads say
    FULL = "详"  # what all units say


class LeadRule(StrEnum):
    """没写牵头单位的任务: who leads a task for which the plan names no lead."""

    EACH = ""  # every task has to name one
    OPEN = "请选择"  # the plan names none, and nobody has said what that means: as NONE, and asked
    FIRST = "首位责任单位牵头"
    NONE = "不设牵头"


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
    red_head: RedHead = RedHead.NONE
    colophon_page: ColophonPage = ColophonPage.LAST
    report_state: StateAsked = StateAsked.QUARTERS  # 填报完成状态
    summary_style: SummaryStyle = SummaryStyle.BRIEF  # 总结详略
    ranking: bool = False  # 通报排名: a month's bulletin ranks the units
    quarter_parts: bool = True  # 季度分栏填报: 进展成效, 存在问题, 下一步打算 apart
    leads: LeadRule = LeadRule.EACH
    fill_roster: bool = False  # 单位名录自动补充: units typed into tasks are added to the roster
    same_numbers: bool = False  # 序号可以重复: the parts of the plan are numbered each from 1
    further: str = ""  # 其他列, the headers of the plan's own columns, with 、
    fonts: Fonts = field(default_factory=Fonts)
    mail: MailSettings = field(default_factory=MailSettings)

    def asks_state(self, period: Period) -> bool:
        """Return whether the forms of a period ask for 完成状态."""
        if self.report_state is StateAsked.QUARTERS:
            return isinstance(period, Quarter)
        return self.report_state is StateAsked.ALWAYS


@dataclass(frozen=True, slots=True)
class PeriodSettings:
    """期次: what one period has of its own; None and "" where nothing was entered."""

    due: date | None = None
    title: str = ""
    doc_number: str = ""
    dated: date | None = None
