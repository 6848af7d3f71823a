"""Where everything stands in a form: names of sheets, columns, labels, metadata. Pure."""

from collections.abc import Iterable

from edu_sheet.words.columns import (
    ACHIEVED,
    GOAL,
    KEY,
    LEAD,
    LIAISON,
    NEXT_STEPS,
    NUMBER,
    PLAN_COLUMNS,
    PROBLEMS,
    PROGRESS,
    REQUIREMENTS,
    RESPONSIBLE,
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
# The second says 目标任务 as the plan does.
EARLIER_HEADER = (NUMBER.header, GOAL.header, "角色", PROGRESS.header)
QUARTER_HEADER = (NUMBER.header, GOAL.header, "单位", "角色", "月份", PROGRESS.header)
FULL_TEXT_HEADER = (NUMBER.header, "栏目", "全文")
CONTINUED = "（续）"  # a text that is too tall for one row goes on in the next
NOT_REPORTED = "（未报）"


A4_WIDTH = 195.0  # of all columns, in characters: what is wider is printed on A3

# A quarter's form has more to fill in on the same paper: what is locked is narrower, in characters.
_IN_QUARTER = {
    GOAL.field: 11.0,
    REQUIREMENTS.field: 20.0,
    PROGRESS.field: 60.0,
    LEAD.field: 9.0,
    RESPONSIBLE.field: 10.0,
    LIAISON.field: 8.0,
}


def headed(header: tuple[str, ...], of_plan: Iterable[Column]) -> tuple[str, ...]:
    """Return the header of a sheet of earlier texts with what that plan calls its tasks."""
    own = next((one.header for one in of_plan if one.field == GOAL.field), GOAL.header)
    return tuple(own if one == GOAL.header else one for one in header)


def columns(
    of_plan: Iterable[Column], *, states: bool, parts: bool = False, quarterly: bool = False
) -> tuple[Column, ...]:
    """Return the columns of a form as it is issued under a plan with those columns.

    With `parts`, 进展成效, 存在问题 and 下一步打算 stand in the place of 进展情况. 完成状态, where
    it is switched on, stands behind them, the unit's role before the key. Where the plan lacks some
    of the seven, the others are wider.
    """
    narrow = narrow_columns(of_plan, states=states, parts=parts, quarterly=quarterly)
    return spread_out(narrow, quarterly=quarterly)


def spread_out(found: Iterable[Column], *, quarterly: bool = False) -> tuple[Column, ...]:
    """Return the columns of a form as wide as they were issued."""
    own = tuple(found)
    fields = {one.field for one in own}
    whole = narrow_columns(
        PLAN_COLUMNS,
        states=STATE.field in fields,
        parts=PROBLEMS.field in fields,
        quarterly=quarterly,
    )
    return spread(own, sum(one.width for one in whole))


def narrow_columns(
    of_plan: Iterable[Column], *, states: bool, parts: bool = False, quarterly: bool = False
) -> tuple[Column, ...]:
    """Return these columns, each as wide as beside all of the seven."""
    found: list[Column] = []
    for column in of_plan:
        if column.field == KEY.field:
            found.append(ROLE)
        if column.field == PROGRESS.field and parts:
            found += (ACHIEVED, PROBLEMS, NEXT_STEPS)
        elif column.form is not None:
            width = _IN_QUARTER.get(column.field, column.form) if quarterly else column.form
            found.append(Column(column.field, column.header, width))
        if column.field == PROGRESS.field and states:
            found.append(STATE)
    return tuple(found)
