"""A message without its large files, and what a part of it holds. Pure."""

import binascii
import contextlib
import re
import secrets
from email.message import Message

_BODY = re.compile(  # a file in base64 of 10 kB and more, behind its headers
    rb"(?:(?<=\n\n)|(?<=\n\r\n))(?:[A-Za-z0-9+/]{40,998}+\r?\n){200,}+"
    rb"(?:[A-Za-z0-9+/=]{1,998}+(?=\r?\n|\Z))?+"
)


class Carved:
    """A message without its large files, which stand in it as a word each.

    Python takes nine times a message's size to take it apart line by line.
    """

    def __init__(self, data: bytes) -> None:
        self._word = secrets.token_hex(16).encode()  # nobody can have written it
        self._bodies: list[bytes] = []
        self.rest = _BODY.sub(self._carve, data)

    def _carve(self, found: re.Match[bytes]) -> bytes:
        self._bodies.append(found[0])
        return self._word + b"%d." % (len(self._bodies) - 1)

    def more(self, data: bytes) -> bytes:
        """Return a message that was packed in this one, without its large files either."""
        return _BODY.sub(self._carve, data)

    def body(self, payload: str) -> bytes | None:
        """Return the body that a part's payload stands for, None if it stands for itself."""
        word = payload.strip().encode("utf-8", "surrogateescape")
        if not word.startswith(self._word):
            return None
        return self._bodies[int(word[len(self._word) :].rstrip(b"."))]

    def whole(self, data: bytes) -> bytes:
        """Return a message that lay in this one with the files that were carved out of it."""
        if self._word not in data:
            return data
        return re.sub(self._word + rb"(\d+)\.", lambda at: self._bodies[int(at[1])], data)


def payload(part: "Message[str, str]", carved: Carved) -> bytes:
    """Return the bytes that a part holds."""
    said = part.get_payload()
    if isinstance(said, str) and (body := carved.body(said)) is not None:
        coded = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
        return _from_base64(body) if coded else body
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _from_base64(body: bytes) -> bytes:
    for ending in (b"", b"=="):  # which some programs leave out
        with contextlib.suppress(binascii.Error):
            return binascii.a2b_base64(body + ending)
    return body
