"""Writing files so that a kill, a full disk or an open program leaves no half-written one."""

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from edu_sheet.kit import beneath
from edu_sheet.kit.held import asked_again
from edu_sheet.kit.refused import why
from edu_sheet.words.errors import OutputError
from edu_sheet.words.step import AGAIN

_UNSAFE = dict.fromkeys((*map(ord, '<>:"/\\|?*'), *range(32), *range(0xD800, 0xE000)), "_")
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"
}
_SUFFIX_LIMIT = 10  # characters: what is longer belongs to the name
_PATH_LIMIT = 260  # characters that Windows takes of a path, with the one that ends it
_FOLDER = 200  # of a path that fails for its length: the name beside it may have 60 more
_NO_SUCH_PATH, _NAME_TOO_LONG = 3, 206  # of Windows' errors
_TEMPORARY = ".~"  # collect leaves such names alone
_NAME_LIMIT = 60  # characters of a name that its temporary one keeps: 255 bytes are the most


def sha256(data: bytes) -> str:
    """Return the hex digest that names an original."""
    return hashlib.sha256(data).hexdigest()


class NoPlainFileError(OSError):
    """What lies there is a pipe, a device or a socket: it might never end."""


def read_file(path: Path) -> bytes:
    """Return what a plain file holds; NoPlainFileError if it is none, OSError as of reading."""
    descriptor = os.open(path, os.O_RDONLY | beneath.BINARY | beneath.WAITS_FOR_NOBODY)
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(kind):
            raise NoPlainFileError(errno.EINVAL, "no plain file", str(path))
        with open(descriptor, "rb", closefd=False) as stream:
            return stream.read()
    finally:
        os.close(descriptor)


def safe_name(name: str, limit: int = 80) -> str:
    """Return a file name that Windows takes: no reserved character or name, no trailing dot."""
    clean = name.translate(_UNSAFE).strip().rstrip(". ")[:limit].rstrip(". ")
    stem = clean.split(".", 1)[0].rstrip().upper()
    return f"_{clean}" if not clean or stem in _RESERVED else clean


def short_name(name: str, limit: int) -> str:
    """Return a safe file name of at most so many characters, its suffix kept."""
    clean = safe_name(name, limit=255)
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > _SUFFIX_LIMIT or not stem:
        stem, suffix = clean, ""
    ending = f".{suffix}" if suffix else ""
    return f"{stem[: limit - len(ending)].rstrip('. ')}{ending}"


def write_bytes(path: Path, data: bytes, *, mode: int = 0o666, root: Path | None = None) -> None:
    """Write a file beside its place, make it durable, and rename it into place.

    `mode`: its rights, off which the system takes what it must; `root`: the operator's own folder
    from which no part of the way may be a link. OutputError if that cannot be done; whatever stood
    there before is then unharmed.
    """
    write_each([(path, data)], mode=mode, root=root)


def write_each(
    files: Iterable[tuple[Path, bytes]], *, mode: int = 0o666, root: Path | None = None
) -> None:
    """Write files as `write_bytes` does: first all of them beside their places, then renamed.

    Written one by one, each would wait for the disk alone: all of them wait little longer.
    """
    beside: dict[Path, Path] = {}
    try:
        with contextlib.ExitStack() as open_files:
            streams = []
            for path, data in files:
                beside[path] = name_beside(path)
                with reporting(path):
                    stream = _begun(beside[path], mode, root)
                    open_files.callback(_close, stream)
                    streams.append((path, stream))
                    stream.write(data)
                    stream.flush()
            for path, stream in streams:
                with reporting(path):
                    os.fsync(stream.fileno())
        for path, temporary in beside.items():
            with reporting(path):
                beneath.rename(temporary, path, root)
    except BaseException:
        for temporary in beside.values():
            beneath.discard(temporary, root)
        raise
    for folder in dict.fromkeys(path.parent for path in beside):
        with reporting(folder):
            sync_folder(folder)


def _close(stream: BinaryIO) -> None:
    """Close a file that was made durable, or that holds what a full disk did not take."""
    with contextlib.suppress(OSError):
        stream.close()


def _begun(path: Path, mode: int, root: Path | None) -> BinaryIO:
    """Return a new file, open, in a folder that is made if it is not there."""
    try:
        return beneath.create(path, root, mode)
    except FileNotFoundError:
        if root is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        else:
            beneath.make_folder(path.parent, root)
        return beneath.create(path, root, mode)


def name_beside(path: Path) -> Path:
    """Return where a file is written before it is renamed into its place: each time elsewhere.

    Two threads that write one file would else write into one another's.
    """
    return path.with_name(
        f"{_TEMPORARY}{os.getpid()}.{os.urandom(4).hex()}.{path.name[-_NAME_LIMIT:]}"
    )


def put_in_place(written: Path, path: Path) -> None:
    """Make a file that was written beside its place durable, and rename it there; OutputError."""
    with reporting(path):
        with written.open("rb+") as stream:
            os.fsync(stream.fileno())
        asked_again(lambda: written.replace(path))
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can (Windows has no such call)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_elsewhere(path: Path) -> bool:
    """Return whether Excel, WPS or LibreOffice seems to have the file open.

    They leave a lock file beside it: `~$name` (Excel, Word, WPS; Word drops the first two letters
    of a long name) or `.~lock.name#` (LibreOffice).
    """
    beside = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any((path.parent / name).exists() for name in beside)


def refuse_if_open(path: Path) -> None:
    """Raise OutputError if the file is open in another program."""
    with reporting(path):
        there = path.exists()
    if there and open_elsewhere(path):
        raise OutputError(f"{path.name} 正在 Excel、Word 或 WPS 中打开", _CLOSE.format(path), AGAIN)


_CLOSE = "请先保存并关闭 {}（若并未打开，请删除同一文件夹内以 ~$ 或 .~lock 开头的同名文件）。"


_NEARER = (
    "Windows 的路径最多 259 个字：请把工作区移到浅一层的文件夹（如 D:\\督办），或缩短文件夹名。"
)


def too_deep(path: Path) -> bool:
    """Return whether a path has more characters than Windows takes, where that is its rule."""
    return os.name == "nt" and len(str(path)) >= _PATH_LIMIT


def _too_long(path: Path, error: OSError) -> bool:
    """Return whether the path was too long for Windows: as a rule it says that it is not there."""
    winerror = getattr(error, "winerror", None)
    return winerror == _NAME_TOO_LONG or (winerror == _NO_SUCH_PATH and len(str(path)) >= _FOLDER)


@contextlib.contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn the system's error on writing a path into an OutputError that says what to do next."""
    try:
        yield
    except OSError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError) -> OutputError:
    if isinstance(error, beneath.LinkError):
        return OutputError(
            f"{error.path} 是链接（或联接点），程序不跟过去",
            "收件箱、待处理、存档里不能有链接：请把它移走，换成真正的文件或文件夹。",
            AGAIN,
        )
    if isinstance(error, NoPlainFileError):
        return OutputError(
            f"{path} 不是普通文件（是管道或设备）", "请把它移走，换成真正的文件。", AGAIN
        )
    if error.errno == errno.ENOSPC or getattr(error, "winerror", 0) == 112:
        return OutputError(
            f"磁盘已满，{path.name} 没有写成", "此前已登记的内容都在；请清理磁盘。", AGAIN
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY):
        return OutputError(
            f"无法写入 {path}",
            "文件可能正在 Excel、Word 或 WPS 中打开，或文件、文件夹只读：请关闭文件、检查权限。",
            AGAIN,
        )
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        return OutputError(f"文件名系统不接受：{path.name}", "请缩短名称或去掉特殊符号。", AGAIN)
    deep = _too_long(path, error)
    said, hint = ("路径太长", _NEARER) if deep else (why(error), "请检查该位置。")
    return OutputError(f"无法写入 {path}（{said}）", hint, AGAIN)
