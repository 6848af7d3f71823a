"""版记: copies, printing office and date at the foot of the last page (GB/T 9704-2012, 7.4)."""

from datetime import date

from edu_sheet.kit.clock import chinese_date
from edu_sheet.summary.content.wording import width
from edu_sheet.summary.typeset import styles
from edu_sheet.summary.typeset.box import Box, Position, text_box
from edu_sheet.summary.typeset.page import BOTTOM, LONG, TEXT_WIDTH
from edu_sheet.summary.typeset.styles import SMALL_CHARACTER
from edu_sheet.summary.typeset.wordml import paragraph, run, tag

_INNER = TEXT_WIDTH - 2 * SMALL_CHARACTER
_LINE = _INNER // SMALL_CHARACTER  # characters of 四号
_BLANK_DATE = "　　年　月　日"  # narrower than under the text: it shares a line with the office
_SLACK = 60  # twentieths of a point: the rules, and the paragraph that ends the box


def colophon(copies_to: str, printed_by: str, dated: date | None, *, apart: bool) -> str:
    """Return the last paragraph, and on the text area's lower edge the 版记 that hangs on it.

    The paragraph is as tall as the 版记: where it has no room, both go to the next page. On a page
    of its own its place is told from the paper's edge: without a page number LibreOffice takes the
    text area to be taller.
    """
    day = chinese_date(dated) if dated else _BLANK_DATE
    rows = [_printed(printed_by, f"{day}印发")]
    if copies_to:
        rows.insert(0, _copies(copies_to.rstrip("。") + "。"))
    height = styles.COLOPHON.line * sum(lines for _, lines in rows) + _SLACK
    box = Box(
        10,
        "版记",
        "版记：抄送机关、印发机关和印发日期",
        (TEXT_WIDTH, height),
        Position("margin", align="left"),
        Position("page", offset=LONG - BOTTOM - height)
        if apart
        else Position("margin", align="bottom"),
    )
    ruled = _ruled([written for written, _ in rows])
    shown = text_box(box, ruled, paragraph(styles.END.id))
    exact = tag("spacing", before=0, after=0, line=height, lineRule="exact")
    return paragraph(styles.END.id, shown, properties=exact)


def _copies(copies: str) -> tuple[str, int]:
    """Return 抄送, further lines below its first word (7.4.2), and how many lines it takes."""
    indent = tag("ind", left=3 * SMALL_CHARACTER, hanging=3 * SMALL_CHARACTER)
    written = paragraph(styles.COLOPHON.id, run(f"抄送：{copies}"), properties=indent)
    return written, max(1, -int(-width(copies) // (_LINE - 3)))


def _printed(office: str, day: str) -> tuple[str, int]:
    """Return 印发机关 on the left with the date on the right (7.4.3), and its number of lines.

    The date goes to a line of its own where the two have no room side by side. A line that ends in
    a break would be stretched if it were justified, whatever a template's style says.
    """
    crowded = width(office) + width(day) > _LINE - 3
    written = paragraph(
        styles.COLOPHON.id,
        run(office),
        tag("r", tag("br") if crowded else "", tag("tab")),
        run(day),
        properties=tag("tabs", tag("tab", val="right", pos=_INNER)) + tag("jc", val="left"),
    )
    return written, 2 if crowded else 1


def _ruled(lines: list[str]) -> str:
    """Return the lines of a 版记 with its rules: thick, thin between, thick (7.4.1)."""
    rules = (("top", 8), ("bottom", 8), ("insideH", 6))
    borders = (tag(side, val="single", sz=size, space=0, color="000000") for side, size in rules)
    margins = (tag(side, w=SMALL_CHARACTER, type="dxa") for side in ("left", "right"))
    properties = tag(
        "tblPr",
        tag("tblW", w=TEXT_WIDTH, type="dxa"),
        tag("tblInd", w=0, type="dxa"),
        tag("tblBorders", *borders),
        tag("tblLayout", type="fixed"),
        tag("tblCellMar", *margins),
    )
    width_of_cell = tag("tcPr", tag("tcW", w=TEXT_WIDTH, type="dxa"))
    rows = (tag("tr", tag("tc", width_of_cell, line)) for line in lines)
    return tag("tbl", properties, tag("tblGrid", tag("gridCol", w=TEXT_WIDTH)), *rows)
