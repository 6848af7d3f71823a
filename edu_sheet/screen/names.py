"""Names as a person types them, one after the other."""

import re

_BETWEEN = re.compile(r"[、，,；;\s]+")


def names_in(typed: str) -> tuple[str, ...]:
    """Return the names, in order."""
    return tuple(filter(None, _BETWEEN.split(typed)))
