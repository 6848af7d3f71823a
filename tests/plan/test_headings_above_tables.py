"""Headings above tables that say who leads: they hand the lead down and are categories."""

from edu_sheet.plan.documents import read_issued
from edu_sheet.words.columns import CATEGORY
from tests.plan.test_foreign import word

_HEADER = ["序号", "任务", "配合单位"]


def test_the_lead_in_a_headings_bracket_is_handed_to_the_tables_below_and_asked() -> None:
    data = word(
        "某县任务分解表",
        "一、完善流通（牵头单位：县商务局；配合单位：县财政局、县发改局）",
        "（一）商贸中心",
        [_HEADER, ["1", "改造中心", "县供销社"], ["2", "建设商店", "县供销社"]],
        "（二）统一配送",
        [_HEADER, ["3", "统一标识", "有关乡镇"]],
        "二、补齐冷链（县农业农村局牵头）",
        [_HEADER, ["4", "新建冷库", "县自然资源局"]],
    )
    issued = read_issued(data, "表.docx")
    assert [(one.shown, one.leads) for one in issued.plan.tasks] == [
        ("1", ("县商务局",)), ("2", ("县商务局",)), ("3", ("县商务局",)), ("4", ("县农业农村局",)),
    ]  # fmt: skip
    assert [one.text(CATEGORY).split("／")[-1] for one in issued.plan.tasks] == [
        "（一）商贸中心", "（一）商贸中心", "（二）统一配送", "二、补齐冷链（县农业农村局牵头）",
    ]  # fmt: skip
    asked = [one.read_as.partition("取自")[0] for one in issued.review if one.field == "lead_text"]
    assert asked == ["牵头单位“县商务局”"] * 2 + ["牵头单位“县农业农村局”"]
