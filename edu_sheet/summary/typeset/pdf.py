"""A Word document as PDF, through LibreOffice where it is installed."""

import io
import tempfile
import zipfile
from pathlib import Path

from edu_sheet.kit.office import find_office, run_office
from edu_sheet.words.errors import OutputError
from edu_sheet.words.step import AGAIN

_TIMEOUT = 300  # seconds
_BY_HAND = "可以用 Word 或 WPS 打开文档，“另存为”PDF"


def to_pdf(data: bytes, name: str) -> bytes:
    """Return a .docx as PDF bytes; `name` is told in messages.

    LibreOffice runs with a profile of its own, so that one that is open already is no hindrance.
    OutputError if it is missing, fails, or takes longer than five minutes.
    """
    program = find_office()
    if program is None:
        raise OutputError(
            f"没有找到 LibreOffice，{name} 不能转成 PDF",
            f"{_BY_HAND}；或安装 LibreOffice。",
            AGAIN,
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(_for_office(data))
        said = _run(program, Path(folder), source, name)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise OutputError(
                f"LibreOffice 没有转成 PDF：{name}" + (f"（{said}）" if said else ""),
                f"{_BY_HAND}；或关闭 LibreOffice。",
                AGAIN,
            )
        return made.read_bytes()


def _for_office(data: bytes) -> bytes:
    """Return the document with w:overflowPunct turned round.

    LibreOffice reads it so (writerfilter's DomainMapper takes 0 for "hanging"), and would let
    commas hang over the right margin.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xml"):
                part = part.replace(b'overflowPunct w:val="0"', b'overflowPunct w:val="1"')
            new.writestr(name, part)
    return target.getvalue()


def _run(program: Path, folder: Path, source: Path, name: str) -> str:
    try:
        said = run_office(program, folder, source, "pdf:writer_pdf_Export", _TIMEOUT)
    except OSError as error:
        raise OutputError(
            f"LibreOffice 不能运行（{error.strerror or error}）",
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
