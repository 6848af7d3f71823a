"""The clerk's master in the reader: what it says, as data, and what it becomes, as bytes.

Whoever has the workspace's folder may have written that workbook: it is opened in the reader alone,
stays open there, and never leaves it.
"""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.master.base import Base
from edu_sheet.master.layout import charts_on
from edu_sheet.master.merging.clerk import (
    UNREADABLE,
    CannotMergeError,
    Clerk,
    Merged,
    base_id,
    open_clerk,
    plan_id,
    read_clerk,
    sheets_written,
)
from edu_sheet.master.merging.drawn import drawn
from edu_sheet.master.merging.inplace import change
from edu_sheet.master.merging.transplant import set_aside, shown_first
from edu_sheet.master.merging.whose import Torn
from edu_sheet.master.sheets.fingerprint import altered
from edu_sheet.master.table import MainRow, RowKey
from edu_sheet.master.threeway import Ours
from edu_sheet.words.columns import Column

if TYPE_CHECKING:
    from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class Shown:
    """What a workbook is, before it is compared with what was written last."""

    base: str = ""  # the id of what the program wrote last, "" if it is lost
    plan: str = ""  # of which workspace's plan it is, "" if it does not say
    lost: tuple[str, ...] = ()  # what a person drew, which changing the workbook would lose
    why: str = ""  # why it cannot be merged; the words go on after 总表.xlsx


@dataclass(frozen=True, slots=True)
class Hers:
    """What the clerk's master says."""

    ours: dict[str, Ours] = field(default_factory=dict)  # by the task's key
    rows: tuple[RowKey, ...] = ()
    strangers: tuple[str, ...] = ()  # what rows of her own say in 进展情况
    remarks: tuple[str, ...] = ()  # what they say in other columns, where 进展情况 is empty
    torn: tuple[Torn, ...] = ()
    followed: tuple[RowKey, ...] = ()  # rows that were sorted without their keys
    formulas: tuple[tuple[str, str, str], ...] = ()  # a task's key, a field, what the cell says
    merged: tuple[Merged, ...] = ()
    altered: tuple[str, ...] = ()  # other sheets in which she wrote
    own: tuple[str, ...] = ()  # sheets that the program did not write
    unsure: bool = False  # whether nothing says what the altered sheets said
    keyed: bool = True  # whether every row bears its key
    why: str = ""  # why it cannot be merged; the words go on after 总表.xlsx


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a master becomes: its rows and head, and the workbook as it would be without her."""

    rows: Sequence[MainRow]
    head: Sequence[str]
    columns: Sequence[Column]
    marks: Mapping[str, str]  # what the workbook is known by: its custom properties
    fresh: bytes
    labels: Mapping[str, Sequence[str]]  # who may report, by the task's key
    kept: Sequence[RowKey]  # rows that stay though they are no longer among `rows`
    altered: Sequence[str]  # other sheets that stay as well, under another name


# What this process has opened last: the workbook, and then what was found in it.
_books: "list[Workbook]" = []
_found: list[tuple[Clerk, Base]] = []


def shown(data: bytes) -> Shown:
    """Return what a workbook is; it stays open here."""
    gc.disable()  # a hundred thousand cells hold no cycles to look for
    try:
        _books[:] = [open_clerk(data)]
        (book,) = _books
        return Shown(base_id(book), plan_id(book), tuple(drawn(data, charts_on)))
    except CannotMergeError as error:
        return Shown(why=str(error))
    except DAMAGED:
        return Shown(why=UNREADABLE)


def said(
    _: bytes, written: bytes, columns: Sequence[Column], units: frozenset[str], older: bool
) -> Hers:
    """Return what the open workbook says beside what was written last, as the ledger keeps it.

    `units` are the names that may stand as labels in 进展情况. `older` says that the workbook is of
    a later time than what the ledger has: then it says itself what its other sheets said.
    """
    base = Base.load(written)
    try:
        clerk = read_clerk(_books[0], base, columns, units)
    except CannotMergeError as error:
        return Hers(why=str(error))
    _found[:] = [(clerk, base)]
    borne = sheets_written(clerk.book) if older else {}
    return Hers(
        ours=clerk.ours(),
        rows=tuple(clerk.rows),
        strangers=tuple(clerk.strangers.values()),
        remarks=tuple(clerk.remarks.values()),
        torn=tuple(clerk.found.torn),
        followed=tuple(clerk.found.followed),
        formulas=tuple(clerk.formulas()),
        merged=clerk.merged,
        altered=altered(clerk.book, borne or base.sheets),
        own=tuple(one for one in clerk.book.sheetnames if one not in base.sheets),
        unsure=older and not borne,
        keyed=clerk.keyed,
    )


def changed(_: bytes, wanted: Wanted) -> bytes:
    """Return the open workbook with what is wanted of it put into it, everything else kept."""
    ((clerk, before),) = _found
    first = shown_first(clerk.book)
    set_aside(clerk.book, wanted.altered, before.sheets)
    return change(
        clerk,
        first,
        wanted.rows,
        wanted.head,
        wanted.columns,
        before,
        wanted.marks,
        wanted.fresh,
        wanted.labels,
        wanted.kept,
    )
