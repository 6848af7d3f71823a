"""What a virus scanner holds for a moment is asked for again; what is refused for good is told."""

import os
import stat
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from edu_sheet.kit import beneath, held
from edu_sheet.kit.network_drive import is_remote


class HeldError(OSError):
    """As Windows raises it."""

    def __init__(self, winerror: int) -> None:
        super().__init__(13, "held")
        self.winerror = winerror


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


def held_for(times: int, winerror: int = 32) -> "list[int]":
    return [winerror] * times


def asked(answers: list[int]) -> str:
    def action() -> str:
        if answers:
            raise HeldError(answers.pop())
        return "done"

    return held.asked_again(action)


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_file_that_is_held_for_a_moment_is_written_all_the_same(winerror: int) -> None:
    assert asked(held_for(3, winerror)) == "done"


def test_a_file_that_stays_held_or_a_full_disk_is_told() -> None:
    for answers in (held_for(99), held_for(1, 112)):
        with pytest.raises(HeldError):
            asked(answers)


def test_a_file_that_is_marked_read_only_leaves_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(b"")
    changed = []
    read_only = SimpleNamespace(
        st_mode=stat.S_IFREG, st_file_attributes=stat.FILE_ATTRIBUTE_READONLY
    )
    monkeypatch.setattr(beneath, "_status", lambda *_args: read_only)
    monkeypatch.setattr(Path, "chmod", lambda path, mode: changed.append((path, mode)))
    beneath.unlink(file)
    assert changed == [(file, stat.S_IWRITE)]
    assert not os.path.lexists(file)


def test_a_share_and_a_drive_of_another_computer_are_known() -> None:
    kinds = {"C:\\": 3, "Z:\\": 4}
    assert not is_remote("C:\\", kinds.__getitem__)
    assert is_remote("Z:\\", kinds.__getitem__)
    assert is_remote("\\\\server\\share\\", kinds.__getitem__)
