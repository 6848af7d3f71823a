"""What was found in a unit's return, in words that the unit itself understands. Pure.

A finding is written for the clerk who keeps the ledger; a unit needs to know what to mend.
"""

from collections.abc import Iterable, Iterator

from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.numerals import number_list

_WHOLE = "请在本次下发的填报表里填写后重新报送，不要另建表格，也不要改动填报单位、期次和表单编号。"
_ONLY_EXCEL = f"附件不是 Excel 表格，读不出填报内容。{_WHOLE}"

# What a unit can do something about: code → what it is told, {task} and {place} where known.
WORDS: dict[str, str] = {
    **dict.fromkeys(
        (
            *("unknown_file", "master", "plan_workbook", "no_table", "no_progress_column"),
            *("table_text", "table_texts_left"),
        ),
        f"收到的文件看不出是填报表。{_WHOLE}",
    ),
    **dict.fromkeys(
        (
            "unknown_unit",
            "shared_name",
            "unknown_period",
            "unknown_owner",
            "unknown_number",
            "not_issued",
        ),
        f"收到的文件看不出是哪个单位、哪一期的填报表。{_WHOLE}",
    ),
    **dict.fromkeys(
        ("bad_signature", "other_plan", "version_contradiction"),
        f"收到的文件与下发的填报表对不上。{_WHOLE}",
    ),
    "more_files": "压缩包或邮件里的文件太多，没有全部登记：请只报送填报表和必要的附件。",
    "another_unit_sheet": "文件里还有一张别的单位的表，没有收取：请分开报送，一个单位一份。",
    "unit_contradiction": f"表里写的单位前后不一致，可能用了别的单位的表。{_WHOLE}",
    "period_contradiction": f"表里写的期次前后不一致，可能用了上期的表。{_WHOLE}",
    "wrong_period": f"收到的是以前一期的填报表。{_WHOLE}",
    "claimed_identity": f"不能确认收到的文件是贵单位的填报表。{_WHOLE}",
    "stranger_replaces": (
        "收到一份要更正贵单位已报内容的表，不是从贵单位登记的邮箱发来的：请确认是否属实。"
    ),
    "sender_contradiction": f"不能确认收到的文件是贵单位的填报表。{_WHOLE}",
    "tie": "{task}收到几份内容不同的表，分不出先后：请告知以哪一份为准，或重新报送一份。",
    "answer_out_of_place": "有文字没有写在“进展情况”栏里（{place}）：请填到相应任务的那一格。",
    "merged_progress": "{task}的“进展情况”格与其他格合并了：请按下发的表分开填写。",
    "duplicate_row": "{task}在表里出现了两行，内容不同：请只保留一行。",
    "torn_row": "表里的行被打乱（{place}），不能确定文字是哪一项任务的：请在下发的表里重新填写。",
    "other_period_text": (
        "{task}另写有别的期次的内容，与已报的不同：要更正或补报的，请填进那一期的表另行报送。"
    ),
    "other_task_row": "表里加写了没有下发的任务（{place}）：请填到相应任务的那一格，或另行说明。",
    "refers_elsewhere": "{task}只写了“见……”，没有写进展：请把内容填进“进展情况”那一格。",
    **dict.fromkeys(
        ("progress_in_doubt", "sheets_in_doubt", "other_period_sheet", "hidden_form"),
        f"表里有几处都像“进展情况”，或写着别的期次，不能确定以哪里为准。{_WHOLE}",
    ),
    "hidden_column": f"表里的“进展情况”一栏被隐藏，看不到。{_WHOLE}",
    "object_on_blank": "{task}没有填文字，只放了图片或附件：请把内容填成文字。",
    "embedded_file": "表里嵌入了文件，读不出其中的内容：请把需要的内容填进“进展情况”栏。",
    "blank_form": "收到的填报表是空的，没有填写任何进展。",
    "missing_row": "{task}的行被删掉了，没有内容：请在下发的表里补填。",
    "earlier_version": "用的是旧版的填报表：新增或改动的任务请按最新下发的表补填。",
    "non_substantive": "{task}没有实质内容，请补充。",
    "same_as_last_period": "{task}与上期相同，请核对是否有新的进展。",
    "stray_text": "表外写有文字（{place}），没有收取：需要的内容请填进“进展情况”栏。",
    "encrypted": "文件设有打开密码：请取消密码后重新报送。",
    "encrypted_by_software": "文件被加密软件锁住，打不开：请解密或申请外发后重新报送。",
    "objects_unreadable": "表里的批注、文本框或图形读不出来：请把需要的内容填进“进展情况”栏。",
    "error_lost": "{task}是一个出错的公式，读不出内容：请把内容填成文字。",
    "encrypted_mail": "邮件加了密，打不开：请不要加密，把填报表作为附件重新报送。",
    "damaged": "文件打不开，可能已损坏：请用 Excel 或 WPS 另存为 .xlsx 后重新报送。",
    "too_large": "文件太大，没有读取：请只在填报表里填写文字后重新报送。",
    "interrupted": "文件两次没能读完，没有收取：请用 Excel 或 WPS 另存为 .xlsx 后重新报送。",
    "hostile": "文件没有通过安全检查，没有读取：请与我们联系后重新报送。",
    "empty_file": "文件是空的，可能没有传完：请重新报送。",
    "mail_without_attachment": "邮件里没有附上填好的填报表：请填好，作为附件重新报送。",
    "mail_table": "填报内容粘贴在邮件正文里：请填进下发的填报表，作为附件重新报送。",
    **dict.fromkeys(
        (
            "format_pdf",
            "format_ofd",
            "format_image",
            "format_word",
            "format_slides",
            "format_html",
            "format_xml",
            "format_xlsb",
            "format_sylk",
            "format_dif",
            "format_gnumeric",
            "format_numbers",
            "format_json",
            "format_shortcut",
            "format_unknown",
            "format_mail",
        ),
        _ONLY_EXCEL,
    ),
    **dict.fromkeys(
        ("format_rar", "format_7z", "format_archive", "format_zip", "empty_archive"),
        "压缩包里的文件没有读出来：请直接以附件报送填报表，不要压缩。",
    ),
}
_MORE = "邮件里另有内容，不在已收的填报表里：要更正或补充的，请填进填报表，作为附件重新报送。"
_OTHERWISE = "收到的文件正在核对，如需贵单位补充，会另行联系。"


def to_mend(findings: Iterable[Finding], *, whole: bool = False) -> list[str]:
    """Return what a unit is asked to mend, each thing once, in the order of the findings.

    `whole` says that all its tasks have been answered: a message without a form says more then.
    """
    return list(dict.fromkeys(_said(findings, whole)))


def _tasks(one: Finding) -> str:
    numbers = number_list(task.shown for task in one.tasks)
    return f"第{numbers}项" if numbers else ""


def _said(findings: Iterable[Finding], whole: bool) -> Iterator[str]:
    for one in findings:
        if whole and one.code == "mail_without_attachment":
            yield _MORE
        elif words := WORDS.get(one.code):
            yield words.format(
                task=_tasks(one) or "有一项任务",
                place=str(one.place) or "位置见表",
            )
        elif one.severity is Severity.ERROR:
            yield _OTHERWISE
