"""Archives: every member by the name that the clerk sees, what is left out by its reason."""

import stat
import zipfile

from edu_sheet import reading
from tests.support.fuzz import packages
from tests.support.workbooks import archive, flagged, gbk_named, typed

A, B = typed("甲"), typed("乙")


def _names(data: bytes) -> list[str]:
    return [member.name for member in reading.unpack(data).members]


def _codes(data: bytes) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in reading.unpack(data).findings]


def test_members_come_with_their_bytes() -> None:
    found = reading.unpack(archive([("报送/县财政局.xlsx", A), ("县教育局.xlsx", B)]))
    assert [(member.name, member.data) for member in found.members] == [
        ("报送/县财政局.xlsx", A),
        ("县教育局.xlsx", B),
    ]
    assert found.findings == ()


def test_names_in_gbk_and_in_utf8_without_the_flag_are_read() -> None:
    assert _names(gbk_named("县财政局（终稿）.xlsx", A)) == ["县财政局（终稿）.xlsx"]
    stand_in = archive([("x" * 17, A)], packed=False)
    assert _names(stand_in.replace(b"x" * 17, "县教育.xlsx.xl".encode()[:17].ljust(17, b"_"))) != []
    utf8 = "县财政局.xlsx"
    made = archive([("x" * len(utf8.encode()), A)], packed=False)
    assert _names(made.replace(b"x" * len(utf8.encode()), utf8.encode())) == [utf8]


def test_what_systems_and_programs_leave_behind_is_skipped_and_named() -> None:
    litter = ["__MACOSX/._甲.xlsx", ".DS_Store", "报/~$甲.xlsx", "Thumbs.db", ".~甲.xlsx"]
    data = archive([(name, b"x") for name in litter] + [("甲.xlsx", A)])
    assert _names(data) == ["甲.xlsx"]
    assert _codes(data) == [("skipped_member", name) for name in litter]


def test_an_archive_in_an_archive_is_opened_and_one_deeper_is_named() -> None:
    deepest = archive([("底.xlsx", A)])
    inner = archive([("内.xlsx", A), ("更深.zip", deepest)])
    data = archive([("内.zip", inner), ("外.xlsx", B)])
    assert _names(data) == ["内.zip/内.xlsx", "外.xlsx"]
    assert _codes(data) == [("format_zip", "内.zip/更深.zip")]


def test_a_workbook_inside_is_no_archive_to_open() -> None:
    assert _names(archive([("无扩展名", A)])) == ["无扩展名"]


def test_a_name_that_leads_outside_is_reduced_and_reported() -> None:
    for name in ("../../县财政局.xlsx", "/etc/县财政局.xlsx", "C:\\县财政局.xlsx"):
        data = archive([(name, A)])
        assert _names(data) == ["县财政局.xlsx"], name
        assert _codes(data) == [("unsafe_name", "县财政局.xlsx")]


def test_an_encrypted_member_is_named_and_the_others_are_read() -> None:
    assert _codes(flagged(archive([("甲.xlsx", A)]), 1)) == [("encrypted", "甲.xlsx")]


def test_a_broken_member_is_named_and_the_others_are_read() -> None:
    data = bytearray(archive([("好.xlsx", A), ("坏.txt", "甲乙丙丁" * 20)], packed=False))
    at = data.index("甲乙丙丁".encode())
    data[at : at + 3] = "戊".encode()
    assert _names(bytes(data)) == ["好.xlsx"]
    assert _codes(bytes(data)) == [("damaged", "坏.txt")]


def test_a_link_is_not_followed() -> None:
    import io

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        info = zipfile.ZipInfo("县财政局.xlsx")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    assert _names(stream.getvalue()) == []
    assert _codes(stream.getvalue()) == [("link_member", "县财政局.xlsx")]


def test_bombs_and_broken_archives_give_nothing_but_a_finding() -> None:
    bomb = archive([("a", b"\0" * 49_000_000)])
    assert _codes(bomb) == [("hostile", "a")]
    many = archive([(f"{n}", b"x") for n in range(2_100)])
    assert (_names(many), _codes(many)) == ([], [("too_large", "")])
    assert _codes(archive([("甲.xlsx", A)])[:-30]) == [("damaged", "")]
    nested = archive([(f"{n}.zip", archive([("a", b"ab" * 4_000_000)])) for n in range(26)])
    assert (_names(nested), _codes(nested)) == ([], [("too_large", "")])


def test_a_member_without_a_name_is_read_under_a_stand_in() -> None:
    data = packages.packed([packages.fresh(b"", A), packages.fresh(b"b.xlsx", B)])
    assert _names(data) == ["_", "b.xlsx"]
