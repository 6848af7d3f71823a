"""A Dask cluster as an executor, for what one machine no longer reads in time."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from edu_sheet.words.errors import EduSheetError

_SECONDS = 5  # to reach the scheduler


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """Yield the cluster's executor and how many pieces of work it does at a time.

    EduSheetError if Dask is not installed or the cluster cannot be reached. The workers need the
    same version of edu-sheet; they see the files' bytes and what the ledger knows of each form (its
    texts, and what the unit has said before), never the key that signs forms.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise EduSheetError(
            "没有安装 Dask，不能用集群读取和核对",
            '请先安装（pip install "edu-sheet[dask]"），或不用集群。',
        ) from error
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EduSheetError(
            f"连不上 Dask 集群 {address}", "请核对地址和网络、确认调度器已启动，或不用集群。"
        ) from error
    with client, client.get_executor(pure=False, retries=0) as executor:
        yield executor, max(1, sum(client.nthreads().values()))
