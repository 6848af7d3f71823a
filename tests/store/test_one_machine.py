"""A workspace on a network drive: one computer at a time, and who has it is said."""

import json
import socket
import sqlite3
import time
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.store import one_machine
from edu_sheet.store.ledger import database
from edu_sheet.words.errors import LedgerError


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace that lies on another computer."""
    folder = app.create(tmp_path / "共享").root
    monkeypatch.setattr(one_machine, "on_network", lambda _path: True)
    monkeypatch.setattr(database, "on_network", lambda _path: True)
    return folder


def test_another_computer_waits_and_is_told_whose_turn_it_is(shared: Path) -> None:
    held = {"host": "PC-7", "user": "经办人甲", "since": "2022-12-30 09:00"}
    path = shared / "存档" / one_machine.NAME
    path.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"PC-7.*经办人甲.*2022-12-30 09:00"):
        app.waiting(shared)
    assert path.exists()
    path.write_text(json.dumps(held | {"host": socket.gethostname()}), encoding="utf-8")
    assert app.waiting(shared) == ()
    assert not path.exists()  # of a run that was cut off, which would keep others out for ever


def test_who_ends_first_leaves_the_workspace_to_the_other_window(shared: Path) -> None:
    path = shared / "存档" / one_machine.NAME
    with one_machine.one_machine(shared / "存档", shared):
        with one_machine.one_machine(shared / "存档", shared):
            later = path.read_bytes()
            path.write_bytes(b"{}")  # as of a third one
        assert path.read_bytes() == b"{}"
        path.write_bytes(later)
    assert path.read_bytes() == later


def test_what_another_computer_is_just_writing_is_waited_for(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared / "存档" / one_machine.NAME
    path.write_bytes(b"")
    held = {"host": "PC-7", "user": "经办人甲", "since": "2022-12-30 09:00"}
    monkeypatch.setattr(
        time, "sleep", lambda _seconds: path.write_text(json.dumps(held), encoding="utf-8")
    )
    with pytest.raises(LedgerError, match=r"PC-7"):
        app.waiting(shared)


def test_the_workspace_is_free_again_afterwards_and_its_ledger_keeps_no_shared_memory(
    shared: Path,
) -> None:
    assert app.waiting(shared) == ()
    assert not (shared / "存档" / one_machine.NAME).exists()
    ledger = sqlite3.connect(shared / "存档" / "台账.db")
    assert ledger.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    ledger.close()
