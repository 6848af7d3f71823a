"""A unit is known by its name or an alias, whole, whatever people add behind it."""

import pytest

from edu_sheet.check.unit_name import may_name, named, shortened
from edu_sheet.words.text import bare

UNITS = ("县教育局", "县委", "县委编办", "县财政局", "各乡镇党委、政府", "县文化馆（图书馆）")
SPELLINGS = {bare(name): name for name in UNITS} | {"编委办": "县委编办"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("县 财 政 局", "县财政局"),
        ("县财政局（盖章）", "县财政局"),
        ("县财政局（加盖公章）：", "县财政局"),
        ("县财政局盖章", "县财政局"),
        ("县财政局　王某某", "县财政局"),
        ("县财政局（王某某）", "县财政局"),
        ("县财政局 联系人：王某某 13800000000", "县财政局"),
        ("县财政局联系人：王某某", "县财政局"),
        ("县财政局（盖章） 2022年12月30日", "县财政局"),
        ("县财政局2022年12月30日", "县财政局"),
        ("县财政局报送", "县财政局"),
        ("县财政局（填报）", "县财政局"),
        ("各乡镇党委、政府（盖章）", "各乡镇党委、政府"),
        ("县文化馆（图书馆）（盖章）", "县文化馆（图书馆）"),
        ("编委办（盖章）", "县委编办"),
    ],
)
def test_what_people_add_to_a_name_is_no_part_of_it(text: str, unit: str) -> None:
    assert named(text, SPELLINGS) == unit


@pytest.mark.parametrize(
    "text",
    [
        "县教育局直属县职业中等专业学校",
        "中共辰溪县委机构编制委员会办公室",
        "共青团辰溪县委",
        "辰溪县委老干部局",
        "县教育局 党委",
        "县财政局（县国资委）",
        "县教育局 高中",
        "财政局",
        "",
        "（盖章）",
    ],
)
def test_a_name_that_merely_contains_a_units_name_is_not_that_unit(text: str) -> None:
    assert named(text, SPELLINGS) is None


def test_a_shortened_name_is_known_beside_its_form() -> None:
    assert shortened("编办（盖章）", ["县委编办"])
    assert shortened("编办 王某某", ["县委编办"])
    assert not shortened("县体育局", ["县教育局"])
    assert not shortened("局", ["县教育局"])


@pytest.mark.parametrize(
    ("text", "unit", "may"),
    [
        ("中共辰溪县委机构编制委员会办公室", "县委编办", True),
        ("编办王某某", "县委编办", True),
        ("县教育局王某某", "县教育局", True),
        ("辰溪县教育局", "县教育局", True),
        ("县教育局直属县职业中等专业学校", "县教育局", False),
        ("共青团辰溪县委", "县委", False),
        ("辰溪县委老干部局", "县委", False),
        ("县体育局", "县教育局", False),
    ],
)
def test_an_unclear_name_may_be_the_forms_own_or_plainly_anothers(
    text: str, unit: str, may: bool
) -> None:
    assert may_name(text, [unit]) is may
