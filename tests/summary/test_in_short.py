"""What the leads say of problems and next steps, as the summary prints it."""

from pathlib import Path

import pytest

from edu_sheet.facts.gather import for_summary
from edu_sheet.summary.content.in_short import by_lead, told_by_leads
from edu_sheet.words.parts import Part
from tests.support.builders import EDUCATION, QUARTER, moment, new_workspace, report, small_plan
from tests.support.summary_sample import issue


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("进展。存在问题：无。", []),
        ("进展。存在问题：暂无存在问题", []),
        ("进展。存在问题：目前不存在突出问题。", []),
        ("进展。存在问题：/", []),
        ("进展。存在问题：没有专职教师。", ["没有专职教师。"]),
        ("进展。存在问题：无专职教师", ["无专职教师"]),
        ("进展。存在问题：N/A", []),
    ],
)
def test_a_word_for_nothing_is_no_problem(tmp_path: Path, text: str, printed: list[str]) -> None:
    plan = small_plan()
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, QUARTER)
        report(ledger, EDUCATION, QUARTER, {1: text}, plan=plan, at=moment("2022-12-29"))
        facts = for_summary(ledger, plan, QUARTER)
    assert [one.text for one in told_by_leads(facts, Part.PROBLEMS)] == printed


def test_texts_of_several_sentences_stand_in_paragraphs_of_their_own(tmp_path: Path) -> None:
    plan = small_plan()
    said = {1: "存在问题：缺钱。缺人。", 3: "存在问题：缺地。"}
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, QUARTER)
        report(ledger, EDUCATION, QUARTER, said, plan=plan, at=moment("2022-12-29"))
        facts = for_summary(ledger, plan, QUARTER)
    assert [one.speaker + one.text for one in by_lead(facts, Part.PROBLEMS)] == [
        f"{EDUCATION}：缺钱。缺人（序号1）。",
        f"{EDUCATION}：缺地（序号3）。",
    ]
