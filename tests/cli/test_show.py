"""Tables on the terminal."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from edu_sheet.cli.show import deadlines_table, lines_table, status_table, submissions_table
from edu_sheet.rules.deadlines import Due
from edu_sheet.sentences import note
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Deadline, DeadlineKind
from edu_sheet.words.returns import State, Submission, UnitStatus, Verdict
from tests.support.builders import moment, small_plan


def shown(table: object) -> str:
    target = io.StringIO()
    Console(file=target, width=120, highlight=False).print(table)
    return target.getvalue()


@pytest.mark.parametrize(
    "name", ["[red]表[/red].xlsx", "[/表].xlsx", "表:star:.xlsx", "表[1].xlsx"]
)
def test_a_name_with_brackets_is_shown_as_it_is(name: str) -> None:
    one = Submission(7, name, "f" * 64, "xlsx", Verdict.ACCEPTED, moment("2022-12-30"))
    assert name in shown(submissions_table([one]))
    assert name in shown(status_table([UnitStatus(name, State.MISSING, None, 3, 0)]))
    assert name in shown(lines_table(("文件",), [(name,)]))


def test_a_whole_sheet_is_called_one() -> None:
    gone = note("column_missing", Place("Sheet"), header="本单位角色")
    one = Submission(
        7, "表.xlsx", "f" * 64, "xlsx", Verdict.ACCEPTED, moment("2022-12-30"), findings=(gone,)
    )
    told = "".join(shown(submissions_table([one])).replace("│", "").split())
    assert "工作表“Sheet”" in told


def test_what_a_message_says_is_shown_beside_warnings_too() -> None:
    mail: dict[str, Any] = {
        "sender": "a@b.test",
        "arrived_at": moment("2022-12-30"),
        "subject": "报表",
    }
    words = note("by_mail", **mail, body="第3项补充进展。", pictures=0)
    silent = note("by_mail", **mail, body=" ", pictures=0)
    strange = note("sender_unknown", sender="a@b.test", unit="县水利局")
    for said, expected in ((words, True), (silent, False)):
        one = Submission(
            7, "表.xlsx", "f" * 64, "xlsx", Verdict.ACCEPTED, moment("2022-12-30"),
            findings=(strange, said),
        )  # fmt: skip
        told = shown(submissions_table([one]))
        assert ("第3项补充进展。" in told) is expected
        assert "单位名录" in told


def test_deadlines_of_two_tasks_with_one_number_can_be_told_apart() -> None:
    first, second, *_ = small_plan().tasks
    day = date(2022, 12, 31)
    unled = replace(second, label="1", leads=(), responsible=("县水利局",), goal="整治农村饮水")
    due = [
        Due(task, Deadline(task.key, "", "年底前", DeadlineKind.DATE, day), day, passed=True)
        for task in (replace(first, label="1", goal="新建学校"), unled)
    ]
    said = shown(deadlines_table(due, {}))
    assert "新建学校" in said
    assert "整治农村饮水" in said
    assert "县水利局" in said  # who answers for it, where nobody leads
