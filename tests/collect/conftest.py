import pytest

from edu_sheet.issue import generate
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from tests.support.builders import CREATED, DECEMBER, NOVEMBER, small_plan
from tests.support.inbox import Desk


@pytest.fixture
def desk(workspace: Workspace, ledger: Ledger) -> Desk:
    """Two months' forms are out."""
    for period in (NOVEMBER, DECEMBER):
        generate.generate(workspace, small_plan(), ledger, period, None, force=False, now=CREATED)
    return Desk(workspace, ledger)
