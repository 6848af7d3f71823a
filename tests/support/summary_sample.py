"""A quarter of the small plan as the summary's tests need it, and a Word document as text."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import Approval, Submission, Verdict
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    OCTOBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    SCHOOLS,
    TOWNS,
    moment,
    new_workspace,
    report,
    small_form,
    small_plan,
)
from tests.support.records import begin_delivery, record_issue

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def issue(ledger: Ledger, plan: Plan, period: Period) -> None:
    """Record that every unit that reports in a period got its form."""
    for unit in plan.assignments(period):
        form = small_form(unit, period, plan)
        record_issue(ledger, form, f"下发/{period}/{unit}.xlsx", "0" * 64, moment("2022-10-08"))


def approved(ledger: Ledger, submission: Submission, by: str) -> None:
    """Record that a return named who approved it."""
    delivery = begin_delivery(
        ledger, "approval.xlsx", "收件箱/approval.xlsx", "1" * 64, moment("2022-12-30")
    )
    signed = Submission(
        0,
        "approval.xlsx",
        "1" * 64,
        "xlsx",
        Verdict.ACCEPTED,
        moment("2022-12-30"),
        submission.unit,
        submission.period,
        approval=Approval("张三", "0745-0000000", by, "2022年12月28日"),
    )
    ledger.returns.record(delivery, signed, [])


def lived_quarter(folder: Path, plan: Plan | None = None) -> tuple[Workspace, Ledger]:
    """Return a workspace whose fourth quarter of 2022 has one of everything.

    县公安局 is missing in December, 县财政局 late in November, 县教育局 incomplete in the quarter,
    县委组织部 says nothing of its own in the quarter, 县财政局 is not approved.
    """
    plan = plan or small_plan()
    workspace, ledger = new_workspace(folder)
    for period in (OCTOBER, NOVEMBER, DECEMBER, QUARTER):
        issue(ledger, plan, period)
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        _month(ledger, plan, month)
    signed = report(
        ledger,
        EDUCATION,
        QUARTER,
        {
            1: '召开"专题"会议,研究部署(含经费)。\n①完成摸底；\n②印发方案。',
            3: "完成年度任务的75%，比例1:1000。",
        },
        plan=plan,
        at=moment("2022-12-29"),
    )
    approved(ledger, signed, "李四")
    report(ledger, FINANCE, QUARTER, {4: "教育支出只增不减。"}, plan=plan, at=moment("2022-12-29"))
    return workspace, ledger


def _month(ledger: Ledger, plan: Plan, month: Month) -> None:
    day = month.day(28).isoformat()
    late = f"{month.plus(1)}-05" if month == NOVEMBER else day
    returns = {
        EDUCATION: {number: f"{month.label}第{number}项按序时推进。" for number in (1, 2, 3, 4, 5)},
        FINANCE: {number: f"{month.label}第{number}项经费到位。" for number in (1, 2, 4)},
        ORGANISATION: {2: f"{month.label}完成干部培训。"},
        TOWNS: {1: f"{month.label}已召开党委会。", 5: "正在推进。"},
        SCHOOLS: {3: f"{month.label}开设课程。", 5: "开展演练。"},
    }
    if month != DECEMBER:
        returns[POLICE] = {5: f"{month.label}护学岗到位。"}
    for unit, texts in returns.items():
        at = moment(late if unit == FINANCE else day)
        report(ledger, unit, month, texts, plan=plan, at=at)


# ---------------------------------------------------------------- a document, read again


def parts(data: bytes) -> dict[str, Any]:
    """Return the XML parts of a document, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith(".xml")
        }


def body_of(data: bytes) -> Any:
    """Return w:body of a document."""
    return parts(data)["word/document.xml"].find(f"{W}body")


def style_names(data: bytes) -> dict[str, str]:
    """Return the styles of a document: id → name, the program's own where it has two."""
    return {
        style.get(f"{W}styleId"): style_name(style)
        for style in parts(data)["word/styles.xml"].iter(f"{W}style")
    }


def style_name(style: Any) -> str:
    """Return the name of a w:style, the one beside Word's own where it has two."""
    names = [style.find(f"{W}{one}") for one in ("aliases", "name")]
    return str(next(one for one in names if one is not None).get(f"{W}val"))


def dump(data: bytes) -> str:
    """Return a document as text: a line a paragraph with its style, tables as rows."""
    names = style_names(data)
    return "".join(f"{line}\n" for line in _lines(body_of(data), names))


def text_of(element: Any) -> str:
    """Return the text below an element; a box that stands there for two kinds of Word is one."""
    pieces = (
        one
        for one in element.iter(f"{W}t", f"{W}br", f"{W}tab")
        if next(one.iterancestors(_FALLBACK), None) is None
    )
    return "".join({"t": one.text or "", "br": "\n", "tab": "\t"}[_local(one)] for one in pieces)


def _lines(root: Any, names: dict[str, str]) -> Iterator[str]:
    for element in root:
        if _local(element) == "p":
            style = element.find(f"{W}pPr/{W}pStyle")
            name = "" if style is None else names[style.get(f"{W}val")]
            drawn = " [图]" if element.find(f".//{W}drawing") is not None else ""
            written = text_of(element).replace("\n", " / ").replace("\t", " → ")
            yield f"{name}| {written}{drawn}".rstrip()
            if element.find(f"{W}pPr/{W}sectPr") is not None:
                yield "-- 换页分节 --"
        elif _local(element) == "tbl":
            for row in element.iter(f"{W}tr"):
                cells = (_cell(cell) for cell in row.iter(f"{W}tc"))
                yield f"表| {' ┃ '.join(cells)}"


def _cell(cell: Any) -> str:
    return " / ".join(text_of(one) for one in cell.iter(f"{W}p"))


def _local(element: Any) -> str:
    return re.sub("{.*}", "", element.tag)
