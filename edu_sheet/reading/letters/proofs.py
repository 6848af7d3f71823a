"""Which proofs of its sender a message lacks, by the server that took it last. RFC 8601. Pure."""

import re
from collections.abc import Iterator, Sequence

RESULTS = "Authentication-Results"

_METHODS = ("spf", "dkim", "dmarc")
_FAILED = ("fail", "hardfail")  # the second is what older servers say of SPF
_RESULT = re.compile(r"\s*(\w+)\s*(?:/\s*\d+\s*)?=\s*(\w+)")
_HEADERS = 20  # of that server's
_VALUE = 8_000  # characters of one


def unproven(headers: Sequence[str]) -> str:
    """Return which of SPF, DKIM and DMARC failed, "" if none did; the topmost header comes first.

    A server puts its header above all that a message had before: whoever sent it can have written
    the others, so that the first alone clears, by a DMARC that passes (which needs one of the two
    others alone). A failure counts in each that bears the name of the server of the first.
    """
    said = [[*_parts(one[:_VALUE])] for one in headers[:_HEADERS]]
    if not said:
        return ""
    first, *others = said
    if ("dmarc", "pass") in _results(first):
        return ""
    own = [first, *(one for one in others if _server(one) == _server(first))]
    failed = {method for one in own for method, result in _results(one) if result in _FAILED}
    return "、".join(method.upper() for method in _METHODS if method in failed)


def _server(parts: Sequence[str]) -> str:
    return next(iter(parts[0].split()), "") if parts else ""


def _results(parts: Sequence[str]) -> list[tuple[str, str]]:
    found = (_RESULT.match(one) for one in parts[1:])
    return [(one[1], one[2]) for one in found if one]


def _parts(value: str) -> Iterator[str]:
    """Yield what ; parts, in small letters, without comments and quoted texts.

    In both stands what the sender wrote: an address may be "; dmarc=pass"@xian.test.
    """
    part, depth, quoted, escaped = list[str](), 0, False, False
    for letter in value.lower():
        if escaped:
            escaped = False
        elif letter == "\\" and (quoted or depth):
            escaped = True
        elif letter == '"' and not depth:
            quoted = not quoted
        elif letter in "()" and not quoted:
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif letter == ";" and not quoted and not depth:
            yield "".join(part)
            part.clear()
        elif not quoted and not depth:
            part.append(letter)
    yield "".join(part)
