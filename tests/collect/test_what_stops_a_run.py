"""What lies in the folders and would stop a run for good: it is told, and the rest goes on."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from edu_sheet.cli import program as cli
from edu_sheet.issue import generate
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.returns import Verdict
from tests.support.builders import CREATED, DECEMBER, fill, small_plan
from tests.support.inbox import NOON, Desk
from tests.support.session import Session

posix = pytest.mark.skipif(os.name == "nt", reason="such things are not to be had there")


@pytest.fixture
def desk(workspace: Workspace, ledger: Ledger) -> Desk:
    generate.generate(workspace, small_plan(), ledger, DECEMBER, None, force=False, now=CREATED)
    return Desk(workspace, ledger)


def good(desk: Desk) -> None:
    desk.drop("表.xlsx", fill(desk.form(), {1: "甲。"}))


@pytest.mark.parametrize(
    "written",
    [
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Sat, 01 Jan 9999 00:00:00 +0000",
        "Mon, 01 Jan 0001 00:00",
    ],
)
def test_a_letter_from_a_year_without_a_calendar_stops_nothing(desk: Desk, written: str) -> None:
    letter = (
        f"From: a@b.invalid\nDate: {written}\nSubject: x\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\n"
        "第1项：乙。\n"
    )
    desk.drop("信.eml", letter.encode())
    good(desk)
    found = desk.collect()
    assert [one.verdict for one in found.submissions if one.unit] == [Verdict.ACCEPTED]
    assert desk.texts() == {1: "甲。"}
    assert desk.inbox() == []


@posix
def test_a_file_whose_name_is_no_text_is_left_and_told(desk: Desk) -> None:
    named = os.fsencode(desk.workspace.inbox) + b"/" + "县财政局.xlsx".encode("gbk")
    Path(os.fsdecode(named)).write_bytes(fill(desk.form(), {1: "乙。"}))
    good(desk)
    found = desk.collect()
    assert desk.texts() == {1: "甲。"}
    (left,) = found.left
    assert "文件名的编码认不出来" in left.reason
    assert Path(os.fsdecode(named)).exists()


@posix
def test_folders_deeper_than_the_system_takes_are_told(desk: Desk) -> None:
    within = os.open(desk.workspace.inbox, os.O_RDONLY)
    for _ in range(60):
        os.mkdir("长" * 60, dir_fd=within)
        within = os.open("长" * 60, os.O_RDONLY, dir_fd=within)
    os.close(os.open("a.xlsx", os.O_CREAT | os.O_WRONLY, dir_fd=within))
    os.close(within)
    good(desk)
    found = desk.collect()
    assert desk.texts() == {1: "甲。"}
    assert any("路径太长" in one.reason for one in found.left)


@posix
def test_the_note_of_what_is_read_follows_no_link_and_waits_for_no_pipe(
    desk: Desk, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "别处.txt"
    elsewhere.write_text("勿动", encoding="utf-8")
    desk.workspace.reading_now.symlink_to(elsewhere)
    good(desk)
    desk.collect()
    assert elsewhere.read_text(encoding="utf-8") == "勿动"
    os.mkfifo(desk.workspace.reading_now)
    desk.drop("表2.xlsx", fill(desk.form(), {1: "乙。"}))
    desk.collect(at=NOON + timedelta(hours=1))
    assert desk.texts() == {1: "乙。"}


@posix
def test_a_pipe_in_the_plans_or_the_masters_place_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "督办"
    assert cli.run(["init", str(folder), "--example"]) == 0
    session = Session(folder)
    assert session("generate", "2022-12").status == 0
    results = folder / "成果" / "2022-12"
    results.mkdir(parents=True)
    os.mkfifo(results / "总表.xlsx")
    told = session("merge", "2022-12")
    assert told.status == 2
    assert "不是普通文件" in told.err
    (folder / "分工方案.xlsx").unlink()
    os.mkfifo(folder / "分工方案.xlsx")
    told = session("check")
    assert told.status == 2
    assert "不是普通文件" in told.err
