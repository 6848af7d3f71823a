"""A short run of mutated files; `python -m tests.support.fuzz` is the long one."""

import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from edu_sheet.check import Checked, examine
from edu_sheet.kit.reader import limits
from edu_sheet.sentences import sentence
from tests.support import office
from tests.support.builders import EDUCATION, FINANCE
from tests.support.fuzz import answer
from tests.support.fuzz.answer import BadAnswerError, Desk
from tests.support.fuzz.batch import batch
from tests.support.fuzz.bombs import batch_with_bombs
from tests.support.fuzz.corpus import Corpus, Sample, corpus
from tests.support.fuzz.mutate import made
from tests.support.fuzz.run import campaign

SEED = 20221205
resource = pytest.importorskip("resource")  # as the readers' limits here are set
_BY_OFFICE = {"xls", "ods", "fods", "gzip"}


@pytest.fixture(autouse=True)
def _no_limit_stays() -> Iterator[None]:
    """A batch that runs in here limits this process: the tests after it must not die of that."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    resource.setrlimit(resource.RLIMIT_CPU, before)


@pytest.fixture(scope="module")
def files() -> Corpus:
    return corpus()


def _of(files: Corpus, kind: str) -> Sample:
    return next(one for one in files.samples if one.kind == kind)


def _given(files: Corpus, data: bytes) -> Checked:
    shown = examine.seen(data)
    return examine.checked(b"", Desk(files)._grounds(shown))


@pytest.mark.office
def test_a_sample_of_every_kind_is_there(files: Corpus) -> None:
    office.require()
    assert {one.kind for one in files.samples} >= {
        *("xlsx", "xls", "ods", "fods", "csv", "html", "xml", "encrypted", "gzip"),
        *("zip", "eml", "mbox", "msg", "tnef", "docx", "md", "plan", "workbook", "master"),
    }


@pytest.mark.parametrize("kind", ["xlsx", "csv", "xls", "ods", "fods", "gzip", "encrypted"])
def test_a_form_that_is_not_mutated_gives_each_text_to_its_task(kind: str, files: Corpus) -> None:
    if kind in _BY_OFFICE:
        office.require()
    given = _given(files, _of(files, kind).data)
    said = {(one.unit, one.task) for one in given.entries}
    assert said == {(unit, task) for _, unit, task in files.owners if unit == EDUCATION}


def test_mutated_files_are_read_or_refused_and_meet_no_bug(files: Corpus) -> None:
    *_, account = campaign(files, SEED, 0, 1500)
    assert account.count == 1500
    assert not account.bugs, account.bugs[0].trace
    assert max(account.slowest.values()) < limits.SECONDS
    counted = Counter[tuple[str, str]]()
    for outcome, count in account.outcomes.items():
        kind, _, became = outcome.partition(": ")
        counted[kind, "refused" if became.startswith("refused") else "read"] += count
    for kind in {one.kind for one in files.samples} & {"xlsx", "xls", "ods", "fods", "csv", "eml"}:
        assert min(counted[kind, "read"], counted[kind, "refused"]) > 2, (kind, counted)
    assert min(counted["xlsx", "read"], counted["xlsx", "refused"]) > 100


def test_the_same_seed_makes_the_same_files(files: Corpus) -> None:
    again = pickle.loads(pickle.dumps(files))
    first, second = ([made(one, SEED, number) for number in range(200)] for one in (files, again))
    assert first == second
    assert len({data for _, data in first}) > 190


def test_a_bug_is_told_with_its_input(
    files: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stumble(_: object, sample: Sample, data: bytes) -> str:
        raise IndexError(sample.kind)

    monkeypatch.setattr(answer.Desk, "answer", stumble)
    done = batch(pickle.dumps(files), SEED, 7, 3, 100.0, str(tmp_path / "at"))
    assert [one.number for one in done.bugs] == [7, 8, 9]
    assert "IndexError" in done.bugs[0].trace


def test_a_text_that_is_lost_or_under_another_task_or_unit_is_a_bug(files: Corpus) -> None:
    data = _of(files, "xlsx").data
    given = _given(files, data)
    book, desk = examine._open[0], Desk(files)
    said = [sentence(one) for one in given.findings]
    desk._account(given, said, book, data)
    first, second, *rest = given.entries
    swapped = (replace(first, task=second.task), replace(second, task=first.task), *rest)
    elsewhere = (replace(first, unit=FINANCE), second, *rest)
    for entries, found in ((swapped, "WRONG"), (elsewhere, "WRONG"), ((second, *rest), "LOST")):
        with pytest.raises(BadAnswerError, match=found):
            desk._account(replace(given, entries=entries), said, book, data)


def test_what_costs_a_reader_the_life_is_counted_and_the_rest_goes_on(files: Corpus) -> None:
    *_, account = campaign(files, SEED, 0, 10, batch_with_bombs)
    assert account.count == 10
    assert [(number, fault) for number, _, fault in account.stopped] == [
        (3, "memory"),
        (6, "crashed"),
    ]
    assert [one.number for one in account.bugs] == [6], "what a reader dies of is no limit"
