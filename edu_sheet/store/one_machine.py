"""A workspace on a network drive is used from one computer at a time."""

import getpass
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edu_sheet.kit import clock
from edu_sheet.kit.beneath import create, discard, make_folder, open_plain
from edu_sheet.kit.files import reporting
from edu_sheet.kit.network_drive import on_network
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.step import AGAIN
from edu_sheet.words.text import visible

NAME = "使用中.txt"  # in 存档: whose computer uses the workspace
_MOST = 1000  # bytes: ours has a hundred


@contextmanager
def one_machine(archive: Path, root: Path) -> Iterator[None]:
    """Keep a workspace on a network drive for this computer, in here.

    LedgerError says which computer and whose uses it, and since when.
    """
    if not on_network(root):
        yield
        return
    path, mine = archive / NAME, False
    with reporting(path):
        make_folder(archive, root)
        try:
            with create(path, root) as stream:
                stream.write(_ours())
            mine = True
        except FileExistsError:
            _refuse_other(path, root)
    try:
        yield
    finally:
        if mine:
            discard(path, root)


def _ours() -> bytes:
    said = {
        "host": socket.gethostname(),
        "user": getpass.getuser(),
        "since": f"{clock.now():%Y-%m-%d %H:%M}",
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _refuse_other(path: Path, root: Path) -> None:
    """Raise LedgerError if another computer uses the workspace; this one may, in two windows."""
    try:
        with open_plain(path, root) as stream:
            said = json.loads(stream.read(_MOST))
        host, user, since = (visible(str(said[name])) for name in ("host", "user", "since"))
    except (OSError, ValueError, KeyError, TypeError):
        return  # just written, or just gone
    if host != socket.gethostname():
        raise LedgerError(
            f"工作区在网络盘上，电脑“{host}”的“{user}”正在使用（{since} 起）",
            f"请等那边做完。确实没有人在用的（例如那台电脑断过电），请删除 存档 里的“{NAME}”。",
            AGAIN,
        )
