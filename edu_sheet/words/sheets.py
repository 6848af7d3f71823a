"""What the sheets of a master and of the plan workbook are called. Pure.

Collect knows these workbooks by them.
"""

GLANCE_SHEET = "一览"
MAIN_SHEET = "总表"
PRINT_SHEET = "打印版"
HISTORY_SHEET = "进展历程"
DETAIL_SHEET = "明细"
RETURNS_SHEET = "报送情况"
MISSING_SHEET = "未报送单位"
PROBLEMS_SHEET = "问题清单"

PLAN_SHEET = "分工方案"
ROSTER_SHEET = "单位名录"
SETTINGS_SHEET = "设置"
PERIODS_SHEET = "期次"
DEADLINES_SHEET = "时限节点"  # there once `check --deadlines` was run
CLOSINGS_SHEET = "办结"
