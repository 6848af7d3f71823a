"""Findings about a file as such: what it is, why it is not read, what it brings along. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from edu_sheet.words.findings import Severity
from edu_sheet.words.letters import LONGEST
from edu_sheet.words.quotation import apart
from edu_sheet.words.text import quoted

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_BLANK_LINES = re.compile(r"\n\s*\n+")
_BODY = 600  # characters of a message that a sentence quotes; the whole stands in the original
_TAIL = 60  # characters of a path inside a file

_RESEND = "请让对方发回 Excel 原件"
_ARCHIVE = "请用解压软件解开，把里面的表格放进收件箱，或让对方直接发 Excel 原件"
_SAVE_AS = "请用 Excel 打开后另存为 .xlsx 再放进收件箱"
_ASK = "让对方发回 Excel 原件"
_WITHOUT_PASSWORD = "让对方取消密码后重发"  # noqa: S105 - advice

CODES: dict[str, tuple[Severity, str]] = {
    # --- kinds of files that hold no answers for this program
    "format_pdf": (_E, f"这是 PDF，程序无法读取其中的填报内容：{_RESEND}"),
    "format_ofd": (_E, f"这是 OFD 版式文件，程序无法读取其中的填报内容：{_RESEND}"),
    "format_image": (_E, f"这是图片，程序无法读取其中的填报内容：{_RESEND}"),
    "format_word": (_E, f"这是 Word 文档，不是填报表：{_RESEND}"),
    "format_slides": (_E, f"这是演示文稿，不是填报表：{_RESEND}"),
    "format_html": (
        _E,
        f"这是网页（HTML），只是名字像 Excel：{_SAVE_AS}，或让对方发回 Excel 原件",
    ),
    "format_xml": (
        _E,
        f"这是 XML 表格（Excel 2003 格式或其他）：{_SAVE_AS}，或让对方发回 Excel 原件",
    ),
    "format_xlsb": (_E, f"这是 Excel 二进制工作簿（.xlsb）：{_SAVE_AS}"),
    "format_sylk": (_E, f"这是 SYLK 表格（.slk），格式和识别码已丢失：{_SAVE_AS}，或{_ASK}"),
    "format_dif": (_E, f"这是 DIF 表格（.dif），格式和识别码已丢失：{_SAVE_AS}，或{_ASK}"),
    "format_gnumeric": (_E, "这是 Gnumeric 表格：请让对方另存为 .xlsx 再发一次"),
    "format_numbers": (
        _E,
        "这是苹果电脑的 Numbers 表格：请让对方在 Numbers 里“导出为 Excel”再发一次",
    ),
    "format_json": (
        _E,
        (
            "这不是表格，是下载失败时网站返回的一段信息（JSON）："
            "请重新下载，或让对方直接发 Excel 原件"
        ),
    ),
    "format_shortcut": (
        _E,
        "这只是一个快捷方式，不是文件本身，里面没有填报内容：请让对方发文件本身",
    ),
    "encrypted_by_software": (
        _E,
        (
            "文件被加密软件或权限保护锁住（单位的文档加密系统、IRM 等），在这里打不开："
            "请让对方先解密（在加密软件里申请外发或解密，或取消权限保护）再发，直接重发还是打不开"
        ),
    ),
    "format_rar": (_E, f"这是 RAR 压缩包，程序无法解开：{_ARCHIVE}"),
    "format_7z": (_E, f"这是 7z 压缩包，程序无法解开：{_ARCHIVE}"),
    "format_archive": (_E, f"这是压缩包（tar、gz 等），程序无法解开：{_ARCHIVE}"),
    "format_zip": (_E, f"压缩包里还套着压缩包，程序没有再往里解：{_ARCHIVE}"),
    "encrypted_mail": (
        _E,
        (
            "这封邮件加了密（S/MIME 或 PGP），没有收件人的证书打不开："
            "请在收信的邮箱程序里打开它，把附件另存到收件箱；或请对方不加密再发一次"
        ),
    ),
    "format_mail": (_E, "这是一封邮件：请把其中的附件另存到收件箱"),
    "format_mail:msg": (_E, "这是一封 Outlook 邮件：请把其中的附件另存到收件箱"),
    "format_unknown": (_E, f"程序认不出这是什么文件：{_RESEND}"),
    "empty_file": (_E, f"文件是空的，没有任何内容，可能没有传完：{_RESEND}"),
    "encrypted": (
        _E,
        f"文件已加密（设有打开密码）：请向对方要密码，凭密码打开；或{_WITHOUT_PASSWORD}",
    ),
    "encrypted:wrong": (
        _E,
        f"文件已加密，给出的密码打不开：请向对方核对密码后再试，或{_WITHOUT_PASSWORD}",
    ),
    "encrypted:ods": (
        _E,
        (
            f"文件已加密（ods 设有打开密码，程序不能用密码打开它）：请{_WITHOUT_PASSWORD}，"
            "或打开后另存为 .xlsx 再放进收件箱"
        ),
    ),
    # --- files that are broken, too large, or built to do harm
    "damaged": (
        _E,
        (
            "文件已损坏（{fault:fault}），程序没有读取其中任何内容："
            "请让对方用 Excel 或 WPS 打开后另存为 .xlsx 再发一次"
        ),
    ),
    "damaged:mail": (
        _E,
        "邮件已损坏（{fault:fault}），附件没有读出来：请在邮箱里打开它，把附件另存到收件箱",
    ),
    "too_large": (
        _E,
        (
            "文件过大（{fault:fault}），不像填报表，程序没有读取："
            "请让对方把内容填回下发的填报表再发一次"
        ),
    ),
    "interrupted": (
        _E,
        (
            "前两次收取都在读到它时中断了（程序被关闭，或电脑内存不够），这次没有再读："
            "请打开它核对，另存为新文件后再放进收件箱，或请对方重发"
        ),
    ),
    "hostile": (
        _E,
        (
            "文件结构可疑（{fault:fault}），为安全起见没有读取："
            "请勿打开，先与发件人核实，再请其重发 Excel 原件"
        ),
    ),
    # --- what a file brings along
    "more_files": (
        _E,
        (
            "里面另有 {count} 个不是表格的文件，没有逐个列出，也没有收取："
            "请打开原件查看其中有没有填报内容（{files}）"
        ),
    ),
    "more_files:forms": (
        _E,
        ("里面的表格太多，后面 {count} 个没有读取，也没有收取：请解压后分批放进收件箱（{files}）"),
    ),
    "more_files:unread": (
        _E,
        (
            "读取里面的文件用完了时间，还有 {count} 个没有读取，也没有收取："
            "请解压后分批放进收件箱（{files}）"
        ),
    ),
    "macro": (
        _W,
        (
            "文件带有宏，程序没有运行它，只读取单元格："
            "请勿在 Excel 里启用宏，并提醒对方用下发的填报表填报"
        ),
    ),
    "external_link": (
        _W,
        "文件链接到其他文件，程序没有打开那些文件：公式显示的是上次保存的结果，请核对",
    ),
    "styles_missing": (
        _W,
        "文件的样式部分缺失：文字照常读取，日期和百分比可能显示成数字，请与对方原件核对",
    ),
    "properties_damaged": (
        _W,
        "文件属性（修改时间等）已损坏：单元格照常读取，请核对单位和期次",
    ),
    "objects_missing": (
        _W,
        "工作表里的批注或图形没有随文件保存下来：单元格照常读取，请与对方原件核对",
    ),
    "objects_unreadable": (
        _E,
        (
            "工作表里的批注、文本框或图形读不出来，没有收取其中的内容：单元格照常读取，"
            "请打开看，需要的内容请让对方填进“进展情况”"
        ),
    ),
    "characters_lost": (
        _W,
        "有的字存成了“?”，可能是文件编码里没有的生僻字，请与对方核对：{text}",
    ),
    "texts_cut": (_W, "文字恰好 255 个字，可能被对方的程序截断了后半段，请与对方原件核对"),
    # --- archives and messages
    "unsafe_name": (
        _W,
        "压缩包里的文件名 {name!r:.80} 指向包外，只按文件名“{read}”读取：请与发件人核实",
    ),
    "skipped_member": (_I, "系统或编辑软件的临时文件，没有填报内容，已跳过"),
    "link_member": (
        _E,
        "压缩包里的这一项是快捷链接，不是文件，已跳过：请让对方放入文件本身",
    ),
    "empty_attachment": (_E, "附件没有内容，或只是一个链接：请让对方把填报表作为附件重发"),
    "by_mail": (
        _I,
        (
            "随邮件收到：发件人 {sender:known}，{arrived_at:moment}，主题“{subject}”"
            "{body:body}{pictures:pictures}"
        ),
    ),
    "mail_unseen": (
        _W,
        (
            "邮件里有看不见的文字（设成了不显示、字号为零，或字和底色相同），没有当作答复："
            "{text}\n是答复的，请对方改填进填报表。"
        ),
    ),
    "mail_bounced": (
        _E,
        (
            "这是退信：{failed:sent_to}没有送达。请在“单位名录”里核对邮箱后重新发送。"
            "{body:body}{pictures:pictures}"
        ),
    ),
    "mail_bounced:letter": (
        _E,
        (
            "这是退信：发给“{unit}”（{failed}）的{kind}邮件（{period}）没有送达{reason:because}。"
            "请在“单位名录”里核对邮箱，改好后再发。"
        ),
    ),
    "mail_bounced:claimed": (
        _E,
        (
            "这封邮件自称退信（发件人 {sender:known}），说发给“{unit}”的{kind}邮件"
            "（{period.label}）没有送达{reason:because}，但没有凭据（发出的那封信的编号，连同它的收件邮箱），不能确认：没有记为退回，催报照写。"
            "请与该单位核对邮箱：确实收不到的，确认退信（记为退回），在“单位名录”里改好再发；"
            "收得到的，本件不采用即可。{body:body}{pictures:pictures}"
        ),
    ),
    "mail_bounced:confirmed": (
        _I,
        (
            "已确认退信：发给“{unit}”（{addresses}）的{kind}邮件（{period.label}）没有送达{reason:because}，"
            "记为退回。请在“单位名录”里核对邮箱，改好后再发。"
        ),
    ),
    "mail_bounced:dismissed": (
        _I,
        (
            "这封邮件自称退信（发件人 {sender:known}），说发给“{unit}”的{kind}邮件"
            "（{period.label}）没有送达{reason:because}：没有采用，没有记为退回。"
        ),
    ),
    "mail_recall": (
        _E,
        (
            "这是撤回邮件的通知：发件人 {sender:known} 要撤回主题“{recalled}”的邮件。"
            "没有收取过那封邮件（或它带来的没有采用），什么都没有撤销：请与该单位核实，以后收到那封信也请留意；"
            "看过后本件不采用即可。{body:body}{pictures:pictures}"
        ),
    ),
    "mail_recall:unnamed": (
        _E,
        (
            "这是撤回邮件的通知：发件人 {sender:known} 要撤回一封邮件，没有写明是哪一封，"
            "什么都没有撤销：请与该单位核实；看过后本件不采用即可。{body:body}{pictures:pictures}"
        ),
    ),
    "mail_recall:collected": (
        _E,
        (
            "这是撤回邮件的通知：发件人 {sender:known} 要撤回主题“{recalled}”的邮件，"
            "那封邮件带来的是编号 {others}（{files}）。什么都没有撤销：请与该单位核实，"
            "确应撤回的，把那一份改为不采用；看过后本件不采用即可。{body:body}{pictures:pictures}"
        ),
    ),
    "mail_delayed": (
        _I,
        (
            "这是延迟投递的通知：{failed:sent_to}还没有送达，服务器还在重试，不用处理；"
            "送不到的，会另有退信。{body:body}{pictures:pictures}"
        ),
    ),
    "own_letter": (
        _I,
        "这是本程序发给“{unit}”的{kind}邮件（{period.label}），不是报送，没有采用。",
    ),
    "mail_without_attachment": (
        _E,
        (
            "邮件里没有附件，没有内容可收（发件人 {sender:known}，{arrived_at:moment}，"
            "主题“{subject}”）。内容写在正文里的，请对方填进填报表、作为附件重发，"
            "或代填：打开该单位的填报表照录，放进收件箱收取；只是来信的，"
            "看过后不采用即可。{body:body}{pictures:pictures}"
        ),
    ),
    "mail_without_attachment:beside": (
        _E,
        (
            "邮件正文里另有内容，附件里没有它，没有收取（发件人 {sender:known}，"
            "{arrived_at:moment}，主题“{subject}”）。是进展的，请对方填进填报表、作为附件重发，"
            "或代填：打开该单位的填报表照录，放进收件箱收取；只是来信的，"
            "看过后不采用即可。{body:body}{pictures:pictures}"
        ),
    ),
    "mail_without_attachment:takes_back": (
        _E,
        (
            "邮件里说附件作废、还没有审定，或以别的为准（发件人 {sender:known}，"
            "{arrived_at:moment}，主题“{subject}”）；附的表已经收取的，没有改动。"
            "请与该单位核实：确不该收的，把那份表改为不采用；看过后本件不采用即可。"
            "{body:body}{pictures:pictures}"
        ),
    ),
    "mail_without_attachment:linked": (
        _E,
        (
            "邮件里有网上附件（超大附件、云附件、网盘）的链接（{linked}），程序不去下载"
            "（发件人 {sender:known}，{arrived_at:moment}，主题“{subject}”）。"
            "请在邮箱里打开这封邮件，下载后放进收件箱收取，"
            "或请对方把填报表直接作为附件重发。{body:body}{pictures:pictures}"
        ),
    ),
}

# Why a file is broken, too large or suspicious.
FAULTS = {
    # sizes
    "over_50_mb": "超过 50 MB",
    "over_50_mb_decrypted": "解密后超过 50 MB",
    "over_50_mb_inflated": "解压后超过 50 MB",
    "over_200_mb_inflated": "解压后超过 200 MB",
    "too_much_inside": "解开后内容太多",
    "too_deep": "层次太多",
    "too_many_attachments": "附件太多",
    "too_many_members": "压缩包内的文件太多",
    "members_overlap": "压缩包里几个文件叠在同一处",
    "members": "压缩包内有 {count} 个文件",
    "csv_over_10_mb": "CSV 超过 10 MB",
    "xml_over_10_mb": "XML 超过 10 MB",
    "csv_columns": "CSV 的列太多",
    "csv_cells": "CSV 的行列太多",
    "cells": "有内容的单元格超过 {most} 个",
    "too_many_cells": "有内容的单元格太多",
    "xml_over": "内部 XML 太多",
    "text_over_4_mb": "有一段内容超过 4 MB",
    "too_slow": "没有在限定时间内读完",
    "time": "读取需要的时间超过限度",
    "memory": "读取需要的内存超过限度",
    "reference_outside": "单元格 {reference} 超出工作表范围",
    "cell_outside": "单元格超出工作表范围",
    "row_outside": "第 {row:.20} 行超出工作表范围",
    "columns_outside": "列数超出工作表范围",
    # broken
    "crashed": "读取时程序异常中止",
    "zip_broken": "压缩结构不完整，可能没有传完",
    "member_encrypted": "{name} 已加密",
    "member_method": "{name} 的压缩方式无法识别",
    "member_broken": "{name} 读不完整",
    "part_no_xml": "部件 {name:.80} 不是 XML",
    "part_missing": "缺少部件 {name:.80}",
    "workbook_missing": "找不到工作簿部件",
    "no_sheets": "工作簿里没有工作表",
    "sheet_missing": "工作表“{sheet}”的内容缺失",
    "reference": "单元格位置 {reference!r:.22} 无法识别",
    "columns_unknown": "列定义无法识别",
    "strings_missing": "共享字符串缺失，单元格内容对不上",
    "xml_broken": "内部 XML 不完整或有错误",
    "xml_encoding": "内部 XML 的编码无法识别",
    "text_encoding": "文字编码既不是 UTF-8 也不是 GBK",
    "csv_quotes": "CSV 的引号不成对，内容无法分列",
    "xls_records": "Excel 97-2003 记录不完整",
    "xls_structure": "Excel 97-2003 结构有错误",
    "encryption_broken": "加密结构不完整",
    "incomplete": "不完整",
    "structure": "结构有错误",
    "signature_alone": "只有签名，没有签名的内容",
    "winmail_incomplete": "winmail.dat 不完整",
    "winmail_structure": "winmail.dat 的结构有错误",
    # suspicious
    "inflates": "{name:tail} 解压后膨胀 {ratio} 倍以上",
    "name_outside": "内部文件名 {name!r:.82} 指向文件之外",
    "names_twice": "内部有两个同名部件 {name:.80}",
    "link_outside": "内部链接 {target!r:.82} 指向文件之外",
    "xml_depth": "内部 XML 嵌套超过 {most} 层",
    "doctype": "内部 XML 带有 DOCTYPE 声明",
    "sheet_twice": "工作表“{sheet}”出现两次",
    "columns_overlap": "列定义互相重叠",
    "cell_twice": "单元格 {cell} 出现两次，内容无法判定",
}


def _body(text: str) -> str:
    said = _BLANK_LINES.sub("\n", text.replace("\r", "")).strip()
    shown = said if len(said) <= _BODY else f"{said[:_BODY]}……（共 {len(said)} 字）"
    lines = "\n".join(f"│{quoted(line)}" for line in shown.splitlines())
    return f"\n正文：\n{lines}" if shown else ""


def _whole_body(text: str) -> str:
    """Return all that is kept of a message: what its writer wrote, then what it quotes."""
    own, below = map(_quoted_lines, apart(text.replace("\r", "")))
    said = f"\n正文：\n{own}" if own else ""
    said += f"\n引用或转发的内容：\n{below}" if below else ""
    return f"{said}\n（正文太长，后面的没有列出，请打开原件看。）" if len(text) >= LONGEST else said


def _quoted_lines(lines: Iterable[str]) -> str:
    return "\n".join(f"│{quoted(line)}" for line in lines if line.strip())


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "时间不明"


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "because": lambda text: f"：{quoted(text)}" if text else "",
    "body": _body,
    "moment": _moment,
    "known": lambda text: quoted(text) or "不明",
    "sent_to": lambda named: f"发给 {quoted(named)} 的邮件" if named else "有一封邮件",
    "pictures": lambda count: f"\n正文里有 {count} 张图片。" if count else "",
    "tail": lambda path: quoted(path)[-_TAIL:],
}
# Of these all that is kept, where there is room for it.
WHOLE: Mapping[str, Callable[[Any], str]] = {"body": _whole_body}
