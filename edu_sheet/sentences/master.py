"""Findings about 总表 and what a clerk edited in it: how grave, what she reads, what to do. Pure.

An error means that words wait for a person, who alone can say where they belong.
"""

from edu_sheet.words.findings import Severity
from edu_sheet.words.numerals import number_list

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: dict[str, tuple[Severity, str]] = {
    "new_text": (
        _W,
        "总表里这项任务的文字有人工修改，“{unit}”此后报来的内容没有并入：“{text}”。",
    ),
    "first_person": (
        _I,
        (
            "“{unit}”{of.label}报送的文字里有“{words:listed}”（第{tasks:numbers}项），"
            "印在发文机关的文件里不合适：请在总表里改成单位名称。"
        ),
    ),
    "outdated_text": (
        _W,
        (
            "{task:called}“{unit}”的文字在 {edited.label} 总表里改过，该单位此后又报来新的内容："
            "这里印的仍是改过的文字。新内容：“{text}”。"
        ),
    ),
    "outdated_text:taken_out": (
        _W,
        (
            "{task:called}“{unit}”的文字在 {edited.label} 总表里删去了，该单位此后又报来新的内容："
            "这里没有印。新内容：“{text}”。"
        ),
    ),
    "outdated_text:month": (
        _W,
        (
            "{task:called}“{unit}”的文字在 {edited.label} 总表里改过，该单位此后又报来新的内容，"
            "还没有取舍，这里没有用。新内容：“{text}”。"
        ),
    ),
    "unmerged_edits": (
        _W,
        "{file} 里第{tasks:numbers}项有人改过，还没有合并：这里没有用改过的文字。",
    ),
    "unmerged_edits:beside": (
        _W,
        "{file} 里第{tasks:numbers}项有人改过：合并时只看总表.xlsx，这里没有用改过的文字。",
    ),
    "unmerged_edits:unread": (
        _W,
        "{file} 不是程序上次写的那一份，改了什么读不出来，其中改过的文字这里没有用：{why}",
    ),
    "replaced_task": (
        _W,
        (
            "{task:called}的目标任务和具体要求都换了内容，任务键没有换：{period.label}的进展"
            "是按“{was:.40}”报的，现在列在“{now:.40}”下面。"
        ),
    ),
    "plan_differs": (
        _W,
        "总表里{task:called}的“{header}”有人工修改，而方案此后改成：“{text}”。",
    ),
    "stranger_row": (_E, "总表里有一行对应不上任何任务，文字没有合并，原样留在那里：“{text}”。"),
    "dropped_row": (
        _W,
        "方案里已没有这项任务，而总表里它的一行有人工修改，原样留着：“{text}”。",
    ),
    "left_out": (_E, "方案里已没有任务{gone}，{units:listed}报来的进展没有收入。"),
    "restored_row": (_I, "总表里{task:called}的行被删除了，已按报送内容补上。"),
    "restored_row:edited": (
        _I,
        "总表里{task:called}的行被删除了，已补上；以前在总表里改过的地方，补上的是改过的文字。",
    ),
    "remark_row": (
        _I,
        "总表里有一行对应不上任何任务，“进展情况”之外写有文字，原样留在那里，没有当作进展：“{text}”。",
    ),
    "sorted_rows": (
        _I,
        (
            "总表排序时没有带上隐藏的任务键：{tasks:many} 行已按各行的文字认出是哪项任务，"
            "文字都在原来的任务下，没有当作修改。"
        ),
    ),
    "base_lost": (
        _I,
        (
            "台账换过备份，里面没有这份总表写成时的底稿：是拿更早的底稿对照的，与报送内容不同的"
            "文字都当作您改过的，保留着，其中有的可能不是您改的。"
        ),
    ),
    "torn_edit": (
        _E,
        (
            "总表里有一行说不准是哪项任务的（任务键、序号和文字对不上：{tasks:may}），"
            "没有当作修改，原样留在那里：“{text}”。"
        ),
    ),
    "torn_edit:known": (
        _E,
        (
            "总表里有一行的任务键、序号和文字对不上（{tasks:may}；可能排序时没有带上整行）："
            "没有当作修改，已按任务键恢复原来的文字。恢复前这一行写的是：“{text}”。"
        ),
    ),
    "torn_progress": (
        _E,
        (
            "总表{task:called}的“进展情况”里是{other:called}的文字（可能只排了一列，或移动过单元格）："
            "没有当作修改，已恢复{task:called}原来的文字。恢复前这一格写的是：“{text}”。"
        ),
    ),
    "torn_progress:edited": (
        _E,
        (
            "总表{task:called}的“进展情况”里像是{other:called}的文字、又有改动，说不准是哪一项的："
            "没有当作修改，原样留在另一行：“{text}”。"
        ),
    ),
    "label:missing": (
        _W,
        (
            "{task:called}的“进展情况”在 {edited.label} 总表里改过，改后没有【{units:listed}】这样"
            "的单位名称：各段文字是哪个单位的，程序分不清，季度总结里可能列在别的单位名下。"
        ),
    ),
    "label:none": (
        _W,
        (
            "{task:called}的“进展情况”在 {edited.label} 总表里写了文字，没有写【单位】："
            "是哪个单位的，程序分不清，季度总结里列在牵头单位名下。"
        ),
    ),
    "label:doubled": (
        _W,
        (
            "{task:called}的“进展情况”在 {edited.label} 总表里改过，【{units:listed}】写了不止一次"
            "：这些文字都当作这个单位的。"
        ),
    ),
    "label:foreign": (
        _W,
        (
            "{task:called}的“进展情况”在 {edited.label} 总表里改过，写有【{units:listed}】的文字，"
            "而方案里这项任务没有这个单位。"
        ),
    ),
    "label:unknown": (
        _W,
        (
            "{task:called}的“进展情况”在 {edited.label} 总表里改过，【{units:listed}】不是单位名录"
            "里的单位：它下面的文字是哪个单位的，程序分不清，季度总结里可能列在别的单位名下。"
        ),
    ),
    "cleared": (_I, "{task:called}“{units:listed}”报来的文字在总表里删去了，不再印出。"),
    "withdrawn_text": (
        _W,
        (
            "{task:called}“{units:listed}”报来的文字已经不在了（那份报送件撤回了，或没有采用），"
            "总表里由它改成的文字还留着，照样印出。"
        ),
    ),
    "cleared:parts": (_I, "{task:called}“{unit}”报来的{parts}在总表里删去了，不再印出。"),
    "formula_typed": (
        _E,
        (
            "总表里{task:called}的“{header}”写的是公式：没有当作修改，已恢复原来的文字。"
            "恢复前这一格写的是：“{text}”。"
        ),
    ),
    "moved_text": (
        _E,
        (
            "总表里{other:called}“{owner}”的文字到了{task:called}“{unit}”名下（可能移动过文字，或换过、"
            "删去了单位名称）：没有当作修改，已恢复原来的文字。"
            "恢复前{cell:called}的“进展情况”写的是：“{text}”。"
        ),
    ),
    "moved_text:edited": (
        _E,
        (
            "总表里{other:called}“{owner}”的文字像是到了{task:called}“{unit}”名下，又有改动，"
            "说不准是谁的：{cell:called}的“进展情况”没有当作修改，原样留在另一行：“{text}”。"
        ),
    ),
    "merged_cells": (
        _W,
        (
            "总表里合并了单元格（{cells}），盖住了{task:called}的内容：合并不算删去，"
            "已拆开，盖住的文字照旧。"
        ),
    ),
}

# What to do about it, where something is left to do.
ADVICE: dict[str, str] = {
    "new_text": (
        "人工修改的文字没有动，新内容在总表该任务下面标黄的“新报送”一行。"
        "请对照取舍，处理完后删除那一行，再合并一次。"
    ),
    "outdated_text": "请合并该期总表，在标黄的“新报送”一行对照取舍，删去那一行，再合并一次。",
    "unmerged_edits": "请保存、关闭这份总表，先合并这一期的总表，再重做一次这里的。",
    "unmerged_edits:beside": (
        "要用这些修改的，请改到总表.xlsx 里，或者移走原来的总表.xlsx、把这一份改名为总表.xlsx，"
        "再合并；不用的请删去这一份。"
    ),
    "unmerged_edits:unread": "请核对这份总表；合并这一期的总表时会再说明一次。",
    "replaced_task": (
        "如是另一项任务，请在 分工方案.xlsx 里插入新的一行填写它，并删除旧的一行"
        "（任务键随行删去）；如仍是原来那一项，核对无误即可。"
    ),
    "plan_differs": (
        "人工修改的文字没有动。请核对：如以方案为准，请把总表里的文字改成与方案一致。"
    ),
    "stranger_row": "如是某项任务的进展，请抄到该任务的“进展情况”里，再删除这一行。",
    "remark_row": "如是备注，不必处理；如是某项任务的进展，请抄到该任务的“进展情况”里。",
    "left_out": (
        "请核对 分工方案.xlsx：误删的任务请恢复那一行（连同隐藏的“任务键”）；并入别的任务的，"
        "请把要用的文字抄到总表里那项任务的“进展情况”。全文在总表“明细”的末尾。"
    ),
    "dropped_row": "不再需要时，请在总表里删除这一行。",
    "restored_row": "方案里的任务都要在总表里；如任务已取消，请在 分工方案.xlsx 里删除。",
    "base_lost": "请翻看一遍总表；要用单位报来的文字的，从“明细”抄到那一格，再合并一次。",
    "sorted_rows": "不必处理。以后排序请连同右侧隐藏的一列一起选中。",
    "torn_edit": (
        "请核对它是哪项任务的，把要用的文字抄到该任务的行里，再删除这一行。改过的原表在“存档”里。"
    ),
    "torn_edit:known": "请核对。改过的原表在“存档”里；以后排序请选中整张表，连同右侧隐藏的一列。",
    "torn_progress": (
        "请核对。改过的原表在“存档”里。如确要把文字移到另一项任务，"
        "请先在原来的任务里删去它，合并一次，再粘贴过去。"
    ),
    "torn_progress:edited": "请核对它是哪项任务的，把要用的文字抄到该任务的行里，再删除那一行。",
    "label:missing": (
        "请在该期总表里核对：每段文字上面单独一行写【单位】；整段不要的，留着【单位】一行、下面空着；"
        "改好后再合并一次。"
    ),
    "label": (
        "请在该期总表里核对：每段文字上面单独一行写【单位】，名称与单位名录一致、各写一次；"
        "改好后再合并一次。"
    ),
    "cleared": "不必处理。如系误删，原表在“存档”里，抄回后再合并一次。",
    "withdrawn_text": "不该再用的，请在总表里删去这一段，再合并一次；要留着的，不必处理。",
    "formula_typed": "如要改这一格，请直接写文字。改过的原表在“存档”里。",
    "moved_text": (
        "请核对。改过的原表在“存档”里。如确要把文字改列在另一单位或另一项任务名下，"
        "请先在原来的地方删去它，合并一次，再粘贴过去。"
    ),
    "moved_text:edited": "请核对它是谁的，把要用的文字抄到该任务该单位名下，再删除那一行。",
    "merged_cells": "请核对。几项任务要合写的，请写在其中一项的“进展情况”里。",
}


def _may(tasks: tuple[object, ...]) -> str:
    numbers = [str(getattr(one, "number", one)) for one in tasks]
    return f"可能是第{'、'.join(numbers)}项" if numbers else "不像任何一项任务"


SHOWN = {"may": _may, "many": lambda tasks: str(len(tasks)), "numbers": number_list}
