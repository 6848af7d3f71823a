"""What stands above a table, or heads its rows, and names who leads the tasks there. Pure.

区教育局牵头任务（2项） says so; the bare name of a unit is as good over units that all but help.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edu_sheet.plan.issued.blocks import Grid
from edu_sheet.plan.issued.broken_titles import joint_issuers, like_title
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.draft import Draft
from edu_sheet.plan.issued.labels import has_labels
from edu_sheet.plan.issued.meaning import UNITS, Meaning
from edu_sheet.plan.issued.ordinals import ordinal_of
from edu_sheet.plan.issued.roles import only_units, said_in
from edu_sheet.rules.units import is_group, is_unit_name
from edu_sheet.words.text import bare, tidy

HEADING_ROW = "类别行"
_SHEET = "工作表名称"
_LONGEST = 60  # characters of a title
_NEAR = 3  # paragraphs above a table
_BEFORE = re.compile(r"(?:附件|附表|表)[\d一二三四五六七八九十\-—]*[：:、.．\s]*")
_LEADS = re.compile(
    r"由?(?P<unit>.{2,40}?)(?:共同|分别|总)?(?:牵头|主办|主责)(?!单位|部门|人|领导)"
    r"(?:负责|组织|承办|实施|落实|推进|办理|完成)*(?:的|各|重点|主要|年度|\d{4}年度?)*"
    r"(?:工作|任务|事项|项目|职责|责任|改革|清单|分工|台账|表|一览)*(?:[（(].{1,10}[）)])?[：:]?"
)
_LABELLED = re.compile(r"(?:牵头|主办|主责)(?:单位|部门)[：:](?P<unit>.{2,40})")
_BODY = re.compile(
    r"(?:局|委|办|部|院|会|中心|公司|集团|街道|镇|乡|厅|联|社|学校|大队|支队|办事处|党委|政府|室|处|站|所)$"
)
# The county itself, or who speaks for it, issues plans: that it is named above one says nothing.
_ISSUER = re.compile(
    r"(?:[县市区省州旗]|^)(?:委|人民政府|政府|党委)(?:办公室|办)?$|小组|指挥部|专班|委员会|联席会|[一二三四五六七八九十]届"
)
_AT_END = re.compile(r"\s*[（(〔【]([^（）()〔〕【】]{3,80})[）)〕】]$")
_GOES_ON = re.compile(
    r"(?:[（(].{1,10}[）)])?(?:承担|负责|实施|落实|办理|完成|的)*(?:$|\d{2,4}年|本年|年度|重点|主要|目标|工作|任务"
    r"|责任|职责|事项|项目|清单|台账|改革|[上下]半年|第?[一二三四]季度|\d{1,2}月)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that a title names, and whether it says that the unit leads."""

    unit: str
    leads: bool
    text: str  # of the title
    where: str = ""  # 工作表名称, 表题, 表前

    @property
    def quoted(self) -> str:
        """The title and where it stands, as it is told."""
        return f"{self.where}“{self.text}”"


def named_in(text: str, where: str = "") -> Named | None:
    """Return the unit that a title names at its beginning, None where it names none."""
    said = _BEFORE.sub("", tidy(text), count=1) if _BEFORE.match(tidy(text)) else tidy(text)
    ordinal = ordinal_of(said)
    plain = (ordinal.rest if ordinal else said).strip("《》“” ")
    if not plain or len(plain) > _LONGEST or re.search("[。；;]", _AT_END.sub("", plain)):
        return None
    found = _LEADS.fullmatch(plain) or _LABELLED.fullmatch(plain)
    if found and only_units(found["unit"]):
        return Named(found["unit"], leads=True, text=tidy(text), where=where)
    if behind := _bracketed(plain):
        return Named(behind, leads=True, text=tidy(text), where=where)
    for end in range(len(plain), 2, -1):
        name = plain[:end]
        if _is_body(name) and _GOES_ON.match(plain, end):
            return Named(name, leads=False, text=tidy(text), where=where)
    return None


def _bracketed(text: str) -> str:
    """Return the unit that leads by the bracket at a title's end, "" for none: （牵头单位：甲）."""
    found = _AT_END.search(text)
    if not found or not found.start():
        return ""
    labelled = has_labels(found[1])
    spoken = re.search("牵头|主办|主责", found[1]) and only_units(found[1])
    return said_in(found[1]).lead if labelled or spoken else ""


def without_bracket(text: str) -> str:
    """Return a title without the bracket at its end, which may say who answers."""
    return _AT_END.sub("", text)


def _is_body(name: str) -> bool:
    fits = (
        _BODY.search(name)
        and is_unit_name(name)
        and not re.search(r"\d|关于|年|长|[领督交]办$", name)
    )
    if not fits or _ISSUER.search(name) or is_group(name):
        return False
    return only_units(name) or bool(re.search(r"..(?:局|街道|镇|乡|公司|集团)$", name))


def only_help(columns: Columns) -> bool:
    """Return whether the columns of a table name none but units that help, or none at all."""
    return {columns.meanings[place] for place in columns.places(*UNITS)} <= {Meaning.HELP}


def chosen(named: Sequence[Named], columns: Columns) -> Named | None:
    """Return the title that says who leads: one with 牵头, else one over units that all help.

    None where no title does, or those that do name different units.
    """
    saying = [one for one in named if one.leads]
    if not saying and only_help(columns):
        saying = list(named)
    longest = max(saying, key=lambda one: len(one.unit), default=None)
    if longest is None or not all(longest.unit.endswith(one.unit) for one in saying):
        return None
    return next(one for one in saying if one.unit == longest.unit)


def titles_over(grid: Grid, top: int) -> Iterator[Named]:
    """Yield what the titles of a table name, the nearest first: `top` is where its header stands.

    They are the rows above the header, the last paragraphs above the table, the sheet's name.
    """
    rows = [[c.text for c in cells if c.text.strip() and not c.merged] for cells in grid.rows[:top]]
    lines = [*map(" ".join, rows)]
    signed = {line for end in range(len(lines)) for line in lines[slice(*_issuers(lines, end))]}
    texts = [(line, "表题") for line in reversed(lines) if line not in signed]
    texts += [(text, "表前") for text in grid.above[: -_NEAR - 1 : -1]]
    yield from filter(None, (named_in(text, where) for text, where in texts if text.strip()))
    if is_group(grid.title) and only_units(grid.title):  # 各镇（街道）
        yield Named(grid.title, leads=False, text=grid.title, where=_SHEET)
    elif named := named_in(grid.title, _SHEET):
        yield named


def _issuers(lines: Sequence[str], end: int) -> tuple[int, int]:
    """Return where the offices stand that issue together what a line names; none leads by that."""
    return joint_issuers(lines, end)[0] if like_title(lines[end]) else end, end


def standing_over(headings: Iterable[str]) -> tuple[Named, ...]:
    """Return who leads by the headings that still hold, the innermost alone."""
    named = (named_in(text, "上级标题") for text in headings)
    return tuple(one for one in named if one and one.leads)[:1]


def give_lead(drafts: Iterable[Draft], named: Named) -> bool:
    """Let the unit of a title lead the tasks without a lead, and ask of it at the first of them."""
    without, count = _without_lead(drafts)
    for draft in without:
        draft.add(Meaning.LEAD, named.unit)
    if without:
        said = f"牵头单位“{named.unit}”取自{named.quoted}{count}，请核对"
        without[0].doubt(Meaning.LEAD, said)
    return bool(without)


def propose_lead(drafts: Iterable[Draft], named: Sequence[Named]) -> None:
    """Ask whether the unit of a title leads, at the first of the tasks without a lead."""
    without, count = _without_lead(drafts)
    if not without or not named:
        return
    told = "，".join(one.quoted for one in named)
    units = dict.fromkeys(one.unit for one in named)
    asked = "是不是由它牵头" if len(units) == 1 else "由谁牵头"
    said = (
        f"没有写牵头单位{count}，{told}写着“{'”“'.join(units)}”：{asked}？是的，请填在牵头单位一栏"
    )
    without[0].doubt(Meaning.LEAD, said)


def _without_lead(drafts: Iterable[Draft]) -> tuple[list[Draft], str]:
    """Return the tasks without a lead, and how many they are in words; "" for one."""
    without = [one for one in drafts if not one.text(Meaning.LEAD)]
    return without, f"（这里 {len(without)} 项都是）" if len(without) > 1 else ""


def same_units(drafts: Iterable[Draft], unit: str) -> bool:
    """Return whether all tasks name a unit among those that answer already."""
    return all(bare(unit) in bare(one.text(Meaning.DUTY)) for one in drafts)
