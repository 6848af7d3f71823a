"""填报表: what goes out to a unit for a period."""

from dataclasses import dataclass
from datetime import date, datetime

from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Role


@dataclass(frozen=True, slots=True)
class FormRow:
    """One task as a form prints it, in the form's order."""

    key: str
    number: int
    role: Role
    goal: str
    requirements: str
    lead_text: str
    responsible_text: str
    liaison_text: str


@dataclass(frozen=True, slots=True)
class EarlierSheet:
    """A locked sheet of texts that were reported before: for reading, not for filling."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a form this form and no other; `digest` is the hash of its locked cells."""

    plan: str
    version: int
    unit: str
    period: Period
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """填报表: the workbook issued to one unit for one period, before layout."""

    identity: Identity
    number: str  # 表单编号, printed on the sheet
    token: str  # the identity, signed
    title: str
    due: date
    instructions: str
    liaison_header: str
    rows: tuple[FormRow, ...]
    earlier: tuple[EarlierSheet, ...] = ()
    font: str = "宋体"
    states: bool = False  # whether it has a column 完成状态

    @property
    def quarterly(self) -> bool:
        """Whether this is a lead unit's form for a quarter, with fields for its approval."""
        return isinstance(self.identity.period, Quarter)


@dataclass(frozen=True, slots=True)
class Issue:
    """A form as it went out: where it lies and what it was."""

    id: int
    form: Form
    file: str  # relative to the workspace, with /
    sha256: str
    issued_at: datetime
