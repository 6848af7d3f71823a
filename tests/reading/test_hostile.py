"""Hostile files: each is answered, within memory, and nothing is read that could mislead.

What a file may cost is processor time: how fast or busy the machine is decides nothing here.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from edu_sheet import reading
from edu_sheet.kit.reader import limits
from edu_sheet.sentences import sentence
from tests.support.workbooks import hostile

HOSTILE = hostile()


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_read_or_refused_long_before_its_time_is_up(case: str) -> None:
    data, code = HOSTILE[case]
    book = reading.read(data)
    assert [finding.code for finding in book.findings] == ([code] if code else [])
    assert not any("时间" in sentence(finding) for finding in book.findings)
    assert book.readable is not bool(code)
    if book.readable:
        assert book.sheets[0].text(1, 1) == "甲"


@pytest.mark.once
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells the peak in kB")
def test_no_hostile_file_takes_500_megabytes(tmp_path: Path) -> None:
    for number, (data, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:02d}").write_bytes(data)
    code = (  # each in a process of its own: what one left behind is not the next one's
        "import os, pathlib, resource, sys; from edu_sheet import reading\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
        "    if not os.fork():\n"
        "        reading.read(path.read_bytes()); os._exit(0)\n"
        "    assert os.wait()[1] == 0, path\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert int(done.stdout) * 1024 < limits.MEMORY
