"""Real files of each kind, small: what mutations begin with."""

import base64
import csv
import gzip
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.comments import Comment

from edu_sheet import form
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.forms import Form
from edu_sheet.words.forms_as_json import IssueRow, form_to_json
from tests.support import letters, office
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    ORGANISATION,
    PLAN_ID,
    SECRET,
    fill,
    small_form,
    small_plan,
)
from tests.support.fuzz import ole
from tests.support.fuzz.packages import plain, undated
from tests.support.master_desk import Desk
from tests.support.returns import encrypted
from tests.support.signed import signed_in_pieces
from tests.support.workbooks import archive

UNITS = (EDUCATION, FINANCE, ORGANISATION)
_EXAMPLES = Path(__file__).parents[3] / "examples"
_CONVERTED = {  # what LibreOffice makes of a form: "how" is its filter
    "xlsx": office.XLSX,
    "xls": office.XLS,
    "ods": office.ODS,
    "fods": "",
}
_WEIGHTS = {  # cheap kinds more often
    "xlsx": 27, "xls": 2, "ods": 3, "fods": 3, "csv": 15, "html": 2, "xml": 2, "encrypted": 0.02,
    "gzip": 1, "zip": 9, "eml": 17, "mbox": 3, "msg": 5, "tnef": 4, "signed": 1, "docx": 0.5, "md": 4,
    "plan": 0.6, "workbook": 0.12, "master": 0.12,
}  # fmt: skip


class Sample(NamedTuple):
    """A file, what it is taken for, and how often it is mutated."""

    kind: str
    data: bytes
    weight: float = 1.0
    inside: tuple[bytes, ...] = ()  # files that it brings


@dataclass(frozen=True)
class Corpus:
    """The files, and what the ledger would know of them."""

    samples: tuple[Sample, ...]
    index: tuple[tuple[int, str, str, str, int], ...]
    issues: tuple[tuple[str, tuple[IssueRow, ...]], ...]  # by unit
    owners: tuple[tuple[str, str, str], ...]  # token, unit, key of the task
    base: bytes  # what the program last wrote into the master
    plan_id: str = PLAN_ID
    secret: bytes = SECRET


def corpus() -> Corpus:
    """Return files of every kind; those that LibreOffice makes are missing where it is."""
    forms = {unit: small_form(unit) for unit in UNITS}
    owners: dict[str, tuple[str, str]] = {}
    filled = {unit: _filled(one, owners) for unit, one in forms.items()}
    base, master = _master()
    samples = [*_forms(forms, filled), *_mails(filled), *_plans(), master]
    counted = {kind: sum(one.kind == kind for one in samples) for kind in _WEIGHTS}
    return Corpus(
        tuple(one._replace(weight=_WEIGHTS[one.kind] / counted[one.kind]) for one in samples),
        tuple(
            (place, str(DECEMBER), unit, one.number, 1)
            for place, (unit, one) in enumerate(forms.items(), 1)
        ),
        tuple(
            (unit, (IssueRow(place, 1, form_to_json(one), "x.xlsx", "ab" * 32, str(CREATED)),))
            for place, (unit, one) in enumerate(forms.items(), 1)
        ),
        tuple((token, *whose) for token, whose in owners.items()),
        base,
    )


def _filled(one: Form, owners: dict[str, tuple[str, str]]) -> bytes:
    """Return a form with a text for each task, each with a token of its own."""
    texts = {}
    for row in one.rows:
        token = f"〔{len(owners):02}{row.key}〕"
        owners[token] = one.identity.unit, row.key
        texts[row.number] = f"{token}召开专题会议{row.number}次，\n印发方案。"
    return plain(fill(form.write(one, 1, CREATED), texts))


def _forms(forms: dict[str, Form], filled: dict[str, bytes]) -> Iterator[Sample]:
    for data in filled.values():
        yield Sample("xlsx", data)
    first = filled[EDUCATION]
    yield Sample("xlsx", plain(_busy(first)))
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        yield Sample("csv", _csv(first, encoding))
    yield Sample("html", _html(first))
    yield Sample("xml", _xml(first))
    yield Sample("encrypted", encrypted(first, "VelvetSweatshop"))
    if office.SOFFICE is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.xlsx"
        source.write_bytes(_busy(first))
        for ending, how in _CONVERTED.items():
            target = Path(folder) / f"in_{ending}"
            data = office.convert(source, ending, target, how).read_bytes()
            yield Sample(ending, _undated(data))
            if ending == "xls":
                yield Sample("gzip", gzip.compress(_undated(data), mtime=0))


def _undated(data: bytes) -> bytes:
    """Return a file without the moment at which LibreOffice made it: the next one is the same."""
    if data.startswith(b"PK"):
        return plain(data)
    return ole.undated(data) if data.startswith(b"\xd0") else undated(data)


def _busy(data: bytes) -> bytes:
    """Return a form with a comment, merged cells, a second sheet and a formula."""
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[form.FORM_SHEET]
    sheet.merge_cells("A30:C31")
    other = book.create_sheet("附表")
    other.append(["名称", "数量", "合计"])
    other.append(["学校", 12.5, "=SUM(B2:B2)"])
    other["A1"].comment = Comment("请核对", "科员")
    other["A3"].hyperlink = "https://xian.test/"
    other.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[form.FORM_SHEET]
    return [["" if one is None else str(one) for one in row] for row in sheet.values]


def _html(data: bytes) -> bytes:
    cells = (f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in _rows(data))
    head = '<html><head><meta charset="utf-8"></head><body><table border="1">'
    return f"{head}{''.join(cells)}</table></body></html>".encode()


def _xml(data: bytes) -> bytes:
    """Return an XML spreadsheet of Excel 2003."""
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    rows = (f"<Row>{''.join(map(cell.format, row))}</Row>" for row in _rows(data))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" '
        f'xmlns:ss="{space}"><Worksheet ss:Name="填报表"><Table>{"".join(rows)}</Table></Worksheet>'
        "</Workbook>"
    ).encode()


def _csv(data: bytes, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(_rows(data))
    return stream.getvalue().encode(encoding)


def _mails(filled: dict[str, bytes]) -> Iterator[Sample]:
    education, finance, _ = filled.values()
    name = b"Content-Disposition: attachment; filename*=utf-8''%e8%a1%a8.xlsx"
    coded = b"=?gbk?B?" + base64.b64encode("报送表.xlsx".encode("gbk")) + b"?="
    head = (
        b"From: =?utf-8?B?" + base64.b64encode("财政局".encode()) + b"?= <caizheng@xian.test>\r\n"
        b"Date: Fri, 30 Dec 2022 09:00:00 +0800\r\nSubject: " + coded + b"\r\n"
        b"Authentication-Results: mx.xian.test; spf=pass; dkim=fail; dmarc=none"
    )
    simple = letters.eml(letters.text("请查收"), letters.attachment(finance, name), head=head)
    tnef = letters.winmail(("a.xlsx", "报送表.xlsx", education), ("b.csv", "", b"1,2\r\n"))
    winmail = letters.attachment(tnef, b"Content-Type: application/ms-tnef; name=winmail.dat")
    inner = b"Content-Type: message/rfc822\r\n\r\n" + simple
    yield Sample("eml", simple, inside=(education, finance))
    yield Sample("eml", letters.eml(letters.text("<p>好</p>", "gbk", "html"), winmail))
    yield Sample("eml", letters.eml(letters.text("转发"), inner))
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
    status += b"Final-Recipient: rfc822; a@xian.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    back = b"Content-Type: message/rfc822\r\n\r\n" + simple
    report = letters.eml(
        letters.text("退信"), status, back, kind=b"report; report-type=delivery-status"
    )
    yield Sample("eml", report)
    cells = "<tr><td>序号<td>进展情况<tr><td rowspan=2>1<td>已完成<br>两项<tr><td>另"
    yield Sample("eml", letters.eml(letters.text(f"<table>{cells}</table>", kind="html")))
    yield Sample("mbox", b"From a@xian.test Mon Dec  5 09:00:00 2022\n" + simple)
    yield Sample("tnef", tnef)
    yield Sample("signed", signed_in_pieces(simple))
    yield Sample("msg", letters.msg("报送", "正文", "a@xian.test", {"表.xlsx": finance}))
    within = letters.msg_tree("内", "文", "b@xian.test", {"表.csv": b"1,2\r\n"})
    yield Sample("msg", letters.msg("转发", "正文", "a@xian.test", {"信": within}))
    nested = archive([("b.csv", b"1,2\r\n3,4\r\n"), ("c.txt", "说明".encode())])
    yield Sample("zip", archive([("一/表.xlsx", education), ("二.xlsx", finance)]))
    yield Sample("zip", archive([("内.zip", nested), ("信.eml", simple), ("表.xlsx", finance)]))


def _plans() -> Iterator[Sample]:
    issued = (_EXAMPLES / "方案原文.docx").read_bytes()
    yield Sample("docx", plain(issued))
    text = (_EXAMPLES / "方案原文.md").read_bytes()
    yield Sample("md", text[: text.index(b"\n", len(text) // 4)])
    paragraphs = (
        "一、加强领导\n（一）健全机制。①每年研究2次。（牵头单位：县教育局；责任单位：县财政局）\n"
    )
    yield Sample("md", f"# 方案\n\n{paragraphs * 3}\n".encode())
    rows: list[list[Any]] = [
        ["序号", "工作任务", "牵头单位", "责任单位"],
        [1, "办好学前教育", "县教育局", "县财政局、县公安局"],
    ]
    yield Sample("plan", _workbook(rows))
    yield Sample("workbook", plain(write_workbook(small_plan())))


def _workbook(rows: list[list[Any]]) -> bytes:
    book: Any = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return plain(stream.getvalue())


def _master() -> tuple[bytes, Sample]:
    """Return what was written into a master, and the master."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        with desk.ledger:
            desk.issue(DECEMBER)
            desk.report(EDUCATION, {1: "召开会议2次。", 3: "已完成。"})
            path = desk.merge().path
            base = desk.ledger.edits.last_base(desk.workspace.relative(path))
            assert base
            return base, Sample("master", plain(path.read_bytes()))
