"""对照: a returned file beside what was issued and reported; what a choice would take, then it."""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.app import Detail, Withdrawn, Would
from edu_sheet.kit.opening import show
from edu_sheet.screen import ways
from edu_sheet.screen.asked import Asked, OutdatedError, asked
from edu_sheet.screen.frame import render, visitor_period
from edu_sheet.screen.pages.collect import collect_job
from edu_sheet.screen.running import running, visitor, workspace
from edu_sheet.screen.verb import verb
from edu_sheet.screen.waiting import explain
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Action, Entry, Submission, Verdict
from edu_sheet.words.step import Step

page = Blueprint("returned", __name__)

_NO_FORMS = {"other_form", "mail_without_attachment", "mail_table", "no_table"}


@page.get("/return/<int:number>")
def returned(number: int) -> str:
    """Show a file beside what was issued and what was reported before."""
    found = _detail(number)
    table = app.matrix(workspace()) if _asks_whose(found) else None
    return render(
        "returned.html",
        step="wait",
        found=found,
        one=found.submission,
        buttons=ways.buttons(found),
        decisions=[ways.in_words(one, found) for one in found.decisions],
        asks={one.way.value for one in found.choices},
        units=[*table.units] if table else [],
        periods=[*reversed(table.periods)] if table else [],
        accepted=found.submission.verdict is Verdict.ACCEPTED,
        fills=_to_fill_in(found.submission),
    )


@page.get("/return/<int:number>/would")
def would(number: int) -> str | Response:
    """Show what a decision would take; nothing is recorded."""
    found = _detail(number)
    try:
        wanted = asked(found, request.args)
    except OutdatedError as error:
        return _look_again(number, error)
    after = app.would(workspace(), wanted.decision, passwords=_passwords())
    losing = _losing(number, wanted)
    place = {row.key: order for order, row in enumerate(after.rows)}
    return render(
        "would.html",
        step="wait",
        one=found.submission,
        after=after.submission,
        texts=sorted(after.texts, key=lambda text: place.get(text.task, len(place))),
        losing=losing,
        replaced=after.replaced,
        left=after.left,
        untaken=_untaken(found, wanted, after.texts),
        against=(("against", _digest(after, losing)),),
        shown={row.key: row for row in (*after.rows, *(one.row for one in found.rows))},
        asked=wanted,
    )


def _look_again(number: int, error: OutdatedError) -> Response:
    """Lead back to a file that is no more what the page showed: someone has settled it."""
    visitor().say(f"还没有办：{error}", undone=True)
    return redirect(f"/return/{number}", 303)


def _untaken(found: Detail, wanted: Asked, texts: Sequence[Entry]) -> list[Finding]:
    """Return the texts out of place that a file would keep if it was accepted as it is."""
    if dict(wanted.fields).get("action") != Action.ACCEPT.value:
        return []
    numbers = {one.number for one in found.choices if one.way == "take"}
    places = {one.place for one in texts}
    told = (one for one in found.submission.findings if one.number in numbers)
    return [one for one in told if str(one.source) not in places]


@page.post("/return/<int:number>/decide")
@verb("处理一份文件")
def decide(number: int) -> Response:
    """Record a decision."""
    folder = workspace()
    try:
        wanted = asked(_detail(number), request.form)
    except OutdatedError as error:
        return _look_again(number, error)
    if shown := request.form.get("against"):
        now = app.would(folder, wanted.decision, passwords=_passwords())
        if shown != _digest(now, _losing(number, wanted)):
            visitor().say(
                "还没有办：您看过以后，又收了别的文件或作了别的裁定，请按现在的再看一遍。",
                undone=True,
            )
            return redirect(f"/return/{number}/would?{urlencode(wanted.fields)}", 303)
    if isinstance(wanted.decision, Step):
        made = app.resolve(folder, wanted.decision, passwords=_passwords(), explain=explain)
    else:
        made = app.decide(folder, wanted.decision, passwords=_passwords(), explain=explain)
    return _after(made.result, f"{wanted.label}：已办")


@page.post("/return/<int:number>/undo")
@verb("撤回裁定")
def undo(number: int) -> Response:
    """Take back the last decision."""
    made = app.undo(workspace(), number, passwords=_passwords(), explain=explain)
    visitor().say("已撤回上一次裁定。")
    return redirect(f"/return/{made.result.id}", 303)


@page.post("/return/<int:number>/again")
@verb("收取")
def again(number: int) -> Response:
    """Read a file once more, with the password that was typed."""
    folder = workspace()
    if typed := request.form.get("password", ""):
        running().passwords.append(typed)
    return collect_job(app.waiting_files(folder, [number]), f"/return/{number}")


@page.post("/return/<int:number>/open")
@verb("打开原件")
def open_original(number: int) -> Response:
    """Open a read-only copy of the original."""
    copy = app.original_of(workspace(), number)
    if not copy.safe:
        visitor().say(f"这不是认得的文档，可能是程序，没有替您打开：{copy.path}", undone=True)
    elif not show(copy.path):
        said = f"这台电脑上没有打开它的程序，请自行打开：{copy.path}"
        visitor().say(said, undone=True)
    return redirect(f"/return/{number}", 303)


@page.post("/return/<int:number>/form")
@verb("代填")
def fill_in(number: int) -> Response:
    """Open a copy of the unit's form in 收件箱, to be filled in from what waits."""
    path = app.form_to_fill(workspace(), number)
    said = "填好后保存、关闭，再点“收取”：收到后这份文件自动了结"
    if show(path):
        visitor().say(f"已打开 收件箱 里的 {path.name}：{said}。")
    else:
        visitor().say(f"请自行打开这张填报表，{said}：{path}")
    return redirect(f"/return/{number}", 303)


@page.get("/returns/<period:period>")
def of_unit(period: Period) -> str | Response:
    """Show what came of a unit for a period: the file itself, if it is one."""
    unit = request.args.get("unit", "")
    found = app.returns_of(workspace(), unit, period)
    if len(found) == 1:
        return redirect(f"/return/{found[0].id}", 303)
    return render("returns.html", period, step="", unit=unit, found=found)


def _losing(number: int, wanted: Asked) -> Withdrawn:
    """Return what goes with a file which is rejected."""
    if wanted.fields[0] != ("action", Action.REJECT.value):
        return Withdrawn()
    return app.withdrawn_by_rejecting(workspace(), number)


def _digest(would: Would, losing: Withdrawn) -> str:
    """Return what tells whether a decision would still come to what its preview showed."""
    after = would.submission
    told = [(found.code, found.variant, found.place, found.about) for found in after.findings]
    texts = [
        [
            (text.period, text.unit, text.task, text.place, text.text, text.submission)
            for text in some
        ]
        for some in (would.texts, would.replaced, would.left, losing.texts, losing.instead)
    ]
    return sha256(repr((after.verdict, after.unit, after.period, told, texts)).encode()).hexdigest()


def _detail(number: int) -> Detail:
    return app.detail(workspace(), number, passwords=_passwords())


def _passwords() -> tuple[str, ...]:
    return tuple(dict.fromkeys(running().passwords))


def _to_fill_in(one: Submission) -> bool:
    """Return whether the unit's form can be filled in from a file that waits."""
    other = any(told.code in _NO_FORMS for told in one.findings)
    known = one.unit is not None and one.period is not None
    return known and other and one.verdict is Verdict.ATTENTION


def _asks_whose(found: Detail) -> bool:
    """Return whether its unit and period can be said: it waits, or a form has settled it."""
    one = found.submission
    return one.verdict is Verdict.ATTENTION or one.ended_by is not None


def _after(settled: Submission, said: str) -> Response:
    """Lead on: to the file itself if it waits still, else to what waits."""
    way = (f"/return/{settled.id}", "再看这份文件")
    if settled.verdict is Verdict.ATTENTION:
        visitor().say(f"{said}。这份文件还有要处理的。")
        return redirect(f"/return/{settled.id}", 303)
    visitor().say(f"{said}。{settled.file}：{settled.verdict.label}。", *way)
    period = settled.period or visitor_period()
    return redirect(f"/p/{period}/wait" if period else "/p", 303)
