"""方案和设置: the plan as it stands, checked; aliases, members and addresses as forms."""

from collections.abc import Mapping

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.screen.errors import explained
from edu_sheet.screen.frame import render
from edu_sheet.screen.names import names_in, rule_in
from edu_sheet.screen.running import visitor, workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.screen.waiting import explain
from edu_sheet.words.errors import EduSheetError, PlanError
from edu_sheet.words.plan import Roster, Unit
from edu_sheet.words.settings import LeadRule

page = Blueprint("settings", __name__)


@page.get("/settings")
def settings() -> str:
    """Show what stands in the plan workbook, and the way to mend it where it cannot be used."""
    return _page()


def _page(error: Mapping[str, object] | None = None, typed: Mapping[str, str] | None = None) -> str:
    """Return the page, with what could not be entered and the addresses that were typed."""
    try:
        known = app.known_plan(workspace())
    except PlanError:  # the frame says why
        known = None
    return render(
        "settings.html",
        step="",
        plan=known.plan if known else None,
        addressed=_addressed(known.plan.roster) if known else (),
        look_alikes=known.look_alikes if known else (),
        open_rule=LeadRule.OPEN,
        helpers=app.helpers_alone(known.plan) if known else "",
        error=error,
        typed=typed or {},
    )


@page.post("/settings/check")
@verb("检查方案")
def check() -> Response:
    """Check the plan workbook."""
    folder = workspace()
    return job("检查方案", lambda _: app.check(folder), template="checked.html", back="/settings")


@page.post("/settings/deadlines")
@verb("找出时限")
def deadlines() -> Response:
    """Look for deadlines in the requirements."""
    folder = workspace()
    return job(
        "找出时限",
        lambda _: app.check(folder, deadlines=True),
        template="checked.html",
        back="/settings",
    )


@page.post("/settings/repair")
@verb("补登记")
def repair() -> Response:
    """Record again what the ledger does not know."""
    folder = workspace()
    return job(
        "补登记",
        lambda _: app.repair(folder, explain=explain),
        template="repaired.html",
        back="/settings",
    )


@page.post("/settings/alias")
@verb("改单位名录")
def alias() -> Response | str:
    """Enter another spelling of a unit's name; ask first where it is a unit of its own so far."""
    from edu_sheet.app.edits import Alias

    unit, other = request.form.get("unit", ""), request.form.get("alias", "").strip()
    edit = Alias(unit, other)
    if "sure" not in request.form and (takes := app.joined(workspace(), edit)):
        return render("one_unit.html", step="", unit=unit, alias=other, tasks=takes.tasks)
    app.edit_roster(workspace(), edit)
    return _entered(f"“{other}”都算“{unit}”。")


@page.post("/settings/members")
@verb("改单位名录")
def members() -> Response:
    """Enter a group's members."""
    from edu_sheet.app.edits import Members

    unit, names = request.form.get("unit", ""), names_in(request.form.get("members", ""))
    known = {one.name: "、".join(one.members) for one in _units()}
    _refuse_if_changed(known, {unit: "、".join(names)})
    app.edit_roster(workspace(), Members(unit, names))
    return _entered(f"“{unit}”的成员单位：{'、'.join(names) or '没有，只报一份'}。")


@page.post("/settings/address")
@verb("改单位名录")
def address() -> Response:
    """Enter where units are written to: those whose address was changed on this page, or none."""
    from edu_sheet.app.edits import MailAddress

    given = zip(request.form.getlist("unit"), request.form.getlist("address"), strict=False)
    known = {unit.name: unit.mail for unit in _units()}
    shown = known | _shown()
    changed = {
        unit: written.strip() for unit, written in given if written.strip() != shown.get(unit)
    }
    if not changed:
        visitor().say("邮箱没有改动。")
        return redirect("/settings", 303)
    try:
        _refuse_if_changed(known, changed)
        app.edit_roster(workspace(), *(MailAddress(*one) for one in changed.items()))
    except EduSheetError as error:  # what was typed stays on the page
        return Response(_page(explained(error), changed), status=400, mimetype="text/html")
    return _entered(
        "；".join(f"“{unit}”的邮箱：{one or '没有'}" for unit, one in changed.items()) + "。"
    )


@page.post("/settings/leads")
@verb("改设置")
def leads() -> Response:
    """Choose who leads the tasks that name no lead."""
    rule = rule_in(request.form.get("rule", ""))
    app.edit_leads(workspace(), rule)
    visitor().say(f"没写牵头单位的任务：{rule.value}。已记入“设置”，原来的方案已复制到存档。")
    return redirect("/settings", 303)


def _addressed(roster: Roster) -> list[Unit]:
    """Return whom a letter may go to: every unit, and behind a group its members without a row."""
    listed = [one for unit in roster.units for one in (unit, *map(Unit, unit.members))]
    once = {one.name: roster.get(one.name) or one for one in listed}
    return [*once.values()]


def _units() -> tuple[Unit, ...]:
    return app.known_plan(workspace()).plan.roster.units


def _shown() -> dict[str, str]:
    """Return what the page showed of each unit when it was asked for, in the fields `was`."""
    form = request.form
    return dict(zip(form.getlist("unit"), form.getlist("was"), strict=False))


def _refuse_if_changed(known: Mapping[str, str], typed: Mapping[str, str]) -> None:
    """Raise EduSheetError where another window, or Excel, entered something else meanwhile."""
    shown = {**known, **_shown()}
    for unit, text in typed.items():
        if known.get(unit, "") not in (shown.get(unit, ""), text):
            now = known.get(unit) or "空的"
            raise EduSheetError(
                f"“{unit}”这一格刚在别处改过，现在是：{now}", "没有改动。请返回，看过再填。"
            )


def _entered(said: str) -> Response:
    visitor().say(f"{said}已记入“单位名录”，原来的方案已复制到存档。")
    return redirect("/settings", 303)
