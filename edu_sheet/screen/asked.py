"""What a page of 待处理 asks to have decided: its fields as a decision, and what that is called."""

from collections.abc import Mapping
from dataclasses import dataclass

from edu_sheet.app import Detail
from edu_sheet.kit import clock
from edu_sheet.screen import ways
from edu_sheet.words.errors import EduSheetError, PeriodError
from edu_sheet.words.period import parse_period
from edu_sheet.words.returns import Action, Decision
from edu_sheet.words.step import Step, Verb

_FIELDS = ("action", "unit", "period", "finding", "task")


class OutdatedError(EduSheetError):
    """What a page asks for cannot be decided any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision, or the step that names one; its words; its fields, to be sent on."""

    decision: Decision | Step
    label: str
    fields: tuple[tuple[str, str], ...]


def asked(found: Detail, said: Mapping[str, str]) -> Asked:
    """Return what the fields of a page ask for.

    OutdatedError if that is no decision any more, EduSheetError if no period is picked.
    """
    fields = {name: said[name] for name in _FIELDS if said.get(name)}
    match fields.get("action"):
        case Action.ASSIGN.value:
            decision, label = _assigning(found, fields)
        case Action.ACCEPT.value | Action.REJECT.value:
            action = Action(fields["action"])
            decision = Decision(found.submission.id, action, clock.now())
            label = ways.label_of(found, action)
        case Action.TAKE.value:
            decision, label = _taking(found, fields)
        case _:
            raise _outdated()
    return Asked(decision, label, tuple(fields.items()))


def _assigning(found: Detail, fields: Mapping[str, str]) -> tuple[Decision | Step, str]:
    unit = fields.get("unit", "")
    try:
        period = parse_period(fields.get("period", ""))
    except PeriodError:
        raise EduSheetError("没有选期次", "单位和期次要一起选好。") from None
    number = found.submission.id
    step = Step(Verb.RESOLVE, submission=number, action=Action.ASSIGN, units=(unit,), period=period)
    return step, f"归到{unit}、{period.label}"


def _taking(found: Detail, fields: Mapping[str, str]) -> tuple[Decision | Step, str]:
    number, task = fields.get("finding"), fields.get("task", "")
    told = next((one for one in found.submission.findings if str(one.number) == number), None)
    if told is None:
        raise _outdated()
    shown = next((one.row.shown for one in found.rows if one.row.key == task), "")
    decision = Decision(
        found.submission.id,
        Action.TAKE,
        clock.now(),
        finding=told.key,
        place=told.source,
        task=task,
    )
    return decision, ways.take_label(told, f"第{shown}项")


def _outdated() -> OutdatedError:
    return OutdatedError("这一步已经办过了，或这一页已经过时", "请再看一遍这份文件。")
