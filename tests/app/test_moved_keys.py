"""A plan sorted without its hidden 任务键: nothing that was reported moves to another task."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.post import workspace
from tests.support.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


def exchanged(session: Session, *, keys: bool) -> None:
    """Exchange the first two tasks' rows, with their hidden keys or without them."""
    path = session.folder / "分工方案.xlsx"
    book = openpyxl.load_workbook(path)
    sheet: Any = book["分工方案"]
    header = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "序号")
    for column in range(1, sheet.max_column + 1):
        if keys or sheet.cell(header, column).value != "任务键":
            one, other = (sheet.cell(header + line, column) for line in (1, 2))
            one.value, other.value = other.value, one.value
    book.save(path)


def test_rows_sorted_without_their_keys_are_an_error_and_nothing_is_merged(
    session: Session,
) -> None:
    assert session("check").status == 0
    exchanged(session, keys=False)
    said = session("check", "--json")
    assert said.status == 1
    assert [one["code"] for one in said.json["errors"]] == ["moved_key", "moved_key"]
    merged = session("merge", "2022-12")
    assert merged.status == 2
    assert "任务键" in merged.err
    exchanged(session, keys=False)
    assert session("check").status == 0


def test_rows_sorted_with_their_keys_are_none(session: Session) -> None:
    exchanged(session, keys=True)
    assert session("check").status == 0
