"""How long the screen lives: until its last page has been gone for some time, or 退出."""

import threading
import time
from collections.abc import Callable

GONE = 600.0  # seconds after the last page has said goodbye
SILENT = 3 * 3600.0  # after which a page that said nothing is gone: the machine may have slept
_PAGES = 1000  # no more are remembered


class Life:
    """The pages that are open, by the numbers that they gave themselves."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._heard: dict[str, float] = {}
        self._last = now()
        self._left = False

    def heard(self, page: str) -> None:
        """Note that a page is open."""
        with self._lock:
            self._last = self._heard[page] = self._now()
            while len(self._heard) > _PAGES:
                del self._heard[min(self._heard, key=self._heard.__getitem__)]

    def gone(self, page: str) -> None:
        """Note that a page was closed; the next one may be opening."""
        with self._lock:
            self._heard.pop(page, None)
            self._last = self._now()

    def leave(self) -> None:
        """End now: a person said so."""
        self._left = True

    @property
    def left(self) -> bool:
        """Whether a person said that it is to end."""
        return self._left

    def over(self) -> bool:
        """Whether nobody has been here for so long that it may end."""
        with self._lock:
            now = self._now()
            open_ones = [at for at in self._heard.values() if now - at < SILENT]
            return self._left or (not open_ones and now - self._last >= GONE)
