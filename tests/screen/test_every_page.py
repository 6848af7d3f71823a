"""Every page that can be asked for answers in words, whatever state a workspace is in."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from edu_sheet import app
from tests.app.conftest import Office
from tests.support.builders import EDUCATION
from tests.support.clerk import Clerk

PERIODS = ("2022-12", "2022Q4", "2030-01", "1999-01")
QUERIES = ("", f"?unit={EDUCATION}&period=2022-12&action=assign", "?action=accept", "?action=take")


def addresses(clerk: Clerk, periods: Sequence[str]) -> Iterator[str]:
    """Yield an address of every page, with what may stand in it."""
    for rule in clerk.browser.application.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in ("static", "entrance.enter"):
            continue
        path = rule.rule.replace("<int:number>", "1")
        queries = QUERIES if "return" in path else ("",)
        for period in periods if "<period:period>" in path else ("",):
            yield from (f"{path.replace('<period:period>', period)}{query}" for query in queries)


def test_no_page_fails_in_an_office_at_work(clerk: Clerk, office: Office) -> None:
    office.take(b"nothing that can be read", "说明.doc")
    found = {path: clerk.get(path) for path in addresses(clerk, PERIODS)}
    assert [path for path, page in found.items() if page.status >= 500] == []
    assert found["/return/1"].status == 200


def empty(folder: Path) -> None:
    app.create(folder, empty=True)


def no_ledger(folder: Path) -> None:
    app.create(folder).ledger.unlink()


def nothing(folder: Path) -> None:
    folder.mkdir()


@pytest.mark.parametrize("make", [empty, no_ledger, nothing])
def test_no_page_fails_in_a_workspace_that_cannot_be_used_yet(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "督办")
    clerk = Clerk(tmp_path / "home", tmp_path / "督办")
    found = {path: clerk.get(path) for path in addresses(clerk, PERIODS[:1])}
    assert [path for path, page in found.items() if page.status >= 500] == []


def test_a_plan_that_cannot_be_used_yet_can_be_opened_and_checked(
    clerk: Clerk, office: Office, tmp_path: Path
) -> None:
    page = clerk.post("/wizard/create", kind="empty", folder=str(tmp_path / "空"))
    assert page.path == "/settings"
    assert "方案还不能用：" in page.text
    assert {"用Excel打开", "检查方案"} <= set(page.buttons)
    assert "错误" in clerk.wait(clerk.post("/settings/check")).text
