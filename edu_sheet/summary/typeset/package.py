"""A document's package, its parts all of the same date: equal content is equal bytes."""

import io
import zipfile
from collections.abc import Callable, Iterable

Change = Callable[[bytes], Iterable[bytes]]


def undated(data: bytes, main: str = "", put_in: Change | None = None) -> bytes:
    """Return a package with the same date on every part; `put_in` makes the main part anew.

    What it yields goes straight into the package, piece by piece.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            with new.open(part, "w") as written:
                content = old.read(name)
                for piece in put_in(content) if put_in and name == main else (content,):
                    written.write(piece)
    return target.getvalue()
