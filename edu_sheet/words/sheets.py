"""What the sheets of a master are called: collect knows a master by them. Pure."""

MAIN_SHEET = "总表"
PRINT_SHEET = "打印版"
HISTORY_SHEET = "进展历程"
DETAIL_SHEET = "明细"
RETURNS_SHEET = "报送情况"
MISSING_SHEET = "未报送单位"
PROBLEMS_SHEET = "问题清单"
