"""成果: what lies there of a period, by numbers, and each as pages to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from edu_sheet.kit.beneath import is_link, listed, read_plain
from edu_sheet.kit.files import reporting, sha256
from edu_sheet.store.workspace import Workspace, find_workspace
from edu_sheet.words.errors import OutputError
from edu_sheet.words.period import Period
from edu_sheet.words.step import AGAIN

_DOCUMENTS = (".xlsx", ".docx", ".pptx", ".pdf")
_SUPERVISION = "督办单"
_SECONDS = 180.0  # for LibreOffice


class OutputKind(StrEnum):
    """What a file in 成果 is; a person's version and the one beside it are both of it."""

    MASTER = "master"
    SUMMARY = "summary"  # 季度总结, 调度通报
    FULL_TEXTS = "full_texts"
    SLIDES = "slides"
    SUPERVISION = "supervision"
    OTHER = "other"  # a lead's material, or a person's own


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file in 成果; its number is the same as long as its name is."""

    number: int
    kind: OutputKind
    path: Path

    @property
    def program(self) -> str:
        """What opens it: Excel, Word, PowerPoint; "" for a PDF."""
        endings = {".xlsx": "Excel", ".docx": "Word", ".pptx": "PowerPoint"}
        return endings.get(self.path.suffix.lower(), "")


def output_files(folder: Path, period: Period) -> tuple[OutputFile, ...]:
    """Return the documents that lie in 成果 of a period, by kind and name; no link is followed."""
    workspace = find_workspace(folder)
    found = [
        OutputFile(int(sha256(place.encode())[:12], 16), _kind(place), base / place)
        for base in [workspace.results(period)]
        for place in _documents(workspace, base)
    ]
    order = list(OutputKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.path.name)))


def output_bytes(folder: Path, period: Period, number: int) -> tuple[OutputFile, bytes]:
    """Return a document by its number, and what it holds; OutputError if it is gone."""
    one = output_file(folder, period, number)
    with reporting(one.path):
        return one, read_plain(one.path, find_workspace(folder).root)


def output_file(folder: Path, period: Period, number: int) -> OutputFile:
    """Return a document by its number; OutputError if it is gone."""
    for one in output_files(folder, period):
        if one.number == number:
            return one
    raise OutputError("这个文件已经不在“成果”里了", "请再生成一次，或看看是不是移到了别处。")


def output_pages(folder: Path, period: Period, number: int) -> tuple[OutputFile, bytes]:
    """Return a document by its number, and its pages as PDF, as LibreOffice prints them.

    OutputError if it is gone, or LibreOffice is missing or fails.
    """
    one, data = output_bytes(folder, period, number)
    suffix = one.path.suffix.lower()
    if suffix == ".pdf":
        return one, data
    if suffix == ".docx":
        from edu_sheet.summary.typeset.pdf import to_pdf

        return one, to_pdf(data, one.path.name)
    return one, _printed(data, one.path.name)


def can_show_pages() -> bool:
    """Whether LibreOffice is there to print a document."""
    from edu_sheet.kit.office import find_office

    return find_office() is not None


def _kind(place: str) -> OutputKind:
    name = place.rpartition("/")[2]
    if place.startswith(f"{_SUPERVISION}/"):
        return OutputKind.SUPERVISION
    starts = {
        "总表": OutputKind.MASTER,
        "季度总结": OutputKind.SUMMARY,
        "调度通报": OutputKind.SUMMARY,
        "资料汇编": OutputKind.FULL_TEXTS,
        "汇报": OutputKind.SLIDES,
    }
    return next(
        (kind for start, kind in starts.items() if name.startswith(start)), OutputKind.OTHER
    )


def _documents(workspace: Workspace, base: Path) -> Iterator[str]:
    for below in ("", f"{_SUPERVISION}/"):
        if not (base / below).is_dir():
            continue
        with reporting(base):
            found = listed(base / below, workspace.root)
        yield from (
            f"{below}{name}"
            for name, is_folder in found
            if not is_folder
            and Path(name).suffix.lower() in _DOCUMENTS
            and not name.startswith(("~$", "."))
            and not is_link(base / below / name)
        )


def _printed(data: bytes, name: str) -> bytes:
    import tempfile

    from edu_sheet.kit.office import find_office, run_office

    program = find_office()
    if program is None:
        raise OutputError(
            f"没有找到 LibreOffice，不能在这里看 {name} 的页面", "请用 Excel 或 WPS 打开它看。"
        )
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"document{Path(name).suffix.lower()}"
        source.write_bytes(data)
        run_office(program, Path(scratch), source, "pdf", _SECONDS)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise OutputError(f"LibreOffice 没有印出 {name}", "请用 Excel 或 WPS 打开它看。", AGAIN)
        return made.read_bytes()
