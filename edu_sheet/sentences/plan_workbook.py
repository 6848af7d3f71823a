"""Errors and doubts of the plan workbook: each code, how grave it is, what the clerk reads. Pure.

An error keeps the plan from being used; a warning is a doubt, which a person should look at.
"""

from collections.abc import Callable, Mapping
from typing import Any

from edu_sheet.words.findings import Severity
from edu_sheet.words.text import quoted

_E, _W = Severity.ERROR, Severity.WARNING

CODES: dict[str, tuple[Severity, str]] = {
    # --- sheets and cells
    "missing_sheet": (
        _E,
        "缺少工作表“{sheet}”（现有：{present}），请恢复该表的名称或从备份中复制回来",
    ),
    "missing_column": (_E, "缺少“{header}”列，请在表头这一行补上（表头文字要写对）"),
    "missing_column:header": (
        _E,
        "“{sheet}”表没有表头，表头要有这几列：{headers}，请补上",
    ),
    "formula_cell": (_W, "单元格是公式，按现有结果“{text}”读取，建议改成文字"),
    "formula_cell:error": (_E, "单元格显示错误值“{text}”，请改成文字"),
    "formula_cell:no_result": (_E, "单元格是没有结果的公式，请改成文字"),
    # --- 分工方案
    "empty_plan": (_E, "“分工方案”表里没有任务，请在表头下面逐行填写"),
    "missing_number": (_E, "缺少序号，请补填（每项任务一个序号，不能重复）"),
    "malformed_number": (_E, "序号“{text}”不是数字，请改成 1、2、3 这样的数字"),
    "duplicate_number": (
        _E,
        (
            "序号 {number} 与第{row}行重复，请改成不同的序号"
            "（方案各部分分别编号的，请在“设置”的“序号可以重复”里填“是”）"
        ),
    ),
    "duplicate_number:allowed": (
        _W,
        (
            "序号 {number} 不止一项任务有（{count} 行与前面的相同）："
            "照原样印出，收表时按任务内容区分；如是写错，请改正"
        ),
    ),
    "no_goal": (_E, "缺少{header}，请补填"),
    "no_lead": (
        _E,
        "缺少{header}，请补填；方案确实没有写的，请在“设置”的“没写牵头单位的任务”里选一种办法",
    ),
    "no_requirements": (_W, "没有填具体要求，请核对"),
    "no_unit:mark": (_E, "“{text}”只说了担什么责任，没有写是哪个单位，请改填单位名称"),
    "no_unit": (_E, "牵头部门、责任部门都没有填，这一项不会发给任何单位，请补填"),
    "plan_without_leads": (
        _W,
        (
            "共 {of} 项任务，{count} 项没有写牵头单位：请在“设置”的“没写牵头单位的任务”里"
            "选“首位责任单位牵头”或“不设牵头”（没有选以前按不设牵头办）"
        ),
    ),
    "plan_without_leads:helpers": (
        _W,
        (
            "共 {of} 项任务，{count} 项没有写牵头单位，只有“{header}”一列，配合的单位不作牵头："
            "请在牵头单位一栏补填；确实没有的，在“设置”的“没写牵头单位的任务”里选“不设牵头”（没有选以前按不设牵头办）"
        ),
    ),
    "deadlines_unsought": (
        _W,
        "{task:called}写明的日期还没有列进“时限节点”，没有跟踪：请找出时限，再核对那张表",
    ),
    "unit_added": (
        _W,
        "“{unit}”不在单位名录中，已作为新单位补入{near:near_end}如是笔误，请改正，并在单位名录中删去",
    ),
    "import_doubt": (
        _W,
        "导入时：{text}（出自{where}。核对后，把“导入核对”第{row}行的“待核对”改成“已核对”）",
    ),
    "progress_in_plan": (
        _W,
        "方案里原有 {count} 项任务的进展：印在首期填报表的“上期进展”和总表的“进展历程”里，不算报送",
    ),
    "unknown_unit:plan": (
        _E,
        "“{text}”不在单位名录中{near:near_end}请改正，或在“单位名录”中增加该单位，或填为某单位的别名",
    ),
    "stray_text:plan": (_W, "“{text:.20}”不是任务，不会下发；如是任务，请补全序号和各列"),
    "moved_key": (
        _E,
        (
            "这一行的序号、目标任务、具体要求都是{task:called}的，隐藏的任务键却是别的任务的："
            "多半是排序或粘贴时没有带上隐藏的任务键列，以前的进展会跟错任务。"
            "请撤销排序或从 存档 里的副本恢复，选中整张表（连同隐藏的列）再排序。"
        ),
    ),
    "duplicate_key": (
        _W,
        "第{row}行带着另一行的任务键（可能是复制的行），已当作新任务另给任务键",
    ),
    # --- 单位名录
    "empty_roster": (_E, "“单位名录”里没有单位，请每行填写一个单位"),
    "no_name": (_E, "这一行没有单位名称，请补填或删除本行"),
    "needless_characters": (
        _E,
        (
            "名称里有 {text}：单位名称用不着这样的符号，电脑却会当作另外的意思，请去掉"
            "（要用引号的请用中文引号“ ”）"
        ),
    ),
    "duplicate_unit": (_E, "单位“{unit}”与第{row}行重复，请删除其中一行"),
    "malformed_group": (_E, "“是否集体称谓”只能填“是”或“否”，现在是“{text}”，请改正"),
    "malformed_group:members": (_W, "填了成员单位，却又写“否”：已按集体称谓处理，请核对"),
    "malformed_mail": (_W, "邮箱“{text}”不像邮件地址，请核对"),
    "alias_of_two_units": (
        _E,
        "别名“{alias}”同时属于“{other}”和“{unit}”，请只在一个单位里保留",
    ),
    "alias_of_two_units:row": (
        _E,
        (
            "“{alias}”是“{unit}”的别名，又是第{row}行的单位。"
            "如是同一单位，请删除那一行；如不是，请删除这个别名"
        ),
    ),
    "alias_row": (
        _W,
        "“{alias}”已是“{unit}”的别名，本行的成员单位和联系方式不会用到：请核对后删除本行",
    ),
    "group_without_members": (
        _W,
        (
            "“{unit}”是集体称谓，没有填成员单位：只生成一份填报表。"
            "如要每个成员各报一份，请填写成员单位（用顿号隔开）"
        ),
    ),
    "member_not_listed": (
        _W,
        "成员单位“{unit}”没有列在“单位”一列：请核对名称；要填邮箱的，请为它增加一行",
    ),
    "nested_group": (_E, "成员单位“{unit}”本身也是集体称谓，请改填具体单位"),
    "look_alike": (
        _W,
        (
            "“{unit}”与“{other}”（第{row}行）相似。如是同一单位，"
            "请把“{unit}”填入“{other}”的别名，并删除本行；如不是，不用改动"
        ),
    ),
    "duplicate_key:unit": (
        _W,
        "第{row}行带着另一行的单位键（可能是复制的行），已当作新单位另给单位键",
    ),
    # --- 设置, 期次
    "malformed_setting": (_E, "{item}“{text}”不对，{wanted:wanted}"),
    "malformed_setting:missing": (_E, "缺少“{item}”，请在“设置”表中填写"),
    "malformed_setting:twice": (_E, "项目“{item}”与第{row}行重复，请删除其中一行"),
    "unknown_setting": (_W, "不认识的项目“{text}”，没有采用{near:near}"),
    "unknown_word": (
        _W,
        "“{item}”里的 {words} 不认识，改正以前不能发信；可以写的是 {known}",
    ),
    "duplicate_period": (_E, "期次 {period} 与第{row}行重复，请删除其中一行"),
    "early_due_date": (_W, "截止日期早于 {period.label} 的第一天，请核对年份和月份"),
    "malformed_period": (_E, "期次“{text}”不对：月份请写成 2022-12，季度请写成 2022Q4"),
    "malformed_period:missing": (_E, "这一行没有填期次，请补填，如 2022-12 或 2022Q4"),
    "malformed_date": (
        _E,
        "日期“{text}”不对，请写成 2025-12-31、2025年底，或“每年12月31日”，不提醒的留空",
    ),
    "malformed_date:period": (_E, "{header}“{text}”不对，请写成 2022-12-31 或 2022年12月31日"),
    # --- 时限节点
    "unknown_task": (_W, "序号“{text}”不是方案里的任务，这一行没有采用：请改正序号"),
    "unknown_task:several": (
        _W,
        (
            "序号为“{text}”的任务有 {count} 项，分不清是哪一项，这一行没有采用："
            "请在“分工方案”里给它们不同的序号，这里也照着改"
        ),
    ),
    "unknown_task:gone": (_W, "这一行的任务在方案里已经没有了，不再提醒：请删除这一行"),
    "unknown_task:closed": (
        _W,
        "这一行的任务在方案里已经没有了，这一条办结不起作用：可以删除这一行",
    ),
    "deadline_number": (
        _W,
        "这一行是{task:called}任务的，序号写的是“{text}”：按{task:called}读取，请改正序号",
    ),
    "deadline_reworded": (
        _W,
        "{task:called}的目标任务和具体要求里已经没有这些文字：请核对日期，不再需要的请删除这一行",
    ),
    "deadline_without_date": (_W, "没有日期，不会提醒：请填日期，或把类型改为“不跟踪”"),
    "unknown_kind": (
        _W,
        "不认识的类型“{text}”，请改为“时限”“每年”“每季度”“每月”“数量”或“不跟踪”",
    ),
    # --- 办结
    "closing_without_date": (_E, "没有填办结日期，请补填，如 2022-12-20；没有办结的请删除这一行"),
    "closing_without_basis": (_W, "没有填办结依据，请补填（文件、验收材料、会议纪要等）"),
    "malformed_year": (
        _E,
        "年度“{text}”不对：每年都有的事项，填这一次的年份，如 2022；不是每年的留空",
    ),
    "unknown_item": (
        _W,
        (
            "{task:called}任务在“时限节点”表里没有标为“{text}”的事项，这一条办结不起作用："
            "请核对；整项任务办结的，“事项”留空"
        ),
    ),
    "closed_twice": (_W, "{task:called}任务的这一事项，第{row}行已经办结：请核对后删除其中一行"),
    "reopened_before": (_W, "恢复督办日期早于办结日期，请核对"),
}

# What a setting should be.
WANTED = {
    "date": "请写成 2022-12-31 或 2022年12月31日",
    "month": "请写成 2022-10 这样的月份",
    "due_day": "请填“最后一天”，或 1 至 31 的数字",
    "one_of": "只能填{choices:either}",
    "number": "请填 {least} 至 {most} 的整数",
    "address": "请填一个邮件地址，如 dudao@example.com",
    "host": "请填服务器的名称，如 smtp.163.com，不带 http:// 和端口",
}


def _near(names: tuple[str, ...]) -> str:
    return f"，是不是{'、'.join(f'“{quoted(one)}”' for one in names)}？" if names else ""


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "near": _near,
    "near_end": lambda names: _near(names) or "。",
    "either": lambda choices: "或".join(f"“{quoted(one)}”" for one in choices),
}
