"""The pages that come out of a real word processor, measured."""

from datetime import date
from pathlib import Path

import pytest

from edu_sheet.summary import Content, render
from edu_sheet.summary.content.content import Attachment, AttachmentColumn, Kind, Paragraph
from edu_sheet.summary.typeset.pdf import to_pdf
from edu_sheet.words.settings import Fonts
from tests.support import office
from tests.support.builders import CREATED
from tests.support.pages import MM, Page, pages_of

pytestmark = pytest.mark.office

LINE = "这是检查每面二十二行每行二十八字的一段文字没有标点符号" + "一"  # 28 characters
MARK = "末尾标记"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Return the pages of a document with full text pages and a long landscape table."""
    office.require()
    rows = tuple((str(number), f"第{number}行" + "很长的内容，" * 60) for number in range(1, 9))
    columns = (AttachmentColumn("序号", 660, centred=True), AttachmentColumn("表头内容", 12096))
    content = Content(
        name="季度总结",
        period="2022年第四季度",
        title=("某县教育工作领导小组", "关于工作的总结"),
        body=(
            Paragraph(Kind.BODY, LINE * 75),
            Paragraph(Kind.BODY, "，".join(["字" * 25] * 40) + "。"),
            Paragraph(Kind.HEADING1, "一、最后一部分"),
            Paragraph(Kind.BODY, MARK),
        ),
        issuer="某县教育工作领导小组",
        dated=date(2022, 12, 31),
        attachments=(
            Attachment("任务表", columns, rows, landscape=True),
            Attachment("报送表", (AttachmentColumn("单位", 8844),), (("县教育局",),)),
        ),
        copies_to="县委办，县政府办",
        printed_by="某县教育工作领导小组",
    )
    folder = tmp_path_factory.mktemp("pages")
    (folder / "d.pdf").write_bytes(to_pdf(render(content, Fonts(), CREATED), "d.docx"))
    return pages_of(folder / "d.pdf")


def is_landscape(page: Page) -> bool:
    return page.width > page.height


def test_pages_are_a4_portrait_then_landscape_then_portrait(pages: list[Page]) -> None:
    turned = [is_landscape(page) for page in pages]
    first, last = turned.index(True), len(turned) - 1 - turned[::-1].index(True)
    assert all(turned[first : last + 1])
    assert last == len(turned) - 2
    for page in pages:
        assert sorted((page.width, page.height)) == pytest.approx([595.3, 841.9], abs=0.5)


def test_a_full_page_has_22_lines_of_28_characters(pages: list[Page]) -> None:
    lines = pages[1].lines()
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_the_text_stands_inside_the_margins_and_no_comma_hangs_over(pages: list[Page]) -> None:
    for page in pages:
        if is_landscape(page):
            continue
        for word in page.words:
            assert word.left >= 28 * MM - 1
            assert word.right <= 595.3 - 26 * MM + 1.5, word


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(pages: list[Page]) -> None:
    for number, page in enumerate(pages, 1):
        if is_landscape(page):
            continue
        digits = next(
            word
            for word in page.words
            if word.text == str(number) and word.top > 225 * MM + 37 * MM
        )
        assert (digits.left > page.width / 2) == bool(number % 2)
        assert 5 * MM < digits.bottom - (page.height - 35 * MM) < 11 * MM


def test_a_landscape_pages_number_stands_at_the_left_edge(pages: list[Page]) -> None:
    """Odd pages below, even pages above: where it stands when the sheet is bound."""
    seen = set()
    for number, page in enumerate(pages, 1):
        if is_landscape(page):
            digits = next(
                word for word in page.words if word.text == str(number) and word.right < 35 * MM
            )
            assert 24 * MM < digits.left < 34 * MM
            assert (digits.top > page.height / 2) == bool(number % 2)
            seen.add(number % 2)
    assert seen == {0, 1}


def test_the_tables_header_is_repeated_and_no_row_is_lost(pages: list[Page]) -> None:
    turned = [page for page in pages if is_landscape(page)]
    assert len(turned) > 1
    assert all("表头内容" in page.text for page in turned)
    text = "".join(page.text for page in turned)
    assert all(f"第{number}行" in text for number in range(1, 9))
    assert text.count("很") == text.count("，") == 8 * 60


def test_the_signature_never_stands_on_a_page_without_text(pages: list[Page]) -> None:
    (signed,) = (page for page in pages if "2022年12月31日" in page.text and MARK in page.text)
    assert "一、最后一部分" in signed.text
    assert "附件：1." in signed.text


def test_the_colophon_stands_on_the_last_pages_lower_edge(pages: list[Page]) -> None:
    last = pages[-1]
    copies, printed = last.find("抄送"), last.find("印发")
    edge = last.height - 35 * MM
    assert edge - 12 * MM < printed.bottom < edge + 1
    assert copies.bottom < printed.top + 2
    assert printed.right == pytest.approx(595.3 - 26 * MM - 14, abs=3)
    assert copies.left == pytest.approx(28 * MM + 14, abs=2)


def test_no_gap_stands_beside_digits_and_no_list_of_numbers_is_torn(tmp_path: Path) -> None:
    """Word's own breaks: a line is filled, a number may begin one, and no line has one number."""
    office.require()
    numbers = "、".join(str(number) for number in range(1, 60, 2))
    said = (
        Paragraph(Kind.BODY, "2022年12月" * 40),
        Paragraph(Kind.BODY, f"县教育局牵头的任务三十项（序号{numbers}）。"),
    )
    path = tmp_path / "d.pdf"
    content = Content(name="", period="", title=("总结",), body=said)
    path.write_bytes(to_pdf(render(content, Fonts(), CREATED), "d.docx"))
    (page,) = pages_of(path)
    first, *lines, _ = page.lines()[1:]  # the last one is the date
    assert first.startswith("2022年12月2022年12月")
    days = next(word for word in page.words if word.text.startswith("2022年12月2022年12月"))
    assert "2022年12月2022年12月2022年12月" in days.text  # one word: nothing parts digits and 月
    torn = [line for line in lines if line.startswith("、") or len(line) < 15]
    assert torn == lines[-1:] or torn == []
