from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edu_sheet.form.layout import columns
from edu_sheet.kit import clock
from edu_sheet.store.ledger import Ledger, Output
from edu_sheet.words.columns import PLAN_COLUMNS
from edu_sheet.words.findings import Finding, FindingKey, Severity
from edu_sheet.words.forms import EarlierSheet, Form, FormRow, Identity
from edu_sheet.words.period import Month, Quarter
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Action, Approval, Decision, Entry, Submission, Verdict
from tests.support.records import begin_delivery, record_issue

DECEMBER = Month(2022, 12)
NOON = datetime(2022, 12, 30, 12, 0, tzinfo=clock.SHANGHAI)


def issued_form(unit: str = "县财政局", version: int = 1) -> Form:
    row = FormRow("T1", 1, Role.LEAD, "目标", "①要求", "县财政局", "县教育局", "财建股")
    return Form(
        identity=Identity("p", version, unit, DECEMBER, "d"),
        number="2022-12-ABCD2345",
        token="token",
        title="方案",
        due=DECEMBER.day(None),
        instructions="",
        columns=columns(PLAN_COLUMNS, states=False),
        rows=(row,),
        earlier=(EarlierSheet("上期进展", "题", ("序号",), (("1",),)),),
    )


def submission(number: int = 0, verdict: Verdict = Verdict.ACCEPTED) -> Submission:
    return Submission(
        id=number,
        file="县财政局.xlsx",
        sha256="ab" * 32,
        kind="xlsx",
        verdict=verdict,
        received_at=NOON,
        unit="县财政局",
        period=DECEMBER,
        approval=Approval("甲", "0", "乙", "2022年12月28日"),
        findings=(Finding("code", Severity.WARNING, Place("填报表", 5, 4), (("text", "说明"),)),),
    )


def entry(text: str = "已完成") -> Entry:
    return Entry(DECEMBER, "县财政局", "T1", Role.LEAD, text, "填报表!D5")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.db") as ledger:
        yield ledger


def test_a_form_that_went_out_is_found_again_as_it_was(ledger: Ledger) -> None:
    issue = record_issue(ledger, issued_form(), "下发/2022-12/a.xlsx", "s", NOON)
    assert ledger.forms.issued(DECEMBER) == [issue]
    assert ledger.forms.next_id() == issue.id + 1
    assert ledger.forms.last_of("县财政局", quarterly=False) == issue
    assert ledger.forms.last_of("县财政局", quarterly=True) is None


def test_a_submission_is_kept_with_its_findings_and_texts(ledger: Ledger) -> None:
    delivery = begin_delivery(ledger, "县财政局.xlsx", "收件箱/县财政局.xlsx", "ab" * 32, NOON)
    kept = ledger.returns.record(delivery, submission(), [entry()])
    assert ledger.returns.submission(kept.id) == kept
    (found,) = ledger.entries.of([DECEMBER])
    assert (found.text, found.file, found.received_at) == ("已完成", "县财政局.xlsx", NOON)


def test_what_each_unit_was_asked_last_is_told_in_the_order_of_first_issue(ledger: Ledger) -> None:
    first, other = issued_form(), issued_form("县公安局")
    rows = (*first.rows, replace(first.rows[0], key="T2"))
    again = replace(first, rows=rows, columns=columns(PLAN_COLUMNS, states=True))
    for form in (first, other, again):
        record_issue(ledger, form, "下发/2022-12/a.xlsx", "s", NOON)
    due = DECEMBER.day(None)
    assert ledger.forms.tasks_asked(DECEMBER) == [
        ("县财政局", due, ("T1", "T2")),
        ("县公安局", due, ("T1",)),
    ]
    assert ledger.forms.asking_states(DECEMBER) == [again]
    assert ledger.forms.tasks_asked(Month(2022, 11)) == []


def test_a_blank_text_is_kept_but_says_nothing(ledger: Ledger) -> None:
    delivery = begin_delivery(ledger, "a.xlsx", "收件箱/a.xlsx", "ab" * 32, NOON)
    blank = replace(entry("　\n"), task="T2")
    kept = ledger.returns.record(delivery, submission(), [entry(), blank])
    assert list(ledger.entries.reported(DECEMBER)) == [(kept.id, "县财政局", "T1", True)]
    assert [one.task for one in ledger.entries.of([DECEMBER])] == ["T1", "T2"]


def test_texts_come_by_submission_each_with_its_own_file_and_moment(ledger: Ledger) -> None:
    for number, month in enumerate((DECEMBER, Month(2022, 11), DECEMBER), 1):
        at = NOON + timedelta(hours=number)
        delivery = begin_delivery(ledger, f"{number}.xlsx", f"收件箱/{number}", str(number), at)
        one = replace(submission(), file=f"{number}.xlsx", received_at=at, period=month)
        texts = [
            replace(entry(f"{number}{task}"), task=task, period=month) for task in ("甲", "乙")
        ]
        ledger.returns.record(delivery, one, texts)
    found = ledger.entries.of([DECEMBER, Month(2022, 11)])
    assert [one.text for one in found] == ["1甲", "1乙", "2甲", "2乙", "3甲", "3乙"]
    assert [one.file for one in found[1::2]] == ["1.xlsx", "2.xlsx", "3.xlsx"]
    assert [one.received_at for one in found[::2]] == [NOON + timedelta(hours=n) for n in (1, 2, 3)]
    assert [one.text for one in ledger.entries.of([DECEMBER], "县财政局")] == [
        "1甲",
        "1乙",
        "3甲",
        "3乙",
    ]


def test_every_submission_has_its_own_findings_however_many_there_are(ledger: Ledger) -> None:
    with_findings = submission()
    kept = []
    for number in range(600):
        delivery = begin_delivery(ledger, "a.xlsx", f"收件箱/{number}", str(number), NOON)
        findings = tuple(replace(with_findings.findings[0], code=str(n)) for n in range(number % 3))
        kept.append(ledger.returns.record(delivery, replace(with_findings, findings=findings), []))
    assert ledger.returns.submissions(DECEMBER) == kept


def test_a_decision_replaces_what_was_taken_and_keeps_the_number(ledger: Ledger) -> None:
    delivery = begin_delivery(ledger, "a.xlsx", "收件箱/a.xlsx", "ab" * 32, NOON)
    kept = ledger.returns.record(delivery, submission(verdict=Verdict.ATTENTION), [])
    place = Place("填报表", 7, 8)
    finding = FindingKey("answer_out_of_place", place, "T01")
    decision = Decision(kept.id, Action.TAKE, NOON, finding=finding, place=place, task="12345678")
    ledger.returns.decide(decision, submission(kept.id), [entry("补充")])
    assert ledger.returns.decisions(kept.id) == [decision]
    assert ledger.returns.submission(kept.id).verdict is Verdict.ACCEPTED
    assert [one.text for one in ledger.entries.of([DECEMBER])] == ["补充"]


def test_a_delivery_that_was_interrupted_goes_on_where_it_stopped(ledger: Ledger) -> None:
    first = begin_delivery(ledger, "a.xlsx", "收件箱/a.xlsx", "ab" * 32, NOON)
    again = begin_delivery(ledger, "a.xlsx", "收件箱/a.xlsx", "ab" * 32, NOON)
    assert first == again
    ledger.deliveries.settle(first)
    assert ledger.deliveries.unsettled() == []
    assert begin_delivery(ledger, "a.xlsx", "收件箱/a.xlsx", "ab" * 32, NOON).id != first.id


def test_what_fails_half_way_leaves_nothing(ledger: Ledger) -> None:
    delivery = begin_delivery(ledger, "a.xlsx", "收件箱/a.xlsx", "ab" * 32, NOON)
    unwritable = entry("\ud800")  # SQLite refuses a lone surrogate, after the submission's row
    with pytest.raises(UnicodeEncodeError):
        ledger.returns.record(delivery, submission(), [unwritable])
    assert ledger.returns.submissions() == []


def test_outputs_and_due_dates_are_remembered(ledger: Ledger) -> None:
    output = Output("成果/2022-12/总表.xlsx", "s", NOON, "{}")
    ledger.outputs.record(output)
    ledger.plan.record("digest", {Quarter(2022, 4): DECEMBER.day(30)})
    assert ledger.outputs.last(output.file) == output
    assert ledger.outputs.last("其他") is None
    assert (ledger.plan.sha256, ledger.plan.due(Quarter(2022, 4))) == ("digest", DECEMBER.day(30))


def test_what_is_deferred_is_made_durable_at_once_and_nothing_stays_deferred(
    ledger: Ledger,
) -> None:
    def waits() -> bool:
        """Return whether a transaction waits for the disk (SQLite: synchronous is FULL)."""
        found: int = ledger.database.run("PRAGMA synchronous")[0][0]
        return found == 2

    def cut_off() -> None:
        with ledger.deferred():
            assert not waits()
            ledger.sync()
            assert not waits()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert waits()
