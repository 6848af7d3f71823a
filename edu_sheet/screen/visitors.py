"""Who may look: a token that works once becomes a visitor, whom a cookie names from then on."""

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from edu_sheet.app import SignIn
from edu_sheet.screen.draft import Draft
from edu_sheet.words.period import Period

_WRONG = 20  # wrong tokens
_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said on the next page, with the page that it is about."""

    words: str
    path: str = ""
    link: str = ""
    undone: bool = False  # it tells that something was not done


@dataclass(slots=True)
class Visitor:
    """One browser that came with a token."""

    cookie: str
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    notes: list[Note] = field(default_factory=list)  # to be said on the next page, once
    period: Period | None = None  # that was looked at last
    draft: Draft | None = None  # of a new workspace
    sign_in: SignIn | None = None  # at the mail box's server, that waits for her

    def token(self, folder: Path | None) -> str:
        """Return what every form bears: it holds for this visitor, in that workspace alone."""
        said = str(folder or "").encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, said, hashlib.sha256).hexdigest()

    def say(self, words: str, path: str = "", link: str = "", *, undone: bool = False) -> None:
        """Let something be said on the next page, with a link if there is more to see.

        `undone` shows it as what was not done, not as what was.
        """
        self.notes.append(Note(words, path, link, undone))

    def take_notes(self) -> list[Note]:
        """Return what is to be said now, and forget it."""
        taken, self.notes = self.notes, []
        return taken


class Visitors:
    """Tokens that were given out, and those who came with one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._invited: dict[str, Path | None] = {}
        self._known: dict[str, Visitor] = {}
        self._wrong: deque[float] = deque()

    def invite(self, folder: Path | None = None) -> str:
        """Return a token that lets one browser in, once; it opens that workspace."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._invited[token] = folder
        return token

    def enter(self, token: str) -> tuple[Visitor, Path | None] | None:
        """Return a new visitor and the workspace to be opened; None for a token that is none."""
        with self._lock:
            found = [one for one in self._invited if secrets.compare_digest(_b(one), _b(token))]
            if not found:
                self._wrong.append(time.monotonic())
                return None
            folder = self._invited.pop(found[0])
            visitor = Visitor(secrets.token_urlsafe(32))
            self._known[visitor.cookie] = visitor
            return visitor, folder

    def too_many_wrong(self) -> bool:
        """Whether somebody is trying tokens."""
        with self._lock:
            while self._wrong and self._wrong[0] < time.monotonic() - _WITHIN:
                self._wrong.popleft()
            return len(self._wrong) >= _WRONG

    def known(self, cookie: str | None) -> Visitor | None:
        """Return whom a cookie names, None if nobody."""
        with self._lock:
            return self._known.get(cookie or "")


def _b(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
