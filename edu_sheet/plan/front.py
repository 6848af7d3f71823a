"""What stands around the plan's table: title, document number, issuer, dates, addressee. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from edu_sheet.plan.dates import day_of, parse_date
from edu_sheet.plan.issued.broken_titles import (
    PLACE_OR_YEAR,
    Headline,
    ends_like_title,
    headlines,
    same_title,
    titles_named,
)
from edu_sheet.words.period import Month
from edu_sheet.words.text import bare, tidy

_TITLE_IN_NOTICE = re.compile(r"印发[^《]{0,20}《(.+)》的通知")
_TITLE_LINE = re.compile(
    r".{4,60}(?:方案|分工|清单|台账|任务|表|计划|分解|要点|安排|分工|任务书|[任责项工][务任目作]卡片?)(?:（.{1,10}）)?"
)
_LIKE_TITLE = re.compile(r"(?!附件|附表|附：|填报|单位)[^。：:；;，,！？]{6,50}")
_NOTICE = re.compile(r"(?:.{2,40}?关于|关于(?=印发|下达|公布))(?:印发|下达|公布)?(.{4,100})的通知")
_NOTICE_OF = re.compile(
    r"([^关《局厅府]{2,30}(?:府|局|厅|委|府?办公[室厅]|委员会))"  # one alone
    r"关于(?:印发|下达|公布).{4,100}的通知"
)
_OWN_NOTICE = re.compile(r".{2,40}?关于(?!印发|下达|公布).{4,60}的通知")
_RUNNING_HEAD = re.compile(r"[^：:《]{3,30}(?:办公室|委员会|政府|局|厅|部|委)[：:](?=.{8})")
_ANNEX = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]{0,3}[：:]?")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]|附件[：:]"
    r"|第.{1,3}[章条]"
)
_DOC_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,15})[〔\[［【(（](\d{4})[〕\]］】)）](第?\d{1,5})号")
_IN_BRACKETS = re.compile(r"^[（(【]([^（）()【】]{2,15}[〔\[［【(（]\d{4}\S{1,8}号)[）)】]$")
_NUMBER_ALONE = re.compile(r"[〔\[［【(（](\d{4})[〕\]］】)）](第?\d{1,5})号")  # of minutes
_ANY_NUMBER = re.compile(r".{1,15}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d{1,5}号")  # ×政发〔2024〕6号
_START = re.compile(r"[从自](?:(\d{4})年)?(\d{1,2})月[^，。；、]{0,6}?(?:开始|起)")
_RED_HEAD = re.compile(r"([^>＞》»›/|：:，。]{4,40})文件")  # no way through a web site
# What a web page tells of a document in a table above it: 文号： 某政办〔2025〕11号
_LABELLED_NUMBER = re.compile(
    r"(?:文\s*号|发文字号|发文号|文件编号)[：:\s]*(\S{1,15}[〔\[［【(（]\d{4}\S+?号)"
)
_LABELLED_ISSUER = re.compile(
    r"(?:发文机关|制发机关|印发机关|发文单位|印发单位|发布机构|发布机关|发布单位)[：:\s]*([\u4e00-\u9fff]{4,30}?)"
    r"(?=[^\u4e00-\u9fff]|$|发布|成文|印发|公开|生成|发文|文号|主题|有效|索引|体裁|来源|废止|标题|名称)"
)
_LABELLED_DATES = (  # the surest first
    re.compile(
        r"(?:成文|印发|发文|签发)(?:日期|时间)[：:\s]*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    ),
    re.compile(r"(?:发布|公开|生成)(?:日期|时间)[：:\s]*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"),
    re.compile(
        r"(?:制表|编制|制定|填表|填报)(?:日期|时间)[：:\s]*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    ),
    re.compile(  # 单位：县政府办 日期：…, and no 完成日期
        r"(?:^|[府办室局委])日期[：:]\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)$"
    ),
    re.compile(
        r"[（(](\d{4}年\d{1,2}月\d{1,2}日)[^，。；：、\d]{2,30}(?:通过|审定|印发|公布)[）)]$"
    ),
)
_PRINTED = re.compile(r"(?P<who>.{0,40}?)\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)印发")
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_NUMBER = r"(?:.{0,15}[〔\[［【(（]\d{4}[〕\]］】)）])?第?\d{1,5}[号期]"
_OFFICE = r"[^，。；：、\d]{2,38}(?:政府|办公[室厅]|委员会|[县市区州旗省党]委|小组|指挥部|局|厅|办)"
_LETTERHEAD = re.compile(  # 某县人民政府办公室 2019年12月20日; 第12期 2019年12月20日
    rf"(?:(?:{_NUMBER}\s*)?(?P<who>{_OFFICE})(?:\s*[(（]?[印编]制?[)）]?)?|{_NUMBER})\s*(?P<day>{_DAY})"
)
_SIGNS_TOO = rf"(?!.*(?:关于|[（()）《]|的)){_OFFICE}"
_JOINT = re.compile(rf"(?=.*(?:[省市县区旗州盟]|国家)){_OFFICE}")
_SEALS = re.compile(r"[（(].*[）)]")  # below who signs: （某局代章）
_SEALED = re.compile(r"\s*[（(][^（()）]*章[）)]$")
_MONTH_LINE = re.compile(r"(\d{4})年(\d{1,2})月(?:印发|制|编制)?")
_NUMBERED = 40  # characters of a line that holds a document number and little else
_NUMERALS = "〇一二三四五六七八九"
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


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
    first_month: Month | None = None
    addressee: str = ""


def read_front(
    paragraphs: Sequence[str], title_from: int | None = None, besides: Sequence[str] = ()
) -> Front:
    """Return what the paragraphs before a plan's table say, in the order of the document.

    The first month is where reporting starts (从10月底开始), else the month of issue. The title
    stands in the first `title_from` of them, and is none of those `besides`.
    """
    lines = [line for line in map(tidy, paragraphs) if line]
    issued, issuer = _signature(lines)
    issuer = _parted(issuer, paragraphs)
    issued = issued or _labelled_date(lines) or _printed(lines)
    headed = None if issued else next(filter(None, map(_LETTERHEAD.fullmatch, lines)), None)
    if headed:
        issued, issuer = parse_date(headed["day"]), headed["who"] or ""
    whole = headlines([line for line in map(tidy, paragraphs[:title_from]) if line])
    whole = [one for one in whole if one.text not in besides]
    above = [one.text for one in whole]
    title = _title(above)
    notice = next((line for line in above if title and _OWN_NOTICE.fullmatch(line)), "")
    front = Front(
        title=title or _first_line(above),
        guessed=not title and not _stands_like_title(_first_line(above), above),
        notice=notice if f"关于{title}的通知" in notice else "",
        doc_number=_doc_number(lines),
        issuer=issuer
        or _first(_RED_HEAD, lines)
        or _first(_LABELLED_ISSUER, lines, search=True)
        or _first(_NOTICE_OF, above),
        issued=issued,
        first_month=_first_month(lines, issued),
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


def use_of(front: Front, line: str) -> str:
    """Return what a line of the document gave the front, "" where it gave nothing."""
    said = tidy(line)
    plain = bare(said).rstrip("：:")
    printed = _PRINTED.fullmatch(said)
    days = (_LETTERHEAD.fullmatch(said), printed)
    dated = {_date_line(said), *(parse_date(one["day"]) for one in days if one)} - {None}
    labels = (_LABELLED_NUMBER, *_LABELLED_DATES)
    uses = (
        (front.issued in dated, "用作成文日期"),
        (len(plain) <= _NUMBERED and _doc_number([said]) == front.doc_number != "", "用作文号"),
        (_tells_issuer(front.issuer, plain), "用作发文机关"),
        (plain == bare(front.addressee), "用作主送机关"),
        (plain in (bare(front.notice), *front.lines), "用作方案名称"),
        (front.issued and any(one.search(said) for one in labels), "其中的文号、机关、日期已采用"),
    )
    return next((what for fits, what in uses if plain and fits), "")


def _tells_issuer(issuer: str, line: str) -> bool:
    """Return whether a line names who issued the plan, or one of several."""
    names = [*issuer.split("、"), issuer.replace("、", "")]
    return bool(issuer) and line in {bare(one) for name in names for one in (name, f"{name}文件")}


def _plain(line: str) -> str:
    return same_title(_RUNNING_HEAD.sub("", line))


def _as_written(title: str, lines: Sequence[str]) -> str:
    """Return the title of a notice as the plan itself writes it."""
    return next((one for one in lines if same_title(one) == same_title(title)), title)


_LED_BY_ONE = re.compile(r"牵头(?:的|落实)?.{0,4}(?:任务|事项|工作)(?:（.{1,8}）)?$")  # of a part


def _title(lines: Sequence[str]) -> str:
    if quoted := _first(_TITLE_IN_NOTICE, lines, search=True):
        return re.sub("》[、和及与]《", "和", quoted)
    near = [
        (at, _RUNNING_HEAD.sub("", line))
        for at, line in enumerate(lines)
        if _TITLE_LINE.fullmatch(line) and not _HEADING.match(line) and "。" not in line
    ]
    near = [one for one in near if not _LED_BY_ONE.search(one[1])] or near
    if not near:
        return _as_written(_first(_NOTICE, lines), lines)
    named = {same_title(one) for one in titles_named(lines)}
    annexed = max((at for at, line in enumerate(lines) if _ANNEX.fullmatch(line)), default=-1)
    own = [(at, line) for at, line in near if at > annexed] or near[-1:]
    issued = [line for at, line in own if same_title(line) in named]
    known = [line for at, line in own if PLACE_OR_YEAR.search(line)]
    return (issued or known or [own[-1][1]])[-1]


def _first_line(lines: Sequence[str]) -> str:
    """Return the first line that stands there like a title, "" where none does."""
    for line in lines:
        known = _HEADING.match(line) or _ANY_NUMBER.fullmatch(line) or _RED_HEAD.fullmatch(line)
        if not known and _LIKE_TITLE.fullmatch(line) and not _date_line(line):
            return line
    return ""


def _stands_like_title(first: str, lines: Sequence[str]) -> bool:
    """Return whether a first line is a title: it ends like one, or stands alone with its place."""
    beside = [one for one in lines if not _ANNEX.fullmatch(bare(one)) and not one.startswith("（")]
    return ends_like_title(first) or (beside == [first] and bool(PLACE_OR_YEAR.search(first)))


def _doc_number(lines: Sequence[str]) -> str:
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
        if (issued := _date_line(lines[place])) is not None:
            signed = not lines[place].startswith(("（", "("))  # else it stands below a title
            above = _signer(lines[:place]) if signed else ""
            titled = re.search(r"(?:通知|通报|方案|清单|台账|表|计划|要点|分工|分解|意见)$", above)
            named = not titled and re.fullmatch(r"[^，。；：\d]{4,120}", above)
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


def _labelled_date(lines: Sequence[str]) -> date | None:
    """Return the day behind a label of a web page: 成文日期： 2025-03-12."""
    named = (_first(pattern, lines, search=True) for pattern in _LABELLED_DATES)
    return parse_date(next(filter(None, named), ""))


def _printed(lines: Sequence[str]) -> date | None:
    """Return the day in the last line of a document: 某县人民政府办公室 2025年2月10日印发."""
    found = filter(None, map(_PRINTED.fullmatch, lines))
    return next((parse_date(one["day"]) for one in found), None)


def _date_line(line: str) -> date | None:
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


def _first_month(lines: Sequence[str], issued: date | None) -> Month | None:
    for found in filter(None, map(_START.search, map(bare, lines))):
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
    """Return whom the notice addresses: the line that ends with ： after its heading."""
    for place, line in enumerate(lines):
        if line.endswith("的通知") and place + 1 < len(lines):
            follows = lines[place + 1]
            return follows[:-1] if follows.endswith(("：", ":")) else ""
    return ""


def _first(pattern: re.Pattern[str], lines: Sequence[str], *, search: bool = False) -> str:
    """Return what a pattern catches in the first line that it fits, "" where there is none."""
    match = pattern.search if search else pattern.fullmatch
    return next((found[1] for found in map(match, lines) if found), "")
