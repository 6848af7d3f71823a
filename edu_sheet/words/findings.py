"""问题: what is to be said about a plan or a submission, as data.

The sentence that a person reads is made from it at the edge (`edu_sheet.sentences`), and is never
read back.
"""

import json
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Union

from edu_sheet.words.period import Month, Period, Quarter, parse_period
from edu_sheet.words.place import NOWHERE, Place
from edu_sheet.words.step import Step


class Severity(StrEnum):
    """How much a finding asks of a person."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]


class NumberedTask(NamedTuple):
    """A task, and the 序号 that it has in the form or plan that the finding is about."""

    key: str
    number: int
    label: str = ""  # as issued, where that is more than the number
    part: str = ""  # what tells it from others of that number: 管理类

    @property
    def shown(self) -> str:
        """Its number as issued, behind its part: 3, 管理类3."""
        return f"{self.part}{self.label or self.number}"

    @property
    def called(self) -> str:
        """The task as a sentence names it: 第3项, 管理类第3项."""
        return f"{self.part}第{self.label or self.number}项"


# What a finding may be about.
Value = Union[  # noqa: UP007 - a type that names itself
    str, int, date, datetime, Month, Quarter, NumberedTask, Place, None, tuple["Value", ...]
]


class FindingKey(NamedTuple):
    """Which finding of a submission: the same, however often its file is read again."""

    code: str
    place: Place
    task: str = ""  # the key of the task that it is about


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: a fact about a plan or a submission."""

    code: str  # stable, English, snake_case
    severity: Severity
    place: Place = NOWHERE
    about: tuple[tuple[str, Value], ...] = ()  # what it is about, by name
    variant: str = ""  # which of a code's sentences says it, where it has several
    next: Step | None = None  # what to do about it, where that is one of the program's verbs
    number: int = field(default=0, compare=False)  # among its submission's errors, given once

    def __getitem__(self, name: str) -> Value:
        """Return what the finding is about, by name; KeyError if it says nothing of it."""
        return dict(self.about)[name]

    @property
    def name(self) -> str:
        """The name of its sentence: the code, and the variant where it has one."""
        return f"{self.code}:{self.variant}" if self.variant else self.code

    @property
    def key(self) -> FindingKey:
        """What tells it from the other findings of its submission."""
        return FindingKey(self.code, self.place, self.task.key if self.task else "")

    @property
    def task(self) -> NumberedTask | None:
        """The task that it is about, None if no task is known."""
        said = dict(self.about).get("task")
        return said if isinstance(said, NumberedTask) else None

    @property
    def tasks(self) -> tuple[NumberedTask, ...]:
        """The tasks that it is about, where it tells of several at once."""
        said = dict(self.about).get("task")
        many = said if isinstance(said, tuple) and not isinstance(said, NumberedTask) else (said,)
        return tuple(one for one in many if isinstance(one, NumberedTask))

    @property
    def source(self) -> Place:
        """Where the text that it is about stands: mostly its own place."""
        said = dict(self.about).get("source")
        return said if isinstance(said, Place) else self.place

    @property
    def text(self) -> str:
        """The text that it is about, "" if none."""
        said = dict(self.about).get("text")
        return said if isinstance(said, str) else ""

    def period(self, name: str) -> Period | None:
        """Return a period that it is about, by name."""
        said = dict(self.about).get(name)
        return said if isinstance(said, Month | Quarter) else None


def about_to_json(about: tuple[tuple[str, Value], ...]) -> str:
    """Return what a finding is about as JSON, types and order kept."""
    plain = {name: _plain(value) for name, value in about}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def about_from_json(text: str) -> tuple[tuple[str, Value], ...]:
    """Return what `about_to_json` wrote."""
    return tuple((name, _typed(value)) for name, value in json.loads(text).items())


def _plain(value: Value) -> Any:  # noqa: PLR0911 - a type a case
    """Return a value as JSON has it; what JSON has not is an object that names its type."""
    match value:
        case NumberedTask(key, number, label, part):
            more = [label, part] if part else [label] if label else []
            return {"task": [key, number, *more]}
        case Month() | Quarter():
            return {"period": str(value)}
        case Place():
            said = {one.name: getattr(value, one.name) for one in fields(Place)}
            return {"place": {name: part for name, part in said.items() if part}}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _typed(plain: Any) -> Value:  # noqa: PLR0911 - a type a case
    match plain:
        case {"task": [str(key), int(number), *more]}:
            return NumberedTask(key, number, *more)
        case {"period": str(said)}:
            return parse_period(said)
        case {"place": dict(said)}:
            last = said.pop("last", None)
            return Place(**said, last=tuple(last) if last else None)
        case {"moment": str(said)}:
            return datetime.fromisoformat(said)
        case {"day": str(said)}:
            return date.fromisoformat(said)
        case list():
            return tuple(map(_typed, plain))
        case _:
            said_plainly: Value = plain
            return said_plainly
