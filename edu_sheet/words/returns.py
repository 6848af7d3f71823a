"""报送件: what came back, what became of it, and what a person decided."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from edu_sheet.words.findings import Finding, FindingKey, Severity
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Role

_OF_DECISIONS = ("rejected", "assigned", "taken", "accepted_by_decision", "settled_by_form")
# What is told of a return whose sender may be another than the unit.
OF_STRANGERS = ("sender_unknown", "sender_differs", "sender_contradiction", "sender_unproven")


class Verdict(StrEnum):
    """结论: what became of a submission (the meaning of each: docs/design.md)."""

    ACCEPTED = "accepted"
    ATTENTION = "attention"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """The verdict in Chinese."""
        return {"accepted": "已收", "attention": "待处理", "ignored": "未采用"}[self.value]


class State(StrEnum):
    """Where a unit stands in a period; attention wins over all."""

    RETURNED = "returned"
    LATE = "late"
    ATTENTION = "attention"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {
            "returned": "已报",
            "late": "迟报",
            "attention": "待处理",
            "missing": "未报",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Entry:
    """进展: the text of one unit on one task in one period, and where it came from.

    Of a form that asks for several parts each cell is one of its own; the text that stands for
    the task is then made of `cells`, and has the place of the first.
    """

    period: Period
    unit: str
    task: str  # the task's key
    role: Role
    text: str
    place: str  # 填报表!D7
    file: str = ""
    sha256: str = ""
    received_at: datetime | None = None
    modified_at: datetime | None = None
    submission: int = 0
    state: str = ""  # 完成状态, where it is switched on
    arrived_at: datetime | None = None  # by which it is newer or older; None: received_at
    part: Part = Part.PROGRESS
    cells: tuple["EntryCell", ...] = ()  # what it is made of; () where it is one cell itself
    replaced: tuple["EntryCell", ...] = ()  # older ones of which something does not stand any more
    ruled: int = 0  # the decision that took its file over another of the same moment; 0: none did

    def __hash__(self) -> int:
        # Nearly always enough to tell two apart, in a fifth of the time of all fields.
        return hash((self.submission, self.unit, self.task, self.place))

    def cell(self, part: Part) -> "EntryCell | None":
        """Return the cell that says a part of it; None where none does."""
        cells = self.cells or (EntryCell.of(self),)
        return next((one for one in cells if one.part is part), None)


@dataclass(frozen=True, slots=True)
class EntryCell:
    """One cell of those that make up a text."""

    part: Part
    text: str
    place: str
    file: str
    sha256: str
    received_at: datetime | None
    modified_at: datetime | None
    submission: int
    arrived_at: datetime | None

    @classmethod
    def of(cls, entry: Entry) -> "EntryCell":
        """Return the cell that an entry of one cell is."""
        return cls(*_cell_of(entry))

    def alone(self, whole: Entry) -> Entry:
        """Return what this cell alone says, as an entry like the whole."""
        if not (whole.cells or whole.replaced):  # it is all that there is
            return whole
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(whole, **own, cells=(), replaced=())


_cell_of = attrgetter(*(one.name for one in fields(EntryCell)))


@dataclass(frozen=True, slots=True)
class Approval:
    """Who filled in and who approved a quarter's material."""

    filled_by: str = ""
    telephone: str = ""
    approved_by: str = ""
    approved_on: str = ""

    @property
    def signed(self) -> bool:
        """Whether it says both who approved and when; else the material is 未经审定."""
        return bool(self.approved_by.strip() and self.approved_on.strip())


@dataclass(frozen=True, slots=True)
class Submission:
    """报送件: one returned file, whatever its name, and what became of it."""

    id: int
    file: str  # its name in the inbox; a member of a container as 包.zip/名.xlsx
    sha256: str
    kind: str
    verdict: Verdict
    received_at: datetime
    unit: str | None = None
    period: Period | None = None
    modified_at: datetime | None = None
    approval: Approval | None = None
    findings: tuple[Finding, ...] = ()
    sender: str = ""  # the address of the message that brought it
    arrived_at: datetime | None = None  # by which it is newer or older; None: received_at
    issue: int | None = None  # the form that it was checked against

    @property
    def needs_a_person(self) -> bool:
        """Whether it waits, or was taken in with an error."""
        return self.verdict is Verdict.ATTENTION or any(
            one.severity is Severity.ERROR for one in self.findings
        )

    @property
    def unpacked(self) -> bool:
        """Whether it is an archive that was opened: what was in it is told file by file."""
        return self.verdict is Verdict.ACCEPTED and self.kind == "zip"

    @property
    def decided(self) -> tuple[Finding, ...]:
        """What became of it by a person's word, or by a form that came since."""
        return tuple(one for one in self.findings if one.code in _OF_DECISIONS)

    @property
    def ended_by(self) -> Finding | None:
        """What tells that a form has settled it, for which it had waited; None of all others."""
        return next((one for one in self.findings if one.code == "settled_by_form"), None)

    @property
    def waited_for(self) -> tuple[Finding, ...]:
        """Why it waits, or had waited before it was settled; () where nothing was in doubt."""
        for at, one in enumerate(self.findings, start=1):
            if (one.code, one.variant) == ("rejected", "waited"):
                count = one["count"]
                return self.findings[at : at + count] if isinstance(count, int) else ()
        least = (Severity.ERROR, Severity.WARNING) if self.decided else (Severity.ERROR,)
        return tuple(one for one in self.findings if one.severity in least)

    @property
    def bounce(self) -> bool:
        """Whether it is a report on a letter of ours: about a unit, and never an answer of it."""
        return any(one.code == "mail_bounced" for one in self.findings)

    @property
    def recall(self) -> bool:
        """Whether it is a notice that its sender recalls a message."""
        return any(one.code == "mail_recall" for one in self.findings)

    @property
    def notice(self) -> bool:
        """Whether it only tells of another message, and is never an answer itself."""
        return self.bounce or self.recall


@dataclass(frozen=True, slots=True)
class Edit:
    """人工修改: what the clerk wrote in a master in the place of what the returns or the plan say.

    `field` is a column of the master. In 进展情况 `unit` names the section that was edited, "" is
    the whole cell; an edit is also of `unit` "" in every other column. `text` is None where the
    clerk has taken the edit back. `over` is the text underneath that she has seen: while the
    returns say something else, her text and theirs are in conflict. `keys` gives the units' keys by
    the names that they bore when it was made; older edits have none.
    """

    period: Period
    task: str  # the task's key
    field: str
    unit: str
    text: str | None
    over: str
    edited_at: datetime
    keys: tuple[tuple[str, str], ...] = ()


class Action(StrEnum):
    """What a person decided about a submission."""

    ASSIGN = "assign"  # whose it is, and of which period
    ACCEPT = "accept"
    REJECT = "reject"
    TAKE = "take"  # the text at a place is a task's text
    UNDO = "undo"  # the last decision that holds is taken back


@dataclass(frozen=True, slots=True)
class Decision:
    """裁定: what a person decided, and when.

    Of a text that is taken, `place` says where in the file it stands, and `finding` which finding
    told of it: None where the place alone is meant.
    """

    submission: int
    action: Action
    decided_at: datetime
    unit: str | None = None
    period: Period | None = None
    finding: FindingKey | None = None
    place: Place | None = None
    task: str | None = None  # the task's key


def holding(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, oldest first: those that were not taken back."""
    held: list[Decision] = []
    for one in decisions:
        if one.action is not Action.UNDO:
            held.append(one)
        elif held:
            held.pop()
    return tuple(held)


class Came(StrEnum):
    """What a unit sent that gave no text, so that it has not reported and yet not been silent."""

    OTHER_FORM = "other_form"  # it waits: a PDF, a picture and the like
    MAIL = "mail"  # it waits: a message without a form
    WAITING = "waiting"  # it waits
    PERHAPS = "perhaps"  # what waits may be its own, or another's
    REJECTED = "rejected"
    BLANK = "blank"

    @property
    def label(self) -> str:
        """What it was, as it stands in brackets behind a state or a unit."""
        return {
            "other_form": "PDF、Word、图片等",
            "mail": "邮件，没有附填报表",
            "waiting": "待核实",
            "perhaps": "可能已报，待核实",
            "rejected": "报的没有采用",
            "blank": "空表",
        }[self.value]


CLAIMED_BOUNCE = "邮件称没有送达，待核实"


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One line of `status`: a unit in a period."""

    unit: str
    state: State
    received_at: datetime | None
    tasks: int
    reported: int
    late_days: int = 0
    came: Came | None = None  # what waits, or what came where nothing was taken
    hollow: int = 0  # of the tasks that it reported on: those of which its texts say nothing, 无
    claimed_bounce: bool = False  # a mail that proves nothing says that our letter did not arrive

    @property
    def silent(self) -> bool:
        """Whether nothing came at all."""
        return self.state is State.MISSING and self.came is None

    @property
    def label(self) -> str:
        """Its state in Chinese, with what it sent where that gave no text: 未报（空表）."""
        said = [self.came.label] if self.came not in (None, Came.WAITING) else []
        said += [CLAIMED_BOUNCE] if self.claimed_bounce else []
        return f"{self.state.label}（{'；'.join(said)}）" if said else self.state.label

    @property
    def blank(self) -> int:
        """How many of its tasks have no text."""
        return self.tasks - self.reported

    @property
    def hollow_label(self) -> str:
        """How many of its texts say nothing, in words, "" for none: they count as reported."""
        return f"{self.hollow}项没有实质内容" if self.hollow else ""

    @property
    def incomplete(self) -> bool:
        """Whether something came back, but not for every task."""
        return self.state in (State.RETURNED, State.LATE) and self.blank > 0

    def as_json(self) -> dict[str, object]:
        """Return the line as the command line's JSON shows it."""
        return {
            "unit": self.unit,
            "state": self.state.value,
            "received_at": self.received_at.isoformat() if self.received_at else None,
            "tasks": self.tasks,
            "reported": self.reported,
            "blank": self.blank,
        }
