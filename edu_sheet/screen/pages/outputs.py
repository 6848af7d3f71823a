"""④ 汇总: master, summary or bulletin, 督办单, slides: made, opened, downloaded, looked at."""

import io
from collections.abc import Callable

from flask import Blueprint, Response, request, send_file
from werkzeug.wrappers import Response as Answer

from edu_sheet import app
from edu_sheet.app import OutputKind
from edu_sheet.kit.progress import Progress
from edu_sheet.screen.frame import render
from edu_sheet.screen.pages.opening import opened
from edu_sheet.screen.running import workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.settings import SummaryStyle

page = Blueprint("outputs", __name__)


@page.get("/p/<period:period>/sum")
def outputs(period: Period) -> str:
    """Show what there is, and what can be made."""
    folder = workspace()
    shown = app.overview(folder, period)
    files: dict[str, list[app.OutputFile]] = {kind.value: [] for kind in OutputKind}
    for one in app.output_files(folder, period):
        files[one.kind.value].append(one)
    return render(
        "outputs.html",
        period,
        step="sum",
        quarter=isinstance(period, Quarter),
        asked=bool(
            {one.period for one in app.periods(folder) if one.issued} & {period, *period.months}
        ),
        master=shown.outputs[0],
        summary=shown.outputs[1],
        supervision=shown.others[0],
        long_table=shown.others[1],
        files=files,
        outdated=app.outdated_files(folder, period),
        pages=app.can_show_pages(),
        leads=[*app.matrix(folder, [period]).units] if isinstance(period, Quarter) else [],
    )


@page.post("/p/<period:period>/merge")
@verb("合并总表")
def merge(period: Period) -> Answer:
    """Make the master."""
    folder = workspace()
    return _made("合并总表", lambda _: app.merge(folder, period), "merged.html", period)


@page.post("/p/<period:period>/report")
@verb("写总结")
def report(period: Period) -> Answer:
    """Write the summary or bulletin, at length or in short, with a PDF beside it if wanted."""
    folder, pdf = workspace(), request.form.get("pdf") == "yes"
    said = request.form.get("style", "")
    style = SummaryStyle(said) if said in {one.value for one in SummaryStyle} else None
    if not isinstance(period, Quarter):
        style = None
    return _made(
        "写总结" if isinstance(period, Quarter) else "写调度通报",
        lambda _: app.report(folder, period, pdf=pdf, style=style),
        "reported.html",
        period,
    )


@page.post("/p/<period:period>/full-texts")
@verb("写资料汇编")
def full_texts(period: Period) -> Answer:
    """Write 资料汇编."""
    folder = workspace()
    return _made(
        "写资料汇编",
        lambda _: app.report(folder, period, full_texts=True),
        "reported.html",
        period,
    )


@page.post("/p/<period:period>/slides")
@verb("写幻灯片")
def slides(period: Period) -> Answer:
    """Write the slides."""
    folder = workspace()
    return _made(
        "写幻灯片", lambda _: app.report(folder, period, slides=True), "reported.html", period
    )


@page.post("/p/<period:period>/supervise")
@verb("写督办单")
def supervise(period: Period) -> Answer:
    """Write the 督办单."""
    folder = workspace()
    return _made("写督办单", lambda _: app.supervise(folder, period), "supervised.html", period)


@page.post("/p/<period:period>/material")
@verb("写书面材料")
def material(period: Period) -> Answer:
    """Write a lead unit's material, for its head to approve."""
    folder, unit = workspace(), request.form.get("unit", "")
    return _made(
        "写书面材料", lambda _: app.report(folder, period, unit=unit), "reported.html", period
    )


@page.post("/p/<period:period>/export")
@verb("导出长表")
def export(period: Period) -> Answer:
    """Write every text of the period as one long table."""
    folder = workspace()
    path = app.find_workspace(folder).long_table(period)
    return _made("导出长表", lambda _: app.export(folder, period, path), "exported.html", period)


@page.post("/open/file/<period:period>/<int:number>")
@verb("打开文件")
def open_file(period: Period, number: int) -> Answer:
    """Open an output in its own program."""
    return opened(app.output_file(workspace(), period, number).path)


@page.post("/open/results/<period:period>")
@verb("打开文件夹")
def open_folder(period: Period) -> Answer:
    """Open 成果 of a period."""
    return opened(app.find_workspace(workspace()).results(period))


@page.get("/file/<period:period>/<int:number>")
def download(period: Period, number: int) -> Response:
    """Give an output to be saved."""
    one, data = app.output_bytes(workspace(), period, number)
    return send_file(io.BytesIO(data), as_attachment=True, download_name=one.path.name)


@page.get("/file/<period:period>/<int:number>/pages")
def look(period: Period, number: int) -> Response:
    """Show an output's pages, as LibreOffice prints them."""
    one, data = app.output_pages(workspace(), period, number)
    return send_file(
        io.BytesIO(data), mimetype="application/pdf", download_name=f"{one.path.stem}.pdf"
    )


def _made(what: str, work: Callable[[Progress], object], template: str, period: Period) -> Answer:
    return job(what, work, template=template, back=f"/p/{period}/sum")
