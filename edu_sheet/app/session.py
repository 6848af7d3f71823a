"""A workspace opened for one verb: its folders and its ledger, which is closed behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edu_sheet.kit.lock import one_at_a_time
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.one_machine import one_machine
from edu_sheet.store.workspace import Workspace, find_workspace
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.step import AGAIN

_PATIENCE = 30  # seconds that one verb waits for another to be done with its files


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Workspace, Ledger]]:
    """Yield the workspace in a folder and its ledger, open in here.

    WorkspaceError or LedgerError if either cannot be used.
    """
    workspace = find_workspace(folder)
    with (
        one_machine(workspace.archive, workspace.root),
        Ledger.open(workspace.ledger) as ledger,
    ):
        yield workspace, ledger


@contextmanager
def opened_to_look(folder: Path) -> Iterator[tuple[Workspace, Ledger]]:
    """Yield what `opened` does, for a function that records nothing.

    Where nothing can be written (a full disk, a folder that is read-only) the ledger is a copy in
    memory: `ledger.unwritable` says why.
    """
    workspace = find_workspace(folder)
    with (
        one_machine(workspace.archive, workspace.root, to_look=True),
        Ledger.open_to_look(workspace.ledger) as ledger,
    ):
        yield workspace, ledger


@contextmanager
def opened_to_write(folder: Path) -> Iterator[tuple[Workspace, Ledger]]:
    """Yield what `opened` does, for a verb that reads a file, changes it and writes it.

    One at a time: what another command or thread writes in between would be lost. LedgerError if
    another is not done in time.
    """
    with opened(folder) as (workspace, ledger):
        busy = LedgerError(
            "另一个 edu-sheet 正在写方案、填报表或成果", "请等它结束，或关掉那个窗口。", AGAIN
        )
        with one_at_a_time(workspace.archive / "write.lock", busy, _PATIENCE):
            yield workspace, ledger
