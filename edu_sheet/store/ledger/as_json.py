"""Forms, findings and approvals as the ledger keeps them, mostly JSON, and back. Pure."""

import sqlite3
from dataclasses import fields as fields_of
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from edu_sheet.store.ledger.faults import legible
from edu_sheet.words.columns import Column
from edu_sheet.words.findings import Finding, FindingKey, Severity, about_from_json, about_to_json
from edu_sheet.words.forms import EarlierSheet, Form, FormRow, Identity, Issue
from edu_sheet.words.period import parse_period
from edu_sheet.words.place import Place, place_of
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Approval

_COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


class IssueRow(NamedTuple):
    """An issue as the ledger keeps it: cheap to fetch, to compare and to send elsewhere."""

    id: int
    version: int
    form: str
    file: str
    sha256: str
    issued_at: str


def issue_from_row(row: IssueRow) -> Issue:
    """Return the issue that a row of the ledger holds; LedgerError if it cannot be read."""
    with legible(f"编号 {row.id} 的填报表"):
        issued_at = datetime.fromisoformat(row.issued_at)
        return Issue(row.id, form_from_json(row.form), row.file, row.sha256, issued_at)


def form_to_json(form: Form) -> str:
    """Return the form as JSON; equal forms give equal texts."""
    import json

    fields = _fields(form) | {
        "identity": _fields(form.identity) | {"period": str(form.identity.period)},
        "due": form.due.isoformat(),
        "columns": [(column.field, column.header, column.width) for column in form.columns],
        "states": form.states,  # asked for by the ledger's own queries
        "rows": [_fields(row) for row in form.rows],
        "earlier": [_fields(sheet) for sheet in form.earlier],
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _fields(one: Form | FormRow | Identity | EarlierSheet) -> dict[str, Any]:
    """Return the fields alone: `asdict` copies every text below them, in ten times the time."""
    return {name: getattr(one, name) for name in _NAMES[type(one)]}


_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(one.name for one in fields_of(kind))
    for kind in (Form, FormRow, Identity, EarlierSheet)
}


def form_from_json(text: str) -> Form:
    """Return the form that `form_to_json` wrote."""
    import json

    fields: dict[str, Any] = json.loads(text)
    states, header = fields.pop("states"), fields.pop("liaison_header", "")
    columns = fields.pop("columns", None) or _first_columns(header, states=states)
    identity = fields["identity"] | {"period": parse_period(fields["identity"]["period"])}
    return Form(
        **fields
        | {
            "identity": Identity(**identity),
            "due": date.fromisoformat(fields["due"]),
            "columns": _columns(tuple(map(tuple, columns))),
            "rows": tuple(map(_row, fields["rows"])),
            "earlier": tuple(
                EarlierSheet(
                    sheet["name"],
                    sheet["title"],
                    tuple(sheet["header"]),
                    tuple(tuple(row) for row in sheet["rows"]),
                )
                for sheet in fields["earlier"]
            ),
        }
    )


def _row(fields: dict[str, Any]) -> FormRow:
    others = tuple((field, text) for field, text in fields.get("others", ()))
    return FormRow(**fields | {"role": Role(fields["role"]), "others": others})


@lru_cache(maxsize=64)  # the forms of a period have the same columns
def _columns(said: tuple[tuple[str, str, float], ...]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in said)


def _first_columns(liaison_header: str, *, states: bool) -> list[tuple[str, str, float]]:
    """Return the columns of a form of the first release, which did not record them."""
    return [
        ("number", "序号", 5),
        ("goal", "目标任务", 16),
        ("requirements", "具体要求", 42),
        ("progress", "进展情况", 44),
        *([("state", "完成状态", 10)] if states else []),
        ("lead_text", "牵头部门", 12),
        ("responsible_text", "责任部门", 17),
        ("liaison_text", liaison_header or "牵头联络股室", 13),
        ("role", "本单位角色", 8),
        ("key", "任务键", 0),
    ]


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
