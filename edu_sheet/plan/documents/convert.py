"""Documents of other kinds (.doc, .xls, .wps, .html) → .docx or .xlsx, by LibreOffice."""

import re
import tempfile
from pathlib import Path, PurePath

from edu_sheet.kit.office import find_office, run_office
from edu_sheet.kit.refused import why
from edu_sheet.words.errors import PlanError
from edu_sheet.words.step import Step, Verb

_INTO = {
    ".doc": ("docx", ""),
    ".wps": ("docx", ""),
    ".rtf": ("docx", ""),
    ".odt": ("docx", ""),
    ".htm": ("docx", "HTML (StarWriter)"),
    ".html": ("docx", "HTML (StarWriter)"),
    ".mht": ("docx", ""),
    ".xls": ("xlsx", ""),
    ".et": ("xlsx", ""),
    ".ods": ("xlsx", ""),
}
_KNOWN = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<", b"\xef\xbb\xbf<")  # Office's own, RTF, a page
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4096  # bytes in which a file of no known kind shows that it is no text either
_ROW = re.compile(rb"<tr\b", re.IGNORECASE)
_MOST_ROWS = 5_000  # of a page; no plan has as many
_SECONDS = 90
_BY_HAND = "请用 Word、Excel 或 WPS 打开，另存为 {kind} 后重试"


def converted(data: bytes, name: str) -> tuple[bytes, str]:
    """Return a document as .docx or .xlsx, with its new name; others as they are.

    LibreOffice runs with a profile of its own and for a limited time. PlanError if it is not there,
    or cannot do it.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _INTO or data.startswith(b"PK"):
        return data, name
    kind, reader = _INTO[suffix]
    if suffix in (".wps", ".et") and not data.startswith(_KNOWN):
        # LibreOffice would take it for plain text and give a page of signs.
        raise _refused(f"{name} 是很早版本的 WPS 文件（或已损坏），不能直接读取", name, kind)
    if b"\0" in data[:_HEAD] and not data.startswith((*_KNOWN, *_UTF_16)):
        raise _refused(f"{name} 打不开：文件已损坏，或不是 {suffix} 文件", name, kind)
    if suffix in (".htm", ".html") and len(_ROW.findall(data)) > _MOST_ROWS:
        # LibreOffice takes minutes over them, each inside the one before where none is closed.
        raise _refused(f"{name} 里的表格超过 {_MOST_ROWS} 行，不像是分工方案", name, kind)
    program = find_office()
    if program is None:
        raise _refused(
            f"{name} 是 {suffix} 格式，这台电脑没有 LibreOffice，不能直接读取", name, kind
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(data)
        options = [f"--infilter={reader}"] if reader else []
        try:
            run_office(program, Path(folder), source, kind, _SECONDS, options)
        except OSError as error:
            raise _refused(f"{name}：LibreOffice 不能运行（{why(error)}）", name, kind) from error
        made = source.with_suffix(f".{kind}")
        if not made.exists():
            raise _refused(
                f"{name} 是 {suffix} 格式，没有转换成功（文件可能已损坏或加了密码）", name, kind
            )
        return made.read_bytes(), f"{PurePath(name).stem}.{kind}"


def _refused(message: str, name: str, kind: str) -> PlanError:
    said = _BY_HAND.format(kind=f".{kind}")
    return PlanError(
        message, f"{said}。", Step(Verb.CREATE, file=Path(name).with_suffix(f".{kind}"))
    )
