"""From ledger and workbook to 成果/期次/总表.xlsx: no hand edit is ever lost.

A master that nobody touched is written anew. One that the clerk has touched stays her workbook:
what changed is put into it in place, her look, notes, columns and sheets are kept. Where that
cannot be done, hers is left alone and 总表（新）.xlsx lies beside it.
"""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from edu_sheet.facts.gather import for_master
from edu_sheet.facts.left_out import findings
from edu_sheet.kit.files import refuse_if_open, reporting, sha256
from edu_sheet.master.base import Base, BaseRow
from edu_sheet.master.layout import BASE_PROPERTY, CHARTS, HISTORY_MONTHS, SHEETS_PROPERTY
from edu_sheet.master.merging.clerk import (
    CannotMergeError,
    Clerk,
    base_id,
    open_clerk,
    read_clerk,
    sheets_written,
)
from edu_sheet.master.merging.drawn import drawn
from edu_sheet.master.merging.inplace import change
from edu_sheet.master.merging.notes import dropped, notes
from edu_sheet.master.merging.renamed import base_now, ours_now
from edu_sheet.master.merging.transplant import set_aside
from edu_sheet.master.sheets.build import render
from edu_sheet.master.sheets.fingerprint import altered, said_in_short
from edu_sheet.master.sheets.main import head_texts
from edu_sheet.master.sheets.problems import problems
from edu_sheet.master.source import Source
from edu_sheet.master.table import RowKey, main_rows
from edu_sheet.master.threeway import Ours, Outcome, TaskEdits, Theirs, merge_task
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.outputs import place_output, replace_output
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan

FILE_NAME = "总表.xlsx"


@dataclass(frozen=True, slots=True)
class Merged:
    """Where a master stands and what is in it; `kept` if a person's version lies beside it."""

    path: Path
    kept: bool
    tasks: int  # tasks of the plan
    told: int  # tasks on which somebody reported
    entries: int  # texts in 总表
    errors: int  # of 问题清单
    missing: int  # forms that did not come back, of all periods that feed this one
    warnings: int
    edits: int = 0  # hand edits that stand in 总表
    conflicts: int = 0  # edited texts whose returns have changed since: rows 新报送
    why: str = ""  # why a person's version could not be merged, if `kept`
    written: bool = True  # False: everything stood there already
    altered: tuple[str, ...] = ()  # other sheets in which a person wrote; kept, as 名（改）
    unsure: bool = False  # whether it cannot be said for sure that a person wrote in `altered`
    findings: tuple[Finding, ...] = ()  # about what a person edited in 总表

    @property
    def needs_a_person(self) -> bool:
        """Whether something is left for a person to settle."""
        told = any(one.severity is not Severity.INFO for one in self.findings)
        return bool(told or self.kept or self.conflicts or self.altered or self.unsettled)

    @property
    def unsettled(self) -> int:
        """How much of 问题清单 cannot stay as it is."""
        return self.errors + self.missing


@dataclass(frozen=True, slots=True)
class _OnDisk:
    """The master on disk: its bytes, and the open workbook if the clerk edited it."""

    data: bytes | None = None
    base: Base | None = None
    clerk: Clerk | None = None
    why: str = ""  # why it cannot be merged
    altered: tuple[str, ...] = ()
    unsure: bool = False  # whether nothing says what the altered sheets said
    older: bool = False  # whether the base is an older one than the workbook's own


def merge(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, now: datetime
) -> Merged:
    """Write the master of a period, with the clerk's edits in it, and return where it stands.

    Her edits are recorded; nothing is written where nothing has changed. EduSheetError if no form
    was issued that could feed the period; OutputError, and nothing written or recorded, if the
    master is open in another program.
    """
    path = workspace.results(period) / FILE_NAME
    refuse_if_open(path)
    with _uncollected():
        return _merged(workspace, plan, ledger, period, path, now)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: a hundred thousand texts hold no cycles to look for."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _merged(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, path: Path, now: datetime
) -> Merged:
    source = Source(for_master(ledger, plan, period, history=HISTORY_MONTHS))
    there = _on_disk(ledger, workspace, path, source)
    theirs = [source.theirs(task) for task in plan.tasks]
    changed = source.facts.names.changed(*feeding_periods(period))
    outcomes = _outcomes(theirs, there, _held(source), changed, now)
    source = replace(source, merged=outcomes)
    told = notes(source, there.clerk, there.base)
    edits = [edit for one in outcomes.values() for edit in one.changed]
    older = (note("base_lost"),) if there.older and edits else ()
    source = replace(source, notes=(*older, *told))
    kept = dropped(there.clerk, there.base, source) if there.clerk and there.base else ()
    base = _base(source, theirs, workspace.relative(path), there.base, kept)
    fresh, sheets = render(source, base.id)
    ledger.edits.record(base.file, base.id, base.dump(sheets), edits, now)
    marks = {BASE_PROPERTY: base.id, SHEETS_PROPERTY: said_in_short(sheets)}
    placed, beside, written = _write(
        workspace, ledger, path, there, source, base, marks, fresh, now
    )
    found = problems(source)
    return Merged(
        path=placed,
        kept=beside,
        tasks=len(plan.tasks),
        told=sum(1 for said in source.said.values() if said),
        entries=sum(len(said) for said in source.said.values()),
        errors=sum(one.severity is Severity.ERROR for one in found),
        missing=sum(one.missing for one in found),
        warnings=sum(one.severity is Severity.WARNING and not one.missing for one in found),
        edits=sum(len(one.edits) for one in outcomes.values()),
        conflicts=sum(len(one.new) for one in outcomes.values()),
        why=there.why,
        written=written,
        altered=there.altered,
        unsure=there.unsure,
        findings=(*source.notes, *findings(source.facts.left_out)),
    )


def _on_disk(ledger: Ledger, workspace: Workspace, path: Path, source: Source) -> _OnDisk:
    """Return the master on disk, opened only if the clerk edited this version or an earlier one.

    `Output.base` holds the digest of the workbook as the program composes it: where that is the
    digest of the file itself, nobody's hand is in it.
    """
    with reporting(path):
        data = path.read_bytes() if path.exists() else None
    key = workspace.relative(path)
    output = ledger.outputs.last(key)
    if data is None or (output and output.base == output.sha256 == sha256(data)):
        return _OnDisk(data)
    try:
        book = open_clerk(data)
        identity = base_id(book)
        known = ledger.edits.base(identity) if identity else None
        content = known[1] if known else ledger.edits.last_base(key)
        if content is None:
            if identity:
                raise CannotMergeError("是本程序写的，但台账里没有它写成时的底稿，无从对照")
            raise CannotMergeError("不是本程序写的，无从对照")
        base = Base.load(content)
        if base.file != key:
            raise CannotMergeError(f"其实是另一期的总表（{base.file}）")
        clerk = read_clerk(book, base, source.columns, source.facts.names.known)
        if lost := drawn(data, CHARTS):
            return _OnDisk(data, base, clerk, f"里有{'、'.join(lost)}，改写会丢失它们")
        older = bool(identity) and known is None  # a backup of the ledger was put back
        borne = sheets_written(book) if older else {}
        return _OnDisk(
            data,
            base,
            clerk,
            altered=altered(book, borne or base.sheets),
            unsure=older and not borne,
            older=older,
        )
    except CannotMergeError as error:
        return _OnDisk(data, why=str(error))


def _held(source: Source) -> Mapping[str, TaskEdits]:
    """Return the edits that were made in this very master so far, by the task's key."""
    found: dict[str, TaskEdits] = defaultdict(dict)
    for edit in source.facts.edits:
        if edit.period == source.period:
            found[edit.task][edit.field, edit.unit] = edit
    return found


def _outcomes(
    theirs: Sequence[Theirs],
    there: _OnDisk,
    held: Mapping[str, TaskEdits],
    names: Mapping[str, str],
    now: datetime,
) -> dict[str, Outcome]:
    ours: Mapping[str, Ours] = there.clerk.ours() if there.clerk else {}
    rows = there.base.rows if there.base else {}
    if names:
        ours = {key: ours_now(one, names) for key, one in ours.items()}
        rows = {key: base_now(one, names) for key, one in rows.items()}
    return {
        one.key: merge_task(one, rows.get(one.key), ours.get(one.key), held.get(one.key, {}), now)
        for one in theirs
    }


def _base(
    source: Source,
    theirs: Sequence[Theirs],
    file: str,
    before: Base | None,
    kept: Sequence[RowKey],
) -> Base:
    """Return what is about to be written; rows `kept` stay what they last were."""
    heights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in main_rows(source):
        heights[row.key.task][str(row.key)] = row.height
    rows = {
        one.key: BaseRow(
            fields=source.outcomes[one.key].fields,
            returned=one.returned,
            new=source.outcomes[one.key].new,
            heights=heights[one.key],
        )
        for one in theirs
    }
    if before:
        rows |= {key.task: before.rows[key.task] for key in kept}
    return Base(file, head_texts(source), rows)


def _write(
    workspace: Workspace,
    ledger: Ledger,
    path: Path,
    there: _OnDisk,
    source: Source,
    base: Base,
    marks: Mapping[str, str],
    fresh: bytes,
    now: datetime,
) -> tuple[Path, bool, bool]:
    """Write the master; return its path, whether it lies beside the clerk's, whether it is new."""
    digest = sha256(fresh)
    if there.data is None or there.clerk is None or there.base is None or there.why:
        placed = place_output(workspace, ledger, path, fresh, now, digest)
        return placed.path, placed.kept, there.data != fresh
    output = ledger.outputs.last(base.file)
    same = output and output.base == digest and base_id(there.clerk.book) == base.id
    if same and there.clerk.keyed:
        return path, False, False
    kept = dropped(there.clerk, there.base, source)
    labels: dict[str, Sequence[str]] = {
        task.key: source.reporting(task.key) for task in source.plan.tasks
    }
    set_aside(there.clerk.book, there.altered, there.base.sheets)
    data = change(
        there.clerk,
        main_rows(source),
        head_texts(source),
        source.columns,
        there.base,
        marks,
        fresh,
        labels,
        kept,
    )
    replace_output(workspace, ledger, path, there.data, data, now, digest)
    return path, False, True
