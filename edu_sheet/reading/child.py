"""A reader that can hang, abort or eat memory, in a process of its own with limits.

`python -m edu_sheet.reading.child` takes a pickled task from standard input and answers on
standard output; both ends are this file. On Windows there is the limit of time alone.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from edu_sheet.reading import limits
from edu_sheet.reading.refusal import Refusal, damaged, too_large

_OUT_OF_MEMORY = 3
_HOME = Path(__file__).resolve().parents[2]  # never the current folder: what lies there may be sent


def run(task: str, data: bytes, *options: str | None) -> Any:
    """Return what a task returns. Refusal as the task raises it, or if it breaks a limit.

    RuntimeError with the child's traceback where the child met a bug.
    """
    command = [sys.executable, "-X", "utf8", "-m", "edu_sheet.reading.child"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by this very interpreter
            command,
            input=pickle.dumps((task, data, options)),
            capture_output=True,
            cwd=_HOME,
            timeout=limits.CHILD_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_large("10 秒内没有读完") from error
    if done.returncode == _OUT_OF_MEMORY:
        raise too_large("读取需要的内存超过限度")
    if done.returncode == 1:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    if done.returncode != 0:
        raise damaged("读取时程序异常中止")
    finding, answer = pickle.loads(done.stdout)  # noqa: S301 - our own child's answer
    if finding is not None:
        raise Refusal(finding.code, finding.message, finding.place)
    return answer


def main() -> int:
    """Do one task; return the exit status."""
    _limit()
    try:
        task, data, options = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - our parent's
        answer = pickle.dumps(_answer(task, data, options))
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, value in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        # msoffcrypto turns a decrypted xls in a nameless temporary file; nothing else is written
        (resource.RLIMIT_FSIZE, limits.FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def _answer(task: str, data: bytes, options: tuple[Any, ...]) -> tuple[Any, Any]:
    from edu_sheet.reading import encrypted
    from edu_sheet.reading.letters import msg
    from edu_sheet.reading.ods import workbook as ods
    from edu_sheet.reading.xls import workbook as xls
    from edu_sheet.reading.xlsx import workbook as xlsx

    tasks: dict[str, Callable[..., Any]] = {
        "xls": xls.read,
        "xlsx": xlsx.read,
        "ods": ods.read,
        "decrypt": encrypted.decrypted,
        "msg": msg.read,
    }
    try:
        return None, tasks[task](data, *options)
    except Refusal as refusal:
        return refusal.finding, None


if __name__ == "__main__":
    raise SystemExit(main())
