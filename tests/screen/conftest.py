"""A clerk at the screen, in a workspace whose forms went out."""

from pathlib import Path

import pytest

from tests.app.conftest import Office
from tests.support.clerk import Clerk


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("督办") / "督办")


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return Office(tmp_path / "督办", like=made)


@pytest.fixture
def clerk(office: Office, tmp_path: Path) -> Clerk:
    return Clerk(tmp_path / "home", office.root)
