"""Headers of many messages → what each says."""

from collections.abc import Sequence

from edu_sheet.reading.letters.head import Head
from edu_sheet.reading.refusal import Refusal


def joined(blocks: Sequence[bytes]) -> bytes:
    """Return the headers of messages as one, for `heads`."""
    return b"".join(b"%d\n%b" % (len(one), one) for one in blocks)


def heads(data: bytes) -> tuple[Head | None, ...]:
    """Return what each of the joined headers says, None for those that cannot be taken apart."""
    found = list[Head | None]()
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        at, start = end + 1 + int(data[at:end]), end + 1
        found.append(_head(data[start:at]))
    return tuple(found)


def _head(block: bytes) -> Head | None:
    from edu_sheet.reading.letters import mail

    try:
        return mail.head_of(block)
    except Refusal:
        return None
