"""An original can be looked at: under its name, with the right ending, and as it came."""

import os

import pytest

from edu_sheet import app
from edu_sheet.words.errors import LedgerError
from tests.app.conftest import Office
from tests.support.builders import FINANCE, fill
from tests.support.session import Session
from tests.support.workbooks import archive


def test_an_original_is_a_copy_with_its_number_and_name_that_cannot_be_written(
    office: Office,
) -> None:
    data = fill(office.form(FINANCE), {1: "财政一。"})
    (one,) = office.take(data, "县财政局.xlsx")
    copy = app.original_of(office.root, one.id)
    assert copy.path == office.workspace.viewing / "0001_县财政局.xlsx"
    assert (copy.path.read_bytes(), copy.safe) == (data, True)
    assert not copy.path.stat().st_mode & 0o222
    assert app.original_of(office.root, one.id) == copy
    assert app.inspect(office.root) == ()


@pytest.mark.parametrize(
    ("name", "data", "called", "safe"),
    [
        ("县财政局", b"%PDF-1.7\n", "0001_县财政局.pdf", True),
        ("县财政局.xlsx", b"%PDF-1.7\n", "0001_县财政局.xlsx.pdf", True),
        ("材料.jpeg", b"\xff\xd8\xff\xe0\0\0", "0001_材料.jpeg", True),
        ("进展.xlsx.exe", b"MZ\x90\0\x03", "0001_进展.xlsx.exe.bin", False),
        ("进展.bat", b"del *\x01\xff\r\n", "0001_进展.bat.bin", False),
    ],
)
def test_a_copy_ends_as_what_it_is_and_never_as_a_program(
    office: Office, name: str, data: bytes, called: str, safe: bool
) -> None:
    file = office.root.parent / name
    file.write_bytes(data)
    app.collect(office.root, [file])
    copy = app.original_of(office.root, 1)
    assert (copy.path.name, copy.safe) == (called, safe)
    assert copy.path.read_bytes() == data


def test_a_long_name_is_cut_and_keeps_its_ending(office: Office) -> None:
    (one,) = office.take(archive([(f"{'长' * 80}.pdf", b"%PDF-1.7\n")]), "打包.zip")[-1:]
    path = app.original_of(office.root, one.id).path
    assert (len(path.name), path.suffix) == (75, ".pdf")


def test_a_copy_that_a_person_changed_stays(office: Office) -> None:
    (one,) = office.take(b"%PDF-1.7\n", "材料.pdf")
    copy = app.original_of(office.root, one.id).path
    copy.chmod(0o644)
    copy.write_bytes(b"hers")
    again = app.original_of(office.root, one.id).path
    assert (copy.read_bytes(), again.name) == (b"hers", "0001_材料（2）.pdf")


def test_what_an_archive_held_is_called_by_its_own_name(office: Office) -> None:
    found = office.take(archive([("子目录/甲.pdf", b"%PDF-1.7\n")]), "打包.zip")
    assert app.original_of(office.root, found[-1].id).path.name.endswith("_甲.pdf")


def test_the_command_says_where_the_copy_lies(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    office.take(b"%PDF-1.7\n", "材料.pdf")
    session = Session(office.root)
    path = office.workspace.viewing / "0001_材料.pdf"
    said = session("open", 1, "--print-path")
    assert (said.status, said.out) == (0, f"{path}\n")
    if os.name == "posix":
        assert "请自行打开" in session("open", 1).out


def test_a_number_that_is_none_is_said(office: Office) -> None:
    with pytest.raises(LedgerError, match="没有编号为 7"):
        app.original_of(office.root, 7)
