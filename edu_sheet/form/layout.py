"""Where everything stands in a form: names of sheets, columns, labels, metadata. Pure."""

from dataclasses import dataclass

FORM_SHEET = "填报表"
EARLIER_SHEET = "上期进展"  # the unit's own texts of the period before
QUARTER_SHEET = "本季度各月进展"  # what the unit and its responsible units said month by month
FULL_TEXT_SHEET = "任务全文"  # locked texts that no row of the form is tall enough for
META_SHEET = "_edu_sheet"  # very hidden: field names in column A, values in column B
META_FIELDS = ("plan", "version", "unit", "period", "digest", "number", "token", "issue")

TOKEN_PROPERTY = "edu-sheet"  # custom document property that holds the signed token
TOKEN_NAME = "_edu_sheet_form"  # defined name, a string constant: the token again


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    field: str  # what it holds
    header: str
    width: float  # in characters; 0 is hidden


NUMBER = Column("number", "序号", 5)
GOAL = Column("goal", "目标任务", 16)
REQUIREMENTS = Column("requirements", "具体要求", 42)
PROGRESS = Column("progress", "进展情况", 44)
STATE = Column("state", "完成状态", 10)  # where 设置 switches it on
LEAD = Column("lead_text", "牵头部门", 12)
RESPONSIBLE = Column("responsible_text", "责任部门", 17)
LIAISON = Column("liaison_text", "牵头联络股室", 13)  # the header as issued may be longer
ROLE = Column("role", "本单位角色", 8)
KEY = Column("key", "任务键", 0)
COLUMNS = (NUMBER, GOAL, REQUIREMENTS, PROGRESS, LEAD, RESPONSIBLE, LIAISON, ROLE, KEY)
LOCKED_COLUMNS = tuple(column for column in COLUMNS if column is not PROGRESS)
_COLUMNS_WITH_STATE = (*COLUMNS[:4], STATE, *COLUMNS[4:])

# Rows of the form's first sheet, as it is issued, from 1.
TITLE_ROW, INFO_ROW, INSTRUCTIONS_ROW, HEADER_ROW, FIRST_TASK_ROW = 1, 2, 3, 4, 5

# Labels in the rows above the table; each stands before a ： and its value in one cell.
UNIT_LABEL = "填报单位"
PERIOD_LABEL = "期次"
DUE_LABEL = "截止日期"
NUMBER_LABEL = "表单编号"
INSTRUCTIONS_LABEL = "填报说明"

# Fields of a quarter's form, below the table: a locked label, an unlocked cell to its right.
FILLED_BY = "填报人"
TELEPHONE = "联系电话"
APPROVED_BY = "审定人（主要领导）"
APPROVED_ON = "审定日期"
APPROVAL_LABELS = (FILLED_BY, TELEPHONE, APPROVED_BY, APPROVED_ON)

# Headers of the sheets of earlier texts; the last column holds the text.
EARLIER_HEADER = (NUMBER.header, GOAL.header, "角色", PROGRESS.header)
QUARTER_HEADER = (NUMBER.header, GOAL.header, "单位", "角色", "月份", PROGRESS.header)
FULL_TEXT_HEADER = (NUMBER.header, "栏目", "全文")
NOT_REPORTED = "（未报）"


def columns(*, states: bool) -> tuple[Column, ...]:
    """Return the columns of a form, with or without 完成状态."""
    return _COLUMNS_WITH_STATE if states else COLUMNS


def column_of(column: Column, *, states: bool = False) -> int:
    """Return where a column stands in the form as it is issued, from 1."""
    return columns(states=states).index(column) + 1
