"""Two processes give what one gives, in the same order; one that dies costs one file."""

import contextlib
import os
import pickle
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from edu_sheet import collect
from edu_sheet.check.examine import Seen
from edu_sheet.collect import line
from edu_sheet.issue import generate
from edu_sheet.kit.cluster import connected
from edu_sheet.kit.data import decode
from edu_sheet.kit.workers import Crew, WorkerDiedError
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.returns import Submission, Verdict
from tests.support import builders, deadly, stranger
from tests.support.builders import CREATED, DECEMBER, UNITS, fill, moment, small_plan
from tests.support.session import Session

RECEIVED = moment("2022-12-29T10:00")


def made(folder: Path, crew: Crew) -> Workspace:
    """Return a workspace whose forms that crew has made."""
    workspace, ledger = builders.new_workspace(folder)
    with ledger:
        generate.generate(
            workspace, small_plan(), ledger, DECEMBER, None, force=False, now=CREATED, crew=crew
        )
    return workspace


def with_returns(workspace: Workspace) -> Workspace:
    for unit in UNITS:
        data = fill(workspace.form(DECEMBER, unit).read_bytes(), _texts(unit))
        (workspace.inbox / f"{unit}.xlsx").write_bytes(data)
    (workspace.inbox / "材料.zip").write_bytes(b"PK\x03\x04 broken")
    (workspace.inbox / "说明.pdf").write_bytes(b"%PDF-1.7\n")
    return workspace


def _texts(unit: str) -> dict[int, str]:
    plan = small_plan()
    own = plan.assignments(DECEMBER)[unit]
    return {task.number: f"{unit}第{task.number}项。" for task, _ in own}


def collected(workspace: Workspace, crew: Crew) -> list[Submission]:
    with Ledger.open(workspace.ledger) as ledger:
        return collect.collect(
            workspace, ledger, None, received_at=RECEIVED, now=RECEIVED, crew=crew
        ).submissions


@pytest.fixture
def long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a handful of files be enough for several processes."""
    monkeypatch.setattr(generate, "LONG", 1)


@pytest.mark.usefixtures("long_work")
def test_two_processes_make_and_collect_what_one_does(tmp_path: Path) -> None:
    alone = made(tmp_path / "one", Crew())
    with Crew(2) as crew:
        together = made(tmp_path / "two", crew)
    for unit in UNITS:
        one, other = (where.form(DECEMBER, unit).stat().st_size for where in (alone, together))
        assert abs(one - other) < 100, "the plan's own id and signatures differ, and nothing else"
    with Crew(2) as crew:
        found = collected(with_returns(together), crew)
    expected = collected(with_returns(alone), Crew())
    assert [_said(one) for one in found] == [_said(one) for one in expected]
    assert _entries(together) == _entries(alone)
    assert sum(one.verdict is Verdict.ACCEPTED for one in found) == len(UNITS)


def _said(one: Submission) -> tuple[object, ...]:
    return one.id, one.file, one.verdict, one.unit, one.period, [f.code for f in one.findings]


def _entries(workspace: Workspace) -> list[tuple[str, str, str]]:
    with Ledger.open(workspace.ledger) as ledger:
        return [(one.unit, one.task, one.text) for one in ledger.entries.of([DECEMBER])]


def answers(crew: Crew, work: Callable[[int], int], pieces: range, **how: Any) -> list[object]:
    """Return each piece's answer, or its number and the kind of its error."""
    found: list[object] = []
    for number, call in crew.each(work, ((n, (n,)) for n in pieces), long=True, **how):
        try:
            found.append(call())
        except (WorkerDiedError, ValueError) as error:
            found.append((number, type(error)))
    return found


@pytest.mark.parametrize("size", [1, 8])
def test_a_worker_that_dies_costs_one_piece_and_an_error_is_its_own(size: int) -> None:
    expected: list[object] = [2 * number for number in range(20)]
    expected[3], expected[5] = (3, WorkerDiedError), (5, ValueError)
    with Crew(2) as crew:
        assert answers(crew, deadly.double, range(20), size=size) == expected


def test_after_a_death_the_rest_is_done_in_few_processes() -> None:
    with Crew(2) as crew:
        found = answers(crew, deadly.process, range(60))
    assert found[3] == (3, WorkerDiedError)
    # The first workers, what was under way one by one, and two workers for all that came later.
    assert len(set(found[20:])) <= 2


_AT_WORK = """
import time
from edu_sheet.kit.workers import Crew
from tests.support import deadly
with Crew(2) as crew:
    for _, call in crew.each(deadly.process, ((n, (n,)) for n in range(10, 30)), long=True):
        call()
    print("at work", flush=True)
    time.sleep(600)
"""


def test_no_worker_outlives_a_run_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _AT_WORK], stdout=subprocess.PIPE) as run_:
        assert run_.stdout is not None
        assert run_.stdout.readline().split() == [b"at", b"work"]
        run_.kill()
        # Every process that it started holds this pipe, too: it ends when the last of them does.
        run_.communicate(timeout=60)


def test_a_process_that_waits_does_some_of_the_pieces_and_the_order_stays() -> None:
    with Crew(2) as crew:
        found = answers(crew, deadly.process, range(10, 200), size=8, here=True)
    assert os.getpid() in found
    assert len(set(found)) == 2
    with Crew(2) as crew:
        expected: list[object] = [2 * number for number in range(4, 200)]
        expected[1] = (5, ValueError)
        assert answers(crew, deadly.double, range(4, 200), size=8, here=True) == expected


@pytest.mark.parametrize("here", [False, True])
def test_an_executor_that_is_given_does_loads_too(here: bool) -> None:
    expected: list[object] = [2 * number for number in range(6, 200)]
    with ThreadPoolExecutor(2) as executor, Crew(2, executor) as crew:
        assert answers(crew, deadly.double, range(6, 200), size=8, here=here) == expected
        assert crew.started is False


@pytest.mark.parametrize("here", [False, True])
def test_few_pieces_are_under_way_at_a_time_however_many_there_are(here: bool) -> None:
    taken: list[int] = []

    def coming() -> Iterator[tuple[int, tuple[int]]]:
        for number in range(6, 5000):
            taken.append(number)
            yield number, (number,)

    with ThreadPoolExecutor(2) as executor, Crew(2, executor) as crew:
        for number, call in crew.each(deadly.double, coming(), long=True, size=8, here=here):
            assert call() == 2 * number
            assert len(taken) - (number - 6) < 500


def test_large_files_wait_outside_of_memory_until_others_are_done() -> None:
    taken: list[int] = []
    large = bytes(75_000_000)

    def coming() -> Iterator[tuple[int, tuple[bytes]]]:
        for number in range(20):
            taken.append(number)
            yield number, (large,)

    with ThreadPoolExecutor(2) as executor, Crew(2, executor) as crew:
        for number, call in crew.each(len, coming(), long=True, size=8):
            assert call() == len(large)
            assert len(taken) - number < 3


@pytest.mark.usefixtures("long_work")
def test_a_file_that_kills_its_reader_waits_for_a_person_and_the_rest_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = with_returns(made(tmp_path / "督办", Crew()))
    (workspace.inbox / "凶.pdf").write_bytes(deadly.MARK)
    monkeypatch.setattr(line, "seen", deadly.seen)
    found = {one.file: one for one in collected(workspace, Crew())}
    killed = found.pop("凶.pdf")
    assert killed.verdict is Verdict.ATTENTION
    assert killed.findings[0].code == "damaged"
    assert sum(one.verdict is Verdict.ACCEPTED for one in found.values()) == len(UNITS)
    assert not [*workspace.inbox.iterdir()]


def test_a_little_work_starts_no_process(tmp_path: Path) -> None:
    with Crew(2) as crew:
        workspace = with_returns(made(tmp_path / "督办", crew))
        collected(workspace, crew)
        assert crew.started is False


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    pytest.importorskip("distributed", reason="needs edu-sheet[dask]")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.cluster"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_reads_what_this_machine_would(cluster: str, tmp_path: Path) -> None:
    session = Session(tmp_path / "new")
    assert session_init(session) == 0
    assert session("generate", "2022-12").status == 0
    forms = sorted((session.folder / "下发/2022-12").iterdir())[:5]
    for path in forms:
        (session.folder / "收件箱" / path.name).write_bytes(path.read_bytes())
    said = session("collect", "--dask", cluster, "--json").json["submissions"]
    assert [one["verdict"] for one in said] == ["accepted"] * 5
    with connected(cluster) as (executor, workers):
        there = executor.submit(line.seen_elsewhere, forms[0].read_bytes(), ()).result(120)
        assert decode(Seen, there).readable
        assert workers == 2


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize(
    "sent", [stranger.value, stranger.among_data, stranger.raised, stranger.end]
)
def test_nothing_that_a_cluster_sends_runs_here(
    sent: Callable[[str], object], cluster: str, tmp_path: Path
) -> None:
    with connected(cluster) as (executor, _):
        with contextlib.suppress(Exception):
            assert executor.submit(sent, str(tmp_path)).result(120) != b"[]"
        assert executor.submit(stranger.data, "").result(120) == b"data"
    assert str(os.getpid()) not in {path.name for path in tmp_path.iterdir()}


def test_a_dask_that_unpickles_in_another_way_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    core = pytest.importorskip("distributed.protocol.core", reason="needs edu-sheet[dask]")
    other = types.SimpleNamespace(dumps=core.pickle.dumps, loads=pickle.loads)
    monkeypatch.setattr(core, "pickle", other)
    with pytest.raises(EduSheetError, match="会运行集群发来的程序"), connected("tcp://127.0.0.1:1"):
        pass


def session_init(session: Session) -> int:
    return Session(session.folder.parent)("init", session.folder, "--example").status


def test_a_cluster_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs edu-sheet[dask]")
    session = Session(tmp_path / "new")
    assert session_init(session) == 0
    said = session("collect", "--dask", "tcp://127.0.0.1:1")
    assert said.status == 2
    assert "连不上 Dask 集群" in said.err


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "ws://xian.test:1", "tcp://127.xian.test:1"]
)
def test_another_machine_s_cluster_is_refused_without_tls(address: str) -> None:
    pytest.importorskip("distributed", reason="needs edu-sheet[dask]")
    with pytest.raises(EduSheetError, match="tls://"), connected(address):
        pass
