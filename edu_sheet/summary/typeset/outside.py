"""What in a Word template leads out of it: fetched or run by whoever opens the file.

A linked picture is fetched from its address each time that Word or LibreOffice opens the document,
by the office that made it and by everybody who gets it. What a template needs lies in it.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from edu_sheet.summary.typeset.wordml import escaped, quoted

if TYPE_CHECKING:
    from docx.document import Document

_HARMLESS = ("hyperlink",)  # shown as a link, opened by nobody but a person
_OWN_TEMPLATE = "attachedTemplate"
# What lies within and is run, or opened by another program; a chart's own workbook is neither.
_HELD = ("oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument")
_HREF = "{urn:schemas-microsoft-com:office:office}href"
_CHARTS = "/word/charts/"
_MACROS = re.compile("(?i)vba|macro")
_FIELD = re.compile(
    rb"(?i)\b(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|DATABASE)\b"
)
_INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|\bw:instr=\"([^\"]*)\"")
_ADDRESS = re.compile(rb"(?i)<v:[^>]*\s(?:src|o:href)=\"[^\"#]*[:\\/][^\"]*\"")


def without_own_template(document: "Document") -> None:
    """Cut a document off from the template that it was once made of: Word would fetch that."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    part = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    for name, one in [*part.rels.items()]:
        if one.reltype.endswith(f"/{_OWN_TEMPLATE}"):
            del part.rels[name]
    for element in [*document.settings.element.iter(qn(f"w:{_OWN_TEMPLATE}"))]:
        element.getparent().remove(element)


def leading_outside(document: "Document") -> str:
    """Return what leads out of a document in Chinese, "" if nothing does."""
    return next(_found(document), "")


def _found(document: "Document") -> Iterator[str]:
    package = document.part.package
    for part in package.iter_parts():
        if _MACROS.search(str(part.partname)) or _MACROS.search(part.content_type):
            yield "宏"
        for one in part.rels.values():
            kind = one.reltype.rpartition("/")[2]
            if kind in _HELD and not str(part.partname).startswith(_CHARTS):
                yield "嵌入的对象、控件或别的文档"
            if one.is_external and one.reltype.rpartition("/")[2] not in _HARMLESS:
                yield "链接到外面的图片或文件"
        blob = _as_written(part.blob)
        instructions = b"".join(first or second for first, second in _INSTRUCTION.findall(blob))
        if _FIELD.search(instructions) or _ADDRESS.search(blob):
            yield "从外面取内容的域或图片"
    for one in package.rels.values():
        if one.is_external:
            yield "链接到外面的图片或文件"


def _as_written(blob: bytes) -> bytes:
    """Return a part with its XML as every program writes it: UTF-8, one kind of quotation marks.

    Else an instruction could be spelt so that Word reads it, and we do not.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError:  # a picture, or what Word does not read either
        return blob
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fields = []
    for element in root.iter("{*}instrText", "{*}fldSimple"):
        said = element.get(f"{{{word}}}instr") or "".join(map(str, element.itertext()))
        fields.append(f"<w:instrText>{escaped(said)}</w:instrText>")
    for element in root.iter("{urn:schemas-microsoft-com:vml}*"):
        fields += [f"<v:x src={quoted(element.get(name, ''))}/>" for name in ("src", _HREF)]
    return etree.tostring(root, encoding="utf-8") + "".join(fields).encode("utf-8")
