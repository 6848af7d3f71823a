"""Tables as counties issue them: what stands around the tasks is taken for what it is, or asked."""

from edu_sheet.plan import read_issued
from edu_sheet.words.columns import CATEGORY
from tests.plan.test_foreign import imported
from tests.support.issued_plans import sheet

_PROJECTS = ["序号", "项目名称", "建设内容", "总投资", "责任单位"]


def asked(data: bytes, name: str = "清单.xlsx") -> list[str]:
    """Return what 导入核对 asks a person to look at."""
    return [one.read_as for one in read_issued(data, name).review if one.ask]


def test_rows_of_a_category_and_its_sums_are_categories_and_no_tasks() -> None:
    rows = [
        ["某县2025年项目清单"],
        _PROJECTS,
        ["总计（3个）", None, None, "600", None],
        ["一", "交通", None, "300", None],
        ["1", "修路", "一条", "100", "县交通局"],
        ["2", "修桥", "两座", "200", "县交通局"],
        ["二、水利（1个）", None, None, "300", "—"],
        ["3", "水库", "一处", "299", "县水利局"],
    ]
    plan, loaded = imported(sheet(rows, ["A3:C3"]), "清单.xlsx")
    assert [(one.goal, one.text(CATEGORY)) for one in plan.tasks] == [
        ("修路", "一、交通"),
        ("修桥", "一、交通"),
        ("水库", "二、水利（1个）"),
    ]
    assert not loaded.errors
    assert [one.partition("，")[0] for one in asked(sheet(rows, ["A3:C3"]))] == [
        "“Sheet”表第7行只有名称和数字"  # its sum is another
    ]
