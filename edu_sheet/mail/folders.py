"""The folders of a mail box: their names as the server has them, and as people read them."""

import base64
import imaplib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from edu_sheet.mail.imap import required

_SENT = r"\sent"  # RFC 6154
# Where a server does not say which folder it is.
_SENT_NAMES = (
    "已发送",
    "已发送邮件",
    "已发邮件",
    "发件箱备份",
    "sent",
    "sent messages",
    "sent items",
    "sent mail",
    "sent-mail",
)
_LINE = re.compile(r'\((?P<flags>[^)]*)\) (?:"\\?(?P<between>[^"]*)"|NIL) (?P<name>.*)', re.DOTALL)
_SHIFTED = re.compile(r"&([^-]*)-")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a mail box."""

    name: str  # as the server writes it
    shown: str
    flags: frozenset[str]  # in small letters
    between: str = ""  # what separates the parts of a name; "" where it has none

    @property
    def last(self) -> str:
        """The last part of the name, in small letters."""
        parts = self.shown.split(self.between) if self.between else [self.shown]
        return parts[-1].lower()

    @property
    def quoted(self) -> str:
        """The name as a command takes it."""
        escaped = self.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'


def folders(box: imaplib.IMAP4) -> list[Folder]:
    """Return the folders of a mail box; imaplib's error if the server does not tell."""
    return [*_read(required(box.list()))]


def sent_folder(known: list[Folder]) -> Folder | None:
    """Return the folder of sent letters: the one that the server calls so, else by its name."""
    marked = [one for one in known if _SENT in one.flags]
    named = [one for name in _SENT_NAMES for one in known if one.last == name]
    return next(iter(marked + named), None)


def legible(name: str) -> str:
    """Return a folder's name as people read it (RFC 3501, 5.1.3); as it is where it is none."""

    def plain(shifted: re.Match[str]) -> str:
        coded = shifted[1].replace(",", "/")
        if not coded:
            return "&"
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-16-be")

    try:
        return _SHIFTED.sub(plain, name)
    except ValueError:
        return name


def _read(answers: list[object]) -> Iterator[Folder]:
    for one in answers:
        line, literal = one if isinstance(one, tuple) else (one, None)  # a name beside its line
        found = _LINE.match(line.decode("utf-8", "replace")) if isinstance(line, bytes) else None
        if not found:
            continue
        name = found["name"]
        if isinstance(literal, bytes):
            name = literal.decode("utf-8", "replace")
        elif name.startswith('"'):
            name = re.sub(r"\\(.)", r"\1", name[1:].removesuffix('"'))
        flags = frozenset(found["flags"].lower().split())
        yield Folder(name, legible(name), flags, found["between"] or "")
