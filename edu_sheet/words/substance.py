"""What shows something, and what says something: 无, a dash, 暂无进展 and the like do not. Pure."""

import re
import unicodedata

from edu_sheet.words.text import bare

# Format characters (zero-width, BiDi, soft hyphen) and what shows as nothing though it is no space.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
EMPTY_WORDS = frozenset(
    [
        "无",
        "没有",
        "暂无",
        "略",
        "同上",
        "同前",
        "同上期",
        "同上月",
        "见附件",
        "详见附件",
        "附后",
        "见附表",
        "无进展",
        "暂无进展",
        "无变化",
        "无内容",
        "NA",  # as letters_of leaves N/A
    ]
)
# Patterns are compiled when they are first asked for: most commands import this and never do.
# Nothing in here is invisible: what people type is known at a glance, the rest is looked up.
_PLAIN = r"[ \n\u3000-\u3011!-~\u4e00-\u9fff\uff01-\uff5e\u2460-\u2473“”]*"
_SHOWN = r"[!-~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e\u2460-\u2473]"
# More ideographs, whatever stands between them, than the longest of those words has.
_IDEOGRAPH = r"[^\u4e00-\u9fff]*[\u4e00-\u9fff]"
_LONGER = f"(?:{_IDEOGRAPH}){{{1 + max(map(len, EMPTY_WORDS))}}}"
_LETTER = r"[0-9A-Za-z\u4e00-\u9fff]"  # no form of these is a mark
_ENDS = r"[。.!,;、…\-—_/\\*()\[\]]+"

# A denial, whole: 目前暂无明显进展, 没有问题和困难, 暂无下一步打算. One word more says something.
_WHEN = "(?:截至)?(?:目前|当前|本季度?|本月度?|本期|现阶段)?"
_NOT = "(?:暂时?|尚|均|都|还)?(?:无|没有?|不存在|未发现)"
_WHICH = "(?:存在|任何|明显|突出|重大|较大|实质性?|新增?|特别|其[他它]|具体|主要|相关|工作|的)*"
_NEXT = "(?:下一?步|下一?阶段)?(?:的|工作|主要|具体)*"
_WHAT = "(?:问题|困难|不足|短板|打算|计划|安排|措施|思路|举措|进展|成效|变化|内容|情况|事项)"
_DENIAL = (
    f"{_WHEN},?{_NOT}{_WHICH}{_NEXT}(?:{_WHAT}(?:[和与及、或]?(?:{_NOT})?{_WHICH}{_WHAT}){{0,3}})?"
)
_NOTHING = f"{_DENIAL}(?:[,;、。]{_DENIAL}){{0,3}}[。.;!,]?"
_LONGEST_DENIAL = 40  # characters


def seen(text: str) -> bool:
    """Return whether a text shows anything: spaces and zero-width characters do not."""
    return bool(re.search(_SHOWN, text)) or any(
        not invisible(letter) and not letter.isspace() for letter in text
    )


def plain(text: str) -> bool:
    """Return whether nothing in a text can be invisible."""
    return bool(re.fullmatch(_PLAIN, text))


def invisible(letter: str) -> bool:
    """Return whether a character shows nothing and is no space."""
    return unicodedata.category(letter) == "Cf" or letter in _BLANK_LETTERS


def letters_of(text: str) -> str:
    """Return a text for comparison, without marks around and between its words."""
    return re.sub(_ENDS, "", bare(text))


def worded(text: str) -> bool:
    """Return whether a text is more than marks: whether anything is left by `letters_of`."""
    return bool(re.search(_LETTER, text) or letters_of(text))


def substantive(text: str) -> bool:
    """Return whether a text is more than a mark or a word for nothing: 无, 同上, 见附件, a dash."""
    if re.match(_LONGER, text):
        return True
    if not plain(text):
        text = "".join(letter for letter in text if not invisible(letter))
    said = letters_of(text)
    return bool(said) and said.upper() not in EMPTY_WORDS


def denies(text: str) -> bool:
    """Return whether a text says that there is none: 无, 暂无, a dash. 同上 and 略 do not."""
    said = bare(text)
    if not worded(text) or letters_of(text).upper() == "NA":
        return True
    return len(said) <= _LONGEST_DENIAL and bool(re.fullmatch(_NOTHING, said))


def says_something(text: str) -> bool:
    """Return whether a text says anything of progress, problems or next steps.

    What only denies that there is any says nothing: 没有进展, 暂无存在问题, 暂无下一步打算.
    """
    if len(text) > 2 * _LONGEST_DENIAL:
        return True
    return substantive(text) and not denies(text)
