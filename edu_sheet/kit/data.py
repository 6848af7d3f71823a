"""Values as plain data and back, for what passes from a process that is not trusted.

Both ways go by the types that dataclasses and named tuples declare. What comes in becomes a value
of those types and nothing else: no name in it is looked up, and nothing of it runs.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, Union

from edu_sheet.words import letters, period, returns
from edu_sheet.words.findings import Finding, Severity, about_from_json, about_to_json
from edu_sheet.words.place import Place
from edu_sheet.words.step import Step

# Types that modules name for the type checker alone, lest they import in circles.
_LATE: dict[str, Any] = {
    "Period": period.Period,
    "Action": returns.Action,
    "MailKind": letters.MailKind,
    "How": letters.How,
}

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


class DataError(ValueError):
    """What came in is no value of the type that was expected."""


class _Form(NamedTuple):
    """How the values of a type are written, and made again."""

    plain: Callable[[Any], Any]
    made: Callable[[Any], Any]


def encode(kind: Any, value: Any) -> bytes:
    """Return a value of a type as bytes."""
    plain = _form(kind).plain(value)
    return _JSON.encode(plain).encode("utf-8", "surrogatepass")


def decode(kind: Any, data: bytes) -> Any:
    """Return the value of a type that `encode` wrote; DataError if it is none."""
    try:
        return _form(kind).made(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DataError(f"no {kind}: {error}") from error


@cache
def _form(kind: Any) -> _Form:  # noqa: PLR0911 - a kind of type a case
    if kind in _PLAIN:
        return _Form(_same, _exactly(kind))
    if kind in _SPECIAL:
        return _SPECIAL[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(inner)
    if origin is tuple and inner[-1:] != (...,):
        return _record(tuple, list, inner)
    if origin in (tuple, list, Sequence, frozenset):
        return _listed(frozenset if origin is frozenset else tuple, inner[0])
    if origin in (dict, Mapping):
        pairs = _listed(tuple, types.GenericAlias(tuple, inner))
        return _Form(lambda value: pairs.plain(value.items()), lambda got: dict(pairs.made(got)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Form(lambda value: value.value, kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        names = [one.name for one in dataclasses.fields(kind) if one.init]
        return _named(kind, names)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named(kind, kind._fields)  # type: ignore[attr-defined]  # a named tuple
    raise TypeError(f"{kind} cannot be sent")


def _same(value: Any) -> Any:
    return value


def _exactly(kind: type) -> Callable[[Any], Any]:
    def made(got: Any) -> Any:
        if type(got) is not kind and not (kind is float and type(got) is int):
            raise DataError(f"{type(got).__name__} where {kind.__name__} was expected")
        return got

    return made


def _listed(kind: type, inner: Any) -> _Form:
    form = _form(inner)

    def made(got: Any) -> Any:
        if type(got) is not list:
            raise DataError("no list")
        return kind(map(form.made, got))

    return _Form(lambda value: [*map(form.plain, value)], made)


def _named(kind: type, names: Sequence[str]) -> _Form:
    module = vars(__import__(kind.__module__, fromlist=["_"]))
    hints = typing.get_type_hints(kind, {**_LATE, **module})
    taken = attrgetter(*names, "__class__")  # of one name alone it would give no tuple
    return _record(
        lambda made: kind(**dict(zip(names, made, strict=True))),
        lambda value: [*taken(value)[:-1]],
        [hints[name] for name in names],
    )


def _record(
    kind: Callable[[Any], Any], values: Callable[[Any], list[Any]], inner: Sequence[Any]
) -> _Form:
    """Return how a record of these types is written. Most values in it pass as they are."""
    written = [
        (place, form.plain)
        for place, form in enumerate(map(_form, inner))
        if form.plain is not _same
    ]
    read = [(place, _form(one).made) for place, one in enumerate(inner) if one is not str]
    texts = [place for place, one in enumerate(inner) if one is str]

    def plain(value: Any) -> list[Any]:
        said = values(value)
        for place, form in written:
            said[place] = form(said[place])
        return said

    def made(got: Any) -> Any:
        if type(got) is not list or len(got) != len(inner):
            raise DataError("no record")
        for place in texts:
            if type(got[place]) is not str:
                raise DataError("no text")
        for place, form in read:
            got[place] = form(got[place])
        return kind(got)

    return _Form(plain, made)


def _union(inner: Sequence[Any]) -> _Form:
    kinds = [one for one in inner if one is not type(None)]
    forms = [_form(one) for one in kinds]
    bases = [(float, int) if one is float else typing.get_origin(one) or one for one in kinds]

    def plain(value: Any) -> Any:
        if value is None:
            return None
        for which, base in enumerate(bases):
            if isinstance(value, base):
                return [which, forms[which].plain(value)]
        raise TypeError(f"{type(value).__name__} is none of {kinds}")

    def made(got: Any) -> Any:
        if got is None and type(None) in inner:
            return None
        which, value = got
        if type(which) is not int or not 0 <= which < len(forms):
            raise DataError("no such type")
        return forms[which].made(value)

    return _Form(plain, made)


def _number(got: Any) -> float:
    number: float = _exactly(float)(got)
    return number


def _finding(got: Any) -> Finding:
    code, severity, place, about, variant, step = got
    text = _exactly(str)
    return Finding(
        text(code),
        Severity(severity),
        _form(Place).made(place),
        about_from_json(text(about)),
        text(variant),
        _form(Step | None).made(step),
    )


def _plain_finding(finding: Finding) -> list[Any]:
    return [
        finding.code,
        finding.severity.value,
        _form(Place).plain(finding.place),
        about_to_json(finding.about),
        finding.variant,
        _form(Step | None).plain(finding.next),
    ]


_PLAIN = frozenset({str, int, float, bool, type(None)})
_SPECIAL: dict[Any, _Form] = {
    Finding: _Form(_plain_finding, _finding),
    datetime: _Form(datetime.isoformat, datetime.fromisoformat),
    time: _Form(time.isoformat, time.fromisoformat),
    timedelta: _Form(timedelta.total_seconds, lambda got: timedelta(seconds=_number(got))),
    date: _Form(date.isoformat, date.fromisoformat),
    bytes: _Form(lambda value: value.decode("latin-1"), lambda got: got.encode("latin-1")),
    Path: _Form(str, lambda got: Path(_exactly(str)(got))),
}
