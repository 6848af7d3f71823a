"""Where a span of time begins nothing is due, and no reporting starts; columns of days are seen."""

from datetime import date

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from edu_sheet.plan.workbook.requirements import proposed
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Recurrence
from tests.support.issued_plans import sheet, word

_SIGNED = ("某县人民政府", "2025年4月1日")


def _column(*cells: str | None, header: str | None = "完成时限") -> Issued:
    rows = [["序号", "任务", "责任单位", header]]
    rows += [[str(at), f"建设{at}号学校", "县教育局", one] for at, one in enumerate(cells, 1)]
    return read_issued(sheet([["某县2025年任务清单"], *rows]), "清单.xlsx")


_BEGINNINGS = [
    "从2025年3月起", "自2025年3月1日起实施", "2025年3月之后", "2025年3月以后", "2025年3月份起实行",
    "2025年3月起长期坚持", "2025年3月1日开始执行", "2025年6月底之后", "2025年秋季学期起",
]  # fmt: skip


@pytest.mark.parametrize("begins", _BEGINNINGS)
def test_where_a_span_begins_nothing_is_due_and_a_column_that_says_so_is_asked_about(
    begins: str,
) -> None:
    read = _column(begins)
    assert read.plan.deadlines == ()
    assert any(one.ask and one.kind == "完成时限" for one in read.review)


@pytest.mark.parametrize("begins", _BEGINNINGS)
def test_a_sentence_that_says_when_something_begins_names_no_deadline(begins: str) -> None:
    rows = [["序号", "任务", "具体要求", "责任单位"], ["1", "建校", f"{begins}开展。", "县教育局"]]
    plan = read_issued(sheet([["某县2025年任务清单"], *rows]), "清单.xlsx").plan
    assert proposed(plan) == []


@pytest.mark.parametrize(
    ("span", "ends"),
    [
        ("从2025年3月起至2026年6月底", date(2026, 6, 30)),
        ("自2025年6月至2027年6月", date(2027, 6, 30)),
        ("2025年1月1日起至12月31日", date(2025, 12, 31)),
        ("2025年3月开始，2025年底完成", date(2025, 12, 31)),
        ("即日起至2025年12月31日", date(2025, 12, 31)),
    ],
)
def test_a_span_is_due_at_its_end(span: str, ends: date) -> None:
    assert [one.when for one in _column(span).plan.deadlines] == [ends]


def test_what_comes_every_month_up_to_a_day_ends_there() -> None:
    (one,) = _column("2025年3月底前每月调度").plan.deadlines
    assert one.when == Recurrence(((1, 31), (2, 31), (3, 31)), None, 2025)


def test_what_comes_every_year_from_a_later_year_on_begins_there() -> None:
    rows = [["序号", "任务", "具体要求", "责任单位"]]
    rows += [["1", "建校", "自2027年起每年新建三所。", "县教育局"]]
    plan = read_issued(sheet([["某县2025年任务清单"], *rows]), "清单.xlsx").plan
    assert [one.when for one in proposed(plan)] == [Recurrence(((12, 31),), 2027)]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("各单位从2025年5月起每月报送进展。", Month(2025, 5)),
        ("根据自2021年3月1日起施行的《条例》，制定本方案。", Month(2025, 4)),
        ("这项工作从2024年1月开始实施，现进入第二年。", Month(2025, 4)),
    ],
)
def test_reporting_starts_where_a_sentence_on_reports_says_so(line: str, first: Month) -> None:
    read = read_issued(
        word("某县任务分工方案", line, "1.建学校。（县教育局）", "2.修路。（县交通局）", *_SIGNED),
        "方案.docx",
    )
    assert read.plan.settings.first_month == first


def test_a_column_of_days_without_a_header_is_until_when_and_is_asked_about() -> None:
    read = _column("2026年6月底", "2026-12-31", "长期坚持", header=None)
    assert [one.when for one in read.plan.deadlines] == [date(2026, 6, 30), date(2026, 12, 31)]
    assert any(one.ask and "没有表头，写的都是日期" in one.read_as for one in read.review)


@pytest.mark.parametrize("header", ["备注", "何时完成"])
def test_a_column_of_days_under_another_header_is_asked_about(header: str) -> None:
    read = _column("2026年6月底", "2026年12月底", header=header)
    assert read.plan.deadlines == ()
    assert any(one.ask and "是不是完成时限" in one.read_as for one in read.review)


def test_the_day_on_which_a_table_was_filled_in_is_no_deadline() -> None:
    read = _column("2025年6月3日", "2025年6月3日", header="填报日期")
    assert read.plan.deadlines == ()
    assert not any("完成时限" in one.read_as for one in read.review if one.ask)


def test_a_column_of_beginnings_beside_one_of_ends_is_no_deadline() -> None:
    rows = [["序号", "任务", "责任单位", "开始时间", "结束时间"]]
    rows += [["1", "建学校", "县教育局", "2025年6月", "2025年9月"]]
    plan = read_issued(sheet([["某县2025年任务清单"], *rows]), "清单.xlsx").plan
    assert [one.when for one in plan.deadlines] == [date(2025, 9, 30)]


def test_a_task_that_sets_up_reports_starts_no_reporting() -> None:
    task = "1.从2025年9月起，建立校园安全日报告制度。（县教育局）"
    read = read_issued(
        word("某县任务分工方案", task, "2.修路。（县交通局）", *_SIGNED), "方案.docx"
    )
    assert read.plan.settings.first_month == Month(2025, 4)


def test_of_two_columns_of_days_without_headers_the_last_is_until_when() -> None:
    rows = [["序号", "任务", "责任单位", None, None]]
    rows += [["1", "建学校", "县教育局", "2025年3月", "2025年6月底"]]
    read = read_issued(sheet([["某县2025年任务清单"], *rows]), "清单.xlsx")
    assert [one.when for one in read.plan.deadlines] == [date(2025, 6, 30)]
    assert any("第5列读作“完成时限”" in one.read_as for one in read.review if one.ask)


@pytest.mark.parametrize(("cells", "asked"), [(("6.30", "12.31"), True), (("1.5", "20.8"), False)])
def test_figures_that_may_be_days_are_asked_about(cells: tuple[str, str], asked: bool) -> None:
    read = _column(*cells, header=None)
    assert read.plan.deadlines == ()
    assert any("写的像是日期" in one.read_as for one in read.review if one.ask) == asked


def test_a_column_of_figures_is_no_column_of_days() -> None:
    read = _column("2025.5", "3000.12", header="投资")
    assert not any("完成时限" in one.read_as for one in read.review if one.ask)
