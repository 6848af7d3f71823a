"""Whole commands, each as a process on the shipped plan, beside a script that does the least.

What a clerk waits for: starting, importing, reading the plan, and the work itself. The commands of
a period follow one another in one workspace, so that each finds what the one before left; before a
command runs again, its workspace is put back. Processor time counts, of a process and of those that
it starts. Of the screen it is what passes until its first page is there; `demo`, a quarter in one
process, stands beside the four commands of a month.
"""

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from benchmarks import work
from benchmarks.by_hand import PERIOD, QUARTER
from benchmarks.parts import processor_time
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace

_COMMANDS = {
    "check": ("check",),
    "generate": ("generate", PERIOD),
    "collect": ("collect",),
    "status": ("status", PERIOD),
    "merge": ("merge", PERIOD),
    "report": ("report", QUARTER),
    "export": ("export", PERIOD),
    "mail": ("mail", PERIOD),
    "screen": ("screen", "--no-open"),
}
_MONTH = ("generate", "collect", "merge", "report")
_HOME = Path(__file__).resolve().parents[1]
_RIGHT = (0, 1)  # exit statuses: done, and done with something that a person must look at
_Measured = dict[str, dict[str, float]]
_CLEARED = 5  # the first row of a form's tasks


def compiled(folder: Path) -> dict[str, str]:
    """Return an environment in which every module is compiled once, as an installed program's."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def run(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command and return its exit status."""
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=_HOME, env=environment, capture_output=True, check=False
    )
    return done.returncode


def measure(folder: Path, runs: int) -> _Measured:
    """Return what each command takes of processor time beside its script, in ms, and the ratio.

    `demo` stands beside the sum of the commands of a month.
    """
    workspace = folder / "commands"
    environment = compiled(folder) | {"EDU_SHEET_HOME": str(folder / "home")}
    ours = [sys.executable, "-m", "edu_sheet"]
    init = [*ours, "init", str(workspace), "--example"]
    _require(run(init, environment), init, (0,))
    _give_addresses(workspace / "分工方案.xlsx")
    before: dict[str, Callable[[Path], None]] = {"collect": _fill_in, "generate": _make_template}
    measured: _Measured = {}
    for name, words in _COMMANDS.items():
        if prepare := before.get(name):
            prepare(workspace)
        command = [*ours, "-w", str(workspace), *words]
        by_hand = [sys.executable, "-m", "benchmarks.by_hand", name, str(workspace)]
        do = _first_page if name == "screen" else run
        turns = []
        for _ in range(1 + runs):
            _put_back(workspace, folder / "before")
            hand = _processor_time(do, by_hand, environment, (0,))
            turns.append((_processor_time(do, command, environment, _RIGHT), hand))
        measured[name] = {
            "cpu_ms": statistics.median(one for one, _ in turns[1:]),
            "naive_cpu_ms": statistics.median(hand for _, hand in turns[1:]),
            "cpu_ratio": statistics.median(one / hand for one, hand in turns[1:]),
        }
        shutil.rmtree(folder / "before")
    return measured | {"demo": _demo(folder, runs, environment, measured)}


def _demo(
    folder: Path, runs: int, environment: Mapping[str, str], measured: _Measured
) -> dict[str, float]:
    """Return what `demo` takes, and its ratio to the commands of a month."""
    took = []
    for number in range(runs):
        command = [sys.executable, "-m", "edu_sheet", "demo", str(folder / f"demo-{number}")]
        took.append(_processor_time(run, command, environment, (0,)))
    whole, month = statistics.median(took), sum(measured[name]["cpu_ms"] for name in _MONTH)
    return {"cpu_ms": whole, "month_cpu_ms": month, "cpu_ratio": whole / month}


def _first_page(command: list[str], environment: Mapping[str, str]) -> int:
    """Start what serves pages, get its first one and end it; return the status of the answer."""
    with subprocess.Popen(  # noqa: S603 - our own
        command, cwd=_HOME, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as served:
        try:
            address = served.stdout.readline().decode().strip() if served.stdout else ""
            with build_opener(HTTPCookieProcessor(CookieJar())).open(address) as answer:
                return 0 if "已报".encode() in answer.read() else int(answer.status)
        finally:
            served.kill()


def _processor_time(
    do: Callable[[list[str], Mapping[str, str]], int],
    command: list[str],
    environment: Mapping[str, str],
    right: tuple[int, ...],
) -> float:
    """Return the milliseconds of processor time that a process takes, with its children."""
    before = processor_time()
    _require(do(command, environment), command, right)
    return (processor_time() - before) * 1000


def _require(status: int, command: list[str], right: tuple[int, ...]) -> None:
    if status not in right:
        raise SystemExit(f"{' '.join(command)}: exit status {status}")


def _put_back(workspace: Path, kept: Path) -> None:
    """Let a workspace be as it was when this was first called for a command."""
    if not kept.exists():
        shutil.copytree(workspace, kept)
        return
    shutil.rmtree(workspace)
    shutil.copytree(kept, workspace)


def _give_addresses(plan: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(plan)
    sheet = book["单位名录"]
    column = next(cell.column for cell in sheet[2] if cell.value == "邮箱")
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, column).value = f"unit{row}@example.com"
    book.save(plan)


def _make_template(workspace: Path) -> None:
    """Make a template by hand, once: a sheet with the looks of a form, without texts."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Side

    book = Workbook()
    sheet = book.worksheets[0]
    line = Side("thin")
    for row in range(_CLEARED, _CLEARED + 24):
        for column in range(1, 10):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(line, line, line, line)
    book.save(workspace / "模板.xlsx")


def _fill_in(workspace: Path) -> None:
    """Fill every form in, as it comes back."""
    place = Workspace(workspace)
    with Ledger.open(place.ledger) as ledger:
        work.fill_forms(place, ledger, workspace / "退回")
    shutil.copytree(workspace / "退回", place.inbox, dirs_exist_ok=True)
