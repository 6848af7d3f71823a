"""The paper measured: what GB/T 9704-2012 says in millimetres, printed with a real 仿宋.

The table of docs/gbt9704.md has these numbers.
"""

from datetime import date
from pathlib import Path

import pytest

from edu_sheet.summary import Content, render
from edu_sheet.summary.content.content import (
    Attachment,
    AttachmentColumn,
    Kind,
    Mark,
    Paragraph,
)
from edu_sheet.summary.typeset.pdf import pages, to_pdf
from edu_sheet.words.settings import ColophonPage, Fonts
from tests.support import fonts, office
from tests.support.builders import CREATED
from tests.support.pages import MM, Page, Word, pages_of

pytestmark = pytest.mark.office

FULL = "这是检查每面二十二行每行二十八字的一段文字没有标点符号了"
LONG = "很长的附件名称" * 4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Return the pages of a document that has everything, and 版记 on an even page."""
    office.require()
    folder = tmp_path_factory.mktemp("paper")
    content = Content(
        name="总结",
        period="2022年第四季度",
        title=("某县教育工作领导小组", "关于工作的总结"),
        body=(
            Paragraph(Kind.HEADING1, "一、总体情况"),
            Paragraph(Kind.HEADING2, "（一）县教育局牵头的任务"),
            Paragraph(Kind.BODY, FULL * 60),
            Paragraph(Kind.BODY, "最后一段。"),
        ),
        issuer="某县教育局",
        dated=date(2022, 12, 31),
        red_head=Mark("某县教育工作领导小组"),
        doc_number="某教组发〔2022〕3号",
        addressee="各成员单位",
        attachments=(
            Attachment(LONG, (AttachmentColumn("单位", 8844),), (("县教育局",),)),
            Attachment("第二个附件", (AttachmentColumn("单位", 8844),), (("县财政局",),)),
        ),
        copies_to="县委办，县政府办",
        printed_by="某县教育工作领导小组",
        colophon_page=ColophonPage.EVEN,
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FONTCONFIG_FILE", str(fonts.real_fonts(folder)))
        data = to_pdf(render(content, Fonts(), CREATED), "d.docx")
    (folder / "d.pdf").write_bytes(data)
    found = pages_of(folder / "d.pdf")
    assert pages(data) == len(found)
    return found


def baseline(word: Word) -> float:
    """Return the height of a word's baseline on the page in mm; Fandol hangs 0.12 em below it."""
    return (word.bottom - 0.12 * (word.bottom - word.top)) / MM


def left(word: Word) -> float:
    return word.left / MM


def test_a_page_has_22_lines_of_28_characters_each_15_75_points_wide(printed: list[Page]) -> None:
    lines = printed[1].lines()
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}
    line = printed[1].words[3]
    assert left(line) == pytest.approx(28, abs=0.2)
    assert line.right / MM == pytest.approx(184, abs=0.5)


def test_the_first_line_and_the_last_stand_inside_the_text_area(printed: list[Page]) -> None:
    words = [word for word in printed[1].words if len(word.text) > 3]
    heights = sorted(baseline(word) for word in words)
    assert 37 < heights[0] < 37 + 10.2
    assert 262 - 10.2 < heights[-1] < 262
    assert heights[-1] - heights[0] == pytest.approx(21 * 28.95 / MM, abs=0.3)


def test_indents_are_two_characters(printed: list[Page]) -> None:
    assert left(printed[0].find("各成员单位")) == pytest.approx(28, abs=0.2)
    words = [word for page in printed for word in page.words]
    for begin in ("一、总体", "（一）县", "最后一段"):
        (word,) = (word for word in words if word.text.startswith(begin))
        assert left(word) == pytest.approx(28 + 2 * 16 / MM, abs=0.3)


def test_the_list_of_attachments_is_two_in_and_its_numbers_stand_below_each_other(
    printed: list[Page],
) -> None:
    (page,) = (one for one in printed if "附件：" in one.text)
    character = 16 / MM
    assert left(page.find("附件：")) == pytest.approx(28 + 2 * character, abs=0.3)
    assert left(page.find("2.")) == pytest.approx(28 + 5 * character, abs=0.3)
    further = next(w for w in page.words if w.text.startswith("的附件") or w.text in LONG[20:])
    assert left(further) == pytest.approx(28 + 6 * character, abs=0.4)


def test_an_attachments_title_stands_on_the_third_line(printed: list[Page]) -> None:
    page = next(one for one in printed if one.words and one.words[0].text.startswith("附件1"))
    mark, title = page.find("附件1"), page.find(LONG[:4])
    assert left(mark) == pytest.approx(28, abs=0.2)
    lines = (baseline(title) - baseline(mark)) / (28.95 / MM)
    assert 2 <= lines < 2.4  # the title is larger, and its line 33 points high


def test_the_date_stands_four_characters_from_the_right(printed: list[Page]) -> None:
    right = next(word for page in printed for word in page.words if "31日" in word.text).right / MM
    assert 184 - right == pytest.approx(4 * 16 / MM, abs=0.5)


def test_the_colophon_stands_on_an_even_page_and_neither_it_nor_the_blank_one_is_numbered(
    printed: list[Page],
) -> None:
    last = printed[-1]
    assert len(printed) % 2 == 0
    texts = [word.text for word in last.words]
    assert texts[0].startswith("抄送")
    assert "—" not in last.text
    signed = next(at for at, one in enumerate(printed) if "第二个附件" in one.lines())
    between = printed[signed + 1 : -1]
    assert [one.words for one in between] in ([], [()])
    assert 262 - 4 < baseline(last.find("印发")) < 262  # its lower rule is the text area's edge
    assert left(last.find("抄送")) == pytest.approx(28 + 14 / MM, abs=0.3)
    assert last.find("印发").right / MM == pytest.approx(184 - 14 / MM, abs=0.5)


def test_a_printed_red_head_and_paper_that_has_one_give_the_same_page(
    printed: list[Page], tmp_path: Path
) -> None:
    content = Content(
        name="总结",
        period="",
        title=("某县教育工作领导小组", "关于工作的总结"),
        body=(Paragraph(Kind.BODY, FULL),),
        red_head=Mark("某县教育工作领导小组", on_paper=True),
        doc_number="某教组发〔2022〕3号",
        addressee="各成员单位",
    )
    path = tmp_path / "d.pdf"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FONTCONFIG_FILE", str(fonts.real_fonts(tmp_path)))
        path.write_bytes(to_pdf(render(content, Fonts(), CREATED), "d.docx"))
    free, head = pages_of(path)[0], printed[0]
    for text in ("某教组发", "关于工作的总结", "各成员单位"):
        assert baseline(free.find(text)) == pytest.approx(baseline(head.find(text)), abs=0.4)
    assert len([word for word in free.words if word.text == "某县教育工作领导小组"]) == 1
    assert len([word for word in head.words if word.text == "某县教育工作领导小组"]) == 2
