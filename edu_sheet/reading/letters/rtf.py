"""Outlook's compressed RTF → RTF: the text of a message in winmail.dat. [MS-OXRTFCP]. Pure."""

import struct

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
