"""A file that comes from elsewhere lies in 收件箱 as if a clerk had put it there."""

import io
import threading
from pathlib import Path
from typing import IO

import pytest

from edu_sheet import app
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return app.create(tmp_path / "督办")


def receive(workspace: Workspace, name: str, data: bytes = b"data") -> str:
    path = app.receive(workspace.root, name, io.BytesIO(data))
    assert path.parent == workspace.inbox
    assert path.read_bytes() == data
    return path.name


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("县财政局.xlsx", "县财政局.xlsx"),
        ("../../分工方案.xlsx", "分工方案.xlsx"),
        ("C:\\报表\\县财政局.xlsx", "县财政局.xlsx"),
        ("/etc/passwd", "passwd"),
        ("CON.xlsx", "_CON.xlsx"),
        ("县财政局?:*.xlsx", "县财政局___.xlsx"),
        ("县财政局.xlsx. ", "县财政局.xlsx"),
        ("收到/县财政局.xlsx/", "县财政局.xlsx"),
        ("县财政局\ud800.xlsx", "县财政局_.xlsx"),
        ("", "未命名"),
        ("..", "未命名"),
        ("../", "未命名"),
    ],
)
def test_a_name_is_made_safe_and_stays_in_the_inbox(
    workspace: Workspace, name: str, there: str
) -> None:
    assert receive(workspace, name) == there


def test_a_long_name_keeps_its_suffix(workspace: Workspace) -> None:
    name = receive(workspace, f"{'县财政局' * 60}.xlsx")
    assert len(name) == 70
    assert name.endswith("县财政局县.xlsx")
    assert len(receive(workspace, f"{'县' * 300}").encode()) < 255


def test_nothing_is_overwritten(workspace: Workspace) -> None:
    assert receive(workspace, "县财政局.xlsx", b"1") == "县财政局.xlsx"
    assert receive(workspace, "县财政局.xlsx", b"2") == "县财政局（2）.xlsx"
    assert receive(workspace, "县财政局.xlsx", b"3") == "县财政局（3）.xlsx"
    assert (workspace.inbox / "县财政局.xlsx").read_bytes() == b"1"


def test_files_of_one_name_that_come_at_once_all_arrive(workspace: Workspace) -> None:
    contents = [str(number).encode() for number in range(12)]
    threads = [
        threading.Thread(target=receive, args=(workspace, "县财政局.xlsx", one)) for one in contents
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_bytes() for path in workspace.inbox.iterdir()) == sorted(contents)


def test_what_excel_leaves_behind_is_refused(workspace: Workspace) -> None:
    for name in ("~$县财政局.xlsx", "Thumbs.db", ".~县财政局.xlsx", "._县财政局.xlsx"):
        with pytest.raises(EduSheetError, match="临时文件"):
            receive(workspace, name)
    assert not list(workspace.inbox.iterdir())


@pytest.mark.parametrize(
    "name",
    ["desktop.ini.", "表.lnk", "表.URL ", ". ~$表.xlsx", ".隐藏", "表.xlsx", "..xlsx", "_.~表"],
)
def test_what_the_inbox_takes_collect_takes_as_well(workspace: Workspace, name: str) -> None:
    """A file that was told to be in 收件箱 and is never collected would be lost without a word."""
    try:
        receive(workspace, name)
    except EduSheetError:
        assert not list(workspace.inbox.iterdir())
        return
    assert len(app.inbox_files(workspace.root)) == 1
    assert len(app.collect(workspace.root).submissions) == 1


class Broken(io.RawIOBase):
    """A connection that ends in the middle."""

    def __init__(self, inbox: Path) -> None:
        self.inbox = inbox
        self.parts = [b"half"]
        self.seen: list[str] = []

    def read(self, size: int = -1) -> bytes:
        del size
        self.seen += [path.name for path in self.inbox.iterdir()]
        if self.parts:
            return self.parts.pop()
        raise ConnectionError


def test_half_a_file_is_never_there(workspace: Workspace) -> None:
    stream: IO[bytes] = Broken(workspace.inbox)  # type: ignore[assignment]  # what is read of it
    with pytest.raises(EduSheetError):
        app.receive(workspace.root, "县财政局.xlsx", stream)
    assert not list(workspace.inbox.iterdir())


def test_while_it_is_written_collect_leaves_it_alone(workspace: Workspace) -> None:
    source = Broken(workspace.inbox)
    source.parts = [b"", b"data"]
    stream: IO[bytes] = source  # type: ignore[assignment]  # what is read of it
    app.receive(workspace.root, "县财政局.xlsx", stream)
    assert source.seen
    assert all(name.startswith(".~") for name in source.seen)
    collected = app.collect(workspace.root)
    assert [one.file for one in collected.submissions] == ["县财政局.xlsx"]
