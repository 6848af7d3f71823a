"""邮件: forms, reminders and receipts, as drafts or sent; the mail box, its password, fetching."""

import io

from flask import Blueprint, redirect, request, send_file
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.screen.frame import render
from edu_sheet.screen.pages.opening import opened
from edu_sheet.screen.running import visitor, workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Period

page = Blueprint("mail", __name__)


@page.get("/p/<period:period>/mail")
def mail(period: Period) -> str:
    """Show whom letters of a kind would go to; nothing is written."""
    return _shown(period, "mail.html")


@page.get("/p/<period:period>/mail/send")
def sending(period: Period) -> str:
    """Ask before letters go out."""
    return _shown(period, "send.html")


@page.get("/p/<period:period>/mail/by-hand")
def by_hand(period: Period) -> str:
    """Show letters to be copied into web mail or a messenger; nothing is written."""
    folder, kind = workspace(), _kind()
    issued = app.overview(folder, period).reported.every
    found = app.mail_by_hand(folder, period, kind).result if issued else None
    return render(
        "by_hand.html",
        period,
        step="",
        kind=kind,
        kinds=list(MailKind),
        found=found,
        reasons={one.unit: one.reason for one in found.without} if found else {},
    )


@page.get("/p/<period:period>/mail/file")
def attached(period: Period) -> Response:
    """Give a file that goes with a unit's letter, to be saved."""
    name = request.args.get("name", "")
    data = app.mail_file(workspace(), period, _kind(), request.args.get("unit", ""), name)
    return send_file(io.BytesIO(data), as_attachment=True, download_name=name)


@page.post("/p/<period:period>/mail/noted")
@verb("记下已发出")
def noted(period: Period) -> Response:
    """Record that a person sent a unit's letter."""
    kind, unit = _kind(), request.form.get("unit", "")
    app.note_mail_sent(workspace(), period, kind, unit)
    visitor().say(f"已记下：给{unit}的{kind.label}由您发出。")
    return redirect(f"/p/{period}/mail/by-hand?kind={kind.value}", 303)


@page.post("/p/<period:period>/mail/draft")
@verb("写草稿")
def draft(period: Period) -> Response:
    """Write drafts, for a person to send."""
    return _job(period, "写草稿", How.DRAFT)


@page.post("/p/<period:period>/mail/send")
@verb("发送")
def send(period: Period) -> Response:
    """Send."""
    return _job(period, "发送", How.SEND)


@page.post("/p/<period:period>/mail/sent")
@verb("记下已发出")
def sent(period: Period) -> Response:
    """Record that a person sent the drafts."""
    return _job(period, "记下已发出", How.SENT)


@page.post("/open/drafts/<period:period>")
@verb("打开文件夹")
def open_drafts(period: Period) -> Response:
    """Open the folder with the drafts."""
    return opened(app.find_workspace(workspace()).issued(period) / "邮件")


@page.post("/p/<period:period>/fetch")
@verb("收邮件")
def fetch(period: Period) -> Response:
    """Fetch what came to the mail box."""
    folder = workspace()
    return job(
        "收邮件",
        lambda progress: app.fetch(folder, progress=progress),
        template="fetched.html",
        back=f"/p/{period}/collect",
    )


@page.post("/p/<period:period>/mail/password")
@verb("保存授权码")
def password(period: Period) -> Response:
    """Keep the mail box's password in the system's credential store."""
    account = app.store_password(workspace(), request.form.get("password", ""))
    visitor().say(f"{account} 的授权码已存入系统的凭据管理器，没有写入任何文件。")
    return redirect(f"/p/{period}/mail?kind={_kind().value}", 303)


@page.post("/p/<period:period>/mail/sign-in")
@verb("授权")
def sign_in(period: Period) -> Response:
    """Ask for a code that a person types into a page of the mail box's server."""
    visitor().sign_in = app.begin_sign_in(workspace())
    return redirect(f"/p/{period}/mail/sign-in", 303)


@page.get("/p/<period:period>/mail/sign-in")
def signing_in(period: Period) -> str | Response:
    """Show the code and where it is typed."""
    begun = visitor().sign_in
    if begun is None:
        return redirect(f"/p/{period}/mail", 303)
    return render("sign_in.html", period, step="", sign_in=begun)


@page.post("/p/<period:period>/mail/signed-in")
@verb("授权")
def signed_in(period: Period) -> Response:
    """Keep the log-in once the code was typed."""
    begun = visitor().sign_in
    if begun and not app.finish_sign_in(begun):
        said = "还没有等到：请先在那个网页里输入代码、登录并同意，再点一次。"
        visitor().say(said, undone=True)
        return redirect(f"/p/{period}/mail/sign-in", 303)
    visitor().sign_in = None
    if begun:
        visitor().say(f"{begun.account} 的授权已存入系统的凭据管理器，没有写入任何文件。")
    return redirect(f"/p/{period}/mail", 303)


@page.post("/p/<period:period>/mail/test")
@verb("试连邮箱")
def test(period: Period) -> Response:
    """Try whether the servers let us in."""
    folder = workspace()
    return job(
        "试连邮箱",
        lambda _: app.test_mail(folder),
        template="mail_tested.html",
        back=f"/p/{period}/mail",
    )


def _shown(period: Period, template: str) -> str:
    folder, kind = workspace(), _kind()
    issued = app.overview(folder, period).reported.every
    made = app.mail(folder, period, kind, How.PREVIEW).result if issued else None
    return render(
        template,
        period,
        step="",
        kind=kind,
        kinds=list(MailKind),
        mailing=made,
        due=[one for one in made.posted if one.fate.name == "DUE"] if made else [],
        box=app.mail_box(folder),
    )


def _job(period: Period, what: str, how: How) -> Response:
    folder, kind, again = workspace(), _kind(), request.form.getlist("again")
    alone = bool(again)  # the button in a unit's line: nobody else was asked for
    return job(
        what,
        lambda progress: app.mail(
            folder, period, kind, how, again=again, alone=alone, progress=progress
        ),
        template="mailed.html",
        back=f"/p/{period}/mail?kind={kind.value}",
    )


def _kind() -> MailKind:
    said = request.values.get("kind", "")
    return MailKind(said) if said in {one.value for one in MailKind} else MailKind.FORM
