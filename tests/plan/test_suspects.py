"""What no plan would say is asked about, whichever way it came to be read so."""

import pytest

from edu_sheet.plan.issued.draft import Draft, Read
from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.suspects import suspect


def _task(goal: str = "新建口袋公园5个", under: str = "", **texts: str) -> Draft:
    said = {Meaning[name.upper()]: text for name, text in texts.items()}
    return Draft(["第1段"], under=under, texts={Meaning.GOAL: goal} | said)


def _asked(*tasks: Draft) -> list[tuple[int, Meaning, str]]:
    suspect(Read(tasks=[*tasks]))
    return [(at, *doubt) for at, one in enumerate(tasks) for doubt in one.doubts]


@pytest.mark.parametrize("goal", ["3", "（二）", "12.", "2025"])
def test_a_task_that_is_a_mere_number_is_asked_about(goal: str) -> None:
    [(at, meaning, said)] = _asked(_task(), _task(goal))
    assert (at, meaning) == (1, Meaning.GOAL)
    assert f"“{goal}”" in said


@pytest.mark.parametrize("name", ["牵头", "配合", "责任单位", "√"])
def test_a_word_for_a_role_in_place_of_a_unit_is_asked_about(name: str) -> None:
    [(_, meaning, said)] = _asked(_task(lead="县住建局", duty=f"县水利局、{name}"))
    assert meaning == Meaning.DUTY
    assert f"“{name}”不是单位名称" in said


@pytest.mark.parametrize(
    "text", ["任务2：改造老旧小区", "牵头单位：县水利局", "协办部门 : 县水利局"]
)
def test_a_label_left_within_a_text_is_asked_about(text: str) -> None:
    [(_, meaning, _)] = _asked(_task(requirements=f"完成设计。{text}"))
    assert meaning == Meaning.REQUIREMENTS


@pytest.mark.parametrize("header", ["2025年6月30日", "XC-01-007", "县财政局/县审计局", "项目3"])
def test_a_column_named_like_a_cell_is_asked_about_once(header: str) -> None:
    one, other = _task(), _task("整治裸露土地3处")
    one.others[header] = other.others[header] = "无"
    [(at, _, said)] = _asked(one, other)
    assert at == 0
    assert f"“{header}”读成了栏目的名称" in said


@pytest.mark.parametrize(
    "header", ["督导单位", "责任主体（责任人）", "投资（万元）", "备注", "承办部门"]
)
def test_a_column_of_the_plan_is_not_asked_about(header: str) -> None:
    one = _task()
    one.others[header] = "有"
    assert not _asked(one)


def test_plans_in_which_every_unit_leads_are_asked_about_once() -> None:
    [(at, meaning, _)] = _asked(_task(lead="县住建局、县水利局"), _task(lead="县教育局、县财政局"))
    assert (at, meaning) == (0, Meaning.LEAD)
    assert not _asked(_task(lead="县住建局、县水利局"), _task(lead="县教育局"))


def test_items_counted_on_from_the_task_before_are_asked_about() -> None:
    first = _task("严把源头关", requirements="1.抽样检测。2.推行合格证。")
    [(at, _, said)] = _asked(first, _task("严把经营关", requirements="3.亮出后厨。4.整治聚餐。"))
    assert at == 1
    assert "从 3 起" in said
    again = _task("严把经营关", requirements="1.亮出后厨。2.整治聚餐。")
    assert not _asked(_task("严把源头关", requirements="1.抽样检测。2.推行合格证。"), again)


def test_a_task_that_repeats_the_heading_of_others_is_asked_about() -> None:
    below = _task(under="一、补齐冷链短板（牵头单位：县商务局）")
    [(at, _, _)] = _asked(below, _task("补齐冷链短板"))
    assert at == 1
