"""A reader that can hang, abort or eat memory, in a process of its own with limits.

`python -m edu_sheet.reading.child` says that it is ready, takes a pickled task from standard input
and answers on standard output; both ends are this file. What a file may take is processor time
and memory; on Windows, where neither can be limited so, only the time by the clock is.
"""

import contextlib
import math
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from edu_sheet.reading import limits
from edu_sheet.reading.refusal import Refusal, damaged, too_large

_OUT_OF_MEMORY = 3
_TOO_SLOW = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None  # None: Windows has no such end
_READY = b"."
_HOME = Path(__file__).resolve().parents[2]  # never the current folder: what lies there may be sent
_COMMAND = (sys.executable, "-X", "utf8", "-m", "edu_sheet.reading.child")


def run(task: str, data: bytes, *options: str | None) -> Any:
    """Return what a task returns. Refusal as the task raises it, or if it breaks a limit.

    RuntimeError with the child's traceback where the child met a bug, or did not start.
    """
    status, said, complaint = _ask(pickle.dumps((task, data, options)))
    if status == _OUT_OF_MEMORY:
        raise too_large("memory")
    if status == _TOO_SLOW:
        raise _too_slow()
    if status == 1:
        raise RuntimeError(complaint.decode("utf-8", "replace"))
    if status != 0:
        raise damaged("crashed")
    finding, answer = pickle.loads(said)  # noqa: S301 - our own child's answer
    if finding is not None:
        raise Refusal(finding)
    return answer


def _ask(question: bytes) -> tuple[int, bytes, bytes]:
    """Return a child's exit status, its answer, and what it wrote to standard error."""
    with _started() as child:
        assert child.stdout is not None  # noqa: S101 - a pipe, as `_started` made it
        with _stopped_after(limits.CHILD_START, child):
            ready = child.stdout.read(len(_READY)) == _READY
        if not ready:
            child.kill()
            why = child.communicate()[1].decode("utf-8", "replace")
            raise RuntimeError(f"no reader started: {why}")
        try:
            # The clock runs from here: how long Python takes to start says nothing of the file.
            answer, complaint = child.communicate(question, limits.CHILD_WAIT)
        except subprocess.TimeoutExpired as error:
            raise _too_slow() from error
    return child.returncode, answer, complaint


@contextlib.contextmanager
def _started() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(  # noqa: S603 - our own module, by this very interpreter
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_HOME,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            yield child
        finally:
            child.kill()  # which is nothing where it has ended


@contextlib.contextmanager
def _stopped_after(seconds: float, child: "subprocess.Popen[bytes]") -> Iterator[None]:
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _too_slow() -> Refusal:
    return too_large("time")


def main() -> int:
    """Do one task; return the exit status."""
    tasks = _tasks()
    _limit()
    sys.stdout.buffer.write(_READY)
    sys.stdout.buffer.flush()
    try:
        task, data, options = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - our parent's
        answer = pickle.dumps(_answer(tasks[task], data, options))
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    so_far = math.ceil(time.process_time())  # its own start does not count
    processor = so_far + limits.CHILD_SECONDS
    for kind, soft, hard in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, processor, processor + 1),  # the first can be told from a crash
        # msoffcrypto turns a decrypted xls in a nameless temporary file; nothing else is written
        (resource.RLIMIT_FSIZE, limits.FILE_BYTES, limits.FILE_BYTES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def _tasks() -> dict[str, Callable[..., Any]]:
    from edu_sheet.reading import encrypted
    from edu_sheet.reading.letters import msg
    from edu_sheet.reading.ods import workbook as ods
    from edu_sheet.reading.xls import workbook as xls
    from edu_sheet.reading.xlsx import workbook as xlsx

    return {
        "xls": xls.read,
        "xlsx": xlsx.read,
        "ods": ods.read,
        "fods": ods.read_flat,
        "decrypt": encrypted.decrypted,
        "msg": msg.read,
    }


def _answer(task: Callable[..., Any], data: bytes, options: tuple[Any, ...]) -> tuple[Any, Any]:
    try:
        return None, task(data, *options)
    except Refusal as refusal:
        return refusal.finding, None


if __name__ == "__main__":
    raise SystemExit(main())
