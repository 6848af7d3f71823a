"""An archive or a message → its members, as data. Nothing is written; a name is no path."""

import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edu_sheet.reading import limits, refused
from edu_sheet.reading.kind import kind_of
from edu_sheet.reading.letters.letter import Attached, Bounce, Letter
from edu_sheet.reading.package import inflate, opened, unsafe
from edu_sheet.reading.refusal import Refusal, too_large
from edu_sheet.sentences import note
from edu_sheet.words.covering import own_words, passes_on
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place
from edu_sheet.words.text import clipped, visible

_UTF8 = 0x800
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LITTER_PREFIXES = ("~$", ".~", "._")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, named as the clerk sees it: 外.zip/内.zip/名.xlsx.

    A message whose text may be an answer is one itself, beside its files; "" is the outermost.
    """

    name: str
    data: bytes
    letter: Letter | None = None  # the message that brought it, the outermost one


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds, and what of it was left out and why."""

    members: tuple[Member, ...] = ()
    findings: tuple[Finding, ...] = ()
    letter: Letter | None = None  # the message that it is


@dataclass(frozen=True, slots=True)
class Listing:
    """A file of an archive as it is listed: its bytes are asked for one by one."""

    name: str
    kind: str
    letter: int | None = None  # which of the messages brought it


@dataclass(frozen=True, slots=True)
class Listed:
    """What an archive holds, without the bytes of its files."""

    members: tuple[Listing, ...] = ()
    letters: tuple[Letter, ...] = ()
    findings: tuple[Finding, ...] = ()
    outermost: Letter | None = None  # the message that it is


_FORMS = frozenset({"xlsx", "xlsm", "xls", "ods", "fods", "csv", "gzip", "encrypted"})
_SAYING = (".txt", ".htm", ".html", ".log")
_OF_SERVER = frozenset({"html", "image", "unknown", "xml"})  # beside what a report says
_NAMED = 20  # of the files that are too many to be taken one by one

# The archive that this process has opened last.
_open: list[Member] = []


def listed(data: bytes) -> Listed:
    """Return what an archive or message holds, as `unpack`; it stays open here."""
    _open.clear()
    unpacked = unpack(data)
    found = list(unpacked.findings)
    forms, others = list[Member](), list[Member]()
    for one in unpacked.members:
        (forms if kind_of(one.data) in _FORMS else others).append(one)
    for some, most, code in (
        (forms, limits.FORMS, "more_files:forms"),
        (others, limits.OTHERS, "more_files"),
    ):
        if more := some[most:]:
            files = tuple(one.name for one in more[:_NAMED])
            found.append(note(code, count=len(more), files=files))
    within = {*map(id, forms[: limits.FORMS]), *map(id, others[: limits.OTHERS])}
    _open.extend(one for one in unpacked.members if id(one) in within)
    letters = [*{id(one.letter): one.letter for one in _open if one.letter}.values()]
    return Listed(
        tuple(_listing(one, letters) for one in _open),
        tuple(replace(one, attached=()) for one in letters),
        tuple(found),
        replace(unpacked.letter, attached=()) if unpacked.letter else None,
    )


def _listing(one: Member, letters: Sequence[Letter]) -> Listing:
    place = next((n for n, letter in enumerate(letters) if letter is one.letter), None)
    return Listing(one.name, kind_of(one.data), place)


def member(_: bytes, place: int) -> bytes:
    """Return the bytes of a file of the open archive, by its place in the list."""
    return _open[place].data


LETTERS = frozenset({"eml", "msg", "signed"})
CONTAINERS = LETTERS | {"zip", "mbox", "tnef"}


def unpack(data: bytes) -> Unpacked:
    """Return the files of a zip archive or message, and of archives and messages inside it.

    What cannot be taken out is named as a finding; a broken archive is one with findings alone. A
    message without files is a member itself.
    """
    archive = _Archive()
    kind = kind_of(data)
    try:
        if len(data) > (limits.MAIL_BYTES if kind in LETTERS else limits.FILE_BYTES):
            raise too_large("over_50_mb")
        if kind in LETTERS:
            archive.add_letter(data, kind, "", 0)
        elif kind == "mbox":
            archive.add_messages(data, "", 0)
        elif kind == "tnef":
            archive.add_winmail(data, "", 0)
        else:
            archive.add(data, "", 0)
    except Refusal as refusal:  # of the whole: half of an archive could pass for all of it
        letter = archive.outermost or (head(data) if kind == "eml" else None)
        return Unpacked(findings=(*archive.findings, refusal.finding), letter=letter)
    return Unpacked(tuple(archive.members), tuple(archive.findings), archive.outermost)


def head(data: bytes) -> Letter | None:
    """Return what the headers of a message say that cannot be read, None if they cannot either."""
    from edu_sheet.reading.letters import mail

    try:
        return mail.head(data)
    except Refusal:
        return None


class _Archive:
    def __init__(self) -> None:
        self.members: list[Member] = []
        self.findings: list[Finding] = []
        self.outermost: Letter | None = None  # the message that it is
        self._bytes = 0
        self._letter: Letter | None = None
        self._letters = 0  # messages inside each other that are being read

    def add(self, data: bytes, folder: str, depth: int) -> None:
        """Take in the members of an archive. Refusal if there is too much of it."""
        opened_archive = opened(data)
        for info in opened_archive.infolist():
            if info.filename.endswith("/"):  # a folder; `is_dir` stumbles over no name at all
                continue
            name = folder + self._name(info, folder)
            if self._left_out(info, name):
                continue
            try:
                content = self._content(opened_archive, info)
            except Refusal as refusal:
                self._tell(refusal.finding, name)
                continue
            self._take(name, content, depth)

    def add_messages(self, data: bytes, folder: str, depth: int) -> None:
        """Take in the messages of an mbox file. Refusal if there is too much of it."""
        from edu_sheet.reading.letters import mbox

        for number, one in enumerate(mbox.messages(data), 1):
            told = head(one)
            subject = clipped(told.subject) if told else ""
            self._take(f"{folder}{number}_{subject or '邮件'}.eml", one, depth)

    def add_winmail(self, data: bytes, folder: str, depth: int) -> None:
        """Take in the files of a winmail.dat. Refusal if it is broken or there is too much."""
        from edu_sheet.reading.letters import tnef

        text = tnef.body(data)
        for one in (*tnef.read(data), *([text] if text else [])):
            self._take(folder + clipped(visible(one.name)), one.data, depth)

    def add_letter(self, data: bytes, kind: str, name: str, depth: int) -> None:
        """Take in the files of a message. Refusal if it is broken or there is too much of it."""
        from edu_sheet.reading.letters import mail, msg

        letter = msg.read(data) if kind == "msg" else mail.read(data)
        if not name:
            self.outermost = letter
        if letter.bounce:
            self._add_report(letter, letter.bounce, data, name, depth)
            return
        before = len(self.members)
        outermost, self._letter = self._letter, self._letter or letter
        if outermost:
            self._letter = outermost.around(letter)
        self._letters += 1
        try:
            for one in letter.attached:
                shown = clipped(visible(one.name))
                inside = f"{name}/{shown}" if name else shown
                if one.data:
                    self._take(inside, one.data, depth)
                else:
                    self._tell(note("empty_attachment"), inside)
            for one in letter.tables:  # each is an answer of its own
                inside = f"{name}/{one.name}" if name else one.name
                self.members.append(Member(clipped(visible(inside)), one.data, self._letter))
            if letter.tables:
                return
            if not letter.attached or self._may_answer(letter, self.members[before:]):
                self.members.append(Member(name, data, self._letter))
        finally:
            self._letter = outermost
            self._letters -= 1

    def _add_report(
        self, letter: Letter, bounce: Bounce, data: bytes, name: str, depth: int
    ) -> None:
        """Take in a server's report, and then what it brings back.

        That is a letter of ours with an empty form, as a rule; of whose it is the ledger knows.
        """
        outermost = self._letter
        around = outermost.around(letter) if outermost else letter
        if not (outermost and outermost.returned):  # a report in a report is no news
            self.members.append(Member(name, data, replace(around, bounce=bounce)))
        self._letter = replace(around, bounce=None, returned=True, answers=())
        self._letters += 1
        try:
            for one in letter.attached:
                shown = clipped(visible(one.name))
                if one.data and not _of_server(one):
                    self._take(f"{name}/{shown}" if name else shown, one.data, depth)
        finally:
            self._letter = outermost
            self._letters -= 1

    def _may_answer(self, letter: Letter, brought: Sequence[Member]) -> bool:
        """Return whether a message may be an answer itself beside the files that it brings.

        A file that is no form waits with the message's words: a form may be empty, or another's,
        and a message that is attached waits with its own.
        """
        if letter.tabled or letter.linked:
            return True
        words = letter.pictures or own_words(letter.text) or passes_on(letter.text)
        return bool(words or letter.takes_back) and any(
            kind_of(one.data) in _FORMS | LETTERS for one in brought
        )

    def _take(self, name: str, content: bytes, depth: int) -> None:
        self._bytes += len(content)
        if self._bytes > limits.INFLATED_BYTES or len(self.members) >= limits.MEMBERS:
            raise too_large("too_much_inside")
        kind = kind_of(content)
        try:
            if kind in LETTERS and self._letters < limits.MAIL_DEPTH:
                self.add_letter(content, kind, name, depth)
            elif kind == "zip" and depth < limits.ZIP_DEPTH + bool(self._letters):
                self.add(content, f"{name}/", depth + 1)
            elif kind == "mbox" and depth < limits.ZIP_DEPTH:
                self.add_messages(content, f"{name}/", depth + 1)
            elif kind == "tnef" and depth < limits.ZIP_DEPTH:
                self.add_winmail(content, f"{name}/", depth + 1)
            elif kind in CONTAINERS:
                self._tell(refused.kind(kind).finding, name)
            else:
                self.members.append(Member(name, content, self._letter))
        except Refusal as refusal:
            if refusal.finding.code == "too_large":
                raise
            self._tell(refusal.finding, name)

    def _tell(self, found: Finding, name: str) -> None:
        self.findings.append(replace(found, place=Place(member=name)))

    def _content(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise refused.kind("encrypted")
        if info.file_size > limits.FILE_BYTES:
            raise too_large("over_50_mb")
        return b"".join(inflate(archive, info))

    def _name(self, info: zipfile.ZipInfo, folder: str) -> str:
        name = clipped(visible(_decoded(info))) or "_"
        if not unsafe(name):
            return name
        last = name.replace("\\", "/").rpartition("/")[2].rpartition(":")[2] or "_"
        if "\\" in name and not unsafe(name.replace("\\", "/")):
            return name.replace("\\", "/")  # some Windows programs write folders so
        self._tell(note("unsafe_name", name=name, read=last), folder + last)
        return last

    def _left_out(self, info: zipfile.ZipInfo, name: str) -> bool:
        parts = name.lower().split("/")
        litter = (
            "__macosx" in parts or parts[-1] in _LITTER or parts[-1].startswith(_LITTER_PREFIXES)
        )
        link = stat.S_ISLNK(info.external_attr >> 16)
        if litter:
            self._tell(note("skipped_member"), name)
        elif link:
            self._tell(note("link_member"), name)
        return litter or link


def _of_server(one: Attached) -> bool:
    """Return whether a file of a report is the server's own: what it says once more, its logo."""
    return one.name.lower().endswith(_SAYING) or kind_of(one.data) in _OF_SERVER


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where it says so, else what Windows and macOS write."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")  # zipfile took it for cp437
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
