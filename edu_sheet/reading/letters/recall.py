"""A notice that its sender recalls a message: as Outlook, Exchange and others write it. Pure.

Of the mail box itself it takes nothing: what has been fetched is here.
"""

import re

from edu_sheet.words.covering import tells_of_work
from edu_sheet.words.quotation import apart
from edu_sheet.words.text import bare

_SUBJECT = re.compile(
    r"\s*(?:(?:message )?recall|(?:邮件)?(?:撤回|召回|收回|回收)(?:邮件|通知|提醒|提示)*)"
    r"\s*[:：](.*)"
    r"|\s*[\[【「](?:已?撤回|撤回邮件|邮件撤回|recall)[\]】」](.*)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"recall(?:ed|ing)? the (?:e-?mail )?(?:message|e-?mail)[,:]?\s*[\"“'‘]?([^\n\"”]*)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:撤回|召回|收回|回收)(?:了)?(?:一封|这封|该|此|以下|下列)?(?:电子)?邮件[，,：:\s]*"
    r"(?:主题[为是]?[：:]?\s*)?[\"“「《‘]?([^\n\"”」》’。]*)"
)
_SHORT = 120  # characters that such a notice has, beside the subject that it names


def recalled(subject: str, text: str) -> str | None:
    """Return the subject of the message that a message recalls, "" where it names none.

    None of all else: what tells of work is an answer, whatever it is called.
    """
    own = "\n".join(apart(text)[0])
    by_subject, by_text = _SUBJECT.match(subject), _ENGLISH.search(own) or _CHINESE.search(own)
    if not (by_subject or by_text):
        return None
    named = [*(by_subject.groups() if by_subject else ()), by_text[1] if by_text else ""]
    about = next((one.strip() for one in named if one and one.strip()), "")
    said = own.replace(about, "") if about else own
    return None if len(bare(said)) > _SHORT or tells_of_work(said) else about
