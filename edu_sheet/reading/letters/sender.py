"""Whom a message comes from: the address of From, and never what is written beside it. Pure."""

import re
from collections.abc import Sequence
from email.utils import getaddresses

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@\\]+@[^\s<>()\[\],;:\"@\\]+")
_LONGEST = 2_000  # characters of a header: one address and a name have 100


def sender(headers: Sequence[str]) -> str:
    """Return the address in the From headers of a message in small letters, "" if it is not known.

    It is not where there are several, or where they cannot be taken apart for certain. The headers
    are taken as they were sent: a name may hold <a@b> once it is decoded, in quotes or a comment.
    """
    if len(headers) != 1 or len(headers[0]) > _LONGEST:
        return ""
    # What is no list of addresses gives an empty one, or one more than there are.
    found = getaddresses([" ".join(headers[0].split())])
    address = found[0][1] if len(found) == 1 else ""
    return address.lower() if address.isascii() and _ADDRESS.fullmatch(address) else ""
