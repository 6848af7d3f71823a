"""What Windows does otherwise, said to the program as Windows says it."""

import errno
import os
import re
import socket
from datetime import date
from pathlib import Path

import pytest

from edu_sheet.kit import clock, programs
from edu_sheet.kit.files import reporting, safe_name
from edu_sheet.kit.network_drive import is_remote
from edu_sheet.kit.refused import why
from edu_sheet.words.errors import OutputError


@pytest.mark.parametrize("name", ["COM1.xlsx", "nul .xlsx", "CON", "LPT².txt", "conin$"])
def test_a_name_that_is_a_device_of_windows_becomes_one_of_a_file(name: str) -> None:
    assert safe_name(name) == f"_{name}"


def test_a_path_that_is_too_long_for_windows_is_said_to_be_that() -> None:
    error = OSError(errno.ENOENT, "path not found")
    error.winerror = 3  # type: ignore[attr-defined]  # as of Windows
    for path, said in ((Path("深" * 240, "表.xlsx"), "浅一层"), (Path("表.xlsx"), "请检查该位置")):
        with pytest.raises(OutputError, match=said), reporting(path):
            raise error


def test_what_the_system_says_of_a_failure_is_said_in_chinese(tmp_path: Path) -> None:
    def silent(wrapped: bool) -> None:
        try:
            (tmp_path / "none" / "a").read_bytes()
        except OSError as error:
            if wrapped:
                raise RuntimeError("Max retries exceeded") from error
            raise

    for wrapped in (False, True):
        with pytest.raises((OSError, RuntimeError)) as raised:
            silent(wrapped)
        assert why(raised.value) == "找不到这个位置"
    numbers = ("EACCES", "ENOSPC", "EROFS", "EISDIR", "ENAMETOOLONG", "EBUSY", "ECONNREFUSED")
    errors = [OSError(getattr(errno, name), os.strerror(getattr(errno, name))) for name in numbers]
    errors += [TimeoutError("timed out"), socket.gaierror(-2, "Name or service not known")]
    for error in errors:
        assert not re.search("[A-Za-z]", why(error)), error


def test_a_program_of_windows_is_found_by_its_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "soffice.exe"
    there.write_bytes(b"")
    there.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "_ENDINGS", (".exe",))
    assert programs.program_named("soffice") == there


def test_a_drive_of_this_computer_is_its_own_however_it_is_written() -> None:
    def kind(drive: str) -> int:
        return {"C:\\": 3, "Z:\\": 4}[drive]

    assert not is_remote("\\\\?\\C:\\", kind)
    assert is_remote("\\\\?\\Z:\\", kind)
    assert is_remote("\\\\?\\UNC\\server\\share\\", kind)


def test_a_file_that_is_older_than_the_clock_has_its_day() -> None:
    """A stamp of nothing is the year 1601 on Windows, whose own calls take none before 1970."""
    assert clock.at(-11644473600, clock.SHANGHAI).date() == date(1601, 1, 1)
    assert clock.at(1672368000.5, clock.SHANGHAI).isoformat() == "2022-12-30T10:40:00.500000+08:00"
