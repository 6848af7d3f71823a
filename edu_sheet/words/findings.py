"""问题: what is to be said about a plan or a submission."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding asks of a person."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: a fact about a plan or a submission."""

    code: str  # stable, English, snake_case
    severity: Severity
    place: str  # Sheet!C7, a file's member, or "" for the whole
    message: str  # Chinese: what is wrong and what to do next

    def as_json(self) -> dict[str, str]:
        """Return the finding as the command line's JSON shows it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "message": self.message,
        }
