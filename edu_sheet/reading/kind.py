"""What a file is, by its content and never by its name."""

import codecs
import re
import zlib

from edu_sheet.reading.letters.cms import kind_of_cms
from edu_sheet.reading.refusal import Refusal

_HEAD = 65_536
_SHIFT = 4_096  # bytes that a gateway may have put before a file
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_WORKBOOKS = ("xlsx", "xlsm", "xlsb", "ods")
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
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"MSCF", "archive"),
    (b"\x09\x08\x10\x00", "xls"),  # a bare BIFF8 stream; BIFF5, 4, 3 and 2 below
    (b"\x09\x08\x08\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x00\x04\x00", "xls"),
    (b"TABLE\r\n0,1", "dif"),
    (b"TABLE\n0,1", "dif"),
    (b"\x4c\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"%TSD-Header-###%", "protected"),
    (b"<## NASCA DRM FILE", "protected"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"-----BEGIN PGP MESSAGE-----", "sealed"),
)
_SYLK = re.compile(rb"ID;P[\w ]*(?:;[A-Z]*)*\r?\n[A-Z]{1,3};")  # ID;Price;… begins a csv
_PROTECTED = (b"E-SafeNet", b"DRMONE")  # of security software, shortly behind the beginning
_STREAMS = (  # names of streams in an OLE file, in the order of their weight
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_CONTENT_TYPES = (  # of the part that a package is about
    ("ms-excel.sheet.macroenabled.main+xml", "xlsm"),
    ("ms-excel.template.macroenabled.main+xml", "xlsm"),
    ("ms-excel.addin.macroenabled.main+xml", "xlsm"),
    ("spreadsheetml.sheet.main+xml", "xlsx"),
    ("spreadsheetml.template.main+xml", "xlsx"),
    ("wordprocessingml", "docx"),
    ("ms-word.document", "docx"),
    ("presentationml", "pptx"),
    ("ms-powerpoint", "pptx"),
    ("ms-excel.sheet.binary", "xlsb"),
)
_USUAL = re.compile(rb'<Override PartName="/xl/workbook.xml" ContentType="([^"<>]{0,200})"')
_PARTS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"))
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
_TEXT = re.compile(
    r"[\t\r\n -~\u00b7\u2010-\u2027\u2460-\u2473\u3000-\u3015\u4e00-\u9fff\uff01-\uff5e]"
)
SEPARATORS = ",\t;|"
_JSON = re.compile(r'\{\s*(?:"[^"\n]{0,200}"\s*:|\})|\[\s*\{\s*"[^"\n]{0,200}"\s*:')


def kind_of(data: bytes) -> str:
    """Return xlsx, xlsm, xlsb, xls, ods, fods, csv, sylk, dif, numbers, gnumeric, zip, gzip (of a
    workbook), encrypted, protected, rar, 7z, archive, pdf, ofd, doc, docx, ppt, pptx, html, xml,
    json, image, shortcut, eml, msg, mbox, tnef (winmail.dat), signed or sealed (S/MIME), empty or
    unknown.

    WPS's .et is xls. A damaged file is what its first bytes say.
    """  # noqa: D205 - the list of kinds is the summary
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "empty"
    if data[:4] in (_ZIP, b"PK\x05\x06"):
        return _of_zip(data)
    if data.startswith(_OLE):
        return _of_ole(data)
    kind = _of_magic(data) or _of_mail(data) or _of_text(data)
    return (_of_shifted_zip(data) or kind) if kind == "unknown" else kind


def _of_magic(data: bytes) -> str | None:
    """Return the kind by its magic bytes, None where none is known."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(_GZIP):
        return _of_gzip(data)
    if cms := kind_of_cms(data):
        return cms
    for found, kind in (
        (b"%PDF-" in data[:1024], "pdf"),
        (_SYLK.match(data), "sylk"),
        (any(mark in data[:128] for mark in _PROTECTED), "protected"),
    ):
        if found:
            return kind
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"
    heif = data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1")
    if bitmap or heif or data[8:12] == b"WEBP":
        return "image"
    return "archive" if data[257:262] == b"ustar" else None


# ---------------------------------------------------------------- zip


def _of_zip(data: bytes) -> str:
    from edu_sheet.reading.package import inflate, opened, part_name

    try:
        archive = opened(data)
        names = {part_name(info).lower(): info for info in archive.infolist()}
        if types := names.get("[content_types].xml"):
            usual = _USUAL.search(next(inflate(archive, types), b""))
            said = usual[1].decode("latin-1") if usual else _content_type(data)
            return _of_package(said, set(names))
        # Some programs leave the type out that an ods begins with, and have it in their list only.
        for part in ("mimetype", "meta-inf/manifest.xml") if "content.xml" in names else ():
            if part in names:
                said = next(inflate(archive, names[part]), b"")  # 128 kB of it
                for mark, kind in _OPEN_DOCUMENT:
                    if mark in said:
                        return kind
    except Refusal:
        return _of_damaged_zip(data)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if _is_iwork(set(names)):
        return "numbers"
    return "ofd" if "ofd.xml" in names else "zip"


def _of_package(said: str, names: set[str]) -> str:
    """Return the kind by the content type of the part that a package of Office is about."""
    for mark, kind in _CONTENT_TYPES:
        if mark in said.lower():
            return kind
    return next((kind for part, kind in _PARTS if part in names), "unknown")


def _content_type(data: bytes) -> str:
    """Return the content type of the part that a package is about, "" where it does not say.

    Any other part may have any type: SheetJS names that of xlsb in each of its xlsx.
    """
    from edu_sheet.reading.package import Package
    from edu_sheet.reading.xlsx.package import Workbook

    try:
        workbook = Workbook(Package(data))
        return workbook.content_type(workbook.main() or "")
    except Refusal:  # what is wrong with it is said when it is read
        return ""


def _is_iwork(names: set[str]) -> bool:
    """Return whether a zip is a document of Apple's, in a folder of its own or not."""
    roots = {name.partition("/")[0] for name in names if not name.startswith("__macosx/")}
    folder = f"{roots.pop()}/" if len(roots) == 1 else ""
    return any(f"{folder}{part}" in names for part in ("index/document.iwa", "index.zip"))


def _of_shifted_zip(data: bytes) -> str | None:
    """Return the kind of a zip that something was put before, None where there is none."""
    at = data.find(_ZIP, 0, _SHIFT)
    kind = _of_zip(data[at:]) if at > 0 else None
    return kind if kind in _WORKBOOKS else None


def _of_gzip(data: bytes) -> str:
    """Return gzip for a workbook that a server packed once more, archive for anything else."""
    try:
        head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data[:_HEAD], _HEAD)
    except zlib.error:
        return "archive"
    if b"gnumeric" in head[:1024]:
        return "gnumeric"
    packed = head.startswith((_ZIP, _OLE)) or b"opendocument" in head[:4096]
    return "gzip" if packed else "archive"


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
    if _has_stream(data, "\tDRMContent"):
        return "protected"
    for name, kind in _STREAMS:
        if _has_stream(data, name):
            if kind == "encrypted" and not _has_stream(data, "EncryptionInfo"):
                return "protected"  # by rights that a server gives, not by a password
            return "encrypted" if kind == "xls" and _has_file_password(data) else kind
    return "unknown"


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


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


# A comma, a tab and line breaks of UTF-16 where a byte before them is missing.
_SHIFTED = re.compile("[\u2c00\u0900\u0a00\u0d00]")


def text_of(data: bytes) -> tuple[str, str] | None:
    """Return a text file's text and its code (UTF-8, UTF-16, GB18030), None if it is none."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        torn = "\0" in text or ("16" in encoding and _SHIFTED.search(text))
        return None if torn else (text, encoding)
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\0" not in data[:_HEAD]:
        return ("utf-8-sig", "gb18030")
    return tuple(encoding for encoding in ("utf-16-le", "utf-16-be") if _likely(data, encoding))


def _likely(data: bytes, encoding: str) -> bool:
    """Return whether bytes without a mark are Chinese text in UTF-16."""
    text = data[: _HEAD // 8].decode(encoding, "replace")
    return len(_TEXT.findall(text)) > 0.95 * len(text)


def _head(data: bytes) -> str | None:
    """Return how a text file begins, None if it is none; a character torn at the end is left."""
    for encoding in _encodings(data):
        try:
            head = codecs.getincrementaldecoder(encoding)().decode(data[:_HEAD])
        except UnicodeDecodeError:
            continue
        return None if "\0" in head else head
    return None


def _of_mail(data: bytes) -> str | None:
    """Return eml where headers stand at the beginning, in any code or in none.

    A workbook that Excel saved as a web archive has the headers of a message: it is html.
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    lines = head.splitlines()[:60]
    if head.startswith(b"From ") and sum(map(bool, map(_MAIL_HEADER.match, lines[1:]))) >= 2:
        return "mbox"
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
    if _JSON.match(head):
        return "json"
    lines = [line for line in head.splitlines()[:60] if line.strip()]
    if not lines:
        return "empty"
    separated = sum(any(mark in line for mark in SEPARATORS) for line in lines)
    return "csv" if separated * 3 >= len(lines) else "unknown"


def _of_markup(head: str) -> str:
    if "<office:document " in head:
        return "fods" if "opendocument.spreadsheet" in head else "docx"
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head:
        return "xml"
    if re.search(r"<(?:!doctype html|html|table|body|head|meta|div)\b", head):
        return "html"
    return "xml" if head.startswith("<?xml") else "unknown"
