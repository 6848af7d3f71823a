"""Numbers in Chinese. Pure."""

import re
from collections.abc import Iterable

_PLAIN = re.compile("[1-9][0-9]{0,8}")
_DIGITS = "零一二三四五六七八九"


def ordinal(number: int) -> str:
    """Return 1 as 一, 12 as 十二, up to 99; in figures from 100."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def number_list(numbers: Iterable[str]) -> str:
    """Return task numbers in a row, three and more that follow each other as 4至22.

    What is no plain number, such as （一） or 3-1, stands as it is; the order stays.
    """
    runs: list[list[str]] = []
    for one in numbers:
        if runs and _follows(one, runs[-1][-1]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return "、".join(f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(run) for run in runs)


def _follows(one: str, before: str) -> bool:
    plain = all(_PLAIN.fullmatch(number) for number in (one, before))
    return plain and int(one) == int(before) + 1
