"""Which folders of a mail box are looked into, as 设置 names them. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edu_sheet.mail.folders import Folder

INBOX = Folder("INBOX", "收件箱", frozenset())
JUNK = "垃圾邮件"
_USUAL = (INBOX.shown, JUNK)
_JUNK = {
    "垃圾邮件",
    "垃圾箱",
    "垃圾邮件箱",
    "junk",
    "junk e-mail",
    "junk email",
    "spam",
    "bulk mail",
}
_MOST = 20  # folders of junk: a mail box has one or two, and a server that lists hundreds is ill
_CLOSED = {r"\noselect", r"\nonexistent"}  # they only hold other folders


class LookedInto(NamedTuple):
    """Folders to look into, each once; names that none bears; folders that are left out."""

    folders: list[Folder]
    missing: list[str]
    left_out: list[Folder]


def looked_into(wanted: Sequence[str], known: Sequence[Folder]) -> LookedInto:
    """Return the folders that are named.

    收件箱 and 垃圾邮件 are what the server uses as such, whatever it calls them; a mail box may do
    without the second. Where nothing is named it is these two. Of very many that are called
    垃圾邮件, the first ones; one that is named by itself is always looked into.
    """
    found, missing, left_out = dict[str, Folder](), list[str](), dict[str, Folder]()
    there = [one for one in known if not one.flags & _CLOSED]
    for name in wanted or _USUAL:
        meant = [*_meant(name, there)]
        if not meant and name not in _USUAL:
            missing.append(name)
        if name == JUNK:
            left_out = {one.name: one for one in meant[_MOST:]}
            meant = meant[:_MOST]
        found |= {one.name: one for one in meant if one.name not in found}
    rest = [one for name, one in left_out.items() if name not in found]
    return LookedInto([*found.values()], missing, rest)


def _meant(name: str, there: Sequence[Folder]) -> Iterator[Folder]:
    if name == INBOX.shown or name.upper() == INBOX.name:
        yield INBOX
    elif name == JUNK:
        marked = [one for one in there if r"\junk" in one.flags]
        yield from (*marked, *(one for one in there if one.last in _JUNK and one not in marked))
    else:
        whole = [one for one in there if name in (one.shown, one.name)]
        yield from whole or [one for one in there if one.last == name.lower()][:1]
