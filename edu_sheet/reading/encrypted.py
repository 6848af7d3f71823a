"""An encrypted workbook → its bytes in plain, where a password opens it. Runs in the child."""

import io
import struct
from xml.parsers.expat import ExpatError

from edu_sheet.reading import limits, refused
from edu_sheet.reading.refusal import damaged, too_large

DEFAULT = "VelvetSweatshop"  # Excel's own, where only the structure was locked


def decrypted(data: bytes, password: str | None) -> bytes:
    """Return the workbook in plain. Refusal if no password opens it, or if it is damaged."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, ParseError

    for attempt in (DEFAULT, password):
        if not attempt:
            continue
        plain = io.BytesIO()
        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(data))
            office.load_key(password=attempt)
            office.decrypt(plain)
        except DecryptionError:
            continue  # InvalidKeyError is one: the next password
        except (
            FileFormatError,
            ParseError,
            OSError,
            LookupError,
            ValueError,
            ArithmeticError,
            AttributeError,
            TypeError,
            AssertionError,
            struct.error,
            ExpatError,
        ) as error:  # what msoffcrypto and olefile raise on broken structures
            raise damaged("encryption_broken") from error
        if plain.tell() > limits.FILE_BYTES:
            raise too_large("over_50_mb_decrypted")
        if plain.tell():
            return plain.getvalue()
    raise refused.wrong_password() if password else refused.kind("encrypted")
