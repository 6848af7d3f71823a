"""One screen a person: how it is found, how long it lives, how it ends."""

import contextlib
import http.client
import re
import threading
from pathlib import Path

import pytest

from edu_sheet import screen
from edu_sheet.screen.home import Home
from edu_sheet.screen.life import GONE, SILENT, Life
from tests.app.conftest import Office
from tests.support.clerk import Clerk


def test_a_screen_lives_while_a_page_is_open_and_some_time_after_the_last_has_gone() -> None:
    now = [0.0]
    life = Life(lambda: now[0])
    life.heard("a")
    now[0] = SILENT - 1
    assert not life.over()  # the machine may have slept: it has not said goodbye
    life.gone("a")
    now[0] += GONE - 1
    assert not life.over()
    life.heard("b")
    life.gone("b")
    now[0] += GONE
    assert life.over()


def test_a_page_that_was_silent_for_hours_keeps_no_screen_alive() -> None:
    now = [0.0]
    life = Life(lambda: now[0])
    life.heard("a")
    now[0] = SILENT + GONE
    assert life.over()


def test_a_second_start_finds_the_first_and_leaving_ends_it(office: Office, tmp_path: Path) -> None:
    home, told = Home(tmp_path / "home"), [""]
    ready = threading.Event()

    def tell(line: str) -> None:
        told.append(line)
        ready.set()

    first = threading.Thread(
        target=lambda: screen.run(office.root, tell, show=False, home=home), daemon=True
    )
    first.start()
    assert ready.wait(60)
    second: list[str] = []
    screen.run(None, second.append, show=False, home=home)
    (address,) = second
    origin = told[1].partition("/enter/")[0]
    assert address.startswith(f"{origin}/enter/")
    assert address != told[1]

    assert "已退出" in _leave(origin, address)
    first.join(60)
    assert not first.is_alive()
    assert not home.opened.exists()
    assert "enter" not in home.log.read_text("utf-8")


def _leave(origin: str, address: str) -> str:
    """Come in with an address, click 退出, and return the page that says so."""
    connection = http.client.HTTPConnection(origin.removeprefix("http://"))
    with contextlib.closing(connection):
        connection.request("GET", address.removeprefix(origin))
        answer = connection.getresponse()
        answer.read()
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        connection.request("GET", "/quit", headers={"Cookie": cookie})
        found = re.search(r'name="token" value="(\w+)"', connection.getresponse().read().decode())
        assert found
        form = {"Cookie": cookie, "Origin": origin}
        form["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", "/quit", f"token={found[1]}", form)
        return connection.getresponse().read().decode()


def test_a_workspace_is_not_changed_under_a_job(
    clerk: Clerk, office: Office, tmp_path: Path
) -> None:
    release = threading.Event()
    jobs = clerk.running.jobs
    with jobs.alone("收取"):
        jobs.start("收取", lambda _: release.wait(60), template="collected.html", back="/p")
    page = clerk.get(f"/enter/{clerk.running.visitors.invite(tmp_path)}")
    release.set()
    assert "正在收取，做完才能换到" in page.text
    assert clerk.running.folder == office.root


@pytest.mark.parametrize("spoilt", ["", "[1]", "{", '["/nowhere"]'])
def test_a_spoilt_list_of_recent_workspaces_stops_nothing(tmp_path: Path, spoilt: str) -> None:
    home = Home(tmp_path)
    home.recent_file.write_text(spoilt, encoding="utf-8")
    assert home.recent() == ()
    home.remember(tmp_path)
    assert home.recent() == (tmp_path,)
