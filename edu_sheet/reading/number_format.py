"""A number as a person sees it in its cell: General, digits, percentages, dates and times."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from operator import eq, ge, gt, le, lt, ne

from edu_sheet.reading import limits
from edu_sheet.words.book import CellKind

# ECMA-376 part 1, 18.8.30; 14, 22, 27 to 36 and 50 to 58 as a Chinese Excel shows them.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0",
    42: '"¥"#,##0;-"¥"#,##0',
    43: "#,##0.00;-#,##0.00",
    44: '"¥"#,##0.00;-"¥"#,##0.00',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_TOKEN = re.compile(  # a backslash, and in a Chinese Excel and WPS a `!`, takes a mark as it is
    r'"[^"]*"?|[\\!].|_.|\*.|\[[^\]]*\]|AM/PM|A/P|上午/下午'
    r"|y+|e+|m+|d+|h+|s+|a{3,4}|\.[0#?]*|General|G/通用格式|.",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\]")
_NEXT_SECTION = re.compile(r'("[^"]*"|[\\!_*].|\[[^\]]*\])|;')
_DIGIT = re.compile(r"[0#?]|\.[0#?]")
_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_CODES = 65_536  # as many number formats as a workbook can have
_LAST_SERIAL = 2_958_466  # 10000-01-01
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
PLAIN = ("General", "@")  # formats that show a text as it is
_GENERAL = ("general", "g/通用格式")
_LARGE = ("万", "亿", "万亿")
_COUNTED = 1e16  # below, numbers can be said in these
_DIGITS = {  # [DBNum1] to [DBNum3]: the digits, and the units of ten, a hundred and a thousand
    "[dbnum1]": ("〇一二三四五六七八九", "十百千"),
    "[dbnum2]": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "[dbnum3]": ("０１２３４５６７８９", "十百千"),
}


def show(number: float, code: str, *, date1904: bool = False) -> tuple[str, CellKind]:
    """Return the text that a person sees and what kind of value it is.

    What a format would hide (`;;;`) or cannot be told here (fractions of odd shape) is shown as
    General shows it: nothing vanishes.
    """
    if not isfinite(number):
        return str(number), CellKind.NUMBER
    section, signed = _section(number, code)
    tokens = _tokens(section)
    if any(_date_part(token) for token in tokens):
        text = _moment(number, tokens, date1904=date1904)
        return (text, CellKind.DATE) if text else (general(number), CellKind.NUMBER)
    percent = "%" in tokens
    text = _digits(number, tokens, percent=percent, signed=signed)
    return text or general(number), CellKind.PERCENT if percent else CellKind.NUMBER


def show_text(text: str, code: str) -> str:
    """Return a text as a person sees it: a format may put words around it (`"已完成"@`).

    A text that the format would hide is shown as it is: nothing vanishes.
    """
    if code in PLAIN:
        return text
    section = _text_section(code)
    tokens = _tokens(section) if section else ()
    if "@" not in tokens:
        return text
    return "".join(
        text if token == "@" else _literal(token)  # noqa: S105 - where the text stands
        for token in tokens
    )


@lru_cache(maxsize=_CODES)
def hides_text(code: str) -> bool:
    """Return whether a format shows nothing of a text: `;;;`, whose fourth section is empty."""
    parts = _sections(code)
    return len(parts) > 3 and not any(map(_literal, _tokens(parts[3]))) and "@" not in parts[3]


def show_date(text: str, code: str) -> str:
    """Return a date in the words of ISO 8601 as its format shows it, 2022/10/30 where none does.

    What is no such date is returned as it is.
    """
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return text
    serial = (moment - _origin(60, date1904=False)) / timedelta(days=1)
    shown, kind = show(serial, code)
    if kind is CellKind.DATE:
        return shown
    return show(serial, "yyyy/m/d" if moment.time() == time() else "yyyy/m/d h:mm:ss")[0]


def general(number: float) -> str:
    """Return a number without any format: 44925, 0.85, 12345678901, 1E+30; no more than 15 digits.

    More are not known: those that a computer makes of them nobody has typed.
    """
    if number == int(number) and abs(number) < 1e21:
        return f"{Decimal(format(number, '.15g')):f}"
    return format(number, ".15g").replace("e", "E")


@lru_cache(maxsize=_CODES)
def _sections(code: str) -> tuple[str, ...]:
    parts, start = [], 0
    for match in _NEXT_SECTION.finditer(code):
        if match[1] is None:
            parts.append(code[start : match.start()])
            start = match.end()
    return (*parts, code[start:])


@lru_cache(maxsize=_CODES)
def _text_section(code: str) -> str:
    """Return the section for texts: the fourth, or the last that has an @; "" where there is none.

    Between the marks of a date `@` is none: the section of numbers shows numbers.
    """
    parts = _sections(code)
    if len(parts) > 3:
        return parts[3]
    return parts[-1] if "@" in _tokens(parts[-1]) else ""


@lru_cache(maxsize=_CODES)
def _number_sections(code: str) -> tuple[str, ...]:
    parts = _sections(code)[:3]
    return parts[:-1] if len(parts) > 1 and parts[-1] == _text_section(code) else parts


def _section(number: float, code: str) -> tuple[str, bool]:
    """Return the section that shows a number, and whether a minus has to be put before it."""
    parts = _number_sections(code)
    conditions = [_CONDITION.search(part) for part in parts[:2]]
    if any(conditions):
        return _by_condition(number, parts, conditions)
    if number < 0:
        return parts[1 if len(parts) > 1 else 0], len(parts) == 1
    if number == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], False


def _by_condition(
    number: float, parts: Sequence[str], conditions: Sequence[re.Match[str] | None]
) -> tuple[str, bool]:
    """Return the section whose condition holds; the last takes what is left, a second < 0."""
    for part, condition in zip(parts, conditions, strict=False):
        if condition:
            sign, limit = condition[1], float(condition[2])
            if _COMPARE[sign](number, limit):
                negative = (sign == "<" and limit <= 0) or (sign in ("<=", "=") and limit < 0)
                return part, number < 0 and not negative
        elif len(parts) > 2 and number < 0:
            return part, False
    last = parts[-1] if len(parts) > 1 else "General"
    return last, number < 0


@lru_cache(maxsize=_CODES)
def _tokens(section: str) -> tuple[str, ...]:
    tokens = tuple(_TOKEN.findall(section))
    return tokens if len(tokens) <= limits.FORMAT_TOKENS else ("General",)


@lru_cache(maxsize=_CODES)
def _minutes(tokens: tuple[str, ...]) -> frozenset[int]:
    """Return the places of the m that stand for minutes: after an hour or before a second."""
    parts = [
        (n, token.lower().strip("[]")[0]) for n, token in enumerate(tokens) if _date_part(token)
    ]
    found = set()
    for before, (place, letter), after in zip(
        [(-1, ""), *parts], parts, [*parts[1:], (-1, "")], strict=False
    ):
        if letter == "m" and (before[1] in ("h", "上") or after[1] == "s"):
            found.add(place)
    return frozenset(found)


def _date_part(token: str) -> bool:
    lower = token.lower()
    return (
        lower[0] in "ymdhs"
        or token == "e"  # noqa: S105 - the Chinese year; E+00 is another
        or lower[:3] == "aaa"
        or bool(_ELAPSED.fullmatch(lower))
        or lower in ("am/pm", "a/p", "上午/下午")
    )


def _literal(token: str) -> str:
    if token[0] == '"':
        return token.strip('"')
    if token[0] in "\\!" and len(token) > 1:
        return token[1:]
    if token[0] in "_*\\":
        return ""
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    return "" if token[0] == "[" else token


# ---------------------------------------------------------------- dates and times


def _moment(number: float, tokens: tuple[str, ...], *, date1904: bool) -> str:
    if not 0 <= number < _LAST_SERIAL:
        return ""
    decimals = next((len(token) - 1 for token in tokens if token[:2] == ".0"), 0)
    seconds = round(number * 86_400, min(decimals, 3))
    moment = _origin(number, date1904=date1904) + timedelta(seconds=seconds)
    half = any(token.lower() in ("am/pm", "a/p", "上午/下午") for token in tokens)
    shown, minutes = [], _minutes(tokens)
    for place, token in enumerate(tokens):
        elapsed = _ELAPSED.fullmatch(token)
        if elapsed:
            unit = {"h": 3600, "m": 60, "s": 1}[elapsed[1][0].lower()]
            shown.append(str(int(seconds // unit)).zfill(len(elapsed[1])))
        elif token[:2] == ".0":
            fraction = f"{moment.microsecond:06d}"[:decimals]
            shown.append(f".{fraction}")
        elif _date_part(token):
            shown.append(_part(moment, token, half=half, minute=place in minutes))
        else:
            shown.append(_literal(token))
    text = "".join(shown)
    numerals = _numerals(tokens)
    return _in_chinese(text, numerals) if numerals else text


def _origin(number: float, *, date1904: bool) -> datetime:
    if date1904:
        return datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's dates have no zone
    # 1900 was no leap year; Excel believes that it was, and all counts from 60 on follow it.
    return datetime(1899, 12, 31 if number < 60 else 30)  # noqa: DTZ001


def _part(moment: datetime, token: str, *, half: bool, minute: bool) -> str:
    lower = token.lower()
    letter, size = lower[0], len(token)
    if lower in ("am/pm", "a/p", "上午/下午"):
        first, _, second = token.partition("/")
        return first if moment.hour < 12 else second
    if letter == "a":
        return ("星期" if size == 4 else "") + "一二三四五六日"[moment.weekday()]
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and size <= 2 else str(moment.year)
    if letter == "d" and size > 2:
        return _DAYS.split()[moment.weekday()][: 3 if size == 3 else None]
    if letter == "m" and not minute and size > 2:
        return _MONTHS.split()[moment.month - 1][: {3: 3, 5: 1}.get(size)]
    value = {
        "d": moment.day,
        "h": (moment.hour % 12 or 12) if half else moment.hour,
        "s": moment.second,
        "m": moment.minute if minute else moment.month,
    }[letter]
    return str(value).zfill(min(size, 2))


# ---------------------------------------------------------------- Chinese numerals


def _numerals(tokens: tuple[str, ...]) -> str:
    """Return [dbnum1] to [dbnum3] where a format has it, else ""."""
    return next((lower for token in tokens if (lower := token.lower()) in _DIGITS), "")


def _in_chinese(text: str, numerals: str) -> str:
    """Return 2022年12月5日 as 二〇二二年十二月五日."""

    def numeral(match: re.Match[str]) -> str:
        digits = match[0]
        if len(digits) > 2 or numerals == "[dbnum3]":
            return _translated(digits, numerals)
        counted = _counted(str(int(digits)), numerals)
        return counted.removeprefix("一") if counted.startswith("一十") else counted

    return re.sub(r"[0-9]+", numeral, text)


def _translated(digits: str, numerals: str) -> str:
    return digits.translate(str.maketrans("0123456789", _DIGITS[numerals][0]))


def _counted(number: str, numerals: str) -> str:
    """Return 1001.5 as 一千〇一.五."""
    digits, units = _DIGITS[numerals]
    whole, point, fraction = number.partition(".")
    shown, gap = "", False
    for place, digit in zip(range(len(whole) - 1, -1, -1), whole, strict=True):
        if digit == "0":
            gap = bool(shown)
        else:
            unit = units[place % 4 - 1] if place % 4 else ""
            shown += digits[0] * gap + digits[int(digit)] + unit
            gap = False
        if place and place % 4 == 0 and int(whole[-place - 4 : -place] or "0"):
            shown, gap = shown + _LARGE[place // 4 - 1], False
    return (shown or digits[0]) + point + _translated(fraction, numerals)


# ---------------------------------------------------------------- digits


def _digits(number: float, tokens: tuple[str, ...], *, percent: bool, signed: bool) -> str:
    """Return a number by a format of digits, "" where the format shows none."""
    body = "".join(token for token in tokens if token[0] in "0#?.,/E+-")
    numerals = _numerals(tokens)
    places = [n for n, token in enumerate(tokens) if _DIGIT.match(token)]
    whole = [n for n, token in enumerate(tokens) if token.lower() in _GENERAL]
    try:
        if whole:
            shown, places = general(abs(number)), whole
            shown = _counted(shown, numerals) if numerals and abs(number) < _COUNTED else shown
        elif "@" in tokens:
            return ""
        elif not places:  # words alone: [=1]"是";[=0]"否"
            words = "".join(map(_literal, tokens)).strip()
            return f"{'-' if signed else ''}{words}" if words else ""
        else:
            shown = _by_mask(number, tokens, body, percent=percent)
            shown = _translated(shown, numerals) if numerals else shown
    except (InvalidOperation, OverflowError):
        return ""
    first, last = places[0], places[-1]
    before = "".join(map(_literal, tokens[:first]))
    after = "".join(_literal(token) for token in tokens[last + 1 :] if token not in (",", "."))
    return f"{'-' if signed else ''}{before}{shown}{after}".strip()


def _by_mask(number: float, tokens: tuple[str, ...], body: str, *, percent: bool) -> str:
    amount = Decimal(format(abs(number), ".15g")) * (100 if percent else 1)
    if "/" in body:
        return _fraction(amount, body)
    if "E" in body.upper():
        return _scientific(amount, body)
    return _plain(amount, tokens)


def _plain(amount: Decimal, tokens: tuple[str, ...]) -> str:
    mask = "".join(token for token in tokens if re.fullmatch(r"[0#?,]|\.[0#?]*", token))
    scale = len(mask) - len(mask.rstrip(","))  # each comma at the end divides by 1,000
    whole, _, decimals = mask.rstrip(",").partition(".")
    places = len(decimals)
    amount = (amount / Decimal(1000) ** scale).quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP
    )
    integer, _, fraction = f"{amount:f}".partition(".")
    needed = decimals.rfind("0") + 1
    fraction = fraction[:needed] + fraction[needed:].rstrip("0")
    integer = integer.lstrip("0")
    integer = integer.zfill(whole.count("0")) if integer or "0" in whole else ""
    if "," in whole and integer:
        integer = f"{int(integer):,}".rjust(len(integer), "0")
    point = next((n for n, token in enumerate(tokens) if re.match(r"\.[0#?]", token)), len(tokens))
    integer = _spread(integer, tokens[:point])
    return f"{integer}.{fraction}" if fraction else integer


def _spread(digits: str, tokens: tuple[str, ...]) -> str:
    """Return digits with what a format puts between them: 0!.0 shows 123 as 12.3."""
    places = [n for n, token in enumerate(tokens) if token in ("0", "#", "?")]
    shown = ""
    for n in reversed(range(places[0], places[-1] + 1) if places else ()):
        if n not in places:
            shown = ("" if tokens[n] == "," else _literal(tokens[n])) + shown
        elif n == places[0]:
            return digits + shown
        elif digits:
            shown, digits = digits[-1] + shown, digits[:-1]
            if digits.endswith(","):
                shown, digits = "," + shown, digits[:-1]
    return digits + shown


def _scientific(amount: Decimal, body: str) -> str:
    mantissa, _, exponent = body.upper().partition("E")
    places = len(mantissa.partition(".")[2])
    shown, _, power = f"{amount:.{places}E}".partition("E")
    return f"{shown}E{power[0]}{power[1:].zfill(exponent.count('0'))}"


def _fraction(amount: Decimal, body: str) -> str:
    digits = len(body.rpartition("/")[2])
    whole = int(amount)
    rest = Fraction(amount - whole).limit_denominator(10 ** min(digits, 4) - 1)
    if rest in (0, 1):
        return str(whole + int(rest))
    return f"{whole} {rest}" if whole else str(rest)
