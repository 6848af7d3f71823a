"""Messages as mail programs write them: raw .eml, Outlook's .msg, winmail.dat."""

import base64
import struct
import zlib
from collections.abc import Mapping

Tree = Mapping[str, "bytes | Tree"]
_FREE, _END, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF
_SECTOR, _SMALLEST = 512, 4096


def eml(*parts: bytes, head: bytes = b"", kind: bytes = b"mixed") -> bytes:
    """Return a message of parts; its headers are those given, byte for byte."""
    boundary = b"=b%08x=" % zlib.crc32(b"".join(parts))
    lines = [
        head.strip() or b"From: <caizheng@xian.test>\r\nDate: Fri, 30 Dec 2022 09:00:00 +0800",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/%b; boundary="%b"' % (kind, boundary),
        b"",
    ]
    for part in parts:
        lines += [b"--" + boundary, part]
    return b"\r\n".join([*lines, b"--" + boundary + b"--", b""])


def text(said: str, charset: str = "utf-8", kind: str = "plain") -> bytes:
    body = base64.encodebytes(said.encode(charset)).replace(b"\n", b"\r\n")
    head = f'Content-Type: text/{kind}; charset="{charset}"\r\nContent-Transfer-Encoding: base64'
    return head.encode() + b"\r\n\r\n" + body


def attachment(data: bytes, *headers: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    """Return a part with a file; `headers` name it, byte for byte."""
    named = headers or (b"Content-Disposition: attachment",)
    if not any(one.lower().startswith(b"content-type") for one in named):
        named = (b"Content-Type: " + kind, *named)
    body = base64.encodebytes(data).replace(b"\n", b"\r\n")
    return b"\r\n".join([*named, b"Content-Transfer-Encoding: base64", b"", body])


# ---------------------------------------------------------------- winmail.dat


def winmail(
    *files: tuple[str, str, bytes], codepage: int = 936, body: tuple[int, int, bytes] | None = None
) -> bytes:
    """Return TNEF with files of (short name, long name, bytes); [MS-OXTNEF] 2.1.3.

    `body` is its text: type, number and value of a property.
    """
    stream = struct.pack("<IH", 0x223E9F78, 1)
    stream += _attribute(1, 0x00069007, struct.pack("<II", codepage, 0))
    if body:
        kind, number, value = body
        said = (
            struct.pack("<IHHII", 1, kind, number, 1, len(value)) + value + bytes(-len(value) % 4)
        )
        stream += _attribute(1, 0x00069003, said)
    for short, long, data in files:
        stream += _attribute(2, 0x00069002, bytes(14))
        stream += _attribute(2, 0x00018010, short.encode("gb18030") + b"\0")
        stream += _attribute(2, 0x0006800F, data)
        if long:
            name = long.encode("utf-16-le") + b"\0\0"
            size = struct.pack("<I", len(name)) + name + bytes(-len(name) % 4)
            flag = struct.pack("<HHI", 0x000B, 0x7FFF, 1)
            stream += _attribute(
                2,
                0x00069005,
                struct.pack("<I", 2) + flag + struct.pack("<HHI", 0x001F, 0x3707, 1) + size,
            )
    return stream


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def rich_text(written: bytes) -> bytes:
    """Return RTF as Outlook stores it, uncompressed; [MS-OXRTFCP] 2.1.3.1."""
    return struct.pack("<II4sI", len(written) + 12, len(written), b"MELA", 0) + written


def as_rtf(page: str) -> bytes:
    """Return the RTF that Outlook keeps in the place of a page; [MS-OXRTFEX] 2.1.3."""
    tags = page.replace("<", "\0<").replace(">", ">\0").split("\0")
    said = "".join(
        f"{{\\*\\htmltag64 {one}}}" if one.startswith("<") else _in_rtf(one) for one in tags
    )
    head = (
        r"{\rtf1\ansi\ansicpg936\fromhtml1 \deff0{\fonttbl{\f0\fcharset134 SimSun;}"
        r"{\f1\fcharset0 Arial;}}{\colortbl\red0\green0\blue0;}\uc1\pard\f0 "
    )
    return f"{head}\\htmlrtf {{\\b \\htmlrtf0 {said}\\htmlrtf }}\\htmlrtf0 }}".encode("ascii")


def _in_rtf(text: str) -> str:
    return "".join(
        one if one.isascii() else "".join(f"\\'{byte:02x}" for byte in one.encode("gbk"))
        for one in text
    )


# ---------------------------------------------------------------- .msg


def msg(
    subject: str,
    body: str,
    sender: str,
    files: Mapping[str, "bytes | Tree"],
    headers: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an Outlook message received on 30 December 2022, 09:00 in Shanghai; [MS-OXMSG]."""
    return ole(msg_tree(subject, body, sender, files, head=32, headers=headers, more=more))


def msg_tree(
    subject: str,
    body: str,
    sender: str,
    files: Mapping[str, "bytes | Tree"],
    head: int = 24,
    headers: str = "",
    more: Mapping[str, bytes] | None = None,
) -> Tree:
    """Return a message's storage; a file that is a tree is a message inside.

    `more` are further properties, by number and type: 10130102.
    """
    ticks = 133_168_356_000_000_000  # 2022-12-30 01:00 UTC
    delivered = struct.pack("<HHIQ", 0x0040, 0x0E06, 6, ticks)
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": bytes(head) + delivered,
        **_texts({0x0037: subject, 0x1000: body, 0x5D01: sender}),
        **(_texts({0x007D: headers}) if headers else {}),
        **{f"__substg1.0_{name}": value for name, value in (more or {}).items()},
    }
    for number, (name, content) in enumerate(files.items()):
        kind = "0102" if isinstance(content, bytes) else "000D"
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            **_texts({0x3707: name}),
            f"__substg1.0_3701{kind}": content,
        }
    return tree


def _texts(texts: Mapping[int, str]) -> dict[str, "bytes | Tree"]:
    return {
        f"__substg1.0_{number:04X}001F": said.encode("utf-16-le") for number, said in texts.items()
    }


def ole(tree: Tree) -> bytes:
    """Return an OLE file; streams are filled up with zeros to where the mini stream ends."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, _END, 0]]
    sectors: list[bytes] = []
    table: list[int] = []

    def store(data: bytes) -> int:
        start = len(sectors)
        for at in range(0, len(data), _SECTOR):
            sectors.append(data[at : at + _SECTOR].ljust(_SECTOR, b"\0"))
            table.append(len(sectors))
        table[-1] = _END
        return start

    def add(level: Tree) -> int:
        """Add a level's entries, each the right neighbour of the one before; return the first."""
        first = before = _NONE
        for name in sorted(level, key=lambda one: (len(one), one.upper())):
            content = level[name]
            number = len(entries)
            if isinstance(content, bytes):
                data = content.ljust(_SMALLEST, b"\0")
                entries.append([name, 2, _NONE, _NONE, store(data), len(data)])
            else:
                entries.append([name, 1, _NONE, _NONE, 0, 0])
                entries[number][3] = add(content)
            if before == _NONE:
                first = number
            else:
                entries[before][2] = number
            before = number
        return first

    entries[0][3] = add(tree)
    directory = b"".join(_entry(*one) for one in entries)  # type: ignore[arg-type]  # as listed
    start = store(directory)
    count = -(-(len(sectors) + len(sectors) // 127 + 2) // 128)
    table += [0xFFFFFFFD] * count
    fat = struct.pack(f"<{len(table)}I", *table).ljust(count * _SECTOR, b"\xff")
    where = [len(sectors) + number for number in range(count)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, count, start, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", *where, *[_FREE] * (109 - count))
    return header + b"".join(sectors) + fat


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    place = struct.pack("<HBB3I36xIQ", len(coded), kind, 1, _NONE, right, child, start, size)
    return coded.ljust(64, b"\0") + place
