"""`python -m benchmarks [--units N] [--runs N] [--json]`: how fast, beside the naive way.

Ours, the naive way and the libraries' best take turns, each in a process of its own; the medians
are told, and what ours gave is verified against the texts put in. On a busy machine processor time
(of cpu) says more than the clock. docs/性能.md says what the figures mean.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import commands
from benchmarks.commands import compiled, run
from benchmarks.naive import report_units
from benchmarks.plans import KINDS

_HOME = Path(__file__).resolve().parents[1]
_WORK = ("generate", "collect", "merge", "report")


def main() -> int:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--units", type=int, default=32, help="how many units report")
    parser.add_argument("--runs", type=int, default=5, help="of which the medians are told")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edu-sheet-benchmarks-") as folder:
        measured = measure(Path(folder), options.units, options.runs)
    sys.stdout.write(json.dumps(measured, indent=1) if options.json else table(measured))
    sys.stdout.write("\n")
    return 0


def measure(folder: Path, units: int, runs: int) -> dict[str, Any]:
    """Return the medians of all parts."""
    bench = _Bench(folder, units, runs)
    return {
        "units": units,
        "runs": runs,
        "generate": bench.generate(),
        "collect": bench.collect(),
        "merge": bench.outputs("merge"),
        "report": bench.report(),
        "start": start(runs),
        "plans": bench.plans(),
        "commands": commands.measure(folder, runs),
    }


def start(runs: int) -> dict[str, float]:
    """Return how long `--help` and `status` take in a small workspace, beside importing pandas."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = str(Path(folder) / "督办")
        ours = [sys.executable, "-m", "edu_sheet"]
        environment = compiled(Path(folder))
        run([*ours, "init", workspace, "--example"], environment)
        run([*ours, "-w", workspace, "generate", "2022-12"], environment)
        words = {
            "pandas": [sys.executable, "-c", "import pandas"],
            "help": [*ours, "--help"],
            "status": [*ours, "-w", workspace, "status", "2022-12"],
        }
        turns = [
            {name: _milliseconds(one, environment) for name, one in words.items()}
            for _ in range(1 + runs)
        ][1:]
    found = {f"{name}_ms": statistics.median(turn[name] for turn in turns) for name in words}
    return found | {
        f"{name}_ratio": statistics.median(turn[name] / turn["pandas"] for turn in turns)
        for name in ("help", "status")
    }


def _milliseconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how many milliseconds a command takes."""
    began = time.perf_counter()
    run(command, environment)
    return (time.perf_counter() - began) * 1000


class _Bench:
    """The parts of one benchmark, each on what the one before left."""

    def __init__(self, folder: Path, units: int, runs: int) -> None:
        self._folder = folder
        self._units = units
        self._runs = runs
        self._ours = folder / "ours"
        self._issued = folder / "issued"
        self._collected = folder / "collected"
        self._aside = 0

    def generate(self) -> dict[str, float | None]:
        """Measure issuing, and keep the workspace and the returns for the other parts."""
        turns = []
        for _ in range(self._runs):
            self._fresh(None)
            two = self._part("generate-two")
            self._fresh(None)
            turns.append([*self._turn("generate", "generate-naive", "generate-limit"), two])
        zlib = self._part("generate-zlib")["ms"]
        self._part("generate-check")
        self._part("fill")
        self._ours.rename(self._issued)
        return _medians(turns) | {"zlib_ms": zlib}

    def collect(self) -> dict[str, float | None]:
        """Measure collecting, from what `generate` left."""
        turns = []
        for _ in range(self._runs):
            self._with_returns()
            turns.append(self._turn("collect", "collect-naive", "collect-limit"))
        self._part("collect-check")
        self._ours.rename(self._collected)
        return _medians(turns)

    def outputs(self, name: str) -> dict[str, float | None]:
        """Measure an output of the whole, from what `collect` left."""
        turns = []
        for _ in range(self._runs):
            self._fresh(self._collected)
            turns.append(self._turn(name, f"{name}-naive", f"{name}-limit"))
        self._part(f"{name}-check")
        return _medians(turns)

    def report(self) -> dict[str, Any]:
        """Measure the summary, and the tables in it by themselves."""
        whole = self.outputs("report")
        tables = [
            self._turn("report-table", "report-table-naive", "report-table-limit")
            for _ in range(self._runs)
        ]
        self._part("report-table-check")
        units = report_units(self._units)
        return whole | {"naive_units": units, "table": _medians(tables) | {"naive_units": units}}

    def plans(self) -> dict[str, dict[str, float]]:
        """Measure reading a plan of 1,000 tasks in, beside the library that opens it."""
        found = {}
        for kind in KINDS:
            turns = [self._turn(f"plan-{kind}", f"plan-{kind}-alone") for _ in range(self._runs)]
            ratios = (ours["cpu_ms"] / alone["cpu_ms"] for ours, alone in turns)
            found[kind] = {
                "cpu_ms": statistics.median(ours["cpu_ms"] for ours, _ in turns),
                "alone_cpu_ms": statistics.median(alone["cpu_ms"] for _, alone in turns),
                "cpu_ratio": statistics.median(ratios),
            }
        return found

    def _turn(self, *names: str) -> list[dict[str, Any]]:
        return [self._part(name) for name in names]

    def _with_returns(self) -> None:
        self._fresh(self._issued)
        inbox = self._ours / "收件箱"
        inbox.mkdir(exist_ok=True)
        for path in (self._folder / "returns").iterdir():
            shutil.copy2(path, inbox)

    def _fresh(self, source: Path | None) -> None:
        """Put the workspace back to where a part begins; originals are no part of an output."""
        # Set aside and not removed: for minutes ext4 gives new files no place of a removed one, and
        # takes longer for each the more there are.
        if self._ours.exists():
            self._aside += 1
            self._ours.rename(self._folder / f"ours-{self._aside}")
        if source:
            shutil.copytree(source, self._ours, ignore=shutil.ignore_patterns("原件"))

    def _part(self, name: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "benchmarks.part", name]
        done = subprocess.run(  # noqa: S603 - our own module, by this very interpreter
            [*command, str(self._folder), str(self._units)],
            cwd=_HOME,
            env=compiled(self._folder),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{name}:\n{done.stderr.decode('utf-8', 'replace')}")
        measured: dict[str, Any] = json.loads(done.stdout)
        return measured


def _medians(turns: list[list[dict[str, Any]]]) -> dict[str, float | None]:
    """Return the medians of turns of (ours, naive, limit, ours in two processes where it can be).

    A ratio is of what took the same turn.
    """
    ours, naive, limit = (
        statistics.median(turn[place]["ms"] for turn in turns) for place in range(3)
    )
    two = {}
    if len(turns[0]) > 3:
        two = {
            "two_ms": statistics.median(turn[3]["ms"] for turn in turns),
            "two_ratio": statistics.median(turn[3]["ms"] / turn[0]["ms"] for turn in turns),
        }
    return two | {
        "ours_ms": ours,
        "naive_ms": naive,
        "ratio": statistics.median(turn[0]["ms"] / turn[1]["ms"] for turn in turns),
        "cpu_ms": statistics.median(turn[0]["cpu_ms"] for turn in turns),
        "naive_cpu_ms": statistics.median(turn[1]["cpu_ms"] for turn in turns),
        "cpu_ratio": statistics.median(turn[0]["cpu_ms"] / turn[1]["cpu_ms"] for turn in turns),
        "limit_ms": limit,
        "peak_mb": _peak(turns, 0),
        "naive_peak_mb": _peak(turns, 1),
    }


def _peak(turns: list[list[dict[str, Any]]], place: int) -> float | None:
    peaks = [turn[place]["peak_mb"] for turn in turns]
    return None if None in peaks else statistics.median(peaks)


def table(measured: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = [
        f"{measured['units']} units, medians of {measured['runs']} runs",
        (
            f"{'':<10}{'ours ms':>10}{'naive ms':>10}{'ratio':>8}{'of cpu':>8}{'best ms':>10}"
            f"{'peak MB':>9}{'2 jobs ms':>11}{'ratio':>7}"
        ),
    ]
    shown = [(name, measured[name]) for name in _WORK]
    for name, one in [*shown, ("  tables", measured["report"]["table"])]:
        peak = "-" if one["peak_mb"] is None else f"{one['peak_mb']:.0f}"
        lines.append(
            f"{name:<10}{one['ours_ms']:>10.2f}{one['naive_ms']:>10.2f}{one['ratio']:>8.2f}"
            f"{one['cpu_ratio']:>8.2f}{one['limit_ms']:>10.2f}{peak:>9}"
            + (f"{one['two_ms']:>11.1f}{one['two_ratio']:>7.2f}" if "two_ms" in one else "")
        )
    one = measured["start"]
    lines.append(
        f"--help {one['help_ms']:.0f} ms, status {one['status_ms']:.0f} ms, import pandas"
        f" {one['pandas_ms']:.0f} ms: {one['help_ratio']:.2f} and {one['status_ratio']:.2f}"
    )
    lines += [
        f"a plan of 1,000 tasks, .{kind}: {one['cpu_ms']:.0f} ms of cpu, the library alone"
        f" {one['alone_cpu_ms']:.0f} ms: {one['cpu_ratio']:.1f}"
        for kind, one in measured["plans"].items()
    ]
    lines.append("whole commands, of cpu, beside a script that does the least:")
    for name, one in measured["commands"].items():
        beside = one["month_cpu_ms" if name == "demo" else "naive_cpu_ms"]
        lines.append(f"{name:<10}{one['cpu_ms']:>10.0f}{beside:>10.0f}{one['cpu_ratio']:>8.2f}")
    lines.append("(demo: beside generate, collect, merge and report of a month)")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
