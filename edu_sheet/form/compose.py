"""A Form out of a plan: the rows of one unit in one period, its identity, its texts. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from edu_sheet.form import identity, layout
from edu_sheet.kit.pieces import CELL_LIMIT, characters
from edu_sheet.words.columns import ANSWERS, PROGRESS, STATE, Column, further
from edu_sheet.words.errors import PlanError
from edu_sheet.words.forms import EarlierSheet, Form, FormRow, Identity
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task

_MONTH_INSTRUCTIONS = (
    "只填写浅黄色的“进展情况”单元格，其他内容已锁定，请不要改动、增删行列或另制表格。"
    "格内换行请按 Alt+Enter，行高可以拖动调整。没有进展的，请写明原因和下一步打算。"
    "填好后保存，在截止日期前把本文件原样（不转成图片或 PDF）发回。"
)
_QUARTER_INSTRUCTIONS = (
    "请牵头部门汇总本季度进展，填写浅黄色的“进展情况”单元格，并填写表下的填报人、审定人等；"
    "各责任部门逐月报送的内容见“本季度各月进展”表。其他内容已锁定，请不要改动或增删行列。"
    "经主要领导审定后保存，在截止日期前把本文件原样（不转成图片或 PDF）发回。"
)
_FILLED_IN = frozenset({*ANSWERS, STATE.field})
_FILL_IN = f"“{PROGRESS.header}”"


def compose(
    plan: Plan,
    unit: str,
    period: Period,
    *,
    version: int,
    plan_id: str,
    secret: bytes,
    earlier: Sequence[EarlierSheet] = (),
    rows: Sequence[FormRow] | None = None,
) -> Form:
    """Return a unit's form for a period.

    `rows` spares working out who does what where the caller has done it for all units. KeyError if
    the unit has no task in that period; PlanError if a name or text is too long for a workbook.
    """
    settings = plan.settings
    if rows is None:
        rows = form_rows(plan, plan.assignments(period)[unit])
    columns = columns_of(plan, period, rows)
    _refuse_overlong(rows, columns)
    # 完成状态 is filled in, not locked: a form keeps its identity when the column comes or goes.
    locked = [column for column in columns if column.field not in _FILLED_IN]
    fields = tuple(column.field for column in locked)
    table = ([column.header for column in locked], *(row_texts(row, fields) for row in rows))
    who = Identity(plan_id, version, unit, period, identity.digest(unit, period, table))
    quarterly = isinstance(period, Quarter)
    return Form(
        identity=who,
        number=identity.form_number(who, secret),
        token=identity.sign(who, secret),
        title=f"《{settings.title}》{period.label}进展情况填报表",
        due=plan.due(period),
        instructions=settings.instructions
        or _instructions(
            quarterly=quarterly,
            columns=columns,
            led=any(row.role is Role.LEAD for row in rows),
        ),
        columns=columns,
        rows=tuple(rows),
        earlier=tuple(earlier),
        font=settings.fonts.sheet,
        unit_key=listed.key if (listed := plan.roster.get(unit)) else "",
    )


def columns_of(plan: Plan, period: Period, rows: Iterable[FormRow]) -> tuple[Column, ...]:
    """Return the columns of a form with those rows, issued under the plan as it is now.

    A county's own column (类别, 备注) is not printed where it says nothing of any row.
    """
    every = tuple(rows)
    own = {*further(plan.columns)}
    said = {field for row in every for field, text in row.others if text}
    shown = tuple(one for one in plan.columns if one.field not in own or one.field in said)
    return _columns_of(plan, period, shown)


def _columns_of(plan: Plan, period: Period, shown: Sequence[Column]) -> tuple[Column, ...]:
    settings = plan.settings
    quarterly = isinstance(period, Quarter)
    return layout.columns(
        shown,
        states=settings.asks_state(period),
        parts=quarterly and settings.quarter_parts,
        quarterly=quarterly,
    )


def form_rows(plan: Plan, duties: Iterable[tuple[Task, Role]]) -> tuple[FormRow, ...]:
    """Return a unit's tasks as a form prints them, in the plan's order."""
    more = further(column for column in plan.columns if column.form is not None)
    return tuple(
        FormRow(
            key=task.key,
            number=task.number,
            role=role,
            goal=task.goal,
            requirements=task.requirements,
            lead_text=task.lead_text,
            responsible_text=task.responsible_text,
            liaison_text=task.liaison_text,
            others=tuple((field, task.text(field)) for field in more),
            label=task.label,
        )
        for task, role in duties
    )


@lru_cache(maxsize=1024)  # the same tasks stand in the forms of many units
def row_texts(row: FormRow, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return a task's texts in those columns; what is filled in is issued empty."""
    return tuple(map(row.text, fields))


def _instructions(*, quarterly: bool, columns: Sequence[Column], led: bool) -> str:
    said = _QUARTER_INSTRUCTIONS if quarterly else _MONTH_INSTRUCTIONS
    if quarterly and not led:
        said = said.replace("请牵头部门汇总", "请汇总本单位").replace("各责任部门", "本单位")
    asked = "".join(f"“{one.header}”" for one in columns if one.field in ANSWERS)
    if STATE in columns:
        asked += f"和“{STATE.header}”（从下拉列表中选）"
    return said.replace(_FILL_IN, asked, 1)


def _refuse_overlong(rows: Iterable[FormRow], columns: Sequence[Column]) -> None:
    fields = tuple(column.field for column in columns)
    for row in rows:
        for column, text in zip(columns, row_texts(row, fields), strict=True):
            if 2 * len(text) > CELL_LIMIT and characters(text) > CELL_LIMIT:
                raise PlanError(
                    f"分工方案第{row.shown}项任务的“{column.header}”超过 {CELL_LIMIT} 字",
                    "一个单元格放不下，请在 分工方案.xlsx 里把它缩短或拆成两项任务。",
                )
