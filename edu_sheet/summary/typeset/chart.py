"""A native chart, which Word can edit: its XML, and by XlsxWriter the workbook that it shows.

It is written as text, as the document is: python-pptx, which draws those of 汇报.pptx, would take
a quarter of the whole command to load.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from edu_sheet.summary.content.content import Chart
from edu_sheet.summary.typeset.wordml import NAMESPACES, TWIP, escaped, quoted, tag

if TYPE_CHECKING:
    from docx.document import Document

COLORS = {  # of the bar, and of the number on it
    "按时报送": ("4472C4", "FFFFFF"),
    "迟报": ("FFC000", "000000"),
    "待核实": ("7F7F7F", "FFFFFF"),
    "未报": ("C00000", "FFFFFF"),
}
SIZE = 10.5  # pt
NO_BAR_NO_NUMBER = "0;;;"  # a number's format
_WIDTH = 8200  # twentieths of a point
_HEIGHT_OF_BAR, _HEIGHT_OF_REST = 310, 860
_FEWEST = 4  # bars: of a lower chart LibreOffice leaves out the name of one in three
_SHEET = "Sheet1"  # XlsxWriter's name
_WORKBOOK = "rId1"  # the chart's only relation
_CATEGORIES, _VALUES = 2068027336, 2113994440  # ids of the axes: any two numbers
_TICKS = '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
_AXES = (
    f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
    # The first category stands on top.
    f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
    f'<c:delete val="0"/><c:axPos val="l"/>{_TICKS}<c:crossAx val="{_VALUES}"/>'
    '<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
    # Or a program leaves out names of bars for which it sees no room.
    '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling/><c:delete/><c:axPos val="b"/>{_TICKS}'
    f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/></c:valAx>'
)


def add_chart(document: "Document", chart: Chart, number: int, font: str, made: datetime) -> str:
    """Add the chart's parts to the document and return the run that shows it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook(chart, made),
        package,
    )
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        _chart_xml(chart, font).encode(),
        package,
    )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    part.rels.add_relationship(f"{kinds}/package", book, _WORKBOOK)
    shown = document.part.relate_to(part, f"{kinds}/chart")
    width, height = _WIDTH * TWIP, _height(chart) * TWIP
    return tag(
        "r",
        tag(
            "drawing",
            '<wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{100 + number}" name="图{number}" descr={quoted(chart.title)}/>'
            "<wp:cNvGraphicFramePr/><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{shown}"/></a:graphicData></a:graphic></wp:inline>',
        ),
    )


def _height(chart: Chart) -> int:
    return _HEIGHT_OF_BAR * max(_FEWEST, len(chart.categories)) + _HEIGHT_OF_REST


def _chart_xml(chart: Chart, font: str) -> str:
    """Return the chart part: horizontal stacked bars."""
    series = "".join(
        _series(chart, place, name, values, font)
        for place, (name, values) in enumerate(chart.series)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:chart><c:title><c:tx><c:rich>'
        f"<a:bodyPr/><a:lstStyle/><a:p><a:r>{_look('rPr', font)}<a:t>{escaped(chart.title)}</a:t>"
        '</a:r></a:p></c:rich></c:tx><c:layout/><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="stacked"/>{series}<c:gapWidth val="25"/><c:overlap val="100"/>{_AXES}'
        '</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:txPr>{_text_of_all(font)}</c:txPr>'
        f'<c:externalData r:id="{_WORKBOOK}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _series(chart: Chart, place: int, name: str, values: Sequence[int], font: str) -> str:
    """Return the bars of one name, each with its number: cells of the workbook's next column."""
    bar, label = COLORS[name]
    column, last = chr(ord("B") + place), 1 + len(values)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx>{_texts(f'${column}$1', [name])}</c:tx><c:spPr>{_fill(bar)}</c:spPr>"
        f'<c:dLbls><c:numFmt formatCode="{NO_BAR_NO_NUMBER}" sourceLinked="0"/>'
        f"<c:txPr>{_text_of_all(font, _fill(label))}</c:txPr>"
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        '<c:showLeaderLines val="1"/></c:dLbls>'
        f"<c:cat>{_texts(f'$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>0</c:formatCode>{_points(map(str, values))}</c:numCache></c:numRef></c:val>"
        "</c:ser>"
    )


def _texts(cells: str, texts: Sequence[str]) -> str:
    points = _points(map(escaped, texts))
    return f"<c:strRef><c:f>{_SHEET}!{cells}</c:f><c:strCache>{points}</c:strCache></c:strRef>"


def _points(written: Iterable[str]) -> str:
    points = [f'<c:pt idx="{at}"><c:v>{one}</c:v></c:pt>' for at, one in enumerate(written)]
    return f'<c:ptCount val="{len(points)}"/>{"".join(points)}'


def _text_of_all(font: str, fill: str = "") -> str:
    look = _look("defRPr", font, fill)
    return f"<a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr></a:p>"


def _look(name: str, font: str, fill: str = "") -> str:
    """Return the properties of text: its size and its fonts, the Latin and the Chinese one."""
    face = quoted(font)
    fonts = f"<a:latin typeface={face}/><a:ea typeface={face}/>"
    return f'<a:{name} sz="{round(SIZE * 100)}" b="0">{fill}{fonts}</a:{name}>'


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def workbook(chart: Chart, made: datetime) -> bytes:
    """Return the workbook that Word opens for "edit data"; its cells are those the XML names."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        sheet = book.add_worksheet()
        sheet.write_column(1, 0, chart.categories)
        for column, (name, values) in enumerate(chart.series, 1):
            sheet.write_string(0, column, name)
            sheet.write_column(1, column, values)
    return target.getvalue()
