"""The mail box: its servers by 设置 or by its address, and its password, which is kept nowhere."""

import contextlib
import ipaddress
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edu_sheet.mail.message import Sender
from edu_sheet.words.errors import MailError
from edu_sheet.words.letters import deliverable
from edu_sheet.words.settings import Login, MailSettings, Security, Settings
from edu_sheet.words.step import AGAIN, Step, Verb

if TYPE_CHECKING:
    from ssl import SSLContext

SERVICE = "edu-sheet"  # under which the system's keyring keeps the password
PASSWORD = "EDU_SHEET_MAIL_PASSWORD"  # noqa: S105 - a variable's name is no password
SECONDS = 60  # without an answer from a server

# Mail services by the address's domain: SMTP server, IMAP server; TLS at 465 and 993.
_SERVICES = {
    **dict.fromkeys(("qq.com", "vip.qq.com", "foxmail.com"), ("smtp.qq.com", "imap.qq.com")),
    "163.com": ("smtp.163.com", "imap.163.com"),
    "126.com": ("smtp.126.com", "imap.126.com"),
    "yeah.net": ("smtp.yeah.net", "imap.yeah.net"),
    "vip.163.com": ("smtp.vip.163.com", "imap.vip.163.com"),
    "139.com": ("smtp.139.com", "imap.139.com"),
    "189.cn": ("smtp.189.cn", "imap.189.cn"),
    "sina.com": ("smtp.sina.com", "imap.sina.com"),
    "sina.cn": ("smtp.sina.cn", "imap.sina.cn"),
    "sohu.com": ("smtp.sohu.com", "imap.sohu.com"),
    "aliyun.com": ("smtp.aliyun.com", "imap.aliyun.com"),
    **dict.fromkeys(
        ("outlook.com", "hotmail.com", "live.com", "live.cn", "msn.com"),
        ("smtp-mail.outlook.com", "outlook.office365.com"),
    ),
}
_EXCHANGE_ONLINE = ("smtp.office365.com", "outlook.office365.com")
_STARTTLS = {"smtp.office365.com", "smtp-mail.outlook.com", "smtp.partner.outlook.cn"}  # alone
_SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
_IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}
_SHEET = "分工方案.xlsx 的“设置”"


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and how it is talked to."""

    host: str
    port: int
    security: Security
    account: str
    login: Login = Login.PASSWORD
    client_id: str = ""  # for Microsoft's log-in
    tenant: str = ""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}（{self.security.value}）"


@dataclass(frozen=True, slots=True)
class Password:
    """A password that no message or traceback shows."""

    text: str = field(repr=False)


def sender(settings: Settings) -> Sender | None:
    """Return who writes, None where 设置 names no address."""
    mail = settings.mail
    if not mail.address:
        return None
    return Sender(mail.address, mail.name or settings.issuer, mail.reply_to)


def smtp_server(mail: MailSettings) -> Server:
    """Return the server for sending; MailError if 设置 does not give enough, or asks for no TLS."""
    given = (mail.smtp_host, mail.smtp_port, mail.smtp_security)
    return _server(mail, "SMTP", given, 0, _SMTP_PORTS, mail.login)


def imap_server(mail: MailSettings) -> Server:
    """Return the server for fetching; MailError as for `smtp_server`."""
    given = (mail.imap_host, mail.imap_port, mail.imap_security)
    login = Login.PASSWORD if mail.login is Login.NONE else mail.login
    return _server(mail, "IMAP", given, 1, _IMAP_PORTS, login)


def password(server: Server) -> Password:
    """Return the password from the environment or the system's keyring; MailError if none."""
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    kept = os.environ.get(PASSWORD)
    if not kept:
        try:
            kept = keyring.get_password(SERVICE, server.account)
        except NoKeyringError:
            raise _no_keyring(f"没有找到邮箱 {server.account} 的授权码（密码）") from None
        except KeyringError:  # one that is locked
            kept = None
    if not kept:
        raise MailError(
            f"没有找到邮箱 {server.account} 的授权码（密码）",
            "请把授权码存入系统的凭据管理器（不写入任何文件）。",
            Step(Verb.STORE_PASSWORD, account=server.account),
        )
    if not kept.isascii():  # no server takes one, and Python's own error would show it
        raise MailError(
            f"邮箱 {server.account} 的授权码里有汉字或全角字符",
            "请重新复制授权码，再存一次。",
            Step(Verb.STORE_PASSWORD, account=server.account),
        )
    return Password(kept)


def has_password(account: str) -> bool:
    """Return whether a password is known for an account; it is not shown."""
    import keyring
    from keyring.errors import KeyringError

    if os.environ.get(PASSWORD):
        return True
    with contextlib.suppress(KeyringError):
        return bool(keyring.get_password(SERVICE, account))
    return False


def store_password(account: str, text: str) -> None:
    """Keep a password in the system's keyring, and in no file; MailError if it cannot be kept."""
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    clean = text.strip()
    if not clean or not clean.isascii():
        raise MailError("授权码是空的，或里面有汉字、全角字符", "请重新复制授权码，再存一次。")
    try:
        keyring.set_password(SERVICE, account, clean)
    except NoKeyringError:
        raise _no_keyring("授权码没有存下") from None
    except KeyringError as error:
        raise MailError(
            f"这台电脑的凭据管理器不能存授权码（{error}）",
            "请登录到桌面后再试，或请技术人员设好系统的凭据管理器。",
        ) from None


def _no_keyring(what: str) -> MailError:
    return MailError(
        f"{what}，这台电脑也没有可用的凭据管理器，存不了",
        f"请把授权码放进环境变量 {PASSWORD}（不写入任何文件），再试一次；"
        "或请技术人员设好系统的凭据管理器。",
    )


def trusted() -> "SSLContext":
    """Return the TLS context that checks a server's certificate and name."""
    import ssl

    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _server(
    mail: MailSettings,
    name: str,
    given: tuple[str, int | None, Security | None],
    which: int,
    ports: dict[Security, int],
    login: Login,
) -> Server:
    if not mail.address:
        raise MailError("没有填写发件地址", f"请在 {_SHEET}里填写“发件地址”，保存并关闭。", AGAIN)
    if not deliverable(mail.address):
        raise MailError(f"发件地址“{mail.address}”不像邮件地址", f"请在 {_SHEET}里改正。")
    host, port, security = given
    domain = mail.address.rpartition("@")[2].lower()
    usual = _EXCHANGE_ONLINE if login is Login.MICROSOFT else ("", "")
    host = host or _SERVICES.get(domain, usual)[which]
    if not host:
        raise MailError(
            f"不知道 {domain} 的 {name} 服务器",
            f"请向邮箱的管理单位询问，填在 {_SHEET}的“{name} 服务器”里。",
        )
    security = security or (Security.STARTTLS if host in _STARTTLS else Security.TLS)
    if security is Security.NONE and not _may_be_clear(host, login):
        raise MailError(
            f"{name} 加密方式是“不加密”，密码和内容会被他人看到，没有连接",
            f"请在 {_SHEET}里把“{name} 加密方式”改为 SSL/TLS 或 STARTTLS；"
            "内网里不用登录的发信服务器，把“登录方式”选为“无”。",
        )
    account = mail.account or mail.address
    number = port or ports[security]
    return Server(host, number, security, account, login, mail.client_id, mail.tenant)


def _may_be_clear(host: str, login: Login) -> bool:
    """Return whether a server may be talked to in clear: on this machine, or a relay inside."""
    if host == "localhost":
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return login is Login.NONE and _lies_inside(host)
    return found.is_loopback or (login is Login.NONE and found.is_private)


def _lies_inside(host: str) -> bool:
    """Return whether all addresses of a name are those of an office's own network."""
    import socket

    try:
        known = {one[4][0] for one in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return all(ipaddress.ip_address(str(one).partition("%")[0]).is_private for one in known)


def rejected(server: Server, answer: str) -> MailError:
    """Return the error for a server that rejects account or password."""
    return MailError(
        f"{server.host} 不接受账号 {server.account} 的授权码：{answer}",
        "请确认：邮箱里已开启 SMTP/IMAP 服务；用的是授权码，不是登录密码；授权码没有过期。"
        "如不对，请重新存入。",
        Step(Verb.STORE_PASSWORD, account=server.account),
    )


def misplaced(server: Server, kind: str, given: str) -> MailError:
    """Return the error for a port at which a server of another kind answers: `given` is there."""
    return MailError(
        f"{server} 不是{kind}服务器，没有登录，也没有收发任何内容（它答的是：{given[:80]}）",
        "“设置”里 SMTP（发信）和 IMAP（收信）的服务器、端口多半填反了："
        "SMTP 一般是 465 或 587，IMAP 一般是 993 或 143。请改正后保存。",
        AGAIN,
    )


def unencryptable(server: Server) -> MailError:
    """Return the error for a server that knows no STARTTLS at this port."""
    return MailError(
        f"{server} 不支持 STARTTLS 加密，没有登录，也没有收发任何内容",
        "请在“设置”里把加密方式改为 SSL/TLS，端口改为相应的（发信一般是 465，收信一般是 993）。",
        AGAIN,
    )


@contextlib.contextmanager
def explained(server: Server, safe: str = "已发出的都有登记，不会重复") -> Iterator[None]:
    """Turn a connection failure into a MailError that says what is `safe` and what to do next."""
    import smtplib
    import ssl

    from edu_sheet.mail.broken import as_bytes, broken

    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailError(
            f"{server} 的证书没有通过核验（{error.verify_message}），没有登录，也没有发送任何内容",
            "请核对“设置”里的服务器名称；仍不行，可能网络上有人冒充，请联系技术人员。",
        ) from None
    except smtplib.SMTPNotSupportedError as error:
        if "AUTH" not in str(error):
            raise unencryptable(server) from None
        raise MailError(
            f"{server} 不提供登录，没有发送任何内容",
            "登录多半要先加密：请在“设置”里改用 SSL/TLS 或 STARTTLS 和相应的端口；"
            "内网里不用登录的发信服务器，把“登录方式”选为“无”。",
            AGAIN,
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code < 0:
            # No number stands where SMTP has one.
            given = as_bytes(error.smtp_error).decode("utf-8", "replace")
            raise misplaced(server, "发信（SMTP）", given) from None
        raise MailError(
            f"连不上邮件服务器 {server}（{broken(error)}）",
            f"{safe}；{_unlike(server)}请检查网络、服务器名称、端口和加密方式。",
            AGAIN,
        ) from None


def _unlike(server: Server) -> str:
    """Return what to try where a port is as a rule another encryption's, "" where it is not."""
    for security in (Security.TLS, Security.STARTTLS):
        usual = server.port in (_SMTP_PORTS[security], _IMAP_PORTS[security])
        if usual and server.security is not security:
            chosen = server.security.value
            return f"端口 {server.port} 一般用 {security.value}，现在选的是 {chosen}；"
    return ""
