"""Forms as JSON, as the ledger keeps them and the reader gets them, and back. Pure."""

from dataclasses import fields as fields_of
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from edu_sheet.words.columns import Column
from edu_sheet.words.forms import EarlierSheet, Form, FormRow, Identity, Issue
from edu_sheet.words.period import parse_period
from edu_sheet.words.plan import Role
from edu_sheet.words.records import legible


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
