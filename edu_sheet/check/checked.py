"""What becomes of a returned workbook, and what it is judged by beside its own words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Action, Approval, Decision, Entry, Verdict, holding


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a returned workbook."""

    verdict: Verdict
    unit: str | None = None
    period: Period | None = None
    entries: tuple[Entry, ...] = ()
    approval: Approval | None = None
    findings: tuple[Finding, ...] = ()
    issue: int | None = None  # the form that it was checked against

    @property
    def as_rejected(self) -> "Checked":
        """What becomes of it once a person rejects it: it says why it had waited, if it had."""
        grave = [one for one in self.findings if one.severity is Severity.ERROR]
        grave = grave or [one for one in self.findings if one.severity is Severity.WARNING]
        waited = grave if self.verdict is Verdict.ATTENTION else []
        why = [replace(one, severity=Severity.INFO) for one in waited]
        told = note("rejected:waited", count=len(why)) if why else note("rejected")
        return Checked(Verdict.IGNORED, self.unit, self.period, findings=(told, *why))


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a file came: what its entries carry, and the awaited period where its mail says that."""

    received_at: datetime
    modified_at: datetime | None = None
    named: Period | None = None
    arrived_at: datetime | None = None  # by which it is newer or older; None: received_at


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about a submission, the last word on each point."""

    owner: tuple[str, Period] | None = None
    accepts: int = 0  # how often it was accepted: what it holds may be told after whose it is
    rejected: bool = False
    takes: tuple[Decision, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether a person has said that all is well."""
        return self.accepts > 0

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> "Ruling":
        """Return where decisions, oldest first, lead: a new owner makes the others void."""
        ruling = cls()
        for one in holding(decisions):
            if one.action is Action.ASSIGN and one.unit and one.period:
                ruling = cls(owner=(one.unit, one.period))
            elif one.action is Action.ACCEPT:
                ruling = replace(ruling, accepts=ruling.accepts + 1, rejected=False)
            elif one.action is Action.REJECT:
                ruling = replace(ruling, accepts=0, rejected=True)
            elif one.action is Action.TAKE:
                ruling = replace(ruling, rejected=False, takes=(*ruling.takes, one))
        return ruling
