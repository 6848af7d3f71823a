"""What the program last wrote into a master: the base of the next merge. Pure."""

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, field, replace
from typing import Self


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


@dataclass(frozen=True, slots=True)
class Base:
    """A whole master as it was written: its head's texts, and its tasks by key."""

    file: str
    head: tuple[str, ...] = ()
    rows: dict[str, BaseRow] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)  # the others: a digest by name

    @property
    def id(self) -> str:
        """The name under which the ledger keeps the base, and which the workbook bears.

        It stands for 总表 alone: the workbook whose `sheets` are digested bears it.
        """
        return hashlib.sha256(replace(self, sheets={})._json().encode()).hexdigest()[:24]

    def dump(self) -> bytes:
        """Return the base as the ledger keeps it."""
        return zlib.compress(self._json().encode())

    @classmethod
    def load(cls, content: bytes) -> Self:
        """Return the base that was kept."""
        data = json.loads(zlib.decompress(content))
        rows = {
            key: BaseRow(
                fields=row["fields"],
                returned=tuple((unit, text) for unit, text in row["returned"]),
                new=row["new"],
                heights=row["heights"],
            )
            for key, row in data["rows"].items()
        }
        return cls(data["file"], tuple(data["head"]), rows, data["sheets"])

    def _json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)
