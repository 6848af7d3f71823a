"""A row's texts → Task, the same for a document and for the plan workbook. Pure."""

from collections.abc import Mapping, Sequence

from edu_sheet.rules import units
from edu_sheet.words.columns import (
    GOAL,
    LEAD,
    LIAISON,
    PROGRESS,
    REQUIREMENTS,
    RESPONSIBLE,
    Column,
    further,
)
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.text import items


def task(
    number: int,
    texts: Mapping[str, str],
    key: str,
    spellings: Mapping[str, str],
    columns: Sequence[Column],
    label: str = "",
) -> Task:
    """Return the task with these texts (by column's field), its units named as the roster does.

    `label` is its number as issued. `columns` are the plan's; the units of liaison offices may be
    named in their header alone.
    """
    lead, responsible, liaison = (
        texts.get(column.field, "") for column in (LEAD, RESPONSIBLE, LIAISON)
    )
    header = next(one.header for one in columns if one.field == LIAISON.field)
    return Task(
        key=key,
        number=number,
        goal=texts.get(GOAL.field, ""),
        requirements=texts.get(REQUIREMENTS.field, ""),
        leads=units.split(lead, spellings),
        responsible=units.split(responsible, spellings),
        liaisons=units.offices(liaison, header, spellings),
        lead_text=lead,
        responsible_text=responsible,
        liaison_text=liaison,
        others=tuple((field, texts.get(field, "")) for field in further(columns)),
        label="" if label == str(number) else label,
        earlier=texts.get(PROGRESS.field, ""),
    )


def as_json(plan: Plan) -> dict[str, object]:
    """Return the plan as `check --json` shows it: requirements item by item, names the roster's."""
    return {
        "title": plan.settings.title,
        "doc_number": plan.settings.doc_number,
        "issuer": plan.settings.issuer,
        "tasks": [
            {
                "number": one.number,
                "label": one.shown,
                "goal": one.goal,
                "requirements": list(items(one.requirements)),
                "lead": list(one.leads),
                "responsible": list(one.responsible),
                "liaison": list(one.liaisons),
                "others": dict(one.others),
                "earlier": one.earlier,
            }
            for one in plan.tasks
        ],
    }
