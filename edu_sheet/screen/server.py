"""The server: waitress on 127.0.0.1 and a free port, until the screen's life is over."""

import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from edu_sheet.screen.browser import open_window
from edu_sheet.screen.connections import channel_for
from edu_sheet.screen.home import Home, home_of_person, log_into
from edu_sheet.screen.opened import address_of_the_first, announce, the_only_one
from edu_sheet.screen.running import HOST, Running
from edu_sheet.screen.site import make_site

BODY_LIMIT = 500_000_000  # bytes; refused at the header
_THREADS = 6
_CONNECTIONS = 100  # at once; select on Windows takes 512
_SILENT = 60  # seconds after which a connection that says nothing is closed
_LOOK = 0.5  # seconds between two looks at whether it is over
_LAST_ANSWERS = 1.0  # seconds for what is on its way


class Server:
    """A screen that listens."""

    def __init__(self, one: Running) -> None:
        from waitress import create_server

        one.knock = secrets.token_urlsafe(32)
        self._running = one
        self._waitress: Any = create_server(
            make_site(one),
            host=HOST,
            port=0,
            threads=_THREADS,
            ident=None,
            max_request_body_size=BODY_LIMIT,
            clear_untrusted_proxy_headers=True,
            connection_limit=2 * _CONNECTIONS,  # never reached: room is made before
            channel_timeout=_SILENT,
            cleanup_interval=_SILENT // 4,
        )
        self._waitress.channel_class = channel_for(one, _CONNECTIONS)
        one.port = int(self._waitress.effective_port)
        threading.Thread(target=self._waitress.run, name="screen", daemon=True).start()

    def serve(self) -> None:
        """Return when the screen's life is over, or Ctrl-C is pressed."""
        one = self._running
        try:
            while one.jobs.running or not one.life.over():
                time.sleep(_LOOK)
        except KeyboardInterrupt:
            pass
        finally:
            self.close()

    def close(self) -> None:
        """Take no more, and let what is on its way end."""
        time.sleep(_LAST_ANSWERS)
        self._waitress.close()
        self._waitress.task_dispatcher.shutdown()


def run(
    folder: Path | None,
    told: Callable[[str], None],
    *,
    show: bool = True,
    home: Home | None = None,
) -> None:
    """Show the screen, with a workspace open where one is named, and return when it has ended.

    `told` is told the address, which lets one browser in, once. Where a screen runs already, the
    address is that one's, and this returns at once. EduSheetError if that one does not answer.
    """
    own = home or home_of_person()
    with the_only_one(own) as first:
        if first:
            log = log_into(own)
            one = Running(own)
            server = Server(one)
            announce(one)
            log.info("started")
            address = one.address(folder)
        else:
            address = address_of_the_first(own, folder)
        told(address)
        if show and not open_window(address):
            told("请把上面的地址复制到浏览器里打开。")
        if first:
            told("屏幕已打开：用完后点页面上的“退出”，或在这里按 Ctrl-C。")
            server.serve()
            log.info("ended")
