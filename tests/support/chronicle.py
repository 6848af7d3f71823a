"""What was typed in the course of a year, and where it must stand, may stand, and may not.

Every text bears a token of its own. What is known here is known from what people did, never from
what the program says that it did.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass(frozen=True)
class Where:
    """A period, a unit and a task, the latter two by names of the test's own, kept for good."""

    period: str
    unit: str
    task: str


def months_of(period: str) -> tuple[str, ...]:
    """Return a quarter's months, the latest first; a month itself."""
    if "Q" not in period:
        return (period,)
    year, quarter = period.split("Q")
    return tuple(f"{year}-{3 * int(quarter) - back:02}" for back in range(3))


def feeding(period: str) -> tuple[str, ...]:
    """Return the periods whose texts a master may print, the strongest first."""
    return (period, *months_of(period)) if "Q" in period else (period,)


@dataclass
class Said:
    """What one unit says on one task in one period, by tokens."""

    standing: str = ""  # of the newest text that was taken in
    hers: tuple[str, ...] = ()  # what must stand in 进展情况 since she edited it, in this order
    edited: bool = False


@dataclass
class Chronicle:
    """Every token with its place, and what each place says by now."""

    typed: dict[str, Where] = field(default_factory=dict)
    places: dict[Where, Said] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def text(self, where: Where, words: str = "进展顺利。") -> tuple[str, str]:
        """Return a new token, and the text that bears it."""
        token = f"X{next(self._numbers):04}Z"
        self.typed[token] = where
        return token, f"{token}{words}"

    def taken(self, token: str) -> None:
        """A text was taken in, and is the newest of its place."""
        self.places.setdefault(self.typed[token], Said()).standing = token

    def beside(self, token: str) -> None:
        """A text was put below the one that stands: both stand."""
        said = self.places.setdefault(self.typed[token], Said())
        said.standing = f"{said.standing} {token}".strip()

    def polished(self, where: Where, token: str, over: tuple[str, ...]) -> None:
        """She added to what a master printed there."""
        said = self.places.setdefault(where, Said())
        said.hers, said.edited = (*over, token), True

    def blanked(self, where: Where) -> None:
        """She deleted a unit's section of a master."""
        said = self.places.setdefault(where, Said())
        said.hers, said.edited = (), True

    def prints(self, period: str, dropped: set[str]) -> dict[Where, tuple[str, ...]]:
        """Return the tokens that must stand in 进展情况 of a period, by the place they came from.

        Of a quarter: by its own text, else by the latest month in which anything was said.
        """
        found: dict[Where, tuple[str, ...]] = {}
        done: set[tuple[str, str]] = set()
        for source in feeding(period):
            for where, said in self.places.items():
                owner = where.unit, where.task
                if where.period != source or owner in done or where.task in dropped:
                    continue
                if said.edited or said.standing:
                    done.add(owner)
                    tokens = said.hers if said.edited else tuple(said.standing.split())
                    if tokens:
                        found[where] = tokens
        return found

    def monthly(
        self, period: str, dropped: set[str], leads: Callable[[str, str], bool]
    ) -> dict[Where, tuple[str, ...]]:
        """Return the tokens of the months that stand behind what a unit is heard by in a quarter.

        Behind its own text of the quarter all; behind a month's those before, where the unit leads
        the task (`leads`).
        """
        heard = {
            (where.unit, where.task): where.period
            for where in self.prints(period, dropped)
            if (where.period == period and self.places[where].standing)
            or (where.period != period and leads(where.unit, where.task))
        }
        found: dict[Where, tuple[str, ...]] = {}
        for where, said in self.places.items():
            by = heard.get((where.unit, where.task))
            if where.period in months_of(period) and by and (by == period or where.period < by):
                found[where] = said.hers if said.edited else tuple(said.standing.split())
        return found

    def exported(self, period: str) -> dict[str, Where]:
        """Return the tokens that must stand in the long table of a period."""
        return {
            token: where
            for where, said in self.places.items()
            if where.period == period
            for token in said.standing.split()
        }
