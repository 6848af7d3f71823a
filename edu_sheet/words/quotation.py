"""Where in a message the one begins that it answers or passes on. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from edu_sheet.words.text import bare

_HEADS = re.compile(  # of a quotation, without blanks; full-width signs are narrow here
    r"-{2,}(?:原始邮件|邮件原件|回复的原邮件|转发的?邮件(?:信息)?|OriginalMessage|Forwardedmessage)-{2,}|_{5,}"
    r"|[|*]*(?:发件人|发送时间|发送日期|收件人|抄送|主题|日期|时间|From|Sent|To|Cc|Subject|Date)[|*]*[:|].{0,200}"
    r"|(?:在|At|On|.{0,60}于)?.{0,20}\d{4}.{0,150}(?:写道|wrote):",
    re.IGNORECASE,
)
_MARK = re.compile("-{2,}|_{5,}|写道|wrote", re.IGNORECASE)
_LINE = re.compile("-{2,}|_{5,}")
_SUBJECT = re.compile(r"[>|*]*(?:主题|标题|Subject)[|*]*[:|](.{1,200})", re.IGNORECASE)

_FROM = re.compile(r"(?:发件人|From)[|*\s]*[:：|]", re.IGNORECASE)


class Passage(NamedTuple):
    """A message that another one quotes or passes on."""

    writer: str  # the line of its head that says who wrote it, "" where it has none
    lines: list[str]

    @property
    def text(self) -> str:
        """Its words, without its head."""
        return "\n".join(self.lines)


def apart(text: str) -> tuple[list[str], list[str]]:
    """Return the lines that the writer wrote, and what is quoted below them with its heads.

    Where each line of the quotation is marked, what stands between and below is the writer's.
    """
    lines = text.splitlines()
    at = next((at for at, one in enumerate(lines) if _begins(bare(one))), len(lines))
    own, below = lines[:at], lines[at:]
    marked = _marked(below)
    own += [one for one, quoted in zip(below, marked, strict=True) if not quoted]
    return own, [one for one, quoted in zip(below, marked, strict=True) if quoted]


def _marked(lines: list[str]) -> list[bool]:
    """Return which lines of a quotation are quoted: all of one whose lines bear no mark."""
    said = [bare(one) for one in lines]
    first = next((one for one in said if one and not is_head(one)), "")
    if not first.startswith(">"):
        return [True] * len(lines)
    return [not one or one.startswith(">") or is_head(one) for one in said]


def is_quoted(lines: Iterable[str]) -> bool:
    """Return whether what stands below lines is quoted: a quotation's mark above it, or two heads.

    One head alone may be the writer's own: 时间：12月5日.
    """
    said = [bare(one) for one in lines]
    marks = any(_MARK.search(one) for one in said if is_head(one))
    return marks or sum(map(is_head, said)) > 1


def is_head(line: str) -> bool:
    """Return whether a line, as it is compared, says who wrote a quotation when and to whom."""
    return bool(_HEADS.fullmatch(line))


def quoted_subjects(text: str) -> list[str]:
    """Return the subjects of the messages that a text quotes, the last one first."""
    _, quoted = apart(text)
    return [found[1] for one in quoted if (found := _SUBJECT.fullmatch(bare(one)))]


def passages(text: str) -> list[Passage]:
    """Return the messages that a text quotes or passes on, each with what its head says.

    Lines that no head stands above are one only where something else shows that they are quoted.
    """
    _, quoted = apart(text)
    found = [Passage("", [])]
    for line in quoted:
        said = re.sub(r"^[>|*\s]+", "", line)
        head = is_head(bare(said))
        if _FROM.match(said) or (head and _MARK.search(said)):
            found.append(Passage("" if _LINE.match(said) else said, []))
        elif said and not head:
            found[-1].lines.append(said)
    return [one for one in found if one.lines and (one.writer or is_quoted(quoted))]


def _begins(line: str) -> bool:
    return line.startswith(">") or is_head(line)
