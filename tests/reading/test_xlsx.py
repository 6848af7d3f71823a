"""xlsx: every value as it was typed, whatever the XML around it looks like."""

import io
from datetime import UTC, datetime

import pytest

from edu_sheet import reading
from edu_sheet.words.book import Book, Cell, CellKind
from edu_sheet.words.place import Place
from tests.support.workbooks import Xlsx, inline, relations, styles, typed


def _read(made: Xlsx) -> Book:
    book = reading.read(made.make())
    assert book.readable, book.findings
    return book


def _cell(made: Xlsx, row: int = 1, column: int = 1) -> Cell:
    return _read(made).sheets[0].cells[row, column]


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize(
    ("written", "text", "removed"),
    [
        ("①摸底\n②培训", "①摸底\n②培训", ""),
        ("甲\r\n乙", "甲\n乙", ""),
        ("甲_x000D_\n乙_x000D_丙", "甲\n乙\n丙", ""),
        ("_x005F_x000D_", "_x000D_", ""),
        ("_x005F_x005F_", "_x005F_", ""),
        ("_x0041_ 与 _x00zz_", "A 与 _x00zz_", ""),
        ("  前后空格  ", "  前后空格  ", ""),
        ("𠮷家坪 𪚥", "𠮷家坪 𪚥", ""),
        ("_xD842__xDFB7_家坪", "𠮷家坪", ""),
        ("=1+1", "=1+1", ""),
        ("甲_x000B_乙", "甲乙", "U+000B"),
        ("甲_xD800_乙_xFFFE__xFFFF_", "甲乙", "U+D800 U+FFFE U+FFFF"),
        ("甲&#11;乙", "甲乙", "U+000B"),
        ("甲&#xD800;乙&#65535;", "甲乙", "U+D800 U+FFFF"),
        ("甲&#10;乙&#x7532;", "甲\n乙甲", ""),
        ("&lt;c r=&quot;A1&quot; /&gt;", '<c r="A1" />', ""),
        ('<![CDATA[<c r="A9"/>]]>', '<c r="A9"/>', ""),
        ("右至左\u202e与零宽\u200b都在", "右至左\u202e与零宽\u200b都在", ""),
        ("甲\u0085乙", "甲乙", "U+0085"),
    ],
)
def test_a_text_is_read_as_it_was_typed(written: str, text: str, removed: str) -> None:
    cell = _cell(Xlsx(data=inline(written)))
    assert (cell.text, cell.removed, cell.kind) == (text, removed, CellKind.TEXT)


@pytest.mark.parametrize(
    ("raw", "removed"),
    [(b"\x01", "U+0001"), (b"\xef\xbf\xbf", "U+FFFF"), (b"\xed\xa0\x80", "U+D800")],
)
def test_bytes_that_xml_forbids_are_removed_and_named(raw: bytes, removed: str) -> None:
    data = inline("甲§乙").encode().replace("§".encode(), raw)
    cell = _cell(Xlsx(data=data))
    assert (cell.text, cell.removed) == ("甲乙", removed)


def test_the_longest_text_of_a_cell_is_whole() -> None:
    text = "字" * 32_767
    assert _cell(Xlsx(data=inline(text))).text == text


def test_blanks_that_only_look_filled_are_kept() -> None:
    assert _cell(Xlsx(data=inline(" \u3000\n"))).text == " \u3000\n"


def test_a_part_in_utf16_is_read() -> None:
    made = Xlsx(data=inline("甲"))
    part = "xl/worksheets/sheet1.xml"
    sheet = dict(made.members())[part]
    assert isinstance(sheet, bytes)
    made.parts[part] = sheet.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert _cell(made).text == "甲"


RICH = (
    "<si><r><t>甲</t></r><r><rPr><strike/></rPr><t>乙</t></r></si>"
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>'
    '<si><r><rPr><strike val="0"/></rPr><t>丙</t></r></si><si/><si><t></t></si>'
)


def _shared(number: int, style: int = 0) -> str:
    return f'<row r="1"><c r="A1" t="s" s="{style}"><v>{number}</v></c></row>'


def test_runs_are_joined_phonetic_ones_left_out_and_strikethrough_is_told() -> None:
    assert _cell(Xlsx(data=_shared(0), strings=RICH)) == Cell("甲乙", struck=True)
    assert _cell(Xlsx(data=_shared(1), strings=RICH)) == Cell("東京")


def test_the_cells_own_font_strikes_through_what_no_run_decides() -> None:
    struck = styles("0", struck=True)
    assert _cell(Xlsx(data=_shared(1, 1), strings=RICH, styles=struck)).struck
    assert not _cell(Xlsx(data=_shared(2, 1), strings=RICH, styles=struck)).struck


def test_a_cell_of_an_empty_string_is_empty() -> None:
    for number in (3, 4):
        assert _read(Xlsx(data=_shared(number), strings=RICH)).sheets[0].cells == {}


# ---------------------------------------------------------------- other values


def _value(value: str, attrs: str = "") -> str:
    return f'<row r="1"><c r="A1" {attrs}>{value}</c></row>'


CHINESE_DATE = 'yyyy"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("value", "attrs", "text", "kind"),
    [
        ("<v>44925</v>", "", "44925", "number"),
        ("<v>44925</v>", 's="1"', "2022年12月30日", "date"),
        ("<v>0.85</v>", 's="2"', "85%", "percent"),
        ("<v>1E-2</v>", "", "0.01", "number"),
        ("<v>1</v>", 't="b"', "TRUE", "boolean"),
        ("<v>0</v>", 't="b"', "FALSE", "boolean"),
        ("<v>#NAME?</v>", 't="e"', "#NAME?", "error"),
        ("<v>甲_x000D_</v>", 't="str"', "甲\n", "text"),
        ("<v>2022-12-30T00:00:00.000</v>", 't="d"', "2022/12/30", "date"),
        ("<v>1_0</v>", "", "1_0", "text"),
        ("<v>nan</v>", "", "nan", "text"),
    ],
)
def test_a_value_is_shown_by_its_format(value: str, attrs: str, text: str, kind: str) -> None:
    made = Xlsx(data=_value(value, attrs), styles=styles(CHINESE_DATE, "0%"))
    assert _cell(made) == Cell(text, CellKind(kind))


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    made = Xlsx(
        data=_value("<v>43463</v>", 's="1"'), styles=styles("yyyy/m/d"), properties='date1904="1"'
    )
    assert _cell(made).text == "2022/12/30"


def test_a_formula_gives_its_cached_value_or_else_its_own_text() -> None:
    assert _cell(Xlsx(data=_value("<f>1+1</f><v>2</v>"))) == Cell(
        "2", CellKind.NUMBER, formula="1+1"
    )
    for empty in ("", "<v></v>", "<v/>"):
        assert _cell(Xlsx(data=_value(f"<f>已完成80%</f>{empty}"))) == Cell(
            "=已完成80%", formula="已完成80%", cached=False
        )
    assert _cell(Xlsx(data=_value("<f>A2</f><v></v>", 't="str"'))) == Cell("", formula="A2")


def test_a_shared_formula_is_told_for_each_of_its_cells() -> None:
    data = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    )
    cells = _read(Xlsx(data=data)).sheets[0].cells
    assert cells[1, 1] == Cell("4", CellKind.NUMBER, formula="B1*2")
    assert cells[2, 1] == Cell("=B2*2", formula="B2*2", cached=False)


def test_missing_styles_are_a_warning_and_the_texts_are_read() -> None:
    book = _read(Xlsx(data=_value("<v>44925</v>", 's="3"') + inline("甲", "A2")))
    assert book.sheets[0].text(2, 1) == "甲"
    assert [finding.code for finding in book.findings] == ["styles_missing"]


# ---------------------------------------------------------------- the sheet


def test_only_cells_that_hold_something_are_kept() -> None:
    data = '<row r="3"><c r="B3" s="1"/><c r="C3" s="1"></c><c r="D3"><v></v></c></row>'
    assert _read(Xlsx(data=data + inline("甲", "A5"))).sheets[0].cells == {(5, 1): Cell("甲")}


def test_cells_without_a_place_follow_each_other() -> None:
    row = "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
    cells = _read(Xlsx(data=row * 2)).sheets[0].cells
    assert {where: cell.text for where, cell in cells.items()} == {
        (1, 1): "1",
        (1, 3): "2",
        (2, 1): "1",
        (2, 3): "2",
    }


def test_cells_without_a_place_are_found_beside_blank_ones_that_have_one() -> None:
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'
    made = Xlsx(
        data='<row r="1"><c r="A1" s="1"/>'
        + text.format("乙")
        + "</row><row>"
        + text.format("丙")
        + '<c r="B2" s="1"/><c r="C2" t="inlineStr"><is><t>丁</t></is></c></row>'
        + '<row><c r="D7" s="1"/>'
        + text.format("戊")
        + "</row>",
        styles=styles("0"),
    )
    cells = _read(made).sheets[0].cells
    assert {where: cell.text for where, cell in cells.items()} == {
        (1, 2): "乙",
        (2, 1): "丙",
        (2, 3): "丁",
        (7, 5): "戊",
    }


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='A1'><is><t>甲</t></is></c>",
        "<c r='A1' t='str'><is><t>甲</t></is></c>",
        "<c r='A1' t='s'><is><t>甲</t></is></c>",
        "<c r='A1' t='inlineStr'><v>甲</v></c>",
    ],
)
def test_a_text_inside_the_sheet_is_read_whatever_its_type_is_said_to_be(cell: str) -> None:
    assert _cell(Xlsx(data=f'<row r="1">{cell}</row>')) == Cell("甲")


def test_a_text_comes_with_the_words_that_its_format_puts_around_it() -> None:
    struck = Xlsx(
        data='<row r="1"><c r="A1" s="1" t="s"><v>0</v></c>'
        '<c r="B1" s="1" t="inlineStr"><is><t>四项</t></is></c></row>',
        strings="<si><t>三项</t></si>",
        styles=styles('"已完成"@'),
    )
    assert [cell.text for cell in _read(struck).sheets[0].cells.values()] == [
        "已完成三项",
        "已完成四项",
    ]


def test_styles_that_are_no_xml_are_a_warning_and_the_texts_are_read() -> None:
    made = Xlsx(data=inline("甲"), styles=styles("0"), parts={"xl/styles.xml": "<styleSheet"})
    book = _read(made)
    assert book.sheets[0].text(1, 1) == "甲"
    assert [one.code for one in book.findings] == ["styles_missing"]


def test_properties_that_are_no_xml_are_a_warning_and_the_texts_are_read() -> None:
    for core, custom in ((b"", "<a/>"), ("<a", "<a/>"), ("<a/>", b"\x00\x01")):
        made = Xlsx(
            data=inline("甲"),
            root_relations={
                "rId2": ("custom-properties", "docProps/custom.xml"),
                "rId3": ("metadata/core-properties", "docProps/core.xml"),
            },
            parts={"docProps/custom.xml": custom, "docProps/core.xml": core},
        )
        book = _read(made)
        assert book.sheets[0].text(1, 1) == "甲"
        assert [one.code for one in book.findings] == ["properties_damaged"]


@pytest.mark.parametrize(
    "target",
    ["../drawings/NULL", "../comments9.xml", "file:///C:/表/批注.xml", "C:\\表\\批注.xml"],
)
@pytest.mark.parametrize("kind", ["comments", "drawing", "vmlDrawing"])
def test_comments_and_drawings_that_the_file_lacks_are_a_warning(kind: str, target: str) -> None:
    book = _read(Xlsx(data=inline("甲"), sheet_relations={"r1": (kind, target)}))
    assert book.sheets[0].text(1, 1) == "甲"
    assert [(one.code, one.place) for one in book.findings] == [
        ("objects_missing", Place("填报表"))
    ]


def test_targets_may_be_written_with_backslashes() -> None:
    made = Xlsx(
        data=inline("甲"),
        sheet_relations={"r1": ("comments", "..\\comments1.xml")},
        parts={
            "xl\\comments1.xml": '<comments><commentList><comment ref="A1"><text><t>批注</t></text>'
            "</comment></commentList></comments>"
        },
    )
    assert [thing.text for thing in _read(made).sheets[0].objects] == ["批注"]


def test_strict_namespaces_and_prefixes_are_read() -> None:
    assert _cell(Xlsx(data=inline("甲"), strict=True)).text == "甲"
    part = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert _cell(Xlsx(parts={"xl/worksheets/sheet1.xml": part})).text == "甲"


def test_merges_and_hidden_rows_and_columns_are_told() -> None:
    made = Xlsx(
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>',
        data='<row r="4" hidden="1"><c r="A4"><v>1</v></c></row>',
        tail='<mergeCells><mergeCell ref="D7:D8"/></mergeCells>',
    )
    sheet = _read(made).sheets[0]
    assert sheet.merges == ((7, 4, 8, 4),)
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_columns == {2, 3, 5}


def test_sheets_come_in_order_with_their_names_and_states() -> None:
    made = Xlsx(data=inline("甲"))
    sheet = dict(made.members())["xl/worksheets/sheet1.xml"]
    for number, state in ((2, "hidden"), (3, "veryHidden")):
        made.parts[f"xl/worksheets/sheet{number}.xml"] = sheet
        made.book_relations[f"rId{number}"] = ("worksheet", f"/xl/worksheets/sheet{number}.xml")
        made.book += (
            f'<sheets><sheet name="甲{number}" state="{state}" r:id="rId{number}"/></sheets>'
        )
    assert [(found.name, found.state) for found in _read(made).sheets] == [
        ("填报表", "visible"),
        ("甲2", "hidden"),
        ("甲3", "veryHidden"),
    ]


def test_names_properties_and_the_time_of_saving_are_read() -> None:
    custom = (
        '<Properties xmlns:vt="v"><property name="edu-sheet"><vt:lpwstr>令_x000D_牌</vt:lpwstr>'
        "</property></Properties>"
    )
    core = '<c xmlns:dcterms="d"><dcterms:modified>2022-12-05T08:00:00Z</dcterms:modified></c>'
    made = Xlsx(
        data=inline("甲"),
        book='<definedNames><definedName name="n">"a""b"</definedName>'
        '<definedName name="cell">填报表!$A$1</definedName></definedNames>',
        root_relations={
            "rId2": ("custom-properties", "docProps/custom.xml"),
            "rId3": ("metadata/core-properties", "docProps/core.xml"),
        },
        parts={"docProps/custom.xml": custom, "docProps/core.xml": core},
    )
    book = _read(made)
    assert book.names == {"n": 'a"b'}
    assert book.properties == {"edu-sheet": "令\n牌"}
    assert book.modified == datetime(2022, 12, 5, 8, tzinfo=UTC)


def test_macros_and_links_to_other_files_are_told_and_left_alone() -> None:
    made = Xlsx(
        data=inline("甲"),
        book_relations={
            "rId4": ("vbaProject", "vbaProject.bin"),
            "rId5": ("externalLink", "externalLinks/externalLink1.xml"),
        },
        parts={
            "xl/vbaProject.bin": b"x",
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
                {"rId1": ("externalLinkPath", "external:file:///C:/x.xlsx")}
            ),
        },
    )
    assert [finding.code for finding in _read(made).findings] == ["macro", "external_link"]


# ---------------------------------------------------------------- other readers


def test_the_readers_agree_on_a_real_workbook() -> None:
    import openpyxl
    import python_calamine
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("填报表")
    texts = ("①\n②", " 空格 ", "_x000D_ 与 _x0041_", "𠮷", "=不是公式", "tab\t后", "甲" * 5_000)
    for row, text in enumerate(texts):
        sheet.write_string(row, row % 3, text)
    for row, number in enumerate((1, 2.5, 12345678901, -3)):
        sheet.write_number(row, 5, number)
    book.close()
    data = stream.getvalue()
    ours = {where: cell.text for where, cell in reading.read(data).sheets[0].cells.items()}
    loaded = openpyxl.load_workbook(io.BytesIO(data))
    theirs = {
        (cell.row, cell.column): str(cell.value)
        for row in loaded["填报表"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    calamine = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0)
    third = {
        (row, column): str(int(value) if isinstance(value, float) and value % 1 == 0 else value)
        for row, values in enumerate(calamine.to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }
    assert ours == theirs
    assert ours == third


def test_a_plain_form_needs_no_heavy_import() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from edu_sheet import reading; reading.read(sys.stdin.buffer.read())\n"
        "print(sorted({'openpyxl', 'pandas', 'lxml', 'xlrd', 'olefile', 'msoffcrypto'}"
        " & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=typed("甲"), capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
