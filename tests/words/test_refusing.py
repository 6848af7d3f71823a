"""A message that takes back the form which it brings: nobody may miss that."""

import pytest

from edu_sheet.words.refusing import refuses


@pytest.mark.parametrize(
    "said",
    [
        "附件作废",
        "作废！请勿采用",
        "请先不要收，还没审定",
        "附件是上月的，请勿采用",
        "附件是昨天的，请勿采用",
        "附件暂不采用，稍后重报",
        "不要用附件，以正文为准",
        "请以正文为准",
        "发错了，请退回",
        "请撤回我单位的表",
        "此表未经领导审定，仅供参考",
        "表已填好，待局长审定",
        "报错了，请把表退给我",
        "误发，请删除",
        "请忽略本邮件",
        "这是草稿，正式的明天报",
        "附件为征求意见稿，不作为正式报送",
        "附件是空表，进展见正文",
        "以电话报的为准",
        "盖章件稍后补上，数据以盖章件为准",
        "您好！\n附件请查收。\n这份先不汇总，局里还要改。",
    ],
)
def test_a_form_that_its_sender_takes_back_is_told(said: str) -> None:
    assert refuses(said)


@pytest.mark.parametrize(
    "said",
    [
        "前一封作废，以此为准",
        "前一封发错了，请勿采用",
        "上一封邮件请忽略，以本邮件附件为准",
        "附件请查收，之前发的不要用了",
        "上次的表不要用，以这份为准",
        "昨天发的被退回，请查收",
        "没有问题，已经主要领导审定",
        "经主要领导审定，现报上",
        "盖章版稍后送",
        "请查收，不要外传",
        "附件有误，以下表为准。",
        "请勿回复此邮件",
        "请忽略之前的邮件",
        "免责声明：本邮件含有保密信息，如果您错收了，请删除本邮件",
        "如与纸质版不一致，以电子版为准",
        "请审阅。\n\n在 2026-11-20，督办 写道：\n> 没有审定的不要用",
    ],
)
def test_what_takes_back_an_earlier_form_or_covers_this_one_is_not(said: str) -> None:
    assert not refuses(said)
