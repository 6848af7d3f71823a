"""A Plan as the JSON text that the ledger keeps, and back. Pure.

With it stand the columns that the program knew when it read the workbook: where it knows others
by now, the workbook may hold more than the text, and is read again.
Dataclasses become objects by their fields, whatever fields they have: a column that the plan gets
later needs no word here, and in a text of before it is empty.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from edu_sheet.words.columns import PLAN_COLUMNS
from edu_sheet.words.period import Month, Quarter, parse_period
from edu_sheet.words.plan import Plan

_FROM_TEXT: dict[Any, Callable[[str], Any]] = {
    Month: parse_period,
    Quarter: parse_period,
    date: date.fromisoformat,
}


def plan_to_json(plan: Plan) -> str:
    """Return the plan as JSON; equal plans give equal texts."""
    import json

    said = {"known": _encoded(PLAN_COLUMNS), "plan": _encoded(plan)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=2)  # it is asked again and again for the same one; nothing changes a Plan
def plan_from_json(text: str) -> Plan | None:
    """Return the plan that `plan_to_json` wrote, None if this program cannot read it any more."""
    import json

    try:
        said = json.loads(text)
        if said["known"] != _encoded(PLAN_COLUMNS):
            return None
        return cast("Plan", _decoded(Plan, said["plan"]))
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def _encoded(value: object) -> object:
    if isinstance(value, Month | Quarter):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {one.name: _encoded(getattr(value, one.name)) for one in fields(value) if one.init}
    if isinstance(value, Mapping):
        return {str(key): _encoded(one) for key, one in value.items()}
    return [*map(_encoded, value)] if isinstance(value, tuple) else value


def _decoded(kind: Any, value: Any) -> Any:
    """Return a value of that type; TypeError, ValueError or KeyError if it is none."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(inner, value)
    if kind in _FROM_TEXT:
        return _FROM_TEXT[kind](value)
    if origin is tuple:
        return tuple(_decoded(inner[0], one) for one in value)
    if origin is dict:
        return {_decoded(inner[0], key): _decoded(inner[1], one) for key, one in value.items()}
    if is_dataclass(kind):
        make = cast("type", kind)
        known = _hints(make)
        return make(**{name: _decoded(known[name], one) for name, one in value.items()})
    return kind(value)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Return a value of one of some types: each is told by the shape of its JSON."""
    if value is None:
        return None
    objects = [kind for kind in kinds if is_dataclass(kind) and kind not in (Month, Quarter)]
    if isinstance(value, dict):
        return _decoded(objects[0], value)
    return _decoded(next(kind for kind in kinds if kind not in (*objects, type(None))), value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
