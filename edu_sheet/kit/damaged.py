"""What a damaged or encrypted Office file makes of the libraries that open it."""

import zipfile
import zlib

# openpyxl and python-docx have few errors of their own for them: they fall over what is missing.
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    LookupError,  # a key, a place, or a code of characters that there is not
    ArithmeticError,  # a number that is no day
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    SyntaxError,  # what lxml and ElementTree raise on XML that is none
    RuntimeError,  # encrypted, or packed in a way that zipfile does not know
)
