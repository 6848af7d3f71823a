"""Findings, approvals and moments as the ledger keeps them, mostly JSON, and back. Pure."""

import sqlite3
from datetime import datetime
from typing import Any

from edu_sheet.words.findings import Finding, FindingKey, Severity, about_from_json, about_to_json
from edu_sheet.words.place import Place, place_of
from edu_sheet.words.returns import Approval

_COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


def finding_to_row(finding: Finding) -> tuple[str, ...]:
    """Return code, variant, severity, sheet, cell, member and JSON of what a finding is about."""
    place = finding.place
    where = (place.sheet, place.cell, place.member)
    about = about_to_json(finding.about)
    return (finding.code, finding.variant, finding.severity.value, *where, about)


def finding_from_row(row: sqlite3.Row) -> Finding:
    """Return the finding that `finding_to_row` wrote."""
    return Finding(
        row["code"],
        Severity(row["severity"]),
        place_of(row["sheet"], row["cell"], row["member"]),
        about_from_json(row["about"]),
        row["variant"],
    )


def finding_key_to_json(key: FindingKey) -> str:
    """Return which finding is meant as JSON."""
    import json

    place = key.place
    return json.dumps([key.code, place.sheet, place.cell, place.member, key.task], **_COMPACT)


def finding_key_from_json(text: str) -> FindingKey:
    """Return what `finding_key_to_json` wrote."""
    import json

    code, sheet, cell, member, task = json.loads(text)
    return FindingKey(code, place_of(sheet, cell, member), task)


def place_to_json(place: Place) -> str:
    """Return a place as JSON."""
    import json

    return json.dumps([place.sheet, place.cell, place.member], **_COMPACT)


def place_from_json(text: str) -> Place:
    """Return what `place_to_json` wrote."""
    import json

    return place_of(*json.loads(text))


def approval_to_json(approval: Approval) -> str:
    """Return the approval as JSON."""
    import json

    said = (approval.filled_by, approval.telephone, approval.approved_by, approval.approved_on)
    return json.dumps(said, ensure_ascii=False)


def approval_from_json(text: str) -> Approval:
    """Return the approval that `approval_to_json` wrote."""
    import json

    return Approval(*json.loads(text))


def moment_or_none(text: str | None) -> datetime | None:
    """Return the moment that a record holds, None where it holds none; ValueError for no moment."""
    return datetime.fromisoformat(text) if text else None
