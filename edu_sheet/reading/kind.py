"""What a file is, by its content and never by its name."""

import codecs
import re

from edu_sheet.reading.refusal import Refusal

_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"{\\rtf", "doc"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"MSCF", "archive"),
    (b"\x09\x08\x10\x00", "xls"),  # a bare BIFF8 stream, BIFF5 below
    (b"\x09\x08\x08\x00", "xls"),
)
_STREAMS = (  # names of streams in an OLE file, in the order of their weight
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_CONTENT_TYPES = (
    (b"ms-excel.sheet.binary", "xlsb"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.template.macroEnabled.main+xml", "xlsm"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"wordprocessingml", "docx"),
    (b"ms-word.document", "docx"),
    (b"presentationml", "pptx"),
)
_OPEN_DOCUMENT = (
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.text", "docx"),
    (b"opendocument.presentation", "pptx"),
)
_MAIL_HEADER = re.compile(
    rb"(?:From|Received|Received-SPF|Return-Path|Delivered-To|Envelope-To|Message-ID|Date|Subject"
    rb"|To|Cc|Sender|Reply-To|In-Reply-To|References|MIME-Version|Importance|Priority"
    rb"|DKIM-Signature|Authentication-Results|Disposition-Notification-To|Auto-Submitted"
    rb"|(?:ARC|Content|List|Resent|Thread|X)-[\w-]+):",
    re.IGNORECASE,
)
SEPARATORS = ",\t;|"


def kind_of(data: bytes) -> str:
    """Return xlsx, xlsm, xlsb, xls, ods, csv, zip, encrypted, rar, 7z, archive, pdf, ofd, doc,
    docx, ppt, pptx, html, xml, image, eml, msg, empty or unknown.

    WPS's .et is xls. A damaged file is what its first bytes say.
    """  # noqa: D205 - the list of kinds is the summary
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _of_zip(data)
    if data.startswith(_OLE):
        return _of_ole(data)
    return _of_magic(data) or _of_mail(data) or _of_text(data)


def _of_magic(data: bytes) -> str | None:
    """Return the kind by its magic bytes, None where none is known."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"
    heif = data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1")
    if bitmap or heif or data[8:12] == b"WEBP":
        return "image"
    return "archive" if data[257:262] == b"ustar" else None


# ---------------------------------------------------------------- zip


def _of_zip(data: bytes) -> str:
    from edu_sheet.reading.package import inflate, opened

    try:
        archive = opened(data)
        names = {info.filename.lower(): info for info in archive.infolist()}
        for part, kinds in (("[content_types].xml", _CONTENT_TYPES), ("mimetype", _OPEN_DOCUMENT)):
            if part in names:
                said = next(inflate(archive, names[part]), b"")  # 128 kB of it
                for mark, kind in kinds:
                    if mark in said:
                        return kind
    except Refusal:
        return _of_damaged_zip(data)
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "ofd" if "ofd.xml" in names else "zip"


def _of_damaged_zip(data: bytes) -> str:
    """Return the kind by the names of members that stand in the raw bytes."""
    for mark, kind in (
        (b"xl/worksheets/", "xlsx"),
        (b"xl/workbook", "xlsx"),
        (b"opendocument.spreadsheet", "ods"),
        (b"word/document.xml", "docx"),
        (b"ppt/slides/", "pptx"),
    ):
        if mark in data:
            return kind
    return "zip"


# ---------------------------------------------------------------- OLE


def _of_ole(data: bytes) -> str:
    """Return the kind by the streams' names, which stand as UTF-16 in the directory."""
    if _is_message(data):
        return "msg"
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return "encrypted" if kind == "xls" and _has_file_password(data) else kind
    return "unknown"


def _is_message(data: bytes) -> bool:
    """Return whether the directory begins as Outlook's do: all its names begin with __.

    The names of what is attached stand in the same bytes, a workbook's among them.
    """
    size = 1 << (int.from_bytes(data[30:32], "little") & 15)
    at = (int.from_bytes(data[48:52], "little") + 1) * size
    sector = data[at : at + size]
    return any(sector[entry : entry + 4] == b"_\0_\0" for entry in range(128, len(sector), 128))


def _has_file_password(data: bytes) -> bool:
    """Return whether an xls stream names a password: FILEPASS follows its first BOF record."""
    start = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    if start < 0:
        return False
    at = start + 20
    for _ in range(4):  # WRITEPROTECT, INTERFACEHDR and the like may stand between
        kind, size = (int.from_bytes(data[at + i : at + i + 2], "little") for i in (0, 2))
        if kind == 0x2F:
            return True
        at += 4 + size
    return False


# ---------------------------------------------------------------- text


def text_of(data: bytes) -> str | None:
    """Return a text file's text (UTF-8, UTF-16 with a mark, GB18030), None if it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _head(data: bytes) -> str | None:
    """Return how a text file begins, None if it is none; a character torn at the end is left."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and b"\0" in data:
        return None
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data[:_HEAD])
        except UnicodeDecodeError:
            continue
    return None


def _of_mail(data: bytes) -> str | None:
    """Return eml where headers stand at the beginning, in any code or in none.

    A workbook that Excel saved as a web archive has the headers of a message: it is html.
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    lines = head.splitlines()[:60]
    if not lines or not _MAIL_HEADER.match(lines[0]):
        return None
    if sum(map(bool, map(_MAIL_HEADER.match, lines))) < 2:
        return None
    return "html" if b"x-document-type: workbook" in head.lower() else "eml"


def _of_text(data: bytes) -> str:
    text = _head(data)
    if text is None:
        return "unknown"
    head = text.lstrip().lower()
    if head.startswith("<"):
        return _of_markup(head)
    lines = [line for line in head.splitlines()[:60] if line.strip()]
    if not lines:
        return "empty"
    separated = sum(any(mark in line for mark in SEPARATORS) for line in lines)
    return "csv" if separated * 3 >= len(lines) else "unknown"


def _of_markup(head: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head:
        return "xml"
    if re.search(r"<(?:!doctype html|html|table|body|head|meta|div)\b", head):
        return "html"
    return "xml" if head.startswith("<?xml") else "unknown"
