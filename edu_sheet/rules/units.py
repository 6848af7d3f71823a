"""A text that names units (责任部门) against known spellings → units. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from edu_sheet.rules.names import left_out
from edu_sheet.words.text import Once, bare, tidy

_SEPARATORS = "、，,；;\n"
_BREAK_BESIDE_SEPARATOR = re.compile(rf"(?<=[{_SEPARATORS}])\n|\n(?=[{_SEPARATORS}])")
_BREAK_BEFORE_BRACKET = re.compile(
    r"\n(?=[（(](?![\d一二三四五六七八九十]))"
)  # it belongs to the name
# 按职责分工, 依照各自职责: how several share what they answer for.
BY_DUTY = r"(?:按照?|依照?|依据|根据)(?:各自)?(?:工作)?(?:职责|职能|分工|任务)"
# What may stand behind a name, or several, and is no part of it. In one way only: what is done and
# what follows it are told apart, and so many are enough, or a text of nothing else takes for ever.
_TAIL = (
    # 县财政局等单位和各乡镇人民政府 goes on with a name, 县财政局等部门和单位 does not.
    r"(?:等(?!级)(?:(?!和|及(?!时)|与|会同)[^、，,；;\n。]){0,14}"
    r"(?:(?:以及|和|及|与)(?:有关|相关|其他)?(?:部门|单位|机构)){0,2}"
    rf"|{BY_DUTY}[^、，,；;\n。]{{0,8}}|结合(?:实际|职责|职能)[^、，,；;\n。]{{0,6}}"
    r"|(?:共同|分别|分头|具体|各自|独立|单独)?(?:负责|牵头|配合|主办|协办|承办|落实|抓好落实|参与|参加|协助|支持|指导|组织实施|实施|办理)"
    r"(?:实施|办理|推进|组织|完成)?"
    r"|(?:负责)?(?:落实|筹措|筹集|安排|拨付|保障|解决|提供)[^、，,；;\n。]{0,6}(?:资金|经费|用地|土地|场地|编制|要素|保障)"
    r"|（[\d\-－—–/\s]{5,30}）"
    r"|（(?:牵头|配合|责任|主办|协办|承办|分办|主要|协助|参与|参加)[^（）]{0,4}）"
    rf"|（{BY_DUTY}[^（）]{{0,10}}）){{1,4}}[。.]?|[。.]"
)
_WHOLE_TAIL = re.compile(_TAIL)
_TAIL_THERE = re.compile(rf"(?:{_TAIL})(?=\s*(?:[{_SEPARATORS}]|$))")
_BOUNDARY = rf"(?=\s*(?:{_TAIL})?\s*(?:[{_SEPARATORS}]|$))"
_AT_BOUNDARY = re.compile(_BOUNDARY)
# What a name of its own begins with: its level (市场股 and 区划股 do not).
LEVEL = r"中共|团[县市区省州]委|[县州省]|市(?![场政容])|区(?![划域])"
# What stands before a name and is none of it. 商务局, 和平镇, 由里镇 and 商州区 begin like that
# themselves, and at the head of a list 和县教育局 is one of 和县.
_BEGINS_A_NAME = rf"(?=(?!州)(?:{LEVEL})|各|有关|相关|其他)"
_HEAD = re.compile(
    rf"(?:以及|及其?|与|会同|并由)(?=..)|由(?=..)(?!.{{1,2}}[镇乡村]$)|商{_BEGINS_A_NAME}"
)
_JOINT_HEAD = re.compile(rf"^(?:并?由|以及|及|和|与|会同){_BEGINS_A_NAME}")
_AND_HEAD = re.compile(rf"和{_BEGINS_A_NAME}")
# What the name of a unit ends with, a bracket behind it aside.
_ENDING = (
    r"(?:政府|办事处|局|委|办|部|会|院|中心|单位|部门|公司|集团|街道|镇街|乡街|镇|乡|室|处|厅|科|股|队|站|所|行|社|校"
    r"|馆|联|园区|开发区|新区|功能区|企业|机构|小组|专班|指挥部|协|县区|市区|县市|市州|市县|县|区|市|州|旗|场|村"
    r"|社区|大学|学院|中学|小学|台|网|厂|矿|库|组|庭|支队|总队|大队|工会|团委|党委|党组|党工委|银行|保险|电信|移动|联通"
    r"|辖区|机关|各地|园|基地|平台|中支|协调机构|体|司|署|宫|(?<=海)关|(?<=共青团)中央|所在地|课题组|项目部)"
)
_UNIT_NAME = re.compile(rf"[^。：:；！？“”]{{1,30}}?{_ENDING}(?:（[^（）]{{1,16}}）)?")
_AND = re.compile(r"以及|及|和|与|会同")
_AND_ALL = re.compile(r"(?:以及|及其?|和|与|会同)(?=各)")
# What counts names: 1.县教育局, ①县教育局②县财政局, （1）县教育局.
_COUNTED = re.compile(
    rf"(?:(?<=[{_SEPARATORS}])|^)\s*(?:\d{{1,2}}[.．、）]|（\d{{1,2}}）)(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff）])(?<!第)(?:\d{1,2}[.．、]|（\d{1,2}）)(?=[\u4e00-\u9fff])|[①-⑳]"
)
# A gap between two names parts them; 县住房和城乡 建设局 and 县政府 办公室 are one name each.
_MARKS = r"/／\\|｜+＋&＆•・·。→—–－\-"
_GAP = re.compile(rf"(?<=\S)(?:[^\S\n]+|\s*[{_MARKS}]\s*)(?=\S)")
_GAP_MARK = re.compile(rf"[\s{_MARKS}]")
_LEVEL_FIRST = re.compile(rf"{LEVEL}|[旗盟各全驻]|有关|相关|其他")
_GROUP_FIRST = re.compile(r"[县市区省州旗][直级属]|[各全驻]|有关|相关|其他")
_PART_OF_ONE = re.compile(r"(?:人民)?政府|党[委组]|.*(?:室|股|科|处|所|站|队|中心|分局|委员会)")
_HAS_PARTS = re.compile(r"[省州市县区旗]委$|政府$|[镇乡]$")
_NO_PART = re.compile(  # of a government, a committee or a town, but a body of its own
    r".{2,}(?:管委会|管理委员会|公司|集团|街道|街道办事处|[镇乡]|(?<!社)区|银行|大学|学院|协会|联合会)"
)
_NOBODY_ALONE = re.compile(  # the end of a name that a gap cut off
    r"(?:人民)?政府|管委会|管理委员会|办事处|办公室|党[工]?委|党组|委员会|(?:有关|相关)?(?:部门|单位)"
)
# 县发改局县财政局, 县发改局—县财政局: a name in the middle of which another one begins.
_JOINT = re.compile(
    rf"(?<=..)(?:局|(?<![县市区省州常])委|办|部|院|中心|公司|集团|政府|办事处|街道|联|社)(?P<mark>[^\w（）()“”《》]*)"
    rf"(?={LEVEL})(?![县市区省州][城域级乡市县区内际民]|市政(?!府)|.{{0,6}}(?:分局|分公司|分中心|分行|支行|支队|大队)$)"
)
# 市场和质量监督局, 社会和民政局 are one name each.
_FIRST_OF_TWO = re.compile(
    r"(?:政府|办事处|机关|局|委|办|部|(?<!社)会|院|中心|单位|部门|公司|镇|街道|室|厅|处|联|企业)$"
)
_HALF = re.compile(r"党(?:工?委|组)$")
_OTHER_HALF = re.compile(r"(?:人民)?政府(?:（[^（）]{1,10}）)?|管(?:理)?委(?:员)?会|行政|办事处")
_BODY_OF_PLACE = (
    r"(?:(?:人民政府|政府|行政公署|党委政府|办事处|管委会)?(?:（[^（）]{1,10}）)?"
    r"|（[^（）]{1,10}）(?:人民政府|政府))"
)
_PLACES = (
    r"(?:设区市|县级市|自治[州县旗]|特区|林区|矿区|地区|[地州盟市县区旗]){1,3}" + _BODY_OF_PLACE
)
_TOWNS = r"(?:街道|苏木|民族乡|[农林牧渔茶]场|管理区|[镇乡场]){1,3}" + _BODY_OF_PLACE
# 各乡镇党委、政府 is one unit whatever separates its halves; 各乡镇党委、县政府 is two.
_COLLECTIVES = (
    (
        rf"各(?:[^{_SEPARATORS}（）]|（[^（）]{{0,12}}）){{0,60}}党委[、，,和及]\s*(?![县市区省州])"
        rf"[^{_SEPARATORS}]{{0,60}}?政府(?:（[^（）]{{1,10}}）)?{_BOUNDARY}"
    ),
    # So are 各县、市、区政府 and 各镇人民政府、街道办事处, but not 各镇、县政府.
    (
        rf"各(?:设区)?(?![镇乡]{{1,2}}[^{_SEPARATORS}]{{0,8}}、[县市区旗])[县市区镇乡]{{1,2}}"
        rf"(?:[（(][^（）()]{{1,8}}[）)](?!、园区))?(?:"
        rf"(?:人民政府|政府|党委)?(?:、(?:街道|乡|镇|场|园区|管委会|办事处)[^{_SEPARATORS}]{{0,8}}?)+"
        rf"|(?:、[县市区旗](?:[（(][^（）()]{{1,8}}[）)])?)+(?:人民政府|政府|党委政府)?){_BOUNDARY}"
    ),
    # 各盟行政公署、市人民政府 and 各区、县级市政府 name kinds of places, the wider first.
    rf"各{_PLACES}(?:、{_PLACES}){{0,6}}(?:、{_TOWNS}){{0,6}}{_BOUNDARY}",
    rf"各{_TOWNS}(?:、{_TOWNS}){{1,6}}{_BOUNDARY}",
    # 市直有关部门、单位 is one, and so is 县委、县政府各部门.
    r"(?:[县市区省州旗][直级属]?)?(?:各|有关|相关){1,2}(?:部门|单位)、(?:部门|单位|机构|企业)"
    + _BOUNDARY,
    (
        rf"[县市区省州旗]委[、，,和及][县市区省州旗]?(?:人民)?政府(?:各|有关|相关|所属|直属|组成|工作){{1,3}}"
        rf"(?:部门|单位|机构)(?:（[^（）]{{1,10}}）)?{_BOUNDARY}"
    ),
)
_EACH_COLLECTIVE = tuple(map(re.compile, _COLLECTIVES))
_BRACKETS = str.maketrans("()<>〈〉〔〕［］[]", "（）（）（）（）（）（）")
_MISTYPED = str.maketrans("丶､﹑", "、、、")  # a stroke, and 、 in half width
_END_MARKS = "。.：:"
_LEAD_MARKS = "★☆※●▲■◆＊*"  # before a name: it leads

# 督导室 needs its unit's name in front, 县妇联办公室 brings its own.
_OWN_NAME = re.compile(LEVEL)
_OFFICE_WORDS = re.compile(r"(?:牵头|具体)?(?:联络|联系|责任|承办)?(?:股室|科室|处室|科股室)$")

_IN_BRACKETS = re.compile("（[^（）]*）")
_PLACE = re.compile(r"[^县市区各团][^县市区各]{1,2}[县市](?=.{2})")  # 辰溪县 before 教育局
_LONGEST_TAIL = 60  # characters
_LONGEST_PLACE = 3  # characters: 某某某 县财政局
_LONGEST_NAME = 200  # characters: 50 and what white space may stand between them
_LEAST_CORE = 3  # characters; shorter names are too near to each other to say anything


@dataclass(frozen=True, slots=True)
class Piece:
    """One name in a list of units: as it is written, and whose it is."""

    text: str
    unit: str | None  # None: no known spelling


def tidy_list(text: str) -> str:
    """Return a list of units as a plan is read: no white space but line breaks between names.

    A line break next to a separator says nothing and goes; a gap or a slash between two names is
    written as what it says: 、.
    """
    plain = text.translate(_MISTYPED)
    lines = [tidy(_GAP.sub(_gap_as_mark, line)) for line in plain.splitlines()]
    joined = _BREAK_BEFORE_BRACKET.sub("", "\n".join(line for line in lines if line))
    return _BREAK_BESIDE_SEPARATOR.sub("", joined) if "\n" in joined else joined


def glued(text: str) -> tuple[str, ...]:
    """Return what is read as one unit though a gap stands in it between what may be two."""
    found = []
    for line in text.splitlines():
        for gap in _GAP.finditer(line):
            left, right = _beside(gap)
            if "。" in gap[0] or _two_names(left, right):
                continue
            if _may_be_two(left, without_tail(right)):
                found.append(f"{left}{gap[0]}{right}")
    told = "".join(map(tidy, found))
    lists = (pieces(part, {}) for part in re.split("[：:]", text))
    names = (one.text for names in lists for one in names if one.text not in told)
    return tuple(dict.fromkeys([*found, *filter(_runs_on, names)]))


def _may_be_two(left: str, right: str) -> bool:
    """Return whether what a gap parts may be two names, though it is read as one."""
    if not is_unit_name(right) or not is_unit_name(left + right):
        return False  # what is no name is told as that
    if is_unit_name(left) and _FIRST_OF_TWO.search(left):
        return True
    if _NOBODY_ALONE.fullmatch(right):
        return False
    if _LEVEL_FIRST.match(right):
        return len(left) > _LONGEST_PLACE or _GROUP.match(left) is not None
    return is_unit_name(left) and bool(_NO_PART.fullmatch(right))


def _runs_on(name: str) -> bool:
    """Return whether a name goes on with another one, no gap between them."""
    return any(
        is_unit_name(name[: found.start("mark")]) and is_unit_name(name[found.end() :])
        for found in _JOINT.finditer(name)
    )


def _gap_as_mark(gap: re.Match[str]) -> str:
    """Return 、 for a gap between two names of units, else the gap as it is."""
    return "、" if _two_names(*_beside(gap)) else gap[0]


def _beside(gap: re.Match[str]) -> tuple[str, str]:
    before = gap.string[max(0, gap.start() - _LONGEST_NAME) : gap.start()]
    behind = gap.string[gap.end() : gap.end() + _LONGEST_NAME]
    left = _name_to(before[::-1], "）)", "（(", f"{_SEPARATORS}：:")[::-1]
    left = _JOINT_HEAD.sub("", left.strip())
    return left, _name_to(behind, "（(", "）)", _SEPARATORS).strip()


def _name_to(text: str, opens: str, closes: str, ends: str) -> str:
    """Return a text up to the first gap or separator outside of brackets."""
    depth = 0
    for at, character in enumerate(text):
        if character in opens:
            depth += 1
        elif character in closes:
            depth -= 1
        elif (character in ends and depth <= 0) or _GAP_MARK.match(character):
            return text[:at]
    return text


def _two_names(left: str, right: str) -> bool:
    """Return whether a gap parts two names: 县委 组织部 and 县政府 办公室 are one each."""
    named = is_unit_name(left) and is_unit_name(without_tail(right))
    if named and left.startswith("各") and _GROUP_FIRST.match(right):
        return True
    if not named or not _FIRST_OF_TWO.search(left):
        return False  # 各乡 镇党委, 某园 区管委会: a line was too short for the name
    if _HAS_PARTS.search(left) and not _NO_PART.fullmatch(without_tail(right)):
        return bool(_LEVEL_FIRST.match(right))
    return not _PART_OF_ONE.fullmatch(right) or bool(_LEVEL_FIRST.match(right))


def pieces(text: str, spellings: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return the names that a text lists, in order.

    Known spellings are found first, the longest that ends at a separator; 各…党委、政府 is one
    name; the rest is split at 、，, ； ; and line breaks, but not inside brackets. What is no part
    of a name (等有关部门, 牵头, 按职责分工负责) is left out; 及 and 和 part two names.
    """
    if not spellings:
        return _unknown(text)
    return _listed(tuple(spellings.items()))[text]


@lru_cache(maxsize=4096)  # the same list stands in many tasks
def _unknown(text: str) -> tuple[Piece, ...]:
    return _pieces(text, {}, ())


@lru_cache(maxsize=8)  # a plan asks with the same roster for every task
def _listed(spellings: tuple[tuple[str, str], ...]) -> Once[tuple[Piece, ...]]:
    """Return what finds the names in a list, worked out once for as many tasks as have it."""
    folded = {spelling.translate(_BRACKETS): unit for spelling, unit in spellings}
    lengths = tuple(sorted({len(one) for one in folded if one}, reverse=True))
    return Once(lambda text: _pieces(text, folded, lengths))


def _pieces(text: str, folded: Mapping[str, str], lengths: Sequence[int]) -> tuple[Piece, ...]:
    """Return the names in a list; `lengths` are those of the known spellings, longest first."""
    plain = _COUNTED.sub("\n", tidy_list(text).translate(_BRACKETS))
    closing = plain.rfind("）")
    found: list[Piece] = []
    at = 0
    while at < len(plain):
        if plain[at] in _SEPARATORS or plain[at].isspace():
            at += 1
        elif end := _end_of_known(plain, at, folded, lengths):
            name = _joined(plain[at:end])
            found.append(Piece(name, folded[name]))
            at = _behind(plain, end)
        else:
            end = _end(plain, at, closing)
            found += _named(_joined(plain[at:end]), folded, first=not found)
            at = end
    return tuple(found)


def _behind(plain: str, at: int) -> int:
    tail = _TAIL_THERE.match(plain, at)
    return tail.end() if tail else at


def _named(written: str, folded: Mapping[str, str], *, first: bool) -> list[Piece]:
    """Return the names that stand between two separators: mostly one."""
    written = written.strip(_END_MARKS).lstrip(_LEAD_MARKS)
    head = _HEAD.match(written) or (None if first else _AND_HEAD.match(written))
    name = written[head.end() :] if head else written
    name = without_tail(name.strip(_END_MARKS))
    if not name:
        return []
    found = []
    for one in _parted(name):
        spelling = _one_spelling(without_tail(one))
        found.append(Piece(spelling, folded.get(spelling)))
    return found


def without_tail(name: str) -> str:
    """Return a name without what stands behind it and is no part of it; "" if that is all.

    县政协办 ends like what is done (协办): what is left has to be a name as well.
    """
    for at in range(max(0, len(name) - _LONGEST_TAIL), len(name)):
        if _WHOLE_TAIL.fullmatch(name, at) and (
            not at or name[at] == "（" or is_unit_name(name[:at])
        ):
            return name[:at].strip(_END_MARKS)
    return name


def _parted(name: str) -> list[str]:
    """Return the names that 及 or 和 joins: both sides of it have to be names."""
    if not _is_collective(name):
        for found in _AND.finditer(name, 0, _LONGEST_NAME):
            left, right = name[: found.start()], name[found.end() :]
            if _HALF.search(left) and _OTHER_HALF.fullmatch(right):
                continue  # 高新区党工委和管委会 is one
            if _FIRST_OF_TWO.search(left) and is_unit_name(left) and is_unit_name(right):
                return [left, *_parted(right)]
    return [name]


_MANY = r"(?:部门|单位|机构|企业|科室|股室|乡镇|镇街|街道|园区|部委|委办局|学校)"
_PLACE_KINDS = r"(?:乡镇|镇街|街道|管委会|园区|[县市区]{1,3}|镇|乡)"
_GROUP = re.compile(
    rf"各|.*(?:有关|相关|所属|直属|成员)(?:部门|单位|企业|科室|{_PLACE_KINDS})|.*(?:涉及的?|沿[江河海湖线路]){_PLACE_KINDS}$"
    rf"|.*各(?:{_PLACE_KINDS}|师|村)$|.{{0,4}}企事业单位$|.*各[^、，]{{0,8}}?{_MANY}(?:（[^（）]{{1,16}}）)?$"
    rf"|.*[县市区州省](?:直|级|属)(?:机关|国有|事业)*{_MANY}$|.*政府(?:各)?(?:组成|工作)部门$"
    rf"|(?:.{{0,8}}、)?.{{0,4}}驻.{{1,3}}单位$|全[县市区州省]{_MANY}$"
)

_COLLECTIVE_BEGINS = re.compile(r"各|[县市区省州旗]委|[县市区省州旗]?[直级属]?(?:有关|相关|各)")


def collective_end(text: str, at: int) -> int:
    """Return where a collective name (各镇政府、街道办事处) ends that begins at a place, or 0."""
    if not _COLLECTIVE_BEGINS.match(text, at):
        return 0
    found = (one.match(text, at) for one in _EACH_COLLECTIVE)
    return max((one.end() for one in found if one), default=0)


def _is_collective(name: str) -> bool:
    begins = _COLLECTIVE_BEGINS.match(name)
    return bool(begins) and any(one.fullmatch(name) for one in _EACH_COLLECTIVE)


def is_group(name: str) -> bool:
    """Return whether a name stands for several units: 各镇, 区政府有关部门."""
    return bool(_GROUP.match(name))


@lru_cache(maxsize=4096)
def is_unit_name(text: str) -> bool:
    """Return whether a text looks like the name of a unit."""
    if len(text) > _LONGEST_NAME:
        return False
    plain = bare(text).replace("(", "（").replace(")", "）")
    return len(plain) > 1 and bool(_UNIT_NAME.fullmatch(plain))


def split(text: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units that a text lists, in order, each once.

    A known spelling gives its unit's name, an unknown one itself.
    """
    return tuple(dict.fromkeys(piece.unit or piece.text for piece in pieces(text, spellings)))


def offices(text: str, header: str, unit_names: Iterable[str]) -> tuple[str, ...]:
    """Return the liaison offices that a text lists, each with its unit's name in front.

    An office without a unit's name belongs to the unit of the office before it; the first one to
    the unit that the column's header names (县教育局牵头联络股室).
    """
    if not text:
        return ()
    names = sorted(unit_names, key=len, reverse=True)
    own = _unit_of(bare(header), names) or _OFFICE_WORDS.sub("", bare(header))
    unit = own
    found = []
    for piece in pieces(text, {}):
        office = piece.text
        if named := _unit_of(office, names):
            # 县教育局党委办公室、人事股: the second is 县教育局's, not its party committee's.
            unit = own if own and named.startswith(own) else named
        elif not _OWN_NAME.match(office):
            office = unit + office
        found.append(office)
    return tuple(dict.fromkeys(found))


def look_alikes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (doubtful, suggested) for every name that may be another spelling of an earlier one.

    Two names look alike if they differ in words that add nothing (各, 县, 中共, a place's name,
    学校 for 学), or if one is the other with characters left out in the middle (县住建局,
    县住房和城乡建设局). A longer ending names another body (县委, 县委办), and
    so does a word before 办.
    """
    cores: dict[str, str] = {}
    found = []
    for name in dict.fromkeys(names):
        core = _core(name)
        like = (other for other, its in cores.items() if _alike(core, its))
        if (suggested := next(like, None)) is not None:
            found.append((name, suggested))
        else:
            cores[name] = core
    return found


def _end_of_known(plain: str, at: int, folded: Mapping[str, str], lengths: Sequence[int]) -> int:
    """Return where the longest spelling ends that begins at a place, broken lines or not, or 0.

    It has to end at a boundary.
    """
    if not lengths:
        return 0
    text = plain[at : at + 2 * lengths[0]]
    joined = text.replace("\n", "") if "\n" in text else text
    for length in lengths:
        if len(joined) >= length and joined[:length] in folded:
            end = at + (length if joined is text else _length_with_breaks(text, length))
            if _AT_BOUNDARY.match(plain, end):
                return end
    return 0


def _length_with_breaks(text: str, length: int) -> int:
    """Return how many characters of a text hold so many that are no line break."""
    places = (at for at, one in enumerate(text) if one != "\n")
    return next(islice(places, length - 1, None)) + 1


def _end(plain: str, at: int, closing: int) -> int:
    """Return where a name ends; behind the last bracket that closes, `closing`, none opens."""
    joint = _AND_ALL.match(plain, at)
    if collective := collective_end(plain, joint.end() if joint else at):
        return collective
    depth = 0
    for place in range(at, len(plain)):
        character = plain[place]
        joint = _AND_ALL.match(plain, place) if place > at and not depth else None
        if joint and collective_end(plain, joint.end()):
            return place
        if character == "（" and place < closing:
            depth += 1
        elif character == "）":
            depth = max(0, depth - 1)
        elif character in _SEPARATORS and not depth:
            return place
    return len(plain)


def _joined(name: str) -> str:
    return name.replace("\n", "").strip()


def _one_spelling(name: str) -> str:
    """Return a collective name with 、 between its halves, any other name as it is."""
    if not _is_collective(name):
        return name
    return re.sub(r"党委[，,]|(?<=^[县市区省州旗])委[，,和及]", lambda it: f"{it[0][:-1]}、", name)


def _unit_of(office: str, names: Iterable[str]) -> str | None:
    """Return the first of the names that an office's name begins with."""
    return next((name for name in names if office.startswith(name)), None)


def _core(name: str) -> str:
    plain = bare(name).translate(_BRACKETS)
    core = re.sub("人民(?=政府|法院|检察院)", "", plain).removeprefix("中共")
    core = _PLACE.sub("", core, count=1) if _PLACE.match(core) else core
    core = re.sub("^(?:各|全|本)?[县市区]?(?:直)?", "", core)
    return re.sub("办公室$", "办", core.removesuffix("校") if core.endswith("学校") else core)


def _alike(core: str, other: str) -> bool:
    plain, other_plain = (re.sub("[（）]", "", one) for one in (core, other))
    if plain == other_plain or _IN_BRACKETS.sub("", core) == _IN_BRACKETS.sub("", other):
        return len(core) > 1
    short, long = sorted((plain, other_plain), key=len)
    if len(short) < _LEAST_CORE or long.startswith(short) or short.endswith("办"):
        return False
    return short[0] == long[0] and short[-1] == long[-1] and left_out(short, long)
