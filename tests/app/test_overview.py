"""What a screen shows of a workspace: the steps of a period, all periods, all that waits."""

import threading
from datetime import date
from typing import Any

import pytest

from edu_sheet import app
from edu_sheet.app import Count, OutputState
from edu_sheet.cli.steps import decision_step
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.returns import State, Verdict
from tests.app.conftest import Office
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    POLICE,
    QUARTER,
    fill,
    moment,
)

TODAY = date(2022, 12, 20)


def outputs(office: Office, period: Period = DECEMBER) -> list[tuple[str, OutputState, int]]:
    shown = app.overview(office.root, period, today=TODAY)
    return [(one.path.name, one.state, one.newer) for one in shown.outputs]


def test_each_step_of_the_current_period_is_counted(office: Office) -> None:
    office.report(POLICE, {5: "甲"})
    office.report(EDUCATION, {1: "甲"})
    shown = app.overview(office.root, today=TODAY)
    assert (shown.period, shown.current, shown.due) == (DECEMBER, DECEMBER, date(2022, 12, 31))
    assert shown.issued == Count(6, 6)
    assert shown.reported == Count(2, 6)
    assert (shown.incomplete, shown.waiting) == (1, 0)


def test_nothing_is_issued_of_a_period_that_is_to_come(office: Office) -> None:
    shown = app.overview(office.root, QUARTER, today=TODAY)
    assert shown.issued == Count(0, 3)
    assert shown.reported == Count(0, 0)
    assert outputs(office, QUARTER) == [
        ("总表.xlsx", OutputState.NONE, 0),
        ("季度总结.docx", OutputState.NONE, 0),
    ]


def test_what_waits_is_counted_whatever_its_period(office: Office) -> None:
    (stray,) = office.take(b"nothing that can be read", "说明.xlsx")
    office.report(FINANCE, {1: "甲"}, NOVEMBER)
    found = app.waiting(office.root)
    assert [one.verdict for one in found] == [Verdict.ATTENTION] * len(found)
    assert stray.id in [one.id for one in found]
    for period in (NOVEMBER, DECEMBER, QUARTER):
        assert app.overview(office.root, period, today=TODAY).waiting == len(found)


def test_an_output_is_older_once_something_came_that_is_not_in_it(office: Office) -> None:
    office.report(POLICE, {5: "甲"})
    app.merge(office.root, DECEMBER)
    assert outputs(office) == [
        ("总表.xlsx", OutputState.CURRENT, 0),
        ("调度通报.docx", OutputState.NONE, 0),
    ]
    app.report(office.root, DECEMBER)
    # It came after the output was made, though it bears an earlier day.
    office.report(EDUCATION, {1: "乙"})
    assert outputs(office) == [
        ("总表.xlsx", OutputState.OLDER, 1),
        ("调度通报.docx", OutputState.OLDER, 1),
    ]
    app.merge(office.root, DECEMBER)
    assert outputs(office)[0] == ("总表.xlsx", OutputState.CURRENT, 0)
    (office.workspace.results(DECEMBER) / "总表.xlsx").unlink()
    assert outputs(office)[0] == ("总表.xlsx", OutputState.NONE, 0)


def test_a_master_is_older_once_a_month_before_has_more_for_its_history_shows_it(
    office: Office,
) -> None:
    office.report(POLICE, {5: "十二月"})
    app.merge(office.root, DECEMBER)
    app.report(office.root, DECEMBER)
    office.report(EDUCATION, {1: "补报十一月"}, NOVEMBER)
    assert outputs(office) == [
        ("总表.xlsx", OutputState.OLDER, 1),
        ("调度通报.docx", OutputState.CURRENT, 0),
    ]


def test_an_output_is_older_too_once_a_file_waits_in_a_line_of_its_period(office: Office) -> None:
    office.report(POLICE, {5: "十一月"}, NOVEMBER)
    for period in (NOVEMBER, DECEMBER):
        app.merge(office.root, period)
    waits = office.report(POLICE, {5: "十二月，填在上月的表里"}, NOVEMBER)
    assert (waits.verdict, waits.period) == (Verdict.ATTENTION, NOVEMBER)
    assert outputs(office)[0] == ("总表.xlsx", OutputState.OLDER, 1)
    app.merge(office.root, DECEMBER)
    assert outputs(office)[0] == ("总表.xlsx", OutputState.CURRENT, 0)
    office.take(b"nothing that can be read", "说明.xlsx")
    assert outputs(office)[0] == ("总表.xlsx", OutputState.OLDER, 1), "nobody's, and told below all"


def test_a_decision_makes_an_output_older_too(office: Office) -> None:
    one = office.report(POLICE, {5: "甲"})
    app.merge(office.root, DECEMBER)
    app.resolve(office.root, decision_step(one.id, reject=True))
    assert outputs(office)[0] == ("总表.xlsx", OutputState.OLDER, 0)


def test_an_output_is_older_once_what_it_prints_of_the_plan_has_changed(office: Office) -> None:
    from edu_sheet.app.edits import Close, MailAddress

    office.report(POLICE, {5: "甲"})
    later = moment("2023-03-20T12:00")
    app.merge(office.root, DECEMBER)
    app.report(office.root, DECEMBER)
    app.edit_roster(office.root, MailAddress(POLICE, "police@county.example"))
    app.edit_closings(office.root, Close("2", date(2023, 3, 10), "文件"), now=later)
    states = [state for _, state, _ in outputs(office)]
    assert states == [OutputState.CURRENT] * 2, "nothing of that is printed of December"
    app.edit_closings(office.root, Close("3", date(2022, 12, 20), "文件"), now=later)
    shown = app.overview(office.root, DECEMBER, today=TODAY).outputs
    assert [(one.state, one.replanned) for one in shown] == [(OutputState.OLDER, True)] * 2
    app.merge(office.root, DECEMBER)
    assert outputs(office)[0] == ("总表.xlsx", OutputState.CURRENT, 0)


def test_letters_of_supervision_and_the_long_table_are_older_as_the_master_is(
    office: Office,
) -> None:
    table = office.workspace.long_table(DECEMBER)
    app.supervise(office.root, DECEMBER, now=moment("2023-01-05T12:00"))
    app.export(office.root, DECEMBER, table)
    found = app.overview(office.root, DECEMBER, today=TODAY).others
    assert [one.state for one in found] == [OutputState.CURRENT] * 2
    office.report(POLICE, {5: "甲"})
    found = app.overview(office.root, DECEMBER, today=TODAY).others
    assert [(one.state, one.newer) for one in found] == [(OutputState.OLDER, 1)] * 2


def test_what_came_since_is_counted_though_it_settled_what_had_come_before(
    office: Office,
) -> None:
    (waits,) = office.take(b"%PDF-1.7\n", f"{POLICE}2022年12月.pdf", at="2022-12-29T12:00")
    app.merge(office.root, DECEMBER)
    office.report(EDUCATION, {1: "甲"})
    office.take(fill(office.form(POLICE), {5: "甲"}))
    assert waits.id not in {one.id for one in app.waiting(office.root)}
    assert outputs(office)[0] == ("总表.xlsx", OutputState.OLDER, 2)


def test_a_quarter_s_output_is_older_once_a_month_of_it_has_more(office: Office) -> None:
    app.merge(office.root, QUARTER)
    office.report(POLICE, {5: "甲"}, NOVEMBER)
    assert outputs(office, QUARTER)[0] == ("总表.xlsx", OutputState.OLDER, 1)


@pytest.mark.parametrize(
    ("issued", "today", "current"),
    [
        ([], date(2022, 9, 1), Month(2022, 10)),
        ([], date(2022, 12, 3), Month(2022, 12)),
        ([NOVEMBER], date(2022, 12, 3), NOVEMBER),
        ([NOVEMBER, DECEMBER], date(2022, 11, 28), NOVEMBER),
        ([NOVEMBER, DECEMBER, QUARTER], date(2022, 12, 28), QUARTER),
        ([NOVEMBER, QUARTER], date(2022, 11, 28), NOVEMBER),
    ],
)
def test_the_current_period_is_the_last_that_was_issued_and_has_begun(
    issued: list[Period], today: date, current: Period
) -> None:
    from edu_sheet.app.periods import current_period
    from tests.support.builders import small_plan

    assert current_period(small_plan(), issued, today) == current


def test_periods_run_from_the_plan_s_first_month_to_the_next_one_and_its_quarter(
    office: Office,
) -> None:
    lines = app.periods(office.root, today=date(2023, 1, 15))
    assert [str(one.period) for one in lines] == [
        "2022-10",
        "2022-11",
        "2022-12",
        "2022Q4",
        "2023-01",
        "2023-02",
        "2023Q1",
    ]
    assert [one.issued for one in lines] == [0, 6, 6, 0, 0, 0, 0]
    assert [str(one.period) for one in lines if one.current] == ["2022-12"]
    assert lines[2].due == date(2022, 12, 31)


def test_the_matrix_shows_every_unit_in_every_period(office: Office) -> None:
    office.report(POLICE, {5: "甲"})
    shown = app.matrix(office.root)
    assert shown.periods == (NOVEMBER, DECEMBER)
    police = shown.units[POLICE]
    assert [police[period].state for period in shown.periods] == [State.MISSING, State.RETURNED]
    assert len(shown.units) == 6
    assert app.matrix(office.root, [QUARTER]) == app.Matrix((QUARTER,), {})


def test_looking_goes_on_in_several_threads_at_once(office: Office) -> None:
    """Each call has a ledger of its own: SQLite binds one to its thread."""
    office.report(POLICE, {5: "甲"})
    shown: list[Any] = []

    def look() -> None:
        shown.append(
            (
                app.overview(office.root, DECEMBER, today=TODAY),
                app.status(office.root, DECEMBER).counts,
                app.matrix(office.root).units[POLICE],
            )
        )

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown == [shown[0]] * 6


def test_a_quarter_is_due_with_its_last_month(office: Office) -> None:
    lines = {one.period: one for one in app.periods(office.root, today=TODAY)}
    assert lines[Quarter(2022, 4)].due == moment("2022-12-31").date()
