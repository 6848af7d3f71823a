"""A run that is killed while it reads a file: the next one reads the others first."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edu_sheet.collect.reading_now import ReadingNow
from edu_sheet.kit.files import sha256
from edu_sheet.store.workspace import Workspace
from tests.support.builders import DECEMBER, fill
from tests.support.session import Session
from tests.support.workbooks import Xlsx

_ROOT = Path(__file__).parents[2]
_ROWS = 150_000  # which take seconds to read


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(tmp_path / "督办")
    assert Session(tmp_path)("init", session.folder, "--example").status == 0
    assert session("generate", "2022-12").status == 0
    return session


def killed_over(session: Session, digest: str, before: int) -> None:
    """Collect, and kill the program while it reads that file, as so many were before."""
    place = Workspace(session.folder).reading_now
    command = [sys.executable, "-m", "edu_sheet", "-w", str(session.folder), "collect"]
    with subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            said = place.read_text(encoding="utf-8") if place.exists() else ""
            if f"{digest} {before} 1" in said.splitlines():
                process.kill()
            time.sleep(0.02)
    assert process.returncode != 0


def test_a_file_over_which_runs_are_killed_holds_up_no_other(session: Session) -> None:
    workspace = Workspace(session.folder)
    good = min(workspace.issued(DECEMBER).iterdir()).read_bytes()
    slow = Xlsx(
        data="".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, _ROWS)),
        strings="<si><t>序号</t></si>",
    ).make()
    (workspace.inbox / "a慢.xlsx").write_bytes(slow)
    (workspace.inbox / "好.xlsx").write_bytes(good)
    for path in workspace.inbox.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))

    killed_over(session, sha256(slow), before=0)
    killed_over(session, sha256(slow), before=1)
    assert not (workspace.inbox / "好.xlsx").exists()
    assert (workspace.inbox / "a慢.xlsx").exists()

    said = session("collect", "--json")
    assert said.status == 1
    (one,) = said.json["submissions"]
    assert one["file"] == "a慢.xlsx"
    assert one["verdict"] == "attention"
    assert [found["code"] for found in one["findings"]] == ["interrupted"]
    assert "中断" in one["findings"][0]["message"]
    assert not [*workspace.inbox.iterdir()]
    assert not workspace.reading_now.exists()

    (workspace.inbox / "另存.xlsx").write_bytes(fill(good, {}))
    assert session("collect").status in (0, 1)


def stop(place: Path, error: BaseException) -> None:
    with ReadingNow(place) as now:
        now.begin("a")
        raise error


def test_what_the_operator_can_mend_is_no_file_s_fault(tmp_path: Path) -> None:
    place = tmp_path / "reading"
    with pytest.raises(OSError, match="full"):
        stop(place, OSError("full"))
    assert not ReadingNow(place).suspect("a")
    with pytest.raises(KeyboardInterrupt):
        stop(place, KeyboardInterrupt())
    assert ReadingNow(place).suspect("a")
    assert not ReadingNow(place).too_often("a")


@pytest.mark.parametrize("said", ["", "a", "a 1", "a 1 1 1", "a x 1\n"])
def test_a_note_that_was_half_written_names_no_file(said: str, tmp_path: Path) -> None:
    place = tmp_path / "reading"
    place.write_text(said, encoding="utf-8")
    assert not ReadingNow(place).suspect("a")
