"""A Word file whose styles, page, headers and fixed text a document takes.

The template's styles win over those of the same name here. A paragraph that holds one mark alone,
{{文首}} (red head to addressee), {{正文}} or {{文末}} (attachments' list, signature, attachments,
版记), gives way to that part; {{标题}}, {{期次}}, {{发文字号}}, {{主送}}, {{署名}} and {{成文日期}}
may stand anywhere: in the fixed text, its tables and text boxes, in page headers and footers.
Without {{正文}} the template's text is left out.
"""

import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.kit.files import read_file, reporting
from edu_sheet.kit.reader.reader import StoppedError, asked
from edu_sheet.summary.typeset import styles
from edu_sheet.summary.typeset.base import empty_document
from edu_sheet.summary.typeset.outside import leading_outside, without_own_template
from edu_sheet.summary.typeset.page import section_xml
from edu_sheet.summary.typeset.wordml import NAMESPACES, paragraph, quoted, run
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.settings import Fonts

if TYPE_CHECKING:
    from docx.document import Document

FRONT, BODY, BACK = "{{文首}}", "{{正文}}", "{{文末}}"
VALUES = ("{{标题}}", "{{期次}}", "{{发文字号}}", "{{主送}}", "{{署名}}", "{{成文日期}}")
_MARK = re.compile(r"\{\{[^{}]{1,20}\}\}")
_AS_DOCX = "请用 Word 或 WPS 另存为“Word 文档（*.docx）”后重试，也可以不用自己的模板。"
_STYLE_ID = re.compile(r'(<w:(?:p|r|tbl)Style w:val=)"([^"]*)"')
_TOP = re.compile("<w:(?:p|tbl)(?=>)")


def shipped_template() -> bytes:
    """Return the template that comes with the program: the named styles and the three marks."""
    marks = "".join(paragraph(styles.BODY.id, run(mark)) for mark in (FRONT, BODY, BACK))
    return empty_document(Fonts(), marks)


def open_template(path: Path) -> "Document":
    """Return the Word document; EduSheetError if it is missing or none, or leads out of itself.

    Others may have made it: it is opened in the reader first. What takes too long there, or too
    much, is not opened here.
    """
    with reporting(path):
        if not path.is_file():
            raise EduSheetError(f"找不到模板 {path}", "请检查文件名和所在的文件夹。")
        data = read_file(path)
    try:
        asked(opens, data, path.name)
    except StoppedError:
        raise EduSheetError(
            f"模板 {path.name} 打开它需要的时间或内存超过限度，没有采用", _AS_DOCX
        ) from None
    return _opened(data, path.name)


def opens(data: bytes, name: str) -> bool:
    """Return that a template opens; EduSheetError as `open_template` raises it."""
    return _opened(data, name) is not None


def _opened(data: bytes, name: str) -> "Document":
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    broken: tuple[type[Exception], ...] = (PackageNotFoundError, *DAMAGED)
    try:
        document = Document(io.BytesIO(data))
        _ = document.styles, document.settings, document.element.body.sectPr
    except broken:
        raise EduSheetError(f"模板 {name} 不是能打开的 Word 文档", _AS_DOCX) from None
    without_own_template(document)
    if what := leading_outside(document):
        raise EduSheetError(
            f"模板 {name} 里有{what}，打开它时会被取来或运行，没有采用",
            "请在 Word 或 WPS 里把链接的图片改成插入的图片，去掉宏和链接，"
            "另存为“Word 文档（*.docx）”后重试。",
        )
    return document


def add_missing_styles(document: "Document", fonts: Fonts) -> dict[str, str]:
    """Add the named styles that a template lacks; return our style ids with those it uses."""
    from docx.oxml.parser import parse_xml

    ids = _style_ids(document)
    taken = set(ids.values())
    normal = ids.get("Normal", "Normal")
    used: dict[str, str] = {}
    for name, own_id, write in _own_styles(fonts, ids):
        if name in ids:
            used[own_id] = ids[name]
            continue
        free = own_id if own_id not in taken else f"{own_id}Edu"
        written = write().replace(f'w:styleId="{own_id}"', f'w:styleId="{free}" {NAMESPACES}', 1)
        written = written.replace('w:val="Normal"', f'w:val="{normal}"', 1)
        document.styles.element.append(parse_xml(written))
        used[own_id] = free
    return used


def _style_ids(document: "Document") -> dict[str, str]:
    """Return the ids of a document's styles by their names, and by the other names they go by."""
    from docx.oxml.ns import qn

    ids: dict[str, str] = {}
    for style in document.styles.element.style_lst:
        aliases = style.find(qn("w:aliases"))
        others = "" if aliases is None else aliases.get(qn("w:val"), "")
        for name in (style.name_val or "", *others.split(",")):
            ids.setdefault(name.strip(), style.styleId)
    return ids


def _own_styles(
    fonts: Fonts, there: Collection[str]
) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Yield the name and id of each style of ours, and what writes it beside those that are there.

    A template's heading 1 that does not go by our name is another one: as a rule Word's blue.
    """
    for style in styles.STYLES:
        yield style.name, style.id, partial(style.xml, fonts, own=style.built_in in there)
    yield styles.SPEAKER_NAME, styles.SPEAKER_ID, partial(styles.speaker_xml, fonts)
    yield styles.TABLE_NAME, styles.TABLE_ID, styles.table_xml


def style_warnings(document: "Document") -> tuple[str, ...]:
    """Return a warning if the template lacks named styles, before they are added."""
    present = _style_ids(document)
    missing = [style.name for style in styles.STYLES if style.name not in present]
    if not missing:
        return ()
    shown = "、".join(missing[:3]) + ("等" if len(missing) > 3 else "")
    return (f"模板里没有样式“{shown}”（共{len(missing)}个），已按公文格式国家标准补上。",)


def text_warnings(document: "Document") -> tuple[str, ...]:
    """Return a warning if the template's text has to be left out, and one for marks left as is."""
    parts = _paragraphs(document)
    texts = [_text(element) for element in parts]
    left_out = BODY not in texts and any(texts)
    told = []
    if left_out:
        told.append(
            f"模板里没有单独成段的 {BODY}，只采用了它的样式、页面和页眉页脚，没有采用文字。"
        )
    giving_way = {id(one) for one in parts if _text(one) in (FRONT, BODY, BACK)}
    fixed = (one for one in _fixed(document, in_body=not left_out) if id(one) not in giving_way)
    marks = dict.fromkeys(mark for one in fixed for mark in _MARK.findall(_text(one)))
    if unknown := [mark for mark in marks if mark not in VALUES]:
        told.append(
            f"模板里的 {'、'.join(unknown)} 照原样印出：{FRONT}、{BODY}、{BACK} "
            f"要在正文里单独成段，其他地方可以写 {'、'.join(VALUES)}。"
        )
    return tuple(told)


def portrait_section(document: "Document") -> str:
    """Return the template's own section as w:sectPr, a portrait one of ours if it has none."""
    from lxml import etree

    section = document.element.body.sectPr
    if section is None:
        return section_xml(landscape=False)
    return etree.tostring(section, encoding="unicode")


def place(document: "Document", parts: dict[str, list[Any]], values: dict[str, str]) -> None:
    """Put the parts' elements in the places of their marks, and the values into the fixed text.

    A part without a mark goes to the start (文首) or to the end (文末); without {{正文}} the parts
    are all there is. The last part's last element is the last section's w:sectPr.
    """
    body = document.element.body
    last_section = parts[BACK].pop()
    if body.sectPr is not None:
        body.remove(body.sectPr)
    marks = {_text(element): element for element in _paragraphs(document)}
    if BODY not in marks:
        body.clear()
        marks = {}
    _fill_in(document, values)
    for mark, elements in parts.items():
        if (found := marks.get(mark)) is not None:
            for element in elements:
                found.addprevious(element)
            body.remove(found)
        elif mark == FRONT:
            body[:0] = elements
        else:
            body.extend(elements)
    body.append(last_section)


def _fill_in(document: "Document", values: dict[str, str]) -> None:
    """Write the values over their marks; Word may have cut a mark over several runs."""
    for element in _fixed(document):
        text = _text(element)
        if "{{" not in text:
            continue
        filled = text
        for mark, value in values.items():
            filled = filled.replace(mark, value)
        if filled != text:
            first, *rest = _pieces(element)
            first.text = filled
            for later in rest:
                later.text = ""


def _paragraphs(document: "Document") -> list[Any]:
    from docx.oxml.ns import qn

    return list(document.element.body.iterchildren(qn("w:p")))


def _fixed(document: "Document", *, in_body: bool = True) -> Iterator[Any]:
    """Yield every paragraph of a template: of its text with tables and boxes, headers, footers."""
    from docx.oxml.ns import qn
    from docx.parts.hdrftr import FooterPart, HeaderPart

    beside = (HeaderPart, FooterPart)
    parts = document.part.package.iter_parts()
    roots = [document.element.body] if in_body else []
    for root in (*roots, *(part.element for part in parts if isinstance(part, beside))):
        yield from root.iter(qn("w:p"))


def _text(element: Any) -> str:
    return "".join(part.text or "" for part in _pieces(element)).strip()


def _pieces(element: Any) -> list[Any]:
    """Return the pieces of a paragraph's own text, without those of a box that hangs on it."""
    from docx.oxml.ns import qn

    return [
        one
        for one in element.iter(qn("w:t"))
        if next(one.iterancestors(qn("w:p")), None) is element
    ]


def finishing(document: "Document", used: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that adapts our XML to a template; `used` maps our style ids to its own."""
    from docx.oxml.ns import nsmap

    own_ids = any(own != theirs for own, theirs in used.items())
    own_prefix = document.element.body.nsmap.get("w") != nsmap["w"]

    def finish(xml: str) -> str:
        if own_ids:
            xml = _STYLE_ID.sub(lambda one: f"{one[1]}{quoted(used[one[2]])}", xml)
        if own_prefix:
            xml = _TOP.sub(rf'\g<0> xmlns:w="{nsmap["w"]}"', xml)
        return xml

    return finish
