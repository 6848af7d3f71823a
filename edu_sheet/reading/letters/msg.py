"""Outlook's .msg → the same message as mail programs send it, and so a Letter. [MS-OXMSG] 2.

An OLE file with a stream a property. What is in the other form has one reader: tables in the text,
messages inside, a server's report.
"""

import base64
import io
import secrets
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from edu_sheet.reading import values
from edu_sheet.reading.letters import mail, mapi, rtf
from edu_sheet.reading.letters.letter import Letter, broken
from edu_sheet.reading.letters.sender import sender
from edu_sheet.reading.refusal import too_large
from edu_sheet.words.book import Sheet

if TYPE_CHECKING:
    from olefile import OleFileIO

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_DEPTH = 5
_TEXT = 200_000  # characters that are looked at
_PAGE = 4_000_000  # bytes of a page
_TABLE = b"\\trowd"  # in RTF
_NOT_KEPT = ("content-", "mime-version", "subject")  # headers that the file says better itself


def read(data: bytes) -> Letter:
    """Return a message. Refusal if it is broken."""
    return read_with_tables(data)[0]


def read_with_tables(data: bytes) -> tuple[Letter, tuple[Sheet, ...]]:
    """Return a message and the tables in its text. Refusal as `read`."""
    return mail.read_with_tables(as_mail(data))


def as_mail(data: bytes) -> bytes:
    """Return a message as an .eml, with the messages inside it. Refusal if it is broken."""
    import olefile

    if not olefile.isOleFile(data=data):
        raise broken("incomplete")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _Store(container, (), 32).message(0)
    except RecursionError:
        raise broken("too_deep") from None
    except (OSError, LookupError, ValueError, TypeError, AttributeError, struct.error) as error:
        raise broken("structure") from error


class _Store:
    """One storage of the file: the message, an attachment, a message inside."""

    def __init__(self, container: "OleFileIO", path: tuple[str, ...], head: int) -> None:
        self._container, self._path = container, path
        self._names = {
            place[len(path)]
            for place in container.listdir(streams=True, storages=True)
            if len(place) > len(path) and tuple(place[: len(path)]) == path
        }
        self._fixed = dict(self._entries(head))
        self._codepage = self._number(mapi.MESSAGE_CODEPAGE) or self._number(mapi.INTERNET_CODEPAGE)

    def message(self, depth: int) -> bytes:
        """Return the message that this storage is, as an .eml."""
        if depth > _DEPTH:
            raise too_large("too_deep")
        stores = sorted(name for name in self._names if name.startswith(_ATTACHMENT))
        files = [
            _Store(self._container, (*self._path, name), 8)._file(number, depth)
            for number, name in enumerate(stores, 1)
        ]
        said = _multipart("alternative", [*self._texts()])
        return b"\r\n".join(
            [*self._head(), b"MIME-Version: 1.0", _multipart("mixed", [said, *files])]
        )

    def _head(self) -> Iterator[bytes]:
        """Yield the headers: those that a server has brought, and what Outlook keeps itself."""
        if moment := self._moment(mapi.DELIVERED) or self._moment(mapi.SUBMITTED):
            yield f"Received: by msg; {format_datetime(moment.astimezone(UTC))}".encode()
        head = HeaderParser(policy=compat32).parsestr(self._text(mapi.HEADERS)[:_TEXT])
        for name, value in head.items():
            if not name.lower().startswith(_NOT_KEPT):
                yield f"{name}: {value}".encode("utf-8", "replace")
        yield f"Subject: {' '.join(self._text(mapi.SUBJECT).split())}".encode("utf-8", "replace")
        if not head.get_all("From") and (address := self._sender()):
            yield f"From: <{address}>".encode()
        for name, number in (
            ("Message-ID", mapi.IDENTITY),
            ("In-Reply-To", mapi.ANSWERED),
            ("References", mapi.REFERENCES),
        ):
            if name not in head and (said := " ".join(self._text(number).split())):
                yield f"{name}: {said}".encode("utf-8", "replace")

    def _texts(self) -> Iterator[bytes]:
        """Yield the text and the page; a table that stands in neither, as the RTF that it is."""
        if plain := self._text(mapi.BODY)[:_TEXT]:
            yield _part("text/plain; charset=utf-8", plain.encode("utf-8", "replace"))
        page = self._page()
        packed = None if page else self._bytes(mapi.RTF, mapi.BINARY)
        written = rtf.uncompressed(packed) if packed else None
        page = page or (rtf.page(written) if written else None) or ""
        if page.strip():
            coded = page[:_PAGE].encode("utf-8", "replace")
            yield _part("text/html; charset=utf-8", coded)
        elif written and (_TABLE in written or not plain.strip()):
            yield _part("application/rtf", written, "正文.rtf")

    def _page(self) -> str:
        if (coded := self._bytes(mapi.HTML, mapi.BINARY)) is None:
            return self._text(mapi.HTML)
        return mapi.text(coded, mapi.STRING8, self._number(mapi.INTERNET_CODEPAGE) or 65001)

    def _file(self, number: int, depth: int) -> bytes:
        """Return what is attached as a part; one without bytes where it is a link, or an object."""
        named = (mapi.LONG_NAME, mapi.SHORT_NAME, mapi.DISPLAY_NAME)
        name = next(filter(None, map(self._text, named)), "") or f"附件{number}"
        name = values.name(name.replace("\\", "/").rpartition("/")[2].strip())
        inner = _stream(mapi.ATTACHED, mapi.OBJECT)
        data = self._bytes(mapi.ATTACHED, mapi.BINARY)
        if self._in_text():
            return _part(self._text(mapi.KIND) or "image/png", data or b"", inline=True)
        if data is None and inner in self._names:
            message = _Store(self._container, (*self._path, inner), 24)
            data = message.message(depth + 1) if message._fixed else None
        return _part("application/octet-stream", data or b"", name)

    def _in_text(self) -> bool:
        picture = self._text(mapi.KIND).lower().startswith("image/")
        hidden = bool(self._number(mapi.HIDDEN))
        return hidden or (picture and bool(self._text(mapi.CONTENT_ID)))

    def _sender(self) -> str:
        """Return the address that Outlook keeps, of a message that no server brought."""
        kept = (mapi.SENDER_SMTP, mapi.SENDER, mapi.AUTHOR_SMTP, mapi.AUTHOR)
        return next(filter(None, (sender([self._text(number)]) for number in kept)), "")

    def _entries(self, head: int) -> Iterator[tuple[int, bytes]]:
        """Yield (number, eight bytes) of the properties that have no stream of their own."""
        if _PROPERTIES not in self._names:
            return
        data = self._container.openstream([*self._path, _PROPERTIES]).read()
        for at in range(head, len(data) - 15, 16):
            _, number = struct.unpack_from("<HH", data, at)
            yield number, data[at + 8 : at + 16]

    def _number(self, number: int) -> int:
        found: int = struct.unpack("<I", self._fixed.get(number, b"\0" * 8)[:4])[0]
        return found

    def _moment(self, number: int) -> datetime | None:
        return mapi.moment(self._fixed[number]) if number in self._fixed else None

    def _text(self, number: int) -> str:
        for kind in (mapi.UNICODE, mapi.STRING8):
            if (data := self._bytes(number, kind)) is not None:
                return mapi.text(data, kind, self._codepage)
        return ""

    def _bytes(self, number: int, kind: int) -> bytes | None:
        name = _stream(number, kind)
        if name not in self._names:
            return None
        data: bytes = self._container.openstream([*self._path, name]).read()
        return data


def _stream(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    boundary = secrets.token_hex(16).encode()  # nobody can have written it
    lines = [b'Content-Type: multipart/%b; boundary="%b"' % (kind.encode(), boundary), b""]
    for one in parts:
        lines += [b"--" + boundary, one]
    return b"\r\n".join([*lines, b"--" + boundary + b"--", b""])


def _part(kind: str, data: bytes, name: str = "", *, inline: bool = False) -> bytes:
    head = [f"Content-Type: {kind}".encode("ascii", "replace")]
    if name:
        coded = quote(name.encode("utf-8", "replace"), safe="")
        head.append(f"Content-Disposition: attachment; filename*=UTF-8''{coded}".encode())
    if inline:
        head.append(b"Content-ID: <inline>")
    coded_data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    return b"\r\n".join([*head, b"Content-Transfer-Encoding: base64", b"", coded_data])
