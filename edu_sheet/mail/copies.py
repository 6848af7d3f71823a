"""Copies of letters in the mail box's folder of sent letters, where it does not keep them itself.

Whether it does is asked of the folder: a letter that lies there under its Message-ID is not put
there again, and a server that kept the first one keeps them all. A copy is filed a pause after
its letter, so that the server has had the time. Nothing that goes wrong here concerns the letter.
"""

import contextlib
import imaplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from edu_sheet.mail import account
from edu_sheet.mail.broken import broken
from edu_sheet.mail.folders import Folder, folders, sent_folder
from edu_sheet.mail.imap import connected, in_search, required
from edu_sheet.words.errors import MailError
from edu_sheet.words.settings import MailSettings


@dataclass(frozen=True, slots=True)
class Copy:
    """A letter that went out, to be filed."""

    identity: str  # its Message-ID
    sent: datetime
    data: bytes


class Copies:
    """The folder of sent letters; nothing is connected before the first copy."""

    def __init__(self, settings: MailSettings) -> None:
        self.filed = 0
        self.problem = ""  # why a copy was not filed, in Chinese
        self._held = contextlib.ExitStack()
        self._box: imaplib.IMAP4 | None = None
        self._folder: Folder | None = None
        self._server: account.Server | None = None
        self._waiting: Copy | None = None
        if settings.copies:
            with contextlib.suppress(MailError):  # 设置 knows no server to file them at
                self._server = account.imap_server(settings)

    def __enter__(self) -> "Copies":
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    @property
    def waits(self) -> bool:
        """Whether a copy is still to be filed."""
        return self._waiting is not None and self._server is not None

    def add(self, copy: Copy) -> None:
        """Take a copy; it is filed by the next `file`."""
        self._waiting = copy

    def file(self) -> None:
        """File the copy that waits, if any; what goes wrong stands in `problem`, and ends it."""
        copy, self._waiting = self._waiting, None
        if copy is None or self._server is None:
            return
        try:
            box, folder = self._opened(self._server)
            if self.filed == 0 and _lies_there(box, folder, copy):
                self._server = None  # the mail box keeps them itself
                return
            moment = imaplib.Time2Internaldate(copy.sent)
            required(box.append(folder.quoted, r"(\Seen)", moment, copy.data))
            self.filed += 1
        except (MailError, imaplib.IMAP4.error, OSError) as error:
            self.problem = str(error) if isinstance(error, MailError) else broken(error)
            self._server = None

    def _opened(self, server: account.Server) -> tuple[imaplib.IMAP4, Folder]:
        if self._box is None or self._folder is None:
            self._box = self._held.enter_context(connected(server))
            self._folder = sent_folder(folders(self._box))
            if self._folder is None:
                raise MailError("邮箱里没有找到“已发送”文件夹", "")
        return self._box, self._folder


def _lies_there(box: imaplib.IMAP4, folder: Folder, copy: Copy) -> bool:
    """Return whether the server kept a letter itself; not where it cannot say."""
    required(box.select(folder.quoted, readonly=True))
    since = in_search((copy.sent - timedelta(days=1)).date())  # its day may be another over there
    status, found = box.uid("SEARCH", "SINCE", since, "HEADER", "Message-ID", copy.identity)
    return status == "OK" and bool(found and found[0])
