"""What whoever asks for a plan workbook to be read gets of it; its sheets stay with the reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edu_sheet.kit.files import sha256
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import PlanError
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Plan
from edu_sheet.words.step import Step, Verb

_SHOWN = 10  # errors in one message; check lists all


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan workbook as it was read. With errors the plan is what could be read, or None."""

    plan: Plan | None
    errors: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    name: str  # of its file
    data: bytes = field(repr=False)  # the file
    # Where a column of a task stands (分工方案!C7), by the task's key and column's field.
    places: Mapping[tuple[str, str], Place] = field(repr=False)

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        return sha256(self.data)

    def valid(self) -> Plan:
        """Return the plan; PlanError if it has errors: which, by cell."""
        if self.errors or self.plan is None:
            raise PlanError(
                _message(self.name, self.errors),
                "请用 Excel 打开该文件，逐处改正、保存并关闭，再检查一遍。",
                Step(Verb.CHECK),
            )
        return self.plan


def _message(name: str, errors: tuple[Finding, ...]) -> str:
    told = [f"{_where(finding.place)}：{sentence(finding)}" for finding in errors[:_SHOWN]]
    if len(errors) == 1:
        return f"{name} {told[0]}"
    rest = len(errors) - len(told)
    more = [f"另有{rest}处，检查方案时全部列出"] if rest else []
    return "\n".join([f"{name} 有{len(errors)}处错误：", *(f"  {line}" for line in told + more)])


def _where(place: Place) -> str:
    """Return 第7行（分工方案!E7） for a cell, the sheet's name for a sheet."""
    return f"第{place.row}行（{place}）" if place.row else f"“{place}”表"
