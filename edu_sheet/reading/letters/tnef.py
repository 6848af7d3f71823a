"""winmail.dat → the files in it: what Outlook sends to others in its own format.

[MS-OXTNEF] 2.1.3 (attributes), 2.1.3.4 (message properties).
"""

import struct
from collections.abc import Iterator

from edu_sheet.reading.letters import mapi, rtf
from edu_sheet.reading.letters.letter import Attached, broken
from edu_sheet.reading.refusal import too_large

_SIGNATURE = struct.pack("<I", 0x223E9F78)
_NEW_ATTACHMENT, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_CODEPAGE, _BODY, _OF_MESSAGE = 0x9007, 0x800C, 0x9003
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0048: 16}  # else 8 bytes
_VARIABLE = {mapi.STRING8, mapi.UNICODE, mapi.BINARY, mapi.OBJECT}
_MULTIPLE = 0x1000
_DEPTH = 3
_FILES = 500


class _File:
    """An attachment that is being read."""

    def __init__(self) -> None:
        self.title, self.name = "", ""
        self.data: bytes | None = None
        self.inner: bytes | None = None  # a message, as TNEF of its own


def is_tnef(data: bytes) -> bool:
    """Return whether these bytes are TNEF, whatever their name."""
    return data.startswith(_SIGNATURE)


def read(data: bytes, depth: int = 0) -> list[Attached]:
    """Return the files in a winmail.dat, those of messages inside it too. Refusal if broken."""
    if not is_tnef(data):
        raise broken("winmail_incomplete")
    try:
        files = _files(data)
    except (struct.error, IndexError) as error:
        raise broken("winmail_structure") from error
    found: list[Attached] = []
    for number, one in enumerate(files, 1):
        name = (one.name or one.title).replace("\\", "/").rpartition("/")[2].strip()
        if one.inner is not None and is_tnef(one.inner):
            if depth == _DEPTH:
                raise too_large("too_deep")
            found += read(one.inner, depth + 1)
        elif (content := one.data if one.data is not None else one.inner) is not None:
            found.append(Attached(name or f"附件{number}", content))
    return found


def body(data: bytes) -> Attached | None:
    """Return the text of the message itself, as .txt, .html or .rtf; None if there is none.

    Refusal if it is broken.
    """
    try:
        found = dict(_bodies(data))
    except (struct.error, IndexError) as error:
        raise broken("winmail_structure") from error
    # A page has the tables that a plain text has not.
    return next((found[one] for one in ("正文.html", "正文.txt", "正文.rtf") if one in found), None)


def _bodies(data: bytes) -> Iterator[tuple[str, Attached]]:
    codepage = 0
    for attribute, content in _attributes(data):
        if attribute == _CODEPAGE and len(content) >= 4:
            (codepage,) = struct.unpack_from("<I", content)
        elif attribute == _BODY:
            yield from _of_text(mapi.text(content, mapi.STRING8, codepage))
        elif attribute == _OF_MESSAGE:
            for number, kind, value in _properties(content):
                if number == mapi.BODY and kind in (mapi.STRING8, mapi.UNICODE):
                    yield from _of_text(mapi.text(value, kind, codepage))
                elif number == mapi.HTML and value:
                    page = value.decode("utf-16-le", "replace").encode()
                    yield (
                        "正文.html",
                        Attached("正文.html", page if kind == mapi.UNICODE else value),
                    )
                elif number == mapi.RTF and (found := rtf.uncompressed(value)):
                    yield _of_rtf(found)
        elif attribute == _NEW_ATTACHMENT:
            return


def _of_rtf(found: bytes) -> tuple[str, Attached]:
    page = rtf.page(found)
    name, data = (
        ("正文.rtf", found) if page is None else ("正文.html", page.encode("utf-8", "replace"))
    )
    return name, Attached(name, data)


def _of_text(text: str) -> Iterator[tuple[str, Attached]]:
    if text.strip():
        yield "正文.txt", Attached("正文.txt", text.encode("utf-8", "replace"))


def _files(data: bytes) -> list[_File]:
    files: list[_File] = []
    codepage = 0
    for attribute, content in _attributes(data):
        if attribute == _CODEPAGE and len(content) >= 4:
            (codepage,) = struct.unpack_from("<I", content)
        elif attribute == _NEW_ATTACHMENT:
            files.append(_File())
            if len(files) > _FILES:
                raise too_large("too_many_attachments")
        elif not files:
            continue
        elif attribute == _TITLE:
            files[-1].title = mapi.text(content, mapi.STRING8, codepage)
        elif attribute == _DATA:
            files[-1].data = content
        elif attribute == _PROPERTIES:
            _take(files[-1], content, codepage)
    return files


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, content) of each attribute; like Outlook, ignore the checksums."""
    at = 6
    while at + 9 <= len(data):
        _, attribute, _, size = struct.unpack_from("<BHHI", data, at)
        if at + 9 + size > len(data):
            raise broken("winmail_incomplete")
        yield attribute, data[at + 9 : at + 9 + size]
        at += 11 + size


def _take(file: _File, content: bytes, codepage: int) -> None:
    for number, kind, value in _properties(content):
        if number == mapi.LONG_NAME:
            file.name = mapi.text(value, kind, codepage)
        elif number == mapi.ATTACHED and kind in (mapi.OBJECT, mapi.BINARY):
            file.inner = value[16:] if kind == mapi.OBJECT else value  # 16 bytes name the interface


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (number, type, first value) of each property."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, 10_000)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= 0x8000:
            at = _after_name(data, at)
        values = 1
        if kind & _MULTIPLE or kind in _VARIABLE:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        single = kind & ~_MULTIPLE
        first = b""
        for place in range(values):
            size = _FIXED.get(single, 8)
            if single in _VARIABLE:
                (size,) = struct.unpack_from("<I", data, at)
                at += 4
            if at + size > len(data):
                raise broken("winmail_incomplete")
            if place == 0:
                first = data[at : at + size]
            at += -(-size // 4) * 4
        yield number, single, first


def _after_name(data: bytes, at: int) -> int:
    """Return where a named property's value begins."""
    (by_text,) = struct.unpack_from("<I", data, at + 16)
    if not by_text:
        return at + 24
    size: int = struct.unpack_from("<I", data, at + 20)[0]
    return at + 24 + -(-size // 4) * 4
