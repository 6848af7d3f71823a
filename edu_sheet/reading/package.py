"""A zip package (xlsx, ods, archive): checked before a byte is inflated, read within limits."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from edu_sheet.reading import limits
from edu_sheet.reading.refusal import damaged, hostile, too_large

_LOCAL = 30  # bytes of a member's own header at least
_CENTRAL_HEADER = b"PK\x01\x02"
_CHUNK = 1 << 17
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # lzma alone can ask for 4 GB of memory
_MARKUP = (".xml", ".rels", ".vml")
_DRIVE = re.compile(r"[A-Za-z]:|.*\\|[A-Za-z][A-Za-z0-9+.-]*://")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def opened(data: bytes) -> zipfile.ZipFile:
    """Return the archive with its members listed. Refusal if the list is missing or too long."""
    if data.count(_CENTRAL_HEADER) > limits.SIGNATURES:
        raise too_large("too_many_members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise damaged("zip_broken") from error
    members = archive.infolist()
    if len(members) > limits.MEMBERS:
        raise too_large("members", count=len(members))
    if sum(info.file_size for info in members) > limits.INFLATED_BYTES:
        raise too_large("over_200_mb_inflated")
    if _overlapping(members):
        raise hostile("members_overlap")
    return archive


def _overlapping(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Return whether two members are made of the same bytes, so that a little is read often."""
    placed = sorted((one.header_offset, one.compress_size) for one in members)
    return any(at + _LOCAL + size > after for (at, size), (after, _) in pairwise(placed))


def inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member in chunks. Refusal if it is broken, or encrypted, or packed in a rare way."""
    check_ratio(info)
    if info.flag_bits & 1:
        raise damaged("member_encrypted", name=info.filename)
    if info.compress_type not in _METHODS:
        raise damaged("member_method", name=info.filename)
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):  # zipfile stops at the size that was declared
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged("member_broken", name=info.filename) from error


def gunzipped(data: bytes) -> bytes:
    """Return what a gzip holds. Refusal if it is broken, or far more than a form."""
    packed = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = packed.decompress(data, limits.FILE_BYTES + 1)
    except zlib.error as error:
        raise damaged("zip_broken") from error
    if len(plain) > limits.FILE_BYTES:
        raise too_large("over_50_mb_inflated")
    if not packed.eof:
        raise damaged("zip_broken")
    return plain


def check_ratio(info: zipfile.ZipInfo) -> None:
    """Refusal if a member inflates to far more than any document does."""
    if info.file_size > limits.RATIO_FROM_BYTES and (
        info.file_size > limits.RATIO * max(info.compress_size, 1)
    ):
        raise hostile("inflates", name=info.filename, ratio=limits.RATIO)


class Package:
    """The parts of a document, by name; names are data and never touch a disk."""

    def __init__(self, data: bytes) -> None:
        self._archive = opened(data)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._names: list[str] = []
        for info in self._archive.infolist():
            name = part_name(info)
            self._names.append(name)
            if unsafe(name):
                raise hostile("name_outside", name=name)
            check_ratio(info)
            if self._parts.setdefault(name.casefold(), info) is not info:
                raise hostile("names_twice", name=name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as written."""
        return tuple(self._names)

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
            raise damaged("part_no_xml", name=name)
        return self.stream(name)

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield a part in chunks. Refusal if it is missing or broken."""
        if name not in self:
            raise damaged("part_missing", name=name)
        return inflate(self._archive, self._parts[name.casefold()])

    def read(self, name: str) -> bytes:
        """Return a part. Refusal if it is missing or broken."""
        return b"".join(self.stream(name))


def part_name(info: zipfile.ZipInfo) -> str:
    """Return a part's name; some programs of Windows write the folders in it with backslashes."""
    return info.filename.replace("\\", "/")


def unsafe(name: str) -> bool:
    """Return whether a member's name or a target would lead out of its package."""
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or bool(_DRIVE.match(name)) or "\0" in name


def elsewhere(target: str) -> bool:
    """Return whether a relationship points to no part at all but to a disk or an address."""
    return bool(_ADDRESS.match(target.replace("\\", "/")))


def resolve(source: str, target: str) -> str:
    """Return the part that a relationship of a part points to. Refusal if it leads outside."""
    target = target.replace("\\", "/")
    if "\0" in target:
        raise hostile("link_outside", target=target)
    joined = posixpath.join("/", posixpath.dirname(source), target)
    depth = 0
    for part in joined.split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            raise hostile("link_outside", target=target)
    return posixpath.normpath(joined).lstrip("/")
