"""A document's content as a Word file; the same content gives the same bytes."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from edu_sheet.clock import chinese_date
from edu_sheet.model import Fonts
from edu_sheet.summary import styles
from edu_sheet.summary.base import empty_document
from edu_sheet.summary.chart import add_chart
from edu_sheet.summary.content import Attachment, Chart, Content, Kind, Paragraph
from edu_sheet.summary.page import TEXT_WIDTH, number_pages, section_xml
from edu_sheet.summary.styles import SMALL_CHARACTER, Style
from edu_sheet.summary.wordml import (
    NAMESPACES,
    paragraph,
    position,
    run,
    tag,
    text_box,
)
from edu_sheet.summary.wording import width

if TYPE_CHECKING:
    from docx.document import Document

_STYLE_OF = {
    Kind.BODY: styles.BODY,
    Kind.HEADING1: styles.HEADING1,
    Kind.HEADING2: styles.HEADING2,
    Kind.HEADING3: styles.HEADING3,
    Kind.FIELD: styles.FIELD,
}
_RED_HEAD_DROP = 1984  # 35 mm from the text area's top (7.2.4)
_RED_HEAD_WIDTH = 442.2  # pt; the mark is smaller than the text area is wide
_SHORT_ROW = 300  # characters: a row of fewer stays on one page, a longer one may be split
_COLOPHON_SLACK = 60  # the rules of the 版记, and the paragraph that ends its box
_HINT = tag("rPr", tag("rFonts", hint="eastAsia"))


def render(content: Content, fonts: Fonts, made: datetime) -> bytes:
    """Return the document as .docx bytes; `made` is written into the file's properties."""
    from docx import Document as open_document

    document = open_document(io.BytesIO(empty_document(fonts)))
    _write_body(document, content, fonts, made)
    number_pages(document, styles.PAGE_NUMBER.id)
    properties = document.core_properties
    properties.title, properties.author = content.name, content.issuer
    properties.last_modified_by = "edu-sheet"
    properties.created = properties.modified = made.replace(tzinfo=None)
    target = io.BytesIO()
    document.save(target)
    return _normalised(target.getvalue())


def _normalised(data: bytes) -> bytes:
    """Return the package with one date on every part, so that equal content is equal bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _write_body(document: "Document", content: Content, fonts: Fonts, made: datetime) -> None:
    from docx.oxml.parser import parse_xml

    written = "".join((*_front(content), *_body(document, content, fonts, made), *_back(content)))
    body = parse_xml(f"<w:body {NAMESPACES}>{written}</w:body>")
    document.element.replace(document.element.body, body)


# ---------------------------------------------------------------- 版头 and title


def _front(content: Content) -> Iterator[str]:
    if content.red_head:
        yield _red_head(content.red_head)
        yield from _blanks(2)
        yield paragraph(styles.RULED_NUMBER.id, run(content.doc_number))
    yield from _blanks(2)
    lines = tag("r", tag("br")).join(run(line) for line in content.title)
    yield paragraph(styles.TITLE.id, lines)
    if content.doc_number and not content.red_head:
        yield paragraph(styles.NUMBER.id, run(content.doc_number))
    yield from _blanks(1)
    if content.addressee:
        yield paragraph(styles.ADDRESSEE.id, run(content.addressee.rstrip("：:") + "："))


def _red_head(mark: str) -> str:
    """Return the issuer's mark, as large as its length lets it be."""
    points = min(50, int(_RED_HEAD_WIDTH * 0.97 / max(1.0, width(mark))))
    size = tag("sz", val=points * 2) + tag("szCs", val=points * 2)
    properties = tag("rPr", tag("rFonts", hint="eastAsia"), size)
    drop = tag("spacing", before=_RED_HEAD_DROP, after=0, line=240, lineRule="auto")
    return paragraph(styles.RED_HEAD.id, run(mark).replace(_HINT, properties, 1), properties=drop)


def _blanks(count: int) -> Iterator[str]:
    for _ in range(count):
        yield paragraph(styles.BLANK.id)


# ---------------------------------------------------------------- 正文


def _body(document: "Document", content: Content, fonts: Fonts, made: datetime) -> Iterator[str]:
    charts = 0
    last = len(content.body) - 1
    for number, block in enumerate(content.body):
        if isinstance(block, Chart):
            charts += 1
            shown = add_chart(document, block, charts, fonts.body, made)
            yield paragraph(styles.FIGURE.id, shown)
        else:
            # The last words go along with the signature, so that it never stands alone on a page.
            keep = tag("keepNext") if number == last and content.issuer else ""
            yield _said(block, keep)


def _said(block: Paragraph, properties: str = "") -> str:
    speaker = run(block.speaker, style=styles.SPEAKER_ID) if block.speaker else ""
    return paragraph(_STYLE_OF[block.kind].id, speaker, run(block.text), properties=properties)


# ---------------------------------------------------------------- 附件说明, 署名, 附件, 版记


def _back(content: Content) -> Iterator[str]:
    if content.attachments:
        yield from _blanks(1)
        yield from _attachment_notes(content.attachments)
    ends = [False, *(one.landscape for one in content.attachments)]
    closing = [section_xml(landscape=landscape) for landscape in ends]
    yield from _signed(content, closing[0] if content.attachments else "")
    for number, attachment in enumerate(content.attachments, 1):
        yield from _attached(number, attachment, alone=len(content.attachments) == 1)
        if number < len(content.attachments):
            yield paragraph(styles.END.id, properties=closing[number])
    if content.printed_by:
        yield _colophon(content)
    elif content.attachments:
        yield paragraph(styles.END.id)
    yield closing[-1]


def _attachment_notes(attachments: tuple[Attachment, ...]) -> Iterator[str]:
    """Return 附件：1.… and the further ones below its number."""
    if len(attachments) == 1:
        yield paragraph(styles.ATTACHMENT_NOTE.id, run(f"附件：{attachments[0].title}"))
        return
    for number, attachment in enumerate(attachments, 1):
        text = f"{number}.{attachment.title}"
        if number == 1:
            yield paragraph(styles.ATTACHMENT_NOTE.id, run(f"附件：{text}"))
        else:
            yield paragraph(
                styles.ATTACHMENT_NOTE.id, run(text), properties=tag("ind", **styles.hanging(6, 1))
            )


def _signed(content: Content, section: str) -> Iterator[str]:
    """Return 署名 centred over 成文日期, the date four characters from the right (7.3.5).

    An issuer much wider than the date keeps two characters free, and the date moves in below it.
    """
    day = chinese_date(content.dated)
    lead = (width(content.issuer) - width(day)) / 2
    name_right = max(2.0, 4 - lead)
    day_right = name_right + lead
    yield from _blanks(2)
    yield paragraph(
        styles.SIGNATURE.id,
        run(content.issuer),
        properties=tag("ind", **styles.right(name_right)),
    )
    yield paragraph(
        styles.DATE.id, run(day), properties=tag("ind", **styles.right(day_right)) + section
    )


def _attached(number: int, attachment: Attachment, *, alone: bool) -> Iterator[str]:
    yield paragraph(styles.ATTACHMENT_MARK.id, run("附件" if alone else f"附件{number}"))
    yield paragraph(styles.ATTACHMENT_TITLE.id, run(attachment.title))
    yield paragraph(styles.BLANK.id)
    if attachment.rows:
        yield _table(attachment)
    if attachment.note:
        yield paragraph(styles.TABLE_TEXT.id, run(attachment.note))


def _table(attachment: Attachment) -> str:
    columns = attachment.columns
    properties = tag(
        "tblPr",
        tag("tblStyle", val=styles.TABLE_ID),
        tag("tblW", w=sum(column.width for column in columns), type="dxa"),
        tag("tblLayout", type="fixed"),
        tag(
            "tblLook",
            val="0020",
            firstRow=1,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
    )
    grid = tag("tblGrid", *(tag("gridCol", w=column.width) for column in columns))
    head = tag(
        "tr",
        tag("trPr", tag("cantSplit"), tag("tblHeader")),
        *(_cell(column.header, column.width, styles.TABLE_HEAD) for column in columns),
    )
    return tag("tbl", properties, grid, head, *(_row(attachment, row) for row in attachment.rows))


def _row(attachment: Attachment, row: tuple[str, ...]) -> str:
    short = max(map(len, row)) < _SHORT_ROW
    return tag(
        "tr",
        tag("trPr", tag("cantSplit")) if short else "",
        *(
            _cell(text, column.width, styles.TABLE_CENTRE if column.centred else styles.TABLE_TEXT)
            for text, column in zip(row, attachment.columns, strict=True)
        ),
    )


def _cell(text: str, cell_width: int, style: Style) -> str:
    centred = style is not styles.TABLE_TEXT
    properties = tag(
        "tcPr",
        tag("tcW", w=cell_width, type="dxa"),
        tag("vAlign", val="center") if centred else "",
    )
    lines = text.split("\n")
    return tag("tc", properties, *(paragraph(style.id, run(line)) for line in lines))


def _colophon(content: Content) -> str:
    """Return the last paragraph, and on the text area's lower edge the 版记 that hangs on it.

    The paragraph is as tall as the 版记: where it has no room, both go to the next page.
    """
    lines = []
    if content.copies_to:
        copies = content.copies_to.rstrip("。") + "。"
        indent = tag("ind", left=3 * SMALL_CHARACTER, hanging=3 * SMALL_CHARACTER)
        lines.append(paragraph(styles.COLOPHON.id, run(f"抄送：{copies}"), properties=indent))
    inner = TEXT_WIDTH - 2 * SMALL_CHARACTER
    tabs = tag("tabs", tag("tab", val="right", pos=inner))
    printed = f"{chinese_date(content.dated)}印发"
    lines.append(
        paragraph(
            styles.COLOPHON.id,
            run(content.printed_by),
            tag("r", tag("tab")),
            run(printed),
            properties=tabs,
        )
    )
    height = styles.COLOPHON.line * (_copies_lines(content.copies_to) + 1) + _COLOPHON_SLACK
    box = text_box(
        10,
        "版记",
        _ruled(lines),
        paragraph(styles.END.id),
        size=(TEXT_WIDTH, height),
        horizontal=position("H", "margin", align="left"),
        vertical=position("V", "margin", align="bottom"),
    )
    exact = tag("spacing", before=0, after=0, line=height, lineRule="exact")
    return paragraph(styles.END.id, box, properties=exact)


def _copies_lines(copies: str) -> int:
    """Return how many lines 抄送 takes: 29 characters of 四号, 3 of them its indent."""
    return -int(-(width(copies) + 1) // 26) if copies else 0


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
