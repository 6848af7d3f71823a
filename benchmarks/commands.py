"""Whole commands, each as a process on the shipped plan, beside a script that does the least.

What a clerk waits for: starting, importing, reading the plan, and the work itself. The commands of
a period follow one another in one workspace, so that each finds what the one before left; before a
command runs again, its workspace is put back. Processor time counts, of a process and of those that
it starts.
"""

import shutil
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

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
}
_RIGHT = (0, 1)  # exit statuses: done, and done with something that a person must look at
_Run = Callable[[list[str]], int]
_CLEARED = 5  # the first row of a form's tasks


def measure(folder: Path, runs: int, run: _Run) -> dict[str, dict[str, float]]:
    """Return what each command takes of processor time beside its script, in ms, and the ratio.

    `run` runs a process in the environment that all share, and returns its exit status.
    """
    workspace = folder / "commands"
    ours = [sys.executable, "-m", "edu_sheet", "-w", str(workspace)]
    init = [*ours[:3], "init", str(workspace), "--example"]
    _require(run(init), init, (0,))
    _give_addresses(workspace / "分工方案.xlsx")
    before: dict[str, Callable[[Path], None]] = {"collect": _fill_in, "generate": _make_template}
    measured = {}
    for name, words in _COMMANDS.items():
        if prepare := before.get(name):
            prepare(workspace)
        by_hand = [sys.executable, "-m", "benchmarks.by_hand", name, str(workspace)]
        turns = []
        for _ in range(1 + runs):
            _put_back(workspace, folder / "before")
            hand = _processor_time(run, by_hand, (0,))
            turns.append((_processor_time(run, [*ours, *words], _RIGHT), hand))
        measured[name] = {
            "cpu_ms": statistics.median(one for one, _ in turns[1:]),
            "naive_cpu_ms": statistics.median(hand for _, hand in turns[1:]),
            "cpu_ratio": statistics.median(one / hand for one, hand in turns[1:]),
        }
        shutil.rmtree(folder / "before")
    return measured


def _processor_time(run: _Run, command: list[str], right: tuple[int, ...]) -> float:
    """Return the milliseconds of processor time that a process takes, with its children."""
    before = processor_time()
    _require(run(command), command, right)
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
