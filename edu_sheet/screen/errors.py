"""What went wrong, as a page: what the operator can mend, and what is a bug."""

import logging
import platform
import traceback
from importlib.metadata import PackageNotFoundError, version

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from edu_sheet.screen.frame import frame_or_none
from edu_sheet.screen.jobs import BusyError
from edu_sheet.screen.running import came_from, running
from edu_sheet.screen.steps import Way, way
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.step import Step, Verb

_log = logging.getLogger("edu_sheet.screen")
_SECRET = "password"  # noqa: S105 - a field; a form with one is typed again
_KNOWN = {
    403: ("没有做：这个请求不是从本程序的页面来的", "请从“督办填报”重新打开。"),
    404: ("没有这一页", "请从首页再进入。"),
    405: ("没有这一页", "请从首页再进入。"),
    413: ("文件太大，没有传", "一个文件最多 500 MB：请直接放进“收件箱”文件夹。"),
}


def handle_errors(site: Flask) -> None:
    """Let a site show errors as pages."""
    site.register_error_handler(EduSheetError, _mendable)
    site.register_error_handler(HTTPException, _of_protocol)
    site.register_error_handler(Exception, _bug)


def explained(error: EduSheetError) -> dict[str, object]:
    """Return an error as `error_box` of the templates shows it."""
    step: Step | None = error.next
    return {
        "what": error.message,
        "hint": error.hint,
        "way": way(step, None) if step else None,
        "again": step is not None and step.verb is Verb.AGAIN,
    }


def details(said: str) -> str:
    """Return a bug for a technician: no token, nothing that was returned."""
    try:
        own = version("edu-sheet")
    except PackageNotFoundError:  # run from a checkout that was not installed
        own = ""
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    return f"edu-sheet {own}\n{machine}\n{said}"


def _mendable(error: EduSheetError) -> Response:
    status = 409 if isinstance(error, BusyError) else 400
    if _wants_text():
        return Response(str(error), status=status, mimetype="text/plain")
    fields = [*request.form.items(multi=True)]
    # A password is typed again, and a file chosen again: the page cannot send either once more.
    again = request.method == "POST" and _SECRET not in request.form and not request.files
    around = frame_or_none()
    told = explained(error)
    if isinstance(error, BusyError) and (job := running().jobs.running):
        told["again"] = True
        told["way"] = Way("看进度", f"/job/{job.id}")
    page = render_template(
        "error.html",
        frame=around,
        error=told,
        fields=[one for one in fields if one[0] != "token"] if again else [],
        again=again,
        back=_back(framed=around is not None),
    )
    return Response(page, status=status)


def _of_protocol(error: HTTPException) -> Response:
    status = error.code or 500
    what, hint = _KNOWN.get(status, ("没有做成", "请从首页再进入。"))
    if _wants_text():
        return Response(f"{what}。{hint}", status=status, mimetype="text/plain")
    return Response(render_template("refused.html", what=what, hint=hint), status=status)


def _bug(_: Exception) -> Response:
    said = traceback.format_exc()
    _log.error("%s %s\n%s", request.method, request.endpoint, said)
    if _wants_text():
        return Response("程序内部出错", status=500, mimetype="text/plain")
    page = render_template("bug.html", details=details(said), log=running().home.log)
    return Response(page, status=500)


def _back(*, framed: bool) -> str:
    """Return where she was: not the page that failed, which would fail again.

    An error stands at the address of what was asked for, where no page is to go back to: then it is
    the page above it.
    """
    came = came_from()
    while came and not _is_page(came.partition("?")[0]):
        came = came.partition("?")[0].rpartition("/")[0]
    failed = request.method == "GET" and came.partition("?")[0] == request.path
    return came if came and not failed else "/p" if framed else "/start"


def _is_page(path: str) -> bool:
    try:
        current_app.url_map.bind(running().host).match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _wants_text() -> bool:
    return request.accept_mimetypes.best == "application/json"
