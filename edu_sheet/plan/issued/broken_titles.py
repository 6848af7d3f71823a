"""Titles that are set over several lines, put together. Pure.

The document says itself what it issues: 关于印发《…》的通知, 附件：1.…; else the last line
ends like a title, and what stands above it does not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edu_sheet.words.text import bare, tidy

_MOST_LINES, _LONGEST = 5, 120  # of a title; characters of it
_LINE = 45  # characters of one of its lines
_PART = re.compile(r"[^。：:；;，,！？!?★|｜>＞〔〕【】\[\]]{2,}")
_NO_PART = re.compile(
    r"[（(]|附[件表录：:]|填报|填表|单位|来源|首页|当前位置|打印|关闭|字体|浏览|索引|机密|秘密|特急|第.{1,3}[章条部]"
    r"|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．)）]|.*文件$|.*[〔\[［【(（]\d{4}[〕\]］】)）].*号$"
    r"|.*\d{4}年\d{1,2}月(?:\d{1,2}日)?$|[〇○零一二三四五六七八九]{4}年.*[月日]$|.*\d$"
    r"|.*(?:公开|搜索|导航|正文|讨论稿|征求意见稿|送审稿|(?:材料|议题).{0,3})$"
)
_TAIL = r"(?:[（(].{1,12}[）)])?"
_END = re.compile(
    r".*(?:方案|分工|清单|台账|表|计划|分解|要点|安排|(?:任务|责任|目标|分解|承诺)书|卡片?|通知|通报|意见|措施|办法|规定|细则|规划"
    rf"|决定|纪要|事项|任务|情况|的函){_TAIL}"
)
_ONE_KIND = re.compile(  # 任务分解表, below 某县实施方案: no title without what stands above it
    r"(?:工作|重点|主要|目标|任务|责任|分工|分解|实施|落实|整改|推进|行动|具体|年度|职责|措施|项目|及|和|的)*"
    rf"(?:方案|清单|台账|表|计划|要点|矩阵|(?:任务|责任|分解)书|意见|办法|细则|分工|分解){_TAIL}"
)
_CLOSED = re.compile(rf".*(?:通知|通报|决定|纪要|意见|的函){_TAIL}")
_PLACE = "[\u4e00-\u9fff]{1,4}?[省市县区州旗盟镇乡]|[省市县区州旗镇乡全]"
_BEGINS = re.compile(
    rf"[《“\"〈]|\d{{4}}|关于|中共|{_PLACE}|学习|贯彻|落实|深化|推[进动]|创建|加[快强大]|全面|进一步|支持|促进"
    r"|实施|开展|提[升高]|建[设立]|完善|优化|巩固|强化|打[好赢造]|以"
)
_OWN = re.compile(rf"(?:{_PLACE})(?!.{{0,2}}(?:政府|《))|《|中共")
_ISSUER = re.compile(
    r"[^关《]*(?:政府|国务院|[县市区州旗省党]委|委员会|办公[室厅]|领导小组|指挥部|局|厅|(?<![干全内外东西中南北])部"
    r"|办事处|街道|专班|集团|公司|联合会)"
)
_HANGS = re.compile("[及和与暨的](?![县市区平田顺布])")  # 及考核办法
_OFFICE = re.compile(
    r"[^关《、]{2,30}?"
    r"(?:政府|委员会|办公[室厅]|[县市区州旗省]党?委|局|厅|(?<![干全内外东西中南北])部|办)"
)
_ISSUES_ON = re.compile(rf"{_ISSUER.pattern}关于.")  # 国务院办公厅关于落实…
PLACE_OR_YEAR = re.compile(r"[省市县区州旗盟镇乡](?![级域场村])|\d{4}|《")
_YEARS = re.compile(
    r"[（(](?:\d{4}年?[—–\-~～至到]+\d{4}年?|\d{4}年?度?|试行|暂行|修订版?|第.{1,3}批|.{0,4}版)[）)]"
    r"|[（(][^（）()：:，。；、]{1,12}(?:部分|领域|方面|类)[）)](?=.{4})"
)
_PLACED = re.compile(  # （某县2025年）
    r"\((?!.*(?:公开|章\)|\d日|月\)|通过))[^()]{0,12}(?:[省市县区州旗]|\d{4}年)[^()]{0,4}\)"
)
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_ISSUES = re.compile("印发|同意|通过|制定|下发|公布")
_ISSUED = re.compile("^(?:现将)?《.*》.*印发")
_ANNEX_NAMED = re.compile(
    r"附件[：:]\s*(?:1\s*[.．、])?\s*(?P<first>.+)|\d\s*[.．、]\s*(?P<next>.+)"
)
_NOTICE = re.compile(r"(?:.{2,40}?关于|关于)(?:印发|下达|公布)(.{4,100})的通知")
_MARKS = re.compile("[《》〈〉<>“”\"'‘’]")


@dataclass(frozen=True, slots=True)
class Headline:
    """A line of a document, or several that are one title."""

    text: str
    lines: tuple[str, ...]
    below: str = ""  # what stands right above it and may be the first half of it


def same_title(text: str) -> str:
    """Return a title as it is compared: without white space and quotation marks."""
    return _MARKS.sub("", bare(text))


def headlines(lines: Sequence[str]) -> list[Headline]:
    """Return the lines of a document, those that make one title together as one."""
    named = {same_title(one) for one in titles_named(lines)}
    found: list[Headline] = []
    at = len(lines)
    while at:
        start = _begins(lines, at, named)
        text = _together(lines[start:at])
        above = lines[start - 1] if start else ""
        half = _is_part(above) and not _END.fullmatch(bare(above)) and not _ISSUER.fullmatch(above)
        half = half or bool(_PLACED.fullmatch(bare(above)))
        found.insert(0, Headline(text, tuple(lines[start:at]), above if half else ""))
        at = start
    return found


def joint_issuers(lines: Sequence[str], end: int) -> tuple[int, str]:
    """Return where the offices begin that stand above a line, and these; several, or none.

    某县教育局　某县财政局, in one line or in a line each: they issue what stands below.
    """
    start, names = end, list[str]()
    while start and (own := _offices(lines[start - 1])):
        names = [*own, *names]
        start -= 1
    return (start, "、".join(names)) if len(names) > 1 else (end, "")


def _offices(line: str) -> list[str]:
    """Return the offices that a line consists of, each beginning with the same place; or none."""
    plain = bare(line)
    place = re.escape(plain.removeprefix("中共")[:2])
    parts = re.split(rf"、|(?<=[局厅委办部府室会])(?=(?:中共)?{place})", plain)
    names = [one for one in parts if one]
    fits = all(_OFFICE.fullmatch(one) and PLACE_OR_YEAR.search(one) for one in names)
    return names if fits else []


def ends_like_title(text: str) -> bool:
    """Return whether a line ends like the title of what a place issues: 某县…的实施意见."""
    ends = _END.fullmatch(bare(text)) and not text.endswith(
        ("通知", "通报", "任务", "事项", "情况")
    )
    return bool(ends and PLACE_OR_YEAR.search(text))


def like_title(text: str) -> bool:
    """Return whether a line reads like the title of a plan: of a place or a year, no sentence."""
    plain = bare(text)
    named = _END.fullmatch(plain) and not _CLOSED.fullmatch(plain) and PLACE_OR_YEAR.search(plain)
    return bool(named and _PART.fullmatch(plain) and not _NO_PART.match(plain))


def titles_named(lines: Iterable[str]) -> Iterator[str]:
    """Yield the titles that a notice says it issues, and those of its annexes."""
    annexes = False
    for line in lines:
        if notice := _NOTICE.fullmatch(line):
            yield notice[1]
        if _ISSUES.search(line):
            yield from _QUOTED.findall(line)
        annex = _ANNEX_NAMED.fullmatch(line)
        annexes = bool(annex and (annex["first"] or annexes))
        if annex and annexes:
            yield annex["first"] or annex["next"]


def titles_issued(lines: Iterable[str]) -> list[str]:
    """Return the titles that a sentence issues together: 《甲》和《乙》已经同意，现印发给你们."""
    named = (_QUOTED.findall(one) for one in lines if _ISSUED.search(one))
    return next((titles for titles in named if titles[1:]), [])


def _begins(lines: Sequence[str], end: int, named: set[str]) -> int:
    """Return where the title begins that ends before a line; the line before it for no title."""
    for start in range(end - 1, max(end - _MOST_LINES, 0) - 1, -1):
        if not _is_part(lines[start]):
            break
        if same_title(_together(lines[start:end])) in named:
            return start
    last = end - 1
    if last and _YEARS.fullmatch(bare(lines[last])):
        last -= 1
    if not _is_part(lines[last]) or not _END.fullmatch(bare(lines[last])):
        return end - 1
    start = last
    while start > max(last - _MOST_LINES + 1, 0) and _goes_on(lines, start, end):
        start -= 1
    hangs = any(_YEARS.match(bare(one)) for one in lines[start + 1 : last + 1])
    top = bare(lines[start])
    begins = start < last and (hangs or _BEGINS.match(top) or _ISSUES_ON.match(top))
    return start if begins or (last < end - 1 and start == last) else end - 1


def _goes_on(lines: Sequence[str], start: int, end: int) -> bool:
    """Return whether the line above is the beginning of what begins with a line."""
    above, rest = lines[start - 1], bare(_together(lines[start:end]))
    if not _is_part(above) or len(rest) > _LONGEST:
        return False
    plain = bare(above)
    if _END.fullmatch(plain):
        if _ends_a_notice(rest, lines[max(end - _MOST_LINES, 0) : start]):
            return True
        rest = _without_years(rest)
        goes_on = bool(_ONE_KIND.fullmatch(rest) or _HANGS.match(rest))
        goes_on = goes_on or ("关于" in plain and rest.endswith("的通知"))
        return goes_on and not _CLOSED.fullmatch(plain)
    if not _ISSUER.fullmatch(plain) and not _offices(above):
        return True
    if re.match("关于|印发", rest) or (_ISSUER.match(rest) and "关于" in rest):
        return True
    signs = bool(joint_issuers(lines, start)[1])
    signs = signs or (start > 1 and bool(re.search("[。：:；;]", lines[start - 2])))  # below a text
    return not (signs or _OWN.match(rest) or _ISSUER.fullmatch(bare(lines[start])))


def _ends_a_notice(rest: str, above: Sequence[str]) -> bool:
    """Return whether what begins with a line is but the end of a notice that begins above.

    关于落实…若干意见 | 有关政策措施分工的通知: a notice says 关于 once at the least.
    """
    if not rest.endswith("的通知") or "关于" in rest or _ISSUER.match(rest):
        return False
    for line in reversed(above):
        if not _is_part(line) or line.endswith(("通知", "通报", "决定", "纪要")):
            return False
        if "关于" in line:
            return True
    return False


def _is_part(line: str) -> bool:
    plain = _without_years(_close(line))
    if _YEARS.fullmatch(plain):
        return True
    if len(plain) > _LINE or not _PART.fullmatch(plain) or _NO_PART.match(plain):
        return False
    return " " not in plain


def _without_years(line: str) -> str:
    """Return a line without what it begins with in brackets: （2016—2030年）实施方案."""
    plain = bare(line)
    years = _YEARS.match(plain)
    return plain[years.end() :] or plain if years else line


def _together(lines: Sequence[str]) -> str:
    return "".join(map(_close, lines))


def _close(line: str) -> str:
    """Return a line without the blanks between its single characters: 任 务 分 解 表."""
    plain = tidy(line)
    return bare(plain) if re.fullmatch(r"\S(?:\s+\S)+", plain) else plain
