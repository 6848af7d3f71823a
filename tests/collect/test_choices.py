"""What a front end offers for a file that waits: values, none of them read out of a sentence."""

from typing import Any

from edu_sheet.collect.choices import Accepted, Way, choices
from edu_sheet.words.findings import NumberedTask
from edu_sheet.words.place import Place
from tests.collect.test_resolve import below, edited, nameless, numbered, reissue, stray
from tests.support.builders import DECEMBER, EDUCATION, NOVEMBER, fill
from tests.support.inbox import Desk


def offered(desk: Desk, number: int = 1) -> list[Any]:
    return [*choices(desk.ledger, desk.ledger.returns.submission(number))]


def test_a_text_beside_a_row_is_offered_to_that_row_s_task_and_to_all_of_the_form(
    desk: Desk,
) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    beside, under, accept, reject = offered(desk)
    assert (beside.way, beside.place, beside.task) == (
        Way.TAKE,
        Place("填报表", 7, 12),
        NumberedTask("T03", 3),
    )
    assert [one.key for one in beside.tasks] == ["T01", "T02", "T03", "T04", "T05"]
    assert (under.place, under.task) == (Place("填报表", 14, 2), None)
    assert (accept.way, accept.accepted) == (Way.ACCEPT, Accepted.IN_PLACE)
    assert reject.way is Way.REJECT


def test_tasks_are_offered_with_the_numbers_of_the_form_that_came_back(desk: Desk) -> None:
    old = desk.form()
    reissue(desk, numbered(1, 2, 3, 4, 9))
    desk.receive(edited(fill(old, {1: "甲"}), below))
    take = offered(desk)[0]
    assert [one.number for one in take.tasks] == [1, 2, 3, 4, 5]


def test_last_month_s_form_may_be_this_month_s_or_a_correction(desk: Desk) -> None:
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "十一月的。"}), at="2022-11-29")
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "十二月的。"}))
    assign, accept, reject = offered(desk, 2)
    assert (assign.way, assign.unit, assign.period) == (Way.ASSIGN, EDUCATION, DECEMBER)
    assert accept.accepted is Accepted.CORRECTION
    assert reject.way is Way.REJECT


def test_a_form_without_a_name_may_be_anyone_s(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), nameless))
    assert [(one.way, one.unit) for one in offered(desk)] == [
        (Way.ASSIGN, None),
        (Way.REJECT, None),
    ]


def test_what_cannot_be_read_is_somebodys_or_rejected_and_never_accepted(desk: Desk) -> None:
    desk.receive(b"%PDF-1.7\n", "扫描.pdf")
    assert [one.way for one in offered(desk)] == [Way.ASSIGN, Way.REJECT]


def undated(book: Any) -> None:
    """Leave nothing but the unit's name."""
    nameless(book)
    book["填报表"]["A2"] = f"填报单位：{EDUCATION}"
    for row in range(5, 10):
        book["填报表"].cell(row, 9).value = None


def test_a_form_without_a_period_is_offered_for_each_that_the_unit_had_one_for(desk: Desk) -> None:
    one = desk.receive(edited(fill(desk.form(), {1: "甲"}), undated))
    assert (one.unit, one.period) == (EDUCATION, None)
    ways = [(way.unit, way.period) for way in offered(desk) if way.way is Way.ASSIGN]
    assert ways == [(EDUCATION, DECEMBER), (EDUCATION, NOVEMBER)]
    note = desk.workspace.pending / desk.pending()[1]
    said = note.read_text(encoding="utf-8-sig").replace('"', "")
    assert f"--unit {EDUCATION} --period {NOVEMBER}" in said
    assert "期次”换成" not in said


def test_a_command_with_a_word_to_be_filled_in_says_so(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), nameless))
    note = desk.workspace.pending / desk.pending()[1]
    assert "请把命令里的“单位”换成单位名录里的名称" in note.read_text(encoding="utf-8-sig")
