"""Names in lists: what is found, what is one unit, what looks alike."""

import json
import time

import pytest

from edu_sheet.rules import units
from tests.support.places import SUPPORT

EXPECTED = json.loads((SUPPORT / "expected.json").read_text(encoding="utf-8"))
ROSTER = {name: name for name in EXPECTED["units"]} | EXPECTED["aliases"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "县委办、县人大办，县政协办,县委编办；县财政局;县公安局",
            "县委办 县人大办 县政协办 县委编办 县财政局 县公安局",
        ),
        ("县教育局\n新华书店", "县教育局 新华书店"),
        ("县委、 县政府", "县委 县政府"),
        ("县委组织部，各乡镇党委、政府", "县委组织部 各乡镇党委、政府"),
        ("各乡镇党委，政府；县委", "各乡镇党委、政府 县委"),
        ("各乡（镇）党委、乡（镇）人民政府、县委", "各乡（镇）党委、乡（镇）人民政府 县委"),
        ("各乡镇党委、县政府", "各乡镇党委 县政府"),
        (
            "各县（市、区）党委和人民政府，高新区党工委和管委会",
            "各县（市、区）党委和人民政府 高新区党工委和管委会",
        ),
        ("各县（市、区）党委、政府（管委会）", "各县（市、区）党委、政府（管委会）"),
        ("县公安局、县交通局（按职责分别负责）", "县公安局 县交通局"),
        ("各镇（街道）、园区管委会", "各镇（街道） 园区管委会"),
        ("各区政府\n（含新区管委会）、县公安局", "各区政府（含新区管委会） 县公安局"),
        ("县公安局按职责负责，各镇街落实", "县公安局 各镇街"),
        ("县 教 育 局、县教育局、县财 政局。", "县教育局 县财政局"),
        ("县直部门（县教育局、县财政局）、县公安局", "县直部门（县教育局、县财政局） 县公安局"),
        ("、，", ""),
        ("县财政局等单位和各乡镇人民政府", "县财政局 各乡镇人民政府"),
        ("县教育局等部门及各乡镇人民政府", "县教育局 各乡镇人民政府"),
        (
            "财政厅等部门和各市、县人民政府按职责分工负责",
            "财政厅 各市、县人民政府",
        ),
        ("县教育局等有关部门和单位按职责分工负责", "县教育局"),
        ("县教育局、县财政局依职责分工负责", "县教育局 县财政局"),
        ("县教育局、县财政局根据各自职责抓好落实", "县教育局 县财政局"),
        ("县教育局等部门及时推进", "县教育局"),
        ("省教育厅及各设区市、县（市、区）人民政府", "省教育厅 各设区市、县（市、区）人民政府"),
        ("县教育局和各乡镇党委、政府", "县教育局 各乡镇党委、政府"),
        ("县文旅局 县林业局", "县文旅局 县林业局"),
        ("县文旅局/县委宣传部", "县文旅局 县委宣传部"),
        ("市财政局　国税局　地税局", "市财政局 国税局 地税局"),
        ("县住房和城乡 建设局、县委 组织部", "县住房和城乡建设局 县委组织部"),
        ("各乡 镇党委、 政府、某园 区管委会", "各乡镇党委、政府 某园区管委会"),
        ("1.县教育局\n2.县财政局", "县教育局 县财政局"),
        ("1、县教育局2、县财政局", "县教育局 县财政局"),
        ("①县财政局②有关乡镇人民政府", "县财政局 有关乡镇人民政府"),
        ("（1）县水利局；（2）各乡镇（街道）", "县水利局 各乡镇（街道）"),
        ("县第2、县第3中学、12345热线办", "县第2 县第3中学 12345热线办"),
        ("县财政局会同县住建局", "县财政局 县住建局"),
        ("各市、特区、区人民政府、市教育局", "各市、特区、区人民政府 市教育局"),
        ("各盟行政公署、市人民政府", "各盟行政公署、市人民政府"),
        ("各县、市、区、特区人民政府", "各县、市、区、特区人民政府"),
        ("各苏木、镇、街道办事处", "各苏木、镇、街道办事处"),
        ("各镇、县人民政府、各乡镇、县直各部门", "各镇 县人民政府 各乡镇 县直各部门"),
        ("市直有关部门、单位，县委和县政府各部门", "市直有关部门、单位 县委、县政府各部门"),
        (
            "县教育局丶县财政局､县审计局。县税务局—县商务局",
            "县教育局 县财政局 县审计局 县税务局 县商务局",
        ),
    ],
)
def test_a_list_is_split_without_any_roster(text: str, names: str) -> None:
    assert units.split(text, {}) == tuple(names.split())


def test_the_roster_s_names_come_first_and_only_whole() -> None:
    assert units.split("县委办、县委", ROSTER) == ("县委办", "县委")
    assert units.pieces("县委办公室、县委", ROSTER) == (
        units.Piece("县委办公室", None),
        units.Piece("县委", "县委"),
    )
    assert units.split("县委、县政府", {"县委、县政府": "两办", "县委": "县委"}) == ("两办",)


def test_an_alias_gives_the_unit_it_stands_for_once() -> None:
    text = "县自然资源局，各县乡镇党委、政府、县自然资源 规划局,中小学"
    assert units.split(text, ROSTER) == ("县自然资源局", "各乡镇党委、政府", "各中小学校")


def test_a_line_break_inside_a_known_name_parts_nothing() -> None:
    assert units.split("县委办、县自然\n资源局\n县财政局", ROSTER) == (
        "县委办",
        "县自然资源局",
        "县财政局",
    )


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("县教育局基教股、勤工俭学服务中心", "县教育局基教股 县教育局勤工俭学服务中心"),
        ("县 教 育 局 督 导 室、财 建 股", "县教育局督导室 县教育局财建股"),
        ("基教股", "县教育局基教股"),
        ("县财政局预算股、国库股", "县财政局预算股 县财政局国库股"),
        ("县教育局党委办公室、人事股", "县教育局党委办公室 县教育局人事股"),
        ("县委教育工作领导小组秘书组秘书室", "县委教育工作领导小组秘书组秘书室"),
        ("县残联办公室、县教育局人事股", "县残联办公室 县教育局人事股"),
        ("", ""),
    ],
)
def test_an_office_stands_behind_its_unit(text: str, offices: str) -> None:
    header = "县教育局 牵头联络 股室"
    assert units.offices(text, header, EXPECTED["units"]) == tuple(offices.split())


def test_the_header_names_the_unit_even_if_no_roster_does() -> None:
    assert units.offices("基教股", "市教育局牵头联络科室", []) == ("市教育局基教股",)


@pytest.mark.parametrize(
    ("suggested", "doubtful"),
    [
        ("县自然资源局", "县自然资源规划局"),
        ("各中小学校", "中小学"),
        ("各乡镇党委、政府", "各县乡镇党委、政府"),
        ("各乡镇党委、政府", "各乡（镇）党委、政府"),
        ("县住建局", "县住房和城乡建设局"),
        ("县教育局", "辰溪县教育局"),
        ("县委办", "县委办公室"),
        ("县法院", "县人民法院"),
    ],
)
def test_two_spellings_of_one_unit_look_alike(suggested: str, doubtful: str) -> None:
    assert units.look_alikes([suggested, "新华书店", doubtful]) == [(doubtful, suggested)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县委", "县委办"),
        ("县委办", "县委编办"),
        ("县政府", "县政府办"),
        ("县政府办", "县政府督查办"),
        ("县教育局", "县教育局党委"),
        ("县委", "县纪委监委"),
        ("县委", "团县委"),
        ("县民政局", "县财政局"),
        ("县委教育工作领导小组", "县委教育工作领导小组秘书组"),
        ("县城市管理执法局", "县市场监督管理局"),
    ],
)
def test_two_bodies_do_not_look_alike(one: str, other: str) -> None:
    assert units.look_alikes([one, other]) == []
    assert units.look_alikes([other, one]) == []


def test_the_real_roster_has_no_look_alikes_but_its_aliases() -> None:
    assert units.look_alikes(EXPECTED["units"]) == []
    found = units.look_alikes([*EXPECTED["units"], *EXPECTED["aliases"]])
    assert dict(found) == EXPECTED["aliases"]


@pytest.mark.parametrize("known", [{}, {"县教育局": "县教育局"}])
@pytest.mark.parametrize(
    "text",
    [
        "（" * 300_000,
        "（" * 150_000 + "）" * 150_000,
        "县教育局（" * 60_000,
        "各" + "党委和" * 100_000,
        "各镇党委和" + "政府" * 150_000,
        "县教育局和" * 60_000,
        "县教育局、" * 60_000,
        " " * 300_000 + "x",
        "县教育局" + "等" * 60 + "。x",
        "县教育局" + "负责" * 60 + "。x",
    ],
    ids=lambda text: text[:4].strip() + text[-2:] if isinstance(text, str) else None,
)
def test_a_text_of_any_length_is_read_in_time(text: str, known: dict[str, str]) -> None:
    """Ten cells' worth: with the square of it they took minutes, the last two for ever."""
    before = time.process_time()
    units.pieces(text, known)
    assert time.process_time() - before < 10


@pytest.mark.parametrize("name", ["商务局", "和平镇", "商业银行", "商城县财政局", "由里镇"])
def test_a_name_that_begins_like_a_conjunction_is_kept_whole(name: str) -> None:
    assert units.split(f"{name}、县水利局", {}) == (name, "县水利局")
    assert units.split(f"县水利局、{name}", {}) == ("县水利局", name)


def test_a_conjunction_before_a_name_is_no_part_of_it() -> None:
    assert units.split("县水利局、和县教育局，商县财政局", {}) == (
        "县水利局",
        "县教育局",
        "县财政局",
    )
    assert units.split("和县教育局、县水利局", {}) == ("和县教育局", "县水利局")
