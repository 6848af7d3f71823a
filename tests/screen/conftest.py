"""A clerk at the screen, in a workspace whose forms went out."""

from pathlib import Path

import pytest

from tests.app.conftest import Office, made, office
from tests.support.clerk import Clerk

__all__ = ["made", "office"]


@pytest.fixture
def clerk(office: Office, tmp_path: Path) -> Clerk:
    return Clerk(tmp_path / "home", office.root)
