"""What a server answers is taken for what it is, however odd."""

import contextlib
import imaplib
import re
import socket
import socketserver
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from edu_sheet.mail.account import Server
from edu_sheet.mail.box import Box
from edu_sheet.mail.imap import connected, numbers
from edu_sheet.mail.looked_into import INBOX
from edu_sheet.words.errors import MailError
from edu_sheet.words.settings import Security
from tests.support.builders import FINANCE
from tests.support.letters import eml, text
from tests.support.post import ADDRESSES, mail_settings, workspace


def test_numbers_are_numbers_and_an_empty_answer_is_none() -> None:
    assert numbers(b"3 12 4294967295") == [3, 12, 4294967295]
    assert numbers(b"") == numbers(None) == []


@pytest.mark.parametrize("said", [b"x 1", b"-1", b"1 2.5", "１".encode()])
def test_what_is_no_number_is_the_servers_fault_and_told_as_that(said: bytes) -> None:
    with pytest.raises(imaplib.IMAP4.error, match="应是数"):
        numbers(said)


class Scripted:
    """A connection whose server answers what a test says, as imaplib hands it on."""

    def __init__(self, *said: bytes | tuple[bytes, bytes] | None) -> None:
        self._said = [*said]

    def select(self, *_: object, **__: object) -> tuple[str, list[Any]]:
        return "OK", [b"3"]

    def response(self, _: str) -> tuple[str, list[Any]]:
        return "UIDVALIDITY", [b"7"]

    def uid(self, *_: str) -> tuple[str, list[Any]]:
        return "OK", self._said


def box(*said: bytes | tuple[bytes, bytes] | None) -> Box:
    return Box(cast("imaplib.IMAP4", Scripted(*said)), INBOX, looking=True)


def given(uid: int, what: bytes) -> tuple[tuple[bytes, bytes], bytes]:
    return (b"1 (UID %d RFC822.SIZE 9 BODY[] {%d}" % (uid, len(what)), what), b")"


def test_messages_that_a_server_lists_in_several_lines_are_all_known() -> None:
    assert box(b"1 2", b"", b"7").since(date(2022, 12, 1)) == {1, 2, 7}
    assert box(None).since(date(2022, 12, 1)) == set()


def test_what_comes_twice_or_was_not_asked_for_is_not_taken() -> None:
    (found,) = box(*given(1, b"a"), *given(1, b"a"), *given(9, b"b")).headers([1, 2])
    assert [one.uid for one in found] == [1]
    assert box(*given(9, b"another"), *given(2, b"mine")).message(2) == b"mine"
    assert box(*given(9, b"another"), b"1 (UID 2 BODY[] NIL)").message(2) is None


def test_a_literal_that_no_memory_holds_is_the_servers_fault_and_told_as_that() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as client:
                client.sendall(b"* OK\r\n* LIST () NIL {99999999999999}\r\n")
                client.recv(1_000)

        threading.Thread(target=answer, daemon=True).start()
        port = listening.getsockname()[1]
        server = Server("127.0.0.1", port, Security.NONE, "a@xian.test")
        with pytest.raises(MailError, match="99999999999999 字节"), connected(server):
            pass


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = cast("Miscounting", self.server)
        with contextlib.suppress(OSError):
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _, asked = line.strip().partition(b" ")
                self.wfile.write(server.answer(asked) + tag + b" OK done\r\n")


class Miscounting(socketserver.ThreadingTCPServer):
    """A server with one folder, which says of some messages that they are shorter than they are."""

    def __init__(self, messages: Mapping[int, bytes], short: set[int]) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self._messages, self.short = messages, short

    def answer(self, asked: bytes) -> bytes:
        listed = b" ".join(b"%d" % uid for uid in self._messages)
        for command, said in {
            b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
            b"LIST": b'* LIST () "/" INBOX\r\n',
            b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n",
            b"UID SEARCH": b"* SEARCH " + listed + b"\r\n",
            b"LOGOUT": b"* BYE\r\n",
        }.items():
            if asked.startswith(command):
                return said
        wanted = re.match(rb"UID FETCH ([\d,]+)", asked)
        uids = map(int, wanted[1].split(b",")) if wanted else ()
        return b"".join(self._given(uid, whole=b"BODY.PEEK[]" in asked) for uid in uids)

    def _given(self, uid: int, *, whole: bool) -> bytes:
        data = self._messages[uid]
        shown = data if whole else data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        said = len(shown) - (100 if whole and uid in self.short else 0)
        head = b"* %d FETCH (UID %d RFC822.SIZE %d BODY[] {%d}\r\n" % (uid, uid, len(data), said)
        return head + shown + b")\r\n"


def test_a_message_that_the_server_miscounts_keeps_no_later_one_from_coming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", "secret")
    messages = {uid: mail(f"letter {uid}") for uid in (1, 2, 3)}
    with Miscounting(messages, {1, 2}) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        try:
            _fetched_around(server, messages, tmp_path)
        finally:
            server.shutdown()


def _fetched_around(server: Miscounting, messages: Mapping[int, bytes], folder: Path) -> None:
    host, port = server.server_address[:2]
    settings = mail_settings(imap_host=host, imap_port=port, imap_security=Security.NONE)
    session = workspace(folder / "督办", mail=settings)
    inbox = session.folder / "收件箱"
    for _ in ("first", "and told each time"):
        said = session("fetch")
        assert (said.status, "没有收下的有 2 封" in said.out) == (1, True), said.err
        assert f"“letter 1”（{ADDRESSES[FINANCE]}）" in said.out
        assert [one.read_bytes() for one in inbox.iterdir()] == [messages[3]]
    server.short.clear()
    assert session("fetch").status == 0
    assert {one.read_bytes() for one in inbox.iterdir()} == {*messages.values()}


def mail(subject: str) -> bytes:
    said = text("".join(f"line {number}\r\n" for number in range(99)))
    head = f"From: <{ADDRESSES[FINANCE]}>\r\nSubject: {subject}\r\nDate: Fri, 30 Dec 2022 11:00:00 +0800"
    return eml(said, head=head.encode())
