"""The page of a message (html) → its tree. Pure."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST = 4_000_000  # characters; a form pasted from Excel or WPS has 300 kB
_ENDS = re.compile(r"(?i)</(?:body|html)\s*>")


def parsed(page: str) -> "_Element | None":
    """Return a page as a tree, None where it has none.

    What stands behind the page's end is shown as well, by every mail program: servers add their
    notes there, and who answers twice pastes one page below the other. lxml would leave it out.
    """
    from lxml import etree

    data = _ENDS.sub("", page[:_MOST]).encode("utf-8", "replace").replace(b"\0", b"")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
