"""A POST that does something: one at a time."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request
from werkzeug.wrappers import Response

from edu_sheet.kit.progress import Progress
from edu_sheet.screen.running import running, visitor

_P = ParamSpec("_P")
_R = TypeVar("_R")

VERBS: set[str] = set()  # functions that are verbs: a test asks that every POST is one


def verb(what: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Return what makes a view a verb: it waits its turn, or BusyError says what is being done."""

    def made(view: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(view)
        def alone(*arguments: _P.args, **named: _P.kwargs) -> _R:
            with running().jobs.alone(what):
                return view(*arguments, **named)

        VERBS.add(f"{view.__module__}.{view.__name__}")
        return alone

    return made


def job(what: str, work: Callable[[Progress], object], *, template: str, back: str) -> Response:
    """Start long work within a verb; return the way to the page that shows it.

    The form that asked for it can be sent again from there, unless a password was typed into it.
    """
    sent = [*request.form.items(multi=True)]
    fields = tuple(one for one in sent if one[0] != "token")
    again = (request.path, fields) if all(name != "password" for name, _ in fields) else None
    one, named = running(), (request.view_args or {}).get("period")
    started = one.jobs.start(
        what,
        work,
        template=template,
        back=back,
        folder=one.folder,
        again=again,
        period=named or visitor().period,
    )
    return redirect(f"/job/{started.id}", 303)
