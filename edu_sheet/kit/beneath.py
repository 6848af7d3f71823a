"""Files in folders that others write to: no link leads out of them, no link is emptied.

A symbolic link, or a junction of Windows, may take the place of a file or a folder at any moment,
also between a look and the next step. `root` is a folder that is the operator's own; where the
system can open one folder within another (Linux, macOS), each part of the way from there is opened
without following anything, and what is done to the last part is done within the folder that was
opened. On Windows each part is looked at, before and after.
"""

import contextlib
import errno
import fnmatch
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from edu_sheet.kit.held import asked_again

PRIVATE = 0o600  # for its owner alone, where the system has such rights
_PRIVATE_FOLDER = 0o700
_ANYBODY = 0o666  # the system takes off what it must
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CALLS = {os.open, os.unlink, os.rename, os.mkdir, os.stat}
_WITHIN = bool(_NOFOLLOW) and os.supports_dir_fd >= _CALLS
BINARY = getattr(os, "O_BINARY", 0)
WAITS_FOR_NOBODY = getattr(os, "O_NONBLOCK", 0)  # a pipe in a file's place would stop us for good
_SURROGATE = 0x20000000  # of a reparse tag: it stands for another place (link, junction, WSL link)


class LinkError(OSError):
    """A part of the way is a link, or what is there is no plain file."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ELOOP, "a link, or no plain file", str(path))
        self.path = path


def is_link(path: Path) -> bool:
    """Return whether a path is a symbolic link or a junction, wherever it leads."""
    try:
        return _leads_elsewhere(path.lstat())
    except OSError:
        return False


def listed(folder: Path, root: Path) -> list[tuple[str, bool]]:
    """Return (name, is a folder itself) of what a folder holds, by name; OSError."""
    with _opened(folder, root) as within, os.scandir(folder if within is None else within) as found:
        return sorted(
            (
                one.name,
                one.is_dir(follow_symlinks=False)
                and not _leads_elsewhere(one.stat(follow_symlinks=False)),
            )
            for one in found
        )


def matching(folder: Path, root: Path, pattern: str) -> list[Path]:
    """Return what a folder holds whose name fits a pattern, by name.

    Nothing of a folder that is gone, cannot be read or became a link: for what the next run asks
    again.
    """
    try:
        return [folder / name for name, _ in listed(folder, root) if fnmatch.fnmatch(name, pattern)]
    except OSError:
        return []


def lies(path: Path, root: Path) -> bool:
    """Return whether something lies there that is no link; OSError if a part of the way is one."""
    try:
        with _opened(path.parent, root) as within:
            return not _leads_elsewhere(_status(path, within))
    except FileNotFoundError:
        return False


def open_plain(path: Path, root: Path | None = None) -> BufferedReader:
    """Open a plain file for reading; LinkError if it, or a part of the way from `root`, is a link.

    Without a root the way is the operator's own.
    """
    with _opened(path.parent, root) as within:
        before = _status(path, within)
        if not stat.S_ISREG(before.st_mode):
            raise LinkError(path)
        flags = os.O_RDONLY | _NOFOLLOW | BINARY | WAITS_FOR_NOBODY
        descriptor = os.open(_named(path, within), flags, dir_fd=within)
    try:
        if not os.path.samestat(before, os.fstat(descriptor)):
            raise LinkError(path)
        return open(descriptor, "rb")  # noqa: PTH123 - it is open already
    except BaseException:
        os.close(descriptor)
        raise


def read_plain(path: Path, root: Path | None = None) -> bytes:
    """Return what a plain file holds; errors as of `open_plain`."""
    with open_plain(path, root) as stream:
        return stream.read()


def create(path: Path, root: Path | None = None, mode: int = _ANYBODY) -> BinaryIO:
    """Open a new file for writing; FileExistsError if anything is there, a link as well."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | BINARY
    with _opened(path.parent, root) as within:
        return os.fdopen(os.open(_named(path, within), flags, mode, dir_fd=within), "wb")


def append(path: Path, root: Path) -> BinaryIO:
    """Open a file to add to it, a new one for its owner alone; LinkError if it is a link."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NOFOLLOW | BINARY | WAITS_FOR_NOBODY
    with _opened(path.parent, root) as within:
        if is_link(path):
            raise LinkError(path)
        return os.fdopen(os.open(_named(path, within), flags, PRIVATE, dir_fd=within), "ab")


def rename(source: Path, target: Path, root: Path | None = None) -> None:
    """Put a file into another's place; a link that lies there is replaced, not followed."""
    with _opened(source.parent, root) as of, _opened(target.parent, root) as into:
        if of is None or into is None:
            asked_again(lambda: source.replace(target))
        else:
            os.rename(source.name, target.name, src_dir_fd=of, dst_dir_fd=into)


def unlink(path: Path, root: Path | None = None) -> None:
    """Remove a file, or a link itself; OSError if a part of the way is a link.

    A file that is marked read-only goes as well, as it does elsewhere: the mark is Windows', and
    chats, mail programs and CDs set it.
    """
    with _opened(path.parent, root) as within:
        status = _status(path, within)
        marked = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_READONLY
        if marked and not _leads_elsewhere(status):
            path.chmod(stat.S_IWRITE)
        asked_again(lambda: os.unlink(_named(path, within), dir_fd=within))


def discard(path: Path, root: Path | None = None) -> None:
    """Remove a file if it can be removed."""
    with contextlib.suppress(OSError):
        unlink(path, root)


def make_folder(path: Path, root: Path, *, private: bool = False) -> None:
    """Make a folder, with all that leads to it from `root`, unless it is there; OSError.

    `private`: for its owner alone, where the system has that. LinkError if it is a link.
    """
    if path == root:
        root.mkdir(parents=True, exist_ok=True)
        return
    make_folder(path.parent, root, private=private)
    with _opened(path.parent, root) as within, contextlib.suppress(FileExistsError):
        os.mkdir(_named(path, within), _PRIVATE_FOLDER if private else 0o777, dir_fd=within)
    with _opened(path, root):
        pass


def _leads_elsewhere(status: os.stat_result) -> bool:
    tag = getattr(status, "st_reparse_tag", 0)  # of Windows; OneDrive's own tags lead nowhere
    return stat.S_ISLNK(status.st_mode) or bool(tag & _SURROGATE)


def _status(path: Path, within: int | None) -> os.stat_result:
    return os.stat(_named(path, within), dir_fd=within, follow_symlinks=False)


def _named(path: Path, within: int | None) -> str | Path:
    return path if within is None else path.name


@contextmanager
def _opened(folder: Path, root: Path | None) -> Iterator[int | None]:
    """Yield a folder, opened part by part from `root`; None where the system cannot do that."""
    if root is None:
        yield None
        return
    parts = _from(root, folder)
    if not _WITHIN:
        way = [root.joinpath(*parts[: place + 1]) for place in range(len(parts))]
        _refuse_links(way)
        yield None
        _refuse_links(way)
        return
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts:
            inner = _within(part, descriptor, folder)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _from(root: Path, folder: Path) -> tuple[str, ...]:
    """Return the parts of the way; ValueError if the folder does not lie in the root."""
    depth, parts = len(root.parts), folder.parts
    # As `relative_to`, which takes ten times as long; Windows may write the same folder otherwise.
    return parts[depth:] if parts[:depth] == root.parts else folder.relative_to(root).parts


def _within(part: str, descriptor: int, folder: Path) -> int:
    try:
        return os.open(part, os.O_RDONLY | os.O_DIRECTORY | _NOFOLLOW, dir_fd=descriptor)
    except OSError as error:
        # Linux says of a link, as of a file, that it is no folder.
        if stat.S_ISLNK(os.stat(part, dir_fd=descriptor, follow_symlinks=False).st_mode):
            raise LinkError(folder) from error
        raise


def _refuse_links(way: list[Path]) -> None:
    for folder in way:
        if is_link(folder):
            raise LinkError(folder)
