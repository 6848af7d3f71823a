"""收件箱: what lies in it, what is left alone, how a file leaves it; and the originals."""

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from edu_sheet.kit.beneath import (
    PRIVATE,
    LinkError,
    create,
    discard,
    is_link,
    lies,
    listed,
    make_folder,
    matching,
    open_plain,
    rename,
    unlink,
)
from edu_sheet.kit.files import reporting, sync_folder, too_deep, write_bytes
from edu_sheet.kit.refused import why
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import WorkspaceError
from edu_sheet.words.text import visible

_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LITTER_PREFIXES = ("~$", ".~", "._")
_SHORTCUTS = (".lnk", ".url", ".webloc", ".desktop")  # of Windows, macOS and Linux
_FRESH = 2.0  # seconds: a file changed so shortly ago may still be growing
_LOOK = 0.1  # seconds between two looks at such files
_RETRIES = 3  # a virus scanner holds a new file for a moment
_CHUNK = 1 << 20
_LITTLE = 1 << 18  # bytes: a form has some 20,000
_INCOMING = ".~incoming"


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was left where it lies, and why, in Chinese."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is to be collected."""

    path: Path
    file: str  # its name as the ledger keeps it
    origin: str  # where it lay: 收件箱/…, or the path of a file that was named


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be collected, in order: of thousands of files no more than their names."""

    places: Sequence[str]  # in 收件箱, or the paths of files that were named
    inbox: Path | None

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Arrived]:
        return map(self.at, self.places)

    def at(self, place: str) -> Arrived:
        """Return the file that lies at a place."""
        if self.inbox is None:
            path = Path(place)
            return Arrived(path, visible(path.name), str(path.resolve()))
        return Arrived(self.inbox / place, visible(place), f"{self.inbox.name}/{place}")


def look(workspace: Workspace, files: Sequence[Path] | None) -> tuple[Found, list[Left]]:
    """Return what is to be collected, in the order of names, and what is left alone.

    Without `files` that is all in 收件箱/, sub-folders included. WorkspaceError for a named file
    that does not exist.
    """
    if files is None:
        folder = workspace.inbox
        with reporting(folder):
            make_folder(folder, workspace.root)
            found = Found([*_walk(folder, workspace.root)], folder)
    else:
        found = Found([_named(path) for path in files], None)
    # By place: files that were named may share a name.
    left = {
        place: Left(found.at(place).file, reason)
        for place in found.places
        if (reason := _alone(found.at(place).path) or _unwritable(place))
    }
    rest = [place for place in found.places if place not in left]
    growing = _growing((place, found.at(place).path) for place in rest)
    steady = [place for place in rest if place not in growing]
    still = [Left(found.at(place).file, "还在写入，下次再收") for place in rest if place in growing]
    return replace(found, places=steady), [*left.values(), *still]


def lying(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of what lies in 收件箱/ to be collected, in their order; nothing is read."""
    with reporting(workspace.inbox):
        make_folder(workspace.inbox, workspace.root)
        found = [*_walk(workspace.inbox, workspace.root)]
    return tuple(visible(place) for place in found if not left_for_its_name(_name(place)))


@dataclass(frozen=True, slots=True)
class Original:
    """A file that was copied into 存档/原件."""

    sha256: str
    data: bytes | None  # what it holds, where that is little


def keep_each(workspace: Workspace, paths: Sequence[Path]) -> list[Original | None]:
    """Copy files into 存档/原件; None for one that cannot be read or is growing.

    All are sure to be found there again. Kept one by one, each would wait for the disk alone.
    OutputError if they cannot be kept.
    """
    folder = workspace.originals
    with reporting(folder):
        make_folder(folder, workspace.root, private=True)
    beside = [folder / f"{_INCOMING}{place}" for place in range(len(paths))]
    # Closing writes, too: a full disk may be told only then.
    with reporting(folder), contextlib.ExitStack() as open_copies:
        copies = [
            _copied(path, target, workspace, open_copies)
            for path, target in zip(paths, beside, strict=True)
        ]
        for copy in copies:
            if copy:
                with reporting(folder):
                    os.fsync(copy[1].fileno())
    kept = [copy[0] if copy else None for copy in copies]
    for original, incoming in zip(kept, beside, strict=True):
        if original:
            _put(incoming, workspace.original(original.sha256), workspace.root)
    _sync(workspace, (original.sha256 for original in kept if original))
    return kept


def _put(incoming: Path, target: Path, root: Path) -> None:
    with reporting(target):
        if not target.parent.is_dir():
            make_folder(target.parent, root, private=True)
        rename(incoming, target, root)


def _sync(workspace: Workspace, digests: Iterable[str]) -> None:
    """Make durable that these originals lie where they are looked for. OutputError if it cannot."""
    folders = dict.fromkeys(workspace.original(digest).parent for digest in digests)
    for folder in (*folders, *dict.fromkeys(one.parent for one in folders)):
        with reporting(folder):
            sync_folder(folder)


def keep_bytes(workspace: Workspace, data: bytes, digest: str) -> None:
    """Keep a member of an archive as an original of its own."""
    target = workspace.original(digest)
    with reporting(target):
        if lies(target, workspace.root):
            return
        make_folder(target.parent, workspace.root, private=True)
    write_bytes(target, data, mode=PRIVATE, root=workspace.root)


def remove(path: Path, digest: str, root: Path) -> str:
    """Take a collected file out of the inbox; return why it had to be left, "" if it is gone.

    It is sure to stay gone after `sync_removed`.

    A file that was changed since it was read is left: what it holds now is collected next time.
    """
    try:
        if not os.path.lexists(path):
            return ""
        if _digest(path, root) != digest:
            return "收取时又被改动，新内容下次再收"
        unlink(path, root)
    except LinkError:
        return "被换成了链接，没有跟过去：请把文件本身放进收件箱"
    except OSError:
        return "已登记，但文件正被其他程序占用，没能移走：请关闭该文件，下次收取时移走"
    return ""


def sync_removed(paths: Iterable[Path]) -> None:
    """Make durable that these files are gone."""
    for folder in dict.fromkeys(path.parent for path in paths):
        with contextlib.suppress(OSError):  # a folder that is gone, too: what it held is as well
            sync_folder(folder)


def changed(path: Path, digest: str, root: Path) -> bool:
    """Return whether another file lies there now."""
    with contextlib.suppress(OSError):
        return os.path.lexists(path) and _digest(path, root) != digest
    return False


def sweep(folder: Path, root: Path, untouched: float = 0.0) -> None:
    """Remove what a run that was cut off had half written in a folder of ours.

    Where others may be at work, that alone which was left untouched for so many seconds.
    """
    now = time.time()
    for path in matching(folder, root, ".~*"):
        number = path.name.removeprefix(".~").partition(".")[0]
        if number.isdecimal() or path.name.startswith(_INCOMING):
            with contextlib.suppress(OSError):
                if not untouched or now - path.lstat().st_mtime >= untouched:
                    unlink(path, root)


def _walk(folder: Path, root: Path) -> Iterator[str]:
    """Yield the place of every file and every link below a folder, by name; no link is followed.

    A folder in there that cannot be listed is told by its own place.
    """
    waiting = [(name, inner) for name, inner in reversed(listed(folder, root))]
    while waiting:
        place, is_folder = waiting.pop()
        if not is_folder:
            yield place
            continue
        try:
            found = listed(folder / place, root)
        except OSError:
            yield place
            continue
        waiting += [(f"{place}/{name}", inner) for name, inner in reversed(found)]


def _named(path: Path) -> str:
    try:
        there, folder = is_link(path) or path.is_file(), path.is_dir()
    except OSError as error:  # longer than the system takes
        raise WorkspaceError(f"打不开 {path}（{why(error)}）", "请核对文件的位置。") from None
    if not there:
        what = "是文件夹" if folder else "不存在"
        raise WorkspaceError(f"{path} {what}", "请写明要收取的文件；收取整个收件箱时不用写文件名。")
    return str(path)


_DEEP = "路径太长，打不开：请把它移到收件箱里浅一层的地方，或缩短文件夹名"


_SHORTCUT = "是快捷链接，没有打开：请把文件本身放进收件箱"


def left_for_its_name(name: str) -> str:
    """Return why a file of that name is left in 收件箱 whatever it holds, "" if it is not."""
    if name.lower().endswith(_SHORTCUTS):
        return _SHORTCUT
    if name.lower() in _LITTER or name.startswith(_LITTER_PREFIXES):
        return "是 Excel、WPS 或系统留下的临时文件，不是填报表"
    return ""


def _name(place: str) -> str:
    return place.rpartition("/")[2]


def _alone(path: Path) -> str:
    """Return why a file is no return at all, "" if it may be one."""
    if is_link(path):
        return _SHORTCUT
    if reason := left_for_its_name(path.name):
        return reason
    try:
        if path.is_dir():
            return "是打不开的文件夹，里面的没有收取：请检查它的权限"
        if path.is_file():
            return ""
        return _DEEP if too_deep(path) else "不是普通文件"
    except OSError:  # the way to it is longer than the system takes; Windows says it is not there
        return _DEEP


def _unwritable(place: str) -> str:
    """Return why a file is left whose name is no text: nothing could be recorded of it."""
    try:
        place.encode()
    except UnicodeEncodeError:
        return "文件名的编码认不出来，没有收取：请改一个名字，再收一次"
    return ""


def _growing(found: Iterable[tuple[str, Path]]) -> set[str]:
    """Return the places of files that are growing or gone; waits once, for all together."""
    now = time.time()
    fresh = [
        (place, path, stamp)
        for place, path in found
        for stamp in (_stamp(path),)
        if not stamp or now - stamp[1] / 1e9 < _FRESH
    ]
    if any(stamp for *_, stamp in fresh):
        time.sleep(_LOOK)
    return {place for place, path, stamp in fresh if not stamp or _stamp(path) != stamp}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_size, status.st_mtime_ns


def _copied(
    path: Path, target: Path, workspace: Workspace, open_copies: contextlib.ExitStack
) -> tuple[Original, BinaryIO] | None:
    """Return what was copied and the copy, open still; None if it cannot be read or is growing."""
    inside = path.is_relative_to(workspace.inbox)
    for _ in range(_RETRIES):
        before = _stamp(path)
        try:
            source = open_plain(path, workspace.root if inside else None)
        except OSError:
            time.sleep(_LOOK)
            continue
        with source, reporting(target.parent / path.name):
            digest, size, little = hashlib.sha256(), 0, None
            discard(target, workspace.root)  # of an earlier try
            copy = open_copies.enter_context(create(target, workspace.root, PRIVATE))
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                little = chunk if not size and len(chunk) <= _LITTLE else None
                size += len(chunk)
                copy.write(chunk)
            copy.flush()
        if before and before == _stamp(path) and before[0] == size:
            return Original(digest.hexdigest(), little), copy
    return None


def _digest(path: Path, root: Path) -> str:
    with open_plain(path, root) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
