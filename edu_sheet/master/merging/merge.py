"""From ledger and workbook to 成果/期次/总表.xlsx: no hand edit is ever lost.

A master that nobody touched is written anew. One that the clerk has touched stays her workbook:
what changed is put into it in place, her look, notes, columns and sheets are kept. Where that
cannot be done, hers is left alone and 总表（新）.xlsx lies beside it.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from edu_sheet.facts.gather import for_master
from edu_sheet.facts.left_out import findings
from edu_sheet.kit import clock
from edu_sheet.kit.files import refuse_if_open, sha256
from edu_sheet.kit.reader.reader import Reader, StoppedError
from edu_sheet.master.base import Base, BaseRow
from edu_sheet.master.layout import BASE_PROPERTY, PLAN_PROPERTY, SHEETS_PROPERTY
from edu_sheet.master.merging.hers import Hers, Wanted, changed
from edu_sheet.master.merging.notes import dropped, notes
from edu_sheet.master.merging.on_disk import STOPPED, OnDisk, on_disk, outcomes_of, reader_for
from edu_sheet.master.merging.unmerged import unmerged, unmerged_beside
from edu_sheet.master.sheets.build import render
from edu_sheet.master.sheets.fingerprint import said_in_short
from edu_sheet.master.sheets.main import head_texts
from edu_sheet.master.sheets.problems import problems
from edu_sheet.master.source import Source
from edu_sheet.master.table import MainRow, RowKey, main_rows
from edu_sheet.master.threeway import Theirs
from edu_sheet.rules.labels import labels
from edu_sheet.rules.names import Names
from edu_sheet.rules.progress import PROGRESS_FIELD, feeding_periods
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.outputs import place_output, replace_output
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import Edit, State


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
    missing_in: Mapping[Period, int]  # how many of them in which of those periods
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


def merge(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, now: datetime
) -> Merged:
    """Write the master of a period, with the clerk's edits in it, and return where it stands.

    Her edits are recorded; nothing is written where nothing has changed. EduSheetError if no form
    was issued that could feed the period; OutputError, and nothing written or recorded, if the
    master is open in another program.
    """
    path = workspace.master(period)
    refuse_if_open(path)
    with _uncollected():
        source = Source(replace(for_master(ledger, plan, period), today=clock.day(now)))
        with reader_for(source) as reader:
            return _merged(workspace, ledger, source, path, reader, now)


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
    workspace: Workspace, ledger: Ledger, source: Source, path: Path, reader: Reader, now: datetime
) -> Merged:
    there = on_disk(ledger, workspace.relative(path), path, source, reader)
    theirs = [source.theirs(task) for task in source.plan.tasks]
    names = source.facts.names
    outcomes = outcomes_of(source, there, now)
    source = source.with_edits(outcomes)
    told = notes(source, there.hers, there.base)
    edits = [_keyed(edit, names) for one in outcomes.values() for edit in one.changed]
    older = (note("base_lost"),) if there.older and edits else ()
    source = source.with_notes((*older, *told))
    kept = dropped(there.hers, there.base, source) if there.hers and there.base else ()
    rows = main_rows(source)
    base = _base(source, theirs, rows, workspace.relative(path), there.base, kept)
    marks = {BASE_PROPERTY: base.id, PLAN_PROPERTY: ledger.plan.id}
    fresh, sheets = render(source, marks)
    ledger.edits.record(base.file, base.id, base.dump(sheets), edits, now)
    marks |= {SHEETS_PROPERTY: said_in_short(sheets)}
    altered = _altered(there.hers, sheets) if there.hers else ()
    wanted = _wanted(source, rows, marks, fresh, kept, altered)
    months = (one for one in feeding_periods(source.period) if one != source.period)
    elsewhere = (
        *unmerged(workspace, source.plan, ledger, months, now),
        *unmerged_beside(workspace, source.plan, ledger, source.period, now),
    )
    done = _write(workspace, ledger, path, there, wanted, reader, now)
    found = problems(source)
    return Merged(
        path=done.path,
        kept=done.beside,
        tasks=len(source.plan.tasks),
        told=sum(1 for said in source.said.values() if said),
        entries=sum(len(said) for said in source.said.values()),
        errors=sum(one.severity is Severity.ERROR for one in found),
        missing=sum(one.missing for one in found),
        missing_in=_missing_in(source),
        warnings=sum(one.severity is Severity.WARNING and not one.missing for one in found),
        edits=sum(len(one.edits) for one in outcomes.values()),
        conflicts=sum(len(one.new) for one in outcomes.values()),
        why=done.why,
        written=done.written,
        altered=altered,
        unsure=bool(there.hers and there.hers.unsure),
        findings=(*source.notes, *findings(source.facts.left_out), *elsewhere),
    )


def _missing_in(source: Source) -> dict[Period, int]:
    lines = source.facts.statuses
    found = {
        period: sum(one.state is State.MISSING for one in lines.get(period, ()))
        for period in feeding_periods(source.period)
    }
    return {period: count for period, count in found.items() if count}


def _keyed(edit: Edit, names: Names) -> Edit:
    """Return an edit with the keys of the units that it names."""
    if edit.field != PROGRESS_FIELD:
        return edit
    whole = labels(f"{edit.over}\n{edit.text or ''}", names.known)
    return replace(edit, keys=names.keys(*((edit.unit,) if edit.unit else whole)))


def _base(
    source: Source,
    theirs: Sequence[Theirs],
    shown: Iterable[MainRow],
    file: str,
    before: Base | None,
    kept: Sequence[RowKey],
) -> Base:
    """Return what is about to be written; rows `kept` stay what they last were."""
    heights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in shown:
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
    names = source.facts.names
    return Base(file, head_texts(source), rows, units=names.keys(*sorted(names.known)))


def _wanted(
    source: Source,
    rows: Sequence[MainRow],
    marks: Mapping[str, str],
    fresh: bytes,
    kept: Sequence[RowKey],
    altered: Sequence[str],
) -> Wanted:
    """Return what the master is to become."""
    return Wanted(
        rows=rows,
        head=head_texts(source),
        columns=source.columns,
        marks=marks,
        fresh=fresh,
        labels={task.key: source.reporting(task.key) for task in source.plan.tasks},
        kept=kept,
        altered=altered,
    )


def _altered(hers: Hers, sheets: Iterable[str]) -> tuple[str, ...]:
    """Return the sheets that stay under another name: in which she wrote, or which are her own.

    Her own may be called like one of `sheets`, which a master has from a later release on.
    """
    return (*hers.altered, *(name for name in sheets if name in hers.own))


class _Written(NamedTuple):
    """What became of a master on disk."""

    path: Path
    beside: bool = False  # the clerk's stands, and this one lies beside it
    written: bool = True
    why: str = ""  # why hers could not be changed


def _write(
    workspace: Workspace,
    ledger: Ledger,
    path: Path,
    there: OnDisk,
    wanted: Wanted,
    reader: Reader,
    now: datetime,
) -> _Written:
    """Write the master: into the clerk's workbook, or where that cannot be done beside it."""
    digest, why = sha256(wanted.fresh), there.why
    key = workspace.relative(path)
    if there.data is not None and there.hers and not why:
        output = ledger.outputs.last(key)
        same = output and output.base == digest and there.identity == wanted.marks[BASE_PROPERTY]
        if same and there.hers.keyed:
            return _Written(path, written=False)
        try:
            data = reader.ask_more(changed, wanted)
        except StoppedError as stopped:
            why = STOPPED[stopped.fault]
        else:
            replace_output(workspace, ledger, path, there.data, data, now, digest)
            return _Written(path)
    placed = place_output(workspace, ledger, path, wanted.fresh, now)
    return _Written(placed.path, placed.kept, there.data != wanted.fresh, why)
