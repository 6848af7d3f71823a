"""Plans in prose whose tasks stand in blocks: each is a task with the units that are its own."""

from collections.abc import Sequence

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from tests.support.issued_plans import Rows, word

_UNITS = ("县住建局", "县水利局", "县教育局")


def _read(*lines: str) -> Issued:
    return read_issued(word("某县重点任务分工方案", *lines), "方案.docx")


def _leads(read: Issued) -> list[tuple[str, str]]:
    return [(one.goal, one.lead_text) for one in read.plan.tasks]


@pytest.mark.parametrize("begin", ["任务{}：", "【项目{}】", "措施{}　", "任务："])
def test_each_block_is_a_task_with_its_own_lead(begin: str) -> None:
    lines = [
        line
        for number, unit in enumerate(_UNITS, 1)
        for line in (
            f"{begin.format(number)}新建场馆{number}处",
            f"牵头单位：{unit}",
            "责任单位：县财政局",
        )
    ]
    assert _leads(_read(*lines)) == [
        (f"新建场馆{number}处", unit) for number, unit in enumerate(_UNITS, 1)
    ]


def test_labels_in_brackets_or_before_a_bar_say_who_answers() -> None:
    read = _read(
        *("1.建学校", "【牵头单位】县教育局", "〖责任单位〗县财政局"),
        *("2.修道路", "牵头单位|县交通局", "责任单位——县财政局"),
        "3.种树木。【牵头单位】县林业局【责任单位】县财政局",
    )
    found = [(one.lead_text, one.responsible_text) for one in read.plan.tasks]
    assert found == [(unit, "县财政局") for unit in ("县教育局", "县交通局", "县林业局")]


def test_units_that_are_said_twice_of_a_task_are_asked_about() -> None:
    read = _read("1.建学校", "牵头单位：县教育局", "责任单位：县财政局", "牵头单位：县水利局")
    assert any("是不是另一项任务" in one.read_as for one in read.review if one.ask)


def test_a_sentence_on_the_tasks_above_gives_each_its_units_and_is_asked_about_once() -> None:
    read = _read(
        *("一、源头", "1.监测样品。", "2.查处违法。", "以上任务由县水利局牵头，县公安局配合。"),
        *("二、经营", "3.明厨亮灶。", "（以上任务由县教育局牵头）"),
    )
    assert _leads(read) == [
        ("监测样品。", "县水利局"),
        ("查处违法。", "县水利局"),
        ("明厨亮灶。", "县教育局"),
    ]
    assert [one.place for one in read.review if one.ask] == ["第3段", "第7段"]


_TABLE: tuple[Rows, Sequence[tuple[int, int, int, int]]] = (
    [
        ["序号", "任务", "牵头单位"],
        ["3", "治理欠薪三百起", "县人社局"],
        ["4", "培训家政人员", "县妇联"],
    ],
    [],
)


def test_tasks_in_prose_and_in_a_table_are_all_read_in_the_order_of_the_document() -> None:
    prose = [
        "1.新增就业。（县人社局牵头，县工信局配合）",
        "2.建设车间。",
        "县工信局牵头，各乡镇配合",
    ]
    read = read_issued(word("某县重点任务分工方案", *prose, _TABLE), "方案.docx")
    assert [one.shown for one in read.plan.tasks] == ["1", "2", "3", "4"]
    assert [one.lead_text for one in read.plan.tasks][:2] == ["县人社局", "县工信局"]


def test_tasks_that_a_table_repeats_are_read_once_and_asked_about() -> None:
    prose = ["1.治理欠薪三百起。（县人社局牵头）", "2.培训家政人员。（县妇联牵头）"]
    read = read_issued(word("某县重点任务分工方案", *prose, _TABLE), "方案.docx")
    assert [one.shown for one in read.plan.tasks] == ["3", "4"]
    (asked,) = [one for one in read.review if one.ask]
    assert "治理欠薪三百起" in asked.text


def test_a_text_on_who_answers_that_is_no_task_is_asked_about() -> None:
    note = "除注明的外，各乡镇均为配合单位。"
    read = read_issued(word("某县重点任务分工方案", note, _TABLE), "方案.docx")
    assert [one.text for one in read.review if one.ask] == [note]
