"""Outlook's compressed RTF → RTF → the page that it was made of. [MS-OXRTFCP], [MS-OXRTFEX]. Pure.

As such it keeps the text of a message in winmail.dat and .msg.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_KNOWN = (  # 3.1.1: what every text refers back to
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4_096


def uncompressed(data: bytes) -> bytes | None:
    """Return RTF, None if these bytes are none, or cut off."""
    if len(data) < 16:
        return None
    size, kind = struct.unpack_from("<I4s", data, 4)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    try:
        return _expanded(data, size) if kind == _COMPRESSED else None
    except IndexError:
        return None


def _expanded(data: bytes, size: int) -> bytes:
    window = bytearray(_KNOWN.ljust(_WINDOW, b"\0"))
    found, to, at = bytearray(), len(_KNOWN), 16
    while len(found) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                place, length = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 15) + 2
                at += 2
                if place == to:
                    return bytes(found)
            else:
                place, length = -1, 1
            for step in range(length):
                byte = window[(place + step) % _WINDOW] if place >= 0 else data[at]
                found.append(byte)
                window[to] = byte
                to = (to + 1) % _WINDOW
            at += place < 0
    return bytes(found)


# ---------------------------------------------------------------- RTF → the page

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d{1,9})? ?|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_NO_TEXT = {"fonttbl", "colortbl", "stylesheet", "info", "pntext", "listtable", "pict"}
_WORDS = {
    "par": "\n",
    "line": "\n",
    "tab": "\t",
    "bullet": "\u2022",
    "endash": "\u2013",
    "emdash": "\u2014",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
}
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 0: "cp1252"}
_SYMBOLS = {b"{": b"{", b"}": b"}", b"\\": b"\\", b"~": b"&nbsp;"}


@dataclass(frozen=True, slots=True)
class _State:
    skip: bool = False  # nothing of the group is text
    rtf: bool = False  # what stands here is for RTF alone: the page says it in a tag
    font: int = -1
    fallback: int = 1  # characters behind a \\u that say it once more
    fonts: bool = False  # in the list of fonts


def page(data: bytes) -> str | None:
    """Return the html that RTF was made of, None if it was made of none."""
    if rb"\fromhtml1" not in data[:_WINDOW]:
        return None
    said = "".join(_Page().pieces(data))  # a rare character stands as its two halves
    return said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Page:
    def __init__(self) -> None:
        self._stack = [_State()]
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()  # of a text whose characters may have several each
        self._star = False
        self._left_out = 0

    def pieces(self, data: bytes) -> Iterator[str]:
        """Yield what stands in the page, in order."""
        for found in _TOKEN.finditer(data):
            code, word, number, symbol, brace, text = found.groups()
            if code is None and self._bytes:
                yield self._decoded()
            if brace:
                self._turn(brace)
            elif word:
                yield self._of_word(word.decode(), int(number) if number else None)
            elif code:
                self._add(bytes([int(code, 16)]))
            else:
                self._star = self._star or symbol == b"*"
                self._add(_SYMBOLS.get(symbol, b"") if symbol else text or b"")
        yield self._decoded()

    def _turn(self, brace: bytes) -> None:
        """Begin or end a group; an end too many ends nothing."""
        if brace == b"{":
            self._stack.append(self._stack[-1])
        elif len(self._stack) > 1:
            self._stack.pop()

    def _of_word(self, word: str, number: int | None) -> str:
        state, star = self._stack[-1], self._star
        self._star = False
        if word == "htmltag":
            self._stack[-1] = replace(state, skip=False, rtf=False)
        elif star or word in _NO_TEXT:
            self._stack[-1] = replace(state, skip=True, fonts=word == "fonttbl")
        elif word == "htmlrtf":
            self._stack[-1] = replace(state, rtf=number != 0)
        elif word == "f":
            self._stack[-1] = replace(state, font=number or 0)
        elif word == "fcharset" and state.fonts:
            self._fonts[state.font] = _CHARSETS.get(number or 0, "")
        elif word == "uc":
            self._stack[-1] = replace(state, fallback=min(max(number or 0, 0), 9))
        elif word == "ansicpg" and number:
            self._encoding = {936: "gb18030", 65001: "utf-8"}.get(number, f"cp{number}")
        elif word == "u" and number is not None:
            self._left_out = state.fallback
            return "" if self._hidden else chr(number & 0xFFFF)
        return "" if self._hidden else _WORDS.get(word, "")

    @property
    def _hidden(self) -> bool:
        return self._stack[-1].skip or self._stack[-1].rtf

    def _add(self, text: bytes) -> None:
        if self._left_out:
            gone = min(self._left_out, len(text))
            self._left_out -= gone
            text = text[gone:]
        if not self._hidden:
            self._bytes += text

    def _decoded(self) -> str:
        data, font = bytes(self._bytes), self._fonts.get(self._stack[-1].font)
        self._bytes.clear()
        for encoding in filter(None, (font, self._encoding, "gb18030")):
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
        return data.decode("latin-1")
