"""Outlook's .msg → Letter: an OLE file with a stream a property. [MS-OXMSG] 2."""

import io
import struct
from collections.abc import Iterator
from datetime import datetime
from email.parser import HeaderParser
from email.policy import compat32
from typing import TYPE_CHECKING

from edu_sheet.reading import values
from edu_sheet.reading.letters import mapi
from edu_sheet.reading.letters.letter import Attached, Letter, broken
from edu_sheet.reading.letters.proofs import unproven
from edu_sheet.reading.letters.sender import sender
from edu_sheet.reading.refusal import too_large
from edu_sheet.reading.values import cleaned

if TYPE_CHECKING:
    from olefile import OleFileIO

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_DEPTH = 5
_TEXT = 200_000  # characters that are looked at


def read(data: bytes) -> Letter:
    """Return a message, with the files of messages inside it. Refusal if it is broken."""
    import olefile

    if not olefile.isOleFile(data=data):
        raise broken("incomplete")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _Store(container, (), 32).letter(0)
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

    def letter(self, depth: int) -> Letter:
        """Return the message that this storage is."""
        if depth > _DEPTH:
            raise too_large("too_deep")
        stores = sorted(name for name in self._names if name.startswith(_ATTACHMENT))
        files: list[Attached] = []
        head = HeaderParser(policy=compat32).parsestr(self._text(mapi.HEADERS)[:_TEXT])
        written = [str(one) for one in head.get_all("From", [])]
        address = sender(written) if written else self._sender()
        lacking = [unproven(head, address)]
        pictures = 0
        for number, name in enumerate(stores, 1):
            store = _Store(self._container, (*self._path, name), 8)
            if store._in_text():
                pictures += 1
            else:
                files += store._files(number, depth, lacking)
        return Letter(
            sender=address,
            subject=values.name(" ".join(self._text(mapi.SUBJECT).split())),
            arrived_at=self._moment(mapi.DELIVERED) or self._moment(mapi.SUBMITTED),
            text=cleaned(self._text(mapi.BODY)[:_TEXT])[0],
            attached=tuple(files),
            pictures=pictures,
            unproven=next(filter(None, lacking), ""),
        )

    def _files(self, number: int, depth: int, lacking: list[str]) -> Iterator[Attached]:
        """Yield what is attached; of a message inside also add what it lacks of proofs."""
        named = (mapi.LONG_NAME, mapi.SHORT_NAME, mapi.DISPLAY_NAME)
        name = next(filter(None, map(self._text, named)), "") or f"附件{number}"
        name = values.name(name.replace("\\", "/").rpartition("/")[2].strip())
        inner = _stream(mapi.ATTACHED, mapi.OBJECT)
        data = self._bytes(mapi.ATTACHED, mapi.BINARY)
        if data is not None:
            yield Attached(name, data)
        elif inner in self._names:
            message = _Store(self._container, (*self._path, inner), 24)
            if message._fixed:
                letter = message.letter(depth + 1)
                lacking.append(letter.unproven)
                for one in letter.attached:
                    yield Attached(f"{name}/{one.name}", one.data)
            else:  # an OLE object: its bytes are nobody's file
                yield Attached(name, b"")
        else:  # a link to a file that lies elsewhere
            yield Attached(name, b"")

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
