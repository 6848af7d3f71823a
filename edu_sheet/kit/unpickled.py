"""What a cluster sends is pickled by Dask itself: made into bytes here, and into nothing that runs.

No setting of Dask's does that: `deserializers` is not asked where the scheduler's own messages have
a pickle (`distributed.protocol.core.loads`), nor where a worker's exception is one.
"""

import io
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

# What results of ours need: Dask names the type of bytes by a pickle of the type.
_NAMES = {("builtins", "bytes"): bytes}
_TRACE = "traceback"


class RefusedError(Exception):
    """A pickle named something that could run, which was not looked up."""


class _OnlyBytes(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return what a pickle names, before anything is called with it."""
        if (found := _NAMES.get((module, name))) is None:
            raise RefusedError(f"{module}.{name}")
        return found


class _Pickle:
    """The module `pickle`, as `distributed.protocol.pickle` is to have it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(pickle, name)

    def loads(self, data: Any, *, buffers: Iterable[Any] = ()) -> Any:
        """Return what a pickle holds; of one that is refused, the error.

        It is not raised: Dask would take that for a broken connection, and no result would come
        any more. Where a worker's traceback stood there is none.
        """
        try:
            return _OnlyBytes(io.BytesIO(data), buffers=buffers).load()
        except RefusedError as refused:
            return None if _TRACE in str(refused) else refused


@contextmanager
def only_bytes() -> Iterator[bool]:
    """Let Dask unpickle nothing but bytes meanwhile; yield whether it obeys.

    The process must have no scheduler and no worker of its own: they need what they unpickle.
    """
    from distributed.protocol import pickle as dask

    names = vars(dask)  # by which all of distributed unpickles
    before = names["pickle"]
    names["pickle"] = _Pickle()
    try:
        yield _obeys()
    finally:
        names["pickle"] = before


class _Probe:
    """What makes of itself a list, if it is unpickled: nothing else could."""

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return list, ("ran",)


def _obeys() -> bool:
    """Return whether no way in which Dask unpickles what comes in makes anything of a pickle."""
    from distributed.core import clean_exception
    from distributed.protocol.core import dumps, loads
    from distributed.protocol.serialize import Serialize, ToPickle

    sent = {
        "message": ToPickle(_Probe()),
        "result": Serialize(_Probe()),
        "bytes": Serialize(b"data"),
    }
    came = loads(dumps(sent))
    raised = clean_exception(pickle.dumps(_Probe()))[1]
    refused = (came["message"], came["result"], raised)
    return came["bytes"] == b"data" and all(isinstance(one, RefusedError) for one in refused)
