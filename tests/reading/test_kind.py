"""Kinds by content: what a file is called counts for nothing."""

import io

import pytest

from edu_sheet import reading
from edu_sheet.sentences import sentence
from tests.support.workbooks import Xlsx, archive, inline, ods, typed

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
    "xls": _stream("Workbook"),
    "xls, of Excel 95": _stream("Book"),
    "encrypted": _stream("EncryptedPackage"),
    "doc": _stream("WordDocument"),
    "ppt": _stream("PowerPoint Document"),
    "msg": _stream("__properties_version1.0"),
    "unknown, an OLE file of another program": OLE,
    "ods": ods("<table:table/>"),
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


READABLE = {"xlsx", "xlsm", "ods", "csv"}


@pytest.mark.parametrize("case", [case for case in CASES if case.partition(",")[0] not in READABLE])
def test_what_cannot_be_read_says_in_chinese_what_to_do_next(case: str) -> None:
    book = reading.read(CASES[case])
    (finding,) = book.findings
    assert not book.readable
    assert not book.sheets
    assert finding.severity == "error"
    assert "请" in sentence(finding)


def test_each_foreign_kind_has_a_code_and_message_of_its_own() -> None:
    kinds = ("pdf", "docx", "html", "image", "rar", "7z", "xml", "eml", "encrypted", "xlsb", "ofd")
    findings = [reading.read(CASES[kind]).findings[0] for kind in kinds]
    assert len({finding.code for finding in findings}) == len(kinds)
    assert sentence(findings[0]) == (
        "这是 PDF，程序无法读取其中的填报内容：请让对方发回 Excel 原件"
    )


@pytest.mark.parametrize("data", [b" ", b"\r\n\r\n", "\u3000\n".encode("gb18030"), b"\xef\xbb\xbf"])
def test_a_file_of_nothing_but_blanks_is_empty(data: bytes) -> None:
    assert reading.kind_of(data) == "empty"
