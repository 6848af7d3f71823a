"""Which proofs of its sender a message lacks, by the server that took it last. RFC 8601. Pure."""

import re
from collections.abc import Iterator, Sequence

RESULTS = "Authentication-Results"

_METHODS = ("spf", "dkim", "dmarc")
_FAILED = ("fail", "hardfail")  # the second is what older servers say of SPF
_RESULT = re.compile(r"\s*(\w+)\s*(?:/\s*\d+\s*)?=\s*(\w+)")
_FROM = re.compile(r"\sheader\.from\s*=\s*(\S*)")
_HEADERS = 20  # of that server's
_VALUE = 8_000  # characters of one


def unproven(headers: Sequence[str], address: str) -> str:
    """Return which of SPF, DKIM and DMARC failed, "" if none did; the topmost header comes first.

    `address` is the sender's. A DMARC that passes for another domain than its (header.from) says
    nothing for it: the server has read another sender out of the message than this one.

    A server puts its header above all that a message had before: whoever sent it can have written
    the others, so that the first alone clears, by a DMARC that passes (which needs one of the two
    others alone). A failure counts in each that bears the name of the server of the first.
    """
    said = [[*_parts(one[:_VALUE])] for one in headers[:_HEADERS]]
    if not said:
        return ""
    first, *others = said
    domain = address.rpartition("@")[2]
    if ("dmarc", "pass") in _results(first, domain):
        return ""
    own = [first, *(one for one in others if _server(one) == _server(first))]
    found = {pair for one in own for pair in _results(one, domain)}
    failed = {method for method, result in found if result in _FAILED}
    return "、".join(method.upper() for method in _METHODS if method in failed)


def _server(parts: Sequence[str]) -> str:
    return next(iter(parts[0].split()), "") if parts else ""


def _results(parts: Sequence[str], domain: str) -> Iterator[tuple[str, str]]:
    """Yield each method with its result; a DMARC of another domain has failed for this one."""
    for part in parts[1:]:
        if found := _RESULT.match(part):
            other = {one.rpartition("@")[2].rstrip(".") for one in _FROM.findall(part)} - {domain}
            strange = found[1] == "dmarc" and found[2] == "pass" and other
            yield found[1], "fail" if strange else found[2]


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
