"""Where everything stands in a form: names of sheets, columns, labels, metadata. Pure."""

from collections.abc import Iterable

from edu_sheet.words.columns import (
    GOAL,
    KEY,
    NUMBER,
    PLAN_COLUMNS,
    PROGRESS,
    ROLE,
    STATE,
    Column,
    spread,
)

FORM_SHEET = "填报表"
EARLIER_SHEET = "上期进展"  # the unit's own texts of the period before
QUARTER_SHEET = "本季度各月进展"  # what the unit and its responsible units said month by month
FULL_TEXT_SHEET = "任务全文"  # locked texts that no row of the form is tall enough for
META_SHEET = "_edu_sheet"  # very hidden: field names in column A, values in column B
META_FIELDS = (
    "plan",
    "version",
    "unit",
    "period",
    "digest",
    "number",
    "token",
    "issue",
    "unit_key",
)

TOKEN_PROPERTY = "edu-sheet"  # custom document property that holds the signed token
TOKEN_NAME = "_edu_sheet_form"  # defined name, a string constant: the token again


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
CONTINUED = "（续）"  # a text that is too tall for one row goes on in the next
NOT_REPORTED = "（未报）"


_WIDTH = ROLE.width + sum(one.form for one in PLAN_COLUMNS if one.form)  # of all, in characters


def columns(of_plan: Iterable[Column], *, states: bool) -> tuple[Column, ...]:
    """Return the columns of a form as it is issued under a plan with those columns.

    完成状态, where it is switched on, stands behind 进展情况, the unit's role before the key. Where
    the plan lacks some of the seven, the others are wider.
    """
    return spread_out(narrow_columns(of_plan, states=states))


def spread_out(found: Iterable[Column]) -> tuple[Column, ...]:
    """Return the columns of a form as wide as they were issued."""
    own = tuple(found)
    states = any(one.field == STATE.field for one in own)
    return spread(own, _WIDTH + states * STATE.width)


def narrow_columns(of_plan: Iterable[Column], *, states: bool) -> tuple[Column, ...]:
    """Return these columns, each as wide as beside all of the seven."""
    found: list[Column] = []
    for column in of_plan:
        if column.field == KEY.field:
            found.append(ROLE)
        if column.form is not None:
            found.append(Column(column.field, column.header, column.form))
        if column.field == PROGRESS.field and states:
            found.append(STATE)
    return tuple(found)
