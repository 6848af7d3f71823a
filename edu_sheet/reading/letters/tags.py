"""The page of a message (html) → its text. Pure."""

import html
import re
from collections.abc import Iterator

_TAGS = re.compile(r"<[^<>]*>")
_UNSHOWN = re.compile(r"(?i)<(?:(script|style|head)\b|!--)")
_ENDS = {name: re.compile(f"(?i)</{name}") for name in ("script", "style", "head")} | {
    "": re.compile("-->")
}
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/?table)\b[^<>]*>")
_CELLS = re.compile(r"(?i)<t[dh]\b[^<>]*>")


def without_tags(text: str) -> str:
    """Return the text of a page, a line for each of its lines and paragraphs."""
    apart = _CELLS.sub(" ", _BREAKS.sub("\n", text))
    return html.unescape(_TAGS.sub("", "".join(_shown(apart))))


def _shown(text: str) -> Iterator[str]:
    """Yield a page without scripts, styles, its head and comments; one without an end stays."""
    at, missing = 0, set[str]()  # ends that do not come any more: looked for once
    while found := _UNSHOWN.search(text, at):
        name = (found[1] or "").lower()
        end = None if name in missing else _ENDS[name].search(text, found.end())
        if end is None:
            missing.add(name)
            yield text[at : found.end()]
            at = found.end()
        else:
            yield text[at : found.start()]
            at = end.start() if name else end.end()
    yield text[at:]
