"""A Dask cluster as an executor, for what one machine no longer reads in time."""

import ipaddress
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from edu_sheet.kit.unpickled import only_bytes
from edu_sheet.words.errors import EduSheetError

_SECONDS = 5  # to reach the scheduler


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """Yield the cluster's executor and how many pieces of work it does at a time.

    EduSheetError if Dask is not installed, unpickles what it must not, the cluster cannot be
    reached, or lies on another machine without TLS. What comes from scheduler and workers is bytes,
    whatever they send (`unpickled`): a result of any other kind is an error. The workers need the
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
    _refuse_open(address)
    with _guarded(address):
        try:
            client = Client(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise EduSheetError(
                f"连不上 Dask 集群 {address}", "请核对地址和网络、确认调度器已启动，或不用集群。"
            ) from error
        with client, client.get_executor(pure=False, retries=0) as executor:
            yield executor, max(1, sum(client.nthreads().values()))


@contextmanager
def _guarded(address: str) -> Iterator[None]:
    """Let nothing run here that a cluster sends; one that lies in this very process sends none."""
    if address.startswith("inproc://"):
        yield
        return
    with only_bytes() as obeyed:
        if not obeyed:
            raise EduSheetError(
                "这个版本的 Dask 会运行集群发来的程序",
                '请改装别的版本（pip install "edu-sheet[dask]"），或不用集群。',
            )
        yield


def _refuse_open(address: str) -> None:
    """Raise EduSheetError for another machine's address without TLS."""
    scheme, mark, rest = address.rpartition("://")
    host = rest.rpartition(":")[0].strip("[]") if ":" in rest else rest
    here = host == "localhost" or _is_loopback(host)
    if scheme == "tls" or (here and scheme in ("", "tcp")) or (scheme == "inproc" and mark):
        return
    raise EduSheetError(
        f"集群 {address} 不在本机，又不是加密连接",
        "填报内容会明文经过网络，别人也能冒充它在这台电脑上运行程序："
        "请给集群设好 TLS 证书，地址写成 tls://…（见 Dask 文档的 TLS/SSL 一节），或不用集群。",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
