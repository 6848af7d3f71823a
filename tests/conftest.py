"""What holds for every test: none depends on how fast the machine is, how busy, or where."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from edu_sheet.collect import inbox
from edu_sheet.kit.reader import reader
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from tests.support import readers

os.environ["TZ"] = "UTC0"  # where days are those of Asia/Shanghai: the tests' moments are, too
if sys.platform != "win32":
    time.tzset()

settings.register_profile(
    "edu-sheet", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("edu-sheet")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end, one core would wait for another."""
    items.sort(key=lambda item: item.get_closest_marker("once") is None)


@pytest.fixture(scope="session")
def kept() -> Iterator[None]:
    """End what waits for another reader, after all tests."""
    yield
    readers.Kept.end_all()


@pytest.fixture(autouse=True)
def kept_readers(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test go on with the readers' processes of the tests before it."""
    monkeypatch.setattr(reader, "_Child", readers.Kept)


@pytest.fixture(autouse=True)
def nobody_is_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait to see whether a new file grows: it does where a test lets it, at that look."""
    monkeypatch.setattr(inbox, "_LOOK", 0.0)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Its folders; it has no plan workbook."""
    workspace = Workspace(tmp_path / "督办")
    workspace.create()
    return workspace


@pytest.fixture
def ledger(workspace: Workspace) -> Iterator[Ledger]:
    """The workspace's ledger, empty."""
    with Ledger.create(workspace.ledger) as ledger:
        yield ledger
