"""One folder of a mail box over IMAP: what is asked of the server, and what it answers."""

import imaplib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from edu_sheet.mail.folders import Folder
from edu_sheet.mail.imap import in_search, numbers, required
from edu_sheet.reading import HEADERS
from edu_sheet.words.settings import AfterFetch

_BATCH = 200  # messages of which headers are asked for at a time
_MOST = 64_000  # bytes of a message whose structure is asked for: a line of it has a limit
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"')
_BEGINS = re.compile(rb"\d+ \(")
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_FILES = re.compile(rb'"(?:application|message|calendar)"|name|"attachment"', re.IGNORECASE)


class Listed(NamedTuple):
    """A message as a list of headers has it."""

    uid: int
    size: int
    head: bytes


class Box:
    """A folder that is open."""

    def __init__(self, box: imaplib.IMAP4, folder: Folder, *, looking: bool) -> None:
        self._box = box
        required(box.select(folder.quoted, readonly=looking))
        (validity,) = box.response("UIDVALIDITY")[1]
        self.validity = next(iter(numbers(validity)), 0)

    def since(self, day: date) -> set[int]:
        """Return the UIDs of the messages that came on a day or later."""
        found = required(self._box.uid("SEARCH", "SINCE", in_search(day)))
        return {uid for part in found for uid in numbers(part)}  # some servers say it in parts

    def headers(self, uids: Sequence[int]) -> Iterator[list[Listed]]:
        """Yield the headers of messages, some at a time; of those that somebody deleted none."""
        asked = f"(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({' '.join(HEADERS)})])"
        for at in range(0, len(uids), _BATCH):
            found = {
                uid: Listed(uid, int(size[1]) if (size := _SIZE.search(said)) else 0, literals[0])
                for uid, said, literals in self._each(uids[at : at + _BATCH], asked)
                if literals
            }
            yield sorted(found.values())

    def without_files(self, sizes: dict[int, int]) -> set[int]:
        """Return which of these messages bring no file, by their structure; sizes are in bytes."""
        small = [uid for uid, size in sizes.items() if size <= _MOST]
        found = set[int]()
        for at in range(0, len(small), _BATCH):
            for uid, said, literals in self._each(small[at : at + _BATCH], "(UID BODYSTRUCTURE)"):
                if not literals and not _FILES.search(said):
                    found.add(uid)
        return found

    def message(self, uid: int) -> bytes | None:
        """Return a message, None if somebody deleted it meanwhile."""
        given = self._each([uid], "(UID BODY.PEEK[])")
        return next((literals[0] for _, _, literals in given if literals), None)

    def tidy(self, uids: Sequence[int], after: AfterFetch) -> None:
        """Do with messages on the server what 设置 asks for."""
        if not uids or after is AfterFetch.LEAVE:
            return
        listed = ",".join(map(str, uids))
        flag = r"(\Seen)" if after is AfterFetch.SEEN else r"(\Deleted)"
        required(self._box.uid("STORE", listed, "+FLAGS", flag))
        if after is AfterFetch.DELETE and "UIDPLUS" in self._box.capabilities:
            # Without UIDPLUS they are only marked: EXPUNGE would take what others marked too.
            required(self._box.uid("EXPUNGE", listed))

    def _each(
        self, uids: Sequence[int], asked: str
    ) -> Iterator[tuple[int, bytes, Sequence[bytes]]]:
        """Yield of each message its UID, what the server says of it, and the literals in that.

        Of those that were asked for alone: a server may tell of others at any time.
        """
        if not uids:
            return
        said, literals = b"", list[bytes]()
        answer = required(self._box.uid("FETCH", ",".join(map(str, uids)), asked))
        for part in (*answer, b"0 ("):
            text, literal = part if isinstance(part, tuple) else (part, None)
            if not isinstance(text, bytes):
                continue
            if _BEGINS.match(text):
                # What stands in quotes is the sender's.
                found = _UID.search(_QUOTED.sub(b'""', said))
                if found and int(found[1]) in uids:
                    yield int(found[1]), said, literals
                said, literals = b"", []
            said += text
            if isinstance(literal, bytes):
                literals.append(literal)
