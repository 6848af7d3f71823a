"""Which folders of a mail box are looked into, as 设置 names them. Pure."""

from collections.abc import Iterator, Sequence

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
_CLOSED = {r"\noselect", r"\nonexistent"}  # they only hold other folders


def looked_into(wanted: Sequence[str], known: Sequence[Folder]) -> tuple[list[Folder], list[str]]:
    """Return the folders that are named, each once, and the names that none bears.

    收件箱 and 垃圾邮件 are what the server uses as such, whatever it calls them; a mail box may do
    without the second. Where nothing is named it is these two.
    """
    found, missing = dict[str, Folder](), list[str]()
    there = [one for one in known if not one.flags & _CLOSED]
    for name in wanted or _USUAL:
        meant = [*_meant(name, there)]
        if not meant and name not in _USUAL:
            missing.append(name)
        found |= {one.name: one for one in meant if one.name not in found}
    return [*found.values()], missing


def _meant(name: str, there: Sequence[Folder]) -> Iterator[Folder]:
    if name == INBOX.shown or name.upper() == INBOX.name:
        yield INBOX
    elif name == JUNK:
        yield from (one for one in there if r"\junk" in one.flags or one.last in _JUNK)
    else:
        whole = [one for one in there if name in (one.shown, one.name)]
        yield from whole or [one for one in there if one.last == name.lower()][:1]
