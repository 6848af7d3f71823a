"""The styles of a form as XML."""

from collections.abc import Sequence
from functools import lru_cache

from edu_sheet.form.grid import Style
from edu_sheet.kit.spreadsheet_xml import HEAD, MAIN, attribute

_TEXT = 49  # the format of texts, @, among those that every program has
_USUAL = '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'  # columns are as wide
_NO_FILLS = tuple(f'<fill><patternFill patternType="{one}"/></fill>' for one in ("none", "gray125"))
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_SIDES = "".join(
    f'<{side} style="thin"><color rgb="FF7F7F7F"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
_ALIGNED = {"vcenter": "center"}
_PLAIN = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'


@lru_cache(maxsize=64)  # of the units' forms many have the same
def styles_xml(font: str, styles: Sequence[Style]) -> str:
    """Return the styles of a workbook in that font; the first of them has number 1."""
    fonts, fills = [_USUAL], [*_NO_FILLS]
    formats = [f'{_PLAIN} xfId="0"/>']
    for style in styles:
        own = _place(_font(font, style), fonts)
        fill = _place(_fill(style.fill), fills) if style.fill else 0
        formats.append(_format(style, own, fill))
    borders = f"{_NO_BORDER}<border>{_SIDES}<diagonal/></border>"
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts>'
        f'<fills count="{len(fills)}">{"".join(fills)}</fills>'
        f'<borders count="2">{borders}</borders>'
        f'<cellStyleXfs count="1">{_PLAIN}/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _place(xml: str, among: list[str]) -> int:
    if xml not in among:
        among.append(xml)
    return among.index(xml)


def _font(name: str, style: Style) -> str:
    bold = "<b/>" if style.bold else ""
    return (
        f'<font>{bold}<sz val="{style.size:g}"/><name val="{attribute(name)}"/>'
        '<family val="2"/></font>'
    )


def _fill(colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _format(style: Style, font: int, fill: int) -> str:
    number, applied, locked = 0, "", ""
    if style.unlocked:
        number, locked = _TEXT, '<protection locked="0"/>'
        applied = ' applyNumberFormat="1" applyProtection="1"'
    vertical = _ALIGNED.get(style.valign, style.valign)
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{int(style.border)}"'
        f' xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"{applied}>'
        f'<alignment horizontal="{style.align}" vertical="{vertical}" wrapText="1"/>{locked}</xf>'
    )
