"""Word's automatic numbers: what a paragraph is numbered with, which its text does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edu_sheet.words.numerals import ordinal

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_STYLES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
_CHINESE = ("chinese", "ideographDigital", "japaneseCounting", "taiwaneseCounting", "japaneseLegal")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str  # %1.%2
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document, in order."""

    levels: Mapping[str, Mapping[int, _Level]]  # by numId, then the level
    lists: Mapping[str, str]  # numId → the list that it counts in
    styles: Mapping[str, tuple[str, int]]  # of paragraphs: numId and level
    counts: dict[str, list[int]] = field(default_factory=dict)

    def number(self, paragraph: "_Element") -> str:
        """Return the number of the next paragraph in order, "" where it has none or only a dot."""
        found = self._own(paragraph)
        if found is None:
            return ""
        own, level = found
        levels = self.levels.get(own)
        if levels is None:  # a list that is not described: it counts from 1
            levels = {level: _Level("decimal", f"%{level + 1}.", 1)}
        if level not in levels:
            return ""
        counts = self.counts.setdefault(self.lists.get(own, own), [-1] * _LEVELS)
        counts[level] = levels[level].start if counts[level] < 0 else counts[level] + 1
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = -1
        return self._shown(levels, level, counts)

    def _own(self, paragraph: "_Element") -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{_W}pStyle")
        of_style = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        numbered = properties.find(f"{_W}numPr")
        if numbered is None:
            return of_style
        own, level = numbered.find(f"{_W}numId"), numbered.find(f"{_W}ilvl")
        which = own.get(f"{_W}val", "") if own is not None else (of_style or ("", 0))[0]
        if not which or which == "0":
            return None
        deep = _whole(level, (of_style or ("", 0))[1] if level is None else 0)
        return which, min(deep, _LEVELS - 1)

    def _shown(self, levels: Mapping[int, _Level], level: int, counts: list[int]) -> str:
        own = levels[level]
        if own.format in ("bullet", "none"):
            return ""
        text = own.text
        for place in range(level + 1):
            held = levels.get(place, own)
            value = counts[place] if counts[place] >= 0 else held.start
            text = text.replace(f"%{place + 1}", _in_format(value, held.format))
        return text.strip()


def numbering_of(document: "Document") -> Numbering:
    """Return what counts the paragraphs of an open document."""
    root, styles = _part(document, _NUMBERING), _part(document, _STYLES)
    abstract: dict[str, dict[int, _Level]] = {}
    levels: dict[str, dict[int, _Level]] = {}
    lists: dict[str, str] = {}
    if root is not None:
        for one in root.iter(f"{_W}abstractNum"):
            abstract[one.get(f"{_W}abstractNumId", "")] = _levels(one)
        for one in root.iter(f"{_W}num"):
            own = one.get(f"{_W}numId", "")
            link = one.find(f"{_W}abstractNumId")
            of = link.get(f"{_W}val", "") if link is not None else ""
            levels[own] = abstract.get(of, {})
            started = one.find(f"{_W}lvlOverride/{_W}startOverride") is not None
            lists[own] = f"num {own}" if started else f"abstract {of}"
    return Numbering(levels, lists, _styles(styles) if styles is not None else {})


def _part(document: "Document", kind: str) -> "_Element | None":
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            part = relation.target_part
            found = getattr(part, "element", None)
            try:
                return found if found is not None else etree.fromstring(part.blob)
            except etree.XMLSyntaxError:
                return None
    return None


def _levels(abstract: "_Element") -> dict[int, _Level]:
    found = {}
    for one in abstract.iter(f"{_W}lvl"):
        form, text, start = (one.find(f"{_W}{name}") for name in ("numFmt", "lvlText", "start"))
        found[_whole_text(one.get(f"{_W}ilvl", "0"), 0)] = _Level(
            form.get(f"{_W}val", "decimal") if form is not None else "decimal",
            text.get(f"{_W}val", "") if text is not None else "",
            _whole(start, 1),
        )
    return found


def _styles(root: "_Element") -> dict[str, tuple[str, int]]:
    """Return which paragraph styles are numbered, those based on one too."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        base = style.find(f"{_W}basedOn")
        if base is not None:
            bases[name] = base.get(f"{_W}val", "")
        numbered = style.find(f"{_W}pPr/{_W}numPr")
        which = numbered.find(f"{_W}numId") if numbered is not None else None
        if numbered is not None and which is not None:
            own[name] = (which.get(f"{_W}val", ""), _whole(numbered.find(f"{_W}ilvl"), 0))
    for name in bases:
        at, seen = name, set[str]()
        while at and at not in own and at not in seen:
            seen.add(at)
            at = bases.get(at, "")
        if at in own and own[at][0] not in ("", "0"):
            own.setdefault(name, own[at])
    return own


def _whole(element: "_Element | None", default: int) -> int:
    return _whole_text(element.get(f"{_W}val", ""), default) if element is not None else default


def _whole_text(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else default


def _in_format(value: int, form: str) -> str:  # noqa: PLR0911 - a format a case
    if form.startswith(_CHINESE):
        return ordinal(value)
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((97 if form == "lowerLetter" else 65) + value - 1)
    if form == "ideographTraditional" and 1 <= value <= len(_STEMS):
        return _STEMS[value - 1]
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    return str(value)


def _roman(value: int) -> str:
    said = ""
    for number, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= number:
            said, value = said + sign, value - number
    return said
