"""Exchange Online and Outlook: a log-in in a browser once, then letters over XOAUTH2."""

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest

from edu_sheet import app
from edu_sheet.mail import account, oauth
from edu_sheet.words.errors import MailError
from edu_sheet.words.settings import Login, MailSettings, Security
from edu_sheet.words.step import Step, Verb
from tests.support.microsoft import REFRESH, Office365, TokenServer, office365
from tests.support.post import mail_settings, workspace
from tests.support.scripted_imap import Script, scripted_imap
from tests.support.servers import ACCOUNT, HOST, Certificates, SmtpServer, certificates
from tests.support.session import Session


class Ring(keyring.backend.KeyringBackend):
    """A credential store as small as that of Windows."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        assert len(password.encode("utf-16-le")) <= 2560
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    kept = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", kept)
    monkeypatch.delenv("EDU_SHEET_MAIL_PASSWORD", raising=False)
    return kept


@pytest.fixture
def office(
    authority: Certificates, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office365]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.authority))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.authority))
    with office365(authority) as running:
        monkeypatch.setattr(oauth, "_WORLD", oauth.Cloud(running.address, ("https://x/SMTP.Send",)))
        yield running


def settings(port: int = 587, **fields: object) -> MailSettings:
    return mail_settings(port, login=Login.MICROSOFT, client_id="client", **fields)


def signed_in(folder: Path, office: Office365, mail: MailSettings) -> Session:
    session = workspace(folder, mail=mail)
    office.agreed = True
    said = session("sign-in")
    assert said.status == 0, said.err
    assert "https://microsoft.test/devicelogin" in said.out
    assert "ABCD1234" in said.out
    return session


def test_once_signed_in_letters_go_out_and_copies_are_filed_with_tokens_that_renew_themselves(
    tmp_path: Path, office: Office365, authority: Certificates, ring: Ring
) -> None:
    with TokenServer(authority, office) as server:
        script = Script(tokens=("later",))
        with scripted_imap(authority, script) as box:
            mail = settings(server.port, imap_host=HOST, imap_port=box.port)
            session = signed_in(tmp_path / "督办", office, mail)
            script.tokens = tuple(f"access-{n}-" + "a" * 1_500 for n in range(1, 9))
            assert session("mail", "2022-12", "--send").status == 0
    assert len(server.arrived) == len(box.appended) == 6
    assert server.logins == [("XOAUTH2", "in")]
    renewed = [one for one in office.asked if one["grant_type"] == "refresh_token"]
    assert [one["refresh_token"] for one in renewed] == [f"{REFRESH}1", f"{REFRESH}2"]
    assert set(ring.kept) == {f"{ACCOUNT} OAuth {n}" for n in range(1, len(ring.kept) + 1)}
    kept = "".join(ring.kept.values())
    assert f"{REFRESH}3" in kept
    assert not any(one in kept for one in office.tokens)
    for path in session.folder.rglob("*"):
        assert not path.is_file() or b"refresh-r" not in path.read_bytes(), path
    ring.kept["other@xian.test"] = "password"
    assert "已从系统的凭据管理器删去" in session("sign-in", "--forget").out
    assert [*ring.kept] == ["other@xian.test"]
    assert "没有存" in session("sign-in", "--forget").out


def test_whoever_has_not_signed_in_is_told_how(
    tmp_path: Path, office: Office365, authority: Certificates
) -> None:
    with TokenServer(authority, office) as server:
        session = workspace(tmp_path / "督办", mail=settings(server.port))
        said = session("mail", "2022-12", "--send")
        assert said.status == 2
        assert "还没有授权" in said.err
        assert "sign-in" in said.err
        session = signed_in(tmp_path / "督办2", office, settings(server.port))
        office.withdrawn = True
        said = session("mail", "2022-12", "--send")
        assert said.status == 2
        assert "授权已失效（AADSTS50173: revoked.）" in said.err
    assert server.arrived == []


def test_a_token_that_the_server_does_not_take_is_told_and_never_shown(
    tmp_path: Path, office: Office365, authority: Certificates
) -> None:
    with TokenServer(authority, Office365()) as server, scripted_imap(authority, Script()) as box:
        mail = settings(server.port, imap_host=HOST, imap_port=box.port)
        session = signed_in(tmp_path / "督办", office, mail)
        said = session("mail", "2022-12", "--send")
        assert said.status == 2
        assert "不接受账号 dudao@xian.test 的授权" in said.err
        box.tokens = ("another",)
        fetched = session("fetch")
        assert fetched.status == 2
        assert "不接受账号 dudao@xian.test 的授权" in fetched.err
    assert "aaaa" not in said.err + said.out + fetched.err


def test_a_code_that_nobody_typed_yet_is_waited_for(tmp_path: Path, office: Office365) -> None:
    session = workspace(tmp_path / "督办", mail=settings())
    begun = app.begin_sign_in(session.folder)
    assert (begun.account, begun.code) == (ACCOUNT, "ABCD1234")
    assert not app.finish_sign_in(begun)
    assert not app.mail_box(session.folder).has_password
    office.agreed = True
    assert app.finish_sign_in(begun)
    assert app.mail_box(session.folder).has_password


def test_who_needs_no_browser_is_told_and_who_lacks_something_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    assert "“登录方式”不是“微软授权”" in session("sign-in").err
    session = workspace(tmp_path / "督办2", mail=mail_settings(login=Login.MICROSOFT))
    assert "没有填写微软应用编号" in session("sign-in").err
    monkeypatch.setitem(sys.modules, "msal", None)
    assert "请技术人员安装附加组件 edu-sheet[oauth]" in session("sign-in").err


def test_microsoft_s_servers_need_no_names() -> None:
    mail = settings(smtp_host="", smtp_port=None, imap_host="", imap_port=None)
    assert str(account.smtp_server(mail)) == "smtp.office365.com:587（STARTTLS）"
    assert str(account.imap_server(mail)) == "outlook.office365.com:993（SSL/TLS）"


# ---------------------------------------------------------------- a relay that asks nobody


def test_a_relay_inside_the_office_is_asked_for_no_log_in(
    tmp_path: Path, authority: Certificates, ring: Ring
) -> None:
    with SmtpServer(authority, tls=False) as server:
        relay = mail_settings(server.port, login=Login.NONE, smtp_security=Security.NONE)
        session = workspace(tmp_path / "督办", mail=relay)
        assert session("mail", "2022-12", "--send").status == 0
    assert len(server.arrived) == 6
    assert server.logins == []


@pytest.mark.parametrize(("host", "taken"), [("10.1.2.3", True), ("8.8.8.8", False)])
def test_clear_text_goes_to_a_relay_inside_alone(host: str, taken: bool) -> None:
    def server(login: Login) -> account.Server:
        mail = mail_settings(25, smtp_host=host, smtp_security=Security.NONE, login=login)
        return account.smtp_server(mail)

    if taken:
        assert server(Login.NONE).login is Login.NONE
    else:
        with pytest.raises(MailError, match="没有连接"):
            server(Login.NONE)
    with pytest.raises(MailError, match="没有连接"):
        server(Login.PASSWORD)


def test_fetching_takes_a_password_where_sending_takes_none(ring: Ring) -> None:
    mail = mail_settings(login=Login.NONE, imap_host="imap.xian.test")
    server = account.imap_server(mail)
    with pytest.raises(MailError) as refused:
        account.password(server)
    assert refused.value.next == Step(Verb.STORE_PASSWORD, account=ACCOUNT)
