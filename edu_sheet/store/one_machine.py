"""A workspace on a network drive is used from one computer at a time."""

import contextlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edu_sheet.kit import clock
from edu_sheet.kit.beneath import create, discard, make_folder, open_plain, read_plain
from edu_sheet.kit.files import reporting, write_bytes
from edu_sheet.kit.network_drive import on_network
from edu_sheet.words.errors import LedgerError, OutputError
from edu_sheet.words.step import AGAIN
from edu_sheet.words.text import visible

NAME = "使用中.txt"  # in 存档: whose computer uses the workspace
_TRIES, _PAUSE = 11, 0.1  # about a second in all
_MOST = 1000  # bytes: ours has a hundred


@contextmanager
def one_machine(archive: Path, root: Path, *, to_look: bool = False) -> Iterator[None]:
    """Keep a workspace on a network drive for this computer, in here.

    LedgerError says which computer and whose uses it, and since when; OutputError that this cannot
    be written down, which hinders nobody who only looks.
    """
    if not on_network(root):
        yield
        return
    path, ours = archive / NAME, _ours()
    try:
        with reporting(path):
            make_folder(archive, root)
            _enter(path, root, ours)
    except OutputError:
        if not to_look:
            raise
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if read_plain(path, root) == ours:
                discard(path, root)


def _enter(path: Path, root: Path, ours: bytes) -> None:
    """Write down that this computer uses the workspace; LedgerError if another does.

    What this computer wrote is taken over: of another window, which leaves it then to whoever came
    last, or of a run that was cut off, after which nobody would ever take it away.
    """
    for _ in range(_TRIES):
        try:
            with create(path, root) as stream:
                stream.write(ours)
        except FileExistsError:
            if holder := _holder(path, root):
                _refuse_other(*holder)
                break
        else:
            return
        time.sleep(_PAUSE)  # it is just being written, or has just gone
    write_bytes(path, ours, root=root)


def _ours() -> bytes:
    import secrets
    import socket

    said = {
        "host": socket.gethostname(),
        "user": _user(),
        "since": f"{clock.now():%Y-%m-%d %H:%M}",
        "run": secrets.token_hex(4),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a service of Windows has no name in its environment
        return "未知用户"


def _holder(path: Path, root: Path) -> tuple[str, str, str] | None:
    """Return which computer uses the workspace, for whom and since when; None if nothing says."""
    try:
        with open_plain(path, root) as stream:
            said = json.loads(stream.read(_MOST))
        return str(said["host"]), str(said["user"]), str(said["since"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _refuse_other(host: str, user: str, since: str) -> None:
    import socket

    if host != socket.gethostname():
        raise LedgerError(
            f"工作区在网络盘上，电脑“{visible(host)}”的“{visible(user)}”正在使用"
            f"（{visible(since)} 起）",
            f"请等那边做完。确实没有人在用的（例如那台电脑断过电），请删除 存档 里的“{NAME}”。",
            AGAIN,
        )
