"""What the program last wrote into a master: the base of the next merge. Pure."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from edu_sheet.rules.labels import labelled
from edu_sheet.rules.progress import PROGRESS_FIELD

_END = b"\n"  # between the two: JSON writes none of its own
_QUICK = 1  # level of zlib: a third of the time, a fifth more room


@dataclass(frozen=True, slots=True)
class BaseRow:
    """One task as it was written.

    `fields` holds the cell of every column by its field, 进展情况 in full length; `returned` what
    the returns said (unit, text) when it was written; `new` the texts of the rows 新报送, by unit;
    `heights` the height of every row by what stands in its hidden key column.
    """

    fields: dict[str, str]
    returned: tuple[tuple[str, str], ...] = ()
    new: dict[str, str] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Base:
    """A whole master as it was written: its head's texts, and its tasks by key."""

    file: str
    head: tuple[str, ...] = ()
    rows: dict[str, BaseRow] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)  # the others: a fingerprint by name
    units: tuple[tuple[str, str], ...] = ()  # the names that units bore then, each with its key

    @property
    def id(self) -> str:
        """The name under which the ledger keeps the base, and which the workbook bears.

        It stands for 总表 alone: the workbook whose `sheets` have these fingerprints bears it.
        """
        return hashlib.sha256(self._said).hexdigest()[:24]

    def dump(self, sheets: dict[str, str]) -> bytes:
        """Return the base as the ledger keeps it, with what the sheets of its workbook say."""
        parts = (self._said, _json(sheets), _json(self.units))
        return zlib.compress(_END.join(parts), _QUICK)

    @classmethod
    def load(cls, content: bytes) -> Self:
        """Return the base that was kept."""
        said, sheets, *more = zlib.decompress(content).split(_END)
        data = json.loads(said)
        rows = {
            key: BaseRow(
                fields=row["fields"],
                returned=_returned(row["returned"], row["fields"]),
                new=row["new"],
                heights=row["heights"],
            )
            for key, row in data["rows"].items()
        }
        units = tuple((name, key) for name, key in json.loads(more[0])) if more else ()
        return cls(data["file"], tuple(data["head"]), rows, json.loads(sheets), units)

    @cached_property
    def _said(self) -> bytes:
        rows = {
            key: {
                "fields": row.fields,
                "returned": _told(row),
                "new": row.new,
                "heights": row.heights,
            }
            for key, row in self.rows.items()
        }
        return _json({"file": self.file, "head": self.head, "rows": rows})


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _told(row: BaseRow) -> Sequence[tuple[str, str | int]]:
    """Return (unit, text) of what the returns said; its length where it stands in the cell."""
    if labelled(row.returned) != row.fields.get(PROGRESS_FIELD):
        return row.returned
    return [(unit, len(text)) for unit, text in row.returned]


def _returned(
    told: Iterable[tuple[str, str | int]], fields: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what `_told` was told of."""
    found: list[tuple[str, str]] = []
    end = 0
    for unit, said in told:
        if isinstance(said, int):
            start = end + len(labelled([(unit, "")]))
            found.append((unit, fields[PROGRESS_FIELD][start : start + said]))
            end = start + said + 1  # behind the line's end before the next label
        else:
            found.append((unit, said))
    return tuple(found)
