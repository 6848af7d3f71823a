"""What lies in the workspace is for its owner, and no link in it leads anywhere."""

import os
import shutil
import sqlite3
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.cli import program as cli
from edu_sheet.collect import inbox
from edu_sheet.issue import generate
from edu_sheet.kit import beneath
from edu_sheet.kit.files import sha256, write_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.store.ledger import Ledger, key
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, LedgerError
from edu_sheet.words.returns import Verdict
from edu_sheet.words.step import Step, Verb
from tests.support.builders import CREATED, DECEMBER, EDUCATION, fill, small_plan
from tests.support.inbox import NOON, Desk
from tests.support.session import Session

posix = pytest.mark.skipif(os.name == "nt", reason="its rights are those of the folder")


@pytest.fixture
def desk(workspace: Workspace, ledger: Ledger) -> Desk:
    generate.generate(workspace, small_plan(), ledger, DECEMBER, None, force=False, now=CREATED)
    return Desk(workspace, ledger)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    folder = tmp_path / "督办"
    assert cli.run(["init", str(folder), "--example"]) == 0
    return Session(folder)


@pytest.fixture(params=[True, False], ids=["opened", "looked at"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without folders opened one within another, as on Windows, each is looked at."""
    monkeypatch.setattr(beneath, "_WITHIN", request.param and beneath._WITHIN)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_the_archive_the_ledger_and_the_key_are_for_their_owner_alone(desk: Desk) -> None:
    desk.receive(fill(desk.form(), {1: "甲"}))
    archive = desk.workspace.archive
    assert rights(archive) == 0o700
    assert {one.name for one in archive.iterdir()} >= {"台账.db", "台账_密钥.txt"}
    for path in archive.rglob("*"):
        if path.name != "collect.lock":
            assert rights(path) & 0o077 == 0, path
    assert rights(desk.workspace.form(DECEMBER, "县教育局")) & 0o044, "what goes out is for others"


def test_the_key_is_no_part_of_the_ledger(desk: Desk) -> None:
    held = desk.ledger.plan.secret
    desk.ledger.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in desk.workspace.archive.glob("台账.db*"):
        assert held.hex().encode() not in path.read_bytes()


def with_key_inside(path: Path, held: bytes) -> None:
    """Make a ledger hold its key itself, as before."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO meta VALUES ('secret', ?)", (held.hex(),))
        database.execute("DELETE FROM meta WHERE name = 'key_id'")


OTHER_KEY = bytes(range(32))


@pytest.mark.parametrize("lies_there", ["nothing", "the key", "another key", "half a key"])
def test_an_older_ledger_s_key_moves_out_and_its_forms_are_still_known(
    desk: Desk, lies_there: str
) -> None:
    """Also where a run was cut off in between, or another ledger's key lies there."""
    held, path = desk.ledger.plan.secret, desk.workspace.ledger
    data = fill(desk.form(), {1: "甲"})
    desk.ledger.close()
    file = key.beside(path)
    there = {"the key": held.hex(), "another key": OTHER_KEY.hex(), "half a key": held.hex()[:20]}
    file.unlink()
    if lies_there in there:
        file.write_text(there[lies_there], "ascii")
    with_key_inside(path, held)
    with Ledger.open(path) as ledger:
        assert ledger.plan.secret == held
        assert ledger.database.meta("secret") is None
        one = Desk(desk.workspace, ledger).receive(data)
        assert one.verdict is Verdict.ACCEPTED
    assert not any(held.hex().encode() in one.read_bytes() for one in path.parent.glob("台账.db*"))
    aside = [one.read_text("ascii") for one in path.parent.glob("台账_密钥_*.txt")]
    assert aside == [text for name, text in there.items() if name == lies_there != "the key"]


def test_a_workspace_that_was_copied_knows_its_forms(desk: Desk, tmp_path: Path) -> None:
    data = fill(desk.form(), {1: "甲"})
    desk.ledger.close()
    shutil.copytree(desk.workspace.root, tmp_path / "另一台")
    copy = Workspace(tmp_path / "另一台")
    with Ledger.open(copy.ledger) as ledger:
        assert Desk(copy, ledger).receive(data).verdict is Verdict.ACCEPTED


def test_a_lost_key_is_named_and_never_made_anew_unasked(desk: Desk) -> None:
    key.beside(desk.workspace.ledger).unlink()
    with pytest.raises(LedgerError, match="找不到填报表的密钥") as said:
        desk.receive(fill(desk.form(), {1: "甲"}))
    assert said.value.next == Step(Verb.CHECK, repair=True)
    assert not key.beside(desk.workspace.ledger).exists()


def test_another_ledger_s_key_is_named_and_not_used(desk: Desk) -> None:
    key.beside(desk.workspace.ledger).write_text(OTHER_KEY.hex(), "ascii")
    with pytest.raises(LedgerError, match="另一个台账的密钥"):
        desk.receive(fill(desk.form(), {1: "甲"}))


@pytest.mark.parametrize("lies_there", ["nothing", "another key", "half a key"])
def test_without_its_key_a_workspace_goes_on_once_repaired_and_knows_its_forms(
    desk: Desk, lies_there: str
) -> None:
    before, path = fill(desk.form(), {1: "甲"}), desk.workspace.ledger
    number = desk.ledger.forms.latest(DECEMBER)[EDUCATION].form.number
    desk.ledger.close()
    write_bytes(desk.workspace.plan, write_workbook(small_plan()))
    key.beside(path).unlink()
    there = {"another key": OTHER_KEY.hex(), "half a key": "beef"}
    if lies_there in there:
        key.beside(path).write_text(there[lies_there], "ascii")
    assert [one.code for one in app.repair(desk.workspace.root).left] == ["key_renewed"]
    assert app.repair(desk.workspace.root).left == (), "done twice, it does nothing"
    with Ledger.open(path) as ledger:
        again = Desk(desk.workspace, ledger)
        assert again.receive(before).verdict is Verdict.ACCEPTED
        made = generate.generate(
            desk.workspace, small_plan(), ledger, DECEMBER, None, force=False, now=CREATED
        )
        assert {one.outcome for one in made} == {generate.Outcome.UNCHANGED}
        assert ledger.forms.latest(DECEMBER)[EDUCATION].form.number == number


def replaced_by_link(path: Path, secret: Path) -> None:
    path.unlink()
    path.symlink_to(secret)


def pipe_in_its_place(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def inbox_replaced_by_link(path: Path, secret: Path) -> None:
    shutil.rmtree(path.parent.parent)
    (secret.parent / "子").mkdir()
    shutil.copyfile(secret, secret.parent / "子" / path.name)
    path.parent.parent.symlink_to(secret.parent, target_is_directory=True)


def folder_replaced_by_link(path: Path, secret: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.symlink_to(secret.parent, target_is_directory=True)


@pytest.mark.usefixtures("both_ways")
@posix
@pytest.mark.parametrize(
    "swap", [replaced_by_link, folder_replaced_by_link, inbox_replaced_by_link, pipe_in_its_place]
)
def test_a_file_that_becomes_a_link_while_a_run_is_at_work_is_not_followed(
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    swap: Callable[[Path, Path], None],
) -> None:
    secret = tmp_path / "外面" / "表.xlsx"
    secret.parent.mkdir()
    secret.write_bytes(b"%PDF-1.7 secret")
    path = desk.drop("子/表.xlsx", b"%PDF-1.7 mine")
    look = inbox.look

    def and_swap(*words: object) -> object:
        found = look(*words)  # type: ignore[arg-type]
        swap(path, secret)
        return found

    monkeypatch.setattr(inbox, "look", and_swap)
    found = desk.collect(at=NOON)
    assert found.submissions == []
    assert [one.file for one in found.left] == ["子/表.xlsx"]
    assert secret.read_bytes() == b"%PDF-1.7 secret"
    assert desk.pending() == []


@pytest.mark.usefixtures("both_ways")
@posix
def test_a_file_that_becomes_a_link_after_it_was_copied_empties_nothing(tmp_path: Path) -> None:
    folder, outside = tmp_path / "收件箱", tmp_path / "外面"
    (folder / "子").mkdir(parents=True)
    outside.mkdir()
    (outside / "表.xlsx").write_bytes(b"same")
    path = folder / "子" / "表.xlsx"
    shutil.rmtree(folder / "子")
    (folder / "子").symlink_to(outside, target_is_directory=True)
    assert "链接" in inbox.remove(path, sha256(b"same"), tmp_path)
    assert (outside / "表.xlsx").exists()


@posix
def test_an_original_that_is_a_link_is_not_read(desk: Desk, tmp_path: Path) -> None:
    one = desk.receive(b"%PDF-1.7 mine")
    original = desk.workspace.original(one.sha256)
    secret = tmp_path / "外面"
    secret.write_bytes(b"secret")
    replaced_by_link(original, secret)
    with pytest.raises(OSError, match="a link, or no plain file"):
        desk.workspace.read_original(one.sha256)


@posix
def test_a_pipe_in_the_place_of_a_file_does_not_stop_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(OSError, match="no plain file"):
        beneath.open_plain(tmp_path / "管道.xlsx", tmp_path)


FOLDERS = ("收件箱", "待处理", "存档", "存档/原件", "存档/查看")


@pytest.mark.usefixtures("both_ways")
@posix
@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_ours_that_is_a_link_is_refused_and_what_it_leads_to_stays(
    session: Session, tmp_path: Path, name: str
) -> None:
    """Whoever may write into the workspace could else have files of the clerk's taken away."""
    assert session("generate", "2022-12").status == 0
    (session.folder / "收件箱/表.xlsx").write_bytes(b"%PDF-1.7 mine")
    os.utime(session.folder / "收件箱/表.xlsx", (1_000_000_000, 1_000_000_000))
    assert session("collect").status == 1
    folder, outside = session.folder / name, tmp_path / "外面"
    if folder.exists():
        folder.rename(outside)
    else:
        outside.mkdir()
    folder.symlink_to(outside, target_is_directory=True)
    (session.folder / "收件箱/又.xlsx").write_bytes(b"%PDF-1.7 again")
    os.utime(session.folder / "收件箱/又.xlsx", (1_000_000_000, 1_000_000_000))
    before = {one: one.read_bytes() for one in outside.rglob("*") if one.is_file()}
    said = session("open", "1") if name == "存档/查看" else session("collect")
    assert said.status == 2
    assert f"{name.rpartition('/')[2]} 是链接" in said.err
    after = {one: one.read_bytes() for one in outside.rglob("*") if one.is_file()}
    new = {one.name for one in after.keys() - before.keys()}
    assert new <= {"write.lock", "collect.lock"}
    assert all(after[one] == data for one, data in before.items() if "台账.db" not in one.name)


@pytest.mark.usefixtures("both_ways")
@posix
@pytest.mark.parametrize(
    "name", ["collect.lock", "write.lock", "台账_收件.jsonl", "台账_编号.json", "台账.db-wal"]
)
def test_no_file_of_the_archive_that_is_a_link_changes_what_it_leads_to(
    session: Session, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "重要.docx"
    victim.write_bytes(b"precious")
    path = session.folder / "存档" / name
    path.unlink(missing_ok=True)
    path.symlink_to(victim)
    for verb in (("check",), ("generate", "2022-12"), ("collect",)):
        assert session(*verb).status in (0, 1, 2)
        assert victim.read_bytes() == b"precious"


@pytest.mark.usefixtures("both_ways")
@posix
@pytest.mark.parametrize("name", ["0001_表.xlsx", "0001_表.xlsx.txt"])
def test_what_waits_is_shown_where_a_link_lay_and_the_link_is_not_followed(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "重要.txt"
    victim.write_bytes(b"precious")
    (desk.workspace.pending / name).symlink_to(victim)
    desk.receive(b"%PDF-1.7 mine")
    assert victim.read_bytes() == b"precious"
    assert len(desk.pending()) == 2
    assert (desk.workspace.pending / "0001_表.xlsx").read_bytes() == b"%PDF-1.7 mine"


@contextmanager
def swapped_again_and_again(folder: Path, outside: Path) -> Iterator[None]:
    """Swap a folder for a link, as often as can be; it is back in its place afterwards."""
    aside, stop = folder.with_name("移开"), threading.Event()

    def swap() -> None:
        while not stop.is_set():
            with suppress(OSError):
                folder.rename(aside)
                folder.symlink_to(outside, target_is_directory=True)
                time.sleep(0.001)
                folder.unlink()
            put_back()
            time.sleep(0.001)
        while aside.exists():
            put_back()

    def put_back() -> None:
        with suppress(OSError):  # what is copied may be renamed meanwhile: next time
            if folder.exists() and aside.exists():  # made anew meanwhile
                shutil.copytree(folder, aside, dirs_exist_ok=True)
                shutil.rmtree(folder)
            aside.rename(folder)

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        yield
    finally:
        stop.set()
        swapping.join()


@posix
@pytest.mark.parametrize("name", ["收件箱/子", "待处理", "存档/原件", "收件箱"])
def test_a_folder_that_is_swapped_for_a_link_again_and_again_during_runs_leads_nowhere(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    outside, folder = tmp_path / "外面", desk.workspace.root / name
    outside.mkdir()
    own = {f"{number}.xlsx": b"%%PDF-1.7 own %d" % number for number in range(12)}
    for file, data in own.items():
        (outside / file).write_bytes(data)
        os.utime(outside / file, (1_000_000_000, 1_000_000_000))
    for turn in range(4):
        for file in own:
            desk.drop(f"子/{file}", b"%%PDF-1.7 returned %d" % turn)
        with swapped_again_and_again(folder, outside), suppress(EduSheetError):
            desk.collect(at=NOON)
    now = {one.name: one.read_bytes() for one in outside.iterdir()}
    kept = {file: data for file, data in now.items() if file in own}
    assert kept == own, "nothing was taken away or written over"
    if name in ("待处理", "存档/原件"):
        assert now == own, "nothing was put there"
    held = {one.read_bytes() for one in desk.workspace.originals.rglob("*") if one.is_file()}
    assert not held & {*own.values()}, "nothing was read from there"


@pytest.mark.usefixtures("both_ways")
@posix
def test_a_folder_that_is_gone_or_became_a_link_between_two_looks_holds_nothing(
    tmp_path: Path,
) -> None:
    folder, outside = tmp_path / "待处理", tmp_path / "外面"
    outside.mkdir()
    (outside / ".~1.xlsx").write_bytes(b"own")
    assert beneath.matching(folder, tmp_path, "*") == []
    folder.symlink_to(outside, target_is_directory=True)
    assert beneath.matching(folder, tmp_path, "*") == []
    inbox.sweep(folder, tmp_path)
    assert (outside / ".~1.xlsx").read_bytes() == b"own"
    folder.unlink()
    inbox.sweep(folder, tmp_path)
    folder.mkdir()
    for name in (".~1.xlsx", "0001_表.xlsx"):
        (folder / name).write_bytes(b"")
    assert beneath.matching(folder, tmp_path, "*_*") == [folder / "0001_表.xlsx"]
    inbox.sweep(folder, tmp_path)
    assert beneath.matching(folder, tmp_path, "*") == [folder / "0001_表.xlsx"]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="takes two accounts")
def test_who_may_not_open_the_archive_is_told_what_to_do() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "督办"
        assert cli.run(["init", str(folder), "--example"]) == 0
        folder.chmod(0o755)
        os.seteuid(65534)
        try:
            said = Session(folder)("status", "2022-12")
        finally:
            os.seteuid(0)
    assert said.status == 2
    assert "没有权限打开" in said.err
