"""A Form and an Approval as the JSON texts that the ledger keeps, and back. Pure."""

from dataclasses import fields as fields_of
from datetime import date, datetime
from typing import Any, NamedTuple

from edu_sheet.words.forms import EarlierSheet, Form, FormRow, Identity, Issue
from edu_sheet.words.period import parse_period
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Approval


class IssueRow(NamedTuple):
    """An issue as the ledger keeps it: cheap to fetch, to compare and to send elsewhere."""

    id: int
    version: int
    form: str
    file: str
    sha256: str
    issued_at: str


def issue_from_row(row: IssueRow) -> Issue:
    """Return the issue that a row of the ledger holds."""
    issued_at = datetime.fromisoformat(row.issued_at)
    return Issue(row.id, form_from_json(row.form), row.file, row.sha256, issued_at)


def form_to_json(form: Form) -> str:
    """Return the form as JSON; equal forms give equal texts."""
    import json

    fields = _fields(form) | {
        "identity": _fields(form.identity) | {"period": str(form.identity.period)},
        "due": form.due.isoformat(),
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
    identity = fields["identity"] | {"period": parse_period(fields["identity"]["period"])}
    return Form(
        **fields
        | {
            "identity": Identity(**identity),
            "due": date.fromisoformat(fields["due"]),
            "rows": tuple(FormRow(**row | {"role": Role(row["role"])}) for row in fields["rows"]),
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


def approval_to_json(approval: Approval) -> str:
    """Return the approval as JSON."""
    import json

    said = (approval.filled_by, approval.telephone, approval.approved_by, approval.approved_on)
    return json.dumps(said, ensure_ascii=False)


def approval_from_json(text: str) -> Approval:
    """Return the approval that `approval_to_json` wrote."""
    import json

    return Approval(*json.loads(text))
