"""What is said against a ledger: a sound one is never called damaged."""

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pytest

from edu_sheet.kit import clock
from edu_sheet.kit.files import write_bytes
from edu_sheet.store.ledger import Ledger, Output, database
from edu_sheet.store.ledger.in_memory import address
from edu_sheet.words.errors import EduSheetError, LedgerError, OutputError
from tests.support.disks import fill, free, make_read_only, small_disk

NOON = datetime(2022, 12, 30, 12, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound ledger with some content."""
    path = tmp_path / "台账.db"
    with Ledger.create(path) as ledger:
        for number in range(50):
            ledger.outputs.record(Output(f"{number}", "s" * 500, NOON, ""))
    return path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 600 kB."""
    with small_disk(tmp_path / "盘", "600k") as folder:
        yield folder


def record_many(ledger: Ledger) -> None:
    for number in range(100):
        ledger.outputs.record(Output(f"新{number}", "s" * 5000, NOON, ""))


def test_a_full_disk_is_said_to_be_full_and_nothing_is_advised_against_the_ledger(
    disk: Path, path: Path
) -> None:
    ledger_there = disk / path.name
    shutil.copyfile(path, ledger_there)
    fill(disk)
    with pytest.raises(OutputError, match="磁盘已满") as told:
        Ledger.open(ledger_there)
    assert "替换" not in str(told.value)
    free(disk)
    with Ledger.open(ledger_there) as ledger:
        assert ledger.outputs.last("49")


def test_a_disk_that_fills_up_meanwhile_keeps_what_was_recorded(disk: Path, path: Path) -> None:
    ledger_there = disk / path.name
    shutil.copyfile(path, ledger_there)
    with Ledger.open(ledger_there) as ledger:
        fill(disk)
        with pytest.raises(OutputError, match="磁盘已满") as told:
            record_many(ledger)
        assert "替换" not in str(told.value)
        assert ledger.outputs.last("49")
    free(disk)
    with Ledger.open(ledger_there) as ledger:
        ledger.outputs.record(Output("新", "s", NOON, ""))
        assert ledger.outputs.last("49")


def kill_while_writing(ledger: Path) -> None:
    """Leave a log behind whose content is not yet in the ledger's file."""
    program = f"""
        import os
        from edu_sheet.store.ledger import Ledger
        from pathlib import Path
        ledger = Ledger.open(Path({str(ledger)!r}))
        with ledger.database.transaction():
            ledger.database.set_meta("root", "新")
        os._exit(0)
    """
    subprocess.run([sys.executable, "-X", "utf8", "-c", textwrap.dedent(program)], check=True)
    assert ledger.with_name(f"{ledger.name}-wal").stat().st_size
    ledger.with_name(f"{ledger.name}-shm").unlink()


@pytest.mark.parametrize("close", [fill, make_read_only])
@pytest.mark.parametrize("killed", [False, True])
def test_where_nothing_can_be_written_all_that_is_recorded_can_be_looked_at(
    disk: Path, path: Path, close: Callable[[Path], None], killed: bool
) -> None:
    ledger_there = disk / path.name
    shutil.copyfile(path, ledger_there)
    if killed:
        kill_while_writing(ledger_there)
    close(disk)
    with Ledger.open_to_look(ledger_there) as ledger:
        assert ledger.unwritable
        assert ledger.outputs.last("49")
        assert ledger.root == ("新" if killed else "")
        ledger.root = "忘掉"
    with Ledger.open_to_look(ledger_there) as ledger:
        assert ledger.root != "忘掉"


def test_a_ledger_with_half_a_transaction_in_it_is_not_shown_as_if_it_were_whole(
    disk: Path, path: Path
) -> None:
    ledger_there = disk / path.name
    shutil.copyfile(path, ledger_there)
    ledger_there.with_name(f"{path.name}-journal").write_bytes(b"half")
    make_read_only(disk)
    with pytest.raises(OutputError):
        Ledger.open_to_look(ledger_there)


def test_a_ledger_on_a_share_has_an_address_that_sqlite_takes() -> None:
    assert address(PureWindowsPath("D:/督 办/台账.db"), "mode=ro").startswith("file:///D:/%E7")
    assert address(PureWindowsPath(r"\\盘\督办"), "mode=ro").startswith("file:////%E7%9B%98/")


def test_a_file_for_which_there_is_no_room_is_told_and_leaves_nothing_behind(disk: Path) -> None:
    fill(disk)
    with pytest.raises(OutputError, match="磁盘已满"):
        write_bytes(disk / "督办单.docx", b"x" * 3000)
    assert [path.name for path in disk.iterdir()] == ["占满"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
def test_a_quota_that_is_used_up_is_no_damage(path: Path) -> None:
    program = f"""
        import resource, signal
        from pathlib import Path
        from edu_sheet.store.ledger import Ledger
        from edu_sheet.words.errors import EduSheetError
        ledger = Ledger.open(Path({str(path)!r}))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            for number in range(10):
                ledger.database.set_meta(str(number), "x" * 10_000)
        except EduSheetError as error:
            print(error)
    """
    run = [sys.executable, "-X", "utf8", "-c", textwrap.dedent(program)]
    said = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert "磁盘出错" in said or "磁盘已满" in said
    assert "已损坏" not in said
    with Ledger.open(path) as ledger:
        assert ledger.outputs.last("49")


def damage(path: Path, kind: str) -> None:
    data = path.read_bytes()
    if kind == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "no database":
        path.write_bytes(b"not a database at all" * 500)
    elif kind == "overwritten":
        path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    else:
        path.write_bytes(b"")


def read(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.outputs.last("49")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("truncated", "已损坏"),
        ("no database", "已损坏"),
        ("overwritten", "已损坏"),
        ("empty", "空文件"),
    ],
)
def test_what_cannot_be_read_is_said_plainly_and_left_as_it_is(
    path: Path, kind: str, words: str
) -> None:
    damage(path, kind)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=f"{words}.*替换"):
        read(path)
    assert path.read_bytes() == before


def test_a_missing_ledger_is_not_made_anew_silently(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="找不到台账"):
        Ledger.open(tmp_path / "台账.db")
    assert not (tmp_path / "台账.db").exists()


def test_a_ledger_busy_elsewhere_is_said_plainly(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    with (
        Ledger.open(path) as ledger,
        Ledger.open(path) as other,
        ledger.database.transaction(),
        pytest.raises(LedgerError, match="另一个"),
    ):
        other.outputs.record(Output("新", "s", NOON, ""))


def test_a_ledger_that_another_program_holds_wholly_is_busy_not_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerError, match="另一个"):
            Ledger.open(path)


def test_a_bug_in_a_statement_is_no_fault_of_the_ledger(path: Path) -> None:
    with (
        Ledger.open(path) as ledger,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
    ):
        ledger.database.run("SELECT * FROM nowhere")


@pytest.mark.filterwarnings("error::ResourceWarning")
@pytest.mark.parametrize("kind", ["truncated", "no database", "empty"])
def test_whatever_is_wrong_no_connection_stays_open(path: Path, kind: str) -> None:
    damage(path, kind)
    with pytest.raises(EduSheetError):
        Ledger.open(path)
    path.rename(path.with_name("移走.db"))  # Windows refuses this while anything holds it
