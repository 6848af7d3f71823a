"""What a reader is asked and answers, in the bytes that pass through its pipes."""

import struct
import typing
from collections.abc import Callable
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from edu_sheet.words.step import Step

ASK = struct.Struct(">IQf")  # the bytes of what is asked and of the file; seconds, 0 for the same
# How it ended; whether the reader has grown fat; seconds of processor time; the bytes that follow.
ANSWER = struct.Struct(">B?fQ")
READY = b"."


class Ended(IntEnum):
    """How a piece of work ended."""

    DATA = 0  # its result follows, as data of its type
    BYTES = 1  # its result follows, which is bytes
    ERROR = 2  # what the operator can mend follows, as data
    BUG = 3  # a traceback follows
    MEMORY = 4  # there was not enough


class Fault(NamedTuple):
    """An EduSheetError as it passes to the parent."""

    kind: str
    message: str
    hint: str
    next: Step | None


@cache
def result_of(work: Callable[..., Any]) -> Any:
    """Return the type that a function declares for its result."""
    return typing.get_type_hints(work)["return"]
