"""What a server answers is taken for what it is, however odd."""

import imaplib
import socket
import threading
from datetime import date
from typing import Any, cast

import pytest

from edu_sheet.mail.account import Server
from edu_sheet.mail.box import Box
from edu_sheet.mail.imap import connected, numbers
from edu_sheet.mail.looked_into import INBOX
from edu_sheet.words.errors import MailError
from edu_sheet.words.settings import Security


def test_numbers_are_numbers_and_an_empty_answer_is_none() -> None:
    assert numbers(b"3 12 4294967295") == [3, 12, 4294967295]
    assert numbers(b"") == numbers(None) == []


@pytest.mark.parametrize("said", [b"x 1", b"-1", b"1 2.5", "１".encode()])
def test_what_is_no_number_is_the_servers_fault_and_told_as_that(said: bytes) -> None:
    with pytest.raises(imaplib.IMAP4.error, match="no numbers"):
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
        with pytest.raises(MailError, match="99999999999999 bytes"), connected(server):
            pass
