"""A Word document as PDF, through LibreOffice where it is installed."""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from edu_sheet.kit.programs import program_named
from edu_sheet.words.errors import OutputError
from edu_sheet.words.step import AGAIN

_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
    Path("/snap/bin/libreoffice"),
)
_TIMEOUT = 300  # seconds
_BY_HAND = "可以用 Word 或 WPS 打开文档，“另存为”PDF"


def find_office() -> Path | None:
    """Return LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := program_named(name):
            return found
    return next((place for place in _PLACES if place.exists()), None)


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
        _write_profile(Path(folder) / "profile")
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


# Of the folder that the program is started with: no macro runs, nothing is fetched or updated.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
"""
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
)


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}"'
        f' oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        f"{_PROFILE}{items}</oor:items>\n", encoding="utf-8"
    )


def _run(program: Path, folder: Path, source: Path, name: str) -> str:
    profile = (folder / "profile").as_uri()
    command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows: no black box
    try:
        done = subprocess.run(  # noqa: S603 - the program was looked up, the file is our own
            command, capture_output=True, timeout=_TIMEOUT, check=False, creationflags=hidden
        )
    except subprocess.TimeoutExpired:
        raise OutputError(
            f"LibreOffice 超过 {_TIMEOUT // 60} 分钟没有转完 {name}",
            f"{_BY_HAND}；或等电脑不忙时。",
            AGAIN,
        ) from None
    except OSError as error:
        raise OutputError(
            f"LibreOffice 不能运行（{error.strerror or error}）",
            f"{_BY_HAND}；或检查 {program}，重新安装 LibreOffice。",
            AGAIN,
        ) from error
    return done.stderr.decode("utf-8", "replace").strip()[-200:]
