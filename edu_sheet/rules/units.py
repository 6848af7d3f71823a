"""A text that names units (责任部门) against known spellings → units. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from edu_sheet.words.text import bare, tidy

_SEPARATORS = "、，,；;\n"
_BOUNDARY = rf"(?=\s*(?:[{_SEPARATORS}]|$))"
# 各乡镇党委、政府 is one unit whatever separates its halves; 各乡镇党委、县政府 is two.
_COLLECTIVE = re.compile(
    rf"各[^{_SEPARATORS}]*党委[、，,和及]\s*(?![县市区省州])[^{_SEPARATORS}]*?政府{_BOUNDARY}"
)
_BRACKETS = str.maketrans("()", "（）")
_END_MARKS = "。.：:"

# 督导室 needs its unit's name in front, 县妇联办公室 brings its own (市场股 and 区划股 do not).
_OWN_NAME = re.compile(r"中共|团[县市区省州]委|[县州省]|市(?![场政容])|区(?![划域])")
_OFFICE_WORDS = re.compile(r"(?:牵头|具体)?(?:联络|联系|责任|承办)?(?:股室|科室|处室|科股室)$")

_PLACE = re.compile(r"[^县市区各团][^县市区各]{1,2}[县市](?=.{2})")  # 辰溪县 before 教育局
_LEAST_CORE = 3  # characters; shorter names are too near to each other to say anything


@dataclass(frozen=True, slots=True)
class Piece:
    """One name in a list of units: as it is written, and whose it is."""

    text: str
    unit: str | None  # None: no known spelling


def tidy_list(text: str) -> str:
    """Return a list of units as a plan is read: no white space but line breaks between names.

    A line break next to a separator says nothing and goes.
    """
    lines = [tidy(line) for line in text.splitlines()]
    joined = "\n".join(line for line in lines if line)
    return re.sub(rf"(?<=[{_SEPARATORS}])\n|\n(?=[{_SEPARATORS}])", "", joined)


def pieces(text: str, spellings: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return the names that a text lists, in order.

    Known spellings are found first, the longest that ends at a separator; 各…党委、政府 is one
    name; the rest is split at 、，, ； ; and line breaks, but not inside brackets.
    """
    plain = tidy_list(text).translate(_BRACKETS)
    folded = {spelling.translate(_BRACKETS): unit for spelling, unit in spellings.items()}
    known = _pattern(tuple(folded))
    found = []
    at = 0
    while at < len(plain):
        if plain[at] in _SEPARATORS or plain[at].isspace():
            at += 1
        elif known and (match := known.match(plain, at)):
            name = _joined(match[0])
            found.append(Piece(name, folded[name]))
            at = match.end()
        else:
            end = _end(plain, at)
            if name := _joined(plain[at:end]).strip(_END_MARKS):
                found.append(Piece(_one_spelling(name), None))
            at = end
    return tuple(found)


def split(text: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units that a text lists, in order, each once.

    A known spelling gives its unit's name, an unknown one itself.
    """
    return tuple(dict.fromkeys(piece.unit or piece.text for piece in pieces(text, spellings)))


def offices(text: str, header: str, unit_names: Iterable[str]) -> tuple[str, ...]:
    """Return the liaison offices that a text lists, each with its unit's name in front.

    An office without a unit's name belongs to the unit of the office before it; the first one to
    the unit that the column's header names (县教育局牵头联络股室).
    """
    names = sorted(unit_names, key=len, reverse=True)
    own = _unit_of(bare(header), names) or _OFFICE_WORDS.sub("", bare(header))
    unit = own
    found = []
    for piece in pieces(text, {}):
        office = piece.text
        if named := _unit_of(office, names):
            # 县教育局党委办公室、人事股: the second is 县教育局's, not its party committee's.
            unit = own if own and named.startswith(own) else named
        elif not _OWN_NAME.match(office):
            office = unit + office
        found.append(office)
    return tuple(dict.fromkeys(found))


def look_alikes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (doubtful, suggested) for every name that may be another spelling of an earlier one.

    Two names look alike if they differ in words that add nothing (各, 县, 中共, a place's name,
    学校 for 学), or if one is the other with characters left out in the middle (县住建局,
    县住房和城乡建设局). A longer ending names another body (县委, 县委办), and
    so does a word before 办.
    """
    cores: dict[str, str] = {}
    found = []
    for name in dict.fromkeys(names):
        core = _core(name)
        like = (other for other, its in cores.items() if _alike(core, its))
        if (suggested := next(like, None)) is not None:
            found.append((name, suggested))
        else:
            cores[name] = core
    return found


@lru_cache(maxsize=8)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds the longest spelling that ends at a boundary, broken lines or not."""
    longest_first = sorted(filter(None, spellings), key=len, reverse=True)
    if not longest_first:
        return None
    names = (r"\n?".join(map(re.escape, spelling)) for spelling in longest_first)
    return re.compile(f"(?:{'|'.join(names)}){_BOUNDARY}")


def _end(plain: str, at: int) -> int:
    if collective := _COLLECTIVE.match(plain, at):
        return collective.end()
    depth = 0
    for place in range(at, len(plain)):
        character = plain[place]
        if character == "（" and "）" in plain[place:]:
            depth += 1
        elif character == "）":
            depth = max(0, depth - 1)
        elif character in _SEPARATORS and not depth:
            return place
    return len(plain)


def _joined(name: str) -> str:
    return name.replace("\n", "").strip()


def _one_spelling(name: str) -> str:
    """Return a collective name with 、 between its halves, any other name as it is."""
    return re.sub(r"党委[，,]", "党委、", name) if _COLLECTIVE.fullmatch(name) else name


def _unit_of(office: str, names: Iterable[str]) -> str | None:
    """Return the first of the names that an office's name begins with."""
    return next((name for name in names if office.startswith(name)), None)


def _core(name: str) -> str:
    core = re.sub("[（）()]|人民(?=政府|法院|检察院)", "", bare(name)).removeprefix("中共")
    core = _PLACE.sub("", core, count=1) if _PLACE.match(core) else core
    core = re.sub("^(?:各|全|本)?[县市区]?(?:直)?", "", core)
    return re.sub("办公室$", "办", core.removesuffix("校") if core.endswith("学校") else core)


def _alike(core: str, other: str) -> bool:
    short, long = sorted((core, other), key=len)
    if short == long:
        return len(core) > 1
    if len(short) < _LEAST_CORE or long.startswith(short) or short.endswith("办"):
        return False
    return short[0] == long[0] and short[-1] == long[-1] and left_out(short, long)


def left_out(short: str, long: str) -> bool:
    """Return whether a name is another one with characters left out."""
    rest: Iterator[str] = iter(long)
    return all(character in rest for character in short)
