"""Who is answered: this machine's own window, let in by a token that works once, and nobody else."""

import contextlib
import http.client
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.screen.guard import HEADERS
from edu_sheet.screen.home import Home
from edu_sheet.screen.opened import SECRET
from edu_sheet.screen.running import Running
from edu_sheet.screen.server import BODY_LIMIT, Server
from tests.app.conftest import Office
from tests.support.builders import EDUCATION, POLICE, fill
from tests.support.clerk import PORT, Clerk

PAGES = ("/", "/start", "/wizard", "/p/2022-12", "/p/2022-12/collect", "/matrix", "/settings")


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8642",
        "127.0.0.1",
        "127.0.0.1:8643",
        "127.0.0.1.:8642",
        "[::1]:8642",
        "0.0.0.0:8642",
        "2130706433:8642",
        "xian.test:8642",
        "",
    ],
)
def test_another_name_for_this_machine_is_not_answered(clerk: Clerk, host: str) -> None:
    for path in ("/start", "/static/screen.js", "/enter/x"):
        answer = clerk.browser.get(path, base_url=clerk.running.origin, headers={"Host": host})
        assert answer.status_code == 421


def test_whoever_has_no_cookie_sees_nothing(clerk: Clerk, office: Office) -> None:
    stranger = clerk.browser.application.test_client()
    for path in (*PAGES, "/return/1", "/job/1", "/file/2022-12/1", "/quit", "/stamp/2022-12"):
        answer = stranger.get(path, base_url=clerk.running.origin)
        assert answer.status_code == 403
        assert EDUCATION not in answer.get_data(as_text=True)
    assert stranger.post("/quit", base_url=clerk.running.origin).status_code == 403
    assert not clerk.running.life.left


def test_a_token_lets_one_browser_in_and_trying_hinders_no_right_one(clerk: Clerk) -> None:
    token = clerk.running.visitors.invite()
    for status in (303, 403):
        other = clerk.browser.application.test_client()
        assert other.get(f"/enter/{token}", base_url=clerk.running.origin).status_code == status
    for _ in range(20):
        clerk.get("/enter/wrong")
    assert clerk.get("/enter/wrong").status == 429
    token = clerk.running.visitors.invite()
    other = clerk.browser.application.test_client()
    assert other.get(f"/enter/{token}", base_url=clerk.running.origin).status_code == 303


def test_the_cookie_is_for_this_site_and_no_script(clerk: Clerk) -> None:
    other = clerk.browser.application.test_client()
    address = clerk.running.address()
    answer = other.get(address.removeprefix(clerk.running.origin), base_url=clerk.running.origin)
    said = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {one.strip() for one in said.split(";")}
    assert said.startswith(f"edu_sheet_{PORT}=")


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://xian.test",
        "http://127.0.0.1:8643",
        "https://127.0.0.1:8642",
        "http://127.0.0.1:8642/",
        "http://127.0.0.1:8642, http://xian.test",
    ],
)
def test_a_form_from_elsewhere_does_nothing(clerk: Clerk, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    for path in ("/quit", "/p/2022-12/issue", "/settings/alias", "/alive"):
        answer = clerk.browser.post(
            path, base_url=clerk.running.origin, data={"token": clerk.token}, headers=headers
        )
        assert answer.status_code == 403
    assert not clerk.running.life.left
    assert clerk.running.jobs.get(1) is None


@pytest.mark.parametrize("token", ["", "0" * 64, "é", None])
def test_a_form_without_its_token_does_nothing(clerk: Clerk, token: str | None) -> None:
    answer = clerk.browser.post(
        "/quit",
        base_url=clerk.running.origin,
        data={} if token is None else {"token": token},
        headers={"Origin": clerk.running.origin},
    )
    assert answer.status_code == 403
    assert not clerk.running.life.left


def test_a_page_of_one_workspace_does_nothing_in_another(clerk: Clerk, tmp_path: Path) -> None:
    old = clerk.token
    other = app.create(tmp_path / "另一个").root
    clerk.running.open(other)
    answer = clerk.browser.post(
        "/settings/alias",
        base_url=clerk.running.origin,
        data={"token": old, "unit": "县财政局", "alias": "财政局"},
        headers={"Origin": clerk.running.origin},
    )
    assert answer.status_code == 403
    assert "另一个窗口换了工作区" in answer.get_data(as_text=True)


def test_a_second_start_needs_the_secret_that_only_this_person_can_read(clerk: Clerk) -> None:
    clerk.running.knock = "secret"
    for said in ("", "wrong", "secre"):
        answer = clerk.browser.post("/knock", base_url=clerk.running.origin, headers={SECRET: said})
        assert answer.status_code == 403
    answer = clerk.browser.post("/knock", base_url=clerk.running.origin, headers={SECRET: "secret"})
    assert answer.get_data(as_text=True).startswith(f"{clerk.running.origin}/enter/")


def test_every_answer_bears_the_headers_and_no_page_has_script_or_style_in_it(
    clerk: Clerk, office: Office
) -> None:
    (one,) = office.take(b"nothing that can be read", "说明.doc")
    shown = (*PAGES, f"/return/{one.id}", "/p/2022-12/sum", "/p/2022-12/mail", "/nothing", "/quit")
    for path in shown:
        page = clerk.get(path)
        for name, value in HEADERS.items():
            assert page.headers[name] == value
        assert "<script>" not in page.html
        assert " style=" not in page.html
        assert "<style" not in page.html
        assert " onclick" not in page.html
        assert "Server" not in page.headers


def test_looking_changes_nothing(clerk: Clerk, office: Office) -> None:
    (one,) = office.take(b"nothing that can be read", "说明.doc")
    clerk.get("/p/2022-12/collect")
    before = {
        path: path.read_bytes()
        for path in office.root.rglob("*")
        if path.is_file() and path.suffix != ".lock" and not path.name.startswith("台账.db-")
    }
    for path in (
        *PAGES,
        f"/return/{one.id}",
        "/p/2022-12/sum",
        "/p/2022-12/mail",
        "/p/2022-12/due",
    ):
        clerk.get(path)
    clerk.get(f"/return/{one.id}/would?action=reject")
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../分工方案.xlsx", "分工方案.xlsx"),
        ("C:\\Windows\\表.xlsx", "表.xlsx"),
        ("CON.xlsx", None),
        ("/etc/passwd", "passwd"),
        ("甲" * 200 + ".xlsx", None),
        ("", None),
        ("..", None),
    ],
)
def test_a_file_that_is_dropped_stays_in_its_place(
    clerk: Clerk, office: Office, name: str, kept: str | None
) -> None:
    plan = office.workspace.plan.read_bytes()
    put = clerk.drop(name, b"one")
    assert put.status == 200
    (path,) = office.workspace.inbox.iterdir()
    assert path.read_bytes() == b"one"
    assert kept is None or path.name == kept
    assert len(path.name) <= 70
    assert clerk.drop(name, b"two").status == 200
    assert sorted(each.read_bytes() for each in office.workspace.inbox.iterdir()) == [
        b"one",
        b"two",
    ]
    assert office.workspace.plan.read_bytes() == plan


@pytest.mark.parametrize("name", ["~$表.xlsx", "Thumbs.db"])
def test_what_a_system_leaves_behind_is_refused_in_words(clerk: Clerk, name: str) -> None:
    page = clerk.drop(name, b"one")
    assert page.status == 400
    assert "临时文件" in page.html


def test_nothing_is_opened_by_a_path_from_a_page(clerk: Clerk, office: Office) -> None:
    for path in ("/open/file/2022-12/1", "/open/file/2022-12/..", "/open/%2Fetc%2Fpasswd"):
        assert clerk.post(path).status in (400, 404, 405)
    assert clerk.post("/start/open", number="0/../..").status == 400
    assert clerk.post("/start/folder", folder="/nowhere").status == 400
    assert clerk.running.folder == office.root


def test_what_was_returned_is_shown_as_text_on_every_page(clerk: Clerk, office: Office) -> None:
    mark = "<img src=x onerror=alert(1)>"
    data = fill(office.form(POLICE), {5: f"{mark}已完成。"})
    (one,) = office.take(data, "<b>县公安局</b>.xlsx")
    for path in (
        f"/return/{one.id}",
        f"/return/{one.id}/would?action=reject",
        f"/returns/2022-12?unit={POLICE}",
        "/returns/2022-12?unit=<b>",
        "/p/2022-12/mail?kind=receipt",
    ):
        page = clerk.get(path)
        assert "<img" not in page.html
        assert "<b>县" not in page.html
    assert "<img src=x" in clerk.get(f"/return/{one.id}").text


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    """Return a screen that a real server answers for."""
    one = Running(Home(tmp_path))
    server = Server(one)
    yield one
    server.close()


def answer_at_header(served: Running, length: int) -> tuple[int, str]:
    """Return how a stranger's body of so many bytes is answered before any of it is sent."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)) as on:
        on.putrequest("POST", "/upload")
        on.putheader("Content-Length", str(length))
        on.endheaders()
        answer = on.getresponse()
        return answer.status, answer.read().decode()


def test_a_body_over_the_limit_is_refused_at_its_header(served: Running) -> None:
    status, said = answer_at_header(served, BODY_LIMIT + 1)
    assert (status, said[:4]) == (413, "文件太大")
    assert served.port > 1023


def test_hundreds_of_half_sent_requests_keep_nobody_out(served: Running) -> None:
    head = f"POST /start HTTP/1.1\r\nHost: {served.host}\r\nContent-Length: 1000\r\n\r\n"
    with contextlib.ExitStack() as open_ones:
        for _ in range(250):
            connection = socket.create_connection(("127.0.0.1", served.port))
            open_ones.enter_context(connection).sendall(f"{head}x".encode())
        clerk = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        clerk.request("GET", served.address().removeprefix(served.origin))
        assert clerk.getresponse().status == 303
        clerk.close()


def test_of_a_stranger_no_large_body_is_taken(served: Running) -> None:
    assert answer_at_header(served, BODY_LIMIT - 1)[0] == 400


def test_an_address_that_names_another_host_before_the_path_is_not_answered(clerk: Clerk) -> None:
    answer = clerk.browser.get(
        "/start",
        base_url=clerk.running.origin,
        environ_overrides={"REQUEST_URI": "http://xian.test/start"},
    )
    assert answer.status_code == 421


def test_what_is_copied_for_a_technician_bears_no_token(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(app, "overview", broken)
    page = clerk.get("/p/2022-12")
    bare = page.html.replace(f'content="{clerk.token}"', "")
    assert clerk.token not in bare
