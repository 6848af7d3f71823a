"""Long stretches of a document, which go into its file as text and are never held as a tree.

A processing instruction stands in for each while python-docx works on the rest: a tree takes many
times the memory of its text, and lxml moves a table from one document to another in time that
grows with the square of its rows.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

_STAND_IN = re.compile(rb"<\?edu-sheet-stretch (\d+)\?>")
_AT_ONCE = 200  # pieces: enough to compress at full speed, little to hold


class Stretches:
    """The stretches of one document, in the order of their stand-ins."""

    def __init__(self) -> None:
        self._written: list[Iterable[str]] = []

    def stand_in(self, written: Iterable[str]) -> str:
        """Keep XML for later, and return what stands in its place until then."""
        self._written.append(written)
        return f"<?edu-sheet-stretch {len(self._written) - 1}?>"

    def put_in(self, xml: bytes, finish: Callable[[str], str]) -> Iterator[bytes]:
        """Yield the XML with every stretch in its place, piece by piece.

        `finish` has the last word about each piece; no tag is cut.
        """
        rest, *pairs = _STAND_IN.split(xml)
        yield rest
        for number, after in zip(pairs[::2], pairs[1::2], strict=True):
            pieces = iter(self._written[int(number)])
            while some := "".join(islice(pieces, _AT_ONCE)):
                yield finish(some).encode()
            yield after
