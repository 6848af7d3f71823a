"""通报排名: the units of a month in a row, where 设置 asks for it. Pure."""

from dataclasses import dataclass

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.progress import says_nothing
from edu_sheet.summary.content.content import Attachment, AttachmentColumn
from edu_sheet.summary.content.tracked import lagging, overdue
from edu_sheet.words.returns import State, UnitStatus

_COLUMNS = (
    ("名次", 900, True),
    ("单位", 2644, False),
    ("应报任务", 1000, True),
    ("已报任务", 1000, True),
    ("其中有内容", 1100, True),
    ("逾期天数", 1100, True),
    ("滞后和逾期事项", 1100, True),
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
    def telling(self) -> int:
        """Of how many tasks it says anything."""
        return self.status.reported - self.status.hollow

    @property
    def order(self) -> tuple[bool, bool, bool, float, int, int]:
        """What it is ranked by: said anything, came at all, how much, how late, how much lags.

        What waits for the office to look at it comes last, and is not ranked.
        """
        one = self.status
        share = self.telling / one.tasks if one.tasks else 1.0
        waits, gone = one.state is State.ATTENTION, one.state is State.MISSING
        return waits, not self.says_something, gone, -share, one.late_days, self.lagging


def ranking_table(facts: PeriodFacts) -> Attachment:
    """Return the units of the period by what they reported, when, and what lags; ties share.

    A unit of which a file waits for the office has no place: nobody knows yet what it says.
    """
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
        explained="依次按报送有内容的任务的比例、逾期天数、滞后和逾期事项排列；只填状态、“无”的不算有"
        "内容，未报送的排在最后；相同的名次相同；报送件待核实的不排名次。",
    )


def _row(rank: int, line: _Line) -> tuple[str, ...]:
    one = line.status
    late = f"{one.late_days}" if one.state is State.LATE else "0"
    days = late if line.came or line.says_something else "未报送" if one.silent else one.label
    waits = one.state is State.ATTENTION
    days = "待核实" if waits else days
    return (
        "—" if waits else str(rank),
        one.unit,
        str(one.tasks),
        str(one.reported),
        str(line.telling),
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
