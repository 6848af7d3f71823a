"""通报排名: the units of a month in a row, where 设置 asks for it. Pure."""

from dataclasses import dataclass

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.progress import says_nothing
from edu_sheet.summary.content.content import Attachment, AttachmentColumn
from edu_sheet.summary.content.tracked import lagging, overdue
from edu_sheet.words.returns import State, UnitStatus

_COLUMNS = (
    ("名次", 900, True),
    ("单位", 3344, False),
    ("应报任务", 1150, True),
    ("已报任务", 1150, True),
    ("逾期天数", 1150, True),
    ("滞后和逾期事项", 1150, True),
)


@dataclass(frozen=True, slots=True)
class _Line:
    status: UnitStatus
    lagging: int  # tasks that it calls behind or not begun, and its deadlines that have passed
    says_something: bool  # of any task: 无 and 完成状态 alone do not

    @property
    def came(self) -> bool:
        """Whether a form of it was taken in, whatever it says."""
        return self.status.state in (State.RETURNED, State.LATE)

    @property
    def order(self) -> tuple[bool, bool, float, int, int]:
        """What it is ranked by: said anything, came at all, how much, how late, how much lags."""
        one = self.status
        share = one.reported / one.tasks if one.tasks else 1.0
        gone = one.state is State.MISSING
        return not self.says_something, gone, -share, one.late_days, self.lagging


def ranking_table(facts: PeriodFacts) -> Attachment:
    """Return the units of the period by what they reported, when, and what lags; ties share."""
    lagging, telling = _lagging(facts), _telling(facts)
    lines = sorted(
        (
            _Line(one, lagging.get(one.unit, 0), one.unit in telling)
            for one in facts.statuses[facts.period]
        ),
        key=lambda line: line.order,
    )
    orders = [line.order for line in lines]
    rows = tuple(_row(orders.index(line.order) + 1, line) for line in lines)
    return Attachment(
        f"{facts.period.label}报送情况排名",
        tuple(AttachmentColumn(*column) for column in _COLUMNS),
        rows,
        explained="依次按报送任务的比例、逾期天数、滞后和逾期事项排列；报送中没有内容的（只填状态、"
        "“无”）排在有内容的后面，未报送的排在最后；相同的名次相同。",
    )


def _row(rank: int, line: _Line) -> tuple[str, ...]:
    one = line.status
    late = f"{one.late_days}" if one.state is State.LATE else "0"
    days = late if line.came or line.says_something else "未报送" if one.silent else one.label
    return (
        str(rank),
        one.unit,
        str(one.tasks),
        str(one.reported),
        days,
        str(line.lagging),
    )


def _telling(facts: PeriodFacts) -> set[str]:
    """Return the units whose own texts say anything."""
    return {
        one.unit
        for said in facts.voices.values()
        for one in said
        if one.returned and not says_nothing(one.returned.text)
    }


def _lagging(facts: PeriodFacts) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, one, _ in lagging(facts):
        found[one.unit] = found.get(one.unit, 0) + 1
    for due in overdue(facts):
        for name in due.task.answering:
            for unit in facts.plan.roster.reporters(name):
                found[unit] = found.get(unit, 0) + 1
    return found
