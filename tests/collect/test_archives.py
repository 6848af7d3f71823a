"""An archive has the time of one file for all that it holds; what is left over then is told."""

import pytest

from edu_sheet.collect.line import Clock, InReader
from edu_sheet.kit.reader import limits
from edu_sheet.kit.reader.reader import Reader
from tests.support.inbox import Desk
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
