"""How the charts of 汇报.pptx look beyond what python-pptx draws by itself."""

from typing import Any

from edu_sheet.summary.typeset.chart import COLORS, NO_BAR_NO_NUMBER, SIZE
from edu_sheet.summary.typeset.wordml import quoted


def paint(series: Any, font: str) -> None:
    """Give a series its colour, and its numbers one that can be read on it."""
    from pptx.dml.color import RGBColor

    bar, label = COLORS[series.name]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(bar)
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = NO_BAR_NO_NUMBER
    labels.number_format_is_linked = False
    _style_text(labels.font, font)
    labels.font.color.rgb = RGBColor.from_string(label)


def _style_text(font: Any, name: str) -> None:
    from pptx.util import Pt

    font.size, font.bold, font.name = Pt(SIZE), False, name


def add_chinese_font(root: Any, name: str) -> None:
    """Name the Chinese font beside the Latin one; python-pptx sets the latter only."""
    from pptx.oxml import parse_xml

    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for latin in list(root.iter(f"{{{main}}}latin")):
        latin.addnext(parse_xml(f'<a:ea xmlns:a="{main}" typeface={quoted(name)}/>'))


def number_axes(root: Any) -> None:
    """Give the axes positive ids; python-pptx's are negative, which the schema does not allow."""
    drawn = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    for one in root.iter(f"{drawn}axId", f"{drawn}crossAx"):
        one.set("val", one.get("val").removeprefix("-"))
