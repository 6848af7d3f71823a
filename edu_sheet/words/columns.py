"""The columns of the plan: what each says of a task, and where and how wide it is printed. Pure.

The one home of them: a column that is added to `PLAN_COLUMNS` is read from the plan, printed in
its forms, in 总表 and in the summary's annex, and compared when the plan has changed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from edu_sheet.words.parts import Part
from edu_sheet.words.text import bare


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; white space in its header does not count."""

    field: str  # what it holds
    header: str
    width: float  # in characters, in the sheet that it belongs to; 0 is hidden
    others: str = ""  # a pattern of headers that mean the same
    required: bool = True  # whether its sheet has to have it
    names: bool = False  # it lists units or offices
    shared: bool = False  # what is merged over several rows is meant for each of them
    # Of a column of the plan, how wide it is elsewhere; None: it is not printed there.
    form: float | None = None  # in characters, in 填报表; 0 is hidden
    master: float | None = None  # in characters, in 总表; 0 is hidden
    annex: int | None = None  # in twentieths of a point, in the table of tasks of a summary

    def matches(self, header: str) -> bool:
        """Return whether a header, bare, is this column's."""
        return header == bare(self.header) or bool(
            self.others and re.fullmatch(self.others, header)
        )


# The plan's seven columns as issued, in prints of A4 landscape, and the hidden key.
NUMBER = Column("number", "序号", 5.5, "编号|任务序号", form=5, master=5, annex=660)
GOAL = Column(
    "goal", "目标任务", 17, "工作任务|重点任务|主要任务|任务", form=16, master=16, annex=1400
)
REQUIREMENTS = Column(
    "requirements",
    "具体要求",
    58,
    "工作要求|具体任务|主要内容|工作内容|具体措施|工作措施",
    form=42,
    master=52,
    annex=3260,
)
PROGRESS = Column(
    "progress",
    "进展情况",
    18,
    "(工作)?(进展|完成|落实)情况.*",
    required=False,
    form=44,
    master=88,
    annex=3916,
)
LEAD = Column(
    "lead_text",
    "牵头部门",
    12,
    "牵头(单位|部门).*",
    names=True,
    shared=True,
    form=12,
    master=14,
    annex=1180,
)
RESPONSIBLE = Column(
    "responsible_text",
    "责任部门",
    20,
    "(责任|配合|参与)(单位|部门).*",
    names=True,
    shared=True,
    form=17,
    master=20,
    annex=1180,
)
LIAISON = Column(
    "liaison_text",
    "牵头联络股室",  # as issued it may be longer: 县教育局牵头联络股室
    14,
    ".*(联络|联系)(股室|科室|处室|科股室)",
    names=True,
    shared=True,
    form=13,
    master=14,
    annex=1160,
)
KEY = Column("key", "任务键", 12, required=False, form=0, master=0)
PLAN_COLUMNS = (NUMBER, GOAL, REQUIREMENTS, PROGRESS, LEAD, RESPONSIBLE, LIAISON, KEY)

CATEGORY = "类别"  # the headings under which a task stands
CATEGORIES = re.compile(  # headers of a column that puts tasks into groups, whatever it is called
    r"类别|分类|类型|门类|领域|板块|方面$|大项|章节|指标体系|[一二]级(?:指标|目录)?$|^类$|任务来源|工作来源"
)

# A county's own columns: as wide as what they hold mostly is.
_WIDTHS = (
    (re.compile(r"序|号"), 8),
    (re.compile(r"备注|情况|进[展度]|说明|目标|标准|成果|内容|措施|步骤|安排"), 20),
)
_USUAL_WIDTH = 12


def with_further(known: Sequence[Column], headers: Iterable[str]) -> tuple[Column, ...]:
    """Return the plan's columns with a county's own: groups behind 序号, others before the key."""
    wanted = [one for one in dict.fromkeys(headers) if one]
    own = [_further(one) for one in wanted if not any(one == column.header for column in known)]
    first = [one for one in own if CATEGORIES.search(one.field)]
    rest = [one for one in own if one not in first]
    columns = list(known)
    last = next((at for at, one in enumerate(columns) if one.field == KEY.field), len(columns))
    columns[last:last] = rest
    columns[1:1] = first
    return tuple(columns)


def _further(header: str) -> Column:
    width = next((wide for said, wide in _WIDTHS if said.search(header)), _USUAL_WIDTH)
    return Column(header, header, width, required=False, form=width, master=width)


_NARROW = frozenset({"number", "role", "state", "key"})  # as wide as they are, whatever is beside


# No narrower than that, in characters, whatever is beside; what holds no long texts: four Chinese.
_LEAST = {
    "goal": 12.0,
    "requirements": 20.0,
    "progress": 36.0,
    "problems": 16.0,
    "next_steps": 16.0,
}
_LEAST_OTHER = 8.5
_A_WORD, _A_SENTENCE = 4, 20  # characters, at most and at least
_OF_SENTENCES, _LEAST_OF_SENTENCES = 20.0, 11.5  # in characters, a column of them
_BRACKET = 7  # characters of a header's bracket that stand on one line, the brackets included
LARGER_PAPER = 1.4  # A3 is so much wider than A4


def spread(
    columns: Sequence[Column], total: float, larger: float = LARGER_PAPER
) -> tuple[Column, ...]:
    """Return columns as wide together as a page has room: as the seven that fill one.

    Where a plan lacks some of the seven the others are wider; where a county has many of its own
    all are narrower, so that they are printed no smaller. What cannot be as narrow as that is
    meant for the next larger paper, so many times as wide.
    """
    fixed = sum(one.width for one in columns if one.field in _NARROW)
    rest = sum(one.width for one in columns) - fixed
    if fixed + rest > total:
        return _squeezed(columns, total, larger)
    if not rest:
        return tuple(columns)
    ratio = (total - fixed) / rest
    return tuple(
        one if one.field in _NARROW else replace(one, width=round(one.width * ratio, 1))
        for one in columns
    )


def _squeezed(columns: Sequence[Column], total: float, larger: float) -> tuple[Column, ...]:
    """Return columns that fit into a page, as far as each stays as wide as it must."""
    least = {one.field: _least(one, _LEAST_OF_SENTENCES) for one in columns}
    if sum(least.values()) > total:
        least = {one.field: _least(one, _LEAST_OTHER) for one in columns}
    needed = sum(least.values())
    room = total if needed <= total else total * larger
    whole = sum(one.width for one in columns)
    spare, over = whole - needed, max(0.0, whole - room)
    keep = max(0.0, 1 - over / spare) if spare else 0.0
    return tuple(
        replace(
            one, width=int(10 * (least[one.field] + (one.width - least[one.field]) * keep)) / 10
        )
        for one in columns
    )


def _least(column: Column, of_sentences: float) -> float:
    if column.field in _NARROW:
        return column.width
    bracket = len(column.header) - column.header.find("（") if "（" in column.header else 0
    for_bracket = 2.1 * bracket + 0.6 if bracket <= _BRACKET else 0
    other = of_sentences if column.width >= _OF_SENTENCES else _LEAST_OTHER
    return min(column.width, max(_LEAST.get(column.field, other), for_bracket))


_ALWAYS = frozenset({NUMBER.field, GOAL.field, PROGRESS.field, KEY.field})


def held(columns: Iterable[Column], tasks: Iterable["Said"]) -> tuple[Column, ...]:
    """Return the columns that say something of any task, and those that no plan is without.

    A county's own are as wide as what they hold asks for.
    """
    every = tuple(tasks)
    longest = {
        one: max((len(task.text(one.field)) for task in every), default=0) for one in columns
    }
    return tuple(
        _as_held(one, length) for one, length in longest.items() if length or one.field in _ALWAYS
    )


def _as_held(column: Column, longest: int) -> Column:
    """Return a county's own column, narrower if it holds words, wider if it holds sentences."""
    if column.field != column.header or column.form is None:
        return column  # the program knows what it holds
    width = column.form
    if longest <= _A_WORD:
        width = min(width, _LEAST_OTHER)
    elif longest > _A_SENTENCE:
        width = max(width, _OF_SENTENCES)
    return replace(column, form=width, master=width)


class Said(Protocol):
    """A task, or a row of a form."""

    def text(self, field: str) -> str:
        """Return what it says in a column."""


# What a form has beside them. Of a quarter it may ask for three texts a task.
ACHIEVED = Column(PROGRESS.field, Part.PROGRESS.label, 52)  # then in the place of 进展情况
PROBLEMS = Column("problems", Part.PROBLEMS.label, 29)
NEXT_STEPS = Column("next_steps", Part.NEXT_STEPS.label, 29)
ANSWERS = {
    PROGRESS.field: Part.PROGRESS,
    PROBLEMS.field: Part.PROBLEMS,
    NEXT_STEPS.field: Part.NEXT_STEPS,
}  # the fields of the cells that a unit answers in
STATE = Column("state", "完成状态", 10)  # where 设置 switches it on
ROLE = Column("role", "本单位角色", 11.2)  # its header on one line

# What a task says in attributes of its own; what any further column says stands in `others`.
_OWN = frozenset(one.field for one in (NUMBER, GOAL, REQUIREMENTS, LEAD, RESPONSIBLE, LIAISON, KEY))
_NO_TEXT = frozenset({PROGRESS.field, *_OWN})

Others = tuple[tuple[str, str], ...]  # a further column's field, its text


def further(columns: Iterable[Column]) -> list[str]:
    """Return the fields of the columns that a task has no attribute for."""
    return [column.field for column in columns if column.field not in _NO_TEXT]


def text_of(task: object, others: Others, field: str) -> str:
    """Return what a task, with such further columns, says in a column; "" where it says nothing."""
    if field == NUMBER.field:
        return str(getattr(task, "shown"))  # noqa: B009 - a task's, or a form's row's
    return str(getattr(task, field)) if field in _OWN else dict(others).get(field, "")
