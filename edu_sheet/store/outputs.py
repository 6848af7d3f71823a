"""A person's hand: what was changed since it was written is kept, and never overwritten."""

import contextlib
import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.copies import keep_copy
from edu_sheet.kit.files import read_file, refuse_if_open, reporting, sha256, write_bytes
from edu_sheet.store.ledger import Ledger, Output
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import OutputError
from edu_sheet.words.step import AGAIN


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an output stands; `kept` if a person's version was kept and this one lies beside."""

    path: Path
    kept: bool


def place_output(
    workspace: Workspace, ledger: Ledger, path: Path, data: bytes, now: datetime
) -> Placed:
    """Write an output where no person's work is lost, and return where it stands.

    What has a person's work in it, done since it was last written or carried over then
    (`replace_output`), is copied into 存档/, and the new version goes beside it as 名（新）,
    or 名（新2） where that has some too. Nothing is written where the same content stands already.
    OutputError, and nothing written, if the file or its neighbour is open in another program.
    """
    ours = {one.sha256 for one in _recorded(workspace, ledger, path) if one.composed}
    by_hand: list[tuple[Path, bytes]] = []
    for target in _names(path):
        refuse_if_open(target)
        present = _read(target)
        if present is None or _same(present, data) or sha256(present) in ours:
            break
        by_hand.append((target, present))
    for changed, content in by_hand:
        _archive(workspace, changed, content, now)
    if present is None or not _same(present, data):
        write_bytes(target, data)
        present = data
    key, digest = _key(workspace, target), sha256(present)
    known = ledger.outputs.last(key)
    if known is None or (known.sha256, known.base) != (digest, digest):
        ledger.outputs.record(Output(key, digest, now, digest))
    return Placed(target, kept=bool(by_hand))


def replace_output(
    workspace: Workspace,
    ledger: Ledger,
    path: Path,
    read: bytes,
    data: bytes,
    now: datetime,
    base: str,
) -> None:
    """Put in the place of what was read from an output a version that has all of it.

    `base` is the digest of what was put into it. What a person changed since it was last written
    is first copied into 存档/. OutputError, and nothing written, if the file
    is open in another program or has been changed since it was read.
    """
    refuse_if_open(path)
    if _read(path) != read:
        raise OutputError(
            f"{path.name} 在写入之前又有改动，没有写入", "请保存并关闭该文件。", AGAIN
        )
    if sha256(read) not in {one.sha256 for one in _recorded(workspace, ledger, path)}:
        _archive(workspace, path, read, now)
    write_bytes(path, data)
    ledger.outputs.record(Output(_key(workspace, path), sha256(data), now, base))


def remove_stale(
    workspace: Workspace, ledger: Ledger, folder: Path, pattern: str, standing: Collection[Path]
) -> int:
    """Remove outputs of an earlier run that nobody touched and that hold no longer; how many.

    `standing` are those of this run. One that is open elsewhere stays: the next run tries again.
    OutputError if the folder cannot be read.
    """
    if not folder.is_dir():
        return 0
    removed = 0
    with reporting(folder):
        for path in sorted(set(folder.glob(pattern)) - {*standing}):
            written = ledger.outputs.last(workspace.relative(path))
            if written and written.sha256 == sha256(read_file(path)):
                with contextlib.suppress(OSError):
                    path.unlink()
                    removed += 1
    return removed


def lying_beside(path: Path) -> list[Path]:
    """Return the versions of an output that lie beside it: 名（新）, 名（新2） …

    OutputError if the folder cannot be read.
    """
    with reporting(path.parent):
        return sorted(path.parent.glob(f"{path.stem}（新*）{path.suffix}"))


def _names(path: Path) -> Iterator[Path]:
    """Yield the file's own name, then 名（新）, 名（新2） …"""
    yield path
    for number in itertools.count(1):
        mark = "（新）" if number == 1 else f"（新{number}）"
        yield path.with_name(f"{path.stem}{mark}{path.suffix}")


def _recorded(workspace: Workspace, ledger: Ledger, path: Path) -> list[Output]:
    """Return what was last written under this name and its neighbours' names.

    All of them, since a person may have put 名（新） in the place of the old one.
    """
    found: list[Output] = []
    for name in _names(path):
        output = ledger.outputs.last(_key(workspace, name))
        if output is None and name != path:
            break
        if output:
            found.append(output)
    return found


def _key(workspace: Workspace, path: Path) -> str:
    """Return the name under which the ledger keeps an output: outside the workspace, in full."""
    return workspace.relative(path) if path.is_relative_to(workspace.root) else path.as_posix()


def _read(path: Path) -> bytes | None:
    with reporting(path):
        return read_file(path) if path.exists() else None


def _archive(workspace: Workspace, path: Path, content: bytes, now: datetime) -> None:
    """Copy a person's version into 存档/, with the time in its name, unless it lies there."""
    inside = path.is_relative_to(workspace.root)
    folder = workspace.archive / (path.parent.relative_to(workspace.root) if inside else "导出")
    keep_copy(workspace.root, folder, path.name, content, now)


def _same(old: bytes, new: bytes) -> bool:
    if old == new:
        return True
    from edu_sheet.kit.members import same_members

    return same_members(old, new)
