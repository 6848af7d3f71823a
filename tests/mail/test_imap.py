"""What a server answers is taken for what it is, however odd."""

import imaplib

import pytest

from edu_sheet.mail.imap import numbers


def test_numbers_are_numbers_and_an_empty_answer_is_none() -> None:
    assert numbers(b"3 12 4294967295") == [3, 12, 4294967295]
    assert numbers(b"") == numbers(None) == []


@pytest.mark.parametrize("said", [b"x 1", b"-1", b"1 2.5", "１".encode()])
def test_what_is_no_number_is_the_servers_fault_and_told_as_that(said: bytes) -> None:
    with pytest.raises(imaplib.IMAP4.error, match="no numbers"):
        numbers(said)
