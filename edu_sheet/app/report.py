"""`report`: a quarter's summary, a lead unit's material, a month's bulletin."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.made_from import made_from
from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.period import Period
from edu_sheet.words.settings import SummaryStyle

if TYPE_CHECKING:
    from edu_sheet.summary import Reported


def report(
    folder: Path,
    period: Period,
    *,
    unit: str | None = None,
    template: Path | None = None,
    pdf: bool = False,
    style: SummaryStyle | None = None,
    full_texts: bool = False,
    slides: bool = False,
    now: datetime | None = None,
) -> "Made[Reported]":
    """Write the document of a period, with a `unit` its material; PDF beside it if wanted.

    `style` is how much a summary prints, that of 设置 if it is not given; with `full_texts` the
    document is 资料汇编, with `slides` it is 汇报.pptx. Hand edits that lie in a master that feeds
    it and were not merged are not in it, and told.

    PlanError if the plan has errors; PeriodError for a period before its first month; LedgerError
    if the ledger is older than the originals beside it; and as `summary.report` raises it.
    """
    from edu_sheet import summary
    from edu_sheet.master.merging.unmerged import unmerged
    from edu_sheet.rules.progress import feeding_periods
    from edu_sheet.store.survey import refuse_if_behind

    with opened_to_write(folder) as (workspace, ledger):
        refuse_if_behind(workspace, ledger)
        known = usable_plan(workspace, ledger, period)
        moment, paper = now or clock.now(), workspace.summary(period)
        (taken,) = made_from(workspace, ledger, known.plan, period, paper)
        reported = summary.report(
            workspace,
            known.plan,
            ledger,
            period,
            now=moment,
            pdf=pdf,
            unit=unit,
            template=template,
            style=style,
            full_texts=full_texts,
            slides=slides,
        )
        # The document of the period is noted by its own name, also where hers was kept there.
        own = unit is None and not full_texts and not slides
        made = paper if own else reported.path
        ledger.outputs.note_made_from(workspace.relative(made), taken)
        feeding = feeding_periods(period)
        waits = unmerged(workspace, known.plan, ledger, feeding, moment)
        return Made(replace(reported, findings=(*waits, *reported.findings)), known.state)
