"""Sections of an official document: paper, margins, grid, page numbers (GB/T 9704-2012, 5.2, 7.5).

The landscape page is the portrait one turned clockwise, and its page number stands where it stands
on the sheet as bound (clause 8): at the left edge, turned, odd pages below, even pages above.
"""

from typing import TYPE_CHECKING

from edu_sheet.summary.typeset.box import Box, Position, text_box
from edu_sheet.summary.typeset.styles import BODY_LINE, SMALL_CHARACTER
from edu_sheet.summary.typeset.wordml import (
    NAMESPACES,
    page_field,
    paragraph,
    tag,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section, _Footer, _Header

LONG, SHORT = 16838, 11906  # A4
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474  # 37, 35, 28, 26 mm: text area 156 × 225 mm
EDGE = 1420  # of the page number, from the paper's edge: 7 mm below the text area
# Of the header, and of the empty footer of a page that lies: nearer than the text area's edge by
# more than its line, which would push the text up.
_HEADER = 851
TEXT_WIDTH = SHORT - LEFT - RIGHT
_NUMBER_THICKNESS = 400  # of the turned number's box, one line of 四号
_NUMBER_LENGTH = 2400


def section_xml(*, landscape: bool, starts: str = "nextPage") -> str:
    """Return w:sectPr of a section that begins on a new page, or on the next even one."""
    if landscape:
        size = tag("pgSz", w=LONG, h=SHORT, orient="landscape")
        margins = {"top": LEFT, "right": TOP, "bottom": RIGHT, "left": BOTTOM}
    else:
        size = tag("pgSz", w=SHORT, h=LONG)
        margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT}
    return tag(
        "sectPr",
        tag("type", val=starts),
        size,
        tag("pgMar", **margins, header=_HEADER, footer=_HEADER if landscape else EDGE, gutter=0),
        tag("cols", space=425),
        tag("docGrid", type="lines", linePitch=BODY_LINE),
    )


def number_pages(
    document: "Document",
    style: str,
    *,
    keep_portrait: bool = False,
    last_unnumbered: bool = False,
) -> None:
    """Give every section its page numbers, on the proper edge of odd and of even pages.

    Portrait sections may keep a template's own headers and footers. A 版记 on an even page of
    its own, the last section, has none (7.5).
    """
    sections = list(document.sections)
    if last_unnumbered:
        last = sections.pop()
        _detach(last)
        for part in _headers_and_footers(last):
            _fill(part, paragraph(style))
    for section in sections:
        landscape = (section.page_width or 0) > (section.page_height or 0)
        if keep_portrait and not landscape:
            continue
        _detach(section)
        for odd in (True, False):
            header = section.header if odd else section.even_page_header
            footer = section.footer if odd else section.even_page_footer
            turned = _turned_number(style, odd=odd) if landscape else ""
            _fill(header, paragraph(style, turned))
            _fill(footer, paragraph(style) if landscape else _number(style, odd=odd))


def _detach(section: "Section") -> None:
    """Give the section headers and footers of its own: a new one inherits those before it."""
    for part in _headers_and_footers(section):
        part.is_linked_to_previous = False


def _headers_and_footers(section: "Section") -> "tuple[_Header | _Footer, ...]":
    return (
        section.header,
        section.footer,
        section.even_page_header,
        section.even_page_footer,
    )


def _fill(part: "_Header | _Footer", content: str) -> None:
    from docx.oxml.parser import parse_xml

    root = part.part.element
    for child in list(root):
        root.remove(child)
    root.append(parse_xml(content.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))


def _number(style: str, *, odd: bool) -> str:
    side, indent = ("right", "right") if odd else ("left", "left")
    properties = tag("ind", **{indent: SMALL_CHARACTER}) + tag("jc", val=side)
    return paragraph(style, page_field("— ", " —"), properties=properties)


def _turned_number(style: str, *, odd: bool) -> str:
    """Return the box of a landscape page's number; its text runs down the left edge."""
    end = LEFT if not odd else SHORT - RIGHT - _NUMBER_LENGTH
    box = Box(
        1 if odd else 2,
        f"页码（{'单' if odd else '双'}页）",
        "页码",
        (_NUMBER_THICKNESS, _NUMBER_LENGTH),
        Position("page", offset=EDGE),
        Position("page", offset=end),
        turned=True,
    )
    return text_box(box, _number(style, odd=odd))
