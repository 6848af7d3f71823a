"""How many letters may go out, and how fast: what 设置 allows, and what a server bears."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep

from edu_sheet.kit import clock
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.settings import MailSettings

_FIRST, _LONGEST = 30, 300  # seconds that a server gets which asks for time


@dataclass(frozen=True, slots=True)
class Room:
    """How many letters a run may send, and why no more, in Chinese."""

    most: int
    reason: str


def room(ledger: Ledger, settings: MailSettings, now: datetime) -> Room:
    """Return what is left of the limits per run, hour and day; the last two hold across runs."""
    rooms = [Room(settings.per_run, f"每次最多 {settings.per_run} 封，其余下次再发")]
    for name, most, span in (
        ("小时", settings.per_hour, timedelta(hours=1)),
        ("天", settings.per_day, timedelta(days=1)),
    ):
        if most is not None:
            sent = [at for at in ledger.letters.handed_over(most) if now - span < at <= now]
            again = min(sent, default=now) + span
            reason = f"每{name}最多 {most} 封，其余请在 {_shown(again, now)} 以后再发"
            rooms.append(Room(most - len(sent), reason))
    return min(rooms, key=lambda one: one.most)


def _shown(moment: datetime, now: datetime) -> str:
    """Return a moment to the minute, not before it; its day only where that is another one."""
    whole = (moment + timedelta(seconds=59)).astimezone(clock.zone()).replace(second=0)
    today = clock.day(now)
    return f"{whole:%H:%M}" if whole.date() == today else f"{whole:%Y-%m-%d %H:%M}"


class Pace:
    """The pause between two letters: that of 设置, and longer each time a server asks for time."""

    def __init__(self, usual: int) -> None:
        self._usual, self._asked = usual, 0

    def rest(self) -> None:
        """Wait until the next letter may go."""
        sleep(max(self._usual, self._asked))

    def slow_down(self) -> None:
        """Make the next pauses longer."""
        self._asked = min(max(_FIRST, 2 * self._asked), _LONGEST)

    def as_usual(self) -> None:
        """Make the next pauses as long as 设置 says."""
        self._asked = 0
