"""A Word document as PDF, through LibreOffice where it is installed.

Its lines break as in Word: LibreOffice reads the document, a few words of what it read are put
right, and it prints that.
"""

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from edu_sheet.kit.office import find_office, run_office
from edu_sheet.kit.refused import why
from edu_sheet.words.errors import OutputError
from edu_sheet.words.step import AGAIN

_TIMEOUT = 300  # seconds, for each of the two steps
_BY_HAND = "可以用 Word 或 WPS 打开文档，“另存为”PDF"
_READ = "odt"
# With the blank page that stands before an even one, or printing on both sides goes wrong.
_PRINTED = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
# What LibreOffice makes of the document's autoSpaceDE (a gap beside digits) and overflowPunct (a
# comma over the margin), which it does not read or reads the wrong way round.
_STYLES = (
    (b'style:text-autospace="ideograph-alpha"', b'style:text-autospace="none"'),
    (b'style:punctuation-wrap="hanging"', b'style:punctuation-wrap="simple"'),
)
# It holds 4、5、6 and 3②，2022 together, and tears the line before it; Word breaks behind each.
_LIST = re.compile("(?:(?<=[0-9]、)|(?<=[①-⑳][、，]))(?=[0-9])")
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BOX = "custom-shape"
_PAGE = re.compile(rb"/Type\s*/Page\b")
_BREAK = "\u200b"


def to_pdf(data: bytes, name: str) -> bytes:
    """Return a .docx as PDF bytes; `name` is told in messages.

    LibreOffice runs with a profile of its own, so that one that is open already is no hindrance.
    OutputError if it is missing, fails, or takes longer than five minutes for a step.
    """
    program = find_office()
    if program is None:
        raise OutputError(
            f"没有找到 LibreOffice，{name} 不能转成 PDF",
            f"{_BY_HAND}；或安装 LibreOffice。",
            AGAIN,
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(data)
        read = _converted(program, source, _READ, name)
        read.write_bytes(_as_word_breaks(read.read_bytes()))
        return _converted(program, read, _PRINTED, name).read_bytes()


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF of `to_pdf` has; 0 where that cannot be told."""
    return len(_PAGE.findall(pdf))


def _converted(program: Path, source: Path, kind: str, name: str) -> Path:
    """Return the file that LibreOffice makes of the source, beside it."""
    said = _run(program, source, kind, name)
    made = source.with_suffix(f".{kind.partition(':')[0]}")
    if not made.exists():
        raise OutputError(
            f"LibreOffice 没有转成 PDF：{name}" + (f"（{said}）" if said else ""),
            f"{_BY_HAND}；或关闭 LibreOffice。",
            AGAIN,
        )
    return made


def _as_word_breaks(data: bytes) -> bytes:
    """Return an OpenDocument text that breaks its lines where Word breaks them."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename in ("content.xml", "styles.xml"):
                for before, after in _STYLES:
                    content = content.replace(before, after)
                content = _without_doubles(_LIST.sub(_BREAK, content.decode()).encode())
            new.writestr(part, content)
    return target.getvalue()


def _without_doubles(xml: bytes) -> bytes:
    """Return the XML without the frames that repeat the text of a box beside them.

    LibreOffice 7.4 writes some boxes of page headers twice.
    """
    from lxml import etree

    if _BOX.encode() not in xml:
        return xml
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for box in root.iter(f"{_DRAW}{_BOX}"):
        parent, said = box.getparent(), _paragraphs(box)
        for frame in [] if parent is None else parent.findall(f"{_DRAW}frame"):
            inside = frame.find(f"{_DRAW}text-box")
            if said and inside is not None and _paragraphs(inside) == said:
                _take_out(frame)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _take_out(element: Any) -> None:
    """Remove an element, but not the text behind it."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def _paragraphs(element: Any) -> list[str]:
    return ["".join(one.itertext()) for one in element.findall(f"{_TEXT}p")]


def _run(program: Path, source: Path, kind: str, name: str) -> str:
    try:
        said = run_office(program, source.parent, source, kind, _TIMEOUT)
    except OSError as error:
        raise OutputError(
            f"LibreOffice 不能运行（{why(error)}）",
            f"{_BY_HAND}；或检查 {program}，重新安装 LibreOffice。",
            AGAIN,
        ) from error
    if said is None:
        raise OutputError(
            f"LibreOffice 超过 {_TIMEOUT // 60} 分钟没有转完 {name}",
            f"{_BY_HAND}；或等电脑不忙时。",
            AGAIN,
        )
    return said
