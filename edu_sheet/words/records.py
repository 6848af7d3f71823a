"""A record of the ledger that says what no program wrote."""

import contextlib
from collections.abc import Iterator

from edu_sheet.words.errors import LedgerError, PeriodError

REPLACE = (  # a log that is left over would be played into the backup
    "请用备份的 台账.db 替换它，并先把旁边的 台账.db-wal 和 台账.db-shm（如有）移走"
)


def unreadable(record: str, reason: object) -> LedgerError:
    """Return that one record of a ledger that is whole says what no program wrote."""
    return LedgerError(
        f"台账里{record}的内容读不懂（{reason}）",
        f"多半是台账被别的软件改过；原件都在 存档/原件 里，没有丢失。{REPLACE}；"
        "没有备份时，请联系技术人员。",
    )


@contextlib.contextmanager
def legible(record: str) -> Iterator[None]:
    """Turn what is wrong with the values of a record into LedgerError, which names it."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, PeriodError) as error:
        raise unreadable(record, error) from error
