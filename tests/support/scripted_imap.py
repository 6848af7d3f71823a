"""An IMAP server of our own on loopback, for what Dovecot does not do: it answers by a script."""

import base64
import contextlib
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from tests.support.servers import ACCOUNT, PASSWORD, Certificates


@dataclass
class Script:
    """What the server has and says, and what it was told."""

    folders: tuple[str, ...] = (r'(\HasNoChildren) "/" "INBOX"', r'(\Sent) "/" "Sent Messages"')
    append: str = "OK done"  # its answer to APPEND
    tokens: tuple[str, ...] = ()  # that XOAUTH2 takes; no password where there are some
    keeps: list[bytes] = field(default_factory=list)  # messages in its folder of sent ones
    appended: list[tuple[str, bytes]] = field(default_factory=list)  # folder, message
    port: int = 0


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("* OK ready")
        with contextlib.suppress(ConnectionError):
            while line := self.rfile.readline():
                tag, _, command = line.decode().strip().partition(" ")
                said = self._answer(command)
                self._say(f"{tag} {said}")
                if command.upper() == "LOGOUT":
                    return

    @property
    def _script(self) -> Script:
        return cast("_Server", self.server).script

    def _answer(self, command: str) -> str:
        verb = re.sub(r"^UID ", "", command.upper()).partition(" ")[0]
        script = self._script
        match verb:
            case "CAPABILITY":
                ways = "AUTH=XOAUTH2 LOGINDISABLED" if script.tokens else "AUTH=PLAIN"
                self._say(f"* CAPABILITY IMAP4rev1 {ways}")
            case "LOGIN":
                right = not script.tokens and command == f'LOGIN {ACCOUNT} "{PASSWORD}"'
                return "OK in" if right else "NO LOGIN failed"
            case "AUTHENTICATE":
                return self._with_token()
            case "LIST":
                for one in script.folders:
                    self._say(f"* LIST {one}")
            case "EXAMINE":
                self._say("* 1 EXISTS")
            case "SEARCH":
                there = any(command.rpartition(" ")[2].encode() in one for one in script.keeps)
                self._say("* SEARCH 1" if there else "* SEARCH")
            case "APPEND":
                return self._append(command)
            case "LOGOUT":
                self._say("* BYE")
            case _:
                return "BAD what?"
        return "OK done"

    def _append(self, command: str) -> str:
        found = re.fullmatch(r'APPEND ("(?:[^"]*)"|\S+) .*\{(\d+)\}', command)
        assert found
        self._say("+ go on")
        message = self.rfile.read(int(found[2]))
        self.rfile.readline()
        if self._script.append.startswith("OK"):
            self._script.appended.append((found[1].strip('"'), message))
        return self._script.append

    def _with_token(self) -> str:
        self._say("+ ")
        said = base64.b64decode(self.rfile.readline()).decode()
        if said in {f"user={ACCOUNT}\1auth=Bearer {one}\1\1" for one in self._script.tokens}:
            return "OK in"
        self._say("+ " + base64.b64encode(b'{"status":"400"}').decode())
        self.rfile.readline()
        return "NO AUTHENTICATE failed"

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.script = script


@contextlib.contextmanager
def scripted_imap(certificates: Certificates, script: Script) -> Iterator[Script]:
    """Run the server, over TLS; its port stands in the script."""
    with _Server(script) as server:
        script.port = server.server_address[1]
        server.socket = certificates.server_context().wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()
