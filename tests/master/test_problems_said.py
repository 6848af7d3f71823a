"""What 问题清单 says is to be done: true of what was taken, and of what was not."""

from collections.abc import Sequence
from dataclasses import replace

import openpyxl
import pytest

from edu_sheet.master.sheets.problems import NOT_TAKEN
from edu_sheet.sentences import note
from edu_sheet.sentences.catalogue import CATALOGUE
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Entry, Submission, Verdict
from tests.support.builders import DECEMBER, EDUCATION, moment
from tests.support.master_desk import Desk, table
from tests.support.records import begin_delivery

AT = moment("2022-12-29")
UNTAKEN = "这一处没有采用；如应以它为准，请在总表里改，或请该单位重新报送。"
ELSEWHERE = note("stray_text", Place("填报表", 5, 9), text="写在表外的一句。")
LOST = note("column_missing", sheet="填报表", header="进展情况")


def accepted(desk: Desk, *findings: Finding, entries: Sequence[Entry] = ()) -> list[str]:
    """Let a file be accepted, and return what the list says is to be done about it."""
    delivery = begin_delivery(desk.ledger, "表.xlsx", "收件箱/表.xlsx", "d" * 64, AT)
    one = Submission(0, "表.xlsx", "d" * 64, "xlsx", Verdict.ACCEPTED, AT, EDUCATION, DECEMBER)
    mild = tuple(replace(found, severity=Severity.WARNING) for found in findings)
    desk.ledger.returns.record(delivery, replace(one, findings=mild), entries)
    desk.ledger.deliveries.settle(delivery)
    rows = table(openpyxl.load_workbook(desk.merge().path)["问题清单"])
    return [row["怎么办"] for row in rows if row["文件"] == "表.xlsx"]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.issue(DECEMBER)
    return desk


def test_a_text_that_stayed_outside_is_not_said_to_be_taken(desk: Desk) -> None:
    (said,) = accepted(desk, ELSEWHERE)
    assert said == UNTAKEN


def test_nothing_is_said_to_be_taken_of_a_file_that_gave_no_text(desk: Desk) -> None:
    (said,) = accepted(desk, LOST)
    assert said == "请核对；无误则不必处理。"


def test_what_was_taken_is_said_to_be(desk: Desk) -> None:
    text = Entry(DECEMBER, EDUCATION, desk.plan.tasks[0].key, Role.LEAD, "教育一", "填报表!D5")
    assert accepted(desk, LOST, ELSEWHERE, entries=[text]) == [
        "内容已收，请核对；无误则不必处理。",
        UNTAKEN,
    ]


@pytest.mark.parametrize("name", sorted(NOT_TAKEN))
def test_what_the_list_calls_not_taken_its_own_sentence_does_too(name: str) -> None:
    _, sentence = CATALOGUE[name]
    assert any(words in sentence for words in ("没有收取", "没有采用"))
