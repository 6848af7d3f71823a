"""Which proofs of its sender a message lacks, by the server that took it last. RFC 8601. Pure."""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from typing import NamedTuple

_METHODS = ("spf", "dkim", "dmarc")
_FAILED = ("fail", "hardfail")  # the second is what older servers say of SPF
_RESULT = re.compile(r"\s*(\w+)\s*(?:/\s*\d+\s*)?=\s*(\w+)")
_FROM = re.compile(r"\sheader\.from\s*=\s*(\S*)")
_OF = re.compile(r"\s(?:smtp\.mail(?:from)?|smtp\.from|header\.[di])\s*=\s*(\S*)")
_ENVELOPE = re.compile(r"\benvelope-from\s*=\s*\"?([^\s\";]*)")
_HEADERS = 20  # of that server's
_VALUE = 8_000  # characters of one


class _Said(NamedTuple):
    """What a server found by a method, and whether that is about the sender's domain."""

    method: str
    result: str
    own: bool | None  # None where it does not say


def unproven(message: "Message[str, str]", address: str) -> str:
    """Return which of SPF, DKIM and DMARC failed, or passed for another; "" if none did.

    `address` is the sender's. A DMARC that passes for another domain than its (header.from) says
    nothing for it: the server has read another sender out of the message than this one. Neither do
    SPF and DKIM that pass for another's domain, or an SPF that fails softly, where none of the two
    passes for its own: anybody can prove that he writes from his own server.

    A server puts its header above all that a message had before: whoever sent it can have written
    the others, so that the first alone clears, by a DMARC that passes (which needs one of the two
    others alone). A failure counts in each that bears the name of the server of the first.
    """
    domain = address.rpartition("@")[2]
    failed = _of_results(_values(message, "Authentication-Results"), domain)
    if _by_spf_alone(_values(message, "Received-SPF"), domain):
        failed.add("spf")
    return "、".join(method.upper() for method in _METHODS if method in failed)


def _values(message: "Message[str, str]", name: str) -> list[str]:
    return [str(one)[:_VALUE] for one in message.get_all(name, [])[:_HEADERS]]


def _of_results(values: Sequence[str], domain: str) -> set[str]:
    """Return the methods that tell against the sender by the headers of RFC 8601."""
    said = [[*_parts(one)] for one in values]
    if not said:
        return set()
    first, *others = said
    top = [*_results(first, domain)]
    if any(one.method == "dmarc" and one.result == "pass" for one in top):
        return set()
    own = [one for other in others if _server(other) == _server(first) for one in other]
    every = [*top, *_results(own, domain)]
    failed = {one.method for one in every if one.result in _FAILED}
    if not any(one.result == "pass" and one.own for one in top):
        failed |= {one.method for one in every if _worthless(one)}
    return failed


def _worthless(said: _Said) -> bool:
    return said.result == "softfail" or (said.result == "pass" and said.own is False)


def _by_spf_alone(values: Sequence[str], domain: str) -> bool:
    """Return whether the topmost header of RFC 7208 tells against the sender.

    Nothing clears that: where a server writes this header alone, the sender wrote all others.
    """
    if not values:
        return False
    value = values[0].lower()
    result = next(iter(value.split()), "").strip(";")
    return result in _FAILED or _worthless(_Said("spf", result, _own(_ENVELOPE, value, domain)))


def _own(pattern: re.Pattern[str], text: str, domain: str) -> bool | None:
    """Return whether all domains that a text gives are the sender's, None where one lacks."""
    given = [one.strip("<>").rpartition("@")[2].strip(".") for one in pattern.findall(text)]
    if not domain or not any(given):
        return None
    return all(_aligned(one, domain) for one in given if one)


def _aligned(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _server(parts: Sequence[str]) -> str:
    name = next(iter(parts[0].split()), "") if parts else ""
    return "" if "=" in name else name  # Exchange gives none, and begins with a result


def _results(parts: Sequence[str], domain: str) -> Iterator[_Said]:
    """Yield what each method found; a DMARC of another domain has failed for this one."""
    for part in parts:
        if found := _RESULT.match(part):
            other = {one.rpartition("@")[2].rstrip(".") for one in _FROM.findall(part)} - {domain}
            strange = found[1] == "dmarc" and found[2] == "pass" and other
            yield _Said(found[1], "fail" if strange else found[2], _own(_OF, part, domain))


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
