"""Kinds of files that hold no answers for this program, and what the clerk does about each."""

from edu_sheet.reading.refusal import Refusal

_RESEND = "请让对方发回 Excel 原件"
_ARCHIVE = "请用解压软件解开，把里面的表格放进收件箱，或让对方直接发 Excel 原件"
_MESSAGES = {
    "pdf": ("format_pdf", f"这是 PDF，程序无法读取其中的填报内容：{_RESEND}"),
    "ofd": ("format_ofd", f"这是 OFD 版式文件，程序无法读取其中的填报内容：{_RESEND}"),
    "image": ("format_image", f"这是图片，程序无法读取其中的填报内容：{_RESEND}"),
    "doc": ("format_word", f"这是 Word 文档，不是填报表：{_RESEND}"),
    "docx": ("format_word", f"这是 Word 文档，不是填报表：{_RESEND}"),
    "ppt": ("format_slides", f"这是演示文稿，不是填报表：{_RESEND}"),
    "pptx": ("format_slides", f"这是演示文稿，不是填报表：{_RESEND}"),
    "html": (
        "format_html",
        (
            "这是网页（HTML），只是名字像 Excel：请用 Excel 打开后另存为 .xlsx 再放进收件箱，"
            "或让对方发回 Excel 原件"
        ),
    ),
    "xml": (
        "format_xml",
        (
            "这是 XML 表格（Excel 2003 格式或其他）：请用 Excel 打开后另存为 .xlsx 再放进收件箱，"
            "或让对方发回 Excel 原件"
        ),
    ),
    "xlsb": (
        "format_xlsb",
        "这是 Excel 二进制工作簿（.xlsb）：请用 Excel 打开后另存为 .xlsx 再放进收件箱",
    ),
    "rar": ("format_rar", f"这是 RAR 压缩包，程序无法解开：{_ARCHIVE}"),
    "7z": ("format_7z", f"这是 7z 压缩包，程序无法解开：{_ARCHIVE}"),
    "archive": ("format_archive", f"这是压缩包（tar、gz 等），程序无法解开：{_ARCHIVE}"),
    "zip": ("format_zip", f"压缩包里还套着压缩包，程序没有再往里解：{_ARCHIVE}"),
    "eml": ("format_mail", "这是一封邮件：请把其中的附件另存到收件箱"),
    "msg": ("format_mail", "这是一封 Outlook 邮件：请把其中的附件另存到收件箱"),
    "encrypted": (
        "encrypted",
        (
            "文件已加密（设有打开密码）：请向对方要密码，用 edu-sheet collect --password 打开；"
            "或让对方取消密码后重发"
        ),
    ),
    "empty": ("empty_file", f"文件是空的，没有任何内容，可能没有传完：{_RESEND}"),
    "unknown": ("format_unknown", f"程序认不出这是什么文件：{_RESEND}"),
}


def kind(name: str) -> Refusal:
    """Return the refusal of a file of this kind."""
    return Refusal(*_MESSAGES[name])


def wrong_password() -> Refusal:
    """Return the refusal of an encrypted file that the given password does not open."""
    message = "文件已加密，给出的密码打不开：请向对方核对密码后再试，或让对方取消密码后重发"
    return Refusal("encrypted", message)


def encrypted_ods() -> Refusal:
    """Return the refusal of an encrypted ods, which no password given here opens."""
    message = (
        "文件已加密（ods 设有打开密码，程序不能用密码打开它）："
        "请让对方取消密码后重发，或打开后另存为 .xlsx 再放进收件箱"
    )
    return Refusal("encrypted", message)
