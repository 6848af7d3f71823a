"""A workspace opened for one verb: its folders and its ledger, which is closed behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace, find_workspace


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Workspace, Ledger]]:
    """Yield the workspace in a folder and its ledger, open in here.

    WorkspaceError or LedgerError if either cannot be used.
    """
    workspace = find_workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        yield workspace, ledger
