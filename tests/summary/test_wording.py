from dataclasses import replace

import pytest

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.told_apart import called, named, numbers_of
from edu_sheet.sentences import note, sentence
from edu_sheet.summary.content.attachments import states_table
from edu_sheet.summary.content.collection import collection_content
from edu_sheet.summary.content.content import Paragraph
from edu_sheet.summary.content.material import material_content
from edu_sheet.summary.content.wording import (
    answering,
    listed,
    numbered,
    paragraphs,
    percent,
    points,
    title_lines,
    title_parts,
    typeset,
    width,
)
from edu_sheet.words.columns import CATEGORY
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import State, UnitStatus
from tests.summary.test_who_leads import said_in
from tests.support.builders import EDUCATION, QUARTER, small_plan


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('落实"第一议题"制度', "落实“第一议题”制度"),
        ('"双减"和"一规范"', "“双减”和“一规范”"),
        ('一处没有配对"的引号', '一处没有配对"的引号'),
        ('配备24"显示器3台', '配备24"显示器3台'),
        ('完成"2022"号工程', "完成“2022”号工程"),
    ],
)
def test_pairs_of_straight_quotes_become_chinese_ones(written: str, printed: str) -> None:
    assert typeset(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("已完成,正在验收", "已完成，正在验收"),
        ("已完成, 正在验收", "已完成， 正在验收"),
        ("已完成;存在的问题:人手不足", "已完成；存在的问题：人手不足"),
        ("怎么办?加快办!马上办", "怎么办？加快办！马上办"),
        ("《方案》,“双减”;①推进", "《方案》，“双减”；①推进"),
        ("规划(修订)要求", "规划（修订）要求"),
        ("督导评估规划(2020-2030)要求,到2029年", "督导评估规划（2020-2030）要求，到2029年"),
        ("(一)总体情况", "（一）总体情况"),
    ],
)
def test_half_width_punctuation_between_chinese_becomes_full_width(
    written: str, printed: str
) -> None:
    assert typeset(written) == printed


@pytest.mark.parametrize(
    "written",
    [
        "投入1,000万元",
        "9:30开会",
        "师生比1:1000",
        "函数f(x)的值",
        "网址https://a.cn/?q=1,2;3",
        "see (a, b): yes!",
        "生均10.5元",
        "完成情况:100%",
        "王老师's课",
        "已完成,",
        "电话(0745)5220000",
    ],
)
def test_numbers_times_ratios_and_latin_text_keep_their_punctuation(written: str) -> None:
    assert typeset(written) == written


def test_paragraphs_stay_paragraphs_and_lists_stay_lists() -> None:
    assert paragraphs("　　总述。\r\n\n①摸底；\n②培训。\u2028③督导。") == (
        "总述。",
        "①摸底；",
        "②培训。",
        "③督导。",
    )


def test_what_word_cannot_hold_is_left_out() -> None:
    assert paragraphs("完\x00成\ud800了\x1f\ufffe一半\x0b其余在推进") == (
        "完成了一半",
        "其余在推进",
    )


def test_numbers_are_written_as_in_official_documents() -> None:
    assert [ordinal(number) for number in (1, 10, 11, 20, 25)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十五",
    ]
    assert [percent(7, 8), percent(3, 3), percent(0, 0)] == ["87.5%", "100%", "0%"]
    assert points((30, 32), (31, 32)) == "提高3.1个百分点"
    assert points((4, 4), (3, 4)) == "下降25个百分点"
    assert points((1, 2), (2, 4)) == "持平"


def test_a_name_that_holds_a_comma_is_not_torn_in_a_list_of_names() -> None:
    assert listed(["县委", "县政府", "团县委"]) == "县委、县政府和团县委"
    assert listed(["县委", "各乡镇党委、政府"]) == "县委，各乡镇党委、政府"


def test_a_title_breaks_at_its_seams() -> None:
    parts = (
        "中共辰溪县委教育工作领导小组",
        "关于《全市教育大会精神重点任务分工方案》",
        "2022年第四季度",
        "落实情况的总结",
    )
    assert title_lines(parts) == (
        "中共辰溪县委教育工作领导小组",
        "关于《全市教育大会精神重点任务分工方案》",
        "2022年第四季度落实情况的总结",
    )


@pytest.mark.parametrize(
    ("part", "first"),
    [
        (
            "关于《深化“放管服”改革优化营商环境2021年重点任务分工方案》",
            "关于《深化“放管服”改革优化营商环境",
        ),
        ("关于《2025年区政府工作报告目标任务上半年推进情况汇总表》", "关于《2025年区政府工作报告"),
    ],
)
def test_a_title_is_broken_between_words(part: str, first: str) -> None:
    assert title_lines([part])[0] == first


def test_a_long_part_of_a_title_is_cut_evenly_and_no_line_begins_with_a_mark() -> None:
    lines = title_lines(title_parts(f"某县关于《{'重点工作' * 9}》的总结"))
    assert "".join(lines) == f"某县关于《{'重点工作' * 9}》的总结"
    assert all(width(line) <= 20 for line in lines)
    assert not any(line.startswith(("》", "，")) for line in lines)


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        ("4", "序号4"),
        ("4 5", "序号4、5"),
        ("4 5 6", "序号4至6"),
        ("1 4 5 6 7 22 23", "序号1、4至7、22、23"),
        ("9 10 11 1 2", "序号9至11、1、2"),
        ("1 2 2 3", "序号1、2、2、3"),
        ("（一） （二） （三）", "序号（一）、（二）、（三）"),
        ("3-1 3-2 3-3", "序号3-1、3-2、3-3"),
        ("01 02 03", "序号01、02、03"),
    ],
)
def test_task_numbers_that_follow_each_other_are_printed_as_from_and_to(
    numbers: str, printed: str
) -> None:
    plan = small_plan()
    tasks = [replace(plan.tasks[0], label=number) for number in numbers.split()]
    assert numbered(plan, tasks) == printed


def _restarted(*categories: str) -> Plan:
    """Return the small plan's first four tasks, numbered 1, 2, 1, 2."""
    plan = small_plan()
    tasks = [
        replace(task, label=str(place % 2 + 1), others=((CATEGORY, name),) if name else ())
        for place, (task, name) in enumerate(zip(plan.tasks, categories, strict=False))
    ]
    return replace(plan, tasks=tuple(tasks))


def test_tasks_of_one_number_are_named_with_the_part_of_the_plan() -> None:
    plan = _restarted("硬件类", "硬件类", "管理类", "管理类")
    assert numbered(plan, plan.tasks) == "硬件类序号1、2、管理类序号1、2"
    assert numbered(plan, plan.tasks[2:3]) == "管理类序号1"


def test_a_task_under_a_repeated_number_is_named_alike_in_every_paper() -> None:
    plan = _restarted("硬件类", "硬件类", "管理类", "管理类")
    assert [called(plan, one) for one in plan.tasks[1:3]] == ["硬件类第2项", "管理类第1项"]
    facts = PeriodFacts(
        plan,
        QUARTER,
        statuses={QUARTER: [unit_line(EDUCATION)]},
        tasks_asked={QUARTER: {EDUCATION: {task.key for task in plan.tasks}}},
    )
    material = "\n".join(said_in(material_content(facts, EDUCATION)))
    assert "硬件类任务1、管理类任务1未报送的单位1个：县教育局。" in material
    headings = [one.text for one in collection_content(facts).body if isinstance(one, Paragraph)]
    assert "硬件类1.坚持教育优先发展战略地位" in headings
    annex = [row[0] for row in states_table(facts).rows]
    assert annex == [*numbers_of(plan).values()] == ["硬件类1", "硬件类2", "管理类1", "管理类2"]
    assert sentence(
        note("cleared", task=named(plan, plan.tasks[2]), units=(EDUCATION,))
    ).startswith("管理类第1项")


def unit_line(unit: str) -> UnitStatus:
    return UnitStatus(unit, State.MISSING, None, 2, 0)


def test_tasks_of_one_number_without_a_part_are_named_with_their_goal() -> None:
    plan = _restarted("", "", "管理类", "管理类")
    assert numbered(plan, plan.tasks[:1]) == "“坚持教育优先发展战略地位”序号1"


def test_who_answers_is_named_by_the_tasks_that_it_is_about() -> None:
    plan = small_plan()
    alone = [replace(task, leads=()) for task in plan.tasks]
    assert answering(plan.tasks) == "牵头单位"
    assert answering(alone) == "责任单位"
    assert answering([plan.tasks[0], alone[1]]) == "各单位"
