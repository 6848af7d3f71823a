"""The reader itself: it reads what others sent, one file after the other.

It says that it is ready, takes work from standard input and answers on standard output, and ends
with its parent: standard input ends then. What it is asked comes from its parent and is trusted;
the file beside it is not, and what it answers is not either.
"""

import os
import pickle
import sys
import time
import traceback
from typing import Any, BinaryIO

from edu_sheet.kit.data import encode
from edu_sheet.kit.reader import confined, frames
from edu_sheet.kit.reader.frames import Ended, Fault, result_of
from edu_sheet.words.errors import EduSheetError


def main() -> int:
    """Work until standard input ends; return the exit status."""
    # openpyxl imports them where they are there, for half of its own time: nothing here counts, and
    # nobody looks at a picture.
    for name in ("numpy", "PIL"):
        sys.modules[name] = None  # type: ignore[assignment]
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    confined.confine(int(sys.argv[-1]))
    answers.write(frames.READY)
    answers.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    while head := asked.read(frames.ASK.size):
        question, size, seconds = frames.ASK.unpack(head)
        if seconds:
            confined.allow(seconds)
        if not _answered(asked.read(question), asked, size, answers):
            return 1
    return 0


def _answered(question: bytes, asked: BinaryIO, size: int, answers: BinaryIO) -> bool:
    """Do a piece of work and answer; return whether another may follow."""
    began = time.process_time()
    try:
        work, options = pickle.loads(question)  # nosec B301 # noqa: S301 - the parent's
        ended, said = _ended(work, asked.read(size), options)
        fat = confined.fat()
    except MemoryError:
        ended, said, fat = Ended.MEMORY, b"", True
    spent = time.process_time() - began
    answers.write(frames.ANSWER.pack(ended, fat, spent, len(said)))
    answers.write(said)
    answers.flush()
    return ended is not Ended.MEMORY


def _ended(work: Any, data: bytes, options: tuple[Any, ...]) -> tuple[Ended, bytes]:
    try:
        found = work(data, *options)
        if isinstance(found, bytes):
            return Ended.BYTES, found
        return Ended.DATA, encode(result_of(work), found)
    except EduSheetError as error:
        fault = Fault(type(error).__name__, error.message, error.hint, error.next)
        return Ended.ERROR, encode(Fault, fault)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a bug keeps its traceback
        return Ended.BUG, traceback.format_exc().encode("utf-8", "surrogatepass")
