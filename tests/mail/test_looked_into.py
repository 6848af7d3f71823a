"""The folders of a mail box, as servers list them and as 设置 names them."""

import pytest

from edu_sheet.mail.folders import Folder
from edu_sheet.mail.looked_into import looked_into

KNOWN = [
    Folder("INBOX", "INBOX", frozenset(), "/"),
    Folder("&V4NXPpCuTvY-", "垃圾邮件", frozenset(), "/"),
    Folder("Spam", "Spam", frozenset({r"\junk"}), "/"),
    Folder("&UXZO1mWHTvZZOQ-", "其他文件夹", frozenset({r"\noselect"}), "/"),
    Folder("&UXZO1mWHTvZZOQ-/&YqWQAQ-", "其他文件夹/报送", frozenset(), "/"),
    Folder("A&-B", "A&B", frozenset()),
]


@pytest.mark.parametrize(
    ("wanted", "own", "missing"),
    [
        ((), ["INBOX", "Spam", "&V4NXPpCuTvY-"], []),
        (("收件箱", "INBOX"), ["INBOX"], []),
        (("报送", "A&B"), ["&UXZO1mWHTvZZOQ-/&YqWQAQ-", "A&-B"], []),
        (("垃圾箱?", "收件箱"), ["INBOX"], ["垃圾箱?"]),
    ],
)
def test_the_settings_name_folders(
    wanted: tuple[str, ...], own: list[str], missing: list[str]
) -> None:
    asked = looked_into(wanted, KNOWN)
    assert ([one.name for one in asked.folders], asked.missing) == (own, missing)
    assert asked.left_out == []


def test_of_hundreds_of_folders_called_junk_the_first_are_looked_into_and_the_rest_told() -> None:
    junk = [
        Folder(f"a/{number}/junk", f"a/{number}/junk", frozenset(), "/") for number in range(300)
    ]
    asked = looked_into(["收件箱", "垃圾邮件", "a/299/junk"], [*KNOWN, *junk])
    assert [one.name for one in asked.folders[:2]] == ["INBOX", "Spam"]
    assert [one.name for one in asked.folders[-2:]] == ["a/17/junk", "a/299/junk"]
    assert (len(asked.folders), len(asked.left_out)) == (22, 281)
