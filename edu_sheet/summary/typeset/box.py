"""A floating text box: a shape for Word 2010 and newer and WPS, the old kind for what is older."""

from dataclasses import dataclass

from edu_sheet.summary.typeset.wordml import TWIP, quoted, tag


@dataclass(frozen=True, slots=True)
class Position:
    """Where a box stands on one axis, from margin or page: aligned, or that many twips away."""

    relative: str
    align: str = ""
    offset: int = 0

    def shape_xml(self, axis: str) -> str:
        """Return wp:positionH or wp:positionV."""
        inside = (
            f"<wp:align>{self.align}</wp:align>"
            if self.align
            else f"<wp:posOffset>{self.offset * TWIP}</wp:posOffset>"
        )
        return f'<wp:position{axis} relativeFrom="{self.relative}">{inside}</wp:position{axis}>'

    def old_style(self, axis: str, margin: str) -> str:
        """Return the same in the style of a VML shape."""
        where = f"mso-position-{axis}:{self.align};" if self.align else ""
        away = f"margin-{margin}:{self.offset / 20:g}pt"
        return f"{away};{where}mso-position-{axis}-relative:{self.relative}"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of `size` (width, height), in twips; `told` is what is read out in its place."""

    number: int
    name: str
    told: str
    size: tuple[int, int]
    horizontal: Position
    vertical: Position
    turned: bool = False  # its text runs downward


def text_box(box: Box, *content: str) -> str:
    """Return a run with the box and its paragraphs in it."""
    inside = tag("txbxContent", *content)
    drawing = tag("drawing", _anchored(box, _shape(box, inside)))
    return tag(
        "r",
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{tag('pict', _old_shape(box, inside))}</mc:Fallback></mc:AlternateContent>",
    )


def _extent(box: Box) -> str:
    width, height = (length * TWIP for length in box.size)
    return f'cx="{width}" cy="{height}"'


def _shape(box: Box, inside: str) -> str:
    direction = "vert" if box.turned else "horz"
    return (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {_extent(box)}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx>"
        f"{inside}</wps:txbx>"
        f'<wps:bodyPr rot="0" vert="{direction}" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        ' anchor="t" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _anchored(box: Box, shape: str) -> str:
    return (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f"{box.horizontal.shape_xml('H')}{box.vertical.shape_xml('V')}<wp:extent {_extent(box)}/>"
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{box.number}" name={quoted(box.name)} descr={quoted(box.told)}/>'
        "<wp:cNvGraphicFramePr/>"
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingShape">{shape}</a:graphicData></a:graphic></wp:anchor>'
    )


def _old_shape(box: Box, inside: str) -> str:
    width, height = box.size
    style = ";".join(
        (
            "position:absolute",
            f"width:{width / 20:g}pt",
            f"height:{height / 20:g}pt",
            "z-index:251659264",
            box.horizontal.old_style("horizontal", "left"),
            box.vertical.old_style("vertical", "top"),
        )
    )
    flow = ' style="layout-flow:vertical"' if box.turned else ""
    return (
        f'<v:rect alt={quoted(box.told)} style="{style}" filled="f" stroked="f">'
        f'<v:textbox{flow} inset="0,0,0,0">{inside}</v:textbox></v:rect>'
    )
