"""Rich text of cells: the shared strings and the strings inside a sheet."""

from dataclasses import dataclass, field
from typing import NamedTuple

from edu_sheet.reading.markup import Names
from edu_sheet.reading.values import cleaned, decoded, truth
from edu_sheet.reading.xlsx.colour import colour


class Rich(NamedTuple):
    """A text with what a cell needs to know of its runs."""

    text: str
    removed: str
    struck: bool  # some run is struck through
    plain: bool  # some run has no properties of its own: the cell's font decides
    inks: frozenset[str] = frozenset()  # the colours of its runs that have one of their own


EMPTY = Rich("", "", struck=False, plain=True)


@dataclass(slots=True)
class RichText:
    """Builds one text from the events inside an `si` or an `is`; phonetic runs are left out."""

    _parts: list[str] = field(default_factory=list)  # of each `t`, its escapes decoded
    _piece: list[str] = field(default_factory=list)  # of the `t` that is open
    _struck: bool = False
    _plain: bool = False
    _runs: bool = False
    _run_has_properties: bool = False
    _run_struck: bool = False
    _run_ink: str = ""
    _inks: set[str] = field(default_factory=set)
    _in_text: bool = False
    _skip: int = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Take the start of an element."""
        if name in ("rPh", "extLst"):
            self._skip += 1
        elif self._skip:
            return
        elif name == "t":
            self._in_text = True
        elif name == "r":
            self._run_has_properties = self._run_struck = False
            self._run_ink = ""
        elif name == "color" and self._run_has_properties:
            self._run_ink = colour(attrs)
        elif name == "rPr":
            self._run_has_properties = True
        elif name == "strike":
            self._run_struck = truth(attrs.get("val", "1"))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name in ("rPh", "extLst"):
            self._skip -= 1
        elif name == "t":
            self._in_text = False
            # One `t` at a time: an escape that two runs only seem to make together is none.
            self._parts.append(decoded("".join(self._piece)))
            self._piece = []
        elif name == "r" and not self._skip:
            self._runs = True
            self._struck = self._struck or self._run_struck
            self._plain = self._plain or not self._run_has_properties
            if self._run_ink and self._parts and self._parts[-1].strip():
                self._inks.add(self._run_ink)
            self._run_has_properties = self._run_struck = False

    def data(self, text: str) -> None:
        """Take text; what stands outside a `t` is layout of the XML."""
        if self._in_text and not self._skip:
            self._piece.append(text)

    def done(self) -> Rich:
        """Return the text and begin anew."""
        text, removed = cleaned("".join(self._parts))
        plain = self._plain or not self._runs
        rich = Rich(text, removed, self._struck, plain, frozenset(self._inks))
        self._parts, self._inks = [], set()
        self._struck = self._plain = self._runs = False
        return rich


@dataclass(slots=True)
class SharedStrings:
    """A target for the events of sharedStrings.xml."""

    strings: list[Rich] = field(default_factory=list)
    _text: RichText = field(default_factory=RichText)
    _local: Names = field(default_factory=Names)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take the start of an element."""
        self._text.start(self._local[tag], attrs)

    def end(self, tag: str) -> None:
        """Take the end of an element; an `si` ends a string."""
        name = self._local[tag]
        self._text.end(name)
        if name == "si":
            self.strings.append(self._text.done())

    def data(self, text: str) -> None:
        """Take text."""
        self._text.data(text)
