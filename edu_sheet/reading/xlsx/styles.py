"""styles.xml: by which format a cell shows its number, and whether its font is struck through."""

from dataclasses import dataclass, field

from edu_sheet.reading.markup import Names
from edu_sheet.reading.number_format import BUILT_IN
from edu_sheet.reading.values import truth
from edu_sheet.reading.xlsx.colour import WHITE, colour

_CODE = 256  # characters of a number format that Excel takes


@dataclass(frozen=True, slots=True)
class Style:
    """What of a cell's style changes what a person reads."""

    code: str = "General"
    struck: bool = False
    ink: str = ""  # the colour of its texts, "" where it names none
    ground: str = WHITE  # the colour behind them

    @property
    def unseen(self) -> bool:
        """Whether its texts have the colour of what is behind them."""
        return self.ink == self.ground


@dataclass(slots=True)
class Styles:
    """A target for the events of styles.xml. An index that it does not hold is no style."""

    codes: dict[int, str] = field(default_factory=dict)
    struck_fonts: list[bool] = field(default_factory=list)
    inks: list[str] = field(default_factory=list)  # of each font
    grounds: list[str] = field(default_factory=list)  # of each fill
    formats: list[tuple[int, int, int]] = field(default_factory=list)  # of cellXfs: and fill
    _inside: str = ""
    _local: Names = field(default_factory=Names)
    _known: dict[str, Style] = field(default_factory=dict)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take what counts: numFmt, font, strike and the xf of cellXfs."""
        name = self._local[tag]
        if name in ("numFmts", "fonts", "fills", "cellXfs", "dxfs", "cellStyleXfs", "extLst"):
            self._inside = name
        elif name == "numFmt" and self._inside == "numFmts":
            code = attrs.get("formatCode", "General")
            self.codes[_number(attrs.get("numFmtId"))] = code if len(code) < _CODE else "General"
        elif self._inside == "fonts" and name == "font":
            self.struck_fonts.append(False)
            self.inks.append("")
        elif self._inside == "fonts" and name == "color" and self.inks:
            self.inks[-1] = colour(attrs)
        elif self._inside == "fills":
            self._start_fill(name, attrs)
        elif self._inside == "fonts" and name == "strike" and self.struck_fonts:
            self.struck_fonts[-1] = truth(attrs.get("val", "1"))
        elif name == "xf" and self._inside == "cellXfs":
            number, font, fill = (
                _number(attrs.get(f"{what}Id")) for what in ("numFmt", "font", "fill")
            )
            self.formats.append((number, font, fill))

    def end(self, tag: str) -> None:
        """Leave a list."""
        if self._local[tag] == self._inside:
            self._inside = ""

    def _start_fill(self, name: str, attrs: dict[str, str]) -> None:
        if name == "fill":
            self.grounds.append(WHITE)
        elif name == "patternFill" and self.grounds:
            solid = attrs.get("patternType") == "solid"
            self.grounds[-1] = "" if solid else WHITE
        elif name == "fgColor" and self.grounds and not self.grounds[-1]:
            self.grounds[-1] = colour(attrs)

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
        code, font, fill = self.formats[int(index)]
        struck = font < len(self.struck_fonts) and self.struck_fonts[font]
        ink = self.inks[font] if font < len(self.inks) else ""
        ground = self.grounds[fill] if fill < len(self.grounds) else WHITE
        shown = self.codes.get(code) or BUILT_IN.get(code, "General")
        return Style(shown, struck, ink, ground)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
