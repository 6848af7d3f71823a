"""What a clerk reads at the command line."""

import json
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.cli import program as cli
from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.kit import clock, files
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import OutputError
from edu_sheet.words.period import parse_period
from tests.support.builders import fill
from tests.support.places import ROOT
from tests.support.session import Session, program

README = ROOT / "README.md"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session in a new workspace made from the shipped template."""
    folder = tmp_path / "督办"
    assert cli.run(["init", str(folder), "--example"]) == 0
    return Session(folder)


def test_every_command_explains_itself_in_chinese_and_stands_in_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    for name, command in cli.program.commands.items():
        assert command.help, name
        assert not command.help.isascii(), name
        assert f"edu-sheet {name}" in readme, name


def test_help_is_chinese_throughout() -> None:
    said = program("--help")
    assert said.status == 0
    for english in ("Usage", "Options", "Commands", "Show this message"):
        assert english not in said.out


def test_collect_takes_the_jobs_of_earlier_versions_and_offers_them_no_more(
    session: Session,
) -> None:
    assert "--jobs" not in program("collect", "--help").out
    assert session("collect", "--jobs", "2").status == 0
    assert "--jobs" in program("generate", "--help").out


@pytest.mark.parametrize("period", ["2022-13", "2022-00", "2022Q5", "202212", "十二月", "2022-1"])
def test_a_period_that_is_none_is_refused_with_an_example(session: Session, period: str) -> None:
    said = session("generate", period)
    assert said.status == 2
    assert period in said.err
    assert "2022-12" in said.err
    assert "2022Q4" in said.err


def test_rejecting_an_accepted_return_says_first_what_goes(session: Session) -> None:
    assert session("generate", "2022-12").status == 0
    form = session.folder / "下发/2022-12/2022-12_县公安局.xlsx"
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        issued = ledger.forms.latest(parse_period("2022-12"))["县公安局"].form
    texts = {row.number: "已完成。" for row in issued.rows}
    (session.folder / "收件箱/县公安局.xlsx").write_bytes(fill(form.read_bytes(), texts))
    (one,) = session("collect", "--json").json["submissions"]
    assert one["verdict"] == "accepted"
    refused = session("resolve", one["id"], "--reject")
    assert refused.status == 2
    assert f"{len(texts)} 项进展不再采用" in refused.err
    assert f"resolve {one['id']} --reject --yes" in refused.err
    assert session("export", "2022-12").out.count("县公安局")
    assert session("resolve", one["id"], "--reject", "--yes").status == 0
    assert not session("export", "2022-12").out.count("县公安局")
    assert session("resolve", one["id"], "--reject").status == 0, "nothing more can go"


def test_the_commands_that_follow_from_a_check_can_be_pasted(session: Session) -> None:
    units = ("县财政局", "县民政局", "县公安局", "县教育局")
    named = [word for unit in units for word in ("--unit", unit)]
    assert session("generate", "2022-12", *named).status == 0
    plan = session.folder / "分工方案.xlsx"
    book = openpyxl.load_workbook(plan)
    for row in book["分工方案"].iter_rows(min_row=4):
        row[2].value = f"{row[2].value or ''}（有改动）"
    book.save(plan)
    said = session("check").out
    (line,) = (line for line in said.splitlines() if "--force" in line)
    assert line.startswith("请运行：edu-sheet")
    assert "│" not in line
    assert all(f'--unit "{unit}"' in line for unit in units)


def test_the_last_decision_is_taken_back_and_the_one_before_it_holds(session: Session) -> None:
    assert session("generate", "2022-12").status == 0
    (session.folder / "收件箱/来信.txt").write_text("不是表", encoding="utf-8")
    (one,) = session("collect", "--json").json["submissions"]
    assert session("resolve", one["id"], "--reject").status == 0
    assert not list((session.folder / "待处理").iterdir())
    said = session("resolve", one["id"], "--undo")
    assert said.status == 1, "it waits again"
    assert "已撤回" in said.out
    assert {path.suffix for path in (session.folder / "待处理").iterdir()} == {".txt"}
    refused = session("resolve", one["id"], "--undo")
    assert refused.status == 2
    assert "没有可以撤回的裁定" in refused.err
    both = session("resolve", one["id"], "--undo", "--reject")
    assert both.status == 2
    assert "--undo" in both.err


def test_an_empty_form_is_not_called_taken(session: Session) -> None:
    assert session("generate", "2022-12").status == 0
    form = session.folder / "下发/2022-12/2022-12_县公安局.xlsx"
    (session.folder / "收件箱/县公安局.xlsx").write_bytes(form.read_bytes())
    assert "空表" in session("collect").out
    assert "未报（空表）" in session("status", "2022-12").out


def test_a_clock_behind_the_ledger_is_told_by_what_records_and_not_by_what_looks(
    session: Session,
) -> None:
    ahead = clock.now() + timedelta(days=400)
    app.generate(session.folder, parse_period("2022-12"), now=ahead)
    (session.folder / "收件箱" / "x.txt").write_text("不是表", encoding="utf-8")
    said = session("collect", "--json")
    assert said.status == 1
    assert f"{ahead:%Y-%m-%d}" in said.err
    assert "电脑的时间" in said.err
    assert said.json["submissions"]
    for command in (("generate", "2022-12"), ("merge", "2022-12"), ("mail", "2022-12")):
        told = session(*command)
        assert "电脑的时间" in told.err, command
        assert told.status == 1, command
    assert "电脑的时间" not in session("status", "2022-12").err


@pytest.mark.parametrize("command", ["generate", "merge", "export"])
def test_a_period_before_the_plan_is_refused_with_its_first_month(
    session: Session, command: str
) -> None:
    said = session(command, "2022-09")
    assert said.status == 2
    assert "2022-10" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["gather"], "gather"),
        (["generate"], "期次"),
        (["generate", "2022-12", "--forse"], "--force"),
        (["status", "2022-12", "2023-01", "x"], "多了参数 2023-01 x。用法说明："),
        (["stat", "2022-12"], "没有 stat 这个命令，是否想用 status。用法说明："),
        (["collect", "--received", "昨天"], "2022-12-30"),
        (["resolve", "三", "--accept"], "编号"),
        (["resolve", "三", "--accept"], "不对：请写一个整数。"),
        (["generate", "2022-12", "--jobs", "0"], "--jobs 不对：请写 1 到 64 的整数。"),
        (["collect", "--jobs", "多"], "--jobs 不对：请写 1 到 64 的整数。"),
        (["report", "2022Q4", "--style", "中"], "--style 不对：请从 简、详 里选一个写。"),
        (["merge", "2022Q4"], "请先生成填报表；如期次写错，请改正。请运行：edu-sheet -w "),
        (["merge", "2022Q4"], " generate 2022Q4"),
    ],
)
def test_a_mistyped_command_is_explained_in_chinese(
    session: Session, words: list[str], told: str
) -> None:
    said = session(*words)
    assert said.status == 2
    assert told in said.err
    assert "Error" not in said.err
    assert "Traceback" not in said.err


def test_a_folder_that_is_missing_or_no_workspace_is_said_with_the_next_step(
    tmp_path: Path,
) -> None:
    for folder in (tmp_path / "没有", tmp_path):
        said = Session(folder)("status", "2022-12")
        assert said.status == 2
        assert "edu-sheet init" in said.err


def test_init_never_touches_a_workspace_that_is_there(session: Session) -> None:
    before = Workspace(session.folder).plan.read_bytes()
    said = Session(session.folder)("init", session.folder)
    assert said.status == 2
    assert Workspace(session.folder).plan.read_bytes() == before


@pytest.mark.parametrize("name", ["没有.docx", "说明.txt", "坏.docx", "坏.xlsx", "空.md"])
def test_init_from_a_file_that_holds_no_plan_makes_nothing(tmp_path: Path, name: str) -> None:
    document = tmp_path / name
    if not name.startswith("没有"):
        document.write_bytes(b"PK\x03\x04 broken" if "坏" in name else "没有表格".encode())
    folder = tmp_path / "督办"
    said = Session(tmp_path)("init", folder, "--plan", document)
    assert said.status == 2
    assert name in said.err
    assert not (folder / "分工方案.xlsx").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows counts characters, of which 200 are few")
def test_a_name_longer_than_the_system_takes_is_refused_in_words(session: Session) -> None:
    long = Path("长" * 200)
    session("generate", "2022-12")
    for words in (
        ("init", session.folder / "新", "--plan", long.with_suffix(".docx")),
        ("collect", long),
        ("export", "2022-12", "-o", long / "表.csv"),
    ):
        said = session(*words)
        assert (said.status, said.err[:3]) == (2, "错误："), words


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_said_plainly(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    said = Session(tmp_path)("init", tmp_path / "督办")
    tmp_path.chmod(0o700)
    assert said.status == 2
    assert "无法写入" in said.err


def test_a_full_disk_leaves_what_was_there_and_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "总表.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(OutputError, match="磁盘已满"), files.reporting(target):
        raise OSError(28, "No space left on device")
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_messages_come_out_on_a_terminal_that_is_not_utf8(tmp_path: Path, encoding: str) -> None:
    for words in (["--help"], ["-w", tmp_path, "status", "2022-12"], ["generate", "坏"]):
        said = program(*words, encoding=encoding)
        assert said.status in (0, 2)
        assert "Traceback" not in said.err
    assert program("--help", encoding="gbk").out.count("期次") > 0


def test_a_scheduled_task_that_has_no_window_does_its_work(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows pythonw runs it: there is nothing to write to."""
    month = parse_period("2022-12")
    workspace = Workspace(session.folder)
    assert session("generate", month).status == DONE
    shutil.copy(next(workspace.issued(month).glob("*.xlsx")), workspace.inbox)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    at = ["-w", str(session.folder)]
    assert cli.run([*at, "collect"]) in (DONE, NEEDS_A_PERSON)
    assert cli.run([*at, "status", str(month)]) in (DONE, NEEDS_A_PERSON)
    assert not list(workspace.inbox.iterdir())


def test_json_reads_right_whatever_the_terminal(session: Session) -> None:
    for encoding in ("utf-8", "gbk", "ascii"):
        said = program("-w", session.folder, "check", "--json", encoding=encoding)
        assert json.loads(said.out)["plan"]["title"] == "全市教育大会精神重点任务分工方案"


def test_a_plan_open_in_excel_is_said_before_anything_is_written(session: Session) -> None:
    workspace = Workspace(session.folder)
    shutil.copy(workspace.plan, workspace.root / "~$分工方案.xlsx")
    said = session("generate", "2022-12")
    assert said.status in (0, 2)
    assert "Traceback" not in said.err


def test_no_command_runs_on_a_plan_with_errors_and_it_says_where(session: Session) -> None:
    from openpyxl import load_workbook

    workspace = Workspace(session.folder)
    book = load_workbook(workspace.plan)
    sheet = book["分工方案"]
    row, column = next(
        (cell.row, cell.column)
        for line in sheet.iter_rows()
        for cell in line
        if cell.value == "县财政局"
    )
    sheet.cell(row, column).value = "县财正局"
    book.save(workspace.plan)
    for words in (
        ["generate", "2022-12"],
        ["collect"],
        ["status", "2022-12"],
        ["merge", "2022-12"],
        ["report", "2022Q4"],
        ["export", "2022-12"],
        ["resolve", "1", "--accept"],
    ):
        said = session(*words)
        assert said.status == 2, words
        assert f"{row}" in said.err, words
        assert "县财正局" in said.err, words
    said = session("check")
    assert said.status == 1
    assert "县财政局" in said.out


def test_a_corrupt_ledger_is_said_plainly_and_the_originals_stay(session: Session) -> None:
    workspace = Workspace(session.folder)
    assert session("generate", "2022-12").status == 0
    for name in ("台账.db-wal", "台账.db-shm"):
        (workspace.archive / name).unlink(missing_ok=True)
    workspace.ledger.write_bytes(b"\0" * 100 + os.urandom(5000))
    said = session("status", "2022-12")
    assert said.status == 2
    assert "台账" in said.err
    assert "备份" in said.err
