"""Who is answered: the exact Host, a visitor with a cookie, and on every POST Origin and token."""

import secrets
from typing import Final

from flask import Flask, Response, abort, g, render_template, request

from edu_sheet.screen.running import running
from edu_sheet.screen.visitors import Visitor

# Anybody may ask for these; the last two know by a token and a secret who asks.
_OPEN = frozenset({"static", "entrance.enter", "entrance.knock"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{what}-src 'self'" for what in ("script", "style", "img", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# `same-origin`: with `no-referrer` Chromium says `Origin: null` of a form's own POST.
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_STRANGER = "这个窗口已经失效"
_ELSEWHERE = "没有做：这一页已经过时"


def guard(site: Flask) -> None:
    """Let every request of a site be looked at first, and every answer bear the headers."""
    site.before_request(_look_at)
    site.after_request(_with_headers)


def _look_at() -> Response | None:
    # A name of somebody else's that leads here; one before the path counts for more than Host.
    straight = request.environ.get("REQUEST_URI", "/").startswith("/")
    if request.headers.get("Host") != running().host or not straight:
        return _refused(421, "这个地址不对", "请从“督办填报”重新打开。")
    if request.endpoint in _OPEN:
        return None
    found = running().visitors.known(request.cookies.get(running().cookie))
    if found is None:
        return _refused(403, _STRANGER, "程序重新启动过。请从“督办填报”重新打开。")
    g.visitor = found
    if request.method == "POST":
        return _look_at_post(found)
    return None


def _look_at_post(visitor: Visitor) -> Response | None:
    if request.headers.get("Origin") != running().origin:
        abort(403)
    said = request.headers.get("X-Token")
    if said is None:
        said = request.form.get("token", "")
    wanted = visitor.token(running().folder)
    if not secrets.compare_digest(said.encode("utf-8", "surrogatepass"), wanted.encode()):
        return _refused(403, _ELSEWHERE, "另一个窗口换了工作区，或程序重新启动过。请从首页再进入。")
    return None


def _refused(status: int, what: str, hint: str) -> Response:
    if request.accept_mimetypes.best == "application/json":
        answer = Response(f"{what}。{hint}", status=status, mimetype="text/plain")
    else:
        page = render_template("refused.html", what=what, hint=hint)
        answer = Response(page, status=status)
    return answer


def _with_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
