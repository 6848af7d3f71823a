"""Kinds by content: what a file is called counts for nothing."""

import gzip
import io
import zipfile

import pytest

from edu_sheet import reading
from edu_sheet.sentences import sentence
from tests.support.workbooks import SPREADSHEET, Xlsx, archive, flat_ods, inline, ods, typed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MAIL = "Received: from a\r\nFrom: a@example.com\r\nSubject: =?gbk?B?1Q==?=\r\n\r\n正文"


def _stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(100)


def _word() -> bytes:
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def _typed_as(content_type: str) -> bytes:
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>'
    return Xlsx(data=inline("甲"), parts={"[Content_Types].xml": types}).make()


def _typed_beside(content_type: str) -> bytes:
    listed = dict(Xlsx().members())["[Content_Types].xml"]
    assert isinstance(listed, str)
    default = f'<Default Extension="bin" ContentType="{content_type}"/>'
    types = listed.replace("<Default ", f"{default}<Default ", 1)
    return Xlsx(data=inline("甲"), parts={"[Content_Types].xml": types}).make()


def _backslashed(made: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        members = [(name.replace("/", "\\"), package.read(name)) for name in package.namelist()]
    return archive(members)


MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
CASES = {
    "xlsx": typed("甲"),
    "xlsx, its end lost": typed("甲")[:-100],
    "xlsm": _typed_as(MACROS),
    "xlsb": _typed_as(BINARY),
    "xlsx, its list of types naming xlsb for parts that it has not": _typed_beside(BINARY),
    "xlsx, its folders written with backslashes": _backslashed(typed("甲")),
    "xlsx, behind what a gateway put before it": b"\xef\xbb\xbf\r\n" + typed("甲"),
    "gzip": gzip.compress(typed("甲")),
    "archive, a gzip of anything else": gzip.compress(b"a,b\n" * 99),
    "unknown, a package of another program": archive([("[Content_Types].xml", "<Types/>")]),
    "xls": _stream("Workbook"),
    "xls, of Excel 4": b"\x09\x04\x06\x00" + bytes(60),
    "xls, of Excel 95": _stream("Book"),
    "encrypted": _stream("EncryptedPackage") + "EncryptionInfo".encode("utf-16-le") + bytes(9),
    "protected": b"%TSD-Header-###%" + bytes(range(256)),
    "protected, by another program": b"b\x14#e\x01\0\0\0E-SafeNet\0\0LOCK" + bytes(300),
    "protected, by rights that a server gives": _stream("EncryptedPackage"),
    "protected, an old workbook": _stream("\tDRMContent"),
    "doc": _stream("WordDocument"),
    "ppt": _stream("PowerPoint Document"),
    "msg": _stream("__properties_version1.0"),
    "unknown, an OLE file of another program": OLE,
    "ods": ods("<table:table/>"),
    "ods, without its type at the beginning": archive(
        [
            ("content.xml", "<a/>"),
            ("META-INF/manifest.xml", f'<m><e media-type="{SPREADSHEET}"/></m>'),
        ]
    ),
    "fods": flat_ods("<table:table/>"),
    "docx, a flat text of OpenDocument's": flat_ods("").replace(b"spreadsheet", b"text"),
    "numbers": archive([("Index/Document.iwa", b"x"), ("preview.jpg", b"\xff\xd8\xff")]),
    "numbers, in a folder": archive([("表.numbers/Index.zip", b"x"), ("__MACOSX/a", b"")]),
    "zip, of a workbook beside a document of Apple's": archive(
        [("表.xlsx", typed("甲")), ("稿.pages/Index/Document.iwa", b"x")]
    ),
    "gnumeric": gzip.compress(b'<?xml version="1.0"?><gnm:Workbook xmlns:gnm="gnumeric"/>'),
    "sylk": 'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"甲"\r\nE\r\n'.encode("gbk"),
    "dif": 'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n'.encode("gbk"),
    "json": '{"code":403,"msg":"没有权限"}'.encode(),
    "json, a list": b'[ {"id": 1} ]',
    "shortcut": b"L\0\0\0\x01\x14\x02\0\0\0\0\0" + bytes(60),
    "shortcut, to a page": b"[InternetShortcut]\r\nURL=https://example.com/\r\n",
    "csv, its first column called ID": b"ID;Price;Name\n1;2;a\n",
    "csv, in UTF-16 without a mark": "序号,进展情况\r\n1,完成\r\n".encode("utf-16-le"),
    "csv, in UTF-16 the other way round": "序号,进展情况\r\n1,完成\r\n".encode("utf-16-be"),
    "docx": _word(),
    "csv": "序号,进展情况\n1,完成\n".encode(),
    "csv, with a mark": "\ufeff序号,进展情况\n1,完成\n".encode(),
    "csv, in GBK": "序号,进展情况\n1,完成\n".encode("gbk"),
    "csv, Excel's Unicode text": "序号\t进展情况\n1\t完成\n".encode("utf-16"),
    "zip": archive([("县财政局.xlsx", typed("甲"))]),
    "zip, with nothing in it": archive([]),
    "ofd": archive([("OFD.xml", "<OFD/>")]),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(20),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(20),
    "archive": b"\x1f\x8b\x08" + bytes(20),
    "pdf": b"%PDF-1.7\n",
    "image": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "image, of a phone": b"\xff\xd8\xff\xe0" + bytes(20),
    "html": "<html><body><table><tr><td>甲</td></tr></table></body></html>".encode(),
    "html, in GBK with a table alone": "<table><tr><td>甲</td></tr></table>".encode("gbk"),
    "xml": XML_2003.encode(),
    "eml": MAIL.encode(),
    "empty": b"",
    "empty, blanks alone": b"\xef\xbb\xbf \r\n",
    "unknown": bytes(range(1, 256)) * 4 + b"\0\xff",
    "unknown, a letter": "张科长：\n请查收附件。\n谢谢".encode(),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_what_it_holds(case: str) -> None:
    assert reading.kind_of(CASES[case]) == case.partition(",")[0]


READABLE = {"xlsx", "xlsm", "ods", "fods", "csv", "gzip"}


@pytest.mark.parametrize("case", [case for case in CASES if case.partition(",")[0] not in READABLE])
def test_what_cannot_be_read_says_in_chinese_what_to_do_next(case: str) -> None:
    book = reading.read(CASES[case])
    (finding,) = book.findings
    assert not book.readable
    assert not book.sheets
    assert finding.severity == "error"
    assert "请" in sentence(finding)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.startswith(("xlsx, ", "gzip"))][1:]
)
def test_a_workbook_is_read_whatever_was_done_to_its_package(case: str) -> None:
    book = reading.read(CASES[case])
    assert (book.findings, book.sheets[0].text(1, 1)) == ((), "甲")


def test_a_file_that_security_software_locked_says_to_decrypt_it_before_sending() -> None:
    (finding,) = reading.read(CASES["protected"]).findings
    assert finding.code == "encrypted_by_software"
    assert "先解密" in sentence(finding)


def test_each_foreign_kind_has_a_code_and_message_of_its_own() -> None:
    kinds = (
        *("pdf", "docx", "html", "image", "rar", "7z", "xml", "eml", "encrypted", "xlsb", "ofd"),
        *("protected", "numbers", "gnumeric", "sylk", "dif", "json", "shortcut"),
    )
    findings = [reading.read(CASES[kind]).findings[0] for kind in kinds]
    assert len({finding.code for finding in findings}) == len(kinds)
    assert sentence(findings[0]) == (
        "这是 PDF，程序无法读取其中的填报内容：请让对方发回 Excel 原件"
    )


@pytest.mark.parametrize("data", [b" ", b"\r\n\r\n", "\u3000\n".encode("gb18030"), b"\xef\xbb\xbf"])
def test_a_file_of_nothing_but_blanks_is_empty(data: bytes) -> None:
    assert reading.kind_of(data) == "empty"
