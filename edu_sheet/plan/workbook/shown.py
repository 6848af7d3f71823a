"""A number or a date in a cell → the text that a person sees there. Pure."""

import re
from datetime import date, datetime
from decimal import Decimal

_PERCENT = re.compile(r"0(?:\.(0+))?%(?:;.*)?")
_DECIMALS = re.compile(r"(#,##)?0\.(0+)(?:_.)?(?:;.*)?")
_HUNDRED = Decimal(100)
_PARTS = {"yyyy": "{0.year}", "yy": "{0.year}", "mm": "{0.month:02}", "m": "{0.month}",
          "dd": "{0.day:02}", "d": "{0.day}"}  # fmt: skip


def shown(value: object, code: str) -> str | None:
    """Return what a cell shows of its value in a number format: 92.10%, 12.50, 2024年6月.

    None where the format says nothing of the kind, or would hide digits that were entered.
    """
    if isinstance(value, datetime | date):
        return _day(value, code)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    exact = Decimal(f"{value:.15g}")
    if found := _PERCENT.fullmatch(code):
        return f"{_padded(exact * _HUNDRED, len(found[1] or ''))}%"
    if found := _DECIMALS.fullmatch(code):
        return _padded(exact, len(found[2]))
    return None


def _padded(number: Decimal, decimals: int) -> str:
    """Return a number with so many decimals at least: none that was entered is lost."""
    whole, _, rest = f"{number:f}".partition(".")
    digits = rest.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{digits}" if digits else whole


def _day(value: date, code: str) -> str | None:
    """Return a date as a Chinese format shows it (2024年6月), with its year in any case."""
    plain = re.sub(r'\[\$[^\]]*\]|["\\]|;@$', "", code)
    if not re.fullmatch(r"(?:yyyy|yy|mm?|dd?|[年月日])+", plain) or "月" not in plain:
        return None
    plain = plain if "y" in plain else f"yyyy年{plain}"
    return re.sub("yyyy|yy|mm?|dd?", lambda part: _PARTS[part[0]].format(value), plain)
