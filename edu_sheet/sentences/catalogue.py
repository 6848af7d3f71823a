"""Every code with its severity and its sentence, and how a finding is put into words. Pure."""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

from edu_sheet.sentences import (
    answers,
    files,
    master,
    plan_changes,
    plan_workbook,
    returns,
    whose,
    workspace,
)
from edu_sheet.words.findings import Finding, NumberedTask, Severity, Value
from edu_sheet.words.period import Month, Quarter
from edu_sheet.words.place import NOWHERE, Place
from edu_sheet.words.text import quoted

# By code, or code:variant where a code has several sentences.
CATALOGUE: dict[str, tuple[Severity, str]] = {
    **whose.CODES,
    **returns.CODES,
    **answers.CODES,
    **files.CODES,
    **plan_workbook.CODES,
    **plan_changes.CODES,
    **master.CODES,
    **workspace.CODES,
}
# What a word of the data is called: {kind:object} in a sentence. A phrase may have values, too.
PHRASES: dict[str, dict[str, str]] = {
    "area": answers.AREAS,
    "object": answers.OBJECTS,
    "signal": whose.SIGNALS,
    "fault": files.FAULTS,
    "wanted": plan_workbook.WANTED,
}


def _called(value: Value) -> str:
    """Return a task, or the several of one sentence: 第3项, 管理类第3项, 第3、4项."""
    return value.called if isinstance(value, NumberedTask) else f"第{_plainly(value)}项"


# How a value of some kind is shown: {units:listed}.
SHOWN: Mapping[str, Callable[[Any], str]] = {
    **returns.SHOWN,
    **answers.SHOWN,
    **files.SHOWN,
    **plan_workbook.SHOWN,
    **plan_changes.SHOWN,
    **master.SHOWN,
    **workspace.SHOWN,
    "called": _called,
    "count": lambda values: str(len(values)),
    "quoted": lambda values: "".join(f"“{quoted(one)}”" for one in values),
    "whole": str,
}
WHOLE = files.WHOLE  # the same, where there is room for all of it
_LONGEST = 1000  # characters of a text that a sentence quotes; the finding has the whole
_AS_IT_IS = "told"  # an older ledger kept the sentence alone: a value like another


def note(name: str, place: Place | None = None, /, **about: Value) -> Finding:
    """Return the finding of a name in the catalogue, as grave as the catalogue says."""
    severity, _ = CATALOGUE[name]
    code, _, variant = name.partition(":")
    return Finding(code, severity, place or NOWHERE, tuple(about.items()), variant)


def sentence(finding: Finding, *, whole: bool = False) -> str:
    """Return what a person reads: what is wrong, and what to do.

    Of a long text its beginning, or the `whole` of it.
    """
    values = dict(finding.about)
    if _AS_IT_IS in values:
        return quoted(str(values[_AS_IT_IS]))
    _, template = CATALOGUE[finding.name]
    return _Words(values, whole=whole).said(template)


def advice(finding: Finding) -> str:
    """Return what to do about a finding of 总表, "" where nothing is left to do."""
    known = master.ADVICE.get(finding.name)
    return known or master.ADVICE.get(finding.code, "")


class _Words(Formatter):
    """Puts the values of one finding into a sentence."""

    def __init__(self, values: Mapping[str, Value], *, whole: bool) -> None:
        self._values = values
        self._whole = whole

    def said(self, template: str) -> str:
        """Return a template with its values."""
        return self.vformat(template, (), self._values)

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value in words: by a phrase, as a kind of thing is shown, or plainly."""
        if format_spec in PHRASES:
            return self.said(PHRASES[format_spec][value])
        if self._whole and format_spec in WHOLE:
            return WHOLE[format_spec](value)
        if format_spec in SHOWN:
            return SHOWN[format_spec](value)
        if self._whole and isinstance(value, str) and not format_spec:
            return quoted(value)
        if not format_spec:
            return _plainly(value)
        return format(quoted(value) if isinstance(value, str) else value, format_spec)


def _plainly(value: Value) -> str:
    match value:
        case NumberedTask():
            return value.shown
        case Month() | Quarter():
            return value.label
        case tuple():
            return "、".join(map(_plainly, value))
        case _:
            text = quoted(str(value))
            return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共 {len(text)} 字）"
