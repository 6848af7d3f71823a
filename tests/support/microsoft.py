"""Microsoft's log-in by device code, and an SMTP server that takes its tokens, on loopback."""

import base64
import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs

from aiosmtpd.smtp import SMTP, AuthResult

from tests.support.servers import ACCOUNT, HOST, Certificates, SmtpServer

REFRESH = "0.refresh-" + "r" * 1_400  # as long as they are


@dataclass
class Office365:
    """What the server knows, and what it was asked."""

    agreed: bool = False  # whether the person typed the code
    withdrawn: bool = False  # whether an administrator withdrew it since
    tokens: list[str] = field(default_factory=list)  # that it gave out
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def answer(self, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(said)
        if said["grant_type"] == "refresh_token":
            refused = self.withdrawn or not said["refresh_token"].startswith("0.refresh-")
        else:
            refused = False
            if not self.agreed:
                return 400, {"error": "authorization_pending"}
        if refused:
            return 400, {"error": "invalid_grant", "error_description": "AADSTS50173: revoked."}
        self.tokens.append(f"access-{len(self.tokens) + 1}-" + "a" * 1_500)
        claims = {"preferred_username": ACCOUNT, "oid": "o", "tid": "t", "sub": "s"}
        who = _coded({"uid": "u", "utid": "t"})
        return 200, {
            "access_token": self.tokens[-1],
            "refresh_token": f"{REFRESH}{len(self.tokens)}",
            "id_token": f"{_coded({'alg': 'none'})}.{_coded(_dated(claims))}.",
            "client_info": who,
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": said.get("scope", ""),
        }


def _dated(claims: dict[str, Any]) -> dict[str, Any]:
    return claims | {"aud": "client", "exp": 4_000_000_000, "iat": 1_600_000_000}


def _coded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = f"{self._office.address}{self.path.partition('/v2.0/')[0]}/oauth2/v2.0"
        self._give(
            200,
            {
                "issuer": self._office.address,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "device_authorization_endpoint": f"{base}/devicecode",
            },
        )

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = {name: values[0] for name, values in parse_qs(data).items()}
        if self.path.endswith("/devicecode"):
            flow = {"device_code": "d", "user_code": "ABCD1234", "expires_in": 900, "interval": 1}
            self._give(200, flow | {"verification_uri": "https://microsoft.test/devicelogin"})
        else:
            self._give(*self._office.answer(said))

    @property
    def _office(self) -> Office365:
        return cast("_Server", self.server).office

    def _give(self, status: int, value: dict[str, Any]) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None: ...


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    office: Office365


@contextlib.contextmanager
def office365(certificates: Certificates) -> Iterator[Office365]:
    """Run the page that lets people in."""
    with _Server(("127.0.0.1", 0), _Page) as server:
        server.office = Office365(address=f"https://{HOST}:{server.server_address[1]}")
        server.socket = certificates.server_context().wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.office
        finally:
            server.shutdown()
            thread.join()


class TokenServer(SmtpServer):
    """An SMTP server that takes a token; a password it knows none."""

    def __init__(self, certificates: Certificates, office: Office365) -> None:
        super().__init__(certificates)
        self.office = office

    async def auth_XOAUTH2(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, args: list[str]
    ) -> AuthResult:
        assert len(args) == 1
        server._reader._limit = 12_288  # type: ignore[attr-defined]  # RFC 4954, 4; aiosmtpd: 1001
        given = await server.challenge_auth(b"")
        assert isinstance(given, bytes)
        said = given.decode()
        right = said in {f"user={ACCOUNT}\1auth=Bearer {one}\1\1" for one in self.office.tokens}
        if not right:
            await server.challenge_auth(b'{"status":"400"}')
        self.logins.append(("XOAUTH2", "in" if right else "out"))
        return AuthResult(success=right, handled=False)
