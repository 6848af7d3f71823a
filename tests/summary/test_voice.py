"""Whose voice a unit's words are in."""

import pytest

from edu_sheet.summary.content.voice import first_person, without_own_name


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("县教育局组织培训2次。", "组织培训2次。"),
        ("县教育局：组织培训2次。", "组织培训2次。"),
        ("县教育局党委召开会议。", "县教育局党委召开会议。"),
        ("县教育局的经费到位。", "县教育局的经费到位。"),
        ("县教育局和县财政局联合发文。", "县教育局和县财政局联合发文。"),
        ("会同县教育局组织培训。", "会同县教育局组织培训。"),
        ("县教育局", "县教育局"),
        ("县教育局局长带队督导。", "县教育局局长带队督导。"),
        ("县教育局组织开展评估。", "组织开展评估。"),
        ("县教育局指导学校整改。", "指导学校整改。"),
        ("县教育局指导中心成立。", "县教育局指导中心成立。"),
        ("县教育局督促检查室通报。", "县教育局督促检查室通报。"),
        ("县教育局组织员到岗。", "县教育局组织员到岗。"),
        ("县教育局全面深化改革办印发。", "县教育局全面深化改革办印发。"),
        ("县教育局：县教育局：招录教师。", "招录教师。"),
        ("县教育局县教育局扎实推进。", "扎实推进。"),
        ("县教育局本季度完成改厕19户。", "本季度完成改厕19户。"),
        ("县教育局2026年9月完成。", "2026年9月完成。"),
        ("县教育局县教育局党委", "县教育局县教育局党委"),
        ("县教育局本级经费", "县教育局本级经费"),
    ],
)
def test_a_name_that_is_printed_before_a_text_is_not_printed_twice(text: str, printed: str) -> None:
    assert without_own_name("县教育局", text) == printed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我局按职责推进，本单位已落实，我局再查。", ("我局", "本单位")),
        ("我镇召开会议。", ("我镇",)),
        ("我县教育事业发展，本县投入增加。", ()),
        ("自我加压。", ()),
        ("各基本单位、根本办法、一本校史，我会努力。", ()),
    ],
)
def test_what_a_unit_calls_itself_is_listed_once(text: str, words: tuple[str, ...]) -> None:
    assert first_person(text) == words


@pytest.mark.parametrize("text", ["县委办印发文件。", "县委组织部牵头。", "县委县政府重视。"])
def test_another_bodys_longer_name_is_not_cut(text: str) -> None:
    assert without_own_name("县委", text) == text
