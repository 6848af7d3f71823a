"""`python -m benchmarks.province [--workspaces N] [--units N]`: a province's month, by a cluster.

In each workspace forms are issued, come back filled in, are collected and merged; then every text
is looked up in the ledger and in 总表. A Dask cluster of two workers on this machine is used in two
ways: `files` are read and checked by the workers, for one workspace after the other
(`collect --dask`); or `workspaces` are collected and merged by them whole, each as one piece of
work. The first workspace is also collected without a cluster. Times are of one return, in ms:
processor time of this process, of the scheduler, of the workers, and the clock's.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import ours, parts, work
from edu_sheet import collect
from edu_sheet.kit.cluster import connected
from edu_sheet.kit.workers import Crew
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace

Times = dict[str, float]


def main() -> int:
    """Measure, and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.province", description=__doc__)
    parser.add_argument("--workspaces", type=int, default=20)
    parser.add_argument("--units", type=int, default=500, help="of each workspace")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edu-sheet-province-") as folder:
        measured = measure(Path(folder), options.workspaces, options.units)
    sys.stdout.write(json.dumps(measured, indent=1) + "\n")
    return 0


def measure(folder: Path, workspaces: int, units: int) -> dict[str, Times | int]:
    """Return what a return costs without a cluster, and with one in both ways."""
    alone = _alone(folder / "alone", units)
    spent = list[Times]()
    with _cluster() as (address, scheduler):
        for number in range(workspaces):
            spent.append(_files(folder / str(number), units, address, scheduler))
            shutil.rmtree(folder / str(number))
        whole = _workspaces(folder, workspaces, units, address, scheduler)
    return {
        "returns": workspaces * units,
        "alone": alone,
        "files": {name: sum(one[name] for one in spent) / workspaces for name in spent[0]},
        "workspaces": whole,
    }


def _alone(folder: Path, units: int) -> Times:
    _prepare(folder, units)
    began, worked = time.monotonic(), parts.processor_time()
    _collect(folder, Crew())
    times = {"all": parts.processor_time() - worked, "clock": time.monotonic() - began}
    ours.check_collected(folder, units)
    return _each(times, units)


def _files(folder: Path, units: int, address: str, scheduler: int) -> Times:
    _prepare(folder, units)
    with connected(address) as (executor, workers), Crew(workers, executor) as crew:
        before = _worked(scheduler)
        began, own = time.monotonic(), time.process_time()
        _collect(folder, crew)
        times = {"here": time.process_time() - own, "clock": time.monotonic() - began}
        after = _worked(scheduler)
    times |= {"scheduler": after[0] - before[0], "workers": after[1] - before[1]}
    ours.check_collected(folder, units)
    began = time.process_time()
    ours.merge(folder, units)
    times["merge"] = time.process_time() - began
    ours.check_merged(folder, units)
    return _each(times, units)


def _workspaces(folder: Path, count: int, units: int, address: str, scheduler: int) -> Times:
    from distributed import Client

    folders = [folder / f"whole{number}" for number in range(count)]
    for one in folders:
        _prepare(one, units)
    with Client(address, set_as_default=False) as client:
        before, began = _worked(scheduler), time.monotonic()
        client.gather(client.map(_whole, folders, units=units, pure=False))
        after, clock = _worked(scheduler), time.monotonic() - began
    for one in folders:
        ours.check_collected(one, units)
        ours.check_merged(one, units)
    spent = {"clock": clock, "scheduler": after[0] - before[0], "workers": after[1] - before[1]}
    return _each(spent, count * units)


def _whole(folder: Path, units: int) -> None:
    """Collect a workspace and merge it, as a worker does it."""
    _collect(folder, Crew())
    ours.merge(folder, units)


def _prepare(folder: Path, units: int) -> None:
    ours.make_forms(folder, units)
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        work.fill_forms(workspace, ledger, folder / "退回")
    shutil.copytree(folder / "退回", workspace.inbox, dirs_exist_ok=True)


def _collect(folder: Path, crew: Crew) -> None:
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        collect.collect(
            workspace, ledger, None, received_at=work.RECEIVED, now=work.RECEIVED, crew=crew
        )


def _each(seconds: Times, units: int) -> Times:
    return {name: 1000 * value / units for name, value in seconds.items()}


@contextmanager
def _cluster() -> Iterator[tuple[str, int]]:
    """Yield a cluster's address, and the process of its scheduler, below which its workers are."""
    command = [sys.executable, "-m", "tests.support.cluster"]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own
    with started:
        yield started.stdout.readline().decode().strip() if started.stdout else "", started.pid
        started.communicate()


def _worked(scheduler: int) -> tuple[float, float]:
    """Return the seconds that the scheduler has worked, and those of all below it."""
    import psutil  # type: ignore[import-untyped]  # Dask brings it

    process = psutil.Process(scheduler)
    own = process.cpu_times()
    below = [one.cpu_times() for one in process.children(recursive=True)]
    ended = sum(one.children_user + one.children_system for one in below)
    return own.user + own.system, ended + sum(one.user + one.system for one in below)


if __name__ == "__main__":
    raise SystemExit(main())
