"""Limits that a process puts on itself: of memory for good, of processor time for each file.

POSIX has rlimits; on Windows a job object does the same. [MS docs: Job Objects]
"""

import math
import sys
import time
from pathlib import Path

from edu_sheet.kit.reader import limits

_STATUS = Path("/proc/self/status")
# Exit statuses by which the system says that the time was up.
_NOT_ENOUGH_QUOTA = 1816  # Windows, of a job's process

if sys.platform == "win32":
    from edu_sheet.kit.reader.job import Job

    _job = Job()

    _memory = [limits.MEMORY]

    def confine(memory: int) -> None:
        """Limit this process's memory from now on, in bytes."""
        _memory[:] = [memory]
        _job.limit(memory=memory)

    def allow(seconds: float) -> None:
        """Let this process go on for so much processor time."""
        _job.limit(memory=_memory[0], seconds=time.process_time() + seconds)

    def fat() -> bool:
        """Return whether this process has grown large."""
        return _job.peak() > limits.FAT

    TIME_IS_UP = _NOT_ENOUGH_QUOTA
else:
    import resource
    import signal

    def confine(memory: int) -> None:
        """Limit this process's memory from now on, in bytes."""
        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, limits.WRITTEN),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (least, least))

    def allow(seconds: float) -> None:
        """Let this process go on for so much processor time."""
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        end = math.ceil(time.process_time() + seconds)
        end = end if hard == resource.RLIM_INFINITY else min(end, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (end, hard))

    def fat() -> bool:
        """Return whether this process has grown large."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        large = peak * (1 if sys.platform == "darwin" else 1024) > limits.FAT
        # On Linux that is also what the parent had when it started this process.
        return large and (not _STATUS.exists() or _own_peak() > limits.FAT)

    def _own_peak() -> int:
        lines = _STATUS.read_text(encoding="utf-8").splitlines()
        return 1024 * next(int(one.split()[1]) for one in lines if one.startswith("VmHWM"))

    TIME_IS_UP = -signal.SIGXCPU
