"""Which column of a table says what. Values."""

from dataclasses import dataclass, field

from edu_sheet.plan.issued.meaning import Meaning

EARLIER = "此前进展"


@dataclass(slots=True)
class Columns:
    """What stands in which place of a row, from 0."""

    meanings: dict[int, Meaning] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)  # of all columns, as issued
    both: set[int] = field(default_factory=set)  # of units of several parts
    persons: set[int] = field(default_factory=set)  # of units and the persons in them
    marked: dict[int, str] = field(default_factory=dict)  # units that head a column of marks
    parts: dict[str, Meaning] = field(default_factory=dict)  # what the marks mean, as guessed
    width: int = 0
    asked: list[tuple[Meaning, str]] = field(default_factory=list)  # of the first task below

    def places(self, *wanted: Meaning) -> list[int]:
        """Return the places of what is asked for, from the left."""
        return [place for place, one in sorted(self.meanings.items()) if one in wanted]

    @property
    def further(self) -> list[int]:
        """The places of columns that are kept by their own name."""
        kept = (Meaning.DEADLINE, Meaning.PERSON, Meaning.PROGRESS, Meaning.OTHER)
        return self.places(*kept)

    def name(self, place: int) -> str:
        """Return what a further column is called in the plan."""
        if self.meanings[place] is Meaning.PROGRESS:
            return EARLIER
        return self.headers.get(place) or f"第{place + 1}列"
