"""A Windows job object around this process: what it may take of memory and of processor time.

winnt.h, JOBOBJECT_EXTENDED_LIMIT_INFORMATION; a process may put itself into a job, and since
Windows 8 a job may lie inside another.
"""

import ctypes
import sys
from typing import Any

assert sys.platform == "win32"  # noqa: S101 - for the type checker: nobody else imports this

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY = 0x2, 0x8, 0x100
_DIE_ON_UNHANDLED_EXCEPTION, _KILL_ON_JOB_CLOSE = 0x400, 0x2000
_TICKS = 10_000_000  # of a second, in units of 100 ns


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Counters(ctypes.Structure):
    _fields_ = tuple((f"Counter{number}", ctypes.c_uint64) for number in range(6))


class _Extended(ctypes.Structure):
    _fields_ = (
        ("Basic", _Basic),
        ("IoInfo", _Counters),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """The job that this process puts itself into."""

    def __init__(self) -> None:
        """Make the job and enter it. OSError if Windows refuses."""
        self._kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)
        self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        self._kernel.GetCurrentProcess.restype = ctypes.c_void_p
        self._kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._kernel.SetInformationJobObject.argtypes = (
            ctypes.c_void_p,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_uint32,
        )
        self._kernel.QueryInformationJobObject.argtypes = (
            *self._kernel.SetInformationJobObject.argtypes,
            ctypes.c_void_p,
        )
        self._handle = self._kernel.CreateJobObjectW(None, None)
        self._ensure(self._handle)
        own = self._kernel.GetCurrentProcess()
        self._ensure(self._kernel.AssignProcessToJobObject(self._handle, own))

    def limit(self, *, memory: int, seconds: float | None = None) -> None:
        """Limit the memory, and the processor time since the start, of this process alone.

        It starts no other process.
        """
        wanted = _Extended()
        wanted.Basic.LimitFlags = (
            _PROCESS_MEMORY | _ACTIVE_PROCESS | _DIE_ON_UNHANDLED_EXCEPTION | _KILL_ON_JOB_CLOSE
        )
        wanted.Basic.ActiveProcessLimit = 1
        wanted.ProcessMemoryLimit = memory
        if seconds is not None:
            wanted.Basic.LimitFlags |= _PROCESS_TIME
            wanted.Basic.PerProcessUserTimeLimit = int(seconds * _TICKS)
        size = ctypes.sizeof(wanted)
        self._ensure(
            self._kernel.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(wanted), size
            )
        )

    def peak(self) -> int:
        """Return the most memory that this process has had, in bytes."""
        found = _Extended()
        size = ctypes.sizeof(found)
        self._ensure(
            self._kernel.QueryInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(found), size, None
            )
        )
        return int(found.PeakProcessMemoryUsed)

    def _ensure(self, done: object) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
