"""The plan workbook is opened once a command, and to look nobody needs it closed, or right."""

import os
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.app import PlanState
from edu_sheet.app.session import opened
from edu_sheet.kit.reader.reader import asked
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import OutputError, PlanError
from edu_sheet.words.period import Month, Quarter

DECEMBER, QUARTER = Month(2022, 12), Quarter(2022, 4)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace of the shipped plan whose forms of a month and a quarter went out."""
    made = app.create(tmp_path / "督办")
    app.generate(made.root, DECEMBER)
    app.generate(made.root, QUARTER)
    return made


Opened = list[bytes]


@pytest.fixture
def plan_opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Return what the reader or openpyxl here was given to open, a plan workbook each time."""
    opened_: Opened = []
    real = openpyxl.load_workbook

    def counting(file: Any, *args: Any, **named: Any) -> Any:
        opened_.append(file.getvalue() if isinstance(file, BytesIO) else b"")
        return real(file, *args, **named)

    def counting_asked(work: Any, data: bytes, *options: Any) -> Any:
        opened_.append(data)
        return asked(work, data, *options)

    monkeypatch.setattr(openpyxl, "load_workbook", counting)
    monkeypatch.setattr("edu_sheet.app.reader.asked", counting_asked)
    return opened_


def edit(workspace: Workspace, sheet: str, cell: str, value: object) -> None:
    """Change a cell as the clerk does in Excel."""
    book = openpyxl.load_workbook(workspace.plan)
    book[sheet][cell].value = value
    book.save(workspace.plan)


def open_in_excel(workspace: Workspace) -> None:
    (workspace.root / "~$分工方案.xlsx").write_bytes(b"")


def without_keys(workspace: Workspace) -> None:
    """Take the keys out of the workbook, as a plan has none that was typed by hand."""
    book = openpyxl.load_workbook(workspace.plan)
    book["分工方案"].delete_cols(8)
    book.save(workspace.plan)


def test_a_plan_that_is_known_is_not_opened_again(
    workspace: Workspace, plan_opened: Opened
) -> None:
    root = workspace.root
    app.status(root, DECEMBER)
    app.export(root, DECEMBER)
    app.merge(root, QUARTER)
    app.report(root, QUARTER)
    app.collect(root)
    app.periods(root)
    app.generate(root, Month(2023, 1))  # it has its keys
    assert plan_opened == []


def test_the_file_is_read_once_a_command_and_once_more_before_it_is_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[Path] = []
    open_file = os.open

    def counting(path: Any, *how: Any, **where: Any) -> int:
        times.extend([path] if path == workspace.plan else [])
        return open_file(path, *how, **where)

    monkeypatch.setattr(os, "open", counting)
    root = workspace.root
    for verb, reads in (
        (lambda: app.check(root), 1),
        (lambda: app.generate(root, DECEMBER), 1),
        (lambda: app.status(root, DECEMBER), 1),
        (lambda: app.merge(root, DECEMBER), 1),
        (lambda: app.report(root, QUARTER), 1),
        (lambda: app.check(root, deadlines=True), 2),
        (lambda: app.check(root, deadlines=True), 1),
    ):
        times.clear()
        verb()
        assert len(times) == reads


def test_check_and_generate_open_the_plan_once(workspace: Workspace, plan_opened: Opened) -> None:
    app.check(workspace.root)
    assert len(plan_opened) == 1
    without_keys(workspace)
    app.status(workspace.root, DECEMBER)  # it knows the plan now, but writes no keys
    plan_opened.clear()
    app.generate(workspace.root, DECEMBER)
    assert len(plan_opened) == 1
    assert openpyxl.load_workbook(workspace.plan)["分工方案"]["H3"].value


def test_a_plan_that_changed_is_opened_once_and_is_known_then(
    workspace: Workspace, plan_opened: Opened
) -> None:
    edit(workspace, "设置", "B2", "另一个标题")
    plan_opened.clear()
    app.merge(workspace.root, DECEMBER)
    app.status(workspace.root, DECEMBER)
    assert len(plan_opened) == 1


def test_missing_keys_are_written_without_opening_the_plan_again(
    workspace: Workspace, plan_opened: Opened
) -> None:
    without_keys(workspace)
    plan_opened.clear()
    checked = app.check(workspace.root)
    app.merge(workspace.root, DECEMBER)
    assert len(plan_opened) == 1
    again = app.check(workspace.root)
    assert (again.plan, again.doubts) == (checked.plan, checked.doubts)


def test_deadlines_that_were_added_are_read_back_where_they_were_written(
    workspace: Workspace, plan_opened: Opened
) -> None:
    before = workspace.plan.read_bytes()
    first = app.check(workspace.root, deadlines=True)
    assert plan_opened == [before]
    assert first.added
    assert first.plan
    assert len(first.plan.deadlines) == first.added
    (copy,) = workspace.archive.glob("分工方案_*.xlsx")
    assert copy.read_bytes() == before
    again = app.check(workspace.root, deadlines=True)
    assert (again.plan, again.added) == (first.plan, 0)
    assert len(plan_opened) == 2


# ---------------------------------------------------------------- open in Excel


def test_all_that_does_not_write_the_plan_works_while_it_is_open_and_says_so(
    workspace: Workspace,
) -> None:
    root = workspace.root
    open_in_excel(workspace)
    states = [
        app.status(root, DECEMBER).state,
        app.export(root, DECEMBER).state,
        app.check(root).state,
        app.generate(root, DECEMBER).state,
        app.merge(root, DECEMBER).state,
        app.report(root, QUARTER).state,
        app.collect(root).state,
    ]
    assert states == [PlanState.OPEN_ELSEWHERE] * len(states)


def test_what_was_saved_while_it_is_open_counts(workspace: Workspace) -> None:
    edit(workspace, "设置", "B2", "另一个标题")
    open_in_excel(workspace)
    checked = app.check(workspace.root)
    assert checked.plan
    assert checked.plan.settings.title == "另一个标题"


def test_nothing_is_written_into_a_plan_that_is_open(workspace: Workspace) -> None:
    without_keys(workspace)
    before = workspace.plan.read_bytes()
    open_in_excel(workspace)
    for verb in (
        lambda: app.check(workspace.root),
        lambda: app.check(workspace.root, deadlines=True),
        lambda: app.generate(workspace.root, DECEMBER),
    ):
        with pytest.raises(OutputError, match="打开"):
            verb()
    assert workspace.plan.read_bytes() == before
    assert not list(workspace.archive.glob("分工方案_*"))


def test_a_plan_that_was_saved_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    from edu_sheet.app.plan import load_changed, save_plan
    from edu_sheet.plan.changes import with_keys

    without_keys(workspace)
    loaded, keyed, _ = load_changed(workspace, with_keys)
    edit(workspace, "设置", "B2", "改过的标题")
    hers = workspace.plan.read_bytes()
    with pytest.raises(OutputError, match="又有改动"):
        save_plan(workspace, loaded, keyed)
    assert workspace.plan.read_bytes() == hers


def test_a_plan_that_nobody_may_read_is_used_as_it_was_last_read(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a program may hold a file so that no other can read it."""
    open_file = os.open

    def held(path: Any, *how: Any, **where: Any) -> int:
        if path == workspace.plan:
            raise PermissionError(13, "held")
        return open_file(path, *how, **where)

    monkeypatch.setattr(os, "open", held)
    root = workspace.root
    states = [
        app.status(root, DECEMBER).state,
        app.merge(root, DECEMBER).state,
        app.collect(root).state,
    ]
    assert states == [PlanState.LAST_VALID] * 3
    with pytest.raises(PlanError, match="无法读取"):
        app.check(root)
    with opened(root) as (_, ledger):
        ledger.database.run("DELETE FROM plan")
    with pytest.raises(PlanError, match="无法读取"):
        app.status(root, DECEMBER)


# ---------------------------------------------------------------- with errors


def break_plan(workspace: Workspace) -> None:
    edit(workspace, "单位名录", "A2", None)


def test_looking_goes_on_with_the_last_plan_that_had_no_errors(workspace: Workspace) -> None:
    good = app.status(workspace.root, DECEMBER)
    break_plan(workspace)
    bad = app.status(workspace.root, DECEMBER)
    assert bad.state is PlanState.LAST_VALID
    assert (bad.units, bad.due) == (good.units, good.due)
    exported = app.export(workspace.root, DECEMBER)
    assert exported.state is PlanState.LAST_VALID
    assert app.periods(workspace.root)


def test_looking_goes_on_while_the_plan_is_damaged(workspace: Workspace) -> None:
    workspace.plan.write_bytes(b"PK\x03\x04 half")
    assert app.status(workspace.root, DECEMBER).state is PlanState.LAST_VALID


def test_nothing_is_made_of_a_plan_with_errors(workspace: Workspace) -> None:
    break_plan(workspace)
    root = workspace.root
    for verb in (
        lambda: app.generate(root, DECEMBER),
        lambda: app.merge(root, DECEMBER),
        lambda: app.report(root, QUARTER),
        lambda: app.collect(root),
    ):
        with pytest.raises(PlanError, match="单位名录"):
            verb()
    assert app.check(root).errors


def test_a_ledger_of_before_learns_the_plan_from_the_workbook(
    workspace: Workspace, plan_opened: Opened
) -> None:
    with opened(workspace.root) as (_, ledger):
        ledger.database.run("DELETE FROM plan")
    app.merge(workspace.root, DECEMBER)
    app.merge(workspace.root, DECEMBER)
    assert len(plan_opened) == 1


def test_the_plan_in_the_ledger_is_the_plan_of_the_workbook(workspace: Workspace) -> None:
    checked = app.check(workspace.root, deadlines=True)
    with opened(workspace.root) as (_, ledger):
        assert ledger.plan.last == checked.plan


def test_a_copy_of_the_workspace_without_its_lock_file_is_current(
    workspace: Workspace, tmp_path: Path
) -> None:
    open_in_excel(workspace)
    other = tmp_path / "副本"
    shutil.copytree(workspace.root, other, ignore=shutil.ignore_patterns("~$*"))
    assert app.status(other, DECEMBER).state is PlanState.CURRENT
