"""A deck as a PowerPoint file: nothing runs off a slide, long lists go on on the next."""

import io
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from edu_sheet.kit.clock import chinese_date
from edu_sheet.kit.pieces import pieces
from edu_sheet.kit.row_height import lines
from edu_sheet.rules.closings import CLOSED
from edu_sheet.rules.lights import COLOURS
from edu_sheet.summary.content.content import Chart, Paragraph
from edu_sheet.summary.content.slides import Deck, Item, Slide
from edu_sheet.summary.typeset.chart import workbook
from edu_sheet.summary.typeset.package import undated
from edu_sheet.summary.typeset.slide_chart import add_chinese_font, number_axes, paint
from edu_sheet.words.plan import Light
from edu_sheet.words.settings import Fonts

_WIDTH, _HEIGHT = 960, 540  # points: 16:9
_LEFT, _TOP, _WIDE, _TALL = 48, 104, 864, 384  # of the text
_SIZE, _LINE, _AFTER = 20, 30, 8  # points: of the text, a line, below a paragraph
# In characters of a column: a little less than there is, for programs break lines each their way.
_MEASURED = _WIDE * 0.94 * 96 / 72 / 7
_MOST = (_TALL - _AFTER) // _LINE  # lines of a slide
_FEW = 4  # lines of a paragraph that may stand at the foot of a slide
_CHART = 200  # points that a chart needs below the text
_CONTINUED = "（续）"
_DARK, _RED, _BLUE = "262626", "C00000", "4472C4"
_UNFILLED = "A6A6A6"


def render_slides(deck: Deck, fonts: Fonts, made: datetime) -> bytes:
    """Return the deck as .pptx bytes; the same deck and moment give the same bytes."""
    from pptx import Presentation

    book = Presentation()
    _widen(book)
    _add_title(book, deck, fonts)
    for slide in deck.slides:
        for shown in paged(slide):
            _add(book, shown, fonts, made)
    properties = book.core_properties
    properties.title, properties.author = deck.name, deck.issuer
    properties.last_modified_by, properties.revision = "edu-sheet", 1
    properties.created = properties.modified = made.replace(tzinfo=None)
    target = io.BytesIO()
    book.save(target)
    return undated(target.getvalue())


def paged(slide: Slide) -> Iterator[Slide]:
    """Yield the slide, or the slides that it takes: a chart stands below the first one's text."""
    most = _MOST - (_lines_of(_CHART) if slide.chart else 0)
    begun: list[Item] = []
    title, chart = slide.title, slide.chart
    waiting = deque(slide.items)
    while waiting:
        now, *later = _cut(waiting.popleft(), most - _taken(begun), most)
        waiting.extendleft(reversed(later))
        if begun and _taken([*begun, now]) > most:
            yield Slide(title, tuple(begun), chart)
            title, chart, most = slide.title + _CONTINUED, None, _MOST
            waiting.appendleft(now)
            begun = []
        else:
            begun.append(now)
    yield Slide(title, tuple(begun), chart)


def _lines_of(points: float) -> int:
    return int(-(-points // _LINE))


def _taken(items: Iterable[Item]) -> float:
    """Return how many lines some paragraphs take, the room between them included."""
    return sum(_count(one.said.speaker + one.said.text) + _AFTER / _LINE for one in items)


def _count(text: str) -> int:
    return lines(text, _MEASURED, _SIZE)


def _cut(item: Item, room: float, most: int) -> tuple[Item, ...]:
    """Return a paragraph whole, or its beginning, that fills the room left, and the rest.

    Only what is long is cut, and where a few lines of it can stand: else it begins a new slide.
    """
    said = item.said
    whole = said.speaker + said.text
    height = _count(whole) + _AFTER / _LINE
    if height <= room or height <= most / 2 or (room < _FEW and height <= most):
        return (item,)
    fill = int(room if room >= _FEW else most) - 1

    def full(rest: str) -> int:
        ends = range(1, len(rest) + 1)
        return max(1, bisect_right(ends, fill, key=lambda end: _count(rest[:end])))

    first = pieces(whole, full)[0]
    head = len(said.speaker)
    if len(first) <= head or first == whole:
        return (item,)
    more = replace(said, text=whole[len(first) :], speaker="")
    return replace(item, said=replace(said, text=first[head:])), replace(item, said=more)


# ---------------------------------------------------------------- shapes


def _widen(book: Any) -> None:
    """Make the slides, and the layouts for those that a person adds, 16:9."""
    from pptx.util import Pt

    wide, tall = Pt(_WIDTH) / book.slide_width, Pt(_HEIGHT) / book.slide_height
    book.slide_width, book.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
    for holder in (book.slide_master, *book.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.xfrm is None:
                continue  # it stands where its master's does
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width = round(left * wide), round(width * wide)
            shape.top, shape.height = round(top * tall), round(height * tall)


def _add_title(book: Any, deck: Deck, fonts: Fonts) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    slide = book.slides.add_slide(book.slide_layouts[0])
    title, below = slide.placeholders
    _place(title, _LEFT, 120, _WIDE, 190)
    _place(below, _LEFT, 350, _WIDE, 90)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    size = min(40, int(_WIDE * 0.96 / max(map(len, deck.title))))
    said = [deck.issuer, *([chinese_date(deck.dated)] if deck.dated else [])]
    for shape, texts, points, font in (
        (title, deck.title, size, fonts.title),
        (below, said, 24, fonts.heading2),
    ):
        for number, text in enumerate(texts):
            frame = shape.text_frame
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.CENTER
            _write(paragraph, text, (font, fonts.latin), points, _RED if shape is title else _DARK)
    slide.notes_slide.notes_text_frame.text = "来源：各单位报送的填报表和分工方案.xlsx"


def _add(book: Any, shown: Slide, fonts: Fonts, made: datetime) -> None:
    slide = book.slides.add_slide(book.slide_layouts[5])
    _add_heading(slide, shown.title, fonts)
    tall = round(_taken(shown.items) * _LINE)
    if shown.items:
        frame = slide.shapes.add_textbox(*_points(_LEFT, _TOP, _WIDE, tall)).text_frame
        _fill(frame, [one.said for one in shown.items], fonts)
    if shown.chart:
        top = _TOP + tall + _AFTER
        _add_chart(slide, shown.chart, (top, _TOP + _TALL - top), fonts, made)
    _number(slide)
    sources = dict.fromkeys(line for one in shown.items for line in one.source.split("\n") if line)
    slide.notes_slide.notes_text_frame.text = "\n".join(sources)


def _add_heading(slide: Any, text: str, fonts: Fonts) -> None:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    title = slide.shapes.title
    _place(title, _LEFT, 28, _WIDE, 56)
    _margins(title.text_frame)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _write(paragraph, text, (fonts.heading1, fonts.latin), 32, _RED)
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_points(_LEFT, 88, _WIDE, 2))
    rule.fill.solid()
    rule.fill.fore_color.rgb = _colour(_RED)
    rule.line.fill.background()
    rule.shadow.inherit = False
    rule._element.nvSpPr.cNvPr.set("descr", "标题下的红线")


def _fill(frame: Any, texts: Iterable[Paragraph], fonts: Fonts) -> None:
    from pptx.util import Pt

    frame.word_wrap = True
    _margins(frame)
    for number, said in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.line_spacing, paragraph.space_after = Pt(_LINE), Pt(_AFTER)
        if said.speaker:
            names = (fonts.heading1, fonts.latin)
            _write(paragraph, said.speaker, names, _SIZE, _DARK)
        _write(paragraph, said.text, (fonts.body, fonts.latin), _SIZE, _DARK)


def _add_chart(
    slide: Any, chart: Chart, place: tuple[float, float], fonts: Fonts, made: datetime
) -> None:
    """Add a native chart: a bar a state in its colour, or a stack of series a category."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

    data = CategoryChartData(number_format="0")
    data.categories = chart.categories
    for name, values in chart.series:
        data.add_series(name, values)
    alone = len(chart.series) == 1
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if alone else XL_CHART_TYPE.COLUMN_STACKED
    frame = slide.shapes.add_chart(kind, *_points(_LEFT, place[0], _WIDE, place[1]), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.title)
    drawn = frame.chart
    drawn.has_title = True
    drawn.chart_title.text_frame.text = chart.title
    for font in (drawn.chart_title.text_frame.paragraphs[0].runs[0].font, drawn.font):
        _look(font, fonts.body, 16)
    drawn.has_legend = not alone
    if not alone:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.plots[0].gap_width = 60
    _paint(drawn.plots[0], chart, fonts)
    add_chinese_font(drawn._chartSpace, fonts.body)
    number_axes(drawn._chartSpace)
    drawn.part.chart_workbook.update_from_xlsx_blob(workbook(chart, made))


def _paint(plot: Any, chart: Chart, fonts: Fonts) -> None:
    """Give a single series its states' colours, several the colours of the summary's chart."""
    from pptx.util import Pt

    if len(chart.series) > 1:
        for series in plot.series:
            paint(series, fonts.body)
            series.data_labels.font.size = Pt(14)
        return
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0;;;", False
    plot.data_labels.show_value = True
    colours = {light.value: colour.removeprefix("#") for light, colour in COLOURS.items()}
    colours[CLOSED] = colours[Light.DONE.value]
    for number, name in enumerate(chart.categories):
        fill = plot.series[0].points[number].format.fill
        fill.solid()
        fill.fore_color.rgb = _colour(colours.get(name, _UNFILLED))


def _number(slide: Any) -> None:
    """Add the slide's number, which stays right where a person adds or moves slides."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml

    box = slide.shapes.add_textbox(*_points(_LEFT + _WIDE - 96, 500, 96, 24))
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    number = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    paragraph._p.append(
        parse_xml(
            f'<a:fld xmlns:a="{main}" id="{number}" type="slidenum">'
            '<a:rPr lang="zh-CN" sz="1400"/><a:t>‹#›</a:t></a:fld>'
        )
    )


def _write(paragraph: Any, text: str, names: tuple[str, str], size: float, colour: str) -> None:
    """Add a run; `names` are the fonts of Chinese and of Latin letters."""
    run = paragraph.add_run()
    run.text = text
    _look(run.font, names[1], size)
    run.font.color.rgb = _colour(colour)
    add_chinese_font(run._r, names[0])


def _look(font: Any, name: str, size: float) -> None:
    from pptx.util import Pt

    font.name, font.size, font.bold = name, Pt(size), False


def _colour(name: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(name)


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _points(left, top, width, height)


def _margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _points(*values: float) -> tuple[Any, ...]:
    from pptx.util import Pt

    return tuple(Pt(value) for value in values)
