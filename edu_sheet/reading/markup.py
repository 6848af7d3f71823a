"""XML as others wrote it: no DTD ever, characters that XML forbids kept as escapes.

defusedxml refuses a DOCTYPE before anything in it is read (the sheet of a form: 0.34 ms, 0.24 ms
without it). Without a DTD there are no entities but the five of XML, and nothing outside can be
named.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import Protocol

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from edu_sheet.reading import limits
from edu_sheet.reading.refusal import damaged, hostile, too_large

Element = ET.Element

_FORBIDDEN_BYTES = bytes({*range(32)} - {9, 10, 13})
_SUSPECT = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xed", b"&#")
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
    rb"|&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));"
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # UTF-16: left to the parser as it is
BLANK_CELLS = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: ?/>|></c>)')


class Target(Protocol):
    """The receiver of a part's events."""

    def start(self, tag: str, attrs: dict[str, str], /) -> None: ...  # noqa: D102
    def end(self, tag: str, /) -> None: ...  # noqa: D102
    def data(self, text: str, /) -> None: ...  # noqa: D102


class _Tree(ET.TreeBuilder):
    """Builds a tree of bounded depth, so that code which walks it may recurse."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > limits.DEPTH:
            raise hostile("xml_depth", most=limits.DEPTH)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


class Budget:
    """How much of a file's XML may still be read: bytes and tags.

    A part that is read twice counts twice.
    """

    def __init__(self, size: int, tags: int) -> None:
        self._size = size
        self._tags = tags

    def take(self, piece: bytes) -> None:
        """Count a piece. Refusal if it is too much."""
        self._size -= len(piece)
        self._tags -= piece.count(b"<")
        if self._size < 0 or self._tags < 0:
            raise too_large("xml_over")


def events(chunks: Iterable[bytes], target: Target, budget: Budget) -> None:
    """Send a part's events to a target. Refusal if it is no well-formed XML or too much of it."""
    guarded = XMLParser(target=target, forbid_dtd=True)
    # Straight to the target: between expat and it the standard library renames every tag and
    # attribute in Python, which takes as long as all that the target does with them.
    expat = guarded.parser
    expat.ordered_attributes = False
    expat.StartElementHandler, expat.EndElementHandler = target.start, target.end
    _feed(chunks, guarded, budget)


def tree(chunks: Iterable[bytes], budget: Budget) -> Element:
    """Return the root of a part. Refusal as in `events`."""
    root: Element = _feed(chunks, XMLParser(target=_Tree(), forbid_dtd=True), budget)
    return root


def _feed(chunks: Iterable[bytes], parser: XMLParser, budget: Budget) -> Element:
    try:
        for piece in _pieces(chunks):
            budget.take(piece)
            parser.feed(piece)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise hostile("doctype") from error
    except ET.ParseError as error:
        raise damaged("xml_broken") from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise damaged("xml_encoding") from error
    return root


class FilledCells:
    """A sheet's chunks without the cells that have a place and a format and nothing else.

    A million formatted rows are then read in a second. Nothing is left out where a comment or
    a CDATA section might hold what only looks like a cell.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.shortened = False  # then a cell or row that does not name its place has lost it

    def __iter__(self) -> Iterator[bytes]:
        for piece in _split(self._chunks):
            filled = piece if b"<!" in piece else BLANK_CELLS.sub(b"", piece)
            self.shortened = self.shortened or len(filled) < len(piece)
            yield filled


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    wide = None
    for piece in _split(chunks):
        if wide is None:
            wide = piece[:2] in _WIDE
        yield piece if wide else _escaped(piece)


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks, cut after a tag's end so that no character or tag is torn."""
    carry = b""
    for chunk in chunks:
        whole = carry + chunk
        cut = whole.rfind(b">") + 1
        carry = whole[cut:]
        if len(carry) > limits.TOKEN_BYTES:
            raise too_large("text_over_4_mb")
        if cut:
            yield whole[:cut]
    if carry:
        yield carry


def _escaped(piece: bytes) -> bytes:
    """Return a piece with the characters that XML forbids written as OOXML does: `_x000B_`."""
    clean = len(piece.translate(None, _FORBIDDEN_BYTES)) == len(piece)
    if clean and not any(mark in piece for mark in _SUSPECT):
        return piece
    return _FORBIDDEN.sub(_escape, piece)


def _escape(match: re.Match[bytes]) -> bytes:
    found, hexadecimal, decimal = match.group(), match[1], match[2]
    if hexadecimal or decimal:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        allowed = code in (9, 10, 13) or code >= 32
        if allowed and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF):
            return found
    else:
        code = ord(found.decode("utf-8", "surrogatepass"))
    return b"_x%04X_" % code


class Names(dict[str, str]):
    """Tags and attributes without their namespace: Strict and Transitional differ in it alone."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition("}")[2]
        return name


def local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, "" where there is none."""
    plain = element.get(name)
    if plain is not None:
        return plain
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants of these local names, in their order, and none inside another.

    What the same text is read in as often as somebody nested its element would know no end.
    """
    if local(element.tag) in names:
        yield element
        return
    waiting = [iter(element)]
    while waiting:
        for item in waiting[-1]:
            if local(item.tag) in names:
                yield item
            else:
                waiting.append(iter(item))
                break
        else:
            waiting.pop()


def content(element: Element) -> str:
    """Return the text of an element and all below it."""
    return "".join(element.itertext())
