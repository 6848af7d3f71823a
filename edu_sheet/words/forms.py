"""填报表: what goes out to a unit for a period."""

from dataclasses import dataclass, field
from datetime import date, datetime

from edu_sheet.words.columns import ANSWERS, ROLE, STATE, Column, Others, text_of
from edu_sheet.words.findings import NumberedTask
from edu_sheet.words.parts import Part
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
    others: Others = ()  # what the further columns that the form prints say
    label: str = ""  # the task's number as issued, where that is more than `number`

    @property
    def shown(self) -> str:
        """The task's number as issued."""
        return self.label or str(self.number)

    @property
    def named(self) -> NumberedTask:
        """The task as a finding names it."""
        return NumberedTask(self.key, self.number, self.label)

    def text(self, field: str) -> str:
        """Return what is issued in a column of the form: "" where the unit fills it in."""
        return self.role.label if field == ROLE.field else text_of(self, self.others, field)


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

    @property
    def parts(self) -> tuple[str, ...]:
        """What it consists of, as texts: so it is signed, and written into a form."""
        return (self.plan, str(self.version), self.unit, str(self.period), self.digest)


@dataclass(frozen=True, slots=True)
class Form:
    """填报表: the workbook issued to one unit for one period, before layout."""

    identity: Identity
    number: str  # 表单编号, printed on the sheet
    token: str  # the identity, signed
    title: str
    due: date
    instructions: str
    columns: tuple[Column, ...]  # of the table: field, header and width, as issued
    rows: tuple[FormRow, ...]
    earlier: tuple[EarlierSheet, ...] = ()
    font: str = "宋体"
    unit_key: str = field(default="", compare=False)  # whose it is, whatever it is called now

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the table's columns, in their order."""
        return tuple(column.field for column in self.columns)

    @property
    def states(self) -> bool:
        """Whether it has a column 完成状态."""
        return STATE.field in self.fields

    def column_of(self, column: Column) -> int:
        """Return where a column stands as it was issued, from 1."""
        return self.fields.index(column.field) + 1

    @property
    def answers(self) -> dict[str, Part]:
        """The fields that the unit answers in, with the part that each asks for."""
        return {name: part for name, part in ANSWERS.items() if name in self.fields}

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
