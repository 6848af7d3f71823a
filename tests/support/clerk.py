"""A clerk at the screen, without a browser: pages are asked for as her browser asks."""

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from edu_sheet.screen.home import Home
from edu_sheet.screen.running import Running
from edu_sheet.screen.site import make_site

PORT = 8642


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    html: str
    headers: Any
    path: str

    @property
    def text(self) -> str:
        """What a person reads, tags left out, on one line."""
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", self.html, flags=re.DOTALL)
        return " ".join(html.unescape(bare).split())

    @property
    def buttons(self) -> list[str]:
        """The words on buttons that can be clicked."""
        found = re.findall(r"<button\b([^>]*)>(.*?)</button>", self.html, re.DOTALL)
        return [
            html.unescape(said)
            for marks, said in found
            if not re.search(r"\b(hidden|disabled)\b", marks)
        ]


class Clerk:
    """One browser, let in by its token; redirects are followed."""

    def __init__(self, home: Path, folder: Path | None = None) -> None:
        self.running = Running(Home(home), port=PORT)
        self.browser = make_site(self.running).test_client()
        token = self.running.visitors.invite(folder)
        self.first = self.get(f"/enter/{token}")

    @property
    def token(self) -> str:
        cookie = self.browser.get_cookie(self.running.cookie, "127.0.0.1")
        assert cookie
        known = self.running.visitors.known(cookie.value)
        assert known
        return known.token(self.running.folder)

    def get(self, path: str, **headers: str) -> Page:
        return self._page(
            self.browser.get(
                path, base_url=self.running.origin, headers=headers, follow_redirects=True
            )
        )

    def post(self, path: str, **fields: Any) -> Page:
        """Click a button whose form has these fields."""
        return self._page(
            self.browser.post(
                path,
                base_url=self.running.origin,
                data={"token": self.token, **fields},
                headers={"Origin": self.running.origin},
                follow_redirects=True,
            )
        )

    def drop(self, name: str, data: bytes) -> Page:
        """Let a file fall on a page."""
        return self._page(
            self.browser.post(
                "/upload",
                query_string={"name": name},
                base_url=self.running.origin,
                data=data,
                headers={
                    "Origin": self.running.origin,
                    "X-Token": self.token,
                    "Content-Type": "application/octet-stream",
                    "Accept": "application/json",
                },
            )
        )

    def wait(self, page: Page) -> Page:
        """Wait for the job that a page shows; return what it came to."""
        assert page.path.startswith("/job/"), page.text
        while (one := self.running.jobs.running) is not None:
            one.thread.join()
        return self.get(page.path)

    @staticmethod
    def _page(answer: TestResponse) -> Page:
        return Page(
            answer.status_code, answer.get_data(as_text=True), answer.headers, answer.request.path
        )
