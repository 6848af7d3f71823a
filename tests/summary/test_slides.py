"""汇报.pptx: what stands on its slides, and that nothing runs off them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pptx
import pytest

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.summary.content.content import Chart, Kind, Paragraph
from edu_sheet.summary.content.slides import Deck, Item, Slide, slides_content
from edu_sheet.summary.typeset.slides import paged, render_slides
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.plan import Closing
from edu_sheet.words.settings import Fonts
from edu_sheet.words.step import Step, Verb
from tests.support import validator
from tests.support.builders import CREATED, DECEMBER, EDUCATION, QUARTER, moment, report, small_plan
from tests.support.summary_sample import lived_quarter

_TEXT = "督导学校46所，下发整改通知12份，投入资金1234.5万元；村小专职教师缺口12人，已商编制部门。"


def _deck(*slides: Slide) -> Deck:
    return Deck("汇报", ("某县委教育工作领导小组", "落实情况汇报"), "某县委", None, slides)


def _items(count: int, length: int) -> tuple[Item, ...]:
    text = (_TEXT * (length // len(_TEXT) + 1))[:length]
    return tuple(
        Item(Paragraph(Kind.BODY, f"〔{one}〕{text}〔完{one}〕", "县教育局："), f"来源{one}")
        for one in range(count)
    )


def _shapes(data: bytes, folder: Path) -> list[Any]:
    path = folder / "汇报.pptx"
    path.write_bytes(data)
    return list(pptx.Presentation(str(path)).slides)


def test_a_quarters_slides_count_states_and_give_the_leads_own_words(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    plan = small_plan()
    said = "开展督导3次。\n存在问题：督学只有9人。\n下一步打算：聘任20人。"
    with ledger:
        report(ledger, EDUCATION, QUARTER, {1: said}, at=moment("2023-01-20"))
        deck = slides_content(for_summary(ledger, plan, QUARTER))
        written = summary.report(workspace, plan, ledger, QUARTER, now=CREATED, slides=True)
    assert [one.title for one in deck.slides] == [
        "总体情况",
        "滞后的任务",
        "存在问题",
        "下一步打算",
    ]
    counts, _, problems, steps = deck.slides
    assert isinstance(counts.chart, Chart)
    (own, *_) = problems.items
    assert (own.said.speaker, own.said.text) == (f"{EDUCATION}（序号1）：", "督学只有9人。")
    assert own.source.startswith("来源：第四季度，")
    assert own.source.endswith("填报表!D5")
    assert steps.items[0].said.text == "聘任20人。"
    assert workspace.relative(written.path) == "成果/2022Q4/汇报.pptx"
    shown = _shapes(written.path.read_bytes(), tmp_path)
    assert own.source in shown[3].notes_slide.notes_text_frame.text


def test_a_task_that_is_closed_is_counted_apart_and_is_not_behind(tmp_path: Path) -> None:
    _, ledger = lived_quarter(tmp_path)
    plan = small_plan()
    closing = Closing(plan.tasks[0].key, "", None, date(2022, 12, 20), "验收文件")
    with ledger:
        deck = slides_content(for_summary(ledger, replace(plan, closings=(closing,)), QUARTER))
    counts, behind, *_ = deck.slides
    assert counts.chart
    assert counts.chart.categories[0] == "已办结"
    assert counts.chart.series[0][1][0] == 1
    assert not any("序号1　" in one.said.speaker for one in behind.items)


def test_slides_that_somebody_edited_are_not_overwritten(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        made = summary.report(workspace, small_plan(), ledger, QUARTER, now=CREATED, slides=True)
        assert made == summary.report(
            workspace, small_plan(), ledger, QUARTER, now=CREATED, slides=True
        )
        book = pptx.Presentation(str(made.path))
        book.slides[0].shapes.title.text = "改过的标题"
        book.save(str(made.path))
        by_hand = made.path.read_bytes()
        again = summary.report(workspace, small_plan(), ledger, QUARTER, now=CREATED, slides=True)
    assert (again.kept, again.path.name) == (True, "汇报（新）.pptx")
    assert made.path.read_bytes() == by_hand


@pytest.mark.parametrize("wrong", [{"unit": EDUCATION}, {"pdf": True}, {"full_texts": True}])
def test_what_slides_cannot_be_is_refused_in_words(tmp_path: Path, wrong: dict[str, Any]) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        with pytest.raises(EduSheetError, match="幻灯片"):
            summary.report(
                workspace, small_plan(), ledger, QUARTER, now=CREATED, slides=True, **wrong
            )
        with pytest.raises(EduSheetError, match="幻灯片") as refused:
            summary.report(workspace, small_plan(), ledger, DECEMBER, now=CREATED, slides=True)
    assert refused.value.next == Step(Verb.REPORT, period=QUARTER, slides=True)


@pytest.mark.parametrize(("count", "length"), [(1, 20), (24, 40), (24, 600), (2, 5_000)])
def test_a_long_list_goes_on_and_every_word_is_inside_its_slide(
    tmp_path: Path, count: int, length: int
) -> None:
    items = _items(count, length)
    states = Chart("任务完成状态", ("已完成", "滞后"), (("任务数", (20, 4)),))
    data = render_slides(_deck(Slide("存在问题", items, states)), Fonts(), CREATED)
    assert data == render_slides(_deck(Slide("存在问题", items, states)), Fonts(), CREATED)
    _, first, *more = _shapes(data, tmp_path)
    said = "".join(
        paragraph.text
        for slide in (first, *more)
        for shape in slide.shapes
        if shape.has_text_frame and shape != slide.shapes.title and shape.top.pt >= 100
        if shape.top.pt < 490
        for paragraph in shape.text_frame.paragraphs
    )
    assert said == "".join(one.said.speaker + one.said.text for one in items)
    assert {slide.shapes.title.text for slide in more} <= {"存在问题（续）"}
    assert sum(shape.has_chart for slide in (first, *more) for shape in slide.shapes) == 1
    for slide in (first, *more):
        for shape in slide.shapes:
            assert shape.top.pt + shape.height.pt <= 530
            assert shape.left.pt + shape.width.pt <= 930
        assert slide.notes_slide.notes_text_frame.text


def test_a_short_paragraph_stays_whole_and_a_long_one_leaves_no_slide_half_empty() -> None:
    short = list(paged(Slide("存在问题", _items(12, 100))))
    assert len(short) > 1
    assert all(one.said.text.endswith("〕") for page in short for one in page.items)
    long = list(paged(Slide("存在问题", _items(6, 600))))
    assert len(long) <= -(-6 * 640 // 400)  # some 42 characters a line, 12 lines a slide


def test_fonts_are_those_of_the_settings(tmp_path: Path) -> None:
    fonts = Fonts(title="甲体", body="乙体", heading1="丙体", heading2="丁体", latin="Latin")
    data = render_slides(_deck(Slide("存在问题", _items(1, 20))), fonts, CREATED)
    cover, first = _shapes(data, tmp_path)
    xml = [slide.element.xml for slide in (cover, first)]
    assert 'typeface="甲体"' in xml[0]
    assert 'typeface="丁体"' in xml[0]
    assert 'typeface="丙体"' in xml[1]
    assert 'typeface="乙体"' in xml[1]
    assert all('typeface="Latin"' in one for one in xml)


def test_the_slides_are_valid(tmp_path: Path) -> None:
    validator.require()
    one = Chart("任务完成状态", ("已完成", "滞后"), (("任务数", (20, 4)),))
    several = replace(one, series=(("按时报送", (1, 2)), ("未报", (0, 1))))
    slides = (Slide("总体情况", _items(3, 60), one), Slide("存在问题", _items(9, 300), several))
    path = tmp_path / "汇报.pptx"
    path.write_bytes(render_slides(_deck(*slides), Fonts(), CREATED))
    assert validator.errors([path]) == []
