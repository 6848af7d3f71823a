"""收件箱: what is collected, what is left, what is kept, and that nothing is done twice."""

import io
import os
import subprocess
import sys
import time
import zipfile
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn

import pytest

from edu_sheet import collect as room
from edu_sheet.check.examine import seen
from edu_sheet.collect import CollectedSoFar, Judge, inbox, line
from edu_sheet.collect.choices import Way, choices
from edu_sheet.issue.generate import generate
from edu_sheet.kit.files import sha256
from edu_sheet.kit.reader.reader import Reader
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.returns import Returns
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import LedgerError, OutputError, WorkspaceError
from edu_sheet.words.findings import Severity
from edu_sheet.words.period import Month
from edu_sheet.words.returns import Entry, Submission, Verdict
from tests.support import deadly
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    QUARTER,
    fill,
    moment,
    small_plan,
)
from tests.support.inbox import NOON, Desk


def only(found: CollectedSoFar) -> Submission:
    (one,) = found.submissions
    return one


def codes(one: Submission) -> list[str]:
    return [finding.code for finding in one.findings]


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def nothing(found: CollectedSoFar) -> bool:
    return not found.submissions and not found.left


def test_a_return_is_kept_recorded_and_leaves_the_inbox(desk: Desk) -> None:
    data = fill(desk.form(), {1: "召开会议2次。", 3: "=已完成80%"})
    desk.drop("副本 乱起的名字.bin", data)
    one = only(desk.collect())
    assert (one.verdict, one.unit, one.period) == (Verdict.ACCEPTED, EDUCATION, DECEMBER)
    assert (one.file, one.received_at, one.sha256) == ("副本 乱起的名字.bin", NOON, sha256(data))
    assert desk.texts() == {1: "召开会议2次。", 3: "=已完成80%"}
    assert desk.workspace.original(one.sha256).read_bytes() == data
    assert (desk.inbox(), desk.pending()) == ([], [])
    assert desk.ledger.deliveries.unsettled() == []
    assert nothing(desk.collect())


def test_files_in_sub_folders_are_collected_too(desk: Desk) -> None:
    desk.drop("12月/县教育局/表.xlsx", fill(desk.form(), {1: "甲"}))
    assert only(desk.collect()).file == "12月/县教育局/表.xlsx"
    assert desk.texts() == {1: "甲"}


def test_litter_and_links_are_left_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    litter = ("~$表.xlsx", ".~表.xlsx", "._表.xlsx", ".DS_Store", "Thumbs.db")
    shortcuts = ("表.xlsx.lnk", "表.URL", "表.webloc", "表.desktop")
    for name in (*litter, *shortcuts):
        desk.drop(name, b"x")
    outside = tmp_path / "别处.xlsx"
    outside.write_bytes(fill(desk.form(), {1: "别处"}))
    (desk.workspace.inbox / "链接.xlsx").symlink_to(outside)
    found = desk.collect()
    assert found.submissions == []
    assert len(found.left) == len(desk.inbox()) == 10
    assert all("：" in str(one) for one in found.left)
    assert outside.exists()


def test_a_file_that_is_still_growing_is_left_for_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.drop("表.xlsx", fill(desk.form(), {1: "甲"}))
    whole = path.read_bytes()
    path.write_bytes(whole[:500])

    def goes_on_writing(seconds: float) -> None:
        path.write_bytes(whole)

    with monkeypatch.context() as patch:
        patch.setattr(time, "sleep", goes_on_writing)
        found = desk.collect()
    assert (found.submissions, [one.file for one in found.left]) == ([], ["表.xlsx"])
    assert only(desk.collect()).verdict is Verdict.ACCEPTED


def test_named_files_are_copied_and_never_removed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "桌面" / "表.xlsx"
    path.parent.mkdir()
    path.write_bytes(fill(desk.form(), {1: "甲"}))
    desk.drop("别的.xlsx", fill(desk.form(FINANCE), {1: "乙"}))
    assert only(desk.collect(path)).file == "表.xlsx"
    assert path.exists()
    assert desk.inbox() == ["别的.xlsx"]
    with pytest.raises(WorkspaceError, match="不存在"):
        desk.collect(tmp_path / "没有.xlsx")
    with pytest.raises(WorkspaceError, match="文件夹"):
        desk.collect(tmp_path)


def test_the_same_file_again_is_ignored_whatever_its_name(desk: Desk) -> None:
    data = fill(desk.form(), {1: "甲"})
    desk.drop("1.xlsx", data)
    desk.drop("2.xlsx", data)
    first, second = desk.collect().submissions
    assert (first.verdict, second.verdict) == (Verdict.ACCEPTED, Verdict.IGNORED)
    assert codes(second) == ["duplicate"]
    assert second.findings[0].severity is Severity.INFO
    assert (second.unit, second.period) == (EDUCATION, DECEMBER)
    desk.drop("3.xlsx", data)
    assert codes(only(desk.collect())) == ["duplicate"]


def test_one_set_aside_is_read_again_and_keeps_its_number(desk: Desk) -> None:
    stranger = Ledger.create(desk.workspace.root / "别的台账.db")
    data = fill(desk.form(), {1: "甲"})
    with stranger:
        first = only(
            room.collect(
                desk.workspace, stranger, [desk.drop("表.xlsx", data)], received_at=NOON, now=NOON
            )
        )
        assert codes(first) == ["other_plan"]
    desk.drop("坏.xlsx", b"PK\x03\x04")
    desk.drop("表.xlsx", data)
    bad, good = desk.collect().submissions
    assert (bad.verdict, good.verdict) == (Verdict.ATTENTION, Verdict.ACCEPTED)
    desk.drop("坏（再发）.xlsx", b"PK\x03\x04")
    again = only(desk.collect(at=moment("2022-12-31")))
    assert (again.id, again.verdict) == (bad.id, Verdict.ATTENTION)
    assert again.received_at == NOON, "late is judged by the first arrival"


def test_a_newer_return_stands_task_by_task_and_a_blank_erases_nothing(desk: Desk) -> None:
    desk.drop("a.xlsx", fill(desk.form(), {1: "旧一", 2: "旧二"}))
    desk.collect(at=moment("2022-12-28"))
    desk.drop("b.xlsx", fill(desk.form(), {1: "新一", 4: "新四"}))
    newer = only(desk.collect(at=moment("2022-12-29")))
    assert codes(newer) == ["changed_by_newer"]
    desk.drop("空表.xlsx", desk.form())
    blank = only(desk.collect(at=moment("2022-12-30")))
    assert codes(blank) == ["blank_form"]
    assert desk.texts() == {1: "新一", 2: "旧二", 4: "新四"}
    desk.drop("更早的.xlsx", fill(desk.form(), {1: "最早", 5: "只有这里有"}))
    older = only(desk.collect(at=moment("2022-12-20")))
    assert codes(older) == ["superseded"]
    assert desk.texts() == {1: "新一", 2: "旧二", 4: "新四", 5: "只有这里有"}


def test_last_months_form_with_this_months_text_waits(desk: Desk) -> None:
    desk.drop("11月.xlsx", fill(desk.form(period=NOVEMBER), {1: "十一月的。"}))
    desk.collect(at=moment("2022-11-29"))
    desk.drop("表.xlsx", fill(desk.form(period=NOVEMBER), {1: "十二月的。"}))
    one = only(desk.collect())
    assert (one.verdict, codes(one)) == (Verdict.ATTENTION, ["wrong_period"])
    assert desk.texts(period=NOVEMBER) == {1: "十一月的。"}
    desk.drop("12月.xlsx", fill(desk.form(), {1: "十二月的。"}))
    assert only(desk.collect()).verdict is Verdict.ACCEPTED


def test_last_months_form_waits_too_where_a_quarters_forms_are_out(
    desk: Desk, workspace: Workspace, ledger: Ledger
) -> None:
    """The quarter's form is the newest, and none of the months'."""
    generate(workspace, small_plan(), ledger, QUARTER, None, force=False, now=CREATED)
    desk.drop("11月.xlsx", fill(desk.form(period=NOVEMBER), {1: "十一月的。"}))
    desk.collect(at=moment("2022-11-29"))
    desk.drop("表.xlsx", fill(desk.form(period=NOVEMBER), {1: "十二月的。"}))
    one = only(desk.collect(at=moment("2022-12-01")))  # the first day on which December is asked
    assert (one.verdict, codes(one)) == (Verdict.ATTENTION, ["wrong_period"])
    assert desk.texts(period=NOVEMBER) == {1: "十一月的。"}


def test_a_correction_before_the_next_month_has_begun_is_a_correction(desk: Desk) -> None:
    desk.drop("11月.xlsx", fill(desk.form(period=NOVEMBER), {1: "十一月的。"}))
    desk.collect(at=moment("2022-11-29"))
    desk.drop("表.xlsx", fill(desk.form(period=NOVEMBER), {1: "十一月，更正。"}))
    assert only(desk.collect(at=moment("2022-11-30"))).verdict is Verdict.ACCEPTED
    assert desk.texts(period=NOVEMBER) == {1: "十一月，更正。"}


@pytest.mark.parametrize(
    ("name", "own", "at", "offered"),
    [
        ("县教育局12月进展.xlsx", NOVEMBER, "2022-11-29", [DECEMBER]),  # it had not begun
        ("县教育局1月进展.xlsx", DECEMBER, "2023-01-05", []),  # none went out to it
        ("2022-12_县教育局（11月更正）.xlsx", DECEMBER, "2022-12-30", [NOVEMBER]),
    ],
)
def test_a_form_whose_name_says_another_month_never_replaces_its_own_month_s_answer(
    desk: Desk, name: str, own: Month, at: str, offered: list[Month]
) -> None:
    for period in (NOVEMBER, DECEMBER)[: 1 if own == NOVEMBER else 2]:
        desk.receive(fill(desk.form(period=period), {1: "报过的。"}), f"{period}.xlsx", at)
    one = desk.receive(fill(desk.form(period=own), {1: "另一期的新内容。"}), name, at)
    assert (one.verdict, {*codes(one)} - {"wrong_period"}) == (Verdict.ATTENTION, set())
    assert desk.texts(period=own) == {1: "报过的。"}
    ways = [way for way in choices(desk.ledger, one) if way.way is Way.ASSIGN]
    assert [way.period for way in ways if way.unit] == offered
    done = desk.resolve(one.id, accept=True)
    assert (done.verdict, desk.texts(period=own)) == (Verdict.ACCEPTED, {1: "另一期的新内容。"})


def test_the_same_answer_again_is_no_other_month_s_whatever_its_name_says(desk: Desk) -> None:
    desk.receive(fill(desk.form(), {1: "报过的。", 2: "也报过。"}), "12月.xlsx", "2023-01-04")
    one = desk.receive(fill(desk.form(), {1: "报过的。"}), "1月.xlsx", "2023-01-05")
    assert (one.verdict, codes(one)) == (Verdict.ACCEPTED, ["same_again"])


def test_what_the_operator_can_mend_is_no_fault_of_the_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger that is locked ends the run: the file is not set aside for it."""

    def locked(*_: object) -> NoReturn:
        raise LedgerError("台账正被占用", "请稍后再试。")

    desk.drop("表.xlsx", fill(desk.form(), {1: "甲"}))
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.ledger.forms), "rows", locked)
        with pytest.raises(LedgerError, match="台账正被占用"):
            desk.collect()
    assert desk.pending() == []
    assert only(desk.collect()).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲"}


def test_the_same_text_as_last_month_is_told(desk: Desk) -> None:
    desk.drop("11月.xlsx", fill(desk.form(period=NOVEMBER), {1: "按计划推进。"}))
    desk.collect(at=moment("2022-11-29"))
    desk.drop("12月.xlsx", fill(desk.form(), {1: "按计划推进。"}))
    assert codes(only(desk.collect())) == ["same_as_last_period"]


def test_every_member_of_an_archive_is_a_submission_of_its_own(desk: Desk) -> None:
    members = {
        "县教育局.xlsx": fill(desk.form(), {1: "教育"}),
        "县财政局/表.xlsx": fill(desk.form(FINANCE), {1: "财政"}),
        "扫描.pdf": b"%PDF-1.7\n",
    }
    data = zipped(members)
    desk.drop("材料.zip", data)
    found = desk.collect().submissions
    assert [one.file for one in found] == [f"材料.zip/{name}" for name in members]
    assert [one.verdict for one in found] == [
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
        Verdict.ATTENTION,
    ]
    assert desk.texts(FINANCE) == {1: "财政"}
    for content in (data, *members.values()):
        assert desk.workspace.original(sha256(content)).read_bytes() == content
    assert desk.pending() == ["0003_扫描.pdf", "0003_扫描.pdf.txt"]
    desk.drop("空.zip", zipped({}))
    assert codes(only(desk.collect())) == ["empty_archive"]


def test_a_bug_in_one_file_never_stops_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.drop("a.xlsx", deadly.BUG)
    desk.drop("b.xlsx", fill(desk.form(), {1: "甲"}))
    monkeypatch.setattr(line, "seen", deadly.seen)
    bad, good = desk.collect().submissions
    assert (bad.verdict, good.verdict) == (Verdict.ATTENTION, Verdict.ACCEPTED)
    assert "internal_error" in codes(bad)
    assert "RecursionError" in sentence(bad.findings[0])
    note = (desk.workspace.pending / "0001_a.xlsx.txt").read_text(encoding="utf-8-sig")
    assert "Traceback" in note
    assert "edu-sheet" in note


def test_what_waits_lies_in_pending_with_its_reason_and_commands(desk: Desk) -> None:
    desk.drop("别人的.xlsx", b"PK\x03\x04")
    desk.drop("旁边写的.xlsx", _with_stray(desk))
    desk.collect()
    assert [name for name in desk.pending() if not name.endswith(".txt")] == [
        "0001_别人的.xlsx",
        "0002_旁边写的.xlsx",
    ]
    raw = (desk.workspace.pending / "0002_旁边写的.xlsx.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    note = raw.decode("utf-8-sig")
    assert "填报表!L7" in note
    assert "右边补充的进展" in note
    assert f'-w "{desk.workspace.root}" resolve 2 --take 1 --task 3\r\n' in note
    assert "resolve 2 --accept\r\n" in note
    assert "resolve 2 --reject\r\n" in note


def _with_stray(desk: Desk) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(fill(desk.form(), {1: "甲"})))
    book["填报表"]["L7"] = "右边补充的进展，已开工5所。"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_archive_name_that_is_too_long_for_windows_still_waits_beside_its_reason(
    desk: Desk,
) -> None:
    desk.drop("长" * 80 + ".pdf", b"%PDF-1.7\n")
    desk.collect()
    item, note = desk.pending()
    assert (item.endswith(".pdf"), note) == (True, f"{item}.txt")
    assert len(note.encode()) < 255


def test_a_file_that_cannot_be_removed_is_finished_by_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.drop("表.xlsx", fill(desk.form(), {1: "甲"}))

    def open_in_excel(path: Path, _: Path) -> None:
        raise PermissionError(13, "in use", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "unlink", open_in_excel)
        found = desk.collect()
    assert only(found).verdict is Verdict.ACCEPTED
    assert "占用" in str(found.left[0])
    assert path.exists()
    again = desk.collect()
    assert [one.id for one in again.submissions] == [1]
    assert (desk.inbox(), len(desk.ledger.returns.submissions())) == ([], 1)


def test_a_file_that_changes_while_it_is_collected_is_collected_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.drop("表.xlsx", fill(desk.form(), {1: "甲"}))
    newer = fill(desk.form(), {1: "乙"})
    judged = Judge.judged

    def saved_meanwhile(*words: Any, **more: Any) -> tuple[Submission, tuple[Entry, ...]]:
        path.write_bytes(newer)
        return judged(*words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Judge, "judged", saved_meanwhile)
        found = desk.collect()
    assert "又被改动" in str(found.left[0])
    assert path.read_bytes() == newer
    assert only(desk.collect(at=moment("2022-12-31"))).verdict is Verdict.ACCEPTED
    assert (desk.texts(), desk.inbox()) == ({1: "乙"}, [])


def test_of_two_named_files_of_one_name_the_one_that_grows_does_not_hold_back_the_other(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, growing = tmp_path / "a" / "表.xlsx", tmp_path / "b" / "表.xlsx"
    for path in (ready, growing):
        path.parent.mkdir()
        path.write_bytes(fill(desk.form(), {1: path.parent.name}))
    os.utime(ready, (1_600_000_000, 1_600_000_000))

    def goes_on_writing(_seconds: float) -> None:
        with growing.open("ab") as stream:
            stream.write(b"more")

    with monkeypatch.context() as patch:
        patch.setattr(time, "sleep", goes_on_writing)
        found = desk.collect(ready, growing)
    assert [str(one) for one in found.left] == ["表.xlsx：还在写入，下次再收"]
    assert only(found).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "a"}


def test_only_one_collect_works_in_a_workspace(desk: Desk) -> None:
    holder = (
        "import sys, pathlib; from edu_sheet.collect import one_at_a_time;"
        "from edu_sheet.store.workspace import Workspace\n"
        "with one_at_a_time(Workspace(pathlib.Path(sys.argv[1]))):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(desk.workspace.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(LedgerError, match="另一个"):
            desk.collect()
        process.kill()
    assert nothing(desk.collect()), "a dead process holds no lock"


def test_an_archive_that_cannot_be_written_is_told_and_nothing_leaves_the_inbox(desk: Desk) -> None:
    desk.drop("表.xlsx", b"x")
    blocked = desk.workspace.archive / "原件"
    blocked.write_bytes(b"a file where a folder belongs")
    with pytest.raises(OutputError, match="无法写入"):
        desk.collect()
    assert (desk.inbox(), desk.ledger.returns.submissions()) == (["表.xlsx"], [])


def test_what_the_reader_answers_is_what_reading_here_would(desk: Desk) -> None:
    data = fill(desk.form(), {1: "甲"})
    with Reader() as reader:
        assert reader.ask(seen, data, ("密码",)) == seen(data)


def test_a_file_too_large_to_be_a_form_is_kept_and_set_aside(desk: Desk) -> None:
    path = desk.drop("大.xlsx", b"")
    with path.open("wb") as stream:
        stream.truncate(50_000_001)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    one = only(desk.collect())
    assert (one.verdict, codes(one)) == (Verdict.ATTENTION, ["too_large"])
    assert desk.workspace.original(one.sha256).stat().st_size == 50_000_001


def test_no_file_leaves_the_inbox_before_what_it_holds_is_sure_to_stay(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, record, remove = Ledger.sync, Returns.record, inbox.remove

    def synced(ledger: Ledger) -> None:
        done.append("sync")
        sync(ledger)

    def recorded(*words: Any) -> Submission:
        done.append("record")
        return record(*words)

    def removed(path: Path, digest: str, folder: Path) -> str:
        done.append("remove")
        return remove(path, digest, folder)

    monkeypatch.setattr(Ledger, "sync", synced)
    monkeypatch.setattr(Returns, "record", recorded)
    monkeypatch.setattr(inbox, "remove", removed)
    for number in range(40):
        desk.drop(f"{number:02}.pdf", b"%PDF-1.7\n" + bytes([48 + number]))
    desk.collect()
    assert [kind for kind, _ in groupby(done)] == ["record", "sync", "remove"] * 2


def test_the_bytes_of_a_pdf_that_waits_under_another_units_name_are_that_units(desk: Desk) -> None:
    for unit in (EDUCATION, FINANCE, FINANCE):
        desk.drop(f"{unit}12月.pdf", b"%PDF-1.7\n")
        one = only(desk.collect())
        assert (one.unit, one.file) == (unit, f"{unit}12月.pdf")
    assert [name for name in desk.pending() if name.endswith(".pdf")] == [
        f"0001_{EDUCATION}12月.pdf",
        f"0002_{FINANCE}12月.pdf",
    ]


def test_progress_is_told_file_by_file(desk: Desk) -> None:
    desk.drop("a.pdf", b"%PDF-1.7\n")
    desk.drop("b.pdf", b"%PDF-1.7\n%")
    told: list[tuple[int, int]] = []
    room.collect(
        desk.workspace,
        desk.ledger,
        None,
        received_at=None,
        now=NOON,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, 2), (1, 2), (2, 2)]
