"""What units reported, and did not, is said the same in every paper, as the ledger has it."""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.facts.period import PeriodFacts
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.summary.content.bulletin import bulletin_content
from edu_sheet.summary.content.collection import collection_content
from edu_sheet.summary.content.content import Content
from edu_sheet.summary.content.leads import helpers
from edu_sheet.summary.content.material import material_content
from edu_sheet.summary.content.problems import silent_tasks
from edu_sheet.summary.content.slides import slides_content
from edu_sheet.summary.content.supervision import Colour, matters
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Closing, Deadline, DeadlineKind, Plan, Role
from edu_sheet.words.returns import Entry, State, Submission, UnitStatus, Verdict
from edu_sheet.words.settings import StateAsked, SummaryStyle
from tests.summary.test_who_leads import said_in, without_leads
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    TOWNS,
    moment,
    new_workspace,
    report,
    small_plan,
    with_members,
)
from tests.support.records import begin_delivery
from tests.support.summary_sample import issue

PROGRESS, PROBLEMS, NEXT = Part
FILED = moment("2022-12-29")
JANUARY = DECEMBER.plus(1)
AFTER = date(2023, 1, 5)


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    """Forms of November, December and the quarter went out."""
    for period in (NOVEMBER, DECEMBER, QUARTER):
        issue(ledger, small_plan(), period)
    return ledger


def filed(
    ledger: Ledger,
    unit: str,
    texts: Mapping[tuple[int, Part], str],
    states: Mapping[int, str] | None = None,
    *,
    plan: Plan | None = None,
) -> None:
    """Record what a unit filled in in its quarter's form, by 序号 and cell."""
    plan = plan or small_plan()
    roles = {one.number: plan.role(one, unit) or Role.RESPONSIBLE for one in plan.tasks}
    delivery = begin_delivery(ledger, unit, f"收件箱/{unit}季.xlsx", unit, FILED)
    one = Submission(0, f"{unit}季.xlsx", unit, "xlsx", Verdict.ACCEPTED, FILED, unit, QUARTER)
    entries = [
        Entry(
            QUARTER,
            unit,
            f"T{number:02d}",
            roles[number],
            text,
            f"填报表!{'DEF'[[*Part].index(part)]}{number + 4}",
            state=(states or {}).get(number, ""),
            part=part,
        )
        for (number, part), text in texts.items()
    ]
    ledger.returns.record(delivery, one, entries)
    ledger.deliveries.settle(delivery)


def wrong_form(ledger: Ledger, unit: str) -> None:
    """Record that November's form waits, which holds what is to be December's."""
    wrong = note("wrong_period", unit=unit, period=NOVEMBER, awaited=DECEMBER)
    about = (Verdict.ATTENTION, FILED, unit, NOVEMBER, None, None, (wrong,))
    delivery = begin_delivery(ledger, "错", f"收件箱/{unit}", unit, FILED)
    ledger.returns.record(delivery, Submission(0, f"{unit}.xlsx", unit, "xlsx", *about), [])
    ledger.deliveries.settle(delivery)


def paper(
    ledger: Ledger,
    plan: Plan | None = None,
    style: SummaryStyle = SummaryStyle.BRIEF,
    period: Period = QUARTER,
) -> str:
    facts = for_summary(ledger, plan or small_plan(), period)
    return _text(summary.quarter_content(facts, style))


def _text(content: Content) -> str:
    return "\n".join(said_in(content))


def slides(ledger: Ledger, plan: Plan | None = None) -> str:
    deck = slides_content(for_summary(ledger, plan or small_plan(), QUARTER))
    return "\n".join(
        one.said.speaker + one.said.text for slide in deck.slides for one in slide.items
    )


def test_a_task_that_came_to_the_plan_after_the_forms_is_held_against_nobody(
    ledger: Ledger,
) -> None:
    plan = small_plan()
    new = replace(plan.tasks[0], key="T99", number=99, label="", goal="推进夜校建设。")
    later = replace(plan, tasks=(*plan.tasks, new))
    report(ledger, EDUCATION, DECEMBER, {1: "十二月建成。"})
    filed(ledger, EDUCATION, {(1, PROGRESS): "季度建成。"}, {1: "推进中"})
    before, brief = paper(ledger), paper(ledger, later)
    counted = re.search(r"未填(\d+)项（[^）]*）", before)
    assert counted
    assert f"{counted[0]}、没有要求填报1项（序号99）。" in brief
    (silent,) = re.findall("没有收到任何进展的任务.*", before)
    assert silent in brief
    full = paper(ledger, later, style=SummaryStyle.FULL)
    assert "推进夜校建设\n本季度没有要求填报。" in full
    assert "牵头单位未列入填报范围。" in full
    assert "要求填报的" in full
    facts = for_summary(ledger, later, DECEMBER)
    text = _text(bulletin_content(facts, DECEMBER))
    assert f"{len(later.tasks)}项任务中，要求填报的{len(plan.tasks)}项有1项报送了进展" in text


def test_a_units_material_says_of_which_month_a_file_waits(ledger: Ledger) -> None:
    report(ledger, EDUCATION, DECEMBER, {1: "十二月建成。"})
    wrong_form(ledger, FINANCE)
    text = _text(material_content(for_summary(ledger, small_plan(), QUARTER), EDUCATION))
    assert f"任务1报送件待核实的单位1个：{FINANCE}（11月、12月）。" in text


def test_a_plans_name_that_a_line_holds_is_not_torn_in_a_title(ledger: Ledger) -> None:
    plan = small_plan()

    def title(name: str) -> tuple[str, ...]:
        named = replace(plan, settings=replace(plan.settings, title=name, issuer="某县办公室"))
        return summary.quarter_content(for_summary(ledger, named, QUARTER)).title[:2]

    name = "某县2026年重点民生实事任务分工方案"
    assert title(name) == ("某县办公室关于", f"《{name}》")
    full = title("某某县2026年重点民生实事任务分工方案")
    assert full[0] == "某县办公室关于《某某县", "its figures would have no room to spare"


def test_of_a_task_of_which_only_the_beginning_is_due_that_is_said(ledger: Ledger) -> None:
    plan = small_plan()
    due = [
        Deadline(key, "①", words, DeadlineKind.DATE, date(2022, 12, 31))
        for key, words in (("T01", "2022年12月31日前启动"), ("T02", "2022年12月31日前"))
    ]
    text = paper(ledger, replace(plan, deadlines=tuple(due)))
    assert "2022年12月31日前启动（序号1①）" in text
    assert "第2项目标任务（序号2①）" in text


def test_deadlines_of_a_unit_stand_in_the_order_of_its_tasks(ledger: Ledger) -> None:
    due = (("T03", "①", 10), ("T01", "②", 12), ("T01", "①", 20))
    kind = DeadlineKind.DATE
    days = [Deadline(key, item, "建成", kind, date(2022, 12, day)) for key, item, day in due]
    facts = for_summary(ledger, replace(small_plan(), deadlines=tuple(days)), DECEMBER)
    assert "待核实3项：县教育局（序号1①、1②、3①）" in _text(bulletin_content(facts, DECEMBER))


def test_a_month_that_is_still_to_go_out_is_asked_for_in_its_quarters_paper(
    ledger: Ledger,
) -> None:
    facts = for_summary(ledger, small_plan(), QUARTER)
    so_far = {one: lines for one, lines in facts.statuses.items() if one != DECEMBER}
    early = replace(facts, statuses=so_far, today=date(2022, 12, 5))
    asked = "12月进展情况，请各单位于2022年12月31日前报送。"
    assert asked in _text(summary.quarter_content(early))
    assert asked not in _text(summary.quarter_content(facts))


def test_where_a_quarter_says_nothing_of_progress_december_is_heard_and_marked(
    ledger: Ledger,
) -> None:
    report(ledger, EDUCATION, NOVEMBER, {1: "十一月建台账。", 3: "十一月开课。"})
    report(ledger, EDUCATION, DECEMBER, {1: "十二月建成。存在问题：十二月缺人。"})
    filed(
        ledger,
        EDUCATION,
        {(1, PROBLEMS): "季度缺钱。", (3, NEXT): "季度打算。", (5, PROGRESS): "季度进展。"},
    )
    text = paper(ledger)
    assert "1.坚持教育优先发展战略地位。（据12月报送）十二月建成。" in text
    assert "3.第3项目标任务。（据11月报送）十一月开课。" in text
    assert "县教育局：季度缺钱（序号1）。" in text, "a problem of the quarter is its own"
    assert "没有填写进展成效" not in text
    facts = for_summary(ledger, small_plan(), QUARTER)
    material = _text(material_content(facts, EDUCATION))
    assert (
        "县教育局填报了1项任务的进展，占33.3%；2项按其各月报送的内容整理（序号1、3）。" in material
    )
    full = paper(ledger, style=SummaryStyle.FULL)
    assert "县教育局（据12月报送）：十二月建成。" in full
    collected = _text(collection_content(facts))
    for said in ("季度缺钱。", "十二月缺人。", "十一月建台账。", "十一月开课。"):
        assert said in collected


def test_the_collection_has_every_months_text_of_leads_and_of_all_others_once(
    ledger: Ledger,
) -> None:
    for unit, numbers in ((EDUCATION, (1, 2)), (FINANCE, (1, 4))):
        report(ledger, unit, NOVEMBER, {one: f"{unit}十一月{one}。" for one in numbers})
        report(ledger, unit, DECEMBER, {one: f"{unit}十二月{one}。" for one in numbers})
    filed(ledger, FINANCE, {(4, PROGRESS): "县财政局季度4。"})
    facts = for_summary(ledger, small_plan(), QUARTER, every_text=True)
    collected = _text(collection_content(facts))
    said = [f"{EDUCATION}十一月1。", f"{EDUCATION}十一月2。", f"{FINANCE}十一月1。"]
    said += ["县财政局季度4。", *(one.replace("十一", "十二") for one in said)]
    said += [f"{FINANCE}{month}月4。" for month in ("十一", "十二")]
    assert {one: collected.count(one) for one in said} == dict.fromkeys(said, 1)
    full = paper(ledger, style=SummaryStyle.FULL)
    assert f"{EDUCATION}（据11月报送）：{EDUCATION}十一月1。" in full, "a lead's months stand in 详"
    assert f"{FINANCE}十一月1。" not in full


def test_units_of_the_plan_and_units_that_report_are_told_apart_where_groups_stand_for_many(
    ledger: Ledger,
) -> None:
    members = [f"{name}镇" for name in "东西南"]
    text = paper(ledger, with_members(small_plan(), TOWNS, members))
    assert f"责任单位5个（“{TOWNS}”按1个计，含3个单位）。" in text


def test_what_is_without_progress_or_not_begun_is_listed_alike_on_paper_and_slides(
    ledger: Ledger,
) -> None:
    filed(
        ledger,
        EDUCATION,
        {(1, PROBLEMS): "缺钱。", (3, PROGRESS): "启动。", (5, PROGRESS): "推进。"},
        {1: "滞后", 3: "未启动", 5: "推进中"},
    )
    report(ledger, FINANCE, DECEMBER, {1: "配合。", 2: "配合。"})
    for text in (paper(ledger), slides(ledger)):
        assert (
            "责任单位已报送、牵头单位没有进展的任务：县教育局（序号1）；县委组织部（序号2）。"
            in text
        )
        assert "没有收到任何进展的任务1项：序号4。" in text
    assert "牵头单位填报为未启动的任务1项：县教育局（序号3）。" in paper(ledger)
    assert "（县教育局，未启动）：启动。" in slides(ledger)


def test_a_unit_whose_file_waits_is_not_called_silent_anywhere(ledger: Ledger) -> None:
    report(ledger, POLICE, NOVEMBER, {5: "十一月巡逻。"}, at=moment("2022-11-29"))
    report(ledger, EDUCATION, DECEMBER, {5: "推进。"})
    wrong_form(ledger, POLICE)
    facts = for_summary(ledger, small_plan(), DECEMBER)
    bulletin = _text(bulletin_content(facts, DECEMBER))
    assert "报送件待核实的单位1个：县公安局。" in bulletin
    assert POLICE not in bulletin.replace("报送件待核实的单位1个：县公安局", "")
    assert POLICE not in {one.unit for one in matters(facts, AFTER)}
    assert (
        "应报单位均为6个，11月已报1个，未报5个；12月已报1个（未报全1个），未报4个、待核实1个。"
        in paper(ledger)
    )
    report(ledger, POLICE, DECEMBER, {5: "十二月巡逻。"}, at=moment("2022-12-30"))
    facts = for_summary(ledger, small_plan(), NOVEMBER)
    told = _text(bulletin_content(facts, NOVEMBER))
    assert "报送件待核实的单位" not in told, "what was accepted stays"
    assert "另有县公安局的1份报送件待核实，尚未采用，不改变已收的进展。" in told


def test_a_unit_whose_month_waits_is_not_said_to_have_nothing_by_its_quarters_form(
    ledger: Ledger,
) -> None:
    wrong_form(ledger, EDUCATION)
    filed(ledger, EDUCATION, {(1, PROGRESS): "季度进展。"})
    facts = for_summary(ledger, small_plan(), QUARTER, every_text=True)
    assert not facts.asked_in(QUARTER, EDUCATION, facts.plan.tasks[3])
    assert f"4.第4项目标任务。牵头单位{FINANCE}（未报送）。责任单位1个报送0个（待核实：" in paper(
        ledger
    )
    assert "报送件待核实、还没有进展的任务4项：序号2至5。" in silent_tasks(facts)
    collected = _text(collection_content(facts))
    assert collected.count(f"没有单位报送该项任务的进展，报送件待核实：{EDUCATION}。") == 4


def test_why_a_text_is_missing_is_said_of_each_unit(ledger: Ledger) -> None:
    report(ledger, EDUCATION, DECEMBER, {5: "推进。"})
    report(ledger, FINANCE, DECEMBER, {2: "配合。"})
    report(ledger, POLICE, DECEMBER, {})
    text = paper(ledger)
    assert "责任单位3个报送0个（空表：县公安局；未报送：各乡镇党委、政府、各中小学校）。" in text, (
        "of task 5"
    )
    assert "没有该项任务的进展：县财政局" in text, "of task 1"


def test_of_a_closed_task_nobody_is_called_silent_and_its_day_is_printed(ledger: Ledger) -> None:
    plan = replace(small_plan(), closings=(Closing("T02", "", None, date(2022, 12, 20), "文件"),))
    report(ledger, EDUCATION, DECEMBER, {1: "推进。"})
    line = next(one for one in paper(ledger, plan).splitlines() if one.startswith("2."))
    assert line == "2.第2项目标任务。2022年12月20日办结。"


def test_only_months_that_went_out_are_named_and_whose_progress_it_is(ledger: Ledger) -> None:
    settings = replace(small_plan().settings, report_state=StateAsked.NEVER)
    plan = replace(small_plan(), settings=settings)
    filed(ledger, EDUCATION, {(1, PROGRESS): "甲。", (3, PROGRESS): "乙。"})
    report(ledger, FINANCE, DECEMBER, {2: "配合。", 4: "丙。"})
    assert (
        "2022年第四季度（11月、12月），4项任务报送了进展，占80%；1项任务没有收到进展；"
        "其中2项由牵头单位报送季度材料，1项按牵头单位各月报送的内容，1项只有责任单位报送。"
    ) in paper(ledger, plan)


def test_a_month_calls_to_account_what_the_last_quarter_called_behind(ledger: Ledger) -> None:
    filed(
        ledger, EDUCATION, {(1, PROGRESS): "甲。", (3, PROGRESS): "乙。"}, {1: "滞后", 3: "推进中"}
    )
    assert not small_plan().settings.asks_state(DECEMBER), "as a new plan has it"
    for month, said in ((DECEMBER, "第四季度"), (DECEMBER.plus(1), "2022年第四季度")):
        if month != DECEMBER:
            issue(ledger, small_plan(), month)
        owed = matters(for_summary(ledger, small_plan(), month), AFTER)
        behind = [(one.unit, one.what, one.since) for one in owed if "滞后" in one.since]
        assert behind == [(EDUCATION, "第1项：坚持教育优先发展战略地位", f"{said}填报为滞后")]
        assert all(one.colour is Colour.YELLOW for one in owed if "滞后" in one.since)


def test_deadlines_that_have_passed_are_one_number_and_each_is_named(ledger: Ledger) -> None:
    days = [("②", "甲"), ("②", "乙"), ("③", "丙")]
    plan = replace(
        small_plan(),
        deadlines=tuple(
            Deadline("T02", item, words, DeadlineKind.DATE, date(2022, 12, 31))
            for item, words in days
        ),
        closings=(Closing("T02", "③", None, date(2022, 12, 20), "文件"),),
    )
    report(ledger, EDUCATION, DECEMBER, {1: "甲。"})
    text = paper(ledger, plan)
    assert "已到期的时限节点3项，已办结1项、待核实2项。" in text
    assert "待核实的2项均于2022年12月31日到期，请牵头单位核实。" in text
    bulletin = _text(bulletin_content(for_summary(ledger, plan, DECEMBER), DECEMBER))
    assert f"已到期3项，已办结1项、待核实2项：{ORGANISATION}（序号2②两处）。" in bulletin


def test_where_nobody_leads_the_figures_and_a_material_say_so(ledger: Ledger) -> None:
    plan = without_leads(5)
    settings = replace(plan.settings, report_state=StateAsked.NEVER)
    plan = replace(plan, settings=settings)
    filed(ledger, EDUCATION, {(1, PROGRESS): "甲。"}, plan=plan)
    report(ledger, POLICE, DECEMBER, {5: "乙。"}, plan=plan)
    report(ledger, FINANCE, DECEMBER, {2: "丙。"}, plan=plan)
    assert "其中1项由牵头单位报送，1项只有责任单位报送，1项没有设牵头单位。" in paper(ledger, plan)
    facts = for_summary(ledger, plan, QUARTER)
    assert "县教育局牵头任务2项（序号1、3），承担没有设牵头单位的任务1项（序号5）。" in _text(
        material_content(facts, EDUCATION)
    )


def test_a_mark_that_turns_a_text_around_is_not_printed(ledger: Ledger) -> None:
    turned = "建成 \u202e3所\u202c学校\u2067。"
    filed(ledger, EDUCATION, {(1, PROGRESS): turned})
    facts = for_summary(ledger, small_plan(), QUARTER)
    for text in (paper(ledger), _text(collection_content(facts)), slides(ledger)):
        assert not {"\u202e", "\u202c", "\u2067"} & {*text}
    assert "建成 3所学校。" in paper(ledger)
    assert facts.voices["T01"][0].entry.text == turned, "what the cell holds is kept"


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        (
            "1.县财政局：牵头开展了全县范围的经费使用情况检查。",
            "县财政局：牵头开展了全县范围的经费使用情况检查",
        ),
        (
            "（三）印发方案，并且召开全县推进会议部署工作",
            "印发方案，并且召开全县推进会议部署工作",
        ),
        (
            "截至9月底，已完成投资2154万元，占年度计划的72%，按序时推进。",
            "截至9月底，已完成投资2154万元……",
        ),
        (
            "全年开展职业技能培训、创业培训、岗前培训、在岗培训、转岗培训和技师研修共3590人次以上",
            "全年开展职业技能培训、创业培训、岗前培训、在岗培训、转岗培训和……",
        ),
        ("1.办好一件事；2.办好两件事", "1.办好一件事；2.办好两件事"),
    ],
)
def test_the_annex_says_something_of_each_task_on_its_line(
    ledger: Ledger, said: str, printed: str
) -> None:
    filed(ledger, EDUCATION, {(1, PROGRESS): said})
    assert printed in paper(ledger).splitlines()


def test_ten_times_the_members_of_a_group_take_about_ten_times_the_work() -> None:
    few, many = (min(_work_with(members) for _ in range(3)) for members in (2_000, 20_000))
    assert many < 40 * few


def _work_with(members: int) -> float:
    """Return the processor time to say who of so many did not report, in seconds."""
    names = [f"第{number}镇" for number in range(members)]
    plan = with_members(small_plan(), TOWNS, names)
    lines = [UnitStatus(name, State.MISSING, None, 1, 0) for name in names]
    asked: dict[Period, dict[str, set[str]]] = {
        DECEMBER: {name: {plan.tasks[0].key} for name in names}
    }
    facts = PeriodFacts(plan, DECEMBER, statuses={DECEMBER: lines}, tasks_asked=asked)
    started = time.process_time()
    said = helpers(facts, plan.tasks[0])
    assert f"{TOWNS}{members}个报送0个（未报送：第0镇、" in said
    return time.process_time() - started


def test_what_waits_on_a_closed_task_is_not_passed_over_as_reported() -> None:
    plan = small_plan()
    task = plan.tasks[0]
    plan = replace(plan, closings=(Closing(task.key, "", None, date(2022, 12, 20), "文件"),))
    unit = next(unit for unit, role in plan.roles(task).items() if role is Role.RESPONSIBLE)
    line = UnitStatus(unit, State.ATTENTION, None, 1, 0)
    asked: dict[Period, dict[str, set[str]]] = {DECEMBER: {unit: {task.key}}}
    facts = PeriodFacts(plan, DECEMBER, statuses={DECEMBER: [line]}, tasks_asked=asked)
    assert helpers(facts, task) == f"责任单位报送的待核实：{unit}"
    assert helpers(replace(facts, statuses={}), task) == "", "nothing is owed of it"


def test_what_nobody_was_asked_is_not_said_to_be_reported(tmp_path: Path) -> None:
    _, empty = new_workspace(tmp_path)
    with empty as ledger:
        plan = small_plan()
        issue(ledger, plan, QUARTER)
        filed(ledger, EDUCATION, {(1, PROGRESS): "建成。"})
        text = paper(ledger, plan)
    assert "按牵头单位报送内容整理。责任单位本季度没有填报任务。" in text
    assert "均报送过进展" not in text


def test_bulletin_and_supervision_name_the_same_units_as_behind(ledger: Ledger) -> None:
    filed(ledger, EDUCATION, {(1, PROGRESS): "慢。", (3, PROGRESS): "好。"}, {1: "滞后"})
    issue(ledger, small_plan(), JANUARY)
    report(ledger, EDUCATION, JANUARY, {1: "推进。", 3: "无", 5: "推进。"})
    facts = for_summary(ledger, small_plan(), JANUARY)
    told = _text(bulletin_content(facts, JANUARY))
    behind = [
        (one.what[:3], one.since)
        for one in matters(facts, AFTER)
        if one.unit == EDUCATION and "截止" not in one.since
    ]
    assert "填报为滞后的任务1项：县教育局（序号1）" in told
    assert behind == [
        ("第1项", "2022年第四季度填报为滞后"),
        ("第3项", "2023年1月报送中没有进展"),
    ]


def test_a_units_material_says_that_its_file_waits_and_not_that_it_said_nothing(
    ledger: Ledger,
) -> None:
    wrong_form(ledger, EDUCATION)
    text = _text(material_content(for_summary(ledger, small_plan(), QUARTER), EDUCATION))
    assert "县教育局有报送件待核实（序号1、3、5），所报内容还没有采用。" in text
    assert "报送件待核实，其中的存在问题还没有采用。" in text
    assert "报送件待核实，其中的下一步打算还没有采用。" in text
    assert "没有填写" not in text
    assert "都报送了" not in text


def test_a_quarters_form_of_dashes_is_an_empty_one_in_every_paper(ledger: Ledger) -> None:
    report(ledger, EDUCATION, DECEMBER, {3: "十二月建成。"})
    dashes = {(3, part): "——" for part in Part}
    filed(ledger, EDUCATION, {**dashes, (1, PROGRESS): "季度进展。", (1, PROBLEMS): "——"})
    for style in SummaryStyle:
        text = paper(ledger, style=style)
        assert "（据12月报送）" in text
        assert "十二月建成。" in text
        assert "——" not in text
    material = _text(material_content(for_summary(ledger, small_plan(), QUARTER), EDUCATION))
    assert "——" not in material


def test_a_units_material_tells_its_tasks_apart_by_the_numbers_of_the_whole_plan(
    ledger: Ledger,
) -> None:
    tasks = tuple(
        replace(one, label="1", others=(("类别", f"{part}类"),))
        for one, part in zip(small_plan().tasks, "甲乙丙丁戊", strict=True)
    )
    plan = replace(small_plan(), tasks=tasks)
    filed(ledger, FINANCE, {(4, PROGRESS): "建成。"})
    text = _text(material_content(for_summary(ledger, plan, QUARTER), FINANCE))
    assert "丁类序号1" in text
    assert "丁类1.第4项目标任务" in text
