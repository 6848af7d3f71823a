"""What the program's own sheets say, so that a person's words in them are noticed. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


class Fingerprint:
    """What the rows of a sheet say, whichever program saved them: row by row from the first."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._rows = 0

    def add(self, values: Iterable[object]) -> None:
        """Take in the next row: what stands in its cells from column A on, None or "" for none."""
        self._rows += 1
        texts = [value if type(value) is str else _text(value) for value in values]
        # Some programs lose carriage returns.
        said = "\0".join(texts).rstrip("\0")
        if "\r" in said or "_x000D_" in said:
            said = said.replace("\r", "").replace("_x000D_", "")
        if said:
            self._hash.update(f"{self._rows}\0{said}\0".encode("utf-8", "surrogatepass"))

    @property
    def digest(self) -> str:
        """The fingerprint of the rows so far."""
        return self._hash.hexdigest()


_SHORT = 12  # digits of a fingerprint that a workbook bears: a property holds 255 characters


def said_in_short(sheets: Mapping[str, str]) -> str:
    """Return what the sheets of a workbook say as the workbook itself bears it."""
    return " ".join(f"{name}={digest[:_SHORT]}" for name, digest in sheets.items())


def said_by(text: str) -> dict[str, str]:
    """Return the fingerprints that a workbook bears, by the sheets' names."""
    pairs = (one.partition("=") for one in text.split())
    return {name: digest for name, _, digest in pairs if len(digest) == _SHORT}


def altered(book: "Workbook", written: Mapping[str, str]) -> tuple[str, ...]:
    """Return in which of the sheets a person wrote since they were: `written` may be short."""
    return tuple(
        name
        for name, digest in written.items()
        if name in book.sheetnames
        and (_commented(book[name]) or not _of(_values(book[name])).startswith(digest))
    )


def _commented(sheet: "Worksheet") -> bool:
    """Return whether there is a comment: the program writes none."""
    return any(cell.comment for row in sheet.iter_rows() for cell in row)


def _values(sheet: "Worksheet") -> Iterator[tuple[object, ...]]:
    return sheet.iter_rows(values_only=True)


def _of(rows: Iterable[Iterable[object]]) -> str:
    found = Fingerprint()
    for row in rows:
        found.add(row)
    return found.digest


def _text(value: object) -> str:
    """Return a cell's value, whole numbers as int: programs differ in how they store them."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{float(value):.9g}"
    return str(value)
