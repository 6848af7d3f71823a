"""White space and items in Chinese text: the one rule for each. Pure."""

import re
import unicodedata
from collections.abc import Callable, Set
from functools import cache, lru_cache
from typing import TypeVar

_T = TypeVar("_T")

# Ideographs (with the supplementary planes), Chinese punctuation, full-width forms, ①②③, “ ” ‘ ’ …
_CHINESE = (
    "\u2e80-\u303f\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee"
    "\u2018\u2019\u201c\u201d\u2026\u2014\u2460-\u2473\U00020000-\U0003ffff"
)
_WHITE = r"[\s\u3000\u200b\ufeff]"
_SPACE = f"{_WHITE}+"
# Looked for where it begins alone: a long stretch would be searched from each of its places.
_BESIDE_CHINESE = rf"(?<=[{_CHINESE}]){_SPACE}|(?<!{_WHITE}){_SPACE}(?=[{_CHINESE}])"
_ANY_SPACE = re.compile(_SPACE)
# What XML 1.0 cannot hold: control characters but tab, lone surrogates, U+FFFE and U+FFFF.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_QUOTATION_MARKS = dict.fromkeys(map(ord, "“”‘’"))
_SHELLS_OWN = frozenset("\"'`$<>|&%!^*\\{}")
# Controls, line and paragraph ends, lone surrogates, and the format characters: bidi overrides,
# marks and isolates, joiners, tags. U+00AD and the like are none that a file's name needs.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ITEM = re.compile("(?=[\u2460-\u2473])")  # before each of ① to ⑳


def tidy(text: str) -> str:
    """Return text as a plan is read: no white space beside Chinese, elsewhere one blank.

    The rule "White space" of docs/design.md.
    """
    if not _ANY_SPACE.search(text):
        return text
    return _ANY_SPACE.sub(" ", re.sub(_BESIDE_CHINESE, "", text)).strip()


def bare(text: str) -> str:
    """Return text for comparison: NFKC, without any white space.

    A run of combining marks that no writing has gets a joiner after each 30 (UAX 15, D4): they are
    put in order by their number squared.
    """
    if len(text) <= _REMEMBERED:
        return _bare(text)
    return _bare.__wrapped__(_long_run_of_marks().sub("\\g<0>\u034f", text))


_REMEMBERED = 1000  # characters: longer texts are rare, and would make the memory large


@lru_cache(maxsize=1024)  # the texts of a plan come back in every form
def _bare(text: str) -> str:
    return _ANY_SPACE.sub("", unicodedata.normalize("NFKC", text))


@cache
def _long_run_of_marks() -> re.Pattern[str]:
    """Return what finds 30 combining marks, or what NFKC makes of them, in a row."""
    marks = [
        chr(code)
        for code in range(0x300, 0x20000)
        if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])
    ]
    return re.compile(f"[{''.join(marks)}]{{30}}")


class Once(dict[str, _T]):
    """What a text comes to, worked out once for as many cells as hold it.

    A workbook keeps a text that many cells share once, however long it is.
    """

    def __init__(self, work: Callable[[str], _T]) -> None:
        """`work` is a function of the text alone."""
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> _T:
        found = self[text] = self._work(text)
        return found


def items(requirements: str) -> tuple[str, ...]:
    """Return the items of a task's requirements, each with its marker: ①②…, or 1. 2., （1）（2）.

    What stands before the first marker belongs to the first item; a text without markers is one.
    """
    parts = [part.strip() for part in _ITEM.split(requirements) if part.strip()]
    if len(parts) < _FEWEST_ITEMS:
        return _numbered_items(requirements) or tuple(parts)
    if not "\u2460" <= parts[0][0] <= "\u2473":
        parts[:2] = [parts[0] + parts[1]]
    return tuple(parts)


_FEWEST_ITEMS, _SHORTEST_ITEM = 2, 4  # items; characters, or 1.甲 2.乙 would be a list of names
_NUMBERED = re.compile(
    r"(?:^|(?<=[。；;！：:\n]))\s*(?:(\d{1,2})[.．、](?!\d)|[（(](\d{1,2})[）)]|(\d{1,2})[）)])"
)


def _numbered_items(text: str) -> tuple[str, ...]:
    """Return the items that are counted from 1 in one way, each a clause at least; () for none."""
    found = [*_NUMBERED.finditer(text)]
    styles = {one.lastindex for one in found}
    if len(found) < _FEWEST_ITEMS or len(styles) > 1:
        return ()
    if [int(one[one.lastindex or 0]) for one in found] != [*range(1, len(found) + 1)]:
        return ()
    starts = [0, *(one.start() for one in found[1:])]
    ends = [*starts[1:], len(text)]
    if any(end - one.end() < _SHORTEST_ITEM for one, end in zip(found, ends, strict=True)):
        return ()
    return tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=True))


def writable(text: str) -> str:
    """Return text without the characters that no Word document can hold."""
    return text if text.isprintable() else _UNWRITABLE.sub("", text)


def upright(text: str) -> str:
    """Return text without the marks that turn the order of what follows: paper shows it as typed.

    A cell keeps them, and they are told when it comes in; on paper they would print it reversed,
    and 〔U+202E〕 in the middle of a sentence would have to be taken out by hand.
    """
    return text if text.isprintable() else _TURNS.sub("", text)


def without_quotation_marks(name: str) -> str:
    """Return a name without “ ” ‘ ’: as it can be typed and pasted where they would end a word."""
    return name.translate(_QUOTATION_MARKS)


def needless(name: str) -> str:
    """Return the characters of a unit's name that no name needs, and that commands must not hold.

    What a shell may take for its own, also in full width, and all that cannot be seen.
    """
    found = [
        letter
        for letter in name
        if _UNSEEN.match(letter) or unicodedata.normalize("NFKC", letter) in _SHELLS_OWN
    ]
    return "".join(dict.fromkeys(["-"] * name.startswith("-") + found))


def visible(text: str) -> str:
    """Return text with all that cannot be seen, or moves what can be, as 〔U+202E〕 says it.

    Line breaks and tabs too: for a name, a subject, an address, that others have written.
    """
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)


def clipped(name: str) -> str:
    """Return a name that others gave to a file, a sheet or a mail, its middle left out if long.

    No name needs more; what is left out is counted in its place.
    """
    if len(name) <= _NAME:
        return name
    head, end = name[:_NAME_HEAD], name[-_NAME_END:]
    return f"{head}〔…略{len(name) - _NAME_HEAD - _NAME_END}字…〕{end}"


_NAME = 255  # characters: file systems have no longer names
_NAME_HEAD, _NAME_END = 190, 45  # of a longer one: a file's own name, with its ending, is last


def quoted(text: str) -> str:
    """Return what others wrote as it can stand in a sentence of ours: line breaks as ↵.

    Else it could go on as a line of its own, in the voice of the program.
    """
    return text if text.isprintable() else visible(_LINE_BREAK.sub("↵", text.replace("\t", " ")))


def likeness(one: str, other: str) -> float:
    """Return how much two texts are alike, from 0 to 1: by the pairs of characters they share."""
    first, second = pairs(bare(one)), pairs(bare(other))
    if not first or not second:
        return float(bare(one) == bare(other))
    return shared(first, second)


def shared(one: Set[str], other: Set[str]) -> float:
    """Return how many of all pairs of characters two texts share, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def alike(one: str, other: str) -> bool:
    """Return whether one wording of a task may be the other, reworked."""
    return likeness(one, other) >= _REWORKED


_REWORKED = 0.4  # two tasks of one plan have 0.1 to 0.3


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters that stand side by side in a text."""
    return frozenset({text[at : at + 2] for at in range(len(text) - 1)})
