"""What lies in the workspace that the ledger does not know: told by names alone, nothing is read.

A backup of the ledger that was put back, a cloud disk that kept two versions: the folders then
hold more than the ledger, and nothing else would show it.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from edu_sheet.kit import lock
from edu_sheet.kit.files import reporting, sha256
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, LedgerError, PeriodError
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.step import Step, Verb

REPAIR = Step(Verb.CHECK, repair=True)
_GO_ON = Step(Verb.COLLECT)

_DIGEST = re.compile(r"[0-9a-f]{64}")
# What cloud disks and Explorer add to the name of the version that they do not keep as it is.
_CONFLICT = re.compile(
    r".*(?:冲突|conflict)"  # 坚果云, 360, 百度网盘, Dropbox, Nextcloud, Syncthing
    r"|[ _]*[(（]\d{1,3}[)）]$"  # 百度网盘, WPS, Google, a browser
    r"|-(?=[\w-]*[A-Za-z])[A-Za-z0-9][\w-]{3,}$"  # OneDrive: the computer's name
    r"|-.*(?:电脑|计算机)$",
    re.IGNORECASE | re.ASCII,
)
_COPY = re.compile(r"[ _-]*(?:副本|拷贝|copy)", re.IGNORECASE)  # WPS, and whoever copies by hand


def survey(workspace: Workspace, ledger: Ledger) -> tuple[Finding, ...]:
    """Return what the folders and the ledger disagree about, with the step that mends it."""
    originals = unknown_originals(workspace, ledger)
    if originals and _at_work(workspace):
        originals = []  # another edu-sheet is just about to record them
    forms = [*unknown_forms(workspace, ledger)]
    found = []
    if originals or forms or ledger.forms.missing():
        if _cut_off(workspace) and not (forms or ledger.forms.missing()):
            told = replace(note("ledger_older:interrupted", originals=len(originals)), next=_GO_ON)
        else:
            older = note("ledger_older", originals=len(originals), forms=len(forms))
            told = replace(older, next=REPAIR)
        found.append(told)
    if newer := [*_unknown_outputs(workspace, ledger)]:
        found.append(replace(note("output_unknown", files=tuple(newer)), next=REPAIR))
    if copies := [*_conflict_copies(workspace, ledger)]:
        found.append(note("conflict_copies", files=tuple(copies)))
    if others := [*_copies(workspace, workspace.archive, [workspace.ledger.name], by_hand=False)]:
        found.append(note("ledger_copy", files=tuple(others)))
    return tuple(found)


def refuse_if_behind(workspace: Workspace, ledger: Ledger) -> None:
    """Raise LedgerError if the ledger does not know originals that `check --repair` would record.

    What is made of such a ledger lacks their texts, and takes later outputs for a stranger's. A
    damaged original, which nothing can record, refuses nothing.
    """
    behind = [one for one in unknown_originals(workspace, ledger) if _intact(workspace, one)]
    if behind and not _at_work(workspace):
        if _cut_off(workspace):
            raise LedgerError(
                f"上次收取中断过，有 {len(behind)} 份原件还没有登记，现在做出来会缺它们的内容",
                "什么都没有写。请先再收取一次，接着登记，然后再做一遍。",
                _GO_ON,
            )
        raise LedgerError(
            f"台账比存档旧（多半是换用过备份的台账）：有 {len(behind)} 份原件台账里没有登记，"
            "现在做出来会缺它们的内容",
            "什么都没有写。请先补登记，然后再做一遍。",
            REPAIR,
        )


def _cut_off(workspace: Workspace) -> bool:
    """Return whether a run of `collect` was stopped halfway: the next one goes on."""
    return workspace.reading_now.exists()


def _intact(workspace: Workspace, digest: str) -> bool:
    with reporting(workspace.original(digest)):
        return sha256(workspace.read_original(digest)) == digest


def unknown_originals(workspace: Workspace, ledger: Ledger) -> list[str]:
    """Return the digests of the originals that the ledger does not know, by name."""
    kept = [
        name
        for folder in _listed(workspace.originals)
        for name in _listed(workspace.originals / folder)
        if _DIGEST.fullmatch(name)
    ]
    if not kept:
        return []
    known = ledger.deliveries.digests()
    return sorted(name for name in kept if name not in known)


def unknown_forms(workspace: Workspace, ledger: Ledger) -> Iterator[str]:
    """Yield the files in 下发 that are called like forms, and of which none was recorded."""
    known = ledger.forms.digests().keys()
    for period in periods_in(workspace.forms):
        for name in _listed(workspace.issued(period)):
            file = f"{workspace.relative(workspace.issued(period))}/{name}"
            form = name.startswith(f"{period}_") and name.endswith(".xlsx")
            if form and file not in known and _own(name, _names_in(file, known)) is None:
                yield file


def periods_in(folder: Path) -> list[Period]:
    """Return the periods that have a folder in there."""
    found = []
    for name in _listed(folder):
        with contextlib.suppress(PeriodError):
            found.append(parse_period(name))
    return found


def _unknown_outputs(workspace: Workspace, ledger: Ledger) -> Iterator[str]:
    """Yield the outputs in folders of which the ledger knows none."""
    known = ledger.outputs.files()
    for period in periods_in(workspace.outputs):
        for path in (workspace.master(period), workspace.summary(period)):
            beside = path.with_name(f"{path.stem}（新）{path.suffix}")
            own = {workspace.relative(path), workspace.relative(beside)}
            if path.name in _listed(path.parent) and path.is_file() and not known & own:
                yield workspace.relative(path)


def _conflict_copies(workspace: Workspace, ledger: Ledger) -> Iterator[str]:
    """Yield the files whose names say that they are another version of one of ours."""
    yield from _copies(workspace, workspace.root, [workspace.plan.name])
    known = {*ledger.outputs.files(), *ledger.forms.digests()}
    for top in (workspace.outputs, workspace.forms):
        for period in periods_in(top):
            folder = top / str(period)
            own = _names_in(f"{workspace.relative(folder)}/", known)
            yield from _copies(workspace, folder, own)


def _copies(
    workspace: Workspace, folder: Path, own: Iterable[str], *, by_hand: bool = True
) -> Iterator[str]:
    own = frozenset(own)
    for name in _listed(folder):
        if name not in own and _own(name, own, by_hand=by_hand):
            yield workspace.relative(folder / name)


def _own(name: str, own: Iterable[str], *, by_hand: bool = True) -> str | None:
    """Return of which of our files a name says that it is another version, None if of none."""
    stem, dot, suffix = name.rpartition(".")
    for one in own:
        first, _, ending = one.rpartition(".")
        if not dot or ending.lower() != suffix.lower() or not stem.startswith(first):
            continue
        mark = stem.removeprefix(first)
        if mark and (_CONFLICT.match(mark) or (by_hand and _COPY.match(mark))):
            return one
    return None


def _names_in(file: str, known: Iterable[str]) -> list[str]:
    """Return the names of the known files that lie in the same folder."""
    folder, _, _ = file.rpartition("/")
    return [one.rpartition("/")[2] for one in known if one.rpartition("/")[0] == folder]


def _at_work(workspace: Workspace) -> bool:
    """Return whether another process collects or decides at this moment."""
    try:
        with lock.one_at_a_time(workspace.lock, LedgerError("", "")):
            return False
    except LedgerError:
        return True
    except EduSheetError:  # a folder that cannot be written: nobody collects there
        return False


def _listed(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as listed:
            return sorted(one.name for one in listed)
    except OSError:  # it is none, or it is gone
        return []
