"""Whether two packages hold the same: in a .docx or .xlsx the members' times say nothing."""

import io
import zipfile

from edu_sheet.kit.damaged import DAMAGED


def same_members(old: bytes, new: bytes) -> bool:
    """Return whether two files are packages of the same members, whenever they were written.

    One that is no package, damaged or encrypted is like no other.
    """
    if not (zipfile.is_zipfile(io.BytesIO(old)) and zipfile.is_zipfile(io.BytesIO(new))):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(old)) as one, zipfile.ZipFile(io.BytesIO(new)) as other:
            # What is listed differs as a rule where the contents do: then nothing is unpacked.
            return _listed(one) == _listed(other) and all(
                one.read(before) == other.read(after)
                for before, after in zip(one.infolist(), other.infolist(), strict=True)
            )
    except DAMAGED:
        return False


def _listed(archive: zipfile.ZipFile) -> list[tuple[str, int, int]]:
    return [(one.filename, one.file_size, one.CRC) for one in archive.infolist()]
