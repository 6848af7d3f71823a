"""Packages of members that were compressed once."""

import io
import zipfile

from edu_sheet.kit.package import member, package


def test_a_package_holds_its_members_in_order_whole_and_without_a_date() -> None:
    contents = {"[Content_Types].xml": "<Types/>", "xl/a.xml": "进展" * 9_000}
    made = package(member(name, content) for name, content in contents.items())
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert {one: opened.read(one).decode() for one in opened.namelist()} == contents
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(made) < 600


def test_a_member_may_stand_in_many_packages() -> None:
    shared = member("a.xml", "<a/>")
    for own in ("1", "2"):
        with zipfile.ZipFile(io.BytesIO(package((shared, member("b.xml", own))))) as opened:
            assert (opened.read("a.xml"), opened.read("b.xml")) == (b"<a/>", own.encode())
