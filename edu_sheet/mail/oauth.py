"""Log-in at Microsoft's servers by OAuth: a code typed into a web page once, tokens from then on.

What renews them is kept in the system's credential store, in pieces, for Windows takes 2,560 bytes
of a kind; a token for an hour's log-in is kept nowhere. msal is an extra of its own.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from edu_sheet.kit.refused import why
from edu_sheet.mail.account import SERVICE, Password, Server
from edu_sheet.words.errors import MailError
from edu_sheet.words.step import AGAIN, Step, Verb

if TYPE_CHECKING:
    from msal import PublicClientApplication, SerializableTokenCache

_PIECE = 1_000  # characters, of two bytes each on Windows
_KEPT = ("Account", "AppMetadata", "RefreshToken")  # of msal's cache: what renews a log-in
_PENDING = {"authorization_pending", "slow_down"}


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where Microsoft lets people in, and what it is asked to allow."""

    authority: str
    scopes: tuple[str, ...]


_WORLD = Cloud(
    "https://login.microsoftonline.com",
    ("https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All"),
)
_CHINA = Cloud(  # 世纪互联
    "https://login.partner.microsoftonline.cn",
    ("https://partner.outlook.cn/SMTP.Send", "https://partner.outlook.cn/IMAP.AccessAsUser.All"),
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A log-in that waits for a person: the code to be typed into a page, and its address."""

    server: Server
    code: str
    page: str
    flow: dict[str, Any] = field(repr=False)


def begin(server: Server) -> Begun:
    """Ask for a code; MailError if there is none to be had."""
    with _explained():
        flow = _application(server).initiate_device_flow([*_cloud(server).scopes])
    if "user_code" not in flow or not str(flow.get("verification_uri")).startswith("https://"):
        raise _refused(flow)
    return Begun(server, flow["user_code"], flow["verification_uri"], flow)


def finish(begun: Begun, *, wait: bool) -> bool:
    """Return whether the person has typed the code; then what renews the log-in is kept.

    With `wait`, until she has, or the code no longer holds. MailError if she or the server refuses.
    """
    with _explained():
        cache = _cache("")
        application = _application(begun.server, cache)
        once: dict[str, Any] = {} if wait else {"exit_condition": lambda _: True}
        said = application.acquire_token_by_device_flow(dict(begun.flow), **once)
    if "access_token" in said:
        _keep(begun.server.account, _renewing(cache))
        return True
    if said.get("error") in _PENDING:
        return False
    raise _refused(said)


def is_signed_in(account: str) -> bool:
    """Return whether a log-in is kept for an account."""
    return bool(_kept(account))


def forget(account: str) -> bool:
    """Delete what was kept for an account; return whether anything was. MailError if it cannot."""
    import keyring
    from keyring.errors import KeyringError

    try:
        places = [*_kept_places(account)]
        for place in reversed(places):  # what is left of one that was cut off is found again
            keyring.delete_password(SERVICE, place)
    except KeyringError as error:
        raise MailError(
            f"这台电脑的凭据管理器没有让删去授权（{error}）",
            f"请登录到桌面后再试，或在系统的凭据管理器里删去 {SERVICE} 的各项。",
        ) from None
    return bool(places)


def _kept_places(account: str) -> Iterator[str]:
    import keyring

    place = _place(account, 0)
    for number in count(1):
        if not keyring.get_password(SERVICE, place):
            return
        yield place
        place = _place(account, number)


def token(server: Server) -> Password:
    """Return what logs in for the next hour; MailError if a person has to sign in (again)."""
    kept = _kept(server.account)
    if not kept:
        raise MailError(
            f"邮箱 {server.account} 还没有授权", "请用浏览器授权一次。", Step(Verb.SIGN_IN)
        )
    with _explained():
        cache = _cache(kept)
        application = _application(server, cache)
        said = None
        for account in application.get_accounts()[:1]:
            scopes = [*_cloud(server).scopes]
            said = application.acquire_token_silent_with_error(scopes, account)
    if not said or "access_token" not in said:
        raise _refused(said or {})
    if (renewed := _renewing(cache)) != kept:
        with contextlib.suppress(MailError):  # the one before holds for some time yet
            _keep(server.account, renewed)
    return Password(said["access_token"])


def answer(server: Server, secret: Password) -> str:
    """Return what XOAUTH2 says to a server."""
    return f"user={server.account}\1auth=Bearer {secret.text}\1\1"


def rejected(server: Server, said: str) -> MailError:
    """Return the error for a server that does not take a token."""
    return MailError(
        f"{server.host} 不接受账号 {server.account} 的授权：{said}",
        "请确认授权时登录的就是这个账号；管理员要允许它用 SMTP（Authenticated SMTP）和 IMAP。"
        "如不对，请重新授权。",
        Step(Verb.SIGN_IN),
    )


def _refused(said: dict[str, Any]) -> MailError:
    told = str(said.get("error_description") or said.get("error") or "没有说明原因")
    first = told.splitlines()[0]
    return MailError(
        f"微软没有授权，或授权已失效（{first}）",
        "请核对“设置”里的“微软应用编号”和“微软租户”，再授权一次；"
        "仍不行，请管理员看看应用是否允许公共客户端流，是否同意了邮件的权限。",
        Step(Verb.SIGN_IN),
    )


def _application(
    server: Server, cache: "SerializableTokenCache | None" = None
) -> "PublicClientApplication":
    import msal

    if not server.client_id:
        raise MailError(
            "没有填写微软应用编号",
            "请向邮箱的管理员要应用（客户端）编号，填在 分工方案.xlsx 的“设置”的“微软应用编号”里。",
        )
    authority = f"{_cloud(server).authority}/{server.tenant or 'common'}"
    return msal.PublicClientApplication(
        server.client_id,
        authority=authority,
        token_cache=cache,
        instance_discovery=False,  # the host is one of the two above
        timeout=60,
    )


def _cloud(server: Server) -> Cloud:
    return _CHINA if server.host.endswith(".cn") else _WORLD


def _cache(kept: str) -> "SerializableTokenCache":
    import msal

    cache = msal.SerializableTokenCache()
    cache.deserialize(kept)
    return cache


def _renewing(cache: "SerializableTokenCache") -> str:
    """Return of a cache what renews the log-in."""
    known = json.loads(cache.serialize())
    return json.dumps({name: known[name] for name in _KEPT if name in known}, sort_keys=True)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Turn what msal raises into a MailError."""
    try:
        yield
    except ImportError:
        raise MailError(
            "没有安装微软授权要用的组件", "请技术人员安装附加组件 edu-sheet[oauth]。", AGAIN
        ) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise MailError(
            f"连不上微软的登录服务器，或“微软租户”不对（{why(error)}）",
            "请检查网络和“设置”里的“微软租户”。",
            AGAIN,
        ) from None


def _kept(account: str) -> str:
    """Return what was kept for an account, "" if nothing, or not all of it."""
    import keyring
    from keyring.errors import KeyringError

    pieces: list[str] = []
    with contextlib.suppress(KeyringError):
        while piece := keyring.get_password(SERVICE, _place(account, len(pieces))):
            pieces.append(piece)
    whole = "".join(pieces)
    try:
        return whole if isinstance(json.loads(whole), dict) else ""
    except ValueError:
        return ""


def _keep(account: str, text: str) -> None:
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    try:
        for number, piece in enumerate(pieces):
            keyring.set_password(SERVICE, _place(account, number), piece)
        last = _place(account, len(pieces))
        if keyring.get_password(SERVICE, last):
            with contextlib.suppress(PasswordDeleteError):
                keyring.delete_password(SERVICE, last)  # of a longer one before
    except KeyringError as error:
        raise MailError(
            f"这台电脑的凭据管理器不能存授权（{error}）",
            "请登录到桌面后再试，或请技术人员设好系统的凭据管理器。",
        ) from None


def _place(account: str, number: int) -> str:
    return f"{account} OAuth {number + 1}"
