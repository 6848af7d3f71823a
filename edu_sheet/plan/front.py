"""What stands around the plan's table: title, document number, issuer, dates, addressee. Pure."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from edu_sheet.plan.issued.broken_titles import (
    PLACE_OR_YEAR,
    Headline,
    ends_like_title,
    headlines,
    same_title,
    titles_named,
)
from edu_sheet.plan.issuing import (
    RED_HEAD,
    date_line,
    days_of,
    doc_number,
    first,
    issue_of,
    labels_issue,
    tells_issuer,
)
from edu_sheet.words.period import Month
from edu_sheet.words.text import bare, tidy

_TITLE_IN_NOTICE = re.compile(r"印发[^《]{0,20}《(.+)》的通知")
_TITLE_LINE = re.compile(
    r".{4,60}(?:方案|分工|清单|台账|任务|表|计划|分解|要点|安排|分工|任务书|[任责项工][务任目作]卡片?)(?:（.{1,10}）)?"
)
_LIKE_TITLE = re.compile(r"(?!附件|附表|附：|填报|单位)[^。：:；;，,！？]{6,50}")
_NOTICE = re.compile(r"(?:.{2,40}?关于|关于(?=印发|下达|公布))(?:印发|下达|公布)?(.{4,100})的通知")
_OWN_NOTICE = re.compile(r".{2,40}?关于(?!印发|下达|公布).{4,60}的通知")
_RUNNING_HEAD = re.compile(
    r"[^：:《]{3,30}(?:办公室|委员会|政府|局|厅|部|委)[：:](?=.{8})|(?:标题|(?:文件)?名称)[：:]"
)
_ANNEX = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]{0,3}[：:]?")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]|附件[：:]"
    r"|第.{1,3}[章条]"
)
_ANY_NUMBER = re.compile(r".{1,15}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d{1,5}号")  # ×政发〔2024〕6号
_START = re.compile(r"[从自](?:(\d{4})年)?(\d{1,2})月[^，。；、]{0,6}?(?:开始|起)")
_REPORTED = re.compile(  # 从10月底开始一月一调度; 建立日报告制度 is a task
    "报送|上报|填报|报进展|(?=.*(?:每[月季周旬半]|[按逐][月季]|一月一|一季|[月季]报))(?:.*(?:报告|[月季]报|调度|督[办查导]|通报|反馈))"
)
_MONTH_LINE = re.compile(r"(\d{4})年(\d{1,2})月(?:印发|制|编制)?")
_ADDRESSED = re.compile(  # 各区人民政府，市直各部门：
    r"(?=.*(?:[各全直驻有相]|党委))[^。：:；;]{1,400}"
    r"(?:政府|党委|党工委|单位|部门|机构|办事处|街道|乡镇|[局委办厅室会院校司处社团])(?:[（(][^（）()]{1,20}[）)])?[：:]"
)
_HEADS = re.compile("的通知$|关于.{4,100}(?:意见|通报|决定|函)$")
_LEADS_IN = re.compile("如下|现将|现就|根据|包括|以下|(?:责任|牵头|配合|承办|协办)(?:单位|部门).$")
_NUMBERED = 40  # characters of a line that holds a document number and little else


@dataclass(frozen=True, slots=True)
class Front:
    """What a document says of itself; "" and None where it says nothing."""

    title: str = ""
    lines: tuple[str, ...] = ()  # of the document that the title stands in
    half: str = ""  # a line above the title that may be its first half
    guessed: bool = False  # the title is a first line that does not end like one
    notice: str = ""  # the title of the notice that the plan's is a part of
    doc_number: str = ""
    issuer: str = ""
    issued: date | None = None
    loose_day: str = ""  # the words that the day is taken from, where it may be another
    first_month: Month | None = None
    addressee: str = ""


def read_front(
    paragraphs: Sequence[str],
    title_from: int | None = None,
    besides: Sequence[str] = (),
    of_tasks: Container[str] = (),
) -> Front:
    """Return what the paragraphs before a plan's table say, in the order of the document.

    The first month is where reporting starts (从10月底开始调度), else the month of issue. The title
    stands in the first `title_from` of them, and is none of those `besides`. What stands in those
    `of_tasks` starts no reporting.
    """
    whole = headlines([line for line in map(tidy, paragraphs[:title_from]) if line])
    whole = [one for one in whole if one.text not in besides]
    above = [one.text for one in whole]
    issue = issue_of(paragraphs, above)
    title = _title(above)
    top = _first_line([line for line in above if not tells_issuer(issue.issuer, line)])
    notice = next((line for line in above if title and _OWN_NOTICE.fullmatch(line)), "")
    front = Front(
        title=title or top,
        guessed=not title and not _stands_like_title(top, above),
        notice=notice if f"关于{title}的通知" in notice else "",
        doc_number=issue.number,
        issuer=issue.issuer,
        issued=issue.day,
        loose_day=issue.loose_day,
        first_month=_first_month(
            [line for one in paragraphs if one not in of_tasks and (line := tidy(one))], issue.day
        ),
        addressee=_addressee(above),
    )
    return _with_lines(front, whole)


def of_all_annexes(front: Front, paragraphs: Sequence[str]) -> Front:
    """Return the front under the title that the notice gives, where several annexes have tasks."""
    whole = headlines([line for line in map(tidy, paragraphs) if line])
    for line in (one.text for one in whole):
        if found := _NOTICE.fullmatch(line):
            named = _title([line]) if _TITLE_IN_NOTICE.search(line) else found[1]
            return _with_lines(
                replace(front, title=named, guessed=False, notice=line, half=""), whole
            )
    return front


def _with_lines(front: Front, whole: Sequence[Headline]) -> Front:
    """Return the front with the lines that its title stands in, and what may belong to it."""
    title = same_title(front.title)
    own = [one for one in whole if title and _plain(one.text) == title]
    notices = [one for one in whole if one.text.endswith("的通知") and title]
    held = [*own, *(one for one in notices if title in same_title(one.text))]
    half = next((one.below for one in own if not PLACE_OR_YEAR.search(one.text)), "")
    return replace(
        front, lines=tuple(bare(line) for one in held for line in (*one.lines, one.text)), half=half
    )


def use_of(front: Front, line: str, *, whole: bool = False) -> str:
    """Return what a line of the document gave the front, "" where it gave nothing.

    `whole`: only where nothing else stands in it.
    """
    said = tidy(line)
    plain = bare(said).rstrip("：:")
    numbered = len(plain) <= _NUMBERED and doc_number([said]) == front.doc_number != ""
    uses = (
        (front.issued in days_of(said), "用作成文日期"),
        (numbered, "用作文号"),
        (tells_issuer(front.issuer, plain), "用作发文机关"),
        (plain == bare(front.addressee), "用作主送机关"),
        (plain in (bare(front.notice), *front.lines), "用作方案名称"),
        (front.issued and labels_issue(said) and not whole, "其中的文号、机关、日期已采用"),
    )
    return next((what for fits, what in uses if plain and fits), "")


def _plain(line: str) -> str:
    return same_title(_RUNNING_HEAD.sub("", line))


def _as_written(title: str, lines: Sequence[str]) -> str:
    """Return the title of a notice as the plan itself writes it."""
    return next((one for one in lines if same_title(one) == same_title(title)), title)


_MORE = 12  # characters that a title may have and the notice leave out: 某县, 的


def _own_title(noticed: str, lines: Sequence[str]) -> str:
    """Return the plan's own title below the notice that issues it, "" where it is none fuller."""
    issuing = (at for at, line in enumerate(lines) if line.endswith("的通知"))
    below = [line for line in lines[next(issuing, len(lines)) + 1 :] if not line.endswith("通知")]
    said = same_title(noticed)
    for line in below if said else ():
        letters, own = iter(same_title(line)), same_title(line)
        fuller = len(said) < len(own) <= len(said) + _MORE and all(one in letters for one in said)
        if fuller and not re.search("[。：:；;，,]", line) and not _HEADING.match(line):
            return line
    return ""


_LED_BY_ONE = re.compile(r"牵头(?:的|落实)?.{0,4}(?:任务|事项|工作)(?:（.{1,8}）)?$")  # of a part


def _title(lines: Sequence[str]) -> str:
    quoted = re.sub("》[、和及与]《", "和", first(_TITLE_IN_NOTICE, lines, search=True))
    if found := _own_title(quoted or first(_NOTICE, lines), lines) or quoted:
        return found
    near = [
        (at, _RUNNING_HEAD.sub("", line))
        for at, line in enumerate(lines)
        if _TITLE_LINE.fullmatch(line) and not _HEADING.match(line) and "。" not in line
    ]
    near = [one for one in near if not _LED_BY_ONE.search(one[1])] or near
    if not near:
        return _as_written(first(_NOTICE, lines), lines)
    named = {same_title(one) for one in titles_named(lines)}
    annexed = max((at for at, line in enumerate(lines) if _ANNEX.fullmatch(line)), default=-1)
    own = [(at, line) for at, line in near if at > annexed] or near[-1:]
    issued = [line for at, line in own if same_title(line) in named]
    known = [line for at, line in own if PLACE_OR_YEAR.search(line)]
    return (issued or known or [own[-1][1]])[-1]


def _first_line(lines: Sequence[str]) -> str:
    """Return the first line that stands there like a title, "" where none does."""
    for line in lines:
        known = _HEADING.match(line) or _ANY_NUMBER.fullmatch(line) or RED_HEAD.fullmatch(line)
        if not known and _LIKE_TITLE.fullmatch(line) and not date_line(line):
            return line
    return ""


def _stands_like_title(first: str, lines: Sequence[str]) -> bool:
    """Return whether a first line is a title: it ends like one, or stands alone with its place."""
    beside = [one for one in lines if not _ANNEX.fullmatch(bare(one)) and not one.startswith("（")]
    return ends_like_title(first) or (beside == [first] and bool(PLACE_OR_YEAR.search(first)))


def _first_month(lines: Sequence[str], issued: date | None) -> Month | None:
    told = (part for line in lines for part in re.split("[。；;]", bare(line)))
    for found in filter(None, map(_START.search, filter(_REPORTED.search, told))):
        month = int(found[2])
        if not 1 <= month <= 12:
            continue
        if found[1]:
            return Month(int(found[1]), month)
        if issued:  # 从1月开始, issued in December, means the year after
            return Month(issued.year + (month < issued.month), month)
    return Month(issued.year, issued.month) if issued else _month_line(lines)


def _month_line(lines: Sequence[str]) -> Month | None:
    """Return the month that stands on a line of its own: （2025年3月）, 2025年3月印发."""
    for found in map(_MONTH_LINE.search, lines):
        if found and bare(found.string).strip("（）()").endswith(bare(found[0])):
            before = found.string[: found.start()].strip("（( ")
            if not re.search(r"[，。；：、\d]", before) and 1 <= int(found[2]) <= 12:
                return Month(int(found[1]), int(found[2]))
    return None


def _addressee(lines: Sequence[str]) -> str:
    """Return whom the notice addresses: the line that ends with ： between title and text."""
    titled = ""
    for place, line in enumerate(lines):
        if not line.endswith(("：", ":")):
            if titled and (_HEADING.match(line) or "。" in line):
                return ""
            heads = _TITLE_LINE.fullmatch(line) or _HEADS.search(line) or ends_like_title(line)
            titled = line if heads else titled
            continue
        behind = lines[place + 1] if place + 1 < len(lines) else ""
        below = titled.endswith("的通知") and lines[place - 1] == titled
        several = behind or "，" in line  # else the first task may be theirs
        listed = _ADDRESSED.fullmatch(line) and several and not _HEADING.match(behind)
        if titled and (below or listed) and not _LEADS_IN.search(line):
            return line[:-1]
    return ""
