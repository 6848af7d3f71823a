"""What is said against a ledger: a sound one is never called damaged."""

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from edu_sheet.kit import clock
from edu_sheet.store.ledger import Ledger, Output, database
from edu_sheet.words.errors import EduSheetError, LedgerError, OutputError

NOON = datetime(2022, 12, 30, 12, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound ledger with some content."""
    path = tmp_path / "台账.db"
    with Ledger.create(path) as ledger:
        for number in range(50):
            ledger.outputs.record(Output(f"{number}", "s" * 500, NOON, ""))
    return path


def mounts(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 600 kB; only root may make one."""
    folder = tmp_path / "盘"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or not mounts(mount):
        pytest.skip("no disk can be made here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def record_many(ledger: Ledger) -> None:
    for number in range(100):
        ledger.outputs.record(Output(f"新{number}", "s" * 5000, NOON, ""))


def fill(disk: Path) -> None:
    with (disk / "占满").open("wb", buffering=0) as stream:
        try:
            while stream.write(b"\0" * 4096):
                pass
        except OSError:
            return


def test_a_full_disk_is_said_to_be_full_and_nothing_is_advised_against_the_ledger(
    small_disk: Path, path: Path
) -> None:
    ledger_there = small_disk / path.name
    shutil.copyfile(path, ledger_there)
    fill(small_disk)
    with pytest.raises(OutputError, match="磁盘已满") as told:
        Ledger.open(ledger_there)
    assert "替换" not in str(told.value)
    (small_disk / "占满").unlink()
    with Ledger.open(ledger_there) as ledger:
        assert ledger.outputs.last("49")


def test_a_disk_that_fills_up_meanwhile_keeps_what_was_recorded(
    small_disk: Path, path: Path
) -> None:
    ledger_there = small_disk / path.name
    shutil.copyfile(path, ledger_there)
    with Ledger.open(ledger_there) as ledger:
        fill(small_disk)
        with pytest.raises(OutputError, match="磁盘已满") as told:
            record_many(ledger)
        assert "替换" not in str(told.value)
        assert ledger.outputs.last("49")
    (small_disk / "占满").unlink()
    with Ledger.open(ledger_there) as ledger:
        ledger.outputs.record(Output("新", "s", NOON, ""))
        assert ledger.outputs.last("49")


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
