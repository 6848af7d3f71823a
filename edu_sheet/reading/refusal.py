"""Why a file is not read. Raised inside this room only; `read` turns it into a finding."""

from edu_sheet.words.findings import Finding, Severity


class Refusal(Exception):  # noqa: N818 - no error: what others sent is refused, not the operator's
    """A file, or a part of it, that cannot be read or must not be."""

    def __init__(self, code: str, message: str, place: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(code, Severity.ERROR, place, message)


def damaged(what: str, place: str = "") -> Refusal:
    """Return the refusal of a file that is broken: `what` says where."""
    message = (
        f"文件已损坏（{what}），程序没有读取其中任何内容："
        "请让对方用 Excel 或 WPS 打开后另存为 .xlsx 再发一次"
    )
    return Refusal("damaged", message, place)


def too_large(what: str, place: str = "") -> Refusal:
    """Return the refusal of a file that is larger than any form."""
    message = (
        f"文件过大（{what}），不像填报表，程序没有读取：请让对方把内容填回下发的填报表再发一次"
    )
    return Refusal("too_large", message, place)


def hostile(what: str, place: str = "") -> Refusal:
    """Return the refusal of a file that is built to do harm, or looks so."""
    message = (
        f"文件结构可疑（{what}），为安全起见没有读取："
        "请勿打开，先与发件人核实，再请其重发 Excel 原件"
    )
    return Refusal("hostile", message, place)
