"""XML and HTML changed by their structure: values, tags, elements, and what no program writes."""

import random
import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from tests.support.fuzz import octets

_SPOT = re.compile(rb'(?<==)"[^"<]*"|>[^<>]+<|<[^<>]*>')
_ELEMENT = re.compile(
    rb"<(c|row|si|sheet|mergeCell|comment|col|xf|Override|Relationship|property|definedName"
    rb"|w:tr|w:tc|w:p|w:r|w:tbl|w:num|table:table-row|table:table-cell|text:p|style:style|tr|td|Row"
    rb"|Cell)(?: [^<>]*)?(?:/>|(?<!/)>.*?</\1>)",
    re.DOTALL,
)
_VALUES = (
    b"", b"0", b"1", b"-1", b"2", b"7", b"99999999999", b"4294967296", b"abc", "甲".encode(),
    b"1e999", b"NaN", b"-0", b"1.5", b"../../x", b"/x", b"http://xian.test/x", b"A0", b"A1", b"D5",
    b"D6", b"XFD1048576", b"XFD1048577", b"a1", b"A1:XFD1048576", b"D5:A1", b"&#11;", b"&#xD800;",
    b"&#x10FFFF;", b"&amp;", b"&lt;", b"&bomb;", b"\x01", b"_xD800_", b"_x000D_", b"_x005F_x000D_",
    b"true", b"false", b"hidden", b"veryHidden", b"s", b"str", b"inlineStr", b"e", b"b", b"d", b"n",
    b"2022-13-45", b"1900-01-00", b"PT99999999H", b"#REF!", b"=1+1", b"0.85", b"44927", b" ",
    b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff", b"yyyy", b"[$-804]e", b"@", b"0%",
)  # fmt: skip
_PIECES = (
    b"<!DOCTYPE a>", b'<!DOCTYPE a [<!ENTITY bomb "x">]>', b"<![CDATA[<c>]]>", b"<!-- - -->",
    b"<?x y?>", b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="D5:D9"/>', b"<a/>", b"<a>",
    b"</a>", b'<f t="shared" si="0" ref="D5:D9">A1</f>', b'<c r="D5" t="inlineStr"><is><t>x</t></is></c>',
    b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', b'<row r="5" hidden="1"/>', b"<v>1</v>",
    b'<col min="1" max="16384" hidden="1"/>', b"<t>x</t>", b"<rPh><t>x</t></rPh>", b"<w:br/>",
    b"<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", b"<w:tab/>", b'<w:gridSpan w:val="999"/>',
    b'<w:vMerge w:val="continue"/>', b'<table:covered-table-cell table:number-columns-repeated="99"/>',
    b'<table:table-row table:number-rows-repeated="1048576"/>', b"<text:s text:c='9999'/>",
    b"<mc:AlternateContent><mc:Fallback><c/></mc:Fallback></mc:AlternateContent>",
    b"<script>", b"<!--", b"<table>", b"</table>", b'<td colspan="9999">', b"\0", b"\xff\xfe",
)  # fmt: skip
_MOST = 300  # elements of a part that are moved as a whole


class _Known(NamedTuple):
    spots: tuple[tuple[int, int], ...]
    elements: tuple[tuple[int, int], ...]


@lru_cache(256)
def _known(part: bytes) -> _Known:
    return _Known(
        tuple(one.span() for one in _SPOT.finditer(part)),
        tuple(one.span() for one in _ELEMENT.finditer(part))[:_MOST],
    )


def changed(part: bytes, chance: random.Random) -> bytes:
    """Return markup changed in one to five places; its base is looked through once."""
    way = chance.random()
    if way < 0.03:
        return _coded(part, chance)
    if way < 0.1:
        return octets.changed(part, chance)
    known = _known(part)
    if not known.spots:
        return octets.changed(part, chance)
    edits: list[tuple[int, int, bytes]] = []
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        edits += _edits(part, known, chance)
    edits.sort(key=lambda one: one[0])
    made, end = list[bytes](), 0
    for start, stop, new in edits:
        if start >= end:
            made += (part[end:start], new)
            end = stop
    return b"".join((*made, part[end:]))


def _edits(part: bytes, known: _Known, chance: random.Random) -> list[tuple[int, int, bytes]]:
    way = chance.random()
    if known.elements and way < 0.3:
        return _of_elements(part, known, chance)
    start, stop = chance.choice(known.spots)
    if way < 0.4:
        piece = chance.choice(_PIECES)
        return [(start, start, piece * chance.choice((1, 1, 1, 2, 60, 400)))]
    old = part[start:stop]
    if old[:1] == b'"':
        return [(start, stop, b'"' + _value(old[1:-1], part, known, chance) + b'"')]
    if old[:1] == b">":
        return [(start, stop, b">" + _value(old[1:-1], part, known, chance) + b"<")]
    other = chance.choice(known.spots)
    new = chance.choice(
        (b"", old + old, part[slice(*other)], old.replace(b"/", b""), old[:-1] + b"/>")
    )
    return [(start, stop, new)]


def _of_elements(part: bytes, known: _Known, chance: random.Random) -> list[tuple[int, int, bytes]]:
    start, stop = chance.choice(known.elements)
    other, end = chance.choice(known.elements)
    element, way = part[start:stop], chance.random()
    if way < 0.3:
        return [(start, stop, b"")]
    if way < 0.55:
        return [(start, stop, element * chance.choice((2, 2, 3, 50)))]
    if way < 0.75:
        return [(start, stop, part[other:end]), (other, end, element)]
    if way < 0.9:
        return [(other, other, element)]
    inside = element.find(b">") + 1
    return [(start, stop, element[:inside] + element + element[inside:])]


def _value(old: bytes, part: bytes, known: _Known, chance: random.Random) -> bytes:
    way = chance.random()
    if way < 0.45:
        return chance.choice(_VALUES)
    if way < 0.6 and old.strip().lstrip(b"-").isdigit() and len(old) < 18:
        near = int(old) + chance.choice((-1, 1, 1, 2, -2, 1000))
        return str(chance.choice((near, int(old) * chance.choice((10, 65536)), 2**31))).encode()
    if way < 0.8:
        start, stop = _same_sort(known, part, old, chance)
        return part[start + 1 : stop - 1] if part[start : start + 1] != b"<" else old
    if way < 0.9:
        return old * chance.choice((2, 3, 40, 500))
    at = chance.randrange(len(old) + 1)
    return old[:at] + chance.choice(_VALUES) + old[at + chance.choice((0, 0, 1)) :]


def _same_sort(known: _Known, part: bytes, old: bytes, chance: random.Random) -> tuple[int, int]:
    """Return another spot, by preference one of the same length as another value of its sort has."""
    first = chance.choice(known.spots)
    place = bisect_left(known.spots, first)
    near = known.spots[place : place + 12]
    return next((one for one in near if one[1] - one[0] == len(old) + 2), first)


def _coded(part: bytes, chance: random.Random) -> bytes:
    """Return the same text in another code, or one that says that it is."""
    text = part.decode("utf-8", "replace")
    code = chance.choice(("utf-16", "utf-16-be", "utf-8-sig", "gb18030", "utf-32"))
    if chance.random() < 0.5:
        text = text.replace('encoding="UTF-8"', f'encoding="{chance.choice((code, "x", "utf-7"))}"')
    return text.encode(code, "replace")
