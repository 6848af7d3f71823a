"""Tables beside those of tasks: who is whom's contact, what each unit is there for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from edu_sheet.plan.issued.blocks import Cells, Grid
from edu_sheet.plan.issued.header import columns_at
from edu_sheet.plan.issued.meaning import TASKS, UNITS, Meaning, meaning_of, names_body
from edu_sheet.plan.issued.ordinals import is_label
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare, tidy

CONTACTS = "联系人名单"
DUTIES = "各单位职责的表"
_LONGEST = 14  # characters of a header's cell
_LONG = 20  # of what a list of contacts holds
_REACHED = re.compile(
    r"(?:联系|办公|移动|座机)?(?:电话|手机|方式)(?:号码?)?|手机号码?|电话号码|传真"
)
_PERSON = re.compile(r"(?:.{0,4}(?:人员?|员|领导))?姓名|联[系络][人员]|负责人|分管领导|名单")
_POST = re.compile(r"职务|职位|职称|.{0,3}职务|邮箱|微信号?")
_DUTY = re.compile(
    r"(?:工作|主要|具体|单位|部门|承担)*(?:职责|职能)(?:任务|分工|内容)?|(?:工作|责任|任务)?分工(?:职责)?"
)


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A table that holds no tasks: what it is, behind which row it ends, whether to ask."""

    what: str
    end: int
    text: str
    ask: bool


def other_table_at(grid: Grid, row: int) -> OtherTable | None:
    """Return the table without tasks whose header stands in a row; it ends at the next header."""
    what = _kind_of(grid.rows[row])
    if not what:
        return None
    end = row + 1
    while end < len(grid.rows) and not _begins(grid, end):
        end += 1
    held = grid.rows[row + 1 : end]
    texts = [
        [tidy(one.text) for one in cells if _own(one.text, merged=one.merged)] for cells in held
    ]
    header = [tidy(cell.text) for cell in grid.rows[row] if _own(cell.text, merged=cell.merged)]
    told = "；".join(" | ".join(one) for one in (header, *texts) if one)
    return OtherTable(what, end, told, what == DUTIES or _may_hold_tasks(grid.rows[row], held))


def holds_tasks(grids: Sequence[Grid]) -> bool:
    """Return whether a table names tasks by its header, and not what each unit is there for."""
    return any(
        _kind_of(cells) != DUTIES and columns_at(grid, row)
        for grid in grids
        for row, cells in enumerate(grid.rows)
    )


def _own(text: str, *, merged: bool) -> bool:
    return bool(text.strip()) and not merged


def _begins(grid: Grid, row: int) -> bool:
    return bool(_kind_of(grid.rows[row])) or columns_at(grid, row) is not None


def _kind_of(cells: Cells) -> str:
    """Return what table a header is one of, "" where it is none of these."""
    said = [cell.text for cell in cells if _own(cell.text, merged=cell.merged)]
    if len(said) < 2 or any(len("".join(one.split())) > _LONGEST for one in said):
        return ""
    texts = [*map(bare, said)]
    if any(map(is_label, texts)):
        return ""
    duties = [one for one in texts if _DUTY.fullmatch(one)]
    meanings = {meaning_of(one) for one in texts if one not in duties}
    if meanings & (TASKS | {Meaning.DEADLINE, Meaning.PROGRESS}):
        return ""
    reached = sum(bool(_REACHED.fullmatch(one)) for one in texts)
    persons = sum(bool(_PERSON.fullmatch(one)) for one in texts)
    posts = sum(bool(_POST.fullmatch(one)) for one in texts)
    if (reached or persons) and reached + persons + posts > 1 and not duties:
        return CONTACTS
    named = any(meaning_of(one) in UNITS or names_body(one) for one in texts if one not in duties)
    return DUTIES if duties and named else ""


def _may_hold_tasks(header: Cells, rows: Sequence[Cells]) -> bool:
    """Return whether a list of contacts may be none: units on duty, or long or odd texts."""
    if any(meaning_of(one.text) in UNITS and "责任" in bare(one.text) for one in header):
        return True
    persons = [at for at, cell in enumerate(header) if _PERSON.fullmatch(bare(cell.text))]
    units = any(is_unit_name(cells[at].text) for cells in rows for at in persons if at < len(cells))
    return units or any(len(cell.text) > _LONG for cells in rows for cell in cells)
