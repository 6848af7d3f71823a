"""Where everything stands in the plan workbook: sheets, columns, settings. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from edu_sheet.plan.issued.meaning import Meaning, meaning_of
from edu_sheet.words.columns import (
    GOAL,
    KEY,
    LEAD,
    LIAISON,
    NUMBER,
    PROGRESS,
    REQUIREMENTS,
    RESPONSIBLE,
    Column,
)
from edu_sheet.words.letters import FILLED_IN
from edu_sheet.words.sheets import (
    CLOSINGS_SHEET,
    DEADLINES_SHEET,
    PERIODS_SHEET,
    PLAN_SHEET,
    ROSTER_SHEET,
    SETTINGS_SHEET,
)
from edu_sheet.words.text import bare

SHEETS = (PLAN_SHEET, ROSTER_SHEET, SETTINGS_SHEET, PERIODS_SHEET)
ALL_SHEETS = (*SHEETS, DEADLINES_SHEET, CLOSINGS_SHEET)

EXAMPLE = "例"  # what 序号 of an example begins with, in an empty plan workbook

HEADER_ROWS = 20  # a header stands in one of these


NAME = Column("name", "单位", 28)
ALIASES = Column("aliases", "别名", 26)
GROUP = Column("group", "是否集体称谓", 10)
MEMBERS = Column("members", "成员单位", 34)
CONTACT = Column("contact", "联系人", 11)
TELEPHONE = Column("telephone", "联系电话", 16)
MAIL = Column("mail", "邮箱", 25)
UNIT_KEY = Column("key", "单位键", 12, required=False)
ROSTER_COLUMNS = (NAME, ALIASES, GROUP, MEMBERS, CONTACT, TELEPHONE, MAIL, UNIT_KEY)

ITEM = Column("item", "项目", 14)
VALUE = Column("value", "值", 60)
HELP = Column("help", "说明", 68, required=False)
SETTINGS_COLUMNS = (ITEM, VALUE, HELP)

PERIOD = Column("period", "期次", 12)
DUE = Column("due", "截止日期", 18)
SUMMARY_TITLE = Column("title", "总结标题", 62)
SUMMARY_NUMBER = Column("doc_number", "总结文号", 26)
SUMMARY_DATE = Column("dated", "总结日期", 18)
PERIOD_COLUMNS = (PERIOD, DUE, SUMMARY_TITLE, SUMMARY_NUMBER, SUMMARY_DATE)

MARKER = Column("marker", "项", 5)
WORDS = Column("words", "原文", 68)
KIND = Column("kind", "类型", 9)
WHEN = Column("when", "日期", 26)
NOTE = Column("note", "说明", 34, required=False)
NODE = Column("node", "节点键", 12, required=False)
DEADLINE_COLUMNS = (NUMBER, MARKER, WORDS, KIND, WHEN, NOTE, NODE)

CLOSED_ITEM = Column("item", "事项", 6)
YEAR = Column("year", "年度", 8)
CLOSED_ON = Column("on", "办结日期", 18)
BASIS = Column("basis", "办结依据", 70)
REOPENED_ON = Column("reopened", "恢复督办日期", 18, required=False)
CLOSING_COLUMNS = (NUMBER, CLOSED_ITEM, YEAR, CLOSED_ON, BASIS, REOPENED_ON, KEY)

NOT_TRACKED = "不跟踪"
YES, NO = "是", "否"
THIS_MONTH, NEXT_MONTH = "当月", "次月"
LAST_DAY = "最后一天"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of 设置: what it is called and what a clerk must know of it."""

    field: str  # of model.Settings; fonts.title for one of model.Fonts
    item: str
    help: str


SETTINGS = (
    Setting("title", "方案标题", "印在每张填报表、总表和季度总结上。必填。"),
    Setting("doc_number", "发文字号", "如：辰教小组发〔2022〕10号。"),
    Setting("issuer", "发文机关", "季度总结的红头和落款用它。"),
    Setting("issued", "印发日期", "如：2022年10月31日。"),
    Setting("first_month", "起始月份", "从哪个月开始报送，如：2022-10。必填。"),
    Setting("due_next_month", "截止月", "当月：本期的最后一个月；次月：其下一个月。"),
    Setting("due_day", "截止日", "最后一天，或 1 至 31；当天报送不算迟。单期另定的填“期次”表。"),
    Setting("instructions", "填报说明", "印在填报表表头。留空则用自带的说明（月报、季报各一段）。"),
    Setting("addressee", "主送", "季度总结的主送机关。"),
    Setting("copies_to", "抄送", "季度总结版记中的抄送机关，没有则留空。"),
    Setting(
        "summary_title",
        "总结标题式样",
        "留空则用：{发文机关}关于《{方案标题}》{期次}落实情况的总结。花括号里的词会换成实际内容。",
    ),
    Setting(
        "summary_number", "总结文号式样", "如：辰教小组发〔{年}〕　　号。留空则照方案的发文字号。"
    ),
    Setting("printed", "总结印发日期", "印在季度总结的版记里。留空则与成文日期相同。"),
    Setting(
        "red_head",
        "是否套红头",
        "是：印红色发文机关标志；预印红头纸：留出红头的位置，打印在印好红头的纸上；否：不印也不留。",
    ),
    Setting(
        "colophon_page",
        "版记页",
        "最后一页：版记印在最后一页下边；双数页：双面印刷、最后一页是单数页时用，版记单独印在后面的双数页上。",
    ),
    Setting(
        "leads",
        "没写牵头单位的任务",
        "方案里没有写牵头单位时选一个：首位责任单位牵头；不设牵头（各责任单位各自报，季度也报）。"
        "留空：每项任务都要填牵头部门。",
    ),
    Setting(
        "same_numbers",
        "序号可以重复",
        "是：方案各部分分别从 1 编号，序号照原样印出，收表时按任务内容区分；否：重复的序号算错误。",
    ),
    Setting(
        "fill_roster",
        "单位名录自动补充",
        "是：任务里填了、名录里没有的单位，检查方案时补进名录并提醒；否：名录里没有的单位算错误。",
    ),
    Setting(
        "further",
        "其他列",
        "方案表里除自带各列外还有哪些列，用顿号隔开，如：类别、完成时限。这些列照原样印在填报表和总表里；"
        "没有写在这里的列，只留在本表，不印发。",
    ),
    Setting("fonts.title", "标题字体", "红头和标题。电脑上没有该字体时，请改成已安装的字体名。"),
    Setting("fonts.body", "正文字体", "季度总结正文。"),
    Setting("fonts.heading1", "一级标题字体", "“一、”一级的标题。"),
    Setting("fonts.heading2", "二级标题字体", "“（一）”一级的标题。"),
    Setting("fonts.latin", "西文字体", "数字和英文字母。"),
    Setting("fonts.sheet", "表格字体", "填报表和总表。"),
    Setting(
        "summary_style",
        "总结详略",
        "简：只印牵头单位的话，附表一项任务一行；详：再印各责任单位的全文和整张方案。",
    ),
    Setting(
        "ranking",
        "通报排名",
        "是：月度调度通报附各单位的报送排名；否：只写数字，点名欠报和滞后的，不排名次。",
    ),
    Setting(
        "report_state",
        "填报完成状态",
        "是：每期填报表多一列“完成状态”，总表有红黄绿灯；仅季度：只有季度表有；否：都没有。"
        "改后，已下发的表须重新生成并重发。",
    ),
    Setting(
        "quarter_parts",
        "季度分栏填报",
        "是：季度填报表分“进展成效”“存在问题”“下一步打算”三栏；否：只有一栏。月份都是一栏。",
    ),
    Setting("mail.address", "发件地址", "发填报表、收回复的邮箱。不用程序收发邮件的，留空。"),
    Setting("mail.name", "发件人名称", "留空则用发文机关。"),
    Setting(
        "mail.reply_to", "回复地址", "请单位回复到别的邮箱的，填那个邮箱；留空则回复到发件地址。"
    ),
    Setting("mail.account", "邮箱账号", "登录邮箱的用户名，留空则用发件地址。密码不要填在表里。"),
    Setting(
        "mail.login",
        "登录方式",
        "授权码：一般邮箱；微软授权：Exchange Online、Outlook，在浏览器里授权一次；"
        "无：内网里不用登录的发信服务器。",
    ),
    Setting("mail.client_id", "微软应用编号", "“微软授权”才填：管理员登记的应用（客户端）编号。"),
    Setting("mail.tenant", "微软租户", "“微软授权”才填：租户编号或域名；留空不限。"),
    Setting("mail.smtp_host", "SMTP 服务器", "发信服务器。常用邮箱（QQ、163 等）留空即可。"),
    Setting("mail.smtp_port", "SMTP 端口", "留空：SSL/TLS 用 465，STARTTLS 用 587。"),
    Setting(
        "mail.smtp_security",
        "SMTP 加密方式",
        "留空：SSL/TLS。“不加密”只能用于本机，或登录方式为“无”的内网服务器。",
    ),
    Setting("mail.imap_host", "IMAP 服务器", "收信服务器。常用邮箱留空即可。"),
    Setting("mail.imap_port", "IMAP 端口", "留空：SSL/TLS 用 993，STARTTLS 用 143。"),
    Setting("mail.imap_security", "IMAP 加密方式", "留空：SSL/TLS。“不加密”只能用于本机。"),
    Setting("mail.per_run", "每次最多封数", "每次最多发多少封，1 至 500。邮箱有每日限额。"),
    Setting(
        "mail.per_hour",
        "每小时最多封数",
        "几次运行合计，1 至 5000；到了就停，并说明几点以后再发。留空不限。",
    ),
    Setting("mail.per_day", "每天最多封数", "24 小时内合计，1 至 50000。留空不限。"),
    Setting("mail.pause", "间隔秒数", "两封之间停几秒，0 至 600；发得太快会被邮箱拒收。"),
    Setting(
        "mail.copies",
        "存入已发送",
        "是：发出的信在邮箱的“已发送”里留一份（邮箱自己会留的不重复存）；否：不存。",
    ),
    Setting(
        "mail.subject",
        "邮件主题",
        f"留空则自动拟定。可用 {' '.join(f'{{{one}}}' for one in FILLED_IN)}。",
    ),
    Setting("mail.text", "邮件正文", "留空则自动拟定。花括号里的词同上；换行用 Alt+Enter。"),
    Setting(
        "mail.folders",
        "收取文件夹",
        "到邮箱的哪些文件夹里收，用顿号分开；留空：收件箱、垃圾邮件。",
    ),
    Setting("mail.after_fetch", "收取后处理", "对邮箱里已收取的原邮件：不改动、标为已读或删除。"),
)


def texts_in(columns: Iterable[Column]) -> list[Column]:
    """Return the columns that say in words what a task is: all but 序号, 进展情况 and the key."""
    apart = {NUMBER.field, PROGRESS.field, KEY.field}
    return [column for column in columns if column.field not in apart]


def as_issued(
    known: Iterable[Column], there: Collection[Column], headers: Mapping[Column, str]
) -> tuple[Column, ...]:
    """Return the columns of a plan that has those: a further one only where it is there.

    What a county calls its own way keeps the header under which it was issued.
    """
    return tuple(
        replace(column, header=headers[column])
        if column.field in AS_ISSUED and headers.get(column)
        else column
        for column in known
        if column.required or column.field in (PROGRESS.field, KEY.field) or column in there
    )


def printed(columns: Iterable[Column]) -> list[Column]:
    """Return the columns that are seen: all but the key."""
    return [column for column in columns if column.field != KEY.field]


def columns_of(header: Iterable[str], known: Iterable[Column]) -> dict[int, Column]:
    """Return which place of a header row holds which column, places from 0; others are left out.

    A column's own header goes before one that means the same, and that before a county's word
    for it (主办单位), which only stands for what no other place holds.
    """
    columns = tuple(known)
    texts = {place: plain for place, text in enumerate(header) if (plain := bare(text))}
    own = {bare(column.header): column for column in reversed(columns)}
    found = {place: own[text] for place, text in texts.items() if text in own}
    exact = set(found.values())
    for place, text in texts.items():
        column = next((one for one in columns if one.matches(text)), None)
        if place not in found and column is not None and column not in exact:
            found[place] = column
    for place, text in texts.items():
        if place in found or (field := FIELD_OF.get(meaning_of(text) or Meaning.OTHER)) is None:
            continue
        column = next((one for one in columns if one.field == field), None)
        if column is not None and column not in found.values():
            found[place] = column
    return dict(sorted(found.items()))


def helpers_alone(responsible: str) -> str:
    """Return the header of the responsible units if it names none but those that help, else "".

    The first of them leads nothing, whatever a plan says of the first of its units.
    """
    parts = responsible.split("、")
    return responsible if all(meaning_of(one) is Meaning.HELP for one in parts) else ""


FIELD_OF = {
    Meaning.GOAL: GOAL.field,
    Meaning.REQUIREMENTS: REQUIREMENTS.field,
    Meaning.LEAD: LEAD.field,
    Meaning.DUTY: RESPONSIBLE.field,
    Meaning.HELP: RESPONSIBLE.field,
    Meaning.LIAISON: LIAISON.field,
}
AS_ISSUED = frozenset(
    FIELD_OF.values()
)  # the fields whose columns are printed under issued headers
