"""What a document says, before any layout: the nouns that every document here is made of. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from edu_sheet.words.settings import ColophonPage


class Kind(StrEnum):
    """What a paragraph of the body is; each has a style of its own."""

    BODY = "body"
    HEADING1 = "heading1"  # 一、
    HEADING2 = "heading2"  # （一）
    HEADING3 = "heading3"  # 1.
    FIELD = "field"  # a place to fill in by hand
    SOURCE = "source"  # where the text above came from


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `speaker` stands before the text and names whose words follow."""

    kind: Kind
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars: a category a line, a series a colour; counts only."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class AttachmentColumn:
    """One column of an attachment; width in twentieths of a point."""

    header: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: a table on pages of its own. A cell's line breaks are paragraphs.

    What explains the table stands above it, so that it is never alone on a page.
    """

    title: str
    columns: tuple[AttachmentColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    landscape: bool = False
    explained: str = ""  # above the table
    note: str = ""  # below it


@dataclass(frozen=True, slots=True)
class Mark:
    """发文机关标志, printed in red, or on the paper already: its room is left free."""

    issuer: str
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A whole document. What is "" or empty is not printed."""

    name: str  # for the file's properties
    period: str
    title: tuple[str, ...]  # its lines
    body: tuple[Paragraph | Chart, ...]
    issuer: str = ""  # 署名
    dated: date | None = None  # not known: blanks to fill in by hand
    red_head: Mark | None = None
    doc_number: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    slip: Attachment | None = None  # a page to be filled in and sent back; no 附件
    copies_to: str = ""  # 抄送
    printed_by: str = ""  # 印发机关; "" is no 版记
    printed: date | None = None  # 印发日期; None: as dated
    colophon_page: ColophonPage = ColophonPage.LAST
    title_ink: str = ""  # its colour, as RRGGBB; "" is black
    spare: bool = False  # few blank lines: what should stay on one page
