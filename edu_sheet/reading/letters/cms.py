"""smime.p7m → what was signed (RFC 5652): the signature is not looked at.

cryptography, which reads and writes such messages, gives no way to take out what a signed one
holds; what is needed of ASN.1 is the way to one value, in DER or BER.
"""

import binascii
import re

from edu_sheet.reading.letters.letter import broken

_SIGNED, _SEALED, _AUTHENTICATED = (
    rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
    rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03",
    rb"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17",
)
_LENGTH = rb"(?:[\x00-\x80]|\x81.|\x82..|\x83...|\x84....)"
_KIND = re.compile(
    rb"\x30" + _LENGTH + rb"(?:(?P<signed>%b)|%b|%b)" % (_SIGNED, _SEALED, _AUTHENTICATED),
    re.DOTALL,
)
_ARMOUR = re.compile(  # PEM, or the base64 alone
    rb"(?:\xef\xbb\xbf)?\s*(?:-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----\s*)?"
    rb"(?=M[A-Za-z0-9+/])"
)
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/\s]")
_BEGINNING = 300  # bytes in which it shows what it is
_SEQUENCE, _SET, _OCTETS, _CONTENT = 0x30, 0x31, 0x04, 0xA0
_CONSTRUCTED = 0x20
_DEPTH = 20


def kind_of_cms(data: bytes) -> str | None:
    """Return signed or sealed (encrypted) for a message in CMS, None for anything else.

    It may be written as text: in PEM, or in base64 alone.
    """
    found = _KIND.match(_plain(data[:_BEGINNING]))
    if not found:
        return None
    return "signed" if found["signed"] else "sealed"


def content(data: bytes) -> bytes:
    """Return what was signed. Refusal if the message is broken, or holds a signature alone."""
    try:
        found = _Walk(_plain(data)).content()
    except IndexError:
        raise broken("incomplete") from None
    if found is None:
        raise broken("signature_alone")
    return found


def _plain(data: bytes) -> bytes:
    """Return what is written as text in bytes, anything else as it is."""
    armour = _ARMOUR.match(data)
    if not armour:
        return data
    end = _NO_BASE64.search(data, armour.end())
    coded = b"".join(data[armour.end() : end.start() if end else len(data)].split())
    whole = coded[:-1] if len(coded) % 4 == 1 else coded  # it was cut off
    return binascii.a2b_base64(whole + b"==")


class _Walk:
    """The way through ContentInfo and SignedData to the content."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def content(self) -> bytes | None:
        """Return the content, None where there is only a signature."""
        self._enter(_SEQUENCE)  # ContentInfo
        self._skip(0)
        self._enter(_CONTENT)
        self._enter(_SEQUENCE)  # SignedData
        self._skip(0)  # version
        self._skip(0)  # digestAlgorithms
        end = self._enter(_SEQUENCE)  # encapContentInfo
        self._skip(0)
        nothing = self._at >= end if end is not None else self._data[self._at] == 0
        if nothing:
            return None
        self._enter(_CONTENT)
        return b"".join(self._octets(0))

    def _head(self) -> tuple[int, int | None]:
        """Return tag and length, None for one that an end marks; stand behind them."""
        tag, size = self._data[self._at], self._data[self._at + 1]
        self._at += 2
        if tag & 0x1F == 0x1F:
            raise broken("structure")
        if size == 0x80:
            return tag, None
        if size > 0x80:
            more = size & 0x7F
            if more > 8:
                raise broken("structure")
            size = int.from_bytes(self._data[self._at : self._at + more], "big")
            self._at += more
        if self._at + size > len(self._data):
            raise broken("incomplete")
        return tag, size

    def _enter(self, wanted: int) -> int | None:
        """Stand at the beginning of what a value holds; return its end, if that is known."""
        tag, size = self._head()
        if tag != wanted:
            raise broken("structure")
        return None if size is None else self._at + size

    def _skip(self, depth: int) -> None:
        """Stand behind a value."""
        _, size = self._head()
        if size is not None:
            self._at += size
            return
        if depth == _DEPTH:
            raise broken("too_deep")
        while not self._ended():
            self._skip(depth + 1)

    def _ended(self) -> bool:
        """Return whether an end stands here; then stand behind it."""
        if self._data[self._at] or self._data[self._at + 1]:
            return False
        self._at += 2
        return True

    def _octets(self, depth: int) -> list[bytes]:
        """Return the pieces of an octet string."""
        tag, size = self._head()
        if tag & ~_CONSTRUCTED != _OCTETS or depth == _DEPTH:
            raise broken("structure")
        begin = self._at
        if not tag & _CONSTRUCTED:
            if size is None:
                raise broken("structure")
            self._at += size
            return [self._data[begin : self._at]]
        pieces = list[bytes]()
        while not (self._ended() if size is None else self._at >= begin + size):
            pieces += self._octets(depth + 1)
        return pieces
