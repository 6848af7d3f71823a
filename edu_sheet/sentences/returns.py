"""Findings about a returned file: what became of it beside others, and by decisions. Pure.

An error means that a person must decide: the submission waits in 待处理. A warning has been taken
care of and should be known. Whose it is stands in `whose.py`, what it holds in `answers.py`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from edu_sheet.words.findings import NumberedTask, Severity
from edu_sheet.words.text import quoted

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: dict[str, tuple[Severity, str]] = {
    # --- beside others of the unit's
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
    "tie:accepted": (
        _E,
        (
            "同一时间收到“{unit}”{period.label} 的另一份表（编号 {other}），{task:called}内容不同；"
            "按您的裁定，本件照收。那份写的是：{theirs}{their_state:state}　"
            "本件写的是：{ours}{our_state:state}"
        ),
    ),
    "duplicate": (_I, "与编号 {other} 是同一个文件（{file}），已收过，不再重复收取。"),
    "duplicate:letter": (
        _I,
        (
            "附件与编号 {other} 是同一个文件（{file}），已收过，不再重复收取；这是另一封邮件："
            "发件人 {sender:known}，{arrived_at:moment}，主题“{subject}”"
            "{body:body}{pictures:pictures}"
        ),
    ),
    "came_again": (_I, "这次来的{files:quoted}与本件是同一个文件，结论照旧。"),
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
        "按您的裁定，读取了邮件正文里贴的表格。",
    ),
    "mail_table:unread": (
        _E,
        ("邮件正文里贴有表格，还没有收取：先写明是哪个单位、哪一期的，才能对照那一期的表读取。"),
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
    # --- decisions
    "rejected": (_I, "按您的裁定，不采用这份文件；原件仍在存档。"),
    "rejected:waited": (_I, "按您的裁定，不采用这份文件；原件仍在存档。它原来待处理，是因为："),
    "accepted_by_decision": (_I, "按您的裁定，照收。"),
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


def _state(text: str) -> str:
    return f"（完成状态：{quoted(text)}）" if text else ""


def _by_task(texts: tuple[tuple[NumberedTask, str], ...]) -> str:
    return "".join(f"\n│{task.called}：{quoted(text)}" for task, text in texts)


def _not_among(texts: tuple[str, ...]) -> str:
    said = f"\n另有 {len(texts)} 处文字不在其中，照收后逐条列出，由您定收作哪一项："
    return said + "".join(f"\n│{quoted(one)}" for one in texts)


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "by_task": _by_task,
    "not_among": _not_among,
    "state": _state,
}
