"""Plans that say unit by unit what each does, and those whose units answer in different ways."""

from collections.abc import Sequence

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from edu_sheet.plan.workbook.load import load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.errors import PlanError
from tests.support.issued_plans import Rows, sheet, word

_DUTIES = [["县教育局", "负责统筹协调，制定年度计划。"], ["县财政局", "负责经费保障。"]]


def _read(*lines: str | tuple[Rows, Sequence[tuple[int, int, int, int]]]) -> Issued:
    return read_issued(word("某县重点任务分工方案", *lines), "方案.docx")


def _asked(read: Issued) -> list[str]:
    return [one.read_as for one in read.review if one.ask]


@pytest.mark.parametrize("header", ["成员单位 职责", "成员单位名称 主要职责", "有关部门 职责分工"])
@pytest.mark.parametrize("numbered", [False, True])
def test_the_duties_of_member_units_are_their_tasks_word_for_word(
    header: str, numbered: bool
) -> None:
    rows = [header.split(), *_DUTIES]
    if numbered:
        rows = [[number, *row] for number, row in zip(("序号", "1", "2"), rows, strict=True)]
    read = _read((rows, []))
    assert [(one.responsible_text, one.goal) for one in read.plan.tasks] == [
        (unit, duty) for unit, duty in _DUTIES
    ]
    (asked,) = _asked(read)
    assert "读作任务" in asked


@pytest.mark.parametrize("mark", ["。", "：", "——"])
def test_paragraphs_that_begin_with_their_unit_are_its_tasks_and_asked_about_once(
    mark: str,
) -> None:
    read = _read(
        f"一、县教育局{mark}把学校建设纳入规划。",
        f"二、县交通局{mark}修建道路十公里。",
        f"三、县水利局、县林业局{mark}治理河道。",
    )
    assert [(one.goal, one.leads, one.responsible) for one in read.plan.tasks] == [
        ("把学校建设纳入规划。", ("县教育局",), ()),
        ("修建道路十公里。", ("县交通局",), ()),
        ("治理河道。", (), ("县水利局", "县林业局")),
    ]
    (asked,) = _asked(read)
    assert f"如“县教育局{mark[0]}……”" in asked
    assert "共 3 项" in asked


def test_a_chapter_of_units_and_duties_is_read_where_nothing_else_is_a_task() -> None:
    read = _read(
        *("一、总体要求", "坚持以人民为中心。", "二、职责分工"),
        *("（一）县发展改革委。负责统筹；负责审批。", "（二）各乡镇人民政府。落实属地责任。"),
        *("三、保障措施", "加强领导。"),
    )
    assert [(one.goal, one.lead_text, one.responsible_text) for one in read.plan.tasks] == [
        ("负责统筹；负责审批。", "县发展改革委", ""),
        ("落实属地责任。", "", "各乡镇人民政府"),
    ]


def test_such_a_chapter_beside_tasks_is_asked_about() -> None:
    read = _read(
        *("一、任务", "1.建学校。（县教育局）", "2.修路。（县交通局）"),
        *("二、职责分工", "（一）县教育局。负责统筹。", "（二）县财政局：负责资金。"),
    )
    assert len(read.plan.tasks) == 2
    assert [one.place for one in read.review if one.ask] == ["第6段", "第7段"]


def test_a_list_of_telephones_is_no_plan() -> None:
    with pytest.raises(PlanError, match="没有找到"):
        _read("一、县教育局。甲某某，0561-1000001。", "二、县水利局。乙某某，0561-1000002。")


_KINDS = ("主体责任", "监管责任", "属地责任")
_UNITS = ("县投资公司", "县教育局", "城关镇")


def _as_table() -> Issued:
    return _read(([["序号", "任务", *_KINDS], ["1", "建学校", *_UNITS]], []))


def _as_text() -> Issued:
    said = "；".join(f"{kind}：{unit}" for kind, unit in zip(_KINDS, _UNITS, strict=True))
    return _read(f"1.建学校。（{said}）", "2.修路。（主体责任：县交投公司；监管责任：县交通局）")


@pytest.mark.parametrize("read", [_as_table(), _as_text()], ids=["表格", "正文"])
def test_units_that_answer_in_different_ways_are_told_apart_and_asked_about(read: Issued) -> None:
    first = read.plan.tasks[0]
    assert first.responsible == _UNITS
    assert [first.text(kind) for kind in _KINDS] == [*_UNITS]
    (asked,) = _asked(read)
    assert "谁是哪一种另列在同名的栏里" in asked
    again = load_bytes(write_workbook(read.plan, read.review), "分工方案.xlsx").valid()
    assert [again.tasks[0].text(kind) for kind in _KINDS] == [*_UNITS]
    assert again.tasks[0].responsible == _UNITS


def test_a_column_of_units_that_nobody_takes_for_units_on_duty_is_asked_about() -> None:
    rows = [["序号", "任务", "责任单位", "包联单位", "施工单位"]]
    rows += [["1", "建学校", "县教育局", "县委办", "县建设公司"]]
    read = _read((rows, []))
    (asked,) = _asked(read)
    assert "“包联单位”里写的是单位，没有读作责任单位" in asked


def test_persons_beside_units_in_prose_are_kept_apart_or_asked_about() -> None:
    read = _read(
        "1.建学校。（责任单位及责任人：县教育局 某某）",
        "2.修路。责任人：某某。（县交通局）",
        "3.种树。（牵头单位：县林业局，责任人王某，联系电话87650001）",
        "4.治水。（牵头单位：县水利局（王某））",
    )
    first, second, third, fourth = read.plan.tasks
    assert (first.responsible_text, first.text("责任单位及责任人")) == (
        "县教育局",
        "县教育局：某某",
    )
    assert (second.goal, second.requirements) == ("修路。", "")
    assert (second.responsible_text, second.text("责任人")) == ("县交通局", "某某")
    assert (third.lead_text, third.text("责任人")) == ("县林业局", "王某")
    assert third.text("联系电话") == "87650001"
    assert fourth.lead_text == "县水利局（王某）"
    assert any("像是人名" in one for one in _asked(read))


_TABLE = [["序号", "任务", "责任单位"], ["1", "建学校", "县教育局"]]


@pytest.mark.parametrize(
    "above",
    [
        [["某县教育局 某县财政局"]],
        [["某县教育局"], ["某县财政局"]],
        [["某县教育局、某县财政局"]],
        [["某县教育局", "某县财政局"]],
    ],
)
def test_offices_that_stand_together_above_a_title_issue_the_plan(
    above: list[list[str]],
) -> None:
    read = read_issued(sheet([*above, ["2025年教育重点任务清单"], *_TABLE]), "清单.xlsx")
    assert read.plan.settings.title == "2025年教育重点任务清单"
    assert read.plan.settings.issuer == "某县教育局、某县财政局"
    assert _asked(read) == []


@pytest.mark.parametrize(
    "title",
    [
        "某县推进城乡融合发展|高质量建设教育强县|三年行动任务",
        "某县教育局|2025年教育重点工作|任务分解表",
        "某县2025年重点工作|责任分解|及考核办法",
        "某县教育局|关于做好2025年重点工作|责任分解的函",
    ],
)
def test_a_title_over_three_lines_is_read_whole(title: str) -> None:
    lines = title.split("|")
    read = read_issued(word(*lines, "1.建学校。（县教育局）", "2.修路。（县交通局）"), "清单.docx")
    assert read.plan.settings.title == "".join(lines)


def test_a_day_behind_a_units_duties_is_until_when_and_its_duty_is_no_part_of_its_name() -> None:
    read = _read(
        "（一）县教育局主要职责：建设学校三所。完成时限：2026年6月底。",
        "（二）县交通局主要职责：修路十公里。（2026年9月底前完成）",
    )
    assert [(one.goal, one.lead_text, one.text("完成时限")) for one in read.plan.tasks] == [
        ("建设学校三所。", "县教育局", "2026年6月底"),
        ("修路十公里。", "县交通局", "2026年9月底前完成"),
    ]
    assert len(_asked(read)) == 1


def test_who_bears_which_responsibility_in_a_sentence_is_asked_about() -> None:
    read = _read("1.建学校。县教育局负主体责任，城关镇负属地责任。", "2.修路。（县交通局）")
    assert any("像是写了谁负责，没有读出单位" in one for one in _asked(read))


def test_a_unit_that_a_task_begins_with_and_that_does_not_answer_for_it_is_asked_about() -> None:
    read = _read("一、县教育局：负责建学校，配合单位：县财政局。", "二、修路。（县交通局）")
    assert any("开头的“县教育局”像是单位" in one for one in _asked(read))
