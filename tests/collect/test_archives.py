"""An archive has the time of one file for all that it holds; what is left over then is told."""

import pytest

from edu_sheet.collect import line
from edu_sheet.collect.line import Clock, InReader
from edu_sheet.kit.reader import limits
from edu_sheet.kit.reader.reader import Reader
from tests.support import readers
from tests.support.builders import fill
from tests.support.inbox import Desk
from tests.support.letters import attachment, eml
from tests.support.workbooks import Xlsx, archive

_MANY = 12  # of which each takes a tenth of a second at least


def slow() -> bytes:
    """Return a workbook that takes seconds to be read."""
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 150_000))
    return Xlsx(data="".join(rows), strings="<si><t>序号</t></si>").make()


def test_a_file_that_is_stopped_has_used_the_time_of_its_archive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    book = slow()
    members = [(f"{n}.xlsx", book + bytes([n])) for n in range(_MANY)]
    desk.drop("包.zip", archive([*members, ("好.xlsx", desk.form())]))
    *read, rest = desk.collect().submissions
    assert rest.file == "包.zip"
    (told,) = rest.findings
    assert (told.code, told["count"]) == ("more_files", _MANY + 1 - len(read))
    assert len(read) < _MANY


def test_a_file_that_nobody_looks_at_has_been_read_in_the_time_of_its_archive() -> None:
    clock = Clock()
    with Reader() as reader:
        one = InReader(reader, slow(), (), clock)
        before = clock.left
        one.done()
        assert clock.left == before, "it has not been read at all"
        one.begin()
        one.done()
        assert clock.left < before
        after = clock.left
        one.seen()
        assert clock.left == after, "once"


def test_a_file_that_is_stopped_leaves_no_time_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    monkeypatch.setattr(line, "seen", readers.work_without_end)
    clock = Clock()
    with Reader() as reader:
        one = InReader(reader, b"", (), clock)
        assert [finding["fault"] for finding in one.seen().findings] == ["time"]
    assert clock.left == 0


def test_names_without_end_are_clipped_before_anything_is_made_of_them(desk: Desk) -> None:
    names = [("e" + "\u0301\u0327" * 10_000)[:21_000] + f"{n}.xlsx" for n in range(3)]
    files = [(name, fill(desk.form(), {1: f"完成{n}。"})) for n, name in enumerate(names)]
    desk.drop("包.zip", archive(files))
    found = desk.collect().submissions
    assert [one.file[-6:] for one in found] == ["0.xlsx", "1.xlsx", "2.xlsx"]
    assert all(len(one.file) < 270 and "字…〕" in one.file for one in found)


def test_a_subject_and_a_name_in_a_message_are_clipped(desk: Desk) -> None:
    name = "e" + "\u0301\u0327" * 300 + ".xlsx"
    named = f'Content-Disposition: attachment; filename="{name}"'.encode()
    head = f"From: <a@xian.test>\r\nSubject: {'报' * 600}".encode()
    desk.drop("信.eml", eml(attachment(desk.form(), named), head=head))
    (one,) = desk.collect().submissions
    assert len(one.file) < 270
    (told,) = [found for found in one.findings if found.code == "by_mail"]
    assert len(str(told["subject"])) <= 255
    assert "字…〕" in str(told["subject"])
