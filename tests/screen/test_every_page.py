"""Every page that can be asked for answers in words, whatever state a workspace is in."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.app.edits import MailAddress
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.store.ledger.plan import PlanRecord
from edu_sheet.words.errors import OutputError
from tests.app.conftest import Office
from tests.support.builders import EDUCATION, FINANCE, POLICE, small_plan
from tests.support.clerk import Clerk
from tests.support.disks import fill, make_read_only, small_disk

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
    blue = {
        path: len(re.findall(r'class="[^"]*\bprimary\b', page.html)) for path, page in found.items()
    }
    assert {path for path, number in blue.items() if number > 1} == set()
    none = {path for path, number in blue.items() if not number and "四步" in found[path].html}
    ended = {found[path].path for path in none}  # what cannot be decided leads back to the file
    assert ended <= {"/return/1"}, "what a person decides"


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


@pytest.mark.parametrize("close", [fill, make_read_only])
def test_where_nothing_can_be_written_every_page_shows_and_says_so_and_no_verb_loses_anything(
    office: Office, tmp_path: Path, close: Callable[[Path], None]
) -> None:
    office.take(b"nothing that can be read", "说明.doc")
    with small_disk(tmp_path / "盘", "6m") as disk:
        there = Office(disk / "督办", like=office)
        clerk = Clerk(tmp_path / "home", there.root)
        before = {path: clerk.get(path).status for path in addresses(clerk, PERIODS[:2])}
        (there.workspace.inbox / "县公安局.xlsx").write_bytes(there.form(POLICE))
        close(disk)
        assert {path: clerk.get(path).status for path in before} == before
        assert "现在只能看" in clerk.get("/p/2022-12/sum").text
        assert clerk.drop("县财政局.xlsx", there.form(FINANCE)).status == 400
        for path in ("/return/1/decide", "/settings/alias", "/p/2022-12/close"):
            fields = {
                "action": "reject",
                "unit": POLICE,
                "alias": "公安",
                "task": "1",
                "basis": "a",
            }
            assert "没有做成" in clerk.post(path, on="2022-12-30", **fields).text
        for path in ("/p/2022-12/collect", "/p/2022-12/merge", "/p/2022Q4/issue"):
            assert "没有做成" in clerk.wait(clerk.post(path)).text
        assert len(app.waiting(there.root)) == 1
        assert app.inbox_files(there.root) == ("县公安局.xlsx",)


def test_a_plan_that_was_changed_is_shown_where_the_ledger_has_no_room_to_note_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.edit_roster(office.root, MailAddress(POLICE, "gaj@xian.test"))
    office.workspace.plan.write_bytes(write_workbook(small_plan()))

    def full(*_: object, **__: object) -> None:
        raise OutputError("磁盘已满，台账没有写成", "")

    monkeypatch.setattr(PlanRecord, "record", full)
    clerk = Clerk(tmp_path / "home", office.root)
    for path in ("/p/2022-12", "/settings", "/p/2022-12/mail", "/p/2022-12/mail/by-hand"):
        assert clerk.get(path).status == 200


def test_a_plan_that_cannot_be_used_yet_can_be_opened_and_checked(
    clerk: Clerk, office: Office, tmp_path: Path
) -> None:
    page = clerk.post("/wizard/create", kind="empty", folder=str(tmp_path / "空"))
    assert page.path == "/settings"
    assert "方案还不能用：" in page.text
    assert {"用Excel打开", "检查方案"} <= set(page.buttons)
    assert "错误" in clerk.wait(clerk.post("/settings/check")).text
