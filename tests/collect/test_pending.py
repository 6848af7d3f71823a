"""待处理: what its .txt are called and say, wherever the workspace lies; and what is swept."""

import os
import time
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.cli import waiting
from tests.support.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return app.create(tmp_path / "督办").root


def collect(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "收件箱" / name).write_bytes(b"%PDF-1.7\n" + name.encode())
    app.collect(folder, explain=waiting.explain)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "待处理").iterdir())


def test_beside_a_txt_lies_one_that_is_called_otherwise(folder: Path) -> None:
    collect(folder, "说明.txt")
    assert names(folder) == ["0001_说明.txt", "0001_说明_处理办法.txt"]
    assert Session(folder)("resolve", 1, "--reject").status == 0
    assert names(folder) == []


@pytest.mark.parametrize("words", [("collect",), ("resolve", 1, "--reject")])
def test_commands_lead_to_where_the_workspace_lies_now(
    folder: Path, words: tuple[object, ...]
) -> None:
    collect(folder, "甲.pdf", "乙.pdf")
    moved = folder.with_name("搬过的督办")
    folder.rename(moved)
    Session(moved)(*words)
    said = (moved / "待处理" / "0002_甲.pdf.txt").read_text("utf-8-sig")
    assert str(moved) in said
    assert f'{folder}"' not in said


def test_what_a_person_wrote_into_a_txt_stays_when_the_workspace_is_moved(folder: Path) -> None:
    collect(folder, "甲.pdf")
    note = folder / "待处理" / "0001_甲.pdf.txt"
    note.write_bytes(note.read_bytes() + "已电话核实。".encode())
    hers = note.read_bytes()
    moved = folder.with_name("搬过的督办")
    folder.rename(moved)
    collect(moved)
    assert [*names(moved)] == ["0001_甲.pdf", "0001_甲.pdf.txt"]
    assert (moved / "待处理" / note.name).read_bytes() == hers


def test_what_killed_runs_left_half_written_is_swept_and_nothing_else(folder: Path) -> None:
    old, new = time.time() - 7200, time.time()
    left = [
        folder / ".~4711.分工方案.xlsx",
        folder / "存档" / ".~4711.台账_编号.json",
        folder / "存档" / "原件" / "67" / ".~4711.674a",
        folder / "下发" / "2022-12" / ".~4711.2022-12_县财政局.xlsx",
        folder / "成果" / "2022-12" / ".~4711.总表.xlsx",
        folder / "收件箱" / ".~4711.abcdefgh",
    ]
    at_work = [folder / "下发" / "2022-12" / ".~4712.2022-12_县公安局.xlsx"]
    hers = [folder / "成果" / "2022-12" / "~$总表.xlsx", folder / ".~笔记.txt"]
    for path in (*left, *at_work, *hers):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        os.utime(path, (new, new) if path in at_work else (old, old))
    app.collect(folder)
    assert not [path for path in left if path.exists()]
    assert all(path.exists() for path in (*at_work, *hers))
