"""Where everything stands in a form: names of sheets, columns, labels, metadata. Pure."""

from dataclasses import dataclass

FORM_SHEET = "填报表"
EARLIER_SHEET = "上期进展"  # the unit's own texts of the period before
QUARTER_SHEET = "本季度各月进展"  # what the unit and its responsible units said month by month
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
GOAL = Column("goal", "目标任务", 15)
REQUIREMENTS = Column("requirements", "具体要求", 42)
PROGRESS = Column("progress", "进展情况", 44)
LEAD = Column("lead_text", "牵头部门", 12)
RESPONSIBLE = Column("responsible_text", "责任部门", 18)
LIAISON = Column("liaison_text", "牵头联络股室", 13)  # the header as issued may be longer
ROLE = Column("role", "本单位角色", 7)
KEY = Column("key", "任务键", 0)
COLUMNS = (NUMBER, GOAL, REQUIREMENTS, PROGRESS, LEAD, RESPONSIBLE, LIAISON, ROLE, KEY)

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
