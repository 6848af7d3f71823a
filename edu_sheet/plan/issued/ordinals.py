"""The number that stands before a text: 一、 （一） 1. 1.2 1-1 ★2 ① 第三条. Pure."""

import re
from dataclasses import dataclass

from edu_sheet.words.text import bare

_CHINESE = "一二三四五六七八九十百零〇"
_DOTTED = r"\d{{1,3}}(?:[.．\-－—]\d{{1,3}}){{{}}}(?:[、.．](?!\d)|(?!\d|[.．%]|[年月日个万亿]))"
_STYLES = (  # as they are looked for; from the outermost inwards
    ("chapter", rf"第[{_CHINESE}\d]{{1,4}}[章部编]"),
    ("section", rf"第[{_CHINESE}\d]{{1,4}}[节条项]"),
    ("chinese", rf"[{_CHINESE}]{{1,4}}(?:[、.．,，]|是(?=.))"),
    ("chinese_brackets", rf"[（(][{_CHINESE}]{{1,4}}[）)][、.．]?"),
    ("dotted_four", _DOTTED.format(3)),
    ("dotted_three", _DOTTED.format(2)),
    ("dotted", _DOTTED.format(1)),
    ("figure", r"\d{1,4}\s*[*★＊]?\s*(?:[、．]|[.,，](?!\d)|\.(?=\d{4}年|1?\d月))"),
    ("figure_brackets", r"[（(]\d{1,4}[）)][、.．]?|\d{1,4}[）)]"),
    ("circled", r"[①-⑳㈠-㈩⑴-⒇]"),
)
_START = tuple(
    (name, re.compile(rf"\s*[★☆*※●■▲]?\s*(?:{pattern})\s*")) for name, pattern in _STYLES
)
# 1.1 stands below 1., and 1.1.1 below that.
_OUTERMOST_FIRST = (
    "chapter", "section", "chinese", "named", "chinese_brackets", "named_figure", "figure",
    "dotted", "dotted_three", "dotted_four", "figure_brackets", "circled",
)  # fmt: skip
DEPTH = {name: place for place, name in enumerate(_OUTERMOST_FIRST)}

# A cell of 序号 that holds nothing else: 1 1.0 ★2 3* 一 （一） 1.1 1-1 二-1 第3项 A1
_LABEL = re.compile(
    rf"[★☆*※●■▲#＊]*[（(\[]?(?:会上|会后|[大闭]会|会议)?(?:第)?(?:[A-Za-z]{{0,2}}\d{{1,4}}(?:[.\-－—_/]\d{{1,4}}){{0,3}}"
    rf"|[{_CHINESE}]{{1,4}}(?:[.\-－—]\d{{1,3}})?|[①-⑳㈠-㈩⑴-⒇]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{{1,4}})"
    r"[）)\]]?(?:[项条号])?[、.．。]?[★☆*※●■▲#＊]*"
)
# 任务1：… 【项目一】… 措施3 …, where a word says what is counted.
_NAMED = re.compile(
    rf"\s*[【〖［\[〔（(]?\s*(?P<word>[\u4e00-\u9fff]{{0,4}}?(?:任务|项目|工程|事项|措施|举措|问题|议题|实事|行动|工作))"
    rf"\s*(?P<number>\d{{1,3}}|[{_CHINESE}]{{1,3}})\s*(?:[】〗］\]〕）)]\s*[：:]?|[：:、.．]|\s)\s*(?=\S)"
)
_PLAIN = re.compile(r"[（(第]?(\d{1,4})(?:\.0*)?[）)项.、．]?")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A text's number, and what follows it."""

    label: str
    style: str
    rest: str

    @property
    def depth(self) -> int:
        """How far in its style stands, from 0."""
        return DEPTH[self.style]


def ordinal_of(text: str) -> Ordinal | None:
    """Return the number that a text begins with, None where it has none."""
    for name, pattern in _START:
        if found := pattern.match(text):
            rest = text[found.end() :]
            if name == "chinese" and not rest:
                return None
            return Ordinal(found[0].strip(), name, rest)
    return None


def named_ordinal_of(text: str) -> Ordinal | None:
    """Return the number of a text that begins with a word and its number: 任务1：…"""
    found = _NAMED.match(text)
    if not found:
        return None
    style = "named_figure" if found["number"].isascii() else "named"
    return Ordinal(found[0].strip(), style, text[found.end() :])


def word_and_number(label: str) -> tuple[str, str]:
    """Return the word before a label's number, "" where it has none, and the number: 任务, 1."""
    found = _NAMED.match(f"{label} x")
    return (found["word"], found["number"]) if found else ("", label)


def is_label(text: str) -> bool:
    """Return whether a text is nothing but a number, as in a column 序号."""
    return bool(_LABEL.fullmatch(bare(text)))


def number_of(text: str) -> int | None:
    """Return the plain number that a cell of 序号 shows (1, 1.0, １, 1.), None if it shows none."""
    found = _PLAIN.fullmatch(bare(text))
    return int(found[1]) if found and int(found[1]) else None


def value_of(label: str) -> int | None:
    """Return the number that a label amounts to (1 1. （一） 一、), None for 1.1."""
    plain = bare(word_and_number(label)[1]).strip("、.。()（）第项条")
    if plain.isascii() and plain.isdecimal() and int(plain):
        return int(plain)
    return _chinese(plain) if plain and set(plain) <= set(_CHINESE) else None


def _chinese(text: str) -> int | None:
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = (_DIGITS.get(hundreds, 1) if hundred else 0) * 100
    total += (_DIGITS.get(tens.strip("零〇"), 1) if ten else 0) * 10
    ones = ones.strip("零〇")
    if ones and ones not in _DIGITS:
        return None
    return total + _DIGITS.get(ones, 0) or None


def numbered(labels: list[str]) -> list[int]:
    """Return a number for each task, all different and in the order of the document.

    The labels' own where they are plain and all different; else the label's where it goes on from
    the one before, or the next.
    """
    own = [number_of(label) for label in labels]
    if None not in own and len(set(own)) == len(own):
        return [number for number in own if number is not None]
    found: list[int] = []
    highest = 0
    for number in (value_of(label) for label in labels):
        highest = number if number is not None and number > highest else highest + 1
        found.append(highest)
    return found


def joint_behind(label: str) -> str:
    """Return what stands between a number and the heading behind it."""
    return "" if re.search(r"\W$", label) else "." if label.isdecimal() else "、"
