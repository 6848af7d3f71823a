"""A document's content as a Word file; the same content gives the same bytes."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from edu_sheet.kit.clock import chinese_date
from edu_sheet.summary.content.content import Attachment, Chart, Content, Kind, Mark, Paragraph
from edu_sheet.summary.content.wording import width
from edu_sheet.summary.typeset import styles
from edu_sheet.summary.typeset.base import empty_document
from edu_sheet.summary.typeset.chart import add_chart
from edu_sheet.summary.typeset.colophon import colophon
from edu_sheet.summary.typeset.package import undated
from edu_sheet.summary.typeset.page import number_pages, section_xml
from edu_sheet.summary.typeset.stretches import Stretches
from edu_sheet.summary.typeset.table import table
from edu_sheet.summary.typeset.template import (
    BACK,
    BODY,
    FRONT,
    VALUES,
    add_missing_styles,
    finishing,
    place,
    portrait_section,
)
from edu_sheet.summary.typeset.wordml import NAMESPACES, paragraph, run, tag
from edu_sheet.words.settings import ColophonPage, Fonts

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_STYLE_OF = {
    Kind.BODY: styles.BODY,
    Kind.HEADING1: styles.HEADING1,
    Kind.HEADING2: styles.HEADING2,
    Kind.HEADING3: styles.HEADING3,
    Kind.FIELD: styles.FIELD,
    Kind.SOURCE: styles.SOURCE,
}
_RED_HEAD_DROP = 1984  # 35 mm from the text area's top (7.2.4)
_RED_HEAD_WIDTH = 442.2  # pt; the mark is smaller than the text area is wide
_RED_HEAD_LINE = 1.2  # of its size, exact: a single line's height is each font's own
_RED_HEAD_INK = 0.18  # of its size: from such a line's top to the ink
_PAGE = 22 * 28  # characters
_COLOPHON = 3 * styles.COLOPHON.line  # about as high as 版记 is
_ROOM_OF_RULE = tag(
    "spacing",
    before=0,
    after=20 * (styles.RULE_SPACE + 1),
    line=styles.BODY_LINE,
    lineRule="exact",
)
_HINT = tag("rPr", tag("rFonts", hint="eastAsia"))


def render(
    content: Content, fonts: Fonts, made: datetime, template: "WordDocument | None" = None
) -> bytes:
    """Return the document as .docx bytes; `made` is written into the file's properties.

    A template is written into: its styles, page, headers and fixed text stay.
    """
    from docx import Document

    document = template or Document(io.BytesIO(empty_document(fonts)))
    used = add_missing_styles(document, fonts)
    finish = finishing(document, used)
    portrait = portrait_section(document)
    own_headers = "headerReference" in portrait or "footerReference" in portrait
    stretches = Stretches()
    parts = {
        FRONT: _elements(_front(content), finish),
        BODY: _elements(_body(document, content, fonts, made, stretches), finish),
        BACK: _elements(_back(content, portrait, stretches), finish),
    }
    place(document, parts, _values(content))
    if not own_headers:
        document.settings.odd_and_even_pages_header_footer = True
    number_pages(
        document,
        used[styles.PAGE_NUMBER.id],
        keep_portrait=own_headers,
        last_unnumbered=_colophon_starts(content) == "evenPage",
    )
    properties = document.core_properties
    properties.title, properties.author = content.name, content.issuer
    properties.last_modified_by, properties.revision = "edu-sheet", 1
    properties.created = properties.modified = made.replace(tzinfo=None)
    target = io.BytesIO()
    document.save(target)
    main = document.part.partname.membername
    return undated(target.getvalue(), main, lambda xml: stretches.put_in(xml, finish))


def _elements(written: Iterator[str], finish: Callable[[str], str]) -> list[Any]:
    from docx.oxml.parser import parse_xml

    return list(parse_xml(f"<w:body {NAMESPACES}>{finish(''.join(written))}</w:body>"))


def _values(content: Content) -> dict[str, str]:
    """Return the values of the marks in a template's fixed text."""
    said = (
        "".join(content.title),
        content.period,
        content.doc_number,
        content.addressee,
        content.issuer,
        chinese_date(content.dated),
    )
    return dict(zip(VALUES, said, strict=True))


# ---------------------------------------------------------------- 版头 and title


def _front(content: Content) -> Iterator[str]:
    if mark := content.red_head:
        yield _red_head(mark)
        yield from _blanks(2)
        number = run(content.doc_number)
        ruled = styles.RULED_NUMBER.id
        free = paragraph(styles.NUMBER.id, number, properties=_ROOM_OF_RULE)
        yield free if mark.on_paper else paragraph(ruled, number)
    yield from _blanks(2 if content.red_head else 0)  # below the red line (7.3.1)
    ink = tag("color", val=content.title_ink) if content.title_ink else ""
    coloured = tag("rPr", tag("rFonts", hint="eastAsia"), ink)
    titles = (run(line).replace(_HINT, coloured, 1) for line in content.title)
    lines = tag("r", tag("br")).join(titles)
    yield paragraph(styles.TITLE.id, lines)
    if content.doc_number and not content.red_head:
        yield paragraph(styles.NUMBER.id, run(content.doc_number))
    yield from _blanks(1)
    if content.addressee:
        yield paragraph(styles.ADDRESSEE.id, run(content.addressee.rstrip("：:") + "："))


def _red_head(mark: Mark) -> str:
    """Return the issuer's mark, as large as its length lets it be, its ink at the place.

    Where it stands on the paper already, its room is left free.
    """
    points = min(50, int(_RED_HEAD_WIDTH * 0.97 / max(1.0, width(mark.issuer))))
    size = tag("sz", val=points * 2) + tag("szCs", val=points * 2)
    properties = tag("rPr", tag("rFonts", hint="eastAsia"), size)
    before = round(_RED_HEAD_DROP - points * 20 * _RED_HEAD_INK)
    line = round(points * 20 * _RED_HEAD_LINE)
    drop = tag("spacing", before=before, after=0, line=line, lineRule="exact")
    printed = "" if mark.on_paper else run(mark.issuer).replace(_HINT, properties, 1)
    return paragraph(styles.RED_HEAD.id, printed, properties=drop)


def _blanks(count: int) -> Iterator[str]:
    for _ in range(count):
        yield paragraph(styles.BLANK.id)


# ---------------------------------------------------------------- 正文


def _body(
    document: "WordDocument", content: Content, fonts: Fonts, made: datetime, stretches: Stretches
) -> Iterator[str]:
    charts = 0
    said: list[Paragraph] = []
    for block in content.body:
        if isinstance(block, Chart):
            yield stretches.stand_in(_with_sources(said))
            said = []
            charts += 1
            shown = add_chart(document, block, charts, fonts.body, made)
            yield paragraph(styles.FIGURE.id, shown)
        else:
            said.append(block)
    # The last words go along with 附件说明 and the signature, so that these never stand alone on a
    # page; what fills a page cannot, and LibreOffice would begin it on a new one all the same.
    at = _begin_of_end(said)
    closing = (_said(one, tag("keepNext")) for one in said[at:])
    yield stretches.stand_in(chain(_with_sources(said[:at]), closing))


def _with_sources(said: list[Paragraph]) -> Iterator[str]:
    """Yield paragraphs, each that a source follows on the page of that source.

    Not a long one: LibreOffice would begin it on a new page, and leave most of one empty.
    """
    for one, following in zip_longest(said, said[1:]):
        sourced = following is not None and following.kind is Kind.SOURCE
        fits = sourced and width(one.text) < _PAGE / 3
        yield _said(one, tag("keepNext") if fits else "")


def _begin_of_end(said: list[Paragraph]) -> int:
    """Return from which paragraph on they go along: the last one, and what is to be filled in."""
    at = len(said)
    while at and width(said[at - 1].text) < _PAGE:
        at -= 1
        if said[at].kind is not Kind.FIELD:
            break
    return at


def _said(block: Paragraph, properties: str = "") -> str:
    speaker = run(block.speaker, style=styles.SPEAKER_ID) if block.speaker else ""
    return paragraph(_STYLE_OF[block.kind].id, speaker, run(block.text), properties=properties)


# ---------------------------------------------------------------- 附件说明, 署名, 附件, 版记


def _back(content: Content, portrait: str, stretches: Stretches) -> Iterator[str]:
    if content.attachments:
        yield from _blanks(1)
        yield from _attachment_notes(content.attachments)
    ends = [False, *(one.landscape for one in content.attachments)]
    closing = [section_xml(landscape=True) if landscape else portrait for landscape in ends]
    if starts := _colophon_starts(content):
        closing.append(section_xml(landscape=False, starts=starts))
    yield from _signed(content, closing[0] if len(closing) > 1 else "")
    if content.slip:
        yield paragraph(
            styles.ATTACHMENT_TITLE.id,
            run(content.slip.title),
            properties=tag("pageBreakBefore"),
        )
        yield from _table(content.slip, stretches)
    for number, attachment in enumerate(content.attachments, 1):
        last = number == len(content.attachments)
        foot = _COLOPHON if last and content.printed_by and not starts else 0
        yield from _attached(attachment, _mark(number, content.attachments), stretches, foot)
        if starts or number < len(content.attachments):
            yield paragraph(styles.END.id, properties=closing[number])
    if content.printed_by:
        day = content.printed or content.dated
        yield colophon(content.copies_to, content.printed_by, day, apart=bool(starts))
    elif content.attachments or content.slip:
        yield paragraph(styles.END.id)
    yield closing[-1]


def _colophon_starts(content: Content) -> str:
    """Return how the section of 版记 starts where it has a page of its own, "" where it has none.

    That is the even one, a blank one before it if need be (7.5), and any after a landscape table.
    """
    if not content.printed_by:
        return ""
    if content.colophon_page is ColophonPage.EVEN:
        return "evenPage"
    return "nextPage" if content.attachments and content.attachments[-1].landscape else ""


def _attachment_notes(attachments: tuple[Attachment, ...]) -> Iterator[str]:
    """Return 附件：1. … and the further ones below its number, further lines below the title."""
    if len(attachments) == 1:
        alone = run(f"附件：{attachments[0].title}")
        indent = tag("ind", **styles.hanging(5, 3))
        yield paragraph(styles.ATTACHMENT_NOTE.id, alone, properties=indent)
        return
    for number, attachment in enumerate(attachments, 1):
        text = f"{number}. {attachment.title}"
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
    yield from _blanks(1 if content.spare else 2)
    yield paragraph(
        styles.SIGNATURE.id,
        run(content.issuer),
        properties=tag("ind", **styles.right(name_right)),
    )
    yield paragraph(
        styles.DATE.id, run(day), properties=tag("ind", **styles.right(day_right)) + section
    )


def _mark(number: int, attachments: Sequence[Attachment]) -> str:
    return "附件" if len(attachments) == 1 else f"附件{number}"


def _attached(attachment: Attachment, mark: str, stretches: Stretches, foot: int) -> Iterator[str]:
    yield paragraph(styles.ATTACHMENT_MARK.id, run(mark))
    yield paragraph(styles.BLANK.id)
    yield paragraph(styles.ATTACHMENT_TITLE.id, run(attachment.title))
    yield from _table(attachment, stretches, foot)


def _table(attachment: Attachment, stretches: Stretches, foot: int = 0) -> Iterator[str]:
    if attachment.explained:
        explained = run(attachment.explained)
        yield paragraph(styles.TABLE_TEXT.id, explained, properties=tag("keepNext"))
    if attachment.rows:
        yield stretches.stand_in(table(attachment, foot))
    if attachment.note:
        line = styles.TABLE_LINE
        apart = tag("spacing", before=line // 2, after=0, line=line, lineRule="exact")
        yield paragraph(styles.TABLE_TEXT.id, run(attachment.note), properties=apart)
