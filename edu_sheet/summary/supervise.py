"""`report --supervise`: 督办单 that lie in 成果/PERIOD/督办单/, one a unit and colour."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from edu_sheet.facts.gather import for_supervision
from edu_sheet.kit import clock
from edu_sheet.kit.files import safe_name
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.outputs import place_output, remove_stale
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.supervision import Colour, matters, supervision_content
from edu_sheet.summary.typeset.document import render
from edu_sheet.summary.typeset.fonts import choose_fonts
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan


@dataclass(frozen=True, slots=True)
class Paper:
    """One 督办单; `kept` if a person's version was kept and this lies beside it."""

    unit: str
    colour: Colour
    path: Path
    kept: bool


@dataclass(frozen=True, slots=True)
class Supervised:
    """The 督办单 of a period, in the order of the roster, the gravest first."""

    folder: Path
    papers: tuple[Paper, ...]
    removed: int  # of an earlier run that nobody touched and that hold no longer


def supervise(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, *, now: datetime
) -> Supervised:
    """Write the 督办单 of a period as .docx, and take away those that hold no longer.

    What a person changed is kept. The same day and ledger give the same bytes. EduSheetError if no
    form was issued; OutputError if a file cannot be written.
    """
    facts = for_supervision(ledger, plan, period)
    today = clock.day(now)
    made = datetime.combine(today, time(), clock.zone())
    fonts = choose_fonts(plan.settings.fonts).fonts
    folder = workspace.supervision(period)
    owed = matters(facts, today)
    papers = []
    for unit in dict.fromkeys(one.unit for one in owed):
        for colour in Colour:
            own = [one for one in owed if (one.unit, one.colour) == (unit, colour)]
            if not own:
                continue
            data = render(supervision_content(facts, unit, colour, own, today), fonts, made)
            path = folder / f"督办单_{safe_name(unit)}_{colour.value}.docx"
            placed = place_output(workspace, ledger, path, data, now)
            papers.append(Paper(unit, colour, placed.path, placed.kept))
    standing = {one.path for one in papers}
    removed = remove_stale(workspace, ledger, folder, "督办单_*.docx", standing)
    return Supervised(folder, tuple(papers), removed)
