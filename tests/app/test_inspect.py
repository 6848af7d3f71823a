"""A workspace whose folders hold more than its ledger: told, and mended without a loss."""

import shutil
from dataclasses import astuple
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.master.merging.merge import Merged
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.period import Month
from edu_sheet.words.returns import Action, Decision, State, Submission, Verdict
from edu_sheet.words.step import Step, Verb
from tests.app.conftest import Office
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    POLICE,
    QUARTER,
    TOWNS,
    fill,
    moment,
)
from tests.support.session import Session
from tests.support.workbooks import archive

JANUARY = Month(2023, 1)


def codes(office: Office) -> list[str]:
    return [one.code for one in app.inspect(office.root)]


def back_up(office: Office) -> None:
    shutil.copyfile(office.workspace.ledger, office.root.parent / "备份.db")


def put_back(office: Office) -> None:
    shutil.copyfile(office.root.parent / "备份.db", office.workspace.ledger)


def submissions(office: Office) -> list[Submission]:
    with Ledger.open(office.workspace.ledger) as ledger:
        return ledger.returns.submissions()


def texts(office: Office) -> list[tuple[object, ...]]:
    with Ledger.open(office.workspace.ledger) as ledger:
        return [astuple(one) for one in ledger.entries.of([DECEMBER, JANUARY, QUARTER])]


def forms(office: Office) -> list[tuple[object, ...]]:
    with Ledger.open(office.workspace.ledger) as ledger:
        return [
            (one.id, one.form, one.file, one.sha256)
            for period in ledger.forms.periods()
            for one in ledger.forms.issued(period)
        ]


def files(office: Office) -> dict[str, bytes]:
    """Return all that lies in the workspace but the ledger and what stands beside it."""
    return {
        office.workspace.relative(path): path.read_bytes()
        for path in sorted(office.root.rglob("*"))
        if path.is_file() and not path.name.startswith(("台账", "collect.lock"))
    }


def week(office: Office) -> None:
    """Let a week pass: forms go out, files come, one is decided about, one waits."""
    app.generate(office.root, JANUARY, now=CREATED)
    app.generate(office.root, QUARTER, now=CREATED)
    office.report(FINANCE, {1: "财政一。", 2: "财政二。"})
    stray = fill(office.form(POLICE), {5: "公安五。"})
    office.take(archive([("甲.xlsx", stray)]), "打包.zip")
    office.report(TOWNS, {1: "乡镇一。"}, JANUARY)
    office.take(b"%PDF-1.7\n1", "扫描.pdf")
    office.take(b"%PDF-1.7\n2", "说明.pdf")
    waits = [one for one in app.waiting(office.root) if one.file.endswith(".pdf")]
    app.decide(office.root, Decision(waits[0].id, Action.REJECT, moment("2022-12-30T13:00")))


def test_a_workspace_as_it_should_be_has_nothing_to_say(office: Office) -> None:
    week(office)
    app.merge(office.root, DECEMBER)
    app.report(office.root, QUARTER)
    assert app.inspect(office.root) == ()
    before, said = files(office), submissions(office)
    repaired = app.repair(office.root)
    assert (repaired.forms, repaired.submissions, repaired.left) == ((), (), ())
    assert (files(office), submissions(office)) == (before, said)


def test_what_came_since_the_backup_is_known_again_under_its_own_numbers(office: Office) -> None:
    office.report(EDUCATION, {1: "教育一。"})
    back_up(office)
    week(office)
    before = submissions(office), texts(office), forms(office), files(office)
    put_back(office)
    assert codes(office) == ["ledger_older"]
    assert submissions(office) != before[0]
    app.repair(office.root)
    assert submissions(office) == before[0]
    assert texts(office) == before[1]
    assert forms(office) == before[2]
    assert files(office) == before[3]
    assert codes(office) == []
    again = app.repair(office.root)
    assert (again.forms, again.submissions, again.left) == ((), (), ())
    assert submissions(office) == before[0]


def test_without_a_note_of_them_originals_are_known_again_by_what_they_are(office: Office) -> None:
    back_up(office)
    week(office)
    waits = [one.id for one in app.waiting(office.root)]
    put_back(office)
    (office.workspace.archive / "台账_收件.jsonl").unlink()
    app.repair(office.root)
    after = {one.unit: one for one in submissions(office) if one.verdict is Verdict.ACCEPTED}
    assert {FINANCE, POLICE, TOWNS} <= {*after}
    assert [one.id for one in app.waiting(office.root) if one.file == "说明.pdf"] == waits
    assert codes(office) == []


def test_files_of_lost_forms_are_taken_once_the_forms_are_known_again(office: Office) -> None:
    back_up(office)
    app.generate(office.root, JANUARY, now=CREATED)
    put_back(office)
    assert codes(office) == ["ledger_older"]
    one = office.report(TOWNS, {1: "乡镇一。"}, JANUARY)
    assert [found.code for found in one.findings] == ["not_issued"]
    repaired = app.repair(office.root)
    assert len(repaired.forms) == 6
    assert [(one.id, one.verdict) for one in repaired.submissions] == [(one.id, Verdict.ACCEPTED)]
    assert app.waiting(office.root) == ()
    assert not [*office.workspace.pending.iterdir()]


@pytest.mark.parametrize("make", ["merge", "report", "generate"])
def test_nothing_is_made_of_a_ledger_that_is_older_than_the_originals(
    office: Office, make: str
) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。"})
    app.merge(office.root, DECEMBER)
    put_back(office)
    before = files(office)
    with pytest.raises(LedgerError, match="1 份原件") as refused:
        getattr(app, make)(office.root, DECEMBER)
    assert refused.value.next == Step(Verb.CHECK, repair=True)
    assert files(office) == before
    app.repair(office.root)
    getattr(app, make)(office.root, DECEMBER)


def test_a_master_whose_ledger_was_put_back_is_not_called_a_stranger_s(office: Office) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。"})
    path = app.merge(office.root, DECEMBER).result.path
    book = openpyxl.load_workbook(path)
    book["总表"]["C4"] = "改过的要求"
    book.save(path)
    put_back(office)
    app.repair(office.root)
    merged = app.merge(office.root, DECEMBER).result
    assert merged.kept
    assert "是本程序写的，但台账里没有它写成时的底稿" in merged.why
    assert "不是本程序写的" not in merged.why


def lost_days(office: Office) -> Path:
    """Let a master be merged after the backup that is put back and mended; return the master."""
    office.report(FINANCE, {1: "财政一。"})
    path = app.merge(office.root, DECEMBER).result.path
    back_up(office)
    office.report(EDUCATION, {1: "教育一。", 2: "教育二。"})
    app.merge(office.root, DECEMBER)
    return path


def mended(office: Office) -> Merged:
    put_back(office)
    app.repair(office.root)
    return app.merge(office.root, DECEMBER).result


def test_a_master_of_the_lost_days_is_not_said_to_be_altered_where_nobody_did(
    office: Office,
) -> None:
    path = lost_days(office)
    merged = mended(office)
    assert (merged.altered, merged.edits, merged.findings, merged.kept) == ((), 0, (), False)
    assert not any("（改）" in name for name in openpyxl.load_workbook(path).sheetnames)
    assert app.merge(office.root, DECEMBER).result.altered == ()


def test_what_a_person_wrote_in_the_lost_days_stays_and_is_told(office: Office) -> None:
    path = lost_days(office)
    book = openpyxl.load_workbook(path)
    book["总表"]["D4"] = "【县教育局】\n教育一，改。\n【县财政局】\n财政一。"
    book["明细"]["B4"] = "批一句"
    book.save(path)
    merged = mended(office)
    assert (merged.altered, merged.unsure, merged.edits) == (("明细",), False, 1)
    assert [one.code for one in merged.findings] == ["base_lost", "new_text"]
    after = openpyxl.load_workbook(path)
    assert after["总表"]["D4"].value == "【县教育局】\n教育一，改。\n【县财政局】\n财政一。"
    assert after["明细（改）"]["B4"].value == "批一句"


def test_a_master_that_does_not_say_what_it_said_is_called_unsure(office: Office) -> None:
    path = lost_days(office)
    book: Any = openpyxl.load_workbook(path)
    del book.custom_doc_props["edu-sheet-sheets"]
    book.save(path)
    merged = mended(office)
    assert merged.unsure
    assert {f"{name}（改）" for name in merged.altered} <= {
        *openpyxl.load_workbook(path).sheetnames
    }


def test_a_damaged_original_that_nothing_can_record_refuses_no_output(office: Office) -> None:
    back_up(office)
    sent = office.report(FINANCE, {1: "财政一。"})
    put_back(office)
    office.workspace.original(sent.sha256).write_bytes(b"half of it")
    app.repair(office.root)
    assert app.merge(office.root, DECEMBER).result.written


def test_generate_records_forms_that_only_the_ledger_has_forgotten(office: Office) -> None:
    back_up(office)
    app.generate(office.root, JANUARY, now=CREATED)
    before = forms(office)
    put_back(office)
    issued = app.generate(office.root, JANUARY, [TOWNS], now=moment("2023-02-01T09:00"))
    assert [one.outcome for one in issued.forms] == ["unchanged"]
    assert forms(office) == before


def test_forms_that_were_issued_once_more_in_the_lost_days_are_known_again(office: Office) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。"})
    app.generate(office.root, DECEMBER, force=True, now=moment("2022-12-31T09:00"))
    app.generate(office.root, Month(2023, 1), force=True, now=moment("2022-12-31T09:00"))
    before = forms(office)
    put_back(office)
    app.repair(office.root)
    assert forms(office) == before


def test_a_form_that_was_changed_by_hand_is_known_again_and_its_hand_told(office: Office) -> None:
    back_up(office)
    app.generate(office.root, JANUARY, now=CREATED)
    path = office.workspace.form(JANUARY, TOWNS)
    by_hand = fill(path.read_bytes(), {1: "有人在这里写过。"})
    path.write_bytes(by_hand)
    put_back(office)
    app.repair(office.root)
    assert codes(office) == []
    issued = app.generate(office.root, JANUARY, [TOWNS], now=moment("2023-02-01T09:00"))
    assert [one.outcome for one in issued.kept] == ["kept"]
    assert path.read_bytes() == by_hand


def test_a_file_that_only_looks_like_a_form_is_told_and_left(office: Office) -> None:
    path = office.workspace.issued(DECEMBER) / f"{DECEMBER}_别的单位.xlsx"
    path.write_bytes(b"nothing of ours")
    assert codes(office) == ["ledger_older"]
    repaired = app.repair(office.root)
    assert [one.code for one in repaired.left] == ["form_unproven", "ledger_older"]
    assert path.read_bytes() == b"nothing of ours"


def test_an_original_that_is_not_what_it_is_called_is_told_and_not_taken(office: Office) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。"})
    (one,) = submissions(office)
    put_back(office)
    office.workspace.original(one.sha256).write_bytes(b"half of it")
    repaired = app.repair(office.root)
    assert [one.code for one in repaired.left] == ["original_damaged", "ledger_older"]
    assert submissions(office) == []


@pytest.mark.parametrize(
    "name",
    [
        "分工方案(1).xlsx",
        "分工方案 (2).xlsx",
        "分工方案（1）.xlsx",
        "分工方案-DESKTOP-4F2K1AB.xlsx",
        "分工方案-冲突-张三.xlsx",
        "分工方案-NSConflict-zhang.xlsx",
        "分工方案 (zhang's conflicted copy 2022-12-01).xlsx",
        "分工方案 (张三 的冲突副本 2022-12-01).xlsx",
        "分工方案.sync-conflict-20221201-101010-ABCDEFG.xlsx",
        "分工方案-副本.xlsx",
        "成果/2022-12/总表(1).xlsx",
        "成果/2022-12/总表_冲突文件_2022-12-01.xlsx",
        "下发/2022-12/2022-12_县财政局(1).xlsx",
    ],
)
def test_a_conflict_copy_of_a_cloud_disk_is_told(office: Office, name: str) -> None:
    app.merge(office.root, DECEMBER)
    (office.root / name).write_bytes(office.workspace.plan.read_bytes())
    (found,) = app.inspect(office.root)
    assert (found.code, found["files"]) == ("conflict_copies", (name,))


def test_a_second_ledger_is_told(office: Office) -> None:
    shutil.copyfile(office.workspace.ledger, office.workspace.archive / "台账-冲突.db")
    assert codes(office) == ["ledger_copy"]


@pytest.mark.parametrize(
    "name",
    [
        "分工方案说明.xlsx",
        "分工方案-2023年.xlsx",
        "通知.docx",
        "存档/分工方案_20221201-101010.xlsx",
        "存档/台账_版本1_20221201-101010.db",
        "存档/台账 - 副本.db",
        "成果/2022-12/总表（新）.xlsx",
        "成果/2022-12/会议材料.docx",
        "下发/2022-12/打包.zip",
    ],
)
def test_what_is_no_conflict_copy_is_no_news(office: Office, name: str) -> None:
    app.merge(office.root, DECEMBER)
    (office.root / name).write_bytes(b"...")
    assert codes(office) == []


def test_an_output_that_the_ledger_has_forgotten_is_told_until_it_is_made_again(
    office: Office,
) -> None:
    back_up(office)
    app.merge(office.root, DECEMBER)
    put_back(office)
    assert codes(office) == ["output_unknown"]
    app.merge(office.root, DECEMBER)
    assert codes(office) == []


def test_every_command_says_it_once_and_asks_for_a_person(office: Office) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。", 2: "财政二。", 4: "财政四。"})
    put_back(office)
    session = Session(office.root)
    for words in (("status", "2022-12"), ("collect",), ("check",), ("export", "2022-12")):
        said = session(*words)
        assert said.status == 1
        assert said.err.count("台账比存档旧") == 1
        assert "check --repair" in said.err
    repaired = session("check", "--repair")
    assert (repaired.status, repaired.err) == (0, "")
    assert "补登记：下发的表 0 份，报送件 1 份" in repaired.out
    assert session("check").err == ""


def test_a_command_that_fails_says_it_too(office: Office) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。"})
    put_back(office)
    said = Session(office.root)("resolve", "1", "--reject")
    assert said.status == 2
    assert "台账比存档旧" in said.err


def test_status_tells_who_reported_once_the_ledger_is_mended(office: Office) -> None:
    back_up(office)
    office.report(FINANCE, {1: "财政一。"})
    put_back(office)
    app.repair(office.root)
    states = {one.unit: one.state for one in app.status(office.root, DECEMBER).units}
    assert states[FINANCE] is State.RETURNED


def test_a_log_that_was_left_beside_a_backup_does_not_ruin_it(office: Office) -> None:
    back_up(office)
    week(office)
    ledger, log = office.workspace.ledger, office.workspace.ledger.with_name("台账.db-wal")
    with Ledger.open(ledger) as held:
        office.report(EDUCATION, {1: "教育一。"})
        assert held.returns.submissions()
        left = log.read_bytes()  # as a kill at this moment leaves it
    before = submissions(office)
    put_back(office)
    log.write_bytes(left)
    put = ledger.read_bytes()
    with pytest.raises(LedgerError, match="对不上") as said:
        app.status(office.root, DECEMBER)
    assert said.value.next == Step(Verb.CHECK, repair=True)
    assert (ledger.read_bytes(), log.read_bytes()) == (put, left)
    app.repair(office.root)
    assert submissions(office) == before
    assert codes(office) == []
    (aside,) = office.workspace.archive.glob("台账_遗留_*.db-wal")
    assert aside.read_bytes() == left


def test_a_log_that_a_kill_left_beside_its_own_ledger_is_taken(office: Office) -> None:
    week(office)
    ledger, log = office.workspace.ledger, office.workspace.ledger.with_name("台账.db-wal")
    with Ledger.open(ledger):
        office.report(EDUCATION, {1: "教育一。"})
        whole, left = ledger.read_bytes(), log.read_bytes()
    before = submissions(office)
    ledger.write_bytes(whole)
    log.write_bytes(left)
    assert submissions(office) == before
