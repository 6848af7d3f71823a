"""Files that another program holds for a moment: on Windows a virus scanner or a preview does."""

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

_HELD = (5, 32)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION
_TRIES, _PAUSE = 11, 0.1  # about a second in all


def asked_again(action: Callable[[], _T]) -> _T:
    """Return what an action on a file returns, asked again for about a second while it is held.

    OSError as the action raises it: at once where the system says anything but that.
    """
    for left in reversed(range(_TRIES)):
        try:
            return action()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD or not left:
                raise
        time.sleep(_PAUSE)
    raise AssertionError  # the last try has returned or raised
