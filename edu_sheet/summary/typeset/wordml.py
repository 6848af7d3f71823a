"""WordprocessingML written as text: `tag("spacing", line=579)` is <w:spacing w:line="579"/>."""

from functools import lru_cache
from html import escape  # what xml.sax has would load all that opens addresses, ssl too

from edu_sheet.words.text import writable

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
TWIP = 635  # EMU in a twentieth of a point
_IN_QUOTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escaped(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(text, quote=False)


def quoted(text: str) -> str:
    """Return a text as an attribute's value, in its quotes."""
    return f'"{escaped(text).translate(_IN_QUOTES)}"'


def tag(name: str, /, *children: str, **attributes: object) -> str:
    """Return an element of the w: namespace; attributes are of that namespace too."""
    opening = f"w:{name}" + "".join(
        f" w:{key}={quoted(str(value))}" for key, value in attributes.items()
    )
    inside = "".join(children)
    return f"<{opening}>{inside}</w:{name}>" if inside else f"<{opening}/>"


def run(text: str, *, style: str = "") -> str:
    """Return a run of text, without what no Word document can hold.

    The hint gives “ ” ‘ ’ × … — ①, which belong to both scripts, the Chinese font.
    """
    text = writable(text)
    written = f">{escaped(text)}</w:t>" if text else "/>"
    return f"{_run_start(style, latin=text.isascii())}{written}</w:r>"


@lru_cache(maxsize=32)
def _run_start(style: str, *, latin: bool) -> str:
    properties = tag("rStyle", val=style) if style else ""
    if not latin:
        properties += tag("rFonts", hint="eastAsia")
    return f'<w:r>{tag("rPr", properties) if properties else ""}<w:t xml:space="preserve"'


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """Return a paragraph; `properties` are children of w:pPr that come after w:pStyle."""
    return f"{_paragraph_start(style, properties)}{''.join(content)}</w:p>"


@lru_cache(maxsize=128)
def _paragraph_start(style: str, properties: str) -> str:
    return f"<w:p>{tag('pPr', tag('pStyle', val=style), properties)}"


def page_field(before: str, after: str) -> str:
    """Return the runs of a page number; WPS wants each part of a field in a run of its own."""
    return (
        run(before)
        + tag("r", tag("fldChar", fldCharType="begin"))
        + tag("r", '<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        + tag("r", tag("fldChar", fldCharType="separate"))
        + run("1")
        + tag("r", tag("fldChar", fldCharType="end"))
        + run(after)
    )
