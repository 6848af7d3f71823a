"""Two at once, a screen and a command line: what is told as done is done, and nothing is lost."""

import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from edu_sheet import app
from edu_sheet.app import session
from edu_sheet.kit.files import name_beside
from edu_sheet.kit.lock import one_at_a_time
from edu_sheet.plan.writing.edit_roster import MailAddress
from edu_sheet.words.errors import EduSheetError, LedgerError
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, NOVEMBER


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Return what each call gives, all of them begun together; what one raises is raised."""
    begin = Barrier(len(calls))

    def called(call: Callable[[], Any]) -> Any:
        begin.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(called, calls))


def test_two_edits_of_the_roster_at_once_both_stand_in_the_workbook(office: Office) -> None:
    plan = app.check(office.root).plan
    assert plan
    units = [unit.name for unit in plan.roster.units[:2]]
    for times in range(3):
        address = {unit: f"{number}.{times}@xian.test" for number, unit in enumerate(units)}
        edits = [MailAddress(unit, mail) for unit, mail in address.items()]
        at_once(*(partial(app.edit_roster, office.root, edit) for edit in edits))
        plan = app.check(office.root).plan
        assert plan
        assert {unit.name: unit.mail for unit in plan.roster.units if unit.name in units} == address


def test_two_that_make_the_same_output_both_end_and_leave_one_whole_file(office: Office) -> None:
    table = office.root / "长表.xlsx"
    for _ in range(3):
        at_once(
            *[lambda: app.merge(office.root, DECEMBER)] * 2,
            *[lambda: app.report(office.root, DECEMBER)] * 2,
            *[lambda: app.export(office.root, DECEMBER, table)] * 2,
        )
    results = office.workspace.results(DECEMBER)
    assert sorted(one.name for one in results.iterdir()) == ["总表.xlsx", "调度通报.docx"]
    for made in (*results.iterdir(), table):
        with zipfile.ZipFile(made) as package:
            assert package.testzip() is None


def test_whoever_generates_at_the_same_time_waits_and_is_not_turned_away(tmp_path: Path) -> None:
    root = app.create(tmp_path / "督办").root
    made = at_once(
        *[lambda: app.generate(root, NOVEMBER)] * 2, lambda: app.generate(root, DECEMBER)
    )
    outcomes = [{one.outcome.value for one in issued.forms} for issued in made]
    assert sorted(map(sorted, outcomes)) == [["new"], ["new"], ["unchanged"]]


def test_who_waits_too_long_for_another_is_told_so_and_nothing_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_PATIENCE", 0)
    before = office.workspace.plan.read_bytes()
    with (
        one_at_a_time(office.workspace.archive / "write.lock", EduSheetError("忙", "")),
        pytest.raises(LedgerError, match="另一个 edu-sheet"),
    ):
        app.edit_roster(office.root, MailAddress("县财政局", "a@xian.test"))
    assert office.workspace.plan.read_bytes() == before


def test_a_file_is_written_in_a_place_of_its_own_each_time(tmp_path: Path) -> None:
    path = tmp_path / ("总" * 80 + ".xlsx")
    places = {name_beside(path) for _ in range(100)}
    assert len(places) == 100
    assert all(len(one.name.encode()) <= 255 for one in places)
