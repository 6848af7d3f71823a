from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.master_desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Nothing is issued yet."""
    desk = Desk(tmp_path)
    with desk.ledger:
        yield desk
