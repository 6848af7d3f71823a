"""A plan inside its notice: points, signature, several plans, footers are none of its tasks'."""

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from edu_sheet.words.columns import CATEGORY
from tests.support.issued_plans import word


def _read(*lines: str) -> Issued:
    return read_issued(word("某县重点任务分工方案", *lines), "方案.docx")


_POINTS = ("一、提高认识。各单位要高度重视。", "二、压实责任，抓好落实。各牵头单位要统筹。")
_TASKS = ("1.建学校。（牵头单位：县教育局）", "2.修道路。（牵头单位：县交通局）")


@pytest.mark.parametrize(
    "between", [(), ("某县人民政府办公室", "2026年1月5日", "某县2026年重点任务", "分工方案")]
)
def test_points_of_the_notice_are_no_categories_of_the_plans_tasks(
    between: tuple[str, ...],
) -> None:
    read = _read(*_POINTS, *between, *_TASKS)
    assert [one.text(CATEGORY) for one in read.plan.tasks] == ["", ""]


def test_a_second_plans_tasks_stand_below_its_own_title_and_not_the_first_plans_heading() -> None:
    read = _read("一、重点工作", *_TASKS, "某县2026年民生实事", "责任分解方案", *_TASKS)
    assert [one.text(CATEGORY) for one in read.plan.tasks] == [
        *["某县重点任务分工方案／一、重点工作"] * 2, *["某县2026年民生实事责任分解方案"] * 2,
    ]  # fmt: skip
    assert any(one.kind == "方案标题" and one.ask for one in read.review)
