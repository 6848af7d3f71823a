"""Numbers in Chinese. Pure."""

_DIGITS = "零一二三四五六七八九"


def ordinal(number: int) -> str:
    """Return 1 as 一, 12 as 十二, up to 99; in figures from 100."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")
