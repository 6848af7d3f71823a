"""Texts, widths and heights as a sheet's XML has them."""

import re
from functools import lru_cache
from html import escape  # what xml.sax has would load all that opens addresses, ssl too

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Between the first two characters of what looks like an escape, _x0041_.
_ESCAPE = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def attribute(text: str) -> str:
    """Return a text as an attribute's value, without the quotes."""
    return escape(text, quote=False).replace('"', "&quot;").replace("\n", "&#xA;")


def torn(text: str) -> list[str]:
    """Return a text in the runs that it must be written in: none looks like an escape, _x0041_.

    Not every program reads how such a one is escaped.
    """
    return _ESCAPE.split(text) if "_x" in text else [text]


def string(text: str) -> str:
    """Return the content of a cell of type inlineStr that holds a text to the last character."""
    parts = torn(text)
    if len(parts) == 1:
        return f"<is>{plain(text)}</is>"
    return f"<is>{''.join(f'<r>{plain(part)}</r>' for part in parts)}</is>"


def plain(text: str) -> str:
    """Return a run's text: what XML cannot hold is written as an escape."""
    said = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(text, quote=False))
    return f'<t xml:space="preserve">{said}</t>'


@lru_cache(maxsize=256)
def width(characters: float) -> str:
    """Return the width of a column that so many digits of the book's own font, 7 pixels, fit in."""
    pixels = int(characters * 7 + 0.5) + 5
    return f"{int(pixels / 7 * 256) / 256:.16g}"


@lru_cache(maxsize=1024)
def tall(points: float | None) -> str:
    """Return a row's height as attributes, in points of whole pixels; "" for None."""
    if points is None:
        return ""
    return f' ht="{int(points * 4 / 3 + 0.5) * 0.75:.16g}" customHeight="1"'
