"""The named styles of an official document, each with its values and its clause of GB/T 9704-2012.

Sizes are half-points (三号 = 32), lengths twentieths of a point; the values were measured, see
docs/gbt9704.md. A template's style of the same name wins over the one here.
"""

from dataclasses import dataclass, field

from edu_sheet.summary.typeset.wordml import tag
from edu_sheet.words.settings import Fonts

BODY_LINE = 579  # 22 lines on 225 mm; 580 would give 21
BODY_SPACING = -5  # 28 characters on 156 mm; −4 would give 27
TITLE_LINE = 660
RULE_SPACE = 7  # points from 发文字号 to the red line: 4 mm from its ink (7.2.7)
TABLE_LINE = 360
CELL_MARGIN = 85
CHARACTER = 320  # 三号, one character
SMALL_CHARACTER = 280  # 四号
RED = "FF0000"


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style. `font` and `latin` are fields of Fonts; `line` 0 is single spacing.

    What Word has a name of its own for bears that one, so that tables of contents and references
    find it, and ours beside it.
    """

    id: str
    name: str
    clause: str
    font: str = "body"
    latin: str = "latin"
    size: int = 32
    spacing: int = 0
    line: int = BODY_LINE
    after: int = 0
    align: str = "both"
    indent: dict[str, int] = field(default_factory=dict)
    color: str = ""
    outline: int | None = None
    keep_next: bool = False
    on_grid: bool = True
    widows: bool = False  # keep two lines together at a page's end, which breaks the 22 lines
    underlined: bool = False  # the red line below 发文字号
    built_in: str = ""  # Word's own name

    def xml(self, fonts: Fonts, *, own: bool = False) -> str:
        """Return the style as w:style, its elements in the schema's order.

        With `own` it bears our name alone: where Word's name means another style.
        """
        built_in = "" if own else self.built_in
        return tag(
            "style",
            tag("name", val=built_in or self.name),
            tag("aliases", val=self.name) if built_in else "",
            tag("basedOn", val="Normal"),
            tag("uiPriority", val=9) if built_in else "",
            tag("qFormat"),
            tag("pPr", *self._paragraph()),
            tag("rPr", *self._run(fonts)),
            type="paragraph",
            **({} if built_in else {"customStyle": 1}),
            styleId=self.id,
        )

    def _paragraph(self) -> list[str]:
        exact = {"line": self.line, "lineRule": "exact"}
        line = exact if self.line else {"line": 240, "lineRule": "auto"}
        rule = tag("bottom", val="single", sz=8, space=RULE_SPACE, color=RED)
        return [
            tag("keepNext") if self.keep_next else "",
            tag("widowControl", val=int(self.widows)),
            tag("pBdr", rule) if self.underlined else "",
            tag("overflowPunct", val=0),
            tag("autoSpaceDE", val=0),
            tag("autoSpaceDN", val=0),
            tag("snapToGrid", val=int(self.on_grid)),
            tag("spacing", before=0, after=self.after, **line),
            tag("ind", **self.indent) if self.indent else "",
            tag("jc", val=self.align),
            "" if self.outline is None else tag("outlineLvl", val=self.outline),
        ]

    def _run(self, fonts: Fonts) -> list[str]:
        latin, east = getattr(fonts, self.latin), getattr(fonts, self.font)
        return [
            tag("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin),
            tag("color", val=self.color) if self.color else "",
            tag("spacing", val=self.spacing) if self.spacing else "",
            tag("sz", val=self.size),
            tag("szCs", val=self.size),
        ]


def hanging(left: int, outdent: int) -> dict[str, int]:
    """Return a hanging indent in characters of 三号; the first line stands `outdent` further out.

    Word's leftChars says where the first line stands; its left, which LibreOffice takes, where the
    further ones do.
    """
    return {
        "leftChars": (left - outdent) * 100,
        "left": left * CHARACTER,
        "hangingChars": outdent * 100,
        "hanging": outdent * CHARACTER,
    }


def right(characters: float) -> dict[str, int]:
    """Return a right indent in characters of 三号."""
    return {"rightChars": round(characters * 100), "right": round(characters * CHARACTER)}


_FIRST_LINE = {"firstLineChars": 200, "firstLine": 2 * CHARACTER}

RED_HEAD = Style(
    "GwRedHead", "公文红头", "7.2.4", font="title", latin="title", size=100, line=0,
    align="center", color=RED, on_grid=False,
)  # fmt: skip
NUMBER = Style("GwNumber", "公文字号", "7.2.5", align="center", spacing=BODY_SPACING)
RULED_NUMBER = Style(
    "GwRuledNumber", "公文字号（红线）", "7.2.5、7.2.7",
    align="center", spacing=BODY_SPACING, underlined=True,
)  # fmt: skip
BLANK = Style("GwBlank", "公文空行", "5.2.3", keep_next=True)
TITLE = Style(
    "GwTitle", "公文标题", "7.3.1", font="title", size=44, line=TITLE_LINE,
    align="center", on_grid=False, keep_next=True,
)  # fmt: skip
ADDRESSEE = Style("GwAddressee", "公文主送机关", "7.3.2", spacing=BODY_SPACING)
BODY = Style("GwBody", "公文正文", "5.2.2、5.2.3、7.3.3", spacing=BODY_SPACING, indent=_FIRST_LINE)
HEADING1, HEADING2, HEADING3, HEADING4 = (
    Style(
        f"Heading{level + 1}", f"公文{name}级标题", "7.3.3", font=font,
        spacing=BODY_SPACING, indent=_FIRST_LINE, outline=level, keep_next=True,
        built_in=f"heading {level + 1}",
    )
    for level, (name, font) in enumerate(
        (("一", "heading1"), ("二", "heading2"), ("三", "body"), ("四", "body"))
    )
)  # fmt: skip
FIELD = Style(
    "GwField", "公文填写处", "7.3.3", spacing=BODY_SPACING, align="left", indent=_FIRST_LINE
)
SOURCE = Style(  # smaller: the name of a file and a cell on one line, and never torn
    "GwSource", "公文出处", "5.2.3", font="heading2", size=24, align="left",
    indent={"firstLine": 2 * CHARACTER}, widows=True,
)  # fmt: skip
FIGURE = Style("GwFigure", "公文图", "5.2.3", line=0, align="center", on_grid=False)
ATTACHMENT_NOTE = Style(
    "GwAttachmentNote", "公文附件说明", "7.3.4", spacing=BODY_SPACING,
    indent=hanging(6, 4), keep_next=True,
)  # fmt: skip
SIGNATURE = Style(
    "GwSignature", "公文署名", "7.3.5", spacing=BODY_SPACING,
    align="right", indent=right(4), keep_next=True,
)  # fmt: skip
DATE = Style(
    "GwDate", "公文成文日期", "7.3.5", spacing=BODY_SPACING, align="right", indent=right(4)
)
ATTACHMENT_MARK = Style(
    "GwAttachmentMark", "公文附件标记", "7.3.7", font="heading1", align="left", keep_next=True,
)  # fmt: skip
ATTACHMENT_TITLE = Style(
    "GwAttachmentTitle", "公文附件标题", "7.3.7", font="title", size=44, line=TITLE_LINE,
    after=BODY_LINE // 2, align="center", on_grid=False, keep_next=True,
)  # fmt: skip
TABLE_HEAD = Style(
    "GwTableHead", "公文表头", "8", font="heading1", size=24, line=TABLE_LINE,
    align="center", on_grid=False,
)  # fmt: skip
TABLE_TEXT = Style(
    "GwTableText",
    "公文表文",
    "8",
    size=24,
    line=TABLE_LINE,
    align="left",
    on_grid=False,
    widows=True,
)
TABLE_CENTRE = Style(
    "GwTableCentre",
    "公文表文（居中）",
    "8",
    size=24,
    line=TABLE_LINE,
    align="center",
    on_grid=False,
)
COLOPHON = Style("GwColophon", "公文版记", "7.4", size=28, line=480, on_grid=False)
PAGE_NUMBER = Style(
    "GwPageNumber", "公文页码", "7.5", font="sheet", latin="sheet", size=28, line=0,
    align="right", on_grid=False,
)  # fmt: skip
END = Style("GwEnd", "公文节末", "5.2.1", size=2, line=20, on_grid=False)

STYLES = (
    RED_HEAD, NUMBER, RULED_NUMBER, BLANK, TITLE, ADDRESSEE, BODY, HEADING1, HEADING2, HEADING3,
    HEADING4, FIELD, SOURCE, FIGURE, ATTACHMENT_NOTE, SIGNATURE, DATE, ATTACHMENT_MARK,
    ATTACHMENT_TITLE, TABLE_HEAD, TABLE_TEXT, TABLE_CENTRE, COLOPHON, PAGE_NUMBER, END,
)  # fmt: skip

SPEAKER_ID, SPEAKER_NAME = "GwSpeaker", "公文发言单位"
TABLE_ID, TABLE_NAME = "GwTable", "公文表格"


def speaker_xml(fonts: Fonts) -> str:
    """Return the character style of a unit's name before its words: 楷体."""
    return tag(
        "style",
        tag("name", val=SPEAKER_NAME),
        tag("qFormat"),
        tag("rPr", tag("rFonts", eastAsia=fonts.heading2)),
        type="character",
        customStyle=1,
        styleId=SPEAKER_ID,
    )


def table_xml() -> str:
    """Return the table style: single lines, narrow cell margins."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = tag(
        "tblBorders", *(tag(side, val="single", sz=4, space=0, color="auto") for side in sides)
    )
    margins = tag(
        "tblCellMar",
        tag("left", w=CELL_MARGIN, type="dxa"),
        tag("right", w=CELL_MARGIN, type="dxa"),
    )
    return tag(
        "style",
        tag("name", val=TABLE_NAME),
        tag("qFormat"),
        tag("tblPr", tag("tblInd", w=0, type="dxa"), borders, margins),
        type="table",
        customStyle=1,
        styleId=TABLE_ID,
    )
