"""One screen for this person: a second start finds the first, and is shown there."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from edu_sheet.kit.files import reporting
from edu_sheet.screen.home import Home
from edu_sheet.screen.running import HOST, Running
from edu_sheet.words.errors import EduSheetError

_PATIENCE = 10.0  # seconds in which the first may still be starting
_ANSWER = 5.0  # seconds
SECRET = "X-Knock"  # noqa: S105 - the header's name
FOLDER = "X-Folder"


@contextmanager
def the_only_one(home: Home) -> Iterator[bool]:
    """Hold this person's screen, or yield False if another does."""
    from filelock import FileLock, Timeout

    with reporting(home.folder):
        home.folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        home.opened.unlink(missing_ok=True)
        lock.release()


def announce(one: Running) -> None:
    """Write down how this screen is found."""
    one.home.write(one.home.opened, {"port": one.port, "knock": one.knock})


def address_of_the_first(home: Home, folder: Path | None) -> str:
    """Return an address in the screen that runs already; EduSheetError if it does not answer."""
    until = time.monotonic() + _PATIENCE
    while True:
        if found := _knocked(home, folder):
            return found
        if time.monotonic() > until:
            raise EduSheetError(
                "已经开着一个窗口，但它没有应答", "请关闭它（或注销后重新登录），再打开一次。"
            )
        time.sleep(0.2)


def _knocked(home: Home, folder: Path | None) -> str | None:
    try:
        said = json.loads(home.opened.read_text(encoding="utf-8"))
        port, knock = int(said["port"]), str(said["knock"])
        connection = HTTPConnection(HOST, port, timeout=_ANSWER)
        headers = {SECRET: knock, FOLDER: json.dumps(str(folder) if folder else None)}
        connection.request("POST", "/knock", headers=headers)
        answer = connection.getresponse()
        address = answer.read().decode("ascii") if answer.status == 200 else None
        connection.close()
    except (OSError, ValueError, KeyError, TypeError, HTTPException):
        return None
    return address
