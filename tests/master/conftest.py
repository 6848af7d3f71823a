from collections.abc import Iterator
from pathlib import Path

import pytest

from edu_sheet.kit.reader import reader
from tests.support import readers
from tests.support.master_desk import Desk


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read edited masters in this process: hundreds of others would take longer than the rest.

    The command does it in its own (tests/cli, tests/whole).
    """
    monkeypatch.setattr(reader, "_Child", readers.Here)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Nothing is issued yet."""
    desk = Desk(tmp_path)
    with desk.ledger:
        yield desk
