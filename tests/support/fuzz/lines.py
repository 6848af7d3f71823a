"""Mails and plain text changed by their lines: headers, parts, separators, quotes, codes."""

import base64
import random

from tests.support.fuzz import octets

_NAME = base64.b64encode("报送表.xlsx".encode("gbk"))
_HEADERS = (
    b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: multipart/mixed",
    b"Content-Type: message/rfc822", b"Content-Type: message/partial; number=1; total=2",
    b"Content-Type: message/delivery-status", b"Content-Type: application/ms-tnef",
    b"Content-Type: multipart/alternative; boundary=\"a b\"", b"Content-Type: text/html; charset=hz",
    b"Content-Type: text/plain; charset=idna", b"Content-Type: text/plain; charset=utf-7",
    b"Content-Type: text/plain; charset=unicode_escape", b"Content-Type: ;;;=\"", b"Content-Type:",
    b"Content-Type: application/octet-stream; name=\"=?gbk?B?" + _NAME + b"?=\"",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Transfer-Encoding: x-uuencode", b"Content-Transfer-Encoding: 8bit",
    b"Content-Transfer-Encoding: =?utf-8?b?eA==?=", b"Content-Disposition: inline",
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=../x",
    b"Content-Disposition: attachment; filename*=bogus'x'%e8; filename=\"a\\\"b\"",
    b"Content-Disposition: attachment; filename=\"\xb1\xa8\xcb\xcd.xlsx\"",
    b"Subject: =?gbk?b?" + _NAME + b"?= =?utf-8?q?=1b=5b?=", b"Subject: =?x-unknown?q?=ff?=",
    b"Subject: " + b"=?utf-8?q?a?= " * 90, b"Date: Fri, 99 Dec 20222 10:00:00 +9999",
    b"Date: Fri, 30 Dec 2022 09:00:00 +2400", b"Date: 0", b"Date: 1 Jan 0001 00:00 +0800",
    b"Authentication-Results: x; spf=fail; dmarc=", b"Authentication-Results:" + b" spf=pass;" * 99,
    b"From: " + b"<" * 90, b"From: a@b.test, c@d.test", b"From: =?utf-8?B?!!!?=", b"From:",
    b"Reply-To: \"x\" <y@z.test>", b"Received: from a by b; Fri, 30 Dec 2022 01:00:00 +0000",
    b"MIME-Version: 1.0", b"X-A: " + b"a" * 3000, b"\xef\xbb\xbfX: y", b" continued", b":", b"",
)  # fmt: skip
_CODES = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5", "utf-32", "hz")
_CELLS = (
    b"", b'"', b'""', b"'", b",", b"\t", b";", b"|", b"\0", b"\r", b"\n", b"=1+1", b"-1", b"@x", b"1e999",
    "序号".encode(), "进展情况".encode(), "填报单位：县财政局".encode(), b"2022-11", b"\xff", b"\\", b"#",
    "\u202e".encode(), b"|---|", b"| a | b |", b"<br>", b"```", b"* ", b"1. ", "（牵头单位：".encode(),
    "责任单位".encode(), "甲" .encode()* 3000, b"x" * 3000,
)  # fmt: skip


def mail(data: bytes, chance: random.Random) -> bytes:
    """Return a message with headers, lines or parts changed."""
    ends = b"\r\n"
    lines = data.split(ends)
    for _ in range(chance.choice((1, 1, 2, 2, 4))):
        at, way = _place(lines, chance), chance.random()
        if way < 0.4:
            lines[at:at] = [chance.choice(_HEADERS)]
        elif way < 0.5:
            lines[at : at + 1] = [chance.choice(_HEADERS)]
        elif way < 0.6:
            del lines[at : at + chance.choice((1, 1, 3, 30))]
        elif way < 0.75:
            other = _place(lines, chance)
            lines[at:at] = lines[other : other + chance.choice((1, 5, 50))]
        elif lines[at : at + 1]:
            lines[at] = octets.changed(lines[at] or b"x", chance)
    way = chance.random()
    if way < 0.1:
        ends = chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\n"))
    made = ends.join(lines)
    return octets.changed(made, chance) if way > 0.95 else made


def _place(lines: list[bytes], chance: random.Random) -> int:
    """Return a line, mostly of those that stand apart from the base64 of a file."""
    if not lines:
        return 0
    at = chance.randrange(len(lines))
    for _ in range(6):
        if len(lines[at]) != 76:
            break
        at = chance.randrange(len(lines))
    return at


def text(data: bytes, chance: random.Random) -> bytes:
    """Return plain text with lines, cells or the code changed."""
    way = chance.random()
    if way < 0.1:
        code = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        return data.decode(code, "replace").encode(chance.choice(_CODES), "replace")
    if way < 0.25:
        return octets.changed(data, chance)
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not lines:
            break
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        kind = chance.random()
        if kind < 0.15:
            del lines[at : at + chance.choice((1, 1, 4))]
        elif kind < 0.3:
            lines[at:at] = [lines[at]] * chance.choice((1, 1, 30))
        elif kind < 0.42:
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = _cells(lines[at], chance)
    return b"\n".join(lines)


def _cells(line: bytes, chance: random.Random) -> bytes:
    mark = next((one for one in (b",", b"\t", b"|") if one in line), b",")
    cells, way = line.split(mark), chance.random()
    at = chance.randrange(len(cells))
    if way < 0.5:
        cells[at] = chance.choice(_CELLS)
    elif way < 0.65:
        cells.insert(at, chance.choice(_CELLS))
    elif way < 0.75:
        del cells[at]
    elif way < 0.85:
        cells[at] = chance.choice((b'"', b"", b"'")) + cells[at] + chance.choice(_CELLS)
    else:
        return line.replace(mark, chance.choice((b";", b"\t", b"|", b",,", b" ")))
    return mark.join(cells)
