"""The layout as it stands in the XML: the values of docs/gbt9704.md, and the schema's order."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from edu_sheet.summary import Content, render
from edu_sheet.summary.content.content import (
    Attachment,
    AttachmentColumn,
    Chart,
    Kind,
    Mark,
    Paragraph,
)
from edu_sheet.summary.content.wording import width
from edu_sheet.summary.typeset.styles import STYLES
from edu_sheet.words.settings import ColophonPage, Fonts
from tests.support.builders import CREATED
from tests.support.summary_sample import W, body_of, parts, style_name, text_of

# The sequences of the schema (ISO/IEC 29500-1, Annex A), as far as anything here may occur.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
    " adjustRightInd snapToGrid spacing ind contextualSpacing jc textDirection textAlignment"
    " outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color spacing w kern position sz szCs highlight u"
    " vertAlign lang",
    "tblPr": "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar"
    " tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference type pgSz pgMar pgBorders pgNumType cols titlePg"
    " textDirection docGrid",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop"
    " evenAndOddHeaders drawingGridVerticalSpacing characterSpacingControl compat themeFontLang",
    "tbl": "tblPr tblGrid tr",
}


def sample(**changed: Any) -> Content:
    table = Attachment(
        "任务落实情况表",
        (AttachmentColumn("序号", 660, centred=True), AttachmentColumn("内容", 12096)),
        (("1", "短"), ("2", "很长的内容，" * 500)),
        landscape=True,
    )
    fields: dict[str, Any] = {
        "name": "季度总结",
        "period": "2022年第四季度",
        "title": ("某县教育工作领导小组", "关于工作的总结"),
        "body": (
            Paragraph(Kind.HEADING1, "一、总体情况"),
            Paragraph(Kind.BODY, "“双减”工作完成75%。", speaker="县教育局："),
            Chart("报送情况", ("10月", "11月"), (("按时报送", (6, 5)), ("未报", (0, 1)))),
        ),
        "issuer": "某县教育工作领导小组",
        "dated": date(2022, 12, 31),
        "red_head": Mark("中共辰溪县委教育工作领导小组"),
        "doc_number": "某发〔2022〕3号",
        "addressee": "各单位",
        "attachments": (table,),
        "copies_to": "县委办",
        "printed_by": "某县教育工作领导小组",
    }
    return Content(**(fields | changed))


@pytest.fixture(scope="module")
def document() -> bytes:
    return render(sample(), Fonts(), CREATED)


def style(data: bytes, name: str) -> Any:
    root = parts(data)["word/styles.xml"]
    return next(one for one in root.iter(f"{W}style") if style_name(one) == name)


def value(element: Any, path: str, attribute: str = "val") -> str | None:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


def test_every_element_stands_in_the_order_of_the_schema(document: bytes) -> None:
    wrong = [
        f"{part}: {name}: {before} before {after}"
        for part, root in parts(document).items()
        for name, before, after in _disorder(root)
    ]
    assert wrong == []


def _disorder(root: Any) -> Iterator[tuple[str, str, str]]:
    for name, order in ORDER.items():
        sequence = order.split()
        for element in root.iter(f"{W}{name}"):
            # references to headers and footers may be mixed
            tags = (child.tag.removeprefix(W) for child in element)
            children = [tag.replace("footerRef", "headerRef") for tag in tags]
            for before, after in pairwise(children):
                if sequence.index(before) > sequence.index(after):
                    yield name, before, after


@pytest.mark.parametrize(
    ("name", "font", "size", "line"),
    [
        ("公文红头", "方正小标宋简体", "100", "240"),
        ("公文字号", "仿宋_GB2312", "32", "579"),
        ("公文标题", "方正小标宋简体", "44", "660"),
        ("公文主送机关", "仿宋_GB2312", "32", "579"),
        ("公文正文", "仿宋_GB2312", "32", "579"),
        ("公文一级标题", "黑体", "32", "579"),
        ("公文二级标题", "楷体_GB2312", "32", "579"),
        ("公文三级标题", "仿宋_GB2312", "32", "579"),
        ("公文四级标题", "仿宋_GB2312", "32", "579"),
        ("公文附件说明", "仿宋_GB2312", "32", "579"),
        ("公文署名", "仿宋_GB2312", "32", "579"),
        ("公文成文日期", "仿宋_GB2312", "32", "579"),
        ("公文附件标记", "黑体", "32", "579"),
        ("公文附件标题", "方正小标宋简体", "44", "660"),
        ("公文表头", "黑体", "24", "360"),
        ("公文表文", "仿宋_GB2312", "24", "360"),
        ("公文版记", "仿宋_GB2312", "28", "480"),
        ("公文页码", "宋体", "28", "240"),
    ],
)
def test_every_style_has_the_font_size_and_line_of_the_standard(
    document: bytes, name: str, font: str, size: str, line: str
) -> None:
    one = style(document, name)
    assert value(one, "rPr/rFonts", "eastAsia") == font
    assert value(one, "rPr/sz") == value(one, "rPr/szCs") == size
    assert value(one, "pPr/spacing", "line") == line
    assert value(one, "pPr/spacing", "lineRule") == ("auto" if line == "240" else "exact")
    assert value(one, "pPr/overflowPunct") == "0"
    assert one.find(f"{W}rPr/{W}b") is None


def test_the_body_is_set_for_22_lines_of_28_characters(document: bytes) -> None:
    body = style(document, "公文正文")
    assert value(body, "rPr/spacing") == "-5"
    assert value(body, "rPr/rFonts", "ascii") == "Times New Roman"
    assert value(body, "pPr/ind", "firstLineChars") == "200"
    assert value(body, "pPr/ind", "firstLine") == "640"
    assert value(body, "pPr/jc") == "both"
    assert value(body, "pPr/widowControl") == "0"


def test_headings_keep_with_what_follows_and_have_their_level(document: bytes) -> None:
    for level, name in enumerate("一二三四"):
        heading = style(document, f"公文{name}级标题")
        assert value(heading, "pPr/outlineLvl") == str(level)
        assert heading.find(f"{W}pPr/{W}keepNext") is not None


def test_the_names_of_the_fonts_are_settings() -> None:
    data = render(sample(), Fonts(title="方正小标宋_GBK", body="仿宋"), CREATED)
    assert value(style(data, "公文标题"), "rPr/rFonts", "eastAsia") == "方正小标宋_GBK"
    assert value(style(data, "公文正文"), "rPr/rFonts", "eastAsia") == "仿宋"


def test_portrait_and_landscape_pages_have_their_size_and_margins(document: bytes) -> None:
    first, last, _colophons = body_of(document).iter(f"{W}sectPr")
    assert dict(_local(first.find(f"{W}pgSz"))) == {"w": "11906", "h": "16838"}
    assert _margins(first) == ("2098", "1474", "1984", "1588", "1420")
    assert dict(_local(last.find(f"{W}pgSz"))) == {
        "w": "16838",
        "h": "11906",
        "orient": "landscape",
    }
    assert _margins(last) == ("1588", "2098", "1474", "1984", "851"), "no empty line is in the way"
    for section in (first, last):
        assert dict(_local(section.find(f"{W}docGrid"))) == {"type": "lines", "linePitch": "579"}


def _local(element: Any) -> Iterator[tuple[str, str]]:
    return ((key.removeprefix(W), text) for key, text in element.attrib.items())


def _margins(section: Any) -> tuple[str | None, ...]:
    margins = section.find(f"{W}pgMar")
    return tuple(margins.get(f"{W}{side}") for side in ("top", "right", "bottom", "left", "footer"))


def test_word_2013_lays_the_document_out_with_odd_and_even_pages(document: bytes) -> None:
    settings = parts(document)["word/settings.xml"]
    modes = {one.get(f"{W}name"): one.get(f"{W}val") for one in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert (
        value(parts(document)["word/styles.xml"], "docDefaults/rPrDefault/rPr/lang", "eastAsia")
        == "zh-CN"
    )


def test_a_page_number_is_a_field_in_runs_of_its_own(document: bytes) -> None:
    footers = [
        root
        for name, root in parts(document).items()
        if name.startswith("word/footer") and root.find(f".//{W}instrText") is not None
    ]
    assert len(footers) == 4  # odd and even, of the text and of the page of 版记
    sides = set()
    for footer in footers:
        (paragraph,) = footer.findall(f"{W}p")
        kinds = [
            run[-1].get(f"{W}fldCharType") or text_of(run) for run in paragraph.findall(f"{W}r")
        ]
        assert kinds == ["— ", "begin", "", "separate", "1", "end", " —"]
        side = value(paragraph, "pPr/jc") or ""
        sides.add((side, value(paragraph, "pPr/ind", side)))
    assert sides == {("right", "280"), ("left", "280")}


def test_the_red_head_is_as_large_as_its_length_lets_it(document: bytes) -> None:
    first = body_of(document)[0]
    assert text_of(first) == "中共辰溪县委教育工作领导小组"
    assert value(first, "r/rPr/sz") == "60"  # ⌊442.2 × 0.97 ÷ 14⌋ = 30 pt
    # The ink of a line of 36 pt begins 5.4 pt below its top: 35 mm in all.
    assert value(first, "pPr/spacing", "before") == str(round(35 * 1440 / 25.4 - 5.4 * 20))
    assert value(first, "pPr/spacing", "line") == str(36 * 20)
    assert value(first, "pPr/spacing", "lineRule") == "exact"
    assert value(style(document, "公文红头"), "rPr/color") == "FF0000"
    line = style(document, "公文字号（红线）").find(f"{W}pPr/{W}pBdr/{W}bottom")
    assert dict(_local(line)) == {"val": "single", "sz": "8", "space": "7", "color": "FF0000"}


def test_paper_with_a_printed_red_head_keeps_its_room_and_gets_no_red() -> None:
    printed = body_of(render(sample(), Fonts(), CREATED))
    mark = sample(red_head=Mark("中共辰溪县委教育工作领导小组", on_paper=True))
    free = body_of(render(mark, Fonts(), CREATED))
    assert text_of(free[0]) == ""
    spacing = [dict(_local(body[0].find(f"{W}pPr/{W}spacing"))) for body in (printed, free)]
    assert spacing[0] == spacing[1]
    assert text_of(free[3]) == text_of(printed[3]) == "某发〔2022〕3号"
    assert value(free[3], "pPr/pStyle") == "GwNumber"
    assert value(free[3], "pPr/spacing", "after") == str((7 + 1) * 20)  # the red line's own room
    assert [text_of(one) for one in free][4:] == [text_of(one) for one in printed][4:]


def test_a_colophon_on_an_even_page_has_a_section_of_its_own_without_page_numbers() -> None:
    data = render(sample(colophon_page=ColophonPage.EVEN), Fonts(), CREATED)
    *_, table, last = body_of(data).iter(f"{W}sectPr")
    assert value(table, "pgSz", "orient") == "landscape"
    assert value(last, "type") == "evenPage"
    assert value(last, "pgSz", "orient") is None
    found = parts(data)
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    related = {
        one.get("Id"): one.get("Target") for one in found_relations(data, "word/document.xml")
    }
    beside = [found[f"word/{related[one.get(relation)]}"] for one in last if "Reference" in one.tag]
    assert len(beside) == 4
    assert not any(one.findall(f".//{W}instrText") for one in beside)


def test_a_colophon_after_a_landscape_table_stands_on_a_portrait_page(document: bytes) -> None:
    *_, table, last = body_of(document).iter(f"{W}sectPr")
    assert value(table, "pgSz", "orient") == "landscape"
    assert value(last, "pgSz", "orient") is None
    assert value(last, "type") == "nextPage"
    upright = Attachment("报送表", (AttachmentColumn("单位", 8844),), (("县教育局",),))
    below = body_of(render(sample(attachments=(upright,)), Fonts(), CREATED))
    assert len(list(below.iter(f"{W}sectPr"))) == 2  # 版记 stands below the table


def found_relations(data: bytes, part: str) -> list[Any]:
    from lxml import etree

    folder, _, name = part.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return list(etree.fromstring(package.read(f"{folder}/_rels/{name}.rels")))


def test_a_short_issuer_is_not_printed_larger_than_50_points() -> None:
    data = render(sample(red_head=Mark("某县")), Fonts(), CREATED)
    assert value(body_of(data)[0], "r/rPr/sz") == "100"


def test_the_tables_header_is_repeated_and_only_long_rows_may_split(document: bytes) -> None:
    table = body_of(document).find(f"{W}tbl")
    head, short, tall = table.findall(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert head.find(f"{W}trPr/{W}cantSplit") is not None
    assert short.find(f"{W}trPr/{W}cantSplit") is not None
    assert tall.find(f"{W}trPr/{W}cantSplit") is None
    assert value(table, "tblPr/tblLayout", "type") == "fixed"
    assert value(table, "tblPr/tblW", "w") == "12756"
    grid = [one.get(f"{W}w") for one in table.iter(f"{W}gridCol")]
    for row in (head, short, tall):
        assert [value(cell, "tcPr/tcW", "w") for cell in row.iter(f"{W}tc")] == grid


def test_a_tall_row_stays_on_a_page_in_closer_lines_and_an_empty_column_gives_it_room() -> None:
    names = ("序号", "目标任务", "具体要求", "进展情况")
    columns = tuple(map(AttachmentColumn, names, (660, 2400, 6000, 3696)))
    tall = Attachment("表", columns, (("1", "建成。", "", "完成投资，" * 40),), landscape=True)
    body = body_of(render(sample(attachments=(tall,)), Fonts(), CREATED))
    head, row, *_ = body.iter(f"{W}tr")
    assert row.find(f"{W}trPr/{W}cantSplit") is not None
    assert value(row.find(f"{W}tc"), "p/pPr/spacing", "line") == "280"
    widths = [int(value(cell, "tcPr/tcW", "w") or 0) for cell in head.iter(f"{W}tc")]
    assert sum(widths) == 12756
    assert widths[2] < 6000
    assert widths[3] > 3696
    taller = replace(tall, rows=(("1", "建成。", "", "完成投资，" * 150),))
    rows = [*body_of(render(sample(attachments=(taller,)), Fonts(), CREATED)).iter(f"{W}tr")]
    assert rows[1].find(f"{W}trPr/{W}cantSplit") is None, "LibreOffice would cut its end off"


def test_a_table_that_goes_over_its_page_by_a_few_rows_is_set_closer() -> None:
    columns = (AttachmentColumn("序号", 660), AttachmentColumn("单位", 8184))
    heights = [_line_of_rows(columns, count) for count in (27, 32, 60, 62, 70)]
    assert heights == [None, "280", None, "280", None]
    assert _line_of_rows(columns, 34, printed_by="某办公室") is None, "版记 alone on a page"
    with_colophon = [_line_of_rows(columns, count, printed_by="某办公室") for count in (20, 26)]
    assert with_colophon == [None, "280"], "版记 finds room below the table"


def test_a_long_text_may_end_on_another_page_than_its_source_so_that_none_is_left_empty() -> None:
    said = [Paragraph(Kind.BODY, "长。" * 150), Paragraph(Kind.SOURCE, "（来源：一）")]
    said += [Paragraph(Kind.BODY, "短。"), Paragraph(Kind.SOURCE, "（来源：二）")]
    said += [Paragraph(Kind.BODY, "完。")]
    body = body_of(render(sample(body=tuple(said)), Fonts(), CREATED))
    kept = {text_of(one): one.find(f"{W}pPr/{W}keepNext") is not None for one in body.iter(f"{W}p")}
    assert (kept["长。" * 150], kept["短。"]) == (False, True)


def _line_of_rows(
    columns: tuple[AttachmentColumn, ...], count: int, printed_by: str = ""
) -> str | None:
    table = Attachment("排名", columns, tuple((str(row), "县教育局") for row in range(count)))
    content = sample(attachments=(table,), printed_by=printed_by)
    body = body_of(render(content, Fonts(), CREATED))
    return value(next(body.iter(f"{W}tc")), "p/pPr/spacing", "line")


def test_what_explains_a_table_stands_above_it_and_goes_along() -> None:
    table = Attachment("表", (AttachmentColumn("单位", 8844),), (("县教育局",),), explained="说明")
    body = body_of(render(sample(attachments=(table,)), Fonts(), CREATED))
    order = [text_of(one) for one in body if one.tag in (f"{W}p", f"{W}tbl")]
    assert order[order.index("说明") - 1 :][:3] == ["表", "说明", "单位县教育局"]
    said = next(one for one in body.iter(f"{W}p") if text_of(one) == "说明")
    assert said.find(f"{W}pPr/{W}keepNext") is not None


def test_a_slip_begins_a_page_and_its_paper_stays_on_one() -> None:
    """What is to be filled in goes along with the signature, and the words before it."""
    slip = Attachment("回执", (AttachmentColumn("单位", 8844),), (("县教育局",),))
    said = (Paragraph(Kind.BODY, "请办理。"), Paragraph(Kind.FIELD, "签发人："))
    data = render(
        sample(body=said, attachments=(), slip=slip, printed_by="", red_head=None), Fonts(), CREATED
    )
    paragraphs = {text_of(one): one.find(f"{W}pPr") for one in body_of(data).iter(f"{W}p")}
    assert "附件" not in "".join(paragraphs)
    assert paragraphs["回执"].find(f"{W}pageBreakBefore") is not None
    for text in ("请办理。", "签发人："):
        assert paragraphs[text].find(f"{W}keepNext") is not None


def test_a_source_is_neither_stretched_nor_torn(document: bytes) -> None:
    shown = style(document, "公文出处")
    assert value(shown, "pPr/jc") == "left"
    assert value(shown, "pPr/widowControl") == "1", "two lines stay together"
    line = "（来源：10月，县委教育工作领导小组秘书组（已填）.xlsx，填报表!D6）"
    assert width(line) * int(value(shown, "rPr/sz") or 0) / 2 + 32 <= 442, "points"


def test_quotes_take_the_chinese_font(document: bytes) -> None:
    run = next(one for one in body_of(document).iter(f"{W}r") if "“双减”" in text_of(one))
    assert value(run, "rPr/rFonts", "hint") == "eastAsia"


def test_the_date_stands_four_characters_in_with_the_issuer_centred_over_it() -> None:
    data = render(sample(issuer="县教育局", attachments=(), printed_by=""), Fonts(), CREATED)
    name, day = body_of(data).findall(f"{W}p")[-2:]
    assert [text_of(name), text_of(day)] == ["县教育局", "2022年12月31日"]
    assert value(day, "pPr/ind", "right") == str(4 * 320)
    assert value(name, "pPr/ind", "right") == str(round((4 + (7 - 4) / 2) * 320))


def test_a_colophon_without_a_date_stands_on_one_line_and_is_not_stretched() -> None:
    body = body_of(render(sample(dated=None), Fonts(), CREATED))
    printed = next(one for one in body.iterfind(f".//{W}tc/{W}p") if text_of(one).endswith("印发"))
    assert text_of(printed).lstrip("\t") == "某县教育工作领导小组\t　　年　月　日印发"
    assert value(printed, "pPr/jc") == "left"


def test_a_long_office_leaves_the_date_a_line_of_its_own_and_neither_is_stretched() -> None:
    office = "某县教育工作领导小组办公室秘书处和督查室联合印发组"
    body = body_of(render(sample(printed_by=office), Fonts(), CREATED))
    printed = next(one for one in body.iterfind(f".//{W}tc/{W}p") if office in text_of(one))
    assert text_of(printed).lstrip("\t") == f"{office}\n\t2022年12月31日印发"
    assert value(printed, "pPr/jc") == "left"


def test_the_list_of_attachments_begins_two_characters_in_and_its_lines_stand_below_the_first() -> (
    None
):
    """As Word itself writes it, leftChars is where the first line stands (7.3.4)."""
    table = sample().attachments[0]
    alone = body_of(render(sample(), Fonts(), CREATED))
    both = body_of(render(sample(attachments=(table, table)), Fonts(), CREATED))
    found = [_indent(alone, "附件：任务"), _indent(both, "附件：1. 任务"), _indent(both, "2. 任务")]
    assert found == [(2, 3, 5), (2, 4, 6), (5, 1, 6)]


def _indent(body: Any, begin: str) -> tuple[int, int, int]:
    """Return first line, hang and further lines in characters, as Word and as LibreOffice say."""
    one = next(one for one in body.iter(f"{W}p") if text_of(one).startswith(begin))
    indents = one.find(f"{W}pPr/{W}ind")
    if indents is None:
        data = render(sample(), Fonts(), CREATED)
        indents = style(data, "公文附件说明").find(f"{W}pPr/{W}ind")
    first, hang, left, hanging = (
        int(indents.get(f"{W}{name}")) for name in ("leftChars", "hangingChars", "left", "hanging")
    )
    assert (left, hanging) == ((first + hang) * 320 // 100, hang * 320 // 100)
    return first // 100, hang // 100, left // 320


def test_an_attachments_title_stands_on_the_third_line(document: bytes) -> None:
    paragraphs = body_of(document).findall(f"{W}p")
    mark = next(at for at, one in enumerate(paragraphs) if text_of(one) == "附件")
    texts = [text_of(one) for one in paragraphs[mark : mark + 3]]
    assert texts == ["附件", "", "任务落实情况表"]


def test_no_length_depends_on_how_narrow_and_wide_characters_are_balanced(document: bytes) -> None:
    settings = parts(document)["word/settings.xml"]
    assert settings.find(f".//{W}balanceSingleByteDoubleByteWidth") is None


def test_the_chart_is_one_that_the_schema_allows(document: bytes) -> None:
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    root = parts(document)["word/charts/chart1.xml"]
    ids = [int(one.get("val")) for one in root.iter(f"{drawn}axId", f"{drawn}crossAx")]
    assert len(ids) == 6
    assert len(set(ids)) == 2
    assert all(0 < one < 2**32 for one in ids)


def test_every_drawing_says_in_words_what_it_shows(document: bytes) -> None:
    kind = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    told = [one.get("descr") for root in parts(document).values() for one in root.iter(kind)]
    assert sorted(told) == sorted(
        ["报送情况", "版记：抄送机关、印发机关和印发日期", "页码", "页码"]
    )


def test_an_older_word_shows_every_box_too(document: bytes) -> None:
    other = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    boxes = [
        one for root in parts(document).values() for one in root.iter(f"{other}AlternateContent")
    ]
    assert len(boxes) == 3
    for box in boxes:
        new, old = box
        assert new.tag == f"{other}Choice"
        assert old.tag == f"{other}Fallback"
        texts = ["".join(one.text or "" for one in kind.iter(f"{W}t")) for kind in (new, old)]
        assert texts[0] == texts[1] != ""


def test_the_headings_are_words_own_and_go_by_the_programs_names(document: bytes) -> None:
    names = {value(one, "name") for one in parts(document)["word/styles.xml"].iter(f"{W}style")}
    assert {f"heading {level}" for level in (1, 2, 3, 4)} <= names
    heading = style(document, "公文一级标题")
    assert heading.get(f"{W}styleId") == "Heading1"
    assert heading.get(f"{W}customStyle") is None


def test_a_reader_without_the_fonts_is_told_what_may_stand_for_them(document: bytes) -> None:
    noted = {
        one.get(f"{W}name"): (value(one, "altName"), value(one, "panose1"), value(one, "charset"))
        for one in parts(document)["word/fontTable.xml"]
    }
    assert noted == {
        "方正小标宋简体": ("方正小标宋_GBK", "03000509000000000000", "86"),
        "仿宋_GB2312": ("仿宋", "02010609030101010101", "86"),
        "黑体": ("SimHei", "02010609060101010101", "86"),
        "楷体_GB2312": ("楷体", "02010609030101010101", "86"),
        "Times New Roman": (None, "02020603050405020304", "00"),
        "宋体": ("SimSun", "02010600030101010101", "86"),
    }


def test_the_file_says_which_program_made_it(document: bytes) -> None:
    (name,) = (one for one in parts(document) if one == "docProps/app.xml")
    assert "edu-sheet" in "".join(parts(document)[name].itertext())


def test_the_last_words_go_along_with_the_signature(document: bytes) -> None:
    data = render(sample(body=(Paragraph(Kind.BODY, "最后一段。"),)), Fonts(), CREATED)
    words = next(one for one in body_of(data).iter(f"{W}p") if text_of(one) == "最后一段。")
    assert words.find(f"{W}pPr/{W}keepNext") is not None
    unsigned = sample(body=(Paragraph(Kind.BODY, "最后一段。"),), issuer="")
    words = next(
        one
        for one in body_of(render(unsigned, Fonts(), CREATED)).iter(f"{W}p")
        if text_of(one) == "最后一段。"
    )
    assert words.find(f"{W}pPr/{W}keepNext") is not None
    data = render(sample(body=(Paragraph(Kind.BODY, "长" * 700),)), Fonts(), CREATED)
    whole_page = next(one for one in body_of(data).iter(f"{W}p") if text_of(one) == "长" * 700)
    assert whole_page.find(f"{W}pPr/{W}keepNext") is None


def test_the_chart_opens_and_holds_the_numbers(document: bytes) -> None:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(document)) as package:
        data = package.read("word/embeddings/chart1.xlsx")
        relations = package.read("word/charts/_rels/chart1.xml.rels").decode()
    assert "embeddings/chart1.xlsx" in relations
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert list(sheet.values) == [(None, "按时报送", "未报"), ("10月", 6, 0), ("11月", 5, 1)]
    root = parts(document)["word/charts/chart1.xml"]
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    shown = [
        [point.findtext(f"{drawn}v") for point in series.iter(f"{drawn}pt")]
        for series in root.iter(f"{drawn}ser")
    ]
    assert shown == [["按时报送", "10月", "11月", "6", "5"], ["未报", "10月", "11月", "0", "1"]]


def test_the_same_content_gives_the_same_bytes(document: bytes) -> None:
    assert render(sample(), Fonts(), CREATED) == document


def test_every_named_style_is_there_with_its_clause(document: bytes) -> None:
    names = {style_name(one) for one in parts(document)["word/styles.xml"].iter(f"{W}style")}
    assert {one.name for one in STYLES} <= names
    assert all(one.clause for one in STYLES)


@pytest.mark.parametrize(
    "text",
    ["字" * 100_000, "x" * 5_000, "<w:p>&amp;", "𠀀𪚥", "=1+1", "e\u0301\u200b\u202e反"],
)
def test_any_text_makes_a_correct_document(text: str) -> None:
    from docx import Document

    content = sample(
        body=(Paragraph(Kind.BODY, text),),
        attachments=(Attachment(text[:40], (AttachmentColumn("内容", 8844),), ((text,),)),),
    )
    opened = Document(io.BytesIO(render(content, Fonts(), CREATED)))
    assert text in [one.text for one in opened.paragraphs]
    assert opened.tables[0].cell(1, 0).text == text


def test_what_word_cannot_hold_never_reaches_the_file() -> None:
    said = Paragraph(Kind.BODY, "完成\x0b75%\ufffe。", speaker="县教\x00育局：")
    table = Attachment("表", (AttachmentColumn("内\x1f容", 12756),), (("一\ud800\n二",),))
    body = body_of(render(sample(body=(said,), attachments=(table,)), Fonts(), CREATED))
    assert "县教育局：完成75%。" in text_of(body)
    (cell,) = list(body.iter(f"{W}tc"))[1:2]
    assert [text_of(line) for line in cell.iter(f"{W}p")] == ["一", "二"]


def test_paragraphs_charts_and_tables_keep_their_order() -> None:
    chart = Chart("报送情况", ("10月",), (("按时报送", (6,)),))
    said = [Paragraph(Kind.BODY, f"第{number}段") for number in range(1_000)]
    body: tuple[Chart | Paragraph, ...] = (chart, *said[:400], chart, chart, *said[400:], chart)
    root = body_of(render(sample(body=body, attachments=()), Fonts(), CREATED))
    shown = [
        "图" if one.find(f".//{W}drawing/*/*[@descr]") is not None else text_of(one) for one in root
    ]
    wanted = ["图" if isinstance(one, Chart) else one.text for one in body]
    start = shown.index("图")
    assert shown[start : start + len(wanted)] == wanted


def test_a_chart_of_few_bars_is_as_high_as_one_of_four_for_each_to_have_its_name() -> None:
    def height(*periods: str) -> int:
        chart = Chart("报送情况", periods, (("按时报送", tuple(range(1, len(periods) + 1))),))
        root = body_of(render(sample(body=(chart,), attachments=()), Fonts(), CREATED))
        (drawn,) = (one for one in root.iter() if one.tag.endswith("}inline"))
        return int(drawn[0].get("cy"))

    assert height("11月", "12月", "第四季度") == height("10月", "11月", "12月", "第四季度")
