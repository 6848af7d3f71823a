"""A workspace opened for work: its ledger, and its plan once it is known to be free of errors."""

from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.kit.files import reporting, sha256
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from edu_sheet.words.plan import Plan


def open_session(folder: Path) -> tuple[Workspace, Ledger]:
    """Return the workspace in a folder and its open ledger; the caller closes it.

    WorkspaceError or LedgerError if either cannot be used.
    """
    workspace = find_workspace(folder)
    return workspace, Ledger.open(workspace.ledger)


def current_plan(workspace: Workspace, ledger: Ledger) -> "Plan":
    """Return the plan, and keep its due dates in the ledger; PlanError if it has errors."""
    from edu_sheet.plan import load_valid

    digest = _plan_digest(workspace)
    plan = load_valid(workspace.plan)
    if digest != ledger.plan.sha256:
        periods = {*plan.periods, *ledger.forms.periods()}
        ledger.plan.record(
            digest,
            {period: plan.due(period) for period in periods},
            [(mail, unit.name) for unit in plan.roster.units for mail in unit.mail.split(";")],
            deadlines=bool(plan.deadlines),
        )
    return plan


def ensure_plan(workspace: Workspace, ledger: Ledger) -> None:
    """Raise PlanError if the plan workbook has errors.

    It is read only if it changed since it was last found free of them, so that commands which need
    the ledger alone start fast.
    """
    if _plan_digest(workspace) != ledger.plan.sha256:
        current_plan(workspace, ledger)


def _plan_digest(workspace: Workspace) -> str:
    with reporting(workspace.plan):
        return sha256(workspace.plan.read_bytes())
