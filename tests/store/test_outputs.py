import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from edu_sheet.kit.files import sha256
from edu_sheet.store.ledger import Output
from edu_sheet.store.outputs import Placed, place_output, replace_output
from edu_sheet.words.errors import OutputError
from tests.support.builders import moment, new_workspace

NOON = moment("2022-12-31T17:05")


class Desk:
    """A workspace with one output in it."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.ledger = new_workspace(folder)
        self.path = self.workspace.root / "成果" / "2022-12" / "总表.xlsx"
        self.beside = self.path.with_name("总表（新）.xlsx")

    def place(self, data: bytes) -> Placed:
        return place_output(self.workspace, self.ledger, self.path, data, NOON)

    def carry_over(self, read: bytes, data: bytes) -> None:
        replace_output(self.workspace, self.ledger, self.path, read, data, NOON, sha256(b"new"))

    def archived(self) -> dict[str, bytes]:
        folder = self.workspace.archive / "成果" / "2022-12"
        return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}

    def results(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.path.parent.glob("*"))}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.ledger.close()


def test_what_nobody_touched_is_replaced(desk: Desk) -> None:
    assert desk.place(b"one") == Placed(desk.path, kept=False)
    assert desk.place(b"two") == Placed(desk.path, kept=False)
    assert desk.results() == {"总表.xlsx": b"two"}
    assert desk.archived() == {}


def test_what_a_person_changed_is_copied_and_the_new_one_goes_beside(desk: Desk) -> None:
    desk.place(b"one")
    desk.path.write_bytes(b"by hand")
    assert desk.place(b"two") == Placed(desk.beside, kept=True)
    assert desk.results() == {"总表.xlsx": b"by hand", "总表（新）.xlsx": b"two"}
    assert desk.archived() == {"总表_20221231-170500.xlsx": b"by hand"}


def test_running_twice_changes_nothing(desk: Desk) -> None:
    desk.place(b"one")
    before = desk.path.stat().st_mtime_ns
    assert desk.place(b"one") == Placed(desk.path, kept=False)
    assert desk.path.stat().st_mtime_ns == before
    desk.path.write_bytes(b"by hand")
    desk.place(b"two")
    before = desk.beside.stat().st_mtime_ns
    assert desk.place(b"two") == Placed(desk.beside, kept=True)
    assert desk.beside.stat().st_mtime_ns == before
    assert len(desk.archived()) == 1


def test_a_neighbour_that_nobody_touched_is_replaced(desk: Desk) -> None:
    desk.path.parent.mkdir(parents=True)
    desk.path.write_bytes(b"by hand")  # the ledger knows of no such file
    desk.place(b"two")
    assert desk.place(b"three") == Placed(desk.beside, kept=True)
    assert desk.results() == {"总表.xlsx": b"by hand", "总表（新）.xlsx": b"three"}


def test_a_neighbour_that_a_person_changed_is_kept_as_well(desk: Desk) -> None:
    desk.place(b"one")
    desk.path.write_bytes(b"by hand")
    desk.place(b"two")
    desk.beside.write_bytes(b"by hand too")
    placed = desk.place(b"three")
    assert placed.path.name == "总表（新2）.xlsx"
    assert desk.results() == {
        "总表.xlsx": b"by hand",
        "总表（新）.xlsx": b"by hand too",
        "总表（新2）.xlsx": b"three",
    }
    assert set(desk.archived().values()) == {b"by hand", b"by hand too"}


def test_a_person_may_put_the_new_one_in_the_old_ones_place(desk: Desk) -> None:
    desk.place(b"one")
    desk.path.write_bytes(b"by hand")
    desk.place(b"two")
    desk.beside.replace(desk.path)
    assert desk.place(b"three") == Placed(desk.path, kept=False)
    assert desk.results() == {"总表.xlsx": b"three"}


def test_an_output_that_was_deleted_is_written_again(desk: Desk) -> None:
    desk.place(b"one")
    desk.path.unlink()
    assert desk.place(b"one") == Placed(desk.path, kept=False)
    assert desk.results() == {"总表.xlsx": b"one"}


def test_an_output_cut_off_before_it_was_recorded_is_no_persons_work(desk: Desk) -> None:
    desk.path.parent.mkdir(parents=True)
    desk.path.write_bytes(b"one")
    assert desk.place(b"one") == Placed(desk.path, kept=False)
    assert desk.place(b"two") == Placed(desk.path, kept=False)


def test_a_document_that_was_damaged_since_is_kept_like_a_persons_work(desk: Desk) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "甲" * 1000)
    data = stream.getvalue()
    inside = data.index(b"a.xml") + len("a.xml")
    damaged = data[:inside] + b"\xff" * 8 + data[inside + 8 :]
    desk.place(data)
    desk.path.write_bytes(damaged)
    assert desk.place(data) == Placed(desk.beside, kept=True)
    assert list(desk.archived().values()) == [damaged]


def test_the_time_inside_a_document_is_no_change(desk: Desk) -> None:
    def document(year: int, text: str) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(zipfile.ZipInfo("a.xml", (year, 1, 1, 0, 0, 0)), text)
        return stream.getvalue()

    desk.place(document(2022, "甲"))
    desk.place(document(2023, "甲"))
    assert desk.path.read_bytes() == document(2022, "甲")
    desk.place(document(2023, "乙"))
    assert desk.path.read_bytes() == document(2023, "乙")


@pytest.mark.parametrize("lock", ["~$总表.xlsx", ".~lock.总表.xlsx#"])
def test_an_output_open_in_excel_is_left_alone(desk: Desk, lock: str) -> None:
    desk.place(b"one")
    (desk.path.parent / lock).touch()
    with pytest.raises(OutputError, match="正在 Excel"):
        desk.place(b"two")
    assert desk.path.read_bytes() == b"one"
    assert desk.archived() == {}


def test_nothing_is_written_while_the_neighbour_is_open(desk: Desk) -> None:
    desk.place(b"one")
    desk.path.write_bytes(b"by hand")
    desk.beside.write_bytes(b"two")
    (desk.path.parent / "~$总表（新）.xlsx").touch()
    with pytest.raises(OutputError, match="总表（新）"):
        desk.place(b"three")
    assert desk.archived() == {}


def test_a_file_outside_the_workspace_is_guarded_as_well(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("别处") / "进展.csv"
    path.write_bytes(b"by hand")
    placed = place_output(desk.workspace, desk.ledger, path, b"one", NOON)
    assert (placed.path.name, placed.kept) == ("进展（新）.csv", True)
    assert path.read_bytes() == b"by hand"
    copy = desk.workspace.archive / "导出" / "进展_20221231-170500.csv"
    assert copy.read_bytes() == b"by hand"


def test_a_persons_work_carried_over_is_hers_still(desk: Desk) -> None:
    desk.place(b"one")
    desk.path.write_bytes(b"by hand")
    desk.carry_over(b"by hand", b"two with it")
    assert desk.place(b"three") == Placed(desk.beside, kept=True)
    assert desk.place(b"four") == Placed(desk.beside, kept=True)
    assert desk.results() == {"总表.xlsx": b"two with it", "总表（新）.xlsx": b"four"}
    assert set(desk.archived().values()) == {b"by hand", b"two with it"}


def test_what_a_ledger_of_before_says_is_taken_as_it_was_meant(desk: Desk) -> None:
    """It says of what an output was made only where that was put into a person's file."""
    desk.place(b"one")
    key = desk.workspace.relative(desk.path)
    desk.ledger.outputs.record(Output(key, sha256(b"one"), NOON, base=""))
    assert desk.place(b"two") == Placed(desk.path, kept=False)


def test_a_folder_that_cannot_be_written_is_said_plainly(desk: Desk) -> None:
    (desk.workspace.root / "成果").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(OutputError):
        desk.place(b"one")
