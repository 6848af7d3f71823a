"""The page of a message (html) → the page as a person sees it, and the texts that it hides. Pure.

By what stands on an element itself: mail programs hide a preview, a hidden row, what was deleted.
What a style sheet says of a class is not looked up: a mail program takes most of that out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edu_sheet.reading.letters.tree import parsed
from edu_sheet.words.substance import seen

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAY_HIDE = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:|mso-hide|\bhidden\b|font(?:-size)?\s*:\s*[01](?!\d)"
    r"|opacity\s*:\s*0|overflow\s*:|:\s*-\d{3}|(?<!-)color\s*[:=]"
)
_NO_TEXTS = {"script", "style", "title", "head"}
_CELLS = {"table", "tr", "td", "th"}
_ZERO = re.compile(r"0+(?:\.0+)?[a-z%]*")
_TINY = re.compile(r"(?:0*(?:\.\d+)?|1(?:\.0+)?)(?:px|pt)?")  # nobody reads one point
_RELATIVE = re.compile(r".*(?:em|%|inherit|smaller|larger)")
_FONT = re.compile(r"(?:^|\s)(\d[\d.]*[a-z%]*)(?=\s*/|\s)")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em)?")
_HEX = re.compile("#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*([\d.]+))?\s*\)")
_NAMES = {"white": "#ffffff", "snow": "#fffafa", "black": "#000000", "transparent": "transparent"}
_WHITE, _UNKNOWN = "#ffffff", "?"


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text of an element looks, as far as it is told on it and around it."""

    gone: bool = False  # nothing in it can be seen again
    hidden: bool = False
    tiny: bool = False
    ink: str = ""
    ground: str = _WHITE

    @property
    def unseen(self) -> bool:
        """Whether a person sees nothing of it."""
        return self.gone or self.hidden or self.tiny or self.ink in (self.ground, "transparent")


def without_unseen(page: str) -> tuple[str, str]:
    """Return a page without the texts that it hides, and these, a line an element.

    The page as it is, and "", where it hides none that say anything.
    """
    if not _MAY_HIDE.search(page):
        return page, ""
    root = parsed(page)
    if root is None:
        return page, ""
    found = list[str]()
    _take_out(root, found)
    told = "\n".join(text for one in found if seen(text := " ".join(one.split())))
    if not told:
        return page, ""
    from lxml import etree

    return etree.tostring(root, encoding="unicode", method="html"), told


def _take_out(root: "_Element", found: list[str]) -> None:
    """Take the texts out that cannot be seen, and add them to those found."""
    from lxml import etree

    looks = [_Look()]
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            looks.append(_look(one, looks[-1]))
            if one.text and looks[-1].unseen and one.tag not in _NO_TEXTS:
                found.append(one.text)
                one.text = None
        else:
            looks.pop()
            if one.tail and looks[-1].unseen:
                found.append(one.tail)
                one.tail = None


def _look(one: "_Element", around: _Look) -> _Look:
    said = _declared(one.get("style", ""))
    size = said.get("font-size") or _size_of_font(said.get("font", ""))
    visible = said.get("visibility", "")
    ground = _colour(said.get("background-color") or said.get("background") or one.get("bgcolor"))
    if not ground and one.tag in _CELLS and one.get("class"):
        ground = _UNKNOWN  # a table's classes say it, as a rule
    return replace(
        around,
        gone=around.gone or one.get("hidden") is not None or _is_gone(said),
        hidden=visible in ("hidden", "collapse") if visible else around.hidden,
        tiny=_is_tiny(size) if size and not _is_relative(size) else around.tiny,
        ink=_colour(said.get("color") or one.get("color")) or around.ink,
        ground=around.ground if ground in ("", "transparent") else ground,
    )


def _is_gone(said: Mapping[str, str]) -> bool:
    far = (said.get(name, "") for name in ("text-indent", "left", "top", "margin-left"))
    none = said.get("display") == "none" or said.get("mso-hide") == "all"
    cut = said.get("overflow") == "hidden" and any(
        _ZERO.fullmatch(said.get(name, "-")) for name in ("height", "max-height", "width")
    )
    clear = bool(_ZERO.fullmatch(said.get("opacity", "-")))
    return none or cut or clear or any(map(_FAR.fullmatch, far))


def _is_tiny(size: str) -> bool:
    return bool(_TINY.fullmatch(size) or _ZERO.fullmatch(size))


def _size_of_font(said: str) -> str:
    """Return the size in font: 0/0 Arial, "" where it names none."""
    found = _FONT.search(said)
    return found[1] if found else ""


def _is_relative(size: str) -> bool:
    return bool(_RELATIVE.fullmatch(size)) and not _ZERO.fullmatch(size)


def _declared(style: str) -> dict[str, str]:
    """Return what a style attribute says, in small letters; the last word on each holds."""
    pairs = (one.partition(":") for one in style.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value
    }


def _colour(said: str | None) -> str:
    """Return a colour as #rrggbb or transparent, ? for what is not known, "" where none is told."""
    text = (said or "").lower().strip()
    if not text or text in ("inherit", "initial", "auto", "windowtext"):
        return ""
    if found := _RGB.search(text):
        clear = found[4] is not None and float(found[4] if found[4] != "." else 0) == 0
        return (
            "transparent" if clear else "#" + "".join(f"{int(n):02x}" for n in found.groups()[:3])
        )
    if found := _HEX.search(text):
        digits = found[0][1:]
        return "#" + (digits if len(digits) == 6 else "".join(2 * one for one in digits))
    if text == "none":
        return "transparent"
    return _NAMES.get(text.split()[0], _UNKNOWN + text.split()[0])
