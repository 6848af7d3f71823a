"""What a workbook seems to say about itself, before it is read."""

import html
import re

from edu_sheet.reading import limits
from edu_sheet.reading.package import Package
from edu_sheet.reading.refusal import Refusal

_PART = "docProps/custom.xml"  # as every program calls it


def glance(data: bytes, name: str) -> str:
    """Return a custom document property of an xlsx, as it seems to read; "" where none shows.

    Nothing is decided by it: what the workbook says is known once it has been read.
    """
    try:
        package = Package(data)
        if _PART not in package or package.size(_PART) > limits.KNOWN_BYTES:
            return ""
        said = package.read(_PART).decode("utf-8", "replace")
    except Refusal:
        return ""
    # Bounded, so that no search goes on to the end from each of thousands of names.
    value = r"[^<>]{0,200}>\s{0,9}<[^<>]{0,99}>([^<>]{0,999})<"
    found = re.search(f'name="{re.escape(name)}"{value}', said)
    return html.unescape(found[1]) if found else ""
