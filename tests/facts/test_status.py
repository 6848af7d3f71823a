import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from edu_sheet.facts.status import unit_status
from edu_sheet.facts.waiting import waiting
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Came, State, Submission, UnitStatus, Verdict
from edu_sheet.words.step import Step, Verb
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    OCTOBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    SCHOOLS,
    UNITS,
    moment,
    new_workspace,
    report,
    small_form,
)
from tests.support.records import begin_delivery, record_issue


def issue(ledger: Ledger, *units: str, period: Period = DECEMBER) -> None:
    for unit in units:
        record_issue(ledger, small_form(unit, period), f"下发/{period}/{unit}.xlsx", "s", CREATED)


def set_aside(
    ledger: Ledger,
    unit: str | None,
    period: Period | None,
    at: str,
    finding: Finding | None = None,
) -> Submission:
    finding = finding or note("unknown_file")
    one = Submission(
        0,
        f"{at}.xlsx",
        "f" * 64,
        "xlsx",
        Verdict.ATTENTION,
        moment(at),
        unit,
        period,
        None,
        None,
        (finding,),
    )
    delivery = begin_delivery(ledger, one.file, f"收件箱/{one.file}", one.sha256, one.received_at)
    kept = ledger.returns.record(delivery, one, [])
    ledger.deliveries.settle(delivery)
    return kept


def by_unit(ledger: Ledger, period: Period = DECEMBER) -> dict[str, UnitStatus]:
    return {one.unit: one for one in unit_status(ledger, period)}


def test_every_unit_that_got_a_form_has_a_line_in_the_order_of_issue(ledger: Ledger) -> None:
    issue(ledger, SCHOOLS, EDUCATION, FINANCE)
    issue(ledger, SCHOOLS)  # issued again
    issue(ledger, POLICE, period=NOVEMBER)
    assert [one.unit for one in unit_status(ledger, DECEMBER)] == [SCHOOLS, EDUCATION, FINANCE]


def test_returned_late_and_missing_are_told_apart_by_the_due_date(ledger: Ledger) -> None:
    issue(ledger, EDUCATION, FINANCE, POLICE)
    report(ledger, EDUCATION, DECEMBER, {1: "甲"}, at=moment("2022-12-31T23:59"))
    report(ledger, FINANCE, DECEMBER, {1: "乙", 2: "丙", 4: "丁"}, at=moment("2023-01-02T00:00"))
    found = by_unit(ledger)
    assert {unit: one.state for unit, one in found.items()} == {
        EDUCATION: State.RETURNED,
        FINANCE: State.LATE,
        POLICE: State.MISSING,
    }
    assert found[FINANCE].late_days == 2
    assert found[EDUCATION].incomplete
    assert not found[FINANCE].incomplete
    assert found[POLICE].as_json() == {
        "unit": POLICE,
        "state": "missing",
        "received_at": None,
        "tasks": 1,
        "reported": 0,
        "blank": 1,
    }


def test_a_mail_sent_from_another_time_zone_is_judged_by_the_local_date(ledger: Ledger) -> None:
    issue(ledger, POLICE)
    sent = datetime.fromisoformat("2022-12-31T16:30+00:00")  # 00:30 in Shanghai
    report(ledger, POLICE, DECEMBER, {5: "甲"}, at=sent)
    assert by_unit(ledger)[POLICE].late_days == 1


def test_the_due_date_is_the_plans_as_it_is_now(ledger: Ledger) -> None:
    issue(ledger, POLICE)
    report(ledger, POLICE, DECEMBER, {5: "甲"}, at=moment("2023-01-02"))
    ledger.plan.record("digest", {DECEMBER: moment("2023-01-05").date()})
    assert by_unit(ledger)[POLICE].state is State.RETURNED


def test_a_correction_after_the_due_date_does_not_make_a_unit_late(ledger: Ledger) -> None:
    issue(ledger, POLICE)
    report(ledger, POLICE, DECEMBER, {5: "甲"}, at=moment("2022-12-30"))
    report(ledger, POLICE, DECEMBER, {5: "乙"}, at=moment("2023-01-03"))
    assert by_unit(ledger)[POLICE].state is State.RETURNED


def test_a_unit_that_sent_only_an_empty_form_is_missing(ledger: Ledger) -> None:
    issue(ledger, POLICE, FINANCE)
    report(ledger, POLICE, DECEMBER, {}, at=moment("2022-12-30"))
    report(ledger, FINANCE, DECEMBER, {}, at=moment("2022-12-30"))
    report(ledger, FINANCE, DECEMBER, {1: "甲"}, at=moment("2023-01-01"))
    found = by_unit(ledger)
    assert found[POLICE].state is State.MISSING
    assert found[POLICE].received_at is None
    assert found[FINANCE].state is State.LATE  # the empty form did not keep the date


def test_attention_wins_over_all(ledger: Ledger) -> None:
    issue(ledger, POLICE, FINANCE)
    report(ledger, POLICE, DECEMBER, {5: "甲"}, at=moment("2022-12-30"))
    set_aside(ledger, POLICE, DECEMBER, "2022-12-31")
    set_aside(ledger, FINANCE, DECEMBER, "2022-12-29")
    found = by_unit(ledger)
    assert {one.state for one in found.values()} == {State.ATTENTION}
    assert (found[POLICE].received_at, found[POLICE].reported) == (moment("2022-12-30"), 1)
    assert found[FINANCE].received_at == moment("2022-12-29")


def test_what_no_line_can_show_is_counted_apart(ledger: Ledger) -> None:
    issue(ledger, POLICE)
    set_aside(ledger, POLICE, DECEMBER, "2022-12-28")
    report(ledger, POLICE, DECEMBER, {5: "甲"}, at=moment("2022-12-28"))
    lost = [
        set_aside(ledger, None, DECEMBER, "2022-12-29"),
        set_aside(ledger, POLICE, None, "2022-12-30"),  # all that it was asked for is reported
        set_aside(ledger, ORGANISATION, DECEMBER, "2022-12-31"),  # got no form
    ]
    assert waiting(ledger).nobodys == lost


def test_last_months_form_waits_for_the_month_that_is_awaited(ledger: Ledger) -> None:
    for period in (NOVEMBER, DECEMBER):
        issue(ledger, POLICE, period=period)
    report(ledger, POLICE, NOVEMBER, {5: "甲"}, at=moment("2022-11-29"))
    wrong = note("wrong_period", unit=POLICE, period=NOVEMBER, awaited=DECEMBER)
    set_aside(ledger, POLICE, NOVEMBER, "2022-12-29", wrong)
    assert by_unit(ledger, NOVEMBER)[POLICE].state is State.RETURNED, "it was reported"
    awaited = by_unit(ledger, DECEMBER)[POLICE]
    assert (awaited.state, awaited.came) == (State.ATTENTION, Came.WAITING), "not 未报送"
    assert waiting(ledger).nobodys == []


def test_once_the_awaited_month_is_there_the_form_changes_neither(ledger: Ledger) -> None:
    for period in (NOVEMBER, DECEMBER):
        issue(ledger, POLICE, period=period)
        report(ledger, POLICE, period, {5: "甲"}, at=moment("2022-11-29"))
    wrong = note("wrong_period", unit=POLICE, period=NOVEMBER, awaited=DECEMBER)
    waits = set_aside(ledger, POLICE, NOVEMBER, "2022-12-29", wrong)
    assert by_unit(ledger, DECEMBER)[POLICE].state is State.RETURNED
    assert by_unit(ledger, NOVEMBER)[POLICE].state is State.RETURNED, "what was accepted stays"
    assert waiting(ledger).nobodys == [waits], "and the file is not silent"


@pytest.mark.parametrize(
    ("period", "finding"),
    [
        (
            NOVEMBER,
            note("wrong_period:unreported", unit=POLICE, period=NOVEMBER, awaited=DECEMBER),
        ),
        (None, note("period_contradiction", first=NOVEMBER, second=DECEMBER, one="", other="")),
        (None, note("unknown_period", unit=POLICE)),
    ],
)
def test_what_may_be_of_several_months_waits_for_each_that_is_not_reported(
    ledger: Ledger, period: Period | None, finding: Finding
) -> None:
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        issue(ledger, POLICE, period=month)
    issue(ledger, POLICE, period=DECEMBER.plus(1))  # it had not begun
    report(ledger, POLICE, OCTOBER, {5: "甲"}, at=moment("2022-10-29"))
    set_aside(ledger, POLICE, period, "2022-12-29", finding)
    found = [by_unit(ledger, one)[POLICE].state for one in ledger.forms.periods()]
    assert found == [State.RETURNED, State.ATTENTION, State.ATTENTION, State.MISSING]
    assert waiting(ledger).nobodys == []


def test_a_period_without_forms_says_what_to_run_first(ledger: Ledger) -> None:
    with pytest.raises(EduSheetError, match="没有下发过填报表") as refused:
        unit_status(ledger, DECEMBER)
    assert refused.value.next == Step(Verb.GENERATE, period=DECEMBER)


def test_a_quarter_asks_lead_units_only(ledger: Ledger) -> None:
    issue(ledger, EDUCATION, period=QUARTER)
    report(ledger, EDUCATION, QUARTER, {1: "甲", 3: "乙", 5: "丙"}, at=moment("2022-12-30"))
    (one,) = unit_status(ledger, QUARTER)
    assert (one.state, one.tasks, one.blank) == (State.RETURNED, 3, 0)


@pytest.mark.once
def test_ten_times_the_units_take_about_ten_times_the_work(tmp_path: Path) -> None:
    """A quadratic pass would take a hundred times, and minutes with 5,000 units."""
    few, many = (_work_with(tmp_path / str(units), units) for units in (400, 4_000))
    assert many < 40 * few


def _work_with(folder: Path, units: int) -> float:
    """Return the processor time for so many units, in seconds."""
    _, ledger = new_workspace(folder)
    with ledger:
        ledger.database.run("PRAGMA synchronous = OFF")
        form = small_form(UNITS[0])
        for number in range(units):
            unit = f"单位{number}"
            one = replace(form, identity=replace(form.identity, unit=unit))
            record_issue(ledger, one, unit, "s", CREATED)
            report(ledger, unit, DECEMBER, {1: "甲"}, at=moment("2022-12-30"))
        started = time.process_time()
        assert len(unit_status(ledger, DECEMBER)) == units
        assert waiting(ledger).nobodys == ()
        return time.process_time() - started


def test_a_text_that_says_nothing_counts_as_reported_and_is_told(tmp_path: Path) -> None:
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, EDUCATION)
        report(ledger, EDUCATION, DECEMBER, {1: "无", 2: "建成三所。"}, at=moment("2022-12-30"))
        (line,) = unit_status(ledger, DECEMBER)
        assert (line.state, line.reported, line.hollow) == (State.RETURNED, 2, 1)
        assert line.hollow_label == "1项没有实质内容"
        report(ledger, EDUCATION, DECEMBER, {1: "开工。"}, at=moment("2022-12-31"))
        assert unit_status(ledger, DECEMBER)[0].hollow == 0
