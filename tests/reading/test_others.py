"""csv, encrypted workbooks and ods, as real bytes."""

import io
import random
from datetime import UTC, datetime

import pytest

from edu_sheet import reading
from edu_sheet.sentences import sentence
from edu_sheet.words.book import Book, BookObject, Cell, CellKind, ObjectKind, Sheet
from edu_sheet.words.place import Place
from tests.support.workbooks import (
    Xlsx,
    archive,
    flat_ods,
    inline,
    ods,
    page_styles,
    styles_part,
    typed,
)

# ---------------------------------------------------------------- csv

TABLE = '序号,进展情况\r\n1,"①摸底，\n②培训"\r\n,\r\n3,"他说""好"""\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_excel_and_wps_write(encoding: str) -> None:
    book = reading.read(TABLE.encode(encoding))
    assert book.kind == "csv"
    assert {where: cell.text for where, cell in book.sheets[0].cells.items()} == {
        (1, 1): "序号",
        (1, 2): "进展情况",
        (2, 1): "1",
        (2, 2): "①摸底，\n②培训",
        (4, 1): "3",
        (4, 2): '他说"好"',
    }


def test_a_csv_may_be_separated_by_tabs_or_semicolons() -> None:
    for mark in "\t;":
        book = reading.read(f"序号{mark}进展\n1{mark}完成，85%\n".encode())
        assert book.sheets[0].text(2, 2) == "完成，85%"


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_cut_where_all_its_rows_are_whatever_one_answer_holds(mark: str) -> None:
    others = ",;\t|".replace(mark, "")
    answers = ["".join(f"第{n}所{other}" for n in range(70)) for other in others]
    quoted = [f'"{answer}"' for answer in answers]
    for written in (answers, quoted):
        rows = "".join(f"{n}{mark}{text}{mark}县教育局\r\n" for n, text in enumerate(written, 1))
        book = reading.read(f"序号{mark}进展情况{mark}牵头\r\n{rows}".encode("gbk"))
        assert [book.sheets[0].text(n, 2) for n in (2, 3, 4)] == answers


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_csv_in_utf16_without_a_mark_is_read(encoding: str) -> None:
    assert reading.read(TABLE.encode(encoding)).sheets[0].text(4, 2) == '他说"好"'


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_csv_in_utf16_that_has_lost_bytes_is_refused_and_not_read_askew(encoding: str) -> None:
    data = TABLE.encode(encoding)
    middle = len(data) // 2 | 1
    halves = data[:middle], data[middle + 1 : -8], data[-7:]
    for mark in (b"", "\ufeff".encode(encoding)):
        book = reading.read(mark + b"".join(halves))
        assert not book.readable
        assert book.findings[0].code in ("damaged", "format_unknown")


@pytest.mark.parametrize(
    "text",
    [
        "王?、李?两名教师",
        "??家坪小学",
        "名单：王?",
        "张\ufffd",
        "共009?姓教师",
        "教师王?2名",
        "“?”字号",
        "?2所学校",
        "新建校舍 5000m?",
    ],
)
def test_characters_that_gbk_lacks_are_told_where_a_question_mark_stands_for_them(
    text: str,
) -> None:
    (finding,) = reading.read(f"序号,进展\n1,{text}\n".encode("gb18030")).findings
    assert (finding.code, finding.severity) == ("characters_lost", "warning")
    assert text in sentence(finding)


@pytest.mark.parametrize("text", ["王？李", "why? because", "a?b=1", "是否完成？"])
def test_a_question_mark_elsewhere_is_not_told(text: str) -> None:
    assert reading.read(f"序号,进展\n1,{text}\n".encode("gb18030")).findings == ()
    assert reading.read("序号,进展\n1,是否完成?已完成\n".encode()).findings == ()


def test_a_failed_formula_in_a_csv_is_no_text() -> None:
    cell = reading.read("序号,进展\n1,#NAME?\n".encode()).sheets[0].cells[2, 2]
    assert (cell.kind, cell.formula) == (CellKind.ERROR, "")


def test_a_csv_of_ideographs_that_gbk_lacks_is_read() -> None:
    assert reading.read("甲,𠮷家坪\n乙,㐂\n".encode("gb18030")).sheets[0].text(1, 2) == "𠮷家坪"


def test_control_characters_in_a_csv_are_removed_and_named() -> None:
    assert reading.read("甲,乙\x0b丙\n".encode()).sheets[0].cells[1, 2] == Cell(
        "乙丙", removed="U+000B"
    )


def test_a_csv_far_too_long_is_refused() -> None:
    for text in ("," * 3_000_000, "甲,乙\n" * 1_500_000, "1,2\n" * 120_000):
        book = reading.read(text.encode())
        assert [finding.code for finding in book.findings] == ["too_large"]


# ---------------------------------------------------------------- encrypted


def _encrypted(password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    noise = random.Random(1).randbytes(9_000)  # msoffcrypto writes none below 4 kB rightly
    made = Xlsx(data=inline("密件"), parts={"xl/media/noise.bin": noise}).make()
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(made)).encrypt(password, locked)
    return locked.getvalue()


def test_excels_default_password_is_tried() -> None:
    book = reading.read(_encrypted("VelvetSweatshop"))
    assert (book.kind, book.sheets[0].text(1, 1)) == ("xlsx", "密件")


def test_a_password_opens_what_it_locks_and_nothing_else() -> None:
    data = _encrypted("教育2022")
    assert reading.kind_of(data) == "encrypted"
    without, wrong = reading.read(data), reading.read(data, password="财政2022")
    assert [item.findings[0].code for item in (without, wrong)] == ["encrypted", "encrypted"]
    assert "已加密" in sentence(without.findings[0])
    assert "密码打不开" in sentence(wrong.findings[0])
    assert reading.read(data, password="教育2022").sheets[0].text(1, 1) == "密件"


def test_a_broken_encrypted_file_is_refused() -> None:
    data = _encrypted("教育2022")
    for broken in (data[: len(data) // 2], data[:600] + b"\xff" * 600 + data[1200:]):
        assert not reading.read(broken, password="教育2022").readable


# ---------------------------------------------------------------- ods


def _sheet(rows: str, styles: str = "", table: str = "") -> Sheet:
    body = f'<table:table table:name="填报表" {table}>{rows}</table:table>'
    book = reading.read(ods(body, styles=styles))
    assert book.readable, book.findings
    return book.sheets[0]


def _row(*cells: str, attrs: str = "") -> str:
    return f"<table:table-row {attrs}>{''.join(cells)}</table:table-row>"


def _cell(inside: str, attrs: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attrs}>{inside}</table:table-cell>"


def test_texts_of_an_ods_are_what_a_person_sees() -> None:
    found = _sheet(
        _row(
            _cell("<text:p>①摸底</text:p><text:p>②培训</text:p>"),
            _cell('<text:p><text:s text:c="2"/>空格 <text:s/>后<text:tab/>表</text:p>'),
            _cell("<text:p>甲<text:line-break/>乙<text:span>丙</text:span></text:p>"),
            _cell("<text:p>  排版的\n  空白 </text:p>"),
        )
    )
    assert [cell.text for cell in found.cells.values()] == [
        "①摸底\n②培训",
        "  空格  后\t表",
        "甲\n乙丙",
        "排版的 空白 ",
    ]


def test_values_of_an_ods_keep_their_kind() -> None:
    found = _sheet(
        _row(
            _cell("<text:p>85%</text:p>", 'office:value-type="percentage" office:value="0.85"'),
            _cell("<text:p>2022年12月</text:p>", 'office:value-type="date"'),
            _cell("", 'office:value-type="float" office:value="7"'),
            _cell("<text:p>TRUE</text:p>", 'office:value-type="boolean"'),
            _cell("<text:p>3</text:p>", 'office:value-type="float" table:formula="of:=1+2"'),
            _cell("", 'table:formula="of:=已完成"'),
        )
    )
    assert list(found.cells.values()) == [
        Cell("85%", CellKind.PERCENT),
        Cell("2022年12月", CellKind.DATE),
        Cell("7", CellKind.NUMBER),
        Cell("TRUE", CellKind.BOOLEAN),
        Cell("3", CellKind.NUMBER, formula="1+2"),
        Cell("=已完成", formula="已完成", cached=False),
    ]


def test_values_of_an_ods_without_a_text_are_shown() -> None:
    date = 'office:value-type="date" office:date-value="2022-10-30T00:00:00"'
    share = 'office:value-type="percentage" office:value="0.855"'
    found = _sheet(_row(_cell("", date), _cell("", share)))
    assert [cell.text for cell in found.cells.values()] == ["2022/10/30", "85.5%"]


PAGES = page_styles(
    "<text:p>进展：编制12名 <text:sheet-name>甲</text:sheet-name></text:p>",
    "<text:p>第 <text:page-number>1</text:page-number> 页</text:p>",
)
ONE_CELL = (
    '<table:table table:name="填报表"><table:table-row><table:table-cell><text:p>甲</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)
META = (
    '<dc:date xmlns:dc="d">2022-12-05T08:00:00</dc:date>'
    '<meta:user-defined meta:name="edu-sheet">令牌</meta:user-defined>'
)


def test_what_is_printed_on_each_page_of_an_ods_comes_without_numbers_and_fields() -> None:
    for data in (
        ods(ONE_CELL, extra={"styles.xml": styles_part(PAGES)}),
        flat_ods(ONE_CELL, masters=PAGES),
    ):
        assert reading.read(data).sheets[0].objects == (
            BookObject(ObjectKind.PAGE_TEXT, Place("填报表"), "进展：编制12名"),
        )


def test_an_ods_in_one_file_is_read_with_its_signals() -> None:
    chart = (
        "<draw:frame><draw:object><office:document office:mimetype='opendocument.chart'>"
        "<table:table><table:table-row><table:table-cell><text:p>图</text:p></table:table-cell>"
        "</table:table-row></table:table></office:document></draw:object></draw:frame>"
    )
    body = ONE_CELL.replace("<text:p>", f"{chart}<text:p>")
    book = reading.read(flat_ods(body, meta=META))
    assert (book.kind, book.findings) == ("ods", ())
    assert book.sheets[0].cells == {(1, 1): Cell("甲")}
    assert book.sheets[0].objects == (BookObject(ObjectKind.CHART, Place("填报表", 1, 1)),)
    assert book.properties == {"edu-sheet": "令牌"}
    assert book.modified == datetime(2022, 12, 5, 8, tzinfo=UTC)


def test_an_ods_whose_properties_are_no_xml_is_read_and_told() -> None:
    book = reading.read(ods(ONE_CELL, extra={"meta.xml": "<a"}))
    assert book.sheets[0].text(1, 1) == "甲"
    assert [one.code for one in book.findings] == ["properties_damaged"]


def test_repeated_rows_and_columns_are_counted_and_not_laid_out() -> None:
    filler = _row(_cell("", 'table:number-columns-repeated="16384"'), attrs=_repeated(1_048_000))
    pair = _cell("<text:p>乙</text:p>", 'table:number-columns-repeated="2"')
    found = _sheet(
        _row(_cell(""), pair, attrs=_repeated(2)) + filler + _row(_cell("<text:p>丙</text:p>"))
    )
    assert {where: cell.text for where, cell in found.cells.items()} == {
        (1, 2): "乙",
        (1, 3): "乙",
        (2, 2): "乙",
        (2, 3): "乙",
        (1_048_003, 1): "丙",
    }


def _repeated(times: int) -> str:
    return f'table:number-rows-repeated="{times}"'


def test_a_cell_repeated_over_the_whole_sheet_is_refused() -> None:
    wide = _cell("<text:p>甲</text:p>", 'table:number-columns-repeated="16384"')
    body = f'<table:table table:name="甲">{_row(wide, attrs=_repeated(1_048_576))}</table:table>'
    assert [finding.code for finding in reading.read(ods(body)).findings] == ["too_large"]


STYLES = (
    '<style:style style:name="ta2" style:family="table"><style:table-properties'
    ' table:display="false"/></style:style><style:style style:name="s1">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)


def test_hidden_and_merged_and_struck_are_told() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    struck = _cell('<text:p>甲<text:span text:style-name="s1">乙</text:span></text:p>')
    merged = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    found = _sheet(
        columns
        + _row(struck, _cell("<text:p>丙</text:p>", merged))
        + _row(_cell("<text:p>丁</text:p>"), attrs='table:visibility="collapse"')
        + _row(_cell(""), attrs=f'table:visibility="collapse" {_repeated(1_048_574)}'),
        STYLES,
        'table:style-name="ta2"',
    )
    assert (found.state, found.merges) == ("hidden", ((1, 2, 3, 3),))
    assert found.hidden_rows == found.hidden_columns == frozenset({2})
    assert found.cells[1, 1] == Cell("甲乙", struck=True)
    assert not found.cells[1, 2].struck


def test_what_lies_on_an_ods_sheet_comes_with_its_place() -> None:
    frame = "<draw:frame><draw:{}/></draw:frame>"
    found = _sheet(
        _row(
            _cell(
                "<office:annotation><dc:creator xmlns:dc='d'>张三</dc:creator>"
                "<text:p>批注</text:p></office:annotation><text:p>正文</text:p>"
            ),
            _cell("<draw:custom-shape><text:p>文本框</text:p></draw:custom-shape>"),
            _cell(frame.format("image")),
            _cell(frame.format('object xlink:href="./Object 9"')),
            _cell("<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"),
        )
    )
    assert found.cells == {(1, 1): Cell("正文")}
    assert found.objects == (
        BookObject(ObjectKind.COMMENT, Place("填报表", 1, 1), "批注"),
        BookObject(ObjectKind.TEXT_BOX, Place("填报表", 1, 2), "文本框"),
        BookObject(ObjectKind.PICTURE, Place("填报表", 1, 3)),
        BookObject(ObjectKind.EMBEDDED, Place("填报表", 1, 4), "Object 9"),
        BookObject(ObjectKind.TEXT_BOX, Place("填报表", 1, 5), "框"),
    )


def _signals() -> Book:
    body = (
        '<table:table table:name="甲"><table:table-row/></table:table><table:named-expressions>'
        '<table:named-expression table:name="n" table:expression="&quot;令&quot;&quot;牌&quot;"/>'
        "</table:named-expressions>"
    )
    return reading.read(ods(body, meta=META, extra={"Basic/Standard/Module1.xml": "<m/>"}))


def test_signals_of_an_ods_are_read() -> None:
    book = _signals()
    assert book.names == {"n": '令"牌'}
    assert book.properties == {"edu-sheet": "令牌"}
    assert book.modified == datetime(2022, 12, 5, 8, tzinfo=UTC)
    assert [finding.code for finding in book.findings] == ["macro"]


def test_an_encrypted_ods_is_named_as_such() -> None:
    manifest = '<m><file-entry full-path="content.xml"><encryption-data/></file-entry></m>'
    book = reading.read(ods("", extra={"META-INF/manifest.xml": manifest}))
    assert [finding.code for finding in book.findings] == ["encrypted"]


def test_a_broken_xls_is_refused() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(9)
    )
    book = reading.read(data)
    assert (book.kind, [finding.code for finding in book.findings]) == ("xls", ["damaged"])


def test_an_archive_is_for_unpack_and_says_so() -> None:
    book = reading.read(archive([("甲.xlsx", typed("甲"))]))
    assert [finding.code for finding in book.findings] == ["format_zip"]
