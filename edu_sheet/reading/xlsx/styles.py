"""styles.xml: by which format a cell shows its number, and whether its font is struck through."""

from dataclasses import dataclass, field

from edu_sheet.reading.markup import Names
from edu_sheet.reading.number_format import BUILT_IN
from edu_sheet.reading.values import truth

_CODE = 256  # characters of a number format that Excel takes


@dataclass(frozen=True, slots=True)
class Style:
    """What of a cell's style changes what a person reads."""

    code: str = "General"
    struck: bool = False


@dataclass(slots=True)
class Styles:
    """A target for the events of styles.xml. An index that it does not hold is no style."""

    codes: dict[int, str] = field(default_factory=dict)
    struck_fonts: list[bool] = field(default_factory=list)
    formats: list[tuple[int, int]] = field(default_factory=list)  # of cellXfs: format, font
    _inside: str = ""
    _local: Names = field(default_factory=Names)
    _known: dict[str, Style] = field(default_factory=dict)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take what counts: numFmt, font, strike and the xf of cellXfs."""
        name = self._local[tag]
        if name in ("numFmts", "fonts", "cellXfs", "dxfs", "cellStyleXfs", "extLst"):
            self._inside = name
        elif name == "numFmt" and self._inside == "numFmts":
            code = attrs.get("formatCode", "General")
            self.codes[_number(attrs.get("numFmtId"))] = code if len(code) < _CODE else "General"
        elif self._inside == "fonts" and name == "font":
            self.struck_fonts.append(False)
        elif self._inside == "fonts" and name == "strike" and self.struck_fonts:
            self.struck_fonts[-1] = truth(attrs.get("val", "1"))
        elif name == "xf" and self._inside == "cellXfs":
            self.formats.append((_number(attrs.get("numFmtId")), _number(attrs.get("fontId"))))

    def end(self, tag: str) -> None:
        """Leave a list."""
        if self._local[tag] == self._inside:
            self._inside = ""

    def data(self, _text: str) -> None:
        """Styles have no text."""

    def get(self, index: str) -> Style | None:
        """Return the style of a cell's `s`, None where styles.xml has none of that number."""
        style = self._known.get(index)
        if style is None and (style := self._of(index)):
            self._known[index] = style  # what is no style is not kept: there may be any number
        return style

    def _of(self, index: str) -> Style | None:
        if not index.isascii() or not index.isdigit() or int(index[:9]) >= len(self.formats):
            return None
        code, font = self.formats[int(index)]
        struck = 0 <= font < len(self.struck_fonts) and self.struck_fonts[font]
        return Style(self.codes.get(code) or BUILT_IN.get(code, "General"), struck)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
