"""A real browser at a real screen: Chromium, driven by Playwright, and the program as a process."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

WIDTHS = (1280, 1024)
_SECONDS = 120  # that anything may take on a busy machine
_REQUIRED = "EDU_SHEET_BROWSER"  # set where it must be there
_AXE = "EDU_SHEET_AXE"  # axe.min.js, where it was installed
_PICTURES = "EDU_SHEET_PICTURES"  # a folder for a picture of every page


def chromium() -> str:
    """Return the browser's path; skip the test where it or Playwright is missing."""
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
    found = next((path for name in names if (path := shutil.which(name))), None)
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        found = None
    if found is None:
        if os.environ.get(_REQUIRED):
            pytest.fail("Chromium or Playwright is missing where it is required")
        pytest.skip("Chromium or Playwright is not installed")
    return found


class Server:
    """The screen, as a process of its own."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._process: subprocess.Popen[str] | None = None

    def start(self, folder: Path | None = None) -> str:
        """Start it and return its address."""
        where = ["-w", str(folder)] if folder else []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "edu_sheet", *where, "screen", "--no-open"],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | {"EDU_SHEET_HOME": str(self._home), "PYTHONUTF8": "1"},
        )
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process:
            self._process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
            self.wait()

    def wait(self) -> None:
        """Wait until it has ended."""
        if self._process:
            assert self._process.stdout
            self._process.stdout.close()
            self._process.wait(_SECONDS)
            self._process = None


@contextmanager
def browsing() -> Iterator[Any]:
    """Yield a page of a browser; what its pages say of errors fails the test."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(locale="zh-CN", bypass_csp=bool(os.environ.get(_AXE)))
        context.set_default_timeout(_SECONDS * 1000)
        said: list[str] = []
        context.on("weberror", lambda told: said.append(str(told.error)))
        yield context.new_page()
        browser.close()
        assert not said, said


def look_at(page: Any, name: str) -> None:
    """Look at a page as it is: nothing hangs over, one button is blue at most, all can be read."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder := os.environ.get(_PICTURES):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert page.locator(".primary:visible").count() <= 1, name
    assert page.locator("h1").count() == 1, name
    if script := os.environ.get(_AXE):
        page.evaluate(Path(script).read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        grave = [
            f"{one['id']}: {one['nodes'][0]['html']}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert grave == [], name


def drop(page: Any, files: dict[str, bytes]) -> None:
    """Let files fall on a page."""
    transfer = page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const [name, bytes] of files)
                transfer.items.add(new File([new Uint8Array(bytes)], name));
            return transfer;
        }""",
        [[name, list(data)] for name, data in files.items()],
    )
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
