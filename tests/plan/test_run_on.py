"""Sentences of a task that run on behind its units, its deadline or its persons are kept as such."""

from collections.abc import Sequence

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from edu_sheet.words.plan import Task
from tests.support.issued_plans import sheet, word

_NEXT = ("2.修道路", "牵头单位：县交通局")


def _read(*lines: str) -> Issued:
    return read_issued(word("某县重点任务分工方案", *lines), "方案.docx")


def _of(read: Issued) -> tuple[Task, ...]:
    return read.plan.tasks


def _asked(read: Issued) -> list[str]:
    return [one.read_as for one in read.review if one.ask and "读作具体要求" in one.read_as]


def test_a_paragraph_that_begins_with_its_deadline_is_the_task_that_follows_in_it() -> None:
    read = _read(
        "（一）完成时限：2025年底。建设学校三所，配齐教师。（县教育局）",
        "（二）完成时限：2026年6月底。修建道路十公里。（县交通局）",
    )
    assert [(one.goal, one.responsible_text, one.text("完成时限")) for one in _of(read)] == [
        ("建设学校三所，配齐教师。", "县教育局", "2025年底"),
        ("修建道路十公里。", "县交通局", "2026年6月底"),
    ]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["责任单位：县教育局。完成时限：2025年底。新建校舍三栋。"], "新建校舍三栋。"),
        (["责任单位：县教育局", "完成时限：2025年底。分三步建设。"], "分三步建设。"),
        (["责任单位：县教育局。要按标准建设校舍。"], "要按标准建设校舍。"),
        (["责任单位：县教育局。建设三所学校。"], "建设三所学校。"),
        (["责任单位：县教育局", "责任人：某某某。新建校舍三栋。"], "新建校舍三栋。"),
        (["责任单位：县教育局", "责任人：某某某。硬化路面。"], "硬化路面。"),
        (
            ["责任单位：县教育局。（一）新建三所。（二）改建两所。"],
            "（一）新建三所。（二）改建两所。",
        ),
        (["责任单位：县教育局。按照“一校一策”建设。完成时限：2025年底"], "按照“一校一策”建设。"),
    ],
)
def test_what_runs_on_behind_a_label_is_what_the_task_asks_for_and_is_asked_about(
    lines: Sequence[str], wanted: str
) -> None:
    read = _read("1.建学校", *lines, *_NEXT)
    assert _of(read)[0].requirements == wanted
    assert _of(read)[0].responsible == ("县教育局",)
    assert len(_asked(read)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "责任单位：县教育局。县财政局配合。",
        "完成时限：2025年6月底前完成可研。2026年6月底前建成通车。",
        "责任人：县教育局局长某某。县财政局副局长某某。",
        "进展情况：已建成三栋。正在建设两栋。",
    ],
)
def test_further_units_days_persons_and_progress_stay_where_they_are(line: str) -> None:
    read = _read("1.建学校", "责任单位：县水利局", line, *_NEXT)
    assert _of(read)[0].requirements == ""
    assert _asked(read) == []


def test_it_is_asked_once_of_all_tasks_that_are_written_so() -> None:
    read = _read(
        *("1.建学校", "牵头单位：县教育局。建设三栋校舍。"),
        *("2.修道路", "牵头单位：县交通局。硬化十公里路面。"),
    )
    (asked,) = _asked(read)
    assert "共 2 处" in asked


def test_a_number_that_stands_before_its_units_alone_has_the_line_below_for_its_task() -> None:
    read = _read("（一）责任单位：县教育局", "建设三所学校。", "（二）责任单位：县交通局", "修路。")
    assert [(one.goal, one.responsible_text) for one in _of(read)] == [
        ("建设三所学校。", "县教育局"),
        ("修路。", "县交通局"),
    ]


def test_a_cell_of_units_and_sentences_keeps_both_apart() -> None:
    rows = [
        ["序号", "任务", "责任单位"],
        ["1", "建学校", "责任单位：县教育局。建设三栋校舍，配齐设备"],
        ["2", "修道路", "县交通局；责任人：某某\n硬化路面十公里"],
    ]
    first, second = _of(read_issued(sheet(rows), "方案.xlsx"))
    assert (first.responsible_text, first.requirements) == ("县教育局", "建设三栋校舍，配齐设备")
    assert (second.text("责任人"), second.requirements) == ("某某", "硬化路面十公里")


@pytest.mark.parametrize(
    "line", ["牵头单位：县教育局；目标：新增学位。", "牵头单位：县教育局。备注：分期。"]
)
def test_another_thing_that_a_line_says_is_no_units_name(line: str) -> None:
    first, _ = _of(_read("1.建学校", line, *_NEXT))
    assert first.lead_text == "县教育局"
    assert first.requirements == line[len("牵头单位：县教育局；") :]


def test_so_many_of_a_thing_are_no_unit() -> None:
    read = _read("1.责任单位：县教育局；建设学校三所", *_NEXT)
    assert any("“建设学校三所”不像单位名称" in one.read_as for one in read.review if one.ask)


def test_a_line_below_a_persons_name_is_kept_apart_from_it() -> None:
    rows = [
        ["序号", "任务", "责任单位", "责任人"],
        ["1", "建学校", "县教育局", "某某\n建设三栋校舍"],
    ]
    first, *_ = _of(read_issued(sheet(rows), "方案.xlsx"))
    assert first.text("责任人") == "某某；建设三栋校舍"


@pytest.mark.parametrize(
    "header", ["责任单位及完成时限", "责任单位（完成时限）", "完成时限、责任单位"]
)
@pytest.mark.parametrize(
    "cell", ["县教育局，2026年6月底", "县教育局（2026年6月底）", "县教育局\n2026年6月底"]
)
def test_a_column_of_units_and_days_gives_both(cell: str, header: str) -> None:
    rows = [["序号", "任务", header], ["1", "建学校", cell], ["2", "修路", cell]]
    first, _ = _of(read_issued(sheet(rows), "方案.xlsx"))
    assert (first.goal, first.responsible_text) == ("建学校", "县教育局")
    assert first.text("完成时限") == "2026年6月底"


@pytest.mark.parametrize(
    ("line", "header", "value", "wanted"),
    [
        ("完成时限：2025年6月底，新增学位两千个。", "完成时限", "2025年6月底", "新增学位两千个。"),
        ("完成时限：2025年6月底；新增学位两千个。", "完成时限", "2025年6月底", "新增学位两千个。"),
        ("责任人：某某，负责统筹协调。", "责任人", "某某", "负责统筹协调。"),
    ],
)
def test_a_clause_behind_a_day_or_a_person_that_tells_of_neither_is_asked_about(
    line: str, header: str, value: str, wanted: str
) -> None:
    read = _read("1.建学校", "责任单位：县教育局", line, *_NEXT)
    first = _of(read)[0]
    assert (first.text(header), first.requirements) == (value, wanted)
    assert len(_asked(read)) == 1


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("完成时限：2025年6月底前，全面完成主体工程", "完成时限"),
        ("完成时限：2025年6月底前，其中主体3月底封顶", "完成时限"),
        ("完成时限：立行立改，长期坚持", "完成时限"),
        ("责任人：某某（局长），某某某（副局长）", "责任人"),
        ("责任人：县教育局主要负责人，县财政局主要负责人", "责任人"),
    ],
)
def test_what_goes_on_of_a_day_or_a_person_stays_whole(line: str, header: str) -> None:
    read = _read("1.建学校", "责任单位：县教育局", line, *_NEXT)
    assert _of(read)[0].text(header) == line.partition("：")[2]
    assert _asked(read) == []


def test_a_day_or_a_person_labelled_at_the_end_of_a_task_stands_in_its_own_column() -> None:
    read = _read(
        *("1.建学校。完成时限：2025年6月底。", "责任单位：县教育局"),
        *("2.修道路。责任人：某某。新增十公里。", "责任单位：县交通局"),
    )
    first, second = _of(read)
    assert (first.goal, first.requirements, first.text("完成时限")) == (
        "建学校。",
        "",
        "2025年6月底",
    )
    assert (second.requirements, second.text("责任人")) == ("新增十公里。", "某某")


def test_a_day_for_each_of_several_units_is_asked_about() -> None:
    read = _read("1.建学校。责任单位：县教育局（2025年6月底前）、县财政局（2025年9月底前）", *_NEXT)
    asked = [one.read_as for one in read.review if one.ask]
    assert any("“（2025年6月底前）”" in one for one in asked)
    assert any("“（2025年9月底前）”" in one for one in asked)


def test_a_number_before_labels_alone_answers_for_what_is_numbered_below() -> None:
    read = _read(
        *("一、牵头单位：县教育局", "1.建学校。", "2.配教师。"),
        *("二、牵头单位：县交通局", "1.修路。"),
    )
    assert [(one.goal, one.lead_text) for one in _of(read)] == [
        ("建学校。", "县教育局"),
        ("配教师。", "县教育局"),
        ("修路。", "县交通局"),
    ]


def test_what_stands_behind_a_label_is_not_cut_by_what_all_do() -> None:
    read = _read("1.建学校。责任单位：县教育局，各有关单位按职责分工负责。", *_NEXT)
    assert (_of(read)[0].responsible, _of(read)[0].requirements) == (("县教育局", "各有关单位"), "")


def test_the_words_that_the_same_holds_below_are_no_unit() -> None:
    read = _read("1.建学校。（牵头单位：县教育局；责任单位：县财政局。下同）", *_NEXT)
    assert _of(read)[0].responsible_text == "县财政局"
    assert not any(one.ask for one in read.review)
