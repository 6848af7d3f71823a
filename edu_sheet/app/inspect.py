"""What the folders of a workspace hold that its ledger does not know, and what mends it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import seen_plan
from edu_sheet.app.session import opened, opened_to_look
from edu_sheet.kit import clock
from edu_sheet.sentences import note
from edu_sheet.store.workspace import find_workspace
from edu_sheet.words.errors import PlanError
from edu_sheet.words.findings import Finding
from edu_sheet.words.returns import Submission

if TYPE_CHECKING:
    from edu_sheet.collect.pending import Explain


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was recorded again, and what still needs a person."""

    forms: tuple[str, ...]  # in 下发, relative to the workspace
    submissions: tuple[Submission, ...]  # known again, or settled by what is known again
    left: tuple[Finding, ...]


def inspect(folder: Path) -> tuple[Finding, ...]:
    """Return what the folders and the ledger disagree about; a finding each, () as a rule.

    Names are compared, no file is read: every front end may ask at any time.
    """
    from edu_sheet.store.survey import survey

    with opened_to_look(folder) as (workspace, ledger):
        return survey(workspace, ledger)


def repair(folder: Path, *, explain: "Explain | None" = None) -> Repaired:
    """Record again what the folders hold and the ledger does not know; done twice, it does nothing.

    Nothing is overwritten, deleted or numbered anew. LedgerError if another edu-sheet is at work;
    OutputError if something cannot be read or written.
    """
    from edu_sheet.collect import pending
    from edu_sheet.collect.repair import repair as collect_again
    from edu_sheet.issue.recover import recover
    from edu_sheet.store.ledger.log import set_aside
    from edu_sheet.store.survey import survey

    set_aside(find_workspace(folder).ledger, clock.now())
    with opened(folder) as (workspace, ledger):
        with suppress(PlanError):
            seen_plan(workspace, ledger)  # what units and columns are called now
        renewed = [note("key_renewed")] if ledger.renew_key() else []
        forms = recover(workspace, ledger)
        ledger.forms.note_sought()
        found = collect_again(workspace, ledger, explain=explain or pending.explain)
        rest = survey(workspace, ledger)
        return Repaired(
            forms=tuple(one.file for one in forms.issues),
            submissions=found.submissions,
            left=(*renewed, *forms.left, *found.left, *rest),
        )
