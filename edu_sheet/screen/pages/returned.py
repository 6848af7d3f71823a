"""对照: a returned file beside what was issued and reported; what a choice would take, then it."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.app import Detail
from edu_sheet.kit import clock
from edu_sheet.kit.opening import show
from edu_sheet.screen import ways
from edu_sheet.screen.frame import render, visitor_period
from edu_sheet.screen.running import running, visitor, workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.screen.waiting import explain
from edu_sheet.words.errors import EduSheetError, PeriodError
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.returns import Action, Decision, Entry, Submission, Verdict
from edu_sheet.words.step import Step, Verb

page = Blueprint("returned", __name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page asks to have decided, and its fields, to be sent on."""

    decision: Decision | Step
    label: str
    fields: tuple[tuple[str, str], ...]


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
    )


@page.get("/return/<int:number>/would")
def would(number: int) -> str:
    """Show what a decision would take; nothing is recorded."""
    found = _detail(number)
    asked = _asked(found, request.args)
    after = app.would(workspace(), asked.decision, passwords=_passwords())
    losing: tuple[Entry, ...] = ()
    if asked.fields[0] == ("action", Action.REJECT.value):
        losing = app.withdrawn_by_rejecting(workspace(), number)
    place = {row.key: order for order, row in enumerate(after.rows)}
    return render(
        "would.html",
        step="wait",
        own_blue=True,
        one=found.submission,
        after=after.submission,
        texts=sorted(after.texts, key=lambda text: place.get(text.task, len(place))),
        losing=losing,
        shown={row.key: row for row in (*after.rows, *(one.row for one in found.rows))},
        asked=asked,
    )


@page.post("/return/<int:number>/decide")
@verb("处理一份文件")
def decide(number: int) -> Response:
    """Record a decision."""
    folder, asked = workspace(), _asked(_detail(number), request.form)
    if isinstance(asked.decision, Step):
        made = app.resolve(folder, asked.decision, passwords=_passwords(), explain=explain)
    else:
        made = app.decide(folder, asked.decision, passwords=_passwords(), explain=explain)
    return _after(made.result, f"{asked.label}：已办")


@page.post("/return/<int:number>/undo")
@verb("撤回裁定")
def undo(number: int) -> Response:
    """Take back the last decision."""
    made = app.undo(workspace(), number, passwords=_passwords(), explain=explain)
    visitor().notes.append("已撤回上一次裁定。")
    return redirect(f"/return/{made.result.id}", 303)


@page.post("/return/<int:number>/again")
@verb("收取")
def again(number: int) -> Response:
    """Read a file once more, with the password that was typed."""
    folder = workspace()
    if typed := request.form.get("password", ""):
        running().passwords.append(typed)
    files, passwords = app.waiting_files(folder, [number]), _passwords()
    return job(
        "收取",
        lambda progress: app.collect(
            folder, files, passwords=passwords, progress=progress, explain=explain
        ),
        template="collected.html",
        back=f"/return/{number}",
    )


@page.post("/return/<int:number>/open")
@verb("打开原件")
def open_original(number: int) -> Response:
    """Open a read-only copy of the original."""
    copy = app.original_of(workspace(), number)
    if not copy.safe:
        visitor().notes.append(f"这不是认得的文档，可能是程序，没有替您打开：{copy.path}")
    elif not show(copy.path):
        visitor().notes.append(f"这台电脑上没有打开它的程序，请自行打开：{copy.path}")
    return redirect(f"/return/{number}", 303)


@page.get("/returns/<period:period>")
def of_unit(period: Period) -> str | Response:
    """Show what came of a unit for a period: the file itself, if it is one."""
    unit = request.args.get("unit", "")
    found = app.returns_of(workspace(), unit, period)
    if len(found) == 1:
        return redirect(f"/return/{found[0].id}", 303)
    return render("returns.html", period, step="", unit=unit, found=found)


def _detail(number: int) -> Detail:
    return app.detail(workspace(), number, passwords=_passwords())


def _passwords() -> tuple[str, ...]:
    return tuple(dict.fromkeys(running().passwords))


def _asks_whose(found: Detail) -> bool:
    return found.submission.verdict is Verdict.ATTENTION


def _after(settled: Submission, said: str) -> Response:
    """Lead on: to the file itself if it waits still, else to what waits."""
    notes = visitor().notes
    if settled.verdict is Verdict.ATTENTION:
        notes.append(f"{said}。这份文件还有要处理的。")
        return redirect(f"/return/{settled.id}", 303)
    notes.append(f"{said}。{settled.file}：{settled.verdict.label}。")
    period = settled.period or visitor_period()
    return redirect(f"/p/{period}/wait" if period else "/p", 303)


def _asked(found: Detail, said: MultiDict[str, str]) -> _Asked:
    """Return what the fields of a page ask for; EduSheetError if that is no decision."""
    number = found.submission.id
    wanted = [
        (name, said[name])
        for name in ("action", "unit", "period", "finding", "task")
        if said.get(name)
    ]
    fields = dict(wanted)
    action = fields.get("action", "")
    now = clock.now()
    if action == Action.ASSIGN:
        period = _period(fields.get("period", ""))
        unit = fields.get("unit", "")
        step = Step(
            Verb.RESOLVE, submission=number, action=Action.ASSIGN, units=(unit,), period=period
        )
        return _Asked(step, f"归到{unit}、{period.label}", tuple(wanted))
    known = {frozenset(one.fields): one for one in ways.buttons(found) if not one.tasks}
    if action in (Action.ACCEPT, Action.REJECT):
        one = known.get(frozenset({("action", action)}))
        label = one.label if one else "不采用" if action == Action.REJECT else "照收"
        return _Asked(Decision(number, Action(action), now), label, tuple(wanted))
    told = [one for one in found.submission.findings if str(one.number) == fields.get("finding")]
    if action != Action.TAKE or not told:
        raise EduSheetError("这一步已经办过了，或这一页已经过时", "请再看一遍这份文件。")
    task = fields.get("task", "")
    decision = Decision(
        number, Action.TAKE, now, finding=told[0].key, place=told[0].source, task=task
    )
    row = next((one.row for one in found.rows if one.row.key == task), None)
    where = told[0].source.cell or "这一段"
    return _Asked(
        decision, f"收下{where}的文字，作为第{row.shown if row else ''}项的进展", tuple(wanted)
    )


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except PeriodError:
        raise EduSheetError("没有选期次", "单位和期次要一起选好。") from None
