"""A row's texts → Task, the same for a document and for the plan workbook. Pure."""

from collections.abc import Mapping

from edu_sheet.plan import layout
from edu_sheet.rules import units
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.text import items


def task(
    number: int,
    texts: Mapping[layout.Column, str],
    key: str,
    spellings: Mapping[str, str],
    liaison_header: str,
) -> Task:
    """Return the task whose texts stand in those columns, its units named as the roster does."""
    lead, responsible, liaison = (
        texts.get(column, "") for column in (layout.LEAD, layout.RESPONSIBLE, layout.LIAISON)
    )
    return Task(
        key=key,
        number=number,
        goal=texts.get(layout.GOAL, ""),
        requirements=texts.get(layout.REQUIREMENTS, ""),
        leads=units.split(lead, spellings),
        responsible=units.split(responsible, spellings),
        liaisons=units.offices(liaison, liaison_header, spellings),
        lead_text=lead,
        responsible_text=responsible,
        liaison_text=liaison,
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
                "goal": one.goal,
                "requirements": list(items(one.requirements)),
                "lead": list(one.leads),
                "responsible": list(one.responsible),
                "liaison": list(one.liaisons),
            }
            for one in plan.tasks
        ],
    }
