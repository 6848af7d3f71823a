"""Findings about a returned file: where the answers in it stand, and what they say. Pure."""

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

from edu_sheet.words.findings import Severity
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Light
from edu_sheet.words.text import quoted

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_AROUND = 10  # characters before a change that are shown with it

CODES: dict[str, tuple[Severity, str]] = {
    # --- which table counts
    "no_table": (_E, "没有找到填报表的表格：表头和任务都对不上，没有收取。"),
    "no_table:pasted": (
        _E,
        (
            "邮件正文里贴有表格，却对不上下发的表，没有收取：请打开看，"
            "请对方填进下发的表、作为附件重发，或代填。"
        ),
    ),
    "no_table:taken": (
        _E,
        (
            "没有找到填报表的表格：表头和任务都对不上。已按您的裁定逐条收取 {count} 项；"
            "要收的都收了，就照收结案。"
        ),
    ),
    "no_progress_column": (_E, "没有找到“进展情况”一栏（表头被删改或移动），没有收取。"),
    "progress_in_doubt": (
        _E,
        (
            "有 {columns:count} 栏都可能是“进展情况”（{columns}），不能确定以哪一栏为准，"
            "都没有收取。"
        ),
    ),
    "sheets_in_doubt": (
        _E,
        (
            "有几张工作表都像本期的填报表（{sheets:quoted}），写的不同，不能确定以哪一张为准，"
            "都没有收取。"
        ),
    ),
    "other_period_sheet": (_E, "工作表“{sheet}”写明是别的期次，没有收取。"),
    "hidden_form": (_E, "填报表“{sheet}”整张被隐藏，看不到，没有收取。"),
    "hidden_column": (
        _E,
        (
            "“进展情况”一栏（{columns}）被隐藏，打开看不到，没有收取：请问清是否作数，"
            "或请对方取消隐藏后重发。"
        ),
    ),
    # --- where they stand
    "blank_form": (_W, "整张表没有填写任何进展，没有收取内容。"),
    "blank_form:left": (_W, "“进展情况”栏没有填写，写在别处的没有收取：没有从中收取任何内容。"),
    "table_text": (_E, "自制的表格里写有内容，还没有收取：{text}"),
    "table_texts_left": (
        _E,
        (
            "自制的表格里还有文字没有逐条列出，也没有收取："
            "请打开看，请对方填进下发的表重发，或代填。"
        ),
    ),
    "answer_out_of_place": (_E, "{area:area}写有内容，不在“进展情况”栏里，没有收取：{text}"),
    "answer_out_of_place:in_doubt": (_E, "{area:area}写有内容，没有收取：{text}"),
    "answer_out_of_place:part": (
        _E,
        "{area:area}写有内容，看表头或位置是“{part}”，没有收取：{text}",
    ),
    "merged_progress": (
        _E,
        "{task:called}的进展情况格与 {source} 合并了，文字只算作{owner:called}的：{text}",
    ),
    "duplicate_row": (_E, "{task:called}任务出现了两行，这一行写的不同，没有收取：{text}"),
    "torn_row": (
        _E,
        (
            "这一行的任务键、序号和文字对不上（可能排序时没有带上整行，或改写过），"
            "可能是第{candidates}项，不能确定，没有收取：{text}　这一行写的是：{row}"
        ),
    ),
    "other_task_row": (
        _E,
        "这一行是{other:called}（{row}），本件的表里没有这一项任务，没有收取：{text}",
    ),
    "other_task_row:added": (
        _E,
        "这一行写的是表里没有的任务（{row}），没有收取：{text}",
    ),
    "missing_row": (_W, "{task:called}任务的行被删掉了，没有内容可收。"),
    "another_unit_sheet": (
        _E,
        (
            "工作表“{sheet}”是“{owner}”的表，不是本件单位的，其中 {count} 处文字没有收取："
            "请把这张工作表另存为一个文件，放进收件箱收取。{text}"
        ),
    ),
    "copied_sheet": (_W, "工作表“{sheet}”是填报表的副本，以“{chosen}”为准。"),
    "copied_sheet:hidden": (
        _W,
        "隐藏的工作表“{sheet}”是填报表的副本，以“{chosen}”为准。",
    ),
    "copied_sheet:hidden_texts": (
        _W,
        (
            "隐藏的工作表“{sheet}”是填报表的副本，以看得见的“{chosen}”为准；"
            "其中另写的 {count} 处没有收取：{text}"
        ),
    ),
    "copied_sheet:of_other_period": (
        _W,
        ("工作表“{sheet}”写明是别的期次，以“{chosen}”为准；其中另写的 {count} 处没有收取：{text}"),
    ),
    "copied_sheet:all_of_other_period": (
        _E,
        (
            "工作表“{sheet}”写明是别的期次，其中的 {count} 处没有收取，而“{chosen}”没有填：请问清"
            "写的是哪一期的；是这一期的，请对方填进“进展情况”栏再报。写的是：{text}"
        ),
    ),
    "copied_sheet:as_reported": (
        _I,
        "工作表“{sheet}”是 {period.label} 的，{count} 处文字与该期已收的相同。",
    ),
    "other_period_column": (
        _W,
        "“{header}”一栏写明是别的期次，{count} 处文字没有收取：{text}",
    ),
    "other_period_column:alone": (
        _E,
        (
            "“{header}”一栏写明是别的期次，{count} 处文字没有收取，而“进展情况”栏没有填：请问清"
            "写的是哪一期的；是这一期的，请对方填进“进展情况”栏再报。写的是：{text}"
        ),
    ),
    "other_period_column:as_reported": (
        _I,
        "“{header}”一栏是 {period.label} 的，{count} 处文字与该期已收的相同。",
    ),
    "other_period_text": (
        _E,
        (
            "“{header}”里{task:called}是 {period.label} 的，与该期已收的（编号 {other}）不同，"
            "没有收取：{text}　已收的是：{theirs}"
        ),
    ),
    "other_period_text:unreported": (
        _E,
        "“{header}”里{task:called}是 {period.label} 的，该期这一项还没有报过，没有收取：{text}",
    ),
    "other_period_text:torn": (
        _E,
        "“{header}”里这一行是 {period.label} 的，可能是第{candidates}项，没有收取：{text}",
    ),
    "extra_sheet": (
        _W,
        "另外的工作表“{sheet}”有 {count} 处文字，不像进展，没有收取：{text}",
    ),
    "extra_sheet:hidden": (
        _W,
        "隐藏的工作表“{sheet}”有 {count} 处文字，不像进展，没有收取：{text}",
    ),
    "locked_cell_changed": (_W, "锁定的单元格被改动。原来：{old}　现在：{new}"),
    "locked_cell_changed:emptied": (_W, "锁定的单元格被改动。原来：{old}　现在：（空）"),
    "locked_cell_changed:several": (
        _W,
        "有 {count} 个锁定的单元格被改动，以下发的为准：{cells:changes}",
    ),
    "column_missing": (_W, "“{header}”一栏不见了。"),
    "column_missing:several": (_W, "有 {count} 栏不见了：{headers:quoted}。"),
    "stray_text": (_W, "表外写有内容，没有收取：{text}"),
    "stray_text:several": (_W, "表外有 {count} 处写有内容，没有收取：{cells:texts}"),
    "stray_text:object": (_W, "表外写有内容，没有收取：（{kind:object}）{text}"),
    "object": (
        _W,
        "有{kind:object}{caption:caption}，程序读不出里面的内容，没有收取：请打开看一看。",
    ),
    "object_on_blank": (
        _E,
        "{task:called}没有填文字，却放了{kind:object}{caption:caption}，程序读不出里面的内容：请打开看，或请对方改填文字。",
    ),
    "embedded_file": (
        _E,
        "嵌有文件，程序读不出里面的内容，没有收取：请打开看，需要的内容请让对方填进“进展情况”。",
    ),
    "object_without_text": (_I, "有{kind:object}，没有文字。"),
    "taken": (_I, "按您的裁定，作为{task:called}的进展情况：{text}"),
    "taken:part": (_I, "按您的裁定，作为{task:called}的“{part}”：{text}"),
    "taken:other_period": (
        _I,
        "按您的裁定，作为 {period.label} {task:called}的进展情况：{text}",
    ),
    "taken:other_period_replaces": (
        _I,
        (
            "按您的裁定，作为 {period.label} {task:called}的进展情况：{text}　"
            "原来（编号 {other}）：{theirs}"
        ),
    ),
    "taken:other_period_superseded": (
        _W,
        (
            "按您的裁定，作为 {period.label} {task:called}的进展情况：{text}　"
            "该期这一项后来又报过（编号 {other}），以那份为准：{theirs}"
        ),
    ),
    # --- values
    "number_value": (_W, "{task:called}填的是数字，按显示的样子收作文字：{text}"),
    "date_value": (_W, "{task:called}填的是日期，按显示的样子收作文字：{text}"),
    "percent_value": (_W, "{task:called}填的是百分数，按显示的样子收作文字：{text}"),
    "boolean_value": (_W, "{task:called}填的是逻辑值，按显示的样子收作文字：{text}"),
    "error_value": (_W, "{task:called}是一个出错的公式，按公式原文收取，请核对：{text}"),
    "error_lost": (
        _E,
        "{task:called}是一个出错的公式，只显示 {text}，读不出原文：请打开看，并请对方重填这一项。",
    ),
    "formula": (_W, "{task:called}是公式（={formula}），按它算出的值收取：{text}"),
    "formula_uncached": (
        _W,
        "{task:called}是公式，文件里没有算出的值，按公式原文收取，请核对：{text}",
    ),
    "struck_text": (_W, "{task:called}的文字带删除线，仍按原文收取，请核对是否作废。"),
    "unseen_text": (
        _W,
        (
            "{task:called}的文字打开看不见（字和底色相同，或格式设成了不显示），"
            "仍按原文收取，请核对是否作废：{text}"
        ),
    ),
    "unseen_text:column": (
        _W,
        ("{task:called}的文字打开看不见（这一栏被隐藏），仍按原文收取，请核对是否作废：{text}"),
    ),
    "unseen_text:merged": (
        _W,
        (
            "{task:called}的文字打开看不见（这一格与 {source} 合并，被盖住了），"
            "仍按原文收取，请核对是否作废：{text}"
        ),
    ),
    "removed_characters": (_W, "{task:called}含有不可打印的控制字符（{removed}），已去掉。"),
    "invisible_characters": (_W, "{task:called}含有看不见的字符（{characters}），原样保留。"),
    "looks_blank": (_I, "{task:called}只有空格等看不见的字符，按未填处理。"),
    "hidden_row": (_W, "{task:called}所在的行被隐藏，内容照收。"),
    "hidden_row:other": (
        _W,
        "{task:called}另有一行被隐藏，写的不同，以看得见的一行为准，没有收取：{text}",
    ),
    "refers_elsewhere": (
        _E,
        (
            "{task:called}写的是“{text}”，进展写在别处，没有收取："
            "请打开看，把那里的文字收作这一项，或请对方填进“进展情况”。"
        ),
    ),
    "non_substantive": (_W, "{task:called}写的是“{text}”，没有实质内容。"),
    "state_unknown": (
        _W,
        (
            "{task:called}的完成状态“{text}”不是列表里的"
            f"（{'、'.join(Light)}）：按原文收取，不计入红黄绿，请核对。"
        ),
    ),
    "state_without_text": (
        _W,
        "{task:called}只选了完成状态“{text}”，没有填进展：完成状态已收下，请该单位补填进展。",
    ),
    "same_as_last_period": (_W, "{task:called}与上期相同。"),
}

# Where an answer was written that does not stand in 进展情况.
AREAS = {
    "copy": "副本工作表里{task:called}的“进展情况”",
    "locked": "{task:called}的“{header}”格（原来是：{old:.60}）",
    "cell": "{task:called}那一行的“{header}”格",
    "state": "{task:called}的“{header}”格",
    "right": "{task:called}那一行右侧",
    "in_doubt": "{task:called}在{column}里",
    "between": "{task:called}那一行旁边的空栏",
    "inserted": "{task:called}下面插入的一行",
    "below": "表格下方",
    "earlier": "“{sheet}”表（仅供查阅的表）",
    "sheet": "另外的工作表“{sheet}”",
    "hidden_sheet": "隐藏的工作表“{sheet}”",
    "typed": "邮件正文里、表格以外",
    "rest": "另外的工作表“{sheet}”还有 {count} 个单元格",
    "many": "除上面列出的以外，还有 {count} 处（没有逐一列出，请打开原件核对）",
    "object": "{kind:object}里",
    "object_beside": "{task:called}旁边的{kind:object}里",
}
OBJECTS = {
    "comment": "批注",
    "threaded_comment": "批注会话",
    "text_box": "文本框",
    "picture": "图片",
    "cell_picture": "单元格内的图片",
    "embedded": "嵌入的文件",
    "chart": "图表",
    "control": "控件",
    "page_text": "页眉页脚",
    "other": "对象",
}


def _caption(text: str) -> str:
    return f"（{quoted(text)}）" if text else ""


def _changes(cells: tuple[tuple[Place, str, str], ...]) -> str:
    """Return what cells say now, each with as much around the change as tells which text it is."""
    return "；".join(f"{where.cell} {_change(old, new)}" for where, old, new in cells)


def _change(old: str, new: str) -> str:
    if not new:
        return "清空"
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    same = sum(1 for _ in alike)
    begun = max(0, same - _AROUND) if same < len(new) else 0
    return f"现在：{'…' if begun else ''}{quoted(new[begun:])}"


def _texts(cells: tuple[tuple[Place, str], ...]) -> str:
    return "；".join(f"{where.cell} {quoted(text)}" for where, text in cells)


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "changes": _changes,
    "texts": _texts,
    "caption": _caption,
}
