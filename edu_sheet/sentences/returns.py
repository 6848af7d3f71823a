"""Findings about a returned file: each code, how grave it is, what the clerk reads. Pure.

An error means that a person must decide: the submission waits in 待处理. A warning has been taken
care of and should be known.
"""

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

from edu_sheet.words.findings import NumberedTask, Severity
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Light
from edu_sheet.words.text import quoted

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_AROUND = 10  # characters before a change that are shown with it

CODES: dict[str, tuple[Severity, str]] = {
    # --- what it is
    "unknown_file": (_E, "看不出这是本方案的填报表：没有识别码、表单编号，也没有填报单位和期次。"),
    "master": (
        _E,
        "这是总表，不是填报表：没有从中收取任何内容。总表在 成果 文件夹里直接修改即可。",
    ),
    "plan_workbook": (
        _E,
        "这是分工方案，不是填报表：没有从中收取任何内容。方案请放在工作区里修改。",
    ),
    "bad_signature": (_E, "识别码被改动过（{signal:signal}），不能确定是谁的表，没有收取。"),
    "other_plan": (
        _E,
        "这是另一个方案（另一个工作区）下发的填报表，没有收取：请核对是否发错、放错了工作区。",
    ),
    "unit_contradiction": (
        _E,
        (
            "{one:signal}是“{first}”，{other:signal}却是“{second}”：可能是用别的单位的表填的，"
            "不能确定是谁的，没有收取。"
        ),
    ),
    "period_contradiction": (
        _E,
        (
            "{one:signal}是 {first}，{other:signal}却是 {second}：可能是用上期的表改了期次填的，"
            "不能确定是哪一期，没有收取。"
        ),
    ),
    "version_contradiction": (
        _E,
        (
            "{one:signal}是第 {first} 版的表，{other:signal}却是第 {second} 版："
            "可能是两份表拼在一起的，没有收取。"
        ),
    ),
    "unknown_unit": (_E, "填报单位“{unit}”没有领过填报表，不能确定是谁的，没有收取。"),
    "shared_name": (
        _E,
        (
            "只有表头的填报单位写着“{unit}”，这个名称不止一个单位用过或正在用（{names:quoted}），"
            "不能确定是谁的，没有收取。"
        ),
    ),
    "called_now": (_W, "表上的“{unit}”是下发时的名称，该单位现在叫“{now}”：按“{now}”计入。"),
    "called_now:left": (
        _W,
        (
            "表上的“{unit}”是下发时的名称，该单位已不在名录里，现在的“{unit}”是另一个单位："
            "按“{now}”计入。"
        ),
    ),
    "unknown_period": (_E, "看得出是“{unit}”的表，看不出是哪一期的，没有收取。"),
    "unknown_owner": (_E, "看得出是 {period.label} 的填报表，看不出是哪个单位的，没有收取。"),
    "unknown_number": (_E, "表单编号 {number} 在台账里查不到，不能确定是谁的表，没有收取。"),
    "not_issued": (
        _E,
        "没有给“{unit}”下发过 {period.label} 的填报表，没有收取：请核对单位和期次。",
    ),
    "wrong_period": (
        _E,
        (
            "这是 {period} 的填报表，“{unit}”该期已经报过，而 {awaited} 还没有报："
            "可能是用上期的表填了新一期的内容，没有收取。"
        ),
    ),
    "wrong_period:unreported": (
        _E,
        (
            "这是 {period} 的填报表，文件名、邮件主题或正文写的却是 {awaited}，"
            "“{unit}”这两期都还没有报：可能是用上期的表填了新一期的内容，没有收取。"
        ),
    ),
    "wrong_period:named": (
        _E,
        (
            "这是 {period} 的填报表，“{unit}”该期已经报过，内容不同，文件名或邮件主题写的却是 "
            "{awaited}：可能是用上期的表填了新一期的内容，没有收取。"
        ),
    ),
    "sender_contradiction": (
        _E,
        "表头写的是“{unit}”，发件邮箱 {sender} 却是“{owner}”的，别无识别码，不能确定，没有收取。",
    ),
    "sender_differs": (
        _W,
        "发件邮箱 {sender} 是“{owner}”的，表内是“{unit}”：以表内为准，请核对。",
    ),
    "sender_unknown": (
        _W,
        "发件邮箱 {sender} 不在“单位名录”里，也不是“{unit}”以前用的：以表内为准，请核对。",
    ),
    "sender_unproven": (
        _W,
        (
            "收信的邮件服务器验证发件人（{failed}），没有证明这封邮件出自发件邮箱，"
            "发件邮箱可能是冒用的：请向对方核实。"
        ),
    ),
    "sender_unproven:unclear": (
        _W,
        (
            "邮件的发件人认不准（不止一个地址，或写得不合规矩），不知道是从哪个邮箱来的，"
            "请向对方核实。"
        ),
    ),
    "sender_unproven:returned": (
        _W,
        "这是随退信带回来的，不是从发件邮箱直接报来的：请向对方核实。",
    ),
    "stranger_replaces": (
        _E,
        (
            "这份表要改掉“{unit}”已经报来的内容，发件邮箱却不能确认是该单位的，没有收取："
            "请向该单位核实，属实的照收。"
        ),
    ),
    "sender_known": (_I, "发件邮箱 {sender} 是“{owner}”的，仅供参考。"),
    "sender_known:passed_on": (
        _W,
        (
            "{sender} 发来的邮件里转发（或夹带）着别人的话，看不出是谁的报送，"
            "可能是“{owner}”的：请看清后写明单位和期次。"
        ),
    ),
    "file_known": (
        _I,
        "文件名写的是“{unit}”（可能是 {periods}），表里没有写，仅供参考：请核实后写明单位和期次。",
    ),
    "passed_on": (_I, "夹在 {sender} 的邮件里，原来是 {writer} 写的。"),
    "no_table": (_E, "没有找到填报表的表格：表头和任务都对不上，没有收取。"),
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
    "tie": (
        _E,
        (
            "同一时间收到“{unit}”{period.label} 的另一份表（编号 {other}），{task:called}内容不同，"
            "分不出先后，没有收取。那份写的是：{theirs}{their_state:state}　"
            "本件写的是：{ours}{our_state:state}"
        ),
    ),
    "tie:beside": (
        _E,
        (
            "同一时间收到“{unit}”{period.label} 的几份表（另见编号 {others}），内容不同，"
            "分不出先后，都没有收取：请问清以哪一份为准，照收那一份，其余不采用。"
        ),
    ),
    "tie:taken": (
        _E,
        (
            "同一时间收到“{unit}”{period.label} 的另一份表（编号 {other}），{task:called}内容不同；"
            "那份已经收取，本件没有收取：照收本件，就以本件代替那份。"
            "那份写的是：{theirs}{their_state:state}　本件写的是：{ours}{our_state:state}"
        ),
    ),
    "tie:beside_taken": (
        _E,
        (
            "同一时间收到“{unit}”{period.label} 的几份表（另见编号 {others}），内容不同；"
            "其中有已经收取的，本件没有收取：以那份为准的，本件不采用。"
        ),
    ),
    "unit_unclear": (
        _W,
        (
            "填报单位写的是“{said}”，不是“单位名录”里的名称；识别码和表单编号都是“{unit}”的，"
            "按“{unit}”收取，请核对。"
        ),
    ),
    "tie:accepted": (
        _E,
        (
            "同一时间收到“{unit}”{period.label} 的另一份表（编号 {other}），{task:called}内容不同；"
            "按您的裁定，本件照收。那份写的是：{theirs}{their_state:state}　"
            "本件写的是：{ours}{our_state:state}"
        ),
    ),
    "bad_signature:accepted": (_E, "识别码被改动过（{signal:signal}）；按您的裁定照收。"),
    "other_plan:accepted": (
        _E,
        "这是另一个方案（另一个工作区）下发的填报表；按您的裁定照收。",
    ),
    "sender_contradiction:accepted": (
        _E,
        "表头写的是“{unit}”，发件邮箱 {sender} 却是“{owner}”的；按您的裁定照收。",
    ),
    "version_contradiction:accepted": (
        _E,
        ("{one:signal}是第 {first} 版的表，{other:signal}却是第 {second} 版；按您的裁定照收。"),
    ),
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
    "claimed_identity": (
        _E,
        (
            "表里只有{signal:signal}说是“{unit}”{period.label} 的表，没有识别码、表单编号和任务键，"
            "也不是从该单位的邮箱发来的，没有收取：请核实是谁的。"
        ),
    ),
    "claimed_identity:accepted": (
        _E,
        "只凭{signal:signal}认出是“{unit}”{period.label} 的表；按您的裁定照收。",
    ),
    "stranger_replaces:accepted": (
        _E,
        "发件邮箱不能确认是“{unit}”的，已改掉它以前报来的内容；按您的裁定照收。",
    ),
    "weak_identity": (_W, "只凭{signal:signal}认出是“{unit}”{period.label} 的表，请核对。"),
    "earlier_version": (
        _W,
        (
            "这是第 {version} 版的表，{period.label} 已改发第 {newest} 版：按旧表上的任务收取，"
            "新增或改动的任务请催报。"
        ),
    ),
    "file_name_differs": (_W, "文件名写的是“{named}”，表内是“{unit}”：以表内为准，请核对。"),
    "last_period_again": (
        _W,
        "这是 {period} 的填报表，内容与已收的相同；{awaited} 还没有报，是不是发错了文件？",
    ),
    # --- what is no form, but an answer or lies beside one
    "other_form": (
        _W,
        (
            "看{signal:signal}是“{unit}”{period.label} 的报送，只是没有用填报表："
            "请对方改填下发的表；或代填：打开“{unit}”的填报表照录，放进收件箱收取。收到表后本件自动了结。"
        ),
    ),
    "other_form:unread": (
        _W,
        (
            "看{signal:signal}是“{unit}”{period.label} 的报送，只是程序读不了："
            "请对方重发填报表；或代填：打开“{unit}”的填报表照录，放进收件箱收取。收到表后本件自动了结。"
        ),
    ),
    "other_form:which_period": (
        _W,
        (
            "看{signal:signal}是“{unit}”的报送，只是没有用填报表，"
            "也看不出是哪一期的（可能是 {periods}）："
            "请先写明期次，再请对方改填下发的表，或代填。"
        ),
    ),
    "other_form:assigned": (
        _W,
        (
            "按您的裁定，是“{unit}”{period.label} 的报送，只是没有用填报表：请对方改填下发的表；"
            "或代填：打开“{unit}”的填报表照录，放进收件箱收取。收到表后本件自动了结。"
        ),
    ),
    "mail_table": (
        _E,
        ("邮件正文里贴有表格，还没有收取。核对无误、照收的话，会收取 {count} 项：{texts:by_task}"),
    ),
    "pasted_differs": (
        _E,
        (
            "表里自己写的是“{said}”，您指定的是“{unit}”{period.label}：请核对，"
            "指定错了的重新写明，确实是的才照收。"
        ),
    ),
    "pasted_differs:accepted": (
        _E,
        "表里自己写的是“{said}”，按您的裁定算“{unit}”{period.label} 的。",
    ),
    "mail_table:partly": (
        _E,
        (
            "邮件正文里贴有表格，还没有收取。核对无误、照收的话，"
            "会收取 {count} 项：{texts:by_task}{left:not_among}"
        ),
    ),
    "mail_table:quoted": (
        _E,
        (
            "邮件里的表格贴在它引用（或转发）的邮件里，可能是以前的，还没有收取："
            "请打开看，是这次报的，先写明是哪个单位、哪一期的，再照收；不是的，不采用即可。"
        ),
    ),
    "mail_table:accepted": (
        _W,
        "按您的裁定，收取了邮件正文里贴的表格。",
    ),
    "mail_table:unread": (
        _E,
        ("邮件正文里贴有表格，还没有收取：先写明是哪个单位、哪一期的，才能对照那一期的表读取。"),
    ),
    "reply_to_letter": (
        _I,
        "这封邮件回复的是发给“{unit}”的 {period} 的邮件。",
    ),
    "settled_by_form": (
        _I,
        "“{unit}”{period.label} 的填报表已收（编号 {other}），本件不再等待；原件仍在存档。",
    ),
    "typed_in_from": (
        _I,
        "据编号 {other} 的文件（{file}）改填或代填，那份文件不再等待。",
    ),
    "lies_beside": (
        _W,
        "同一邮件或压缩包里还有 {count} 个不是表格的文件，没有读取，随原件存档：{files}",
    ),
    "assigned": (_I, "按您的裁定，作为“{unit}”{period.label} 的填报表。"),
    # --- repeats
    "duplicate": (_I, "与编号 {other} 是同一个文件（{file}），已收过，不再重复收取。"),
    "came_again": (_I, "这次来的{files:quoted}与本件是同一个文件，结论照旧。"),
    "duplicate:letter": (
        _I,
        (
            "附件与编号 {other} 是同一个文件（{file}），已收过，不再重复收取；这是另一封邮件："
            "发件人 {sender:known}，{arrived_at:moment}，主题“{subject}”"
            "{body:body}{pictures:pictures}"
        ),
    ),
    "changed_by_newer": (
        _W,
        (
            "{task:called}以本件为准。原来（编号 {other}）：{theirs}{their_state:state}　"
            "现在：{ours}{our_state:state}"
        ),
    ),
    "superseded": (
        _W,
        (
            "{task:called}已有更新的报送（编号 {other}），以那份为准，本件的没有采用。"
            "那份：{theirs}{their_state:state}　本件：{ours}{our_state:state}"
        ),
    ),
    "superseded:nothing": (
        _W,
        (
            "{task:called}本件写的是“{ours}”，没有实质内容，没有采用；"
            "仍以已报的为准（编号 {other}）：{theirs}"
        ),
    ),
    "same_again": (_I, "内容与已收的（编号 {other}）相同。"),
    # --- answers
    "blank_form": (_W, "整张表没有填写任何进展，没有收取内容。"),
    "blank_form:left": (_W, "“进展情况”栏没有填写，写在别处的没有收取：没有从中收取任何内容。"),
    "table_text": (_E, "自制的表格里写有内容，还没有收取：{text}"),
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
    "rejected": (_I, "按您的裁定，不采用这份文件；原件仍在存档。"),
    "rejected:waited": (_I, "按您的裁定，不采用这份文件；原件仍在存档。它原来待处理，是因为："),
    "accepted_by_decision": (_I, "按您的裁定，照收。"),
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
    # --- the file
    "empty_archive": (_E, "压缩包里没有文件。"),
    "too_large:unread": (
        _E,
        "文件超过 50 MB，不像填报表，程序没有读取：请让对方把内容填回下发的填报表再发一次。",
    ),
    "internal_error": (
        _E,
        (
            "程序处理这份文件时出错（{kind}），没有收取；其他文件不受影响。"
            "请把待处理里的 .txt 发给技术人员。"
        ),
    ),
    "internal_error_trace": (_I, "{trace:whole}"),
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
SIGNALS = {
    "property": "文件属性里的识别码",
    "meta": "隐藏的识别表",
    "name": "名称里的识别码",
    "number": "表单编号",
    "keys": "任务键",
    "unit": "表头的填报单位",
    "period": "表头的期次",
    "sender": "发件邮箱",
    "reply": "它回复的邮件",
    "file": "文件名",
    "words": "邮件里写的单位",
}


def _state(text: str) -> str:
    return f"（完成状态：{quoted(text)}）" if text else ""


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


def _by_task(texts: tuple[tuple[NumberedTask, str], ...]) -> str:
    return "".join(f"\n│{task.called}：{quoted(text)}" for task, text in texts)


def _not_among(texts: tuple[str, ...]) -> str:
    said = f"\n另有 {len(texts)} 处文字不在其中，照收后逐条列出，由您定收作哪一项："
    return said + "".join(f"\n│{quoted(one)}" for one in texts)


def _texts(cells: tuple[tuple[Place, str], ...]) -> str:
    return "；".join(f"{where.cell} {quoted(text)}" for where, text in cells)


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "changes": _changes,
    "count": lambda values: str(len(values)),
    "quoted": lambda values: "".join(f"“{quoted(one)}”" for one in values),
    "texts": _texts,
    "by_task": _by_task,
    "not_among": _not_among,
    "state": _state,
    "caption": _caption,
    "whole": str,
}
