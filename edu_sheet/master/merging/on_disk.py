"""The master on disk beside what was written last: what the clerk made of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.files import read_file, reporting, sha256
from edu_sheet.kit.reader.reader import Reader, StoppedError
from edu_sheet.master.base import Base
from edu_sheet.master.merging.clerk import CannotMergeError
from edu_sheet.master.merging.hers import Hers, Shown, said, shown
from edu_sheet.master.merging.renamed import base_now, ours_now
from edu_sheet.master.source import Source
from edu_sheet.master.threeway import Ours, Outcome, TaskEdits, merge_task
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.store.ledger import Ledger

_TEXTS = 2_000  # of a master that its reader has the time and memory of one file for
STOPPED = {  # goes on after 总表.xlsx
    "time": "改动它需要的时间超过限度",
    "memory": "改动它需要的内存超过限度",
    "crashed": "读取它的程序异常中止",
}


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The master on disk: its bytes, and what it says if the clerk edited it."""

    data: bytes | None = None
    base: Base | None = None
    hers: Hers | None = None
    identity: str = ""  # the id of the base that it bears
    why: str = ""  # why it cannot be merged
    older: bool = False  # whether the base is an older one than the workbook's own


def reader_for(source: Source) -> Reader:
    """Return a reader with the time and memory that a master of this size needs.

    Others may have written the workbook, and it takes what the ledger says that it takes.
    """
    return Reader(times=1 + sum(map(len, source.said.values())) // _TEXTS)


def on_disk(ledger: Ledger, key: str, path: Path, source: Source, reader: Reader) -> OnDisk:
    """Return the master on disk, read only if the clerk edited this version or an earlier one.

    Nobody's hand is in one that still is what the program composed.
    """
    with reporting(path):
        data = read_file(path) if path.exists() else None
    output = ledger.outputs.last(key)
    if data is None or (output and output.composed and output.sha256 == sha256(data)):
        return OnDisk(data)
    try:
        return _edited(ledger, key, data, source, reader)
    except StoppedError as stopped:
        return OnDisk(data, why=STOPPED[stopped.fault])


def _edited(ledger: Ledger, key: str, data: bytes, source: Source, reader: Reader) -> OnDisk:
    """Return a master that the clerk edited. StoppedError if it goes over the reader's limits."""
    book = reader.ask(shown, data)
    try:
        content, base = _written_last(ledger, key, book)
    except CannotMergeError as error:
        return OnDisk(data, why=str(error))
    older = bool(book.base) and ledger.edits.base(book.base) is None  # a ledger was put back
    units = frozenset(source.facts.names.known)
    hers = reader.ask_more(said, content, source.columns, units, older)
    if hers.why:
        return OnDisk(data, why=hers.why)
    if book.lost:
        why = f"里有{'、'.join(book.lost)}，改写会丢失它们"
        return OnDisk(data, base, replace(hers, altered=(), unsure=False), book.base, why)
    return OnDisk(data, base, hers, book.base, older=older)


def _written_last(ledger: Ledger, key: str, book: Shown) -> tuple[bytes, Base]:
    """Return what was written to a workbook last. CannotMergeError if it is not this very one."""
    if book.why:
        raise CannotMergeError(book.why)
    if book.plan not in ("", ledger.plan.id):
        raise CannotMergeError("其实是另一个工作区的总表")
    known = ledger.edits.base(book.base) if book.base else None
    content = known[1] if known else ledger.edits.last_base(key)
    if content is None:
        lost = "是本程序写的，但台账里没有它写成时的底稿" if book.base else "不是本程序写的"
        raise CannotMergeError(f"{lost}，无从对照")
    base = Base.load(content)
    if base.file != key:
        raise CannotMergeError(f"其实是另一期的总表（{base.file}）")
    return content, base


def outcomes_of(source: Source, there: OnDisk, now: datetime) -> dict[str, Outcome]:
    """Return what stands on each task, by its key: what returns and plan say, and the clerk."""
    ours: Mapping[str, Ours] = there.hers.ours if there.hers else {}
    rows = there.base.rows if there.base else {}
    written = there.base.units if there.base else ()
    names = source.facts.names.since(written, *feeding_periods(source.period))
    if names:
        ours = {key: ours_now(one, names) for key, one in ours.items()}
        rows = {key: base_now(one, names) for key, one in rows.items()}
    held = _held(source)
    found = {}
    for task in source.plan.tasks:
        key, theirs = task.key, source.theirs(task)
        found[key] = merge_task(theirs, rows.get(key), ours.get(key), held.get(key, {}), now)
    return found


def _held(source: Source) -> Mapping[str, TaskEdits]:
    """Return the edits that were made in this very master so far, by the task's key."""
    found: dict[str, TaskEdits] = defaultdict(dict)
    for edit in source.facts.edits:
        if edit.period == source.period:
            found[edit.task][edit.field, edit.unit] = edit
    return found
