"""The empty document that everything is written into: parts, settings and styles of our own.

python-docx's own template is for Word 2010 in English, with coloured headings and theme fonts.
"""

import io
import zipfile

from edu_sheet.summary.typeset.page import section_xml
from edu_sheet.summary.typeset.styles import STYLES, speaker_xml, table_xml
from edu_sheet.summary.typeset.typefaces import font_table
from edu_sheet.summary.typeset.wordml import NAMESPACES, tag
from edu_sheet.words.settings import Fonts

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office/word"


_APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>edu-sheet</Application></Properties>"
)


def empty_document(fonts: Fonts, body: str = "") -> bytes:
    """Return a document with the named styles, and a body of one portrait section."""
    section = section_xml(landscape=False)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            {"officeDocument": "word/document.xml", "extended-properties": "docProps/app.xml"}
        ),
        "docProps/app.xml": _APPLICATION,
        "word/_rels/document.xml.rels": _relations(
            {name: f"{name}.xml" for name in ("styles", "settings", "fontTable")}
        ),
        "word/document.xml": _root("document", tag("body", body, section)),
        "word/styles.xml": _root("styles", styles_xml(fonts)),
        "word/settings.xml": _root("settings", _settings()),
        "word/fontTable.xml": _root("fonts", font_table(fonts)),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), _HEAD + text)
    return target.getvalue()


def styles_xml(fonts: Fonts) -> str:
    """Return the children of w:styles: defaults, the built-in ones that are used, and ours."""
    defaults = tag(
        "rPr",
        tag(
            "rFonts",
            ascii=fonts.latin,
            hAnsi=fonts.latin,
            eastAsia=fonts.body,
            cs=fonts.latin,
        ),
        tag("kern", val=2),
        tag("sz", val=32),
        tag("szCs", val=32),
        tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    normal = tag(
        "style",
        tag("name", val="Normal"),
        tag("qFormat"),
        tag("pPr", tag("widowControl", val=0), tag("jc", val="both")),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    table = tag(
        "style",
        tag("name", val="Normal Table"),
        tag("uiPriority", val=99),
        tag("semiHidden"),
        tag("unhideWhenUsed"),
        tag("tblPr", tag("tblInd", w=0, type="dxa")),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    return "".join(
        (
            tag("docDefaults", tag("rPrDefault", defaults), tag("pPrDefault")),
            normal,
            table,
            *(style.xml(fonts) for style in STYLES),
            speaker_xml(fonts),
            table_xml(),
        )
    )


def _settings() -> str:
    compatible = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
    }
    return "".join(
        (
            tag("zoom", percent=100),
            tag("bordersDoNotSurroundHeader"),
            tag("bordersDoNotSurroundFooter"),
            tag("defaultTabStop", val=420),
            tag("evenAndOddHeaders"),
            tag("drawingGridVerticalSpacing", val=156),
            tag("characterSpacingControl", val="doNotCompress"),
            tag(
                "compat",
                tag("spaceForUL"),
                tag("doNotLeaveBackslashAlone"),
                tag("ulTrailSpace"),
                tag("adjustLineHeightInTable"),
                tag("useFELayout"),
                *(
                    tag("compatSetting", name=name, uri=_MICROSOFT, val=value)
                    for name, value in compatible.items()
                ),
            ),
            tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
        )
    )


def _root(name: str, inside: str) -> str:
    return f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"


def _relations(targets: dict[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'


def _content_types() -> str:
    kinds = {"document": f"{_WORD}.document.main+xml"}
    kinds |= {name: f"{_WORD}.{name}+xml" for name in ("styles", "settings", "fontTable")}
    application = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
            for name, kind in kinds.items()
        )
        + f'<Override PartName="/docProps/app.xml" ContentType="{application}"/>'
        + "</Types>"
    )
