"""Who issues a plan, when, under which number: signature, letterhead, labels of a page. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from edu_sheet.plan.dates import day_of, parse_date
from edu_sheet.plan.issued.broken_titles import joint_issuers, like_title
from edu_sheet.words.text import bare, tidy

_DOC_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,15})[〔\[［【(（](\d{4})[〕\]］】)）](第?\d{1,5})号")
_IN_BRACKETS = re.compile(r"^[（(【]([^（）()【】]{2,15}[〔\[［【(（]\d{4}\S{1,8}号)[）)】]$")
_NUMBER_ALONE = re.compile(r"[〔\[［【(（](\d{4})[〕\]］】)）](第?\d{1,5})号")  # of minutes
RED_HEAD = re.compile(r"([^>＞》»›/|：:，。]{4,40})文件")  # no way through a web site
# What a web page tells of a document in a table above it: 文号： 某政办〔2025〕11号
_LABELLED_NUMBER = re.compile(
    r"(?:文\s*号|发文字号|发文号|文件编号)[：:\s]*(\S{1,15} ?[〔\[［【(（]\d{4}\S+?号)"
)
_LABELLED_ISSUER = re.compile(
    r"(?:发文机关|制发机关|印发机关|发文单位|印发单位|发布机构|发布机关|发布单位)[：:\s]*([\u4e00-\u9fff]{4,30}?)"
    r"(?=[^\u4e00-\u9fff]|$|发布|成文|印发|公开|生成|发文|文号|主题|有效|索引|体裁|来源|废止|标题|名称)"
)
_DATED = r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
_LABELLED_DATES = (  # the surest first
    re.compile(rf"(?:成文|印发|发文|签发)(?:日期|时间)[：:\s]*{_DATED}"),
    re.compile(rf"(?:制表|编制|制定)(?:日期|时间)[：:\s]*{_DATED}"),
    re.compile(
        r"[（(](\d{4}年\d{1,2}月\d{1,2}日)[^，。；：、\d]{2,30}(?:通过|审定|印发|公布)[）)]$"
    ),
)
_LOOSE_DATES = (  # of the page, or of who filled in a table: it may have been issued before
    re.compile(rf"(?:发布|公开|生成)(?:日期|时间)[：:\s]*{_DATED}"),
    re.compile(rf"(?:填表|填报)(?:日期|时间)[：:\s]*{_DATED}"),
    re.compile(  # 单位：县政府办 日期：…, and no 完成日期
        rf"(?:^|[府办室局委])(?:日期|时间)[：:]\s*{_DATED}(?=$|[^\d—~～至-])"
    ),
    re.compile(rf"^{_DATED}(?=.{{0,12}}来源[：:])"),
    re.compile(rf"(?:编制|制表|填报|填表|报送)(?:单位|部门)[：:][^：:，。\d截]{{2,30}}{_DATED}$"),
)
_LABEL_ALONE = re.compile(
    r"(?:索引号|信息分类|主题分类|体裁分类|(?:发文|发布|制发|印发)(?:机关|机构|单位)|文\s*号|发文字号|名称|标题|有效性|生效日期|废止日期"
    r"|(?:成文|印发|发文|签发|发布|公开|生成)(?:日期|时间))[：:]?"
)
_PRINTED = re.compile(r"(?P<who>.{0,40}?)\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)印发")
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_NUMBER = r"(?:.{0,15}[〔\[［【(（]\d{4}[〕\]］】)）])?第?\d{1,5}[号期]"
_OFFICE = (
    r"[^，。；：、\d]{2,38}"
    "(?:政府|办公[室厅]|委员会|[县市区州旗省党]委|小组|指挥部|局|厅|办|(?<![干全])部)"
)
_LETTERHEAD = re.compile(  # 某县人民政府办公室 2019年12月20日; 第12期 2019年12月20日
    rf"(?:(?:{_NUMBER}\s*)?(?P<who>{_OFFICE})(?:\s*[(（]?[印编]制?[)）]?)?|{_NUMBER})\s*(?P<day>{_DAY})"
)
_BODIES = "政府|委员会|办公[室厅]|小组|指挥部|联席会议|[局厅委办部]"
_BODY = rf"(?:国务院|[\u4e00-\u9fff]{{1,30}}?(?:{_BODIES}))"
_ISSUED_BY = re.compile(
    rf"({_BODY}(?:、{_BODY})*)(?:关于|转发|印发).{{4,120}}"
    "(?:通知|通报|意见|决定|方案|措施|办法|规定|细则|要点|计划|规划|纪要|分工|函)"
)
_NO_ISSUER = re.compile("落实|贯彻|执行|学习|根据|对照|按照|转发|配合|推进|做好")
_A_BODY = 3  # characters of 县政府, which says of no county which it is
_SIGNS_TOO = rf"(?!.*(?:关于|[（()）《]|的)){_OFFICE}"
_JOINT = re.compile(rf"(?=.*(?:[省市县区旗州盟]|国家)|..+部$){_OFFICE}")
_SIGNED = re.compile(
    r"[^，。；：\d]{4,120}|[^，。；：\d]{0,2}(?:国务院|政府)|[^，。；：\d]{2}[局委办部]"
)
_SEALS = re.compile(r"[（(].*[）)]")  # below who signs: （某局代章）
_SEALED = re.compile(r"\s*[（(][^（()）]*章[）)]$")
_NUMERALS = "〇一二三四五六七八九"
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


@dataclass(frozen=True, slots=True)
class Issue:
    """That a plan was issued; "" and None where the document does not say."""

    number: str = ""
    issuer: str = ""
    day: date | None = None
    loose_day: str = ""  # the words that the day is taken from, where it may be another


def issue_of(paragraphs: Sequence[str], titles: Sequence[str]) -> Issue:
    """Return what the paragraphs of a document say of its issue, and its titles of who issues."""
    lines = _labels_joined([line for line in map(tidy, paragraphs) if line])
    day, issuer = _signature(lines)
    issuer, loose = "、".join(map(_apart, _parted(issuer, paragraphs).split("、"))), ""
    day = day or _labelled_date(lines) or _printed(lines)
    headed = None if day else next(filter(None, map(_LETTERHEAD.fullmatch, lines)), None)
    if headed:
        day, issuer = parse_date(headed["day"]), headed["who"] or ""
    if day is None:
        day, loose = _loose_day(lines)
    issuer = issuer or first(RED_HEAD, lines) or first(_LABELLED_ISSUER, lines, search=True)
    issuer = issuer or _issued_by(titles) or _issued_above(titles)
    return Issue(doc_number(lines), issuer, day, loose)


def days_of(line: str) -> set[date]:
    """Return the days of issue that a line may tell: on its own, behind an office, 印发."""
    told = (_LETTERHEAD.fullmatch(line), _PRINTED.fullmatch(line))
    found = (date_line(line), *(parse_date(one["day"]) for one in told if one))
    return {one for one in found if one}


def labels_issue(line: str) -> bool:
    """Return whether a line labels number or day: 文号：…, 发布日期：…"""
    return any(one.search(line) for one in (_LABELLED_NUMBER, *_LABELLED_DATES, *_LOOSE_DATES))


def tells_issuer(issuer: str, line: str) -> bool:
    """Return whether a line names who issued the plan, or one of several."""
    names = [*issuer.split("、"), issuer.replace("、", "")]
    return bool(issuer) and line in {bare(one) for name in names for one in (name, f"{name}文件")}


def _labels_joined(lines: Sequence[str]) -> list[str]:
    """Return the lines, what a web page tells of a document behind its label: 文号： | 某政办…."""
    found: list[str] = []
    for line in lines:
        if found and _LABEL_ALONE.fullmatch(found[-1]) and not _LABEL_ALONE.fullmatch(line):
            found[-1] = f"{found[-1].rstrip('：:')}：{line}"
        else:
            found.append(line)
    return found


def doc_number(lines: Sequence[str]) -> str:
    """Return the number on a line of its own, which others' numbers in the text are not.

    Or behind the label of a web page.
    """
    labelled = filter(None, map(_LABELLED_NUMBER.search, lines))
    told = [*(_IN_BRACKETS.sub(r"\1", line) for line in lines), *(one[1] for one in labelled)]
    if found := next(filter(None, map(_DOC_NUMBER.match, told)), None):
        return f"{found[1]}〔{found[2]}〕{found[3]}号"
    alone = next(filter(None, map(_NUMBER_ALONE.fullmatch, lines)), None)
    return f"〔{alone[1]}〕{alone[2]}号" if alone else ""


def _signature(lines: Sequence[str]) -> tuple[date | None, str]:
    """Return the date of issue and who stands in the line above it."""
    for place in reversed(range(len(lines))):
        if (issued := date_line(lines[place])) is not None:
            signed = not lines[place].startswith(("（", "("))  # else it stands below a title
            above = _signer(lines[:place]) if signed else ""
            titled = re.search(r"(?:通知|通报|方案|清单|台账|表|计划|要点|分工|分解|意见)$", above)
            named = not titled and _SIGNED.fullmatch(above)
            return issued, above if named else ""
    return None, ""


def _signer(lines: Sequence[str]) -> str:
    """Return the last line, without who sealed it: （某局代章）, also below it.

    Several who sign in a line each are told in one: 某县教育局、某县财政局.
    """
    above = list(lines)
    while above and _SEALS.fullmatch(above[-1]):
        above.pop()
    if not above:
        return ""
    signed = [_SEALED.sub("", above.pop())]
    while above and re.fullmatch(_SIGNS_TOO, one := _SEALED.sub("", above.pop())):
        signed.insert(0, one)
    return "、".join(dict.fromkeys(signed)) if re.fullmatch(_OFFICE, signed[-1]) else signed[-1]


def _parted(issuer: str, paragraphs: Sequence[str]) -> str:
    """Return those who sign in one line with a mark between them where the line has a gap."""
    for line in paragraphs if issuer else ():
        names = _SEALED.sub("", line).split()
        if tidy(_SEALED.sub("", line)) == issuer and all(map(_JOINT.fullmatch, names)):
            return "、".join(names)
    return issuer


def _issued_by(lines: Sequence[str]) -> str:
    """Return who issues by the title, "" where it names nobody: 某县教育局关于印发…的通知."""
    for found in filter(None, map(_ISSUED_BY.fullmatch, lines)):
        who = found[1]
        named = who.endswith("国务院") or len(who) > _A_BODY
        if named and not _NO_ISSUER.search(who):
            return _apart(who)
    return ""


def _issued_above(lines: Sequence[str]) -> str:
    """Return the offices that stand together above the title: 某县教育局　某县财政局."""
    titles = (at for at, line in enumerate(lines) if like_title(line))
    return joint_issuers(lines, next(titles, 0))[1]


def _apart(named: str) -> str:
    """Return joint issuers with marks between them: each begins with the same place."""
    place = re.escape(named.removeprefix("中共")[:2])
    return re.sub(rf"(?<=[局厅委办部府室会])(?=(?:中共)?{place})", "、", named).replace(
        "、、", "、"
    )


def _labelled_date(lines: Sequence[str]) -> date | None:
    """Return the day behind a label of a web page: 成文日期： 2025-03-12."""
    named = (first(pattern, lines, search=True) for pattern in _LABELLED_DATES)
    return parse_date(next(filter(None, named), ""))


def _loose_day(lines: Sequence[str]) -> tuple[date | None, str]:
    """Return a day that may be that of issue, and the words that say so: 发布时间：2025-03-12."""
    for pattern in _LOOSE_DATES:
        for found in filter(None, map(pattern.search, lines)):
            if day := parse_date(found[1]):
                return day, found[0]
    return None, ""


def _printed(lines: Sequence[str]) -> date | None:
    """Return the day in the last line of a document: 某县人民政府办公室 2025年2月10日印发."""
    found = filter(None, map(_PRINTED.fullmatch, lines))
    return next((parse_date(one["day"]) for one in found), None)


def date_line(line: str) -> date | None:
    """Return the day that a line is, in figures or characters; None where it is none."""
    plain = bare(line).strip("（）()")
    if found := _CHINESE_DATE.fullmatch(plain):
        year = int("".join(str(max(0, _NUMERALS.find(digit))) for digit in found[1]))
        return day_of(year, _small(found[2]), _small(found[3]))
    return parse_date(plain)


def _small(numeral: str) -> int:
    """Return the number below 100 that 十, 十一, 二十, 三十一 … name."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _NUMERALS.find(ones)
    return (_NUMERALS.find(tens) if tens else 1) * 10 + (_NUMERALS.find(ones) if ones else 0)


def first(pattern: re.Pattern[str], lines: Sequence[str], *, search: bool = False) -> str:
    """Return what a pattern catches in the first line that it fits, "" where there is none."""
    match = pattern.search if search else pattern.fullmatch
    return next((found[1] for found in map(match, lines) if found), "")
