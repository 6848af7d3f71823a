"""The measured parts; `python -m benchmarks.part NAME FOLDER UNITS` does one of them.

Imports and what a part works on are made before the clock starts, but what a process that a part
starts imports is the part's; peak memory is the process's own.
"""

import json
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import limits, naive, ours, plans, work
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace

SAMPLE = 100  # forms and returns that the naive way and the libraries are measured on
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a run's files lie."""

    root: Path
    units: int

    @property
    def ours(self) -> Path:
        """The workspace."""
        return self.root / "ours"

    @property
    def returns(self) -> Path:
        """The returns, filled in."""
        return self.root / "returns"

    @property
    def naive(self) -> Path:
        """What the naive way and the libraries write."""
        return self.root / "naive"

    def sample(self) -> list[str]:
        """Return the units whose forms the naive way makes."""
        return work.names(self.units)[:SAMPLE]

    def files(self) -> list[Path]:
        """Return the returns that the naive way reads."""
        return [self.returns / work.returned_file(unit) for unit in self.sample()]


Work = tuple[int, Callable[[], object]]  # for how many pieces, and what to do


def _generate(folder: Folder, jobs: int = 1) -> Work:
    from edu_sheet.form import write  # noqa: F401 - imported before the clock starts

    work.plan(folder.units)
    return folder.units, lambda: ours.make_forms(folder.ours, folder.units, jobs)


def _naive_generate(folder: Folder) -> Work:
    template = folder.naive / "template.xlsx"
    if not template.exists():
        folder.naive.mkdir(parents=True, exist_ok=True)
        form = Workspace(folder.ours).form(work.PERIOD, work.LEAD)
        naive.make_template(template, form)
    units = folder.sample()
    work.plan(folder.units)
    return len(units), lambda: naive.make_forms(
        folder.naive / "forms", template, units, folder.units
    )


def _limit_generate(folder: Folder) -> Work:
    from xlsxwriter import Workbook  # noqa: F401 - imported before the clock starts

    books = limits.composed(folder.sample(), folder.units)
    return len(books), lambda: limits.write_forms(folder.naive / "best", books)


def _zlib_generate(folder: Folder) -> Work:
    forms = [Workspace(folder.ours).form(work.PERIOD, unit) for unit in folder.sample()]
    return len(forms), lambda: limits.deflate(forms)


def _collect(folder: Folder) -> Work:
    return folder.units, lambda: ours.collect_returns(folder.ours)


def _naive_collect(folder: Folder) -> Work:
    import openpyxl  # noqa: F401 - imported before the clock starts
    import pandas as pd  # noqa: F401 - the same

    files = folder.files()
    return len(files), lambda: naive.collect_returns(files)


def _limit_collect(folder: Folder) -> Work:
    import python_calamine  # noqa: F401 - imported before the clock starts

    files = folder.files()
    return len(files), lambda: limits.read_returns(files)


def _merge(folder: Folder) -> Work:
    from edu_sheet.form import write  # noqa: F401 - imported before the clock starts

    work.plan(folder.units)
    return 1, lambda: ours.merge(folder.ours, folder.units)


def _naive_merge(folder: Folder) -> Work:
    import openpyxl  # noqa: F401 - imported before the clock starts

    frame = naive.collected(folder.units)
    return 1, lambda: naive.merge(frame, folder.naive / "merged.xlsx")


def _limit_merge(folder: Folder) -> Work:
    import xlsxwriter  # noqa: F401 - imported before the clock starts

    frame = naive.collected(folder.units)
    return 1, lambda: limits.write_rows(frame, folder.naive / "rows.xlsx")


def _report(folder: Folder) -> Work:
    import docx  # noqa: F401 - imported before the clock starts
    import pptx  # noqa: F401 - the same
    import xlsxwriter  # noqa: F401 - the same

    work.plan(folder.units)
    return folder.units, lambda: ours.report(folder.ours, folder.units)


def _naive_report(folder: Folder) -> Work:
    import docx  # noqa: F401 - imported before the clock starts

    units = naive.report_units(folder.units)
    work.plan(units)
    rows = ours.rows(ours.attachments(folder.ours, folder.units), units)
    return units, lambda: naive.report(folder.naive / "report.docx", units, rows)


def _limit_report(folder: Folder) -> Work:
    path = Workspace(folder.ours).summary(work.PERIOD.quarter)
    return folder.units, lambda: limits.deflate([path])


def _report_table(folder: Folder) -> Work:
    attachments = ours.attachments(folder.ours, folder.units)
    return folder.units, lambda: ours.tables(attachments)


def _naive_report_table(folder: Folder) -> Work:
    from docx import Document

    units = naive.report_units(folder.units)
    document = Document()
    rows = ours.rows(ours.attachments(folder.ours, folder.units), units)
    return units, lambda: naive.tables(document, rows)


def _limit_report_table(folder: Folder) -> Work:
    written = ours.tables(ours.attachments(folder.ours, folder.units))
    return folder.units, lambda: zlib.compress(written, 6)


def _check_report_table(folder: Folder) -> Work:
    by_hand = folder.naive / "report.docx"
    return 1, lambda: ours.check_tables(folder.ours, folder.units, by_hand)


def _fill(folder: Folder) -> Work:
    def fill() -> None:
        workspace = Workspace(folder.ours)
        with Ledger.open(workspace.ledger) as ledger:
            work.fill_forms(workspace, ledger, folder.returns)

    return folder.units, fill


def _checking(check: Callable[[Path, int], None]) -> Callable[[Folder], Work]:
    return lambda folder: (1, lambda: check(folder.ours, folder.units))


def _plan(folder: Folder, kind: str, *, alone: bool = False) -> Work:
    import docx  # noqa: F401 - imported before the clock starts
    import openpyxl  # noqa: F401 - the same

    import edu_sheet.plan.documents  # noqa: F401 - the same

    path = plans.document(folder.root, kind)
    return 1, lambda: plans.read_cells(path) if alone else plans.read(path)


PARTS: dict[str, Callable[[Folder], Work]] = {
    "generate": _generate,
    "plan-xlsx": lambda folder: _plan(folder, "xlsx"),
    "plan-xlsx-alone": lambda folder: _plan(folder, "xlsx", alone=True),
    "plan-docx": lambda folder: _plan(folder, "docx"),
    "plan-docx-alone": lambda folder: _plan(folder, "docx", alone=True),
    "generate-two": lambda folder: _generate(folder, 2),
    "generate-naive": _naive_generate,
    "generate-limit": _limit_generate,
    "generate-zlib": _zlib_generate,
    "generate-check": _checking(ours.check_forms),
    "fill": _fill,
    "collect": _collect,
    "collect-naive": _naive_collect,
    "collect-limit": _limit_collect,
    "collect-check": _checking(ours.check_collected),
    "merge": _merge,
    "merge-naive": _naive_merge,
    "merge-limit": _limit_merge,
    "merge-check": _checking(ours.check_merged),
    "report": _report,
    "report-naive": _naive_report,
    "report-limit": _limit_report,
    "report-check": _checking(ours.check_report),
    "report-table": _report_table,
    "report-table-naive": _naive_report_table,
    "report-table-limit": _limit_report_table,
    "report-table-check": _check_report_table,
}


def main() -> int:
    """Do one part and say what it took, as JSON on standard output."""
    name, root, units = sys.argv[1:]
    count, do = PARTS[name](Folder(Path(root), int(units)))
    start, worked = time.perf_counter(), processor_time()
    told = do()
    seconds = told if isinstance(told, float) else time.perf_counter() - start
    said = {
        "ms": seconds * 1000 / count,
        "cpu_ms": (processor_time() - worked) * 1000 / count,
        "count": count,
        "peak_mb": _peak(),
    }
    sys.stdout.write(json.dumps(said))
    return 0


def processor_time() -> float:
    """Return the seconds that this process has worked, and those that it started and that ended."""
    own = time.process_time()
    try:
        import resource
    except ImportError:  # Windows, which does not tell of others
        return own
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own + others.ru_utime + others.ru_stime


def _peak() -> float | None:
    """Return the most memory that this process has had, in MB; None where the system is silent."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes * (1 if sys.platform == "darwin" else 1024) / _MEGABYTE
