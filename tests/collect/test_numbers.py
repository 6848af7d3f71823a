"""编号: none is given twice, even after a backup of the ledger was put back."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from edu_sheet import collect
from edu_sheet.cli.steps import decision_step
from edu_sheet.collect.resolve import resolve
from edu_sheet.issue import generate
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.period import Month, Period
from edu_sheet.words.returns import Submission, Verdict
from tests.support.builders import CREATED, DECEMBER, NOVEMBER, moment, new_workspace, small_plan

NOON = moment("2022-12-30T12:00")


@dataclass
class Office:
    """A workspace that is opened anew for each command, as on the command line."""

    workspace: Workspace

    @property
    def backup(self) -> Path:
        return self.workspace.root / "备份.db"

    @property
    def numbers(self) -> Path:
        return self.workspace.archive / "台账_编号.json"

    def back_up(self) -> None:
        shutil.copyfile(self.workspace.ledger, self.backup)

    def put_back(self) -> None:
        shutil.copyfile(self.backup, self.workspace.ledger)

    def generate(self, period: Period, now: datetime = CREATED) -> set[int]:
        """Return the ids of the forms that were issued for a period."""
        with Ledger.open(self.workspace.ledger) as ledger:
            generate.generate(
                self.workspace, small_plan(), ledger, period, None, force=True, now=now
            )
            return {one.id for one in ledger.forms.issued(period)}

    def collect(self, *names: str) -> list[Submission]:
        """Drop a file that waits for a person under each name, and collect them."""
        for name in names:
            (self.workspace.inbox / name).write_bytes(b"%PDF-1.7\n" + name.encode())
        with Ledger.open(self.workspace.ledger) as ledger:
            found = collect.collect(self.workspace, ledger, None, received_at=NOON, now=NOON)
            return found.submissions

    def reject(self, number: int) -> Submission:
        with Ledger.open(self.workspace.ledger) as ledger:
            return resolve(self.workspace, ledger, decision_step(number, reject=True), now=NOON)

    def pending(self) -> list[str]:
        return sorted(one.name for one in self.workspace.pending.iterdir())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    workspace, ledger = new_workspace(tmp_path / "督办")
    ledger.close()
    return Office(workspace)


def ids(submissions: list[Submission]) -> list[int]:
    return [one.id for one in submissions]


def test_after_a_backup_was_put_back_no_number_is_given_again(office: Office) -> None:
    assert ids(office.collect("甲.pdf")) == [1]
    office.back_up()
    assert ids(office.collect("乙.pdf", "丙.pdf")) == [2, 3]
    office.put_back()
    assert ids(office.collect("丁.pdf")) == [4]
    assert ids(office.collect("戊.pdf")) == [5]
    assert [name[:4] for name in office.pending() if name.endswith(".pdf")] == [
        f"{number:04d}" for number in range(1, 6)
    ]


def test_after_a_backup_was_put_back_no_form_bears_another_s_number(office: Office) -> None:
    first = office.generate(NOVEMBER)
    office.back_up()
    lost = office.generate(DECEMBER)
    office.put_back()
    again = office.generate(Month(2023, 1))
    assert not again & (first | lost)
    assert min(again) > max(lost)


@pytest.mark.parametrize("content", [None, b"", b"\xff{", b"[1]", b'{"submission": "many"}'])
def test_numbers_that_are_lost_or_damaged_stop_nothing_and_what_waits_still_counts(
    office: Office, content: bytes | None
) -> None:
    office.back_up()
    assert ids(office.collect("甲.pdf", "乙.pdf")) == [1, 2]
    office.put_back()
    office.numbers.unlink()
    if content is not None:
        office.numbers.write_bytes(content)
    assert ids(office.collect("丙.pdf")) == [3]
    assert ids(office.collect("丁.pdf")) == [4]


def test_numbers_that_cannot_be_written_stop_nothing(office: Office) -> None:
    office.numbers.unlink(missing_ok=True)
    office.numbers.mkdir()
    assert ids(office.collect("甲.pdf")) == [1]
    assert ids(office.collect("乙.pdf")) == [2]


def test_numbers_given_before_they_were_kept_apart_are_kept_once_the_ledger_is_opened(
    office: Office,
) -> None:
    office.back_up()
    office.collect("甲.pdf")
    office.numbers.unlink()
    shutil.rmtree(office.workspace.pending)
    office.workspace.pending.mkdir()
    with Ledger.open(office.workspace.ledger):
        pass
    office.put_back()
    assert ids(office.collect("乙.pdf")) == [2]


def test_a_file_that_a_person_put_among_what_waits_gives_no_number(office: Office) -> None:
    (office.workspace.pending / "20221231_县水利局.xlsx").write_bytes(b"x")
    assert ids(office.collect("甲.pdf")) == [1]


def test_a_number_that_somebody_made_up_does_not_set_the_numbers(office: Office) -> None:
    for name in ("999999999_x.xlsx", "999999999_x.xlsx.txt", "0070_y.xlsx", "0070_y.xlsx.txt"):
        (office.workspace.pending / name).write_bytes(b"x")
    assert ids(office.collect("甲.pdf")) == [71]


def test_a_note_whose_number_the_ledger_lost_is_applied_to_nobody(office: Office) -> None:
    office.back_up()
    office.collect("水利.pdf")
    office.put_back()
    (other,) = office.collect("公安.pdf")
    with pytest.raises(LedgerError, match=r"没有编号为 1 的报送件.*移进收件箱"):
        office.reject(1)
    (waits,) = [one for one in office.pending() if one.endswith("水利.pdf")]
    (office.workspace.pending / waits).rename(office.workspace.inbox / waits)
    (again,) = office.collect()
    assert (other.id, again.id, again.verdict) == (2, 3, Verdict.ATTENTION)


def test_a_number_that_was_once_given_twice_is_applied_to_neither(office: Office) -> None:
    office.back_up()
    office.collect("水利.pdf")
    note = office.workspace.pending / "0001_水利.pdf.txt"
    kept = [(one, one.read_bytes()) for one in (note, note.with_suffix(""))]
    office.put_back()
    for path in (*office.workspace.pending.iterdir(), office.numbers):
        path.unlink()
    assert ids(office.collect("公安.pdf")) == [1]
    for path, data in kept:
        path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"0001_水利\.pdf.*公安\.pdf"):
        office.reject(1)
    with Ledger.open(office.workspace.ledger) as ledger:
        assert ledger.returns.decisions(1) == []


def test_the_note_of_a_file_that_was_moved_to_be_collected_again_goes_with_it(
    office: Office,
) -> None:
    office.collect("甲.pdf")
    office.back_up()
    office.collect("乙.pdf")
    office.put_back()
    (waiting,) = office.workspace.pending.glob("0002_*.pdf")
    waiting.rename(office.workspace.inbox / waiting.name)
    (one,) = office.collect()
    assert office.pending() == sorted(
        [
            "0001_甲.pdf",
            "0001_甲.pdf.txt",
            f"{one.id:04d}_{one.file}",
            f"{one.id:04d}_{one.file}.txt",
        ]
    )


def test_a_note_that_a_person_wrote_or_whose_file_waits_still_is_left(office: Office) -> None:
    office.collect("甲.pdf")
    office.collect("乙.pdf")
    (office.workspace.pending / "0001_甲.pdf").unlink()
    own = office.workspace.pending / "0009_电话记录.txt"
    own.write_text("下周一补报", encoding="utf-8")
    before = set(office.pending())
    office.collect()
    assert before <= set(office.pending())
