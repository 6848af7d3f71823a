"""A Form out of a plan: the rows of one unit in one period, its identity, its texts. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from edu_sheet.form import identity, layout
from edu_sheet.kit.pieces import CELL_LIMIT, characters
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
_FILL_IN = f"“{layout.PROGRESS.header}”"
_FILL_IN_BOTH = f"{_FILL_IN}和“{layout.STATE.header}”（从下拉列表中选）"


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
        rows = form_rows(plan.assignments(period)[unit])
    _refuse_overlong(rows)
    # 完成状态 is filled in, not locked: a form keeps its identity when the column comes or goes.
    table = (header_row(settings.liaison_header), *(row_texts(row) for row in rows))
    locked = [_without_progress(texts) for texts in table]
    who = Identity(plan_id, version, unit, period, identity.digest(unit, period, locked))
    quarterly = isinstance(period, Quarter)
    return Form(
        identity=who,
        number=identity.form_number(who, secret),
        token=identity.sign(who, secret),
        title=settings.title,
        due=plan.due(period),
        instructions=settings.instructions
        or _instructions(quarterly=quarterly, states=settings.report_state),
        liaison_header=settings.liaison_header,
        rows=tuple(rows),
        earlier=tuple(earlier),
        font=settings.fonts.sheet,
        states=settings.report_state,
    )


def form_rows(duties: Iterable[tuple[Task, Role]]) -> tuple[FormRow, ...]:
    """Return a unit's tasks as a form prints them, in the plan's order."""
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
        )
        for task, role in duties
    )


def header_row(liaison_header: str, *, states: bool = False) -> tuple[str, ...]:
    """Return the header's texts in the order of `layout.columns`."""
    return tuple(
        liaison_header or column.header if column is layout.LIAISON else column.header
        for column in layout.columns(states=states)
    )


@lru_cache(maxsize=1024)  # the same tasks stand in the forms of many units
def row_texts(row: FormRow, *, states: bool = False) -> tuple[str, ...]:
    """Return a task's texts in the order of `layout.columns`; what is filled in is issued empty."""
    own = {"number": str(row.number), "role": row.role.label, "progress": "", "state": ""}
    return tuple(
        own[column.field] if column.field in own else str(getattr(row, column.field))
        for column in layout.columns(states=states)
    )


def _instructions(*, quarterly: bool, states: bool) -> str:
    said = _QUARTER_INSTRUCTIONS if quarterly else _MONTH_INSTRUCTIONS
    return said.replace(_FILL_IN, _FILL_IN_BOTH, 1) if states else said


def _without_progress(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        text
        for column, text in zip(layout.COLUMNS, texts, strict=True)
        if column is not layout.PROGRESS
    )


def _refuse_overlong(rows: Iterable[FormRow]) -> None:
    for row in rows:
        for column, text in zip(layout.COLUMNS, row_texts(row), strict=True):
            if 2 * len(text) > CELL_LIMIT and characters(text) > CELL_LIMIT:
                raise PlanError(
                    f"分工方案第{row.number}项任务的“{column.header}”超过 {CELL_LIMIT} 字",
                    "一个单元格放不下，请在 分工方案.xlsx 里把它缩短或拆成两项任务。",
                )
