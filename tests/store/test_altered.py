"""A ledger that another program has altered: what cannot be read is named, not a traceback."""

import sqlite3
from contextlib import closing

import pytest

from edu_sheet import app
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import LedgerError
from tests.app.conftest import Office
from tests.app.conftest import made as made  # noqa: PLC0414 - a fixture
from tests.app.conftest import office as office  # noqa: PLC0414 - a fixture
from tests.support.builders import DECEMBER, EDUCATION


def alter(office: Office, statement: str) -> None:
    with closing(sqlite3.connect(office.workspace.ledger)) as database:
        assert database.execute(statement).rowcount > 0
        database.commit()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE finding SET about = 'not json'", "编号 2 的报送件的第 1 条问题"),
        ("UPDATE finding SET severity = 'grave'", "编号 2 的报送件的第 1 条问题"),
        ("UPDATE submission SET verdict = 'good'", "编号 1 的报送件"),
        ("UPDATE submission SET received_at = 'soon'", "编号 1 的报送件"),
        ("UPDATE submission SET approval = 'x'", "编号 1 的报送件"),
        ("UPDATE issue SET form = 'not json'", "的填报表"),
        ("UPDATE issue SET form = '{}'", "的填报表"),
        ("UPDATE unit SET aliases = 'not json'", "的别名"),
        ("UPDATE entry SET role = 'other'", "收下的文字"),
    ],
)
def test_what_was_altered_is_named_with_what_to_do(
    office: Office, statement: str, named: str
) -> None:
    office.report(EDUCATION, {1: "已经开展", 2: ""})
    office.report(EDUCATION, {1: "", 2: ""})
    alter(office, statement)
    with pytest.raises(LedgerError, match=f"{named}.*读不懂.*备份"):
        app.merge(office.root, DECEMBER)


def test_a_folder_in_the_ledger_s_place_is_called_a_folder(office: Office) -> None:
    office.workspace.ledger.unlink()
    office.workspace.ledger.mkdir()
    with pytest.raises(LedgerError, match="是一个文件夹"):
        Ledger.open(office.workspace.ledger)
