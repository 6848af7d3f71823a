"""How fast and how many: limits across runs, pauses that grow, new connections; and copies."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from edu_sheet.kit import clock
from edu_sheet.mail.folders import Folder, legible, sent_folder
from tests.support.builders import moment
from tests.support.post import ADDRESSES, mail_settings, parsed, workspace
from tests.support.scripted_imap import Script, scripted_imap
from tests.support.servers import HOST, PASSWORD, Certificates, SmtpServer, certificates


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(authority: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpServer]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.authority))
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", PASSWORD)
    with SmtpServer(authority) as running:
        yield running


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that the program makes, none of which is waited for."""
    made: list[float] = []
    monkeypatch.setattr("edu_sheet.mail.pace.sleep", made.append)
    return made


# ---------------------------------------------------------------- pace


def test_no_more_go_out_in_an_hour_than_the_settings_allow_and_when_to_go_on_is_said(
    tmp_path: Path, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = moment("2023-01-05T09:00")
    monkeypatch.setattr(clock, "now", lambda: now)
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port, per_hour=4, per_day=5))
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert said.out.count("每小时最多 4 封，其余请在 10:00 以后再发") == 1
    assert len(server.arrived) == 4
    now += timedelta(minutes=59)
    assert session("mail", "2022-12", "--send").status == 1
    assert len(server.arrived) == 4
    now += timedelta(minutes=1)
    said = session("mail", "2022-12", "--send")
    assert "每天最多 5 封，其余请在 2023-01-06 09:00 以后再发" in said.out
    assert len(server.arrived) == 5
    now += timedelta(days=1)
    assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


def test_the_pause_grows_as_long_as_the_server_asks_for_time_and_a_new_connection_is_taken(
    tmp_path: Path, server: SmtpServer, rests: list[float]
) -> None:
    server.faults.answers = {2: "421 4.4.5 too many", 3: "451 4.7.1 later"}
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port, pause=7))
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert rests == [7, 30, 60, 7, 7]
    assert len(server.logins) == 3
    assert len(server.arrived) == 4
    assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


def test_many_letters_go_over_several_connections(
    tmp_path: Path, server: SmtpServer, rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edu_sheet.mail.sending._ON_ONE_LINE", 2)
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    assert session("mail", "2022-12", "--send").status == 0
    assert len(server.logins) == 3
    assert len(server.arrived) == 6


def test_a_server_that_is_gone_when_the_next_connection_is_due_stops_the_run_alone(
    tmp_path: Path, server: SmtpServer, rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    server.faults.answers = {2: "421 4.4.5 too many"}

    def gone(seconds: float) -> None:
        if seconds == 30:
            monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", "revoked")

    monkeypatch.setattr("edu_sheet.mail.pace.sleep", gone)
    said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert "没有发完，已发的不会重复" in said.out
    assert len(server.arrived) == 1


def test_answers_go_where_the_settings_say(tmp_path: Path, server: SmtpServer) -> None:
    mail = mail_settings(server.port, reply_to="shouji@xian.test")
    session = workspace(tmp_path / "督办", mail=mail)
    assert session("mail", "2022-12", "--send").status == 0
    assert {parsed(one.data)["Reply-To"] for one in server.arrived} == {"shouji@xian.test"}


# ---------------------------------------------------------------- copies


def test_a_copy_of_each_letter_lies_in_the_mail_box(
    tmp_path: Path, server: SmtpServer, authority: Certificates
) -> None:
    with scripted_imap(authority, Script()) as box:
        mail = mail_settings(server.port, imap_host=HOST, imap_port=box.port)
        session = workspace(tmp_path / "督办", mail=mail)
        assert session("mail", "2022-12", "--send").status == 0
    assert {folder for folder, _ in box.appended} == {"Sent Messages"}
    assert [data for _, data in box.appended] == [one.data for one in server.arrived]


def test_a_mail_box_that_keeps_letters_itself_gets_none_twice(
    tmp_path: Path, server: SmtpServer, authority: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script()
    monkeypatch.setattr(
        "edu_sheet.mail.pace.sleep", lambda _: script.keeps.append(server.arrived[-1].data)
    )
    with scripted_imap(authority, script) as box:
        mail = mail_settings(server.port, imap_host=HOST, imap_port=box.port)
        session = workspace(tmp_path / "督办", mail=mail)
        assert session("mail", "2022-12", "--send").status == 0
    assert box.appended == []
    assert len(server.arrived) == 6


def test_a_copy_that_could_not_be_filed_is_told_and_the_letters_count_as_sent(
    tmp_path: Path, server: SmtpServer, authority: Certificates
) -> None:
    with scripted_imap(authority, Script(append="NO [OVERQUOTA] full")) as box:
        mail = mail_settings(server.port, imap_host=HOST, imap_port=box.port)
        session = workspace(tmp_path / "督办", mail=mail)
        said = session("mail", "2022-12", "--send")
        assert said.status == 0
        assert "没能存进邮箱的“已发送”" in said.out
        assert "信已发出，不用再发" in said.out
        assert session("mail", "2022-12", "--send").status == 0
    assert len(server.arrived) == 6


def test_the_folder_of_sent_letters_is_known_by_its_mark_or_its_name() -> None:
    def folder(name: str, flags: str = "", between: str = "/") -> Folder:
        return Folder(name, legible(name), frozenset(flags.split()), between)

    named = folder("&XfJT0ZAB-")
    assert named.shown == "已发送"
    assert sent_folder([folder("INBOX"), named]) == named
    marked = folder("Elementos enviados", r"\sent")
    assert sent_folder([named, marked]) == marked
    below = folder("INBOX.Sent", between=".")
    assert sent_folder([below, folder("Drafts")]) == below
    assert sent_folder([folder("INBOX")]) is None
    assert legible("A&-B &broken") == "A&B &broken"
