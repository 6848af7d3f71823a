"""What servers write of letters that did not arrive, and the letters that they bring back."""

from tests.support.builders import FINANCE
from tests.support.letters import attachment, eml, text
from tests.support.post import ADDRESSES
from tests.support.servers import ACCOUNT

ADDRESS = ADDRESSES[FINANCE]
IDENTITY = "<1.2.3@xian.test>"


def report(action: str = "failed", code: str = "5.1.1", about: str = ADDRESS) -> bytes:
    said = (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; {about}\r\nAction: {action}\r\nStatus: {code}\r\n"
        f"Diagnostic-Code: smtp; 550 {code} no such user here\r\n"
    )
    return said.encode()


def returned(
    form: bytes = b"",
    identity: str = IDENTITY,
    sender: str = ACCOUNT,
    said: str = "请填报",
    name: str = "form.xlsx",
) -> bytes:
    """Return the part in which a server brings a letter of ours back."""
    head = f"From: <{sender}>\r\nTo: <{ADDRESS}>\r\nMessage-ID: {identity}\r\nDate: x".encode()
    named = f'Content-Disposition: attachment; filename="{name}"'.encode()
    parts = [attachment(form, named)] if form else []
    return b"Content-Type: message/rfc822\r\n\r\n" + eml(text(said), *parts, head=head)


def by_server(
    *parts: bytes,
    sender: str = "postmaster@mx.test",
    subject: str = "系统退信",
    kind: bytes = b"mixed",
) -> bytes:
    coded = subject.encode()
    head = b"From: <%b>\r\nTo: <%b>\r\nSubject: %b\r\nDate: Fri, 30 Dec 2022 11:00:00 +0800" % (
        sender.encode(),
        ACCOUNT.encode(),
        coded,
    )
    return eml(*parts, head=head, kind=kind)


STANDARD = b"report; report-type=delivery-status"
