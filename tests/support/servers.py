"""Real mail servers on loopback: aiosmtpd for sending, Dovecot for the mail box.

Both speak TLS with a certificate that a small authority of our own signed; the program trusts it
through SSL_CERT_FILE, as it would one that the machine's administrator installed.
"""

import asyncio
import contextlib
import datetime
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ACCOUNT, PASSWORD = "dudao@xian.test", "shouquanma-7Fq2x"
HOST = "localhost"


# ---------------------------------------------------------------- certificates


@dataclass(frozen=True)
class Certificates:
    """An authority, and a server's certificate for localhost that it signed."""

    authority: Path
    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def certificates(folder: Path) -> Certificates:
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    authority_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("test authority", authority_key, "test authority", authority_key, [])
    names: list[x509.GeneralName] = [
        x509.DNSName(HOST),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    ]
    server = _certificate(HOST, server_key, "test authority", authority_key, names)
    pem = serialization.Encoding.PEM
    made.authority.write_bytes(authority.public_bytes(pem))
    made.certificate.write_bytes(server.public_bytes(pem))
    made.key.write_bytes(
        server_key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    made.key.chmod(0o600)
    return made


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signer: ec.EllipticCurvePrivateKey,
    names: list[x509.GeneralName],
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    else:
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            **dict.fromkeys(
                (
                    "content_commitment",
                    "key_encipherment",
                    "data_encipherment",
                    "key_agreement",
                    "encipher_only",
                    "decipher_only",
                ),
                False,
            ),
        )
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())


# ---------------------------------------------------------------- SMTP


@dataclass
class Arrived:
    """A message that the server took."""

    sender: str
    recipients: list[str]
    data: bytes


@dataclass
class Faults:
    """What the server does wrong, by recipient or by the number of the message from 1."""

    refused: dict[str, str] = field(default_factory=dict)  # recipient → answer to RCPT
    answers: dict[int, str] = field(default_factory=dict)  # message → answer after its last byte
    cut_before: int = 0  # the connection ends at MAIL FROM of this message
    cut_after: int = 0  # … after this message's last byte, without an answer
    keep_cut: bool = False  # whether the message whose answer was cut off was taken all the same


class SmtpServer:
    """An SMTP server that keeps what it takes."""

    def __init__(
        self,
        certificates: Certificates,
        faults: Faults | None = None,
        *,
        tls: bool = True,
        starttls: bool = False,
    ) -> None:
        self.arrived: list[Arrived] = []
        self.faults = faults or Faults()
        self.logins: list[tuple[str, str]] = []
        self.port = _free_port()
        self._count = 0
        context = certificates.server_context()
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=context if tls and not starttls else None,
            tls_context=context if starttls else None,
            require_starttls=starttls,
            authenticator=self._authenticate,
            auth_required=starttls,
            data_size_limit=100_000_000,
            auth_require_tls=starttls,  # aiosmtpd knows of no TLS but its own STARTTLS
        )

    def __enter__(self) -> "SmtpServer":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        login, password = said.login.decode(), said.password.decode()
        self.logins.append((login, password))
        return AuthResult(success=(login, password) == (ACCOUNT, PASSWORD), handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        self._count += 1
        if self._count == self.faults.cut_before:
            _abort(server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if answer := self.faults.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        cut = self._count == self.faults.cut_after
        if answer := self.faults.answers.get(self._count):
            return answer
        if not cut or self.faults.keep_cut:
            content = envelope.content
            assert isinstance(content, bytes)
            self.arrived.append(Arrived(envelope.mail_from or "", [*envelope.rcpt_tos], content))
        if cut:
            _abort(server)
        return "250 OK"


def _abort(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


# ---------------------------------------------------------------- IMAP


@dataclass
class MailBox:
    """A Dovecot of our own with one account, its messages in a Maildir."""

    port: int  # TLS
    starttls_port: int
    maildir: Path
    log: Path
    _delivered: int = 0

    def deliver(
        self, message: bytes, at: datetime.datetime | None = None, folder: str = ""
    ) -> None:
        """Put a message into the mail box, as a delivery agent does; folders are Maildir++'s."""
        place = self.folder(folder)
        self._delivered += 1
        moment = (at or datetime.datetime.now(datetime.UTC)).timestamp()
        name = f"{int(moment)}.M{self._delivered}P{os.getpid()}.{HOST}"
        temporary = place / "tmp" / name
        temporary.write_bytes(message)
        temporary.chmod(0o666)
        os.utime(temporary, (moment, moment))
        temporary.rename(place / "new" / name)

    def folder(self, name: str) -> Path:
        """Return a folder of Maildir++'s, which is made if it is not there."""
        place = self.maildir / name
        for path in (place, *(place / part for part in ("new", "cur", "tmp"))):
            if not path.exists():
                path.mkdir()
                path.chmod(0o777)
        return place

    def empty(self) -> None:
        """Make it a new mail box, with a UIDVALIDITY of its own."""
        if self.maildir.exists():
            shutil.rmtree(self.maildir)
        for path in (self.maildir, *(self.maildir / name for name in ("new", "cur", "tmp"))):
            path.mkdir()
            path.chmod(0o777)  # where the tests are root, Dovecot reads mail as somebody else
        self.log.write_text("")

    def flags(self) -> list[str]:
        """Return the flags of every message that is left, S for seen, "" for none."""
        names = [
            path.name for folder in ("new", "cur") for path in (self.maildir / folder).iterdir()
        ]
        return sorted(name.rpartition(":2,")[2] if ":2," in name else "" for name in names)


_CONFIGURATION = """
protocols = imap
base_dir = {run}
state_dir = {run}
log_path = {log}
listen = 127.0.0.1
default_internal_user = {inside}
default_login_user = {login}
default_internal_group = {inside_group}
first_valid_uid = 0
mail_location = maildir:{maildir}
mail_uid = {user}
mail_gid = {group}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
auth_mechanisms = plain login
disable_plaintext_auth = yes
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {passwords}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home} allow_all_users=yes
}}
"""


def require_dovecot() -> str:
    """Skip the test where Dovecot is missing; in CI that is a failure."""
    found = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
    if found is None or sys.platform == "win32":
        if os.environ.get("CI"):
            pytest.fail("Dovecot is missing in CI")
        pytest.skip("Dovecot is not installed")
    return found


@contextlib.contextmanager
def dovecot(folder: Path, certificates: Certificates) -> Iterator[MailBox]:
    """Run a Dovecot with everything of its own below a folder."""
    import grp
    import pwd

    program = require_dovecot()
    # A socket's path has 108 bytes at most: pytest's folders are too deep.
    run = Path(f"/tmp/edu-sheet-dovecot-{os.getpid()}-{time.monotonic_ns() % 10**8}")
    run.mkdir(mode=0o755)
    maildir = run / "Maildir"
    port, starttls_port = _free_port(), _free_port()
    user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    passwords, configuration = run / "passwd", folder / "dovecot.conf"
    passwords.write_text(f"{ACCOUNT}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    configuration.write_text(
        _CONFIGURATION.format(
            run=run,
            log=folder / "dovecot.log",
            user="nobody" if user == "root" else user,
            group="nogroup" if user == "root" else group,
            inside="dovecot" if user == "root" else user,
            inside_group="dovecot" if user == "root" else group,
            login="dovenull" if user == "root" else user,  # it refuses to meet the world as root
            maildir=maildir,
            certificate=certificates.certificate,
            key=certificates.key,
            port=port,
            starttls_port=starttls_port,
            passwords=passwords,
            home=run,
        ),
        encoding="utf-8",
    )
    log = folder / "dovecot.log"
    with (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            [program, "-F", "-c", str(configuration)], stdout=subprocess.DEVNULL, stderr=errors
        )
    try:
        _await(lambda: _answers(port), process, folder)
        box = MailBox(port, starttls_port, maildir, log)
        box.empty()
        yield box
    finally:
        process.terminate()
        process.wait(100)
        shutil.rmtree(run, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _await(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(2_000):
        if ready():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    said = [
        path.read_text() for path in (folder / "stderr", folder / "dovecot.log") if path.exists()
    ]
    pytest.fail(f"Dovecot did not start: {' '.join(said)}")
