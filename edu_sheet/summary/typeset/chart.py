"""A native chart, which Word can edit: python-pptx writes its XML, XlsxWriter its workbook."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from edu_sheet.summary.content.content import Chart
from edu_sheet.summary.typeset.wordml import NAMESPACES, TWIP, tag

if TYPE_CHECKING:
    from docx.document import Document

_WIDTH = 8200  # twentieths of a point
_HEIGHT_OF_BAR, _HEIGHT_OF_REST = 310, 860
_FEWEST = 3  # bars: of a lower chart LibreOffice leaves out names of bars
_COLORS = {  # of the bar, and of the number on it
    "按时报送": ("4472C4", "FFFFFF"),
    "迟报": ("FFC000", "000000"),
    "待核实": ("7F7F7F", "FFFFFF"),
    "未报": ("C00000", "FFFFFF"),
}
_SIZE = 10.5  # pt


def add_chart(document: "Document", chart: Chart, number: int, font: str, made: datetime) -> str:
    """Add the chart's parts to the document and return the run that shows it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part, XmlPart
    from docx.oxml.parser import parse_xml

    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook(chart, made),
        package,
    )
    root = _chart_xml(chart, font)
    part = XmlPart(
        PackURI(f"/word/charts/chart{number}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        root,
        package,
    )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    root.append(parse_xml(_external_data(part.relate_to(book, f"{kinds}/package"))))
    shown = document.part.relate_to(part, f"{kinds}/chart")
    width, height = _WIDTH * TWIP, _height(chart) * TWIP
    return tag(
        "r",
        tag(
            "drawing",
            '<wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{100 + number}" name="图{number}" descr={quoteattr(chart.title)}/>'
            "<wp:cNvGraphicFramePr/><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{shown}"/></a:graphicData></a:graphic></wp:inline>',
        ),
    )


def _height(chart: Chart) -> int:
    return _HEIGHT_OF_BAR * max(_FEWEST, len(chart.categories)) + _HEIGHT_OF_REST


def _external_data(relation: str) -> str:
    return (
        f'<c:externalData {NAMESPACES} r:id="{relation}"><c:autoUpdate val="0"/></c:externalData>'
    )


def _chart_xml(chart: Chart, font: str) -> Any:
    """Return the root of the chart part: horizontal stacked bars, the first category on top."""
    from pptx.chart.chart import Chart as ChartProxy
    from pptx.chart.data import CategoryChartData
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.oxml import parse_xml

    data = CategoryChartData(number_format="0")
    data.categories = chart.categories
    for name, values in chart.series:
        data.add_series(name, values)
    kind = XL_CHART_TYPE.BAR_STACKED
    root = parse_xml(ChartXmlWriter(kind, data).xml.encode())
    proxy = ChartProxy(root, None)
    proxy.has_title = True
    proxy.chart_title.text_frame.text = chart.title
    _style_text(proxy.chart_title.text_frame.paragraphs[0].runs[0].font, font)
    _style_text(proxy.font, font)
    proxy.has_legend = True
    proxy.legend.position = XL_LEGEND_POSITION.BOTTOM
    proxy.legend.include_in_layout = False
    proxy.category_axis.reverse_order = True
    proxy.category_axis.has_major_gridlines = False
    proxy.value_axis.visible = False
    proxy.value_axis.has_major_gridlines = False
    plot = proxy.plots[0]
    plot.gap_width, plot.overlap = 25, 100
    for series in plot.series:
        paint(series, font)
    add_chinese_font(root, font)
    number_axes(root)
    _label_every_bar(root)
    return root


def _label_every_bar(root: Any) -> None:
    """Keep a program from leaving out names of bars for which it sees no room."""
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    for axis in root.iter(f"{drawn}catAx"):
        skip = axis.makeelement(f"{drawn}tickLblSkip", {"val": "1"})
        axis.find(f"{drawn}noMultiLvlLbl").addprevious(skip)


def paint(series: Any, font: str) -> None:
    """Give a series its colour, and its numbers one that can be read on it."""
    from pptx.dml.color import RGBColor

    bar, label = _COLORS[series.name]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(bar)
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = "0;;;"  # a bar of no length bears no number
    labels.number_format_is_linked = False
    _style_text(labels.font, font)
    labels.font.color.rgb = RGBColor.from_string(label)


def _style_text(font: Any, name: str) -> None:
    from pptx.util import Pt

    font.size, font.bold, font.name = Pt(_SIZE), False, name


def add_chinese_font(root: Any, name: str) -> None:
    """Name the Chinese font beside the Latin one; python-pptx sets the latter only."""
    from pptx.oxml import parse_xml

    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for latin in list(root.iter(f"{{{main}}}latin")):
        latin.addnext(parse_xml(f'<a:ea xmlns:a="{main}" typeface={quoteattr(name)}/>'))


def number_axes(root: Any) -> None:
    """Give the axes positive ids; python-pptx's are negative, which the schema does not allow."""
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    for one in root.iter(f"{drawn}axId", f"{drawn}crossAx"):
        one.set("val", one.get("val").removeprefix("-"))


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
