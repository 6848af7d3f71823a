"""Disks that are full or read-only; only root may make one."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def _mounts(*options: str) -> bool:
    if shutil.which("mount") is None:
        return False
    return subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Yield a disk of its own; the test is skipped where none can be made."""
    folder.mkdir()
    if not _mounts("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.skip("no disk can be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> None:
    """Leave no room."""
    with (disk / "占满").open("wb", buffering=0) as stream:
        try:
            while stream.write(b"\0" * 4096):
                pass
        except OSError:
            return


def free(disk: Path) -> None:
    """Give the room back."""
    (disk / "占满").unlink()


def make_read_only(disk: Path) -> None:
    """Let nothing be written any more."""
    assert _mounts("-o", "remount,ro", str(disk))
