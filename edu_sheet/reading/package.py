"""A zip package (xlsx, ods, archive): checked before a byte is inflated, read within limits."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from edu_sheet.reading import limits
from edu_sheet.reading.refusal import damaged, hostile, too_large

_CENTRAL_HEADER = b"PK\x01\x02"
_CHUNK = 1 << 17
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # lzma alone can ask for 4 GB of memory
_MARKUP = (".xml", ".rels", ".vml")
_DRIVE = re.compile(r"[A-Za-z]:|.*\\|[A-Za-z][A-Za-z0-9+.-]*://")


def opened(data: bytes) -> zipfile.ZipFile:
    """Return the archive, its list of members read. Refusal if there is none or too long a one."""
    if data.count(_CENTRAL_HEADER) > limits.SIGNATURES:
        raise too_large("压缩包内的文件太多")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise damaged("压缩结构不完整，可能没有传完") from error
    members = archive.infolist()
    if len(members) > limits.MEMBERS:
        raise too_large(f"压缩包内有 {len(members)} 个文件")
    if sum(info.file_size for info in members) > limits.INFLATED_BYTES:
        raise too_large("解压后超过 200 MB")
    return archive


def inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member in chunks. Refusal if it is broken, or encrypted, or packed in a rare way."""
    check_ratio(info)
    if info.flag_bits & 1:
        raise damaged(f"{info.filename} 已加密")
    if info.compress_type not in _METHODS:
        raise damaged(f"{info.filename} 的压缩方式无法识别")
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):  # zipfile stops at the size that was declared
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged(f"{info.filename} 读不完整") from error


def check_ratio(info: zipfile.ZipInfo) -> None:
    """Refusal if a member inflates to far more than any document does."""
    if info.file_size > limits.RATIO_FROM_BYTES and (
        info.file_size > limits.RATIO * max(info.compress_size, 1)
    ):
        raise hostile(f"{info.filename[-60:]} 解压后膨胀 {limits.RATIO} 倍以上")


class Package:
    """The parts of a document, by name; names are data and never touch a disk."""

    def __init__(self, data: bytes) -> None:
        self._archive = opened(data)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            name = info.filename
            if unsafe(name):
                raise hostile(f"内部文件名 {name[:80]!r} 指向文件之外")
            check_ratio(info)
            if self._parts.setdefault(name.casefold(), info) is not info:
                raise hostile(f"内部有两个同名部件 {name[:80]}")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as written."""
        return tuple(info.filename for info in self._parts.values())

    @property
    def markup_bytes(self) -> int:
        """The inflated size of the parts that `markup` may read."""
        return sum(info.file_size for name, info in self._parts.items() if name.endswith(_MARKUP))

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    def size(self, name: str) -> int:
        """Return the inflated size of a part, as it is declared: no more of it is read."""
        return self._parts[name.casefold()].file_size

    def markup(self, name: str) -> Iterator[bytes]:
        """Yield a part that is XML in chunks. Refusal as in `stream`, or if its name says else."""
        if not name.casefold().endswith(_MARKUP):
            raise damaged(f"部件 {name[:80]} 不是 XML")
        return self.stream(name)

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield a part in chunks. Refusal if it is missing or broken."""
        if name not in self:
            raise damaged(f"缺少部件 {name[:80]}")
        return inflate(self._archive, self._parts[name.casefold()])

    def read(self, name: str) -> bytes:
        """Return a part. Refusal if it is missing or broken."""
        return b"".join(self.stream(name))


def unsafe(name: str) -> bool:
    """Return whether a member's name or a target would lead out of its package."""
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or bool(_DRIVE.match(name)) or "\0" in name


def resolve(source: str, target: str) -> str:
    """Return the part that a relationship of a part points to. Refusal if it leads outside."""
    if _DRIVE.match(target) or "\0" in target:
        raise hostile(f"内部链接 {target[:80]!r} 指向文件之外")
    joined = posixpath.join("/", posixpath.dirname(source), target)
    depth = 0
    for part in joined.split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            raise hostile(f"内部链接 {target[:80]!r} 指向文件之外")
    return posixpath.normpath(joined).lstrip("/")
