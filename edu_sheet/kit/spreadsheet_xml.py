"""Texts, widths and heights as a sheet's XML has them."""

import re
from functools import lru_cache
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# What looks like an escape, _x0041_, is torn over two runs: not every program reads _x005F_.
_ESCAPE = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # is written as an escape


def attribute(text: str) -> str:
    """Return a text as an attribute's value, without the quotes."""
    return escape(text, {'"': "&quot;", "\n": "&#xA;"})


def string(text: str) -> str:
    """Return the content of a cell of type inlineStr that holds a text to the last character."""
    if "_x" in text and len(parts := _ESCAPE.split(text)) > 1:
        return f"<is>{''.join(f'<r>{_plain(part)}</r>' for part in parts)}</is>"
    return f"<is>{_plain(text)}</is>"


def _plain(text: str) -> str:
    said = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text))
    return f'<t xml:space="preserve">{said}</t>'


@lru_cache(maxsize=256)
def width(characters: float) -> str:
    """Return the width of a column that so many digits of the book's own font, 7 pixels, fit in."""
    pixels = int(characters * 7 + 0.5) + 5
    return f"{int(pixels / 7 * 256) / 256:.16g}"


@lru_cache(maxsize=1024)
def height(points: float) -> str:
    """Return a row's height in points, of whole pixels."""
    return f"{int(points * 4 / 3 + 0.5) * 0.75:.16g}"
