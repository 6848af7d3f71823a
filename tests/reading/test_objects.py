"""Answers beside the cells: none may vanish, each comes with its place and its text."""

import pytest

from edu_sheet import reading
from edu_sheet.words.book import BookObject, ObjectKind
from edu_sheet.words.place import Place
from tests.support.workbooks import THREADED_REL, Xlsx, drawing, inline, relations, text_box


def _objects(made: Xlsx) -> tuple[BookObject, ...]:
    book = reading.read(made.make())
    assert book.readable, book.findings
    return book.sheets[0].objects


def _drawn(part: str, parts: dict[str, str | bytes] | None = None) -> tuple[BookObject, ...]:
    return _objects(
        Xlsx(
            data=inline("甲"),
            sheet_relations={"r1": ("drawing", "../drawings/drawing1.xml")},
            parts={"xl/drawings/drawing1.xml": part, **(parts or {})},
        )
    )


def _comments(inside: str, author: str = "张三") -> dict[str, str | bytes]:
    part = (
        f"<comments><authors><author>{author}</author></authors><commentList>"
        f'<comment ref="D7" authorId="0"><text>{inside}</text></comment></commentList></comments>'
    )
    return {"xl/comments1.xml": part}


COMMENTS = {"r1": ("comments", "../comments1.xml")}


@pytest.mark.parametrize(
    "inside",
    [
        "<t>已完成。</t>",
        "<r><rPr/><t>张三:</t></r><r><t>\n已完成。</t></r>",
        "<r><t>张三：</t></r><r><t>已完成。</t></r>",
        "<t>已完成。</t><rPh><t>ツ</t></rPh>",
    ],
)
def test_a_comment_comes_without_its_authors_name(inside: str) -> None:
    made = Xlsx(sheet_relations=COMMENTS, parts=_comments(inside))
    assert _objects(made) == (BookObject(ObjectKind.COMMENT, Place("填报表", 7, 4), "已完成。"),)


def test_a_threaded_comment_comes_once_with_its_answers() -> None:
    threads = (
        '<ThreadedComments><threadedComment ref="D7"><text>已完成。</text></threadedComment>'
        '<threadedComment ref="D7" parentId="1"><text>补充：85%</text></threadedComment>'
        "</ThreadedComments>"
    )
    made = Xlsx(
        sheet_relations={**COMMENTS, "r2": (THREADED_REL, "../threadedComments/t1.xml")},
        parts={
            **_comments("<t>[线程批注] 已完成。</t>", "tc={1}"),
            "xl/threadedComments/t1.xml": threads,
        },
    )
    assert _objects(made) == (
        BookObject(ObjectKind.THREADED_COMMENT, Place("填报表", 7, 4), "已完成。"),
        BookObject(ObjectKind.THREADED_COMMENT, Place("填报表", 7, 4), "补充：85%"),
    )


def test_a_text_box_comes_with_its_paragraphs() -> None:
    assert _drawn(drawing(text_box("已完成。", "①培训"))) == (
        BookObject(ObjectKind.TEXT_BOX, Place("填报表", 7, 4), "已完成。\n①培训"),
    )


def test_text_boxes_in_groups_and_alternatives_come_once() -> None:
    grouped = f"<xdr:grpSp>{text_box('甲')}<xdr:grpSp>{text_box('乙')}</xdr:grpSp></xdr:grpSp>"
    choice = (
        f"<mc:AlternateContent><mc:Choice>{text_box('丙')}</mc:Choice>"
        f"<mc:Fallback>{text_box('丙')}</mc:Fallback></mc:AlternateContent>"
    )
    assert [item.text for item in _drawn(drawing(grouped + choice))] == ["甲", "乙", "丙"]


CHOICE = (
    "<mc:AlternateContent><mc:Choice Requires='a14'>{}</mc:Choice>"
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


def test_a_text_box_whose_anchor_is_an_alternative_comes_with_its_place() -> None:
    whole = drawing(text_box("甲"))
    start, end = whole.index("<xdr:twoCellAnchor>"), whole.index("</xdr:wsDr>")
    anchor = whole[start:end]
    picture = anchor.replace(text_box("甲"), "<xdr:pic/>")
    other = anchor.replace("甲", "公式")
    box = BookObject(ObjectKind.TEXT_BOX, Place("填报表", 7, 4), "甲")
    for fallback, found in (
        ("", [box]),
        (anchor, [box]),
        (picture, [box]),
        (other, [box, BookObject(ObjectKind.TEXT_BOX, Place("填报表", 7, 4), "公式")]),
    ):
        part = whole[:start] + CHOICE.format(anchor, fallback) + whole[end:]
        assert [*_drawn(part)] == found, fallback
    only_older = whole[:start] + CHOICE.format("", anchor) + whole[end:]
    assert _drawn(only_older) == (box,)


def test_a_group_of_alternatives_of_groups_is_looked_through() -> None:
    inner = CHOICE.format(f"<xdr:grpSp>{text_box('甲')}</xdr:grpSp>", "")
    assert [item.text for item in _drawn(drawing(f"<xdr:grpSp>{inner}</xdr:grpSp>"))] == ["甲"]


def test_what_a_person_typed_into_a_chart_or_upon_it_comes_with_it() -> None:
    frame = (
        '<xdr:graphicFrame><a:graphicData uri="http://x/chart"><c:chart xmlns:c="c" r:id="r9"/>'
        "</a:graphicData></xdr:graphicFrame>"
    )
    title = "<chart><title><p><r><t>编制已核定12名</t></r></p></title><v>45</v></chart>"
    found = _drawn(
        drawing(frame),
        {
            "xl/charts/chart1.xml": title,
            "xl/drawings/_rels/drawing1.xml.rels": relations(
                {"r9": ("chart", "../charts/chart1.xml")}
            ),
            "xl/charts/_rels/chart1.xml.rels": relations(
                {"r1": ("chartUserShapes", "../drawings/drawing2.xml")}
            ),
            "xl/drawings/drawing2.xml": "<userShapes><p><t>其中教师8名</t></p></userShapes>",
        },
    )
    assert found == (
        BookObject(ObjectKind.CHART, Place("填报表", 7, 4), "编制已核定12名\n其中教师8名"),
    )


def test_old_word_art_is_a_text_and_a_controls_words_come_once() -> None:
    art = (
        '<xml xmlns:v="v" xmlns:x="x"><v:shape id="_x0000_s1"><v:textpath string="艺术字"/>'
        '<x:ClientData ObjectType="Pict"/></v:shape>'
        '<v:shape id="_x0000_s2"><v:textbox><div>勾选已完成</div></v:textbox>'
        '<x:ClientData ObjectType="Checkbox"/></v:shape></xml>'
    )
    made = Xlsx(
        sheet_relations={
            "r1": ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            "r2": ("drawing", "../drawings/drawing1.xml"),
        },
        parts={
            "xl/drawings/vmlDrawing1.vml": art,
            "xl/drawings/drawing1.xml": drawing(text_box("勾选已完成")),
        },
    )
    assert [item.text for item in _objects(made)] == ["勾选已完成", "艺术字"]


def test_a_shape_without_text_is_decoration() -> None:
    assert _drawn(drawing(text_box(""))) == ()


def test_pictures_charts_and_diagrams_come_with_their_place() -> None:
    picture = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" descr="现场照片"/></xdr:nvPicPr></xdr:pic>'
    assert _drawn(drawing(picture)) == (BookObject(ObjectKind.PICTURE, Place("填报表", 7, 4)),)
    frame = '<xdr:graphicFrame><a:graphicData uri="{}">{}</a:graphicData></xdr:graphicFrame>'
    chart = frame.format("http://schemas.openxmlformats.org/drawingml/2006/chart", "")
    assert _drawn(drawing(chart)) == (BookObject(ObjectKind.CHART, Place("填报表", 7, 4)),)
    diagram = frame.format("http://x/diagram", '<a:relIds r:dm="r9"/>')
    texts = "<dgm><p><t>第一步</t></p><p><t>第二步</t></p></dgm>"
    found = _drawn(
        drawing(diagram),
        {
            "xl/diagrams/data1.xml": texts,
            "xl/drawings/_rels/drawing1.xml.rels": relations(
                {"r9": ("diagramData", "../diagrams/data1.xml")}
            ),
        },
    )
    assert found == (BookObject(ObjectKind.OTHER, Place("填报表", 7, 4), "第一步\n第二步"),)


@pytest.mark.parametrize("name", ["DISPIMG", "_xlfn.DISPIMG"])
def test_a_picture_that_wps_put_into_a_cell_is_no_text(name: str) -> None:
    cell = f'<c r="D7" t="str"><f>{name}("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
    book = reading.read(Xlsx(data=f'<row r="7">{cell}</row>').make())
    assert book.sheets[0].cells == {}
    assert book.sheets[0].objects == (BookObject(ObjectKind.CELL_PICTURE, Place("填报表", 7, 4)),)


def test_a_picture_that_excel_put_into_a_cell_is_no_error_value() -> None:
    cell = '<row r="7"><c r="D7" t="e" vm="1"><v>#VALUE!</v></c></row>'
    assert _objects(Xlsx(data=cell)) == (
        BookObject(ObjectKind.CELL_PICTURE, Place("填报表", 7, 4)),
    )


OLE_TAIL = (
    '<oleObjects><mc:AlternateContent xmlns:mc="m"><mc:Choice>'
    '<oleObject progId="Word.Document.12" shapeId="1025" r:id="r1"><objectPr><anchor><from>'
    '<x:col xmlns:x="d">3</x:col><x:colOff xmlns:x="d">9</x:colOff><x:row xmlns:x="d">6</x:row>'
    "</from></anchor></objectPr></oleObject></mc:Choice><mc:Fallback>"
    '<oleObject progId="Word.Document.12" shapeId="1025" r:id="r1"/></mc:Fallback>'
    "</mc:AlternateContent></oleObjects>"
)


def test_an_embedded_file_comes_once_with_its_place() -> None:
    made = Xlsx(
        tail=OLE_TAIL,
        sheet_relations={"r1": ("package", "../embeddings/材料.docx")},
        parts={"xl/embeddings/材料.docx": b"x"},
    )
    assert _objects(made) == (
        BookObject(ObjectKind.EMBEDDED, Place("填报表", 7, 4), "Word.Document.12 材料.docx"),
    )


VML = (
    '<xml xmlns:v="v" xmlns:o="o" xmlns:x="x">'
    '<v:shape id="_x0000_s1025"><v:textbox><div>旧式文本框</div></v:textbox>'
    '<x:ClientData ObjectType="Rect"><x:Anchor>3, 0, 6, 0, 5, 0, 9, 0</x:Anchor></x:ClientData>'
    '</v:shape><v:shape id="_x0000_s1026"><v:textbox><div>批注框</div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:Anchor>3, 0, 6, 0, 5, 0, 9, 0</x:Anchor></x:ClientData>'
    "</v:shape></xml>"
)


def _vml(part: str) -> tuple[BookObject, ...]:
    return _objects(
        Xlsx(
            sheet_relations={"r1": ("vmlDrawing", "../drawings/vmlDrawing1.vml")},
            parts={"xl/drawings/vmlDrawing1.vml": part},
        )
    )


def test_an_old_text_box_comes_with_its_place_and_a_comments_box_not_again() -> None:
    assert _vml(VML) == (BookObject(ObjectKind.TEXT_BOX, Place("填报表", 7, 4), "旧式文本框"),)


@pytest.mark.parametrize("kind", ["vmlDrawing", "drawing", "comments", "threadedComment"])
def test_comments_and_drawings_that_are_no_xml_are_an_error_and_the_cells_are_read(
    kind: str,
) -> None:
    part = "xl/drawings/some.vml"
    broken = VML.replace("旧式", "旧式<br>")
    made = Xlsx(data=inline("甲"), sheet_relations={"r1": (kind, f"/{part}")}, parts={part: broken})
    book = reading.read(made.make())
    assert book.sheets[0].text(1, 1) == "甲"
    (finding,) = book.findings
    assert (finding.code, finding.severity, finding.place) == (
        "objects_unreadable",
        "error",
        Place("填报表"),
    )


def test_a_drawing_that_says_it_is_a_picture_is_not_read() -> None:
    made = Xlsx(
        data=inline("甲"),
        sheet_relations={"r1": ("drawing", "a.png")},
        parts={"xl/worksheets/a.png": drawing(text_box("乙"))},
    )
    book = reading.read(made.make())
    assert [one.code for one in book.findings] == ["objects_unreadable"]
    assert book.sheets[0].objects == ()


def test_a_form_control_is_no_text() -> None:
    made = Xlsx(
        sheet_relations={"r1": ("ctrlProp", "../ctrlProps/ctrlProp1.xml")},
        parts={"xl/ctrlProps/ctrlProp1.xml": "<formControlPr/>"},
    )
    assert _objects(made) == (BookObject(ObjectKind.CONTROL, Place("填报表")),)


def test_what_is_printed_on_each_page_comes_without_numbers_and_fields() -> None:
    made = Xlsx(
        data=inline("甲"),
        tail='<headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;12进展：编制12名&amp;R&amp;A</oddHeader>'
        "<oddFooter>&amp;L甲&amp;&amp;乙&amp;C第&amp;P页 共&amp;N页&amp;R&amp;KFF0000&amp;D</oddFooter>"
        "<evenHeader>&amp;C进展：编制12名</evenHeader><firstFooter>Page &amp;P</firstFooter>"
        "</headerFooter>",
    )
    assert _objects(made) == (
        BookObject(ObjectKind.PAGE_TEXT, Place("填报表"), "进展：编制12名"),
        BookObject(ObjectKind.PAGE_TEXT, Place("填报表"), "甲&乙"),
    )


def test_a_chart_sheet_is_an_object() -> None:
    made = Xlsx(data=inline("甲"))
    made.book = '<sheets><sheet name="图表1" r:id="rId2"/></sheets>'
    made.book_relations["rId2"] = ("chartsheet", "chartsheets/sheet1.xml")
    made.parts["xl/chartsheets/sheet1.xml"] = "<chartsheet/>"
    book = reading.read(made.make())
    assert book.sheets[1].objects == (BookObject(ObjectKind.CHART, Place("图表1")),)
