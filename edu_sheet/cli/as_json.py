"""Findings and submissions as the command line's JSON shows them (docs/design.md)."""

from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.cli.steps import next_sentence
from edu_sheet.sentences import sentence
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission

if TYPE_CHECKING:
    from edu_sheet.mail.by_hand import ByHand


def in_words(finding: Finding, folder: Path) -> str:
    """Return a finding as a sentence, with the command that follows from it."""
    said = sentence(finding)
    return f"{said}{next_sentence(finding.next, folder)}" if finding.next else said


def finding_json(finding: Finding, folder: Path) -> dict[str, str]:
    """Return a finding: code, severity, place and message."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place),
        "message": in_words(finding, folder),
    }


def submission_json(submission: Submission, folder: Path) -> dict[str, object]:
    """Return a submission with its findings."""
    return {
        "id": submission.id,
        "file": submission.file,
        "sha256": submission.sha256,
        "verdict": submission.verdict.value,
        "unit": submission.unit,
        "period": str(submission.period) if submission.period else None,
        "findings": [finding_json(one, folder) for one in submission.findings],
    }


def by_hand_json(period: Period, found: "ByHand") -> dict[str, object]:
    """Return letters for a person to copy."""
    reasons = {one.unit: one.reason for one in found.without}
    return {
        "period": str(period),
        "kind": found.kind.value,
        "letters": [
            {
                "unit": one.letter.unit,
                "mail": [*one.letter.to],
                "subject": one.letter.subject,
                "text": one.letter.text,
                "files": [file.file or file.name for file in one.letter.attachments],
                "state": one.fate.name.lower(),
                "reason": reasons.pop(one.letter.unit, ""),
            }
            for one in found.posted
        ],
        "without": [{"unit": unit, "reason": reason} for unit, reason in reasons.items()],
    }
