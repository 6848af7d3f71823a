"""Figures and units' words as an official document writes them. Pure.

The typographic rules of `typeset`, and nothing else, change a unit's words:

1. A pair of straight double quotes becomes “ ”; a single one, and an inch sign (24"), stays.
2. A half-width , ; : ? ! becomes full-width where a Chinese character or a Chinese punctuation mark
   stands on both sides of it (blanks between do not count).
3. A pair of half-width parentheses becomes full-width where Chinese stands on both sides of the
   pair, or at both ends of what it encloses.

So 1,000, 9:30, 1:1000, f(x), Latin text and addresses keep what they have.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from edu_sheet.rules.told_apart import told_apart
from edu_sheet.words.numerals import number_list
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.text import upright, writable

LINE_LIMIT = 20  # characters of 二号 that a title's line holds, one to spare: 22.1 × 22 pt = 156 mm

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = _HAN + "\u3001-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f“”‘’…—①-⑳"
_PUNCTUATION = re.compile(rf"(?<=[{_CHINESE}])([ \u3000]*)([,;:?!])(?=[ \u3000]*[{_CHINESE}])")
_HALF_WIDTH = re.compile("[,;:?!]")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_STARTS_CHINESE = re.compile(rf"[ \u3000]*[{_CHINESE}]")
_ENDS_CHINESE = re.compile(rf"[{_CHINESE}][ \u3000]*\Z")
ENDS = "。；;，,、 "
_ENTITY = re.compile(r"&#?\w+\Z", re.ASCII)
_NO_LINE_START = "，。、；：？！）》〉”’…—"
_NO_LINE_END = "（《〈“‘"
_SEAMS = "，、）》〉”"
# What no line of a title should tear, as far as plans' titles go: their words, and numbers.
_WORDS = re.compile(
    "[0-9A-Za-z]+[年月日号%]?|营商环境|乡村振兴|高质量|[重主]点|任务|分工|方案|目标|责任|清单|工作|报告|情况|汇总|推进|落实"
    "|实施|意见|行动|计划|三年|年度|季度|政府|党委|委员会|领导|小组|办公室|教育|改革|发展|建设|优化|深化|服务|环境|生态"
    "|农村|农业|经济|社会|安全|生产|管理|治理|体系|能力|提升|整改|督[察查]组?|保护|问题|反馈|进一步|加强|促进|关于|精神|大会|会议"
)
_FAR = 6  # characters: so much less even may lines be for a word's sake
_SEAM = re.compile(r"(?<=》)|(?<=季度)|(?<=\d月)|(?=关于)|(?<=办公室)")


def typeset(text: str) -> str:
    """Return one paragraph by the three rules above."""
    text = _parenthesised(_quoted(text))
    # Most texts have none of these; to look for one is quick, to look at what stands around is not.
    return _PUNCTUATION.sub(_full_width, text) if _HALF_WIDTH.search(text) else text


def paragraphs(text: str) -> tuple[str, ...]:
    """Return a unit's text as it is printed: its paragraphs, typeset, without empty ones.

    White space around a paragraph goes (the style indents it), and so do characters that no Word
    document can hold, and marks that turn the order of a text; a list ①②③ on lines of its own
    stays on lines of its own.
    """
    lines = [writable(upright(line)).strip() for line in text.splitlines()]
    return tuple([typeset(line) for line in lines if line])


def goal_of(task: Task) -> str:
    """Return a task's goal on one line, without its full stop."""
    return " ".join(paragraphs(task.goal)).rstrip("。")


def printable(text: str) -> str:
    """Return text without what Word cannot hold or what turns its order, on one line."""
    return " ".join(writable(upright(text)).split())


def without_end(text: str) -> str:
    """Return a text without the marks at its end, for a full stop follows; &amp; keeps its own."""
    rest = text.rstrip(ENDS)
    own = text[len(rest) :].startswith(";") and _ENTITY.search(rest)
    return f"{rest};" if own else rest


def percent(part: int, whole: int) -> str:
    """Return a share with one decimal at most: 87.5%, 100%."""
    return f"{part / whole * 100:.1f}".removesuffix(".0") + "%" if whole else "0%"


def points(before: tuple[int, int], after: tuple[int, int]) -> str:
    """Return how a share moved: 提高2.5个百分点, 下降…, 持平."""
    difference = round(after[0] / after[1] * 100 - before[0] / before[1] * 100, 1)
    if not difference:
        return "持平"
    size = f"{abs(difference):.1f}".removesuffix(".0")
    return f"{'提高' if difference > 0 else '下降'}{size}个百分点"


def listed(names: Sequence[str]) -> str:
    """Return names in a row: 甲、乙和丙; one that holds 、 itself makes the separators ，."""
    if len(names) < 2:
        return "".join(names)
    separator = "，" if any("、" in name for name in names) else "、"
    return f"{separator.join(names[:-1])}{'，' if separator == '，' else '和'}{names[-1]}"


def answering(tasks: Iterable[Task]) -> str:
    """Return who answers for tasks: 牵头单位; 责任单位 where nobody leads any, 各单位 for some."""
    led = {bool(task.leads) for task in tasks}
    return "各单位" if len(led) > 1 else "牵头单位" if True in led else "责任单位"


def numbered(plan: Plan, tasks: Iterable[Task], *, called: str = "序号") -> str:
    """Return tasks by their numbers: 序号1、4至22.

    Where parts of the plan number their tasks anew, the part stands before what is not plain
    without it: 管理类序号1; the task itself where no part tells them apart.
    """
    parts = groupby(tasks, key=lambda task: told_apart(plan, task))
    return "、".join(
        f"{part}{called}{number_list(task.shown for task in some)}" for part, some in parts
    )


def month_names(months: Iterable[Month]) -> str:
    """Return months of one year in a row: 10月、11月、12月."""
    return "、".join(f"{month.month}月" for month in months)


def short_label(period: Period) -> str:
    """Return a period's label without its year: 10月, 第四季度."""
    return period.label.split("年", 1)[1]


def title_lines(parts: Sequence[str], limit: int = LINE_LIMIT) -> tuple[str, ...]:
    """Return a title's lines of at most `limit` characters (two Latin ones count as one).

    Lines end at the seams between the parts where they can; a part that is longer than a line is
    cut into even pieces, none of which begins with a closing mark.
    """
    lines: list[str] = []
    for part in parts:
        for piece in _pieces(part, limit):
            if lines and width(lines[-1]) + width(piece) <= limit:
                lines[-1] += piece
            else:
                lines.append(piece)
    return tuple(lines)


def title_parts(title: str) -> tuple[str, ...]:
    """Return a title that a person gave, cut at its seams: 关于, 》, the period."""
    return tuple(part for part in _SEAM.split(printable(title)) if part)


def width(text: str) -> float:
    """Return a text's width in Chinese characters; ASCII takes half of one."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _pieces(part: str, limit: int) -> list[str]:
    pieces: list[str] = []
    while (count := -int(-width(part) // limit)) > 1:
        aim, near = width(part) / count, part[: 3 * limit]
        words = [found.span() for found in _WORDS.finditer(near)]
        cuts = _cuts(near, limit, width(part) - limit * (count - 1))
        at = min(cuts, key=lambda at: _cost(near, at, aim, words), default=limit)
        pieces.append(part[:at])
        part = part[at:]
    return [*pieces, part]


def _cuts(part: str, limit: int, least: float) -> list[int]:
    """Return where a line may end that holds `least` characters, so that the others hold the rest.

    Where that leaves no place, any that no mark forbids.
    """
    fits = [
        at
        for at in range(1, len(part))
        if width(part[:at]) <= limit
        if part[at] not in _NO_LINE_START and part[at - 1] not in _NO_LINE_END
    ]
    return [at for at in fits if width(part[:at]) >= least] or fits


def _cost(part: str, at: int, aim: float, words: Sequence[tuple[int, int]]) -> float:
    """Return how ill a part is cut: how unevenly, and whether within a word or a number."""
    torn = any(start < at < end for start, end in words)
    seam = not torn and (part[at - 1] in _SEAMS or part[at].isdigit())
    return abs(width(part[:at]) - aim) + _FAR * (torn - seam)


def _quoted(text: str) -> str:
    if '"' not in text:
        return text
    marks: list[int] = []
    for place, character in enumerate(text):
        inch = not len(marks) % 2 and place and text[place - 1].isdigit()
        if character == '"' and not inch:
            marks.append(place)
    letters = list(text)
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        letters[opening], letters[closing] = "“", "”"
    return "".join(letters)


def _full_width(found: re.Match[str]) -> str:
    return found[1] + found[2].translate(_FULL)


def _parenthesised(text: str) -> str:
    if "(" not in text:
        return text
    letters, open_places = list(text), []
    for place, character in enumerate(text):
        if character == "(":
            open_places.append(place)
        elif character == ")" and open_places:
            start = open_places.pop()
            if _stands_in_chinese(text, start, place):
                letters[start], letters[place] = "（", "）"
    return "".join(letters)


def _stands_in_chinese(text: str, start: int, end: int) -> bool:
    around = _ENDS_CHINESE.search(text[max(0, start - 3) : start]) and _STARTS_CHINESE.match(
        text, end + 1
    )
    within = _STARTS_CHINESE.match(text, start + 1, end) and _ENDS_CHINESE.search(
        text[max(start + 1, end - 3) : end]
    )
    return bool(around or within)
