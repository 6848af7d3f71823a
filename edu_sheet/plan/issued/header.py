"""A table's header, of one or two rows → which column says what. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from edu_sheet.plan.issued.blocks import Cells, Grid
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.first_leads import first_leads_in, without_rule
from edu_sheet.plan.issued.matrix import guessed, units_across
from edu_sheet.plan.issued.meaning import (
    TASKS,
    UNITS,
    Meaning,
    meaning_of,
    names_body,
    names_persons,
    names_several,
    speaks_of_units,
)
from edu_sheet.plan.issued.ordinals import is_label, number_of
from edu_sheet.plan.issued.passages import without_roles
from edu_sheet.plan.issued.task_column import choose_task, number_within
from edu_sheet.plan.issued.titles import titles_over
from edu_sheet.plan.issued.without_header import find_days, find_numbers
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare, tidy

_LONGEST = 30  # characters of a header's cell
_SHORT = 14  # of one in a second row
_LOOKED_AT = 20  # rows that show whether a table is a matrix: asked of every row of every table
_OFFICES = re.compile("(?:科室|股室|处室)$")
_FILLED_IN = re.compile(r"[^（(：:]{2,8}[：:]\s*\S")


def columns_at(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """Return the columns that a header in a row gives, and its height; None if it is no header.

    A header names at least a task and who answers for it, in two columns; what counts the tasks of
    each unit is no task.
    """
    if any(cell.text and _is_sentence(_plain(cell.text)) for cell in reversed(grid.rows[row])):
        return None
    ways = (_matrix_at, _within_at, _named_at, _below_unit_at)
    found = next((one for way in ways if (one := way(grid, row))), None)
    return None if found and _only_counts(found[0], grid.rows[row + found[1] :]) else found


def _named_at(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """Return the columns of a header that names tasks and units."""
    upper = grid.rows[row]
    if not any(speaks_of_units(cell.text) for cell in (*upper, *_next(grid, row))):
        return None
    told = {text for cell in upper if (text := cell.text.strip())}
    if len(told) < 2 or any(map(_FILLED_IN.match, told)):
        return None  # 填报单位：县教育局
    if row + 1 < len(grid.rows) and _goes_on(upper, grid.rows[row + 1]):
        texts, height = _joined(upper, grid.rows[row + 1]), 2
        if row + 2 < len(grid.rows) and _divides(upper, *grid.rows[row + 1 : row + 3]):
            texts, height = _joined_below(texts, *grid.rows[row : row + 3]), 3
        if _is_header(texts):
            return _columns(grid, row + height, texts, upper), height
    texts = [(said, said) for said in (_plain(cell.text) for cell in upper)]
    plain = texts
    texts = _of_duties(plain) if grid.duties else plain
    if not _is_header(texts):
        return None
    columns = _columns(grid, row + 1, texts, upper)
    if texts != plain:
        _ask_of_duties(columns)
    return columns, 1


_DUTIES = re.compile(r"(?:主要|工作|单位|部门)*职责(?:任务|分工|内容)?|(?:任务|责任)分工")
_CONCERNED = re.compile("(?:涉及的?|成员|参与|有关|相关)(?:责任)?(?:单位|部门)(?:名称)?")


def _of_duties(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a header 责任单位 | 职责分工 as understood where each unit's duties are its task.

    成员单位 answers for its own duties there, and helps nobody.
    """
    names = [bare(said) for _, said in texts]
    meanings = [*map(meaning_of, names)]
    duties = [at for at, one in enumerate(names) if _DUTIES.fullmatch(one)]
    on_duty = (Meaning.LEAD, Meaning.DUTY)
    named = [
        at
        for at, one in enumerate(names)
        if at not in duties and (meanings[at] in on_duty or _CONCERNED.fullmatch(one))
    ]
    if len(duties) != 1 or len(named) != 1 or {*meanings} & TASKS:
        return [*texts]
    found = [*texts]
    found[duties[0]] = (texts[duties[0]][0], "工作任务")
    if meanings[named[0]] not in on_duty:
        found[named[0]] = (texts[named[0]][0], "责任单位")
    return found


def _ask_of_duties(columns: Columns) -> None:
    goal, unit = columns.places(Meaning.GOAL)[0], columns.places(*UNITS)[0]
    said = (
        f"“{columns.headers[goal]}”读作任务，“{columns.headers[unit]}”读作单位："
        "各项都是这样读的，请核对"
    )
    columns.asked.append((Meaning.GOAL, said))


def _only_counts(columns: Columns, rows: Sequence[Cells]) -> bool:
    """Return whether nothing but figures stands where the tasks should."""
    tasks = columns.places(*TASKS)
    texts = [cells[at].text for cells in rows for at in tasks if at < len(cells)]
    told = [text for text in texts if text.strip()]
    return bool(told) and all(bare(text).isdecimal() for text in told)


def _within_at(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """Return the columns of a header that names no units: they stand in brackets behind the tasks.

    序号 | 重点工作及分工 | 时限
    """
    texts = [_plain(cell.text) for cell in grid.rows[row]]
    meanings = [meaning_of(one) for one in texts]
    if (
        {*meanings} & UNITS
        or not {*meanings} & TASKS
        or not {*meanings} & {Meaning.NUMBER, Meaning.DEADLINE}
        or any(len(one) > _SHORT for one in texts)
    ):
        return None
    tasks = [at for at, one in enumerate(meanings) if one in TASKS]
    below = grid.rows[row + 1 : row + 1 + _LOOKED_AT]
    held = [cells[at].text for cells in below for at in tasks if at < len(cells)]
    named = [said for text in held if text.strip() and (said := without_roles(text)[1])]
    if not named or 2 * sum(one.names_units for one in named) < len(below):
        return None
    return _columns(grid, row + 1, [(one, one) for one in texts], grid.rows[row]), 1


def _below_unit_at(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """Return the columns of a header that names no units: a title above, or the sheet, names one.

    序号 | 工作任务 | 完成时限 in a sheet 县教育局.
    """
    texts = [_plain(cell.text) for cell in grid.rows[row]]
    meanings = {meaning_of(one) for one in texts}
    if (
        meanings & UNITS
        or not {Meaning.NUMBER, Meaning.GOAL} <= meanings
        or any(len(one) > _SHORT for one in texts)
        or not any(re.search("任务|事项|措施|举措|要点", one) for one in texts)
        or next(titles_over(grid, row), None) is None
    ):
        return None
    return _columns(grid, row + 1, [(one, one) for one in texts], grid.rows[row]), 1


def _matrix_at(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """Return the columns of a header that names a task and, in a column each, several units."""
    upper = [_plain(cell.text) for cell in grid.rows[row]]
    lower = _next(grid, row)
    divided = [
        upper[place] if cell.up or not cell.text.strip() else _plain(cell.text)
        for place, cell in enumerate(lower[: len(upper)])
    ]
    titled = len({one for one in upper if one}) < 2 and not any(
        meaning_of(one) in UNITS for one in upper
    )
    spans = any(cell.merged and not cell.up for cell in grid.rows[row])
    parted = spans or any(cell.up or not cell.text.strip() for cell in lower)  # else two rows
    for header, height in ((upper, 1), (divided, 2))[: 1 if titled or not parted else 2]:
        below = row + height
        if units := units_across(header, grid.rows[below : below + _LOOKED_AT]):
            body = grid.rows[below:]
            columns = _columns(grid, row + height, [(one, one) for one in header], grid.rows[row])
            columns.meanings |= dict.fromkeys(units, Meaning.DUTY)
            columns.marked, columns.parts = units, guessed(body, units)
            return columns, height
    return None


def _next(grid: Grid, row: int) -> Cells:
    return grid.rows[row + 1] if row + 1 < len(grid.rows) else ()


def _plain(text: str) -> str:
    return tidy(text.replace("\n", ""))


def _goes_on(upper: Cells, lower: Cells) -> bool:
    """Return whether a row is the second one of a header: it divides what spans several columns."""
    divided = 0
    for place, cell in enumerate(lower):
        if cell.up or not cell.text.strip():
            continue
        above = upper[place].text if place < len(upper) else ""
        if cell.text == above:
            continue
        beside = [upper[near].text for near in (place - 1, place + 1) if 0 <= near < len(upper)]
        if (
            len(_plain(cell.text)) > _SHORT
            or is_label(cell.text)
            or (above and above not in beside)
        ):
            return False
        divided += 1
    return divided > 0


def _joined(upper: Cells, lower: Cells) -> list[tuple[str, str]]:
    """Return each column's header as it is shown, and as it is understood."""
    found = []
    for place, cell in enumerate(lower):
        above = _plain(upper[place].text) if place < len(upper) else ""
        below = _plain(cell.text)
        if cell.up or not below or below == above:
            found.append((above, above))
        elif not above:
            found.append((below, below))
        else:
            found.append((f"{above}（{below}）", _understood(above, below)))
    return found


def _divides(upper: Cells, middle: Cells, lower: Cells) -> bool:
    """Return whether a row is the third one of a header: 一季度 | 二季度 below 上半年.

    It says nothing but below what spans several columns of the second row.
    """
    spans = _filled(upper, middle)
    own = [at for at, cell in enumerate(lower) if cell.text.strip() and not cell.up]
    short = all(len(_plain(lower[at].text)) <= _SHORT for at in own)
    return (
        len(own) > 1
        and short
        and not any(is_label(lower[at].text) or is_unit_name(lower[at].text) for at in own)
        and all(at < len(spans) and _spanned(spans, at) for at in own)
    )


def _filled(upper: Cells, middle: Cells) -> list[str]:
    """Return what a second row says of each column: what is blank there spans from the left."""
    said: list[str] = []
    for at, cell in enumerate(middle):
        above = upper[at].text if at < len(upper) else ""
        goes_on = at > 0 and bool(above) and above == upper[at - 1].text
        text = "" if cell.up else _plain(cell.text)
        said.append(text or (said[-1] if goes_on else ""))
    return said


def _spanned(texts: Sequence[str], at: int) -> bool:
    beside = [texts[near] for near in (at - 1, at + 1) if 0 <= near < len(texts)]
    return bool(texts[at]) and texts[at] in beside


def _joined_below(
    texts: Sequence[tuple[str, str]], upper: Cells, middle: Cells, lower: Cells
) -> list[tuple[str, str]]:
    """Return headers of two rows with what the third says: 进度（上半年/一季度）."""
    spans, found = _filled(upper, middle), []
    for at, (shown, said) in enumerate(texts):
        below = _plain(lower[at].text) if at < len(lower) and not lower[at].up else ""
        above = _plain(upper[at].text) if at < len(upper) else ""
        if not below:
            found.append((shown, said))
        elif above and above != spans[at]:
            found.append((f"{above}（{spans[at]}/{below}）", _understood(said, below)))
        else:
            found.append((f"{spans[at]}（{below}）", _understood(said, below)))
    return found


def _understood(above: str, below: str) -> str:
    """Return what a header of two rows is understood as: the lower one where it is clear.

    A part of what names units (责任单位 over 主体责任 and 监管责任) names units as well.
    """
    own = meaning_of(below)
    if own is Meaning.NUMBER or (own is not None and own not in TASKS and len(below) > 2):
        return below
    if own in UNITS and len(below) <= 2 and re.search("责任|分工", above):
        return below  # 牵头 below 责任分解
    if own is None and meaning_of(above) in UNITS and not names_body(below):
        return above
    return above + below


def _is_sentence(shown: str) -> bool:
    """Return whether a text is too long for a header, or says what somebody shall do."""
    plain = without_rule(shown) if first_leads_in(shown) else shown
    return len(plain) > _LONGEST or plain.endswith(("。", "；"))


def _is_header(texts: Sequence[tuple[str, str]]) -> bool:
    if any(_is_sentence(shown) for shown, _ in texts):
        return False
    found = [meaning_of(said) for _, said in texts]
    return any(one in UNITS for one in found) and any(one in TASKS for one in found)


def _columns(grid: Grid, body: int, texts: list[tuple[str, str]], header: Cells) -> Columns:
    above = grid.rows[max(0, body - 2) : body]
    rows = [cells for cells in grid.rows[body:] if cells not in above]  # not the header again
    columns = Columns(width=len(texts))
    for place, (shown, said) in enumerate(texts):
        columns.headers[place] = shown
        columns.meanings[place] = meaning_of(said) or Meaning.OTHER
        if columns.meanings[place] in UNITS and names_several(said):
            columns.both.add(place)
        if columns.meanings[place] in UNITS and names_persons(said):
            columns.persons.add(place)
    _drop_measures(columns, rows)
    _drop_offices(columns)
    _choose_lead(columns)
    _let_undertakers_lead(columns)
    find_numbers(columns, rows, header)
    find_days(columns, rows)
    _take_numbers_from_tasks(columns, rows)
    number_within(columns, rows)
    choose_task(columns, rows)
    _ask_of_second_table(columns, header)
    _choose_once(columns, Meaning.NUMBER)
    _choose_once(columns, Meaning.LIAISON)
    _choose_category(columns)
    _tell_apart(columns, header)
    return columns


def _tell_apart(columns: Columns, header: Cells) -> None:
    """Name 责任人 behind the units of each part by these, where several columns have that name."""
    units = columns.places(*UNITS)
    own = [at for at in columns.further if at < len(header) and not header[at].merged]
    for name in {columns.headers[at] for at in own}:
        alike = [at for at in own if columns.headers[at] == name]
        left = [max((one for one in units if one < at), default=-1) for at in alike]
        if not name or len(alike) < 2 or -1 in left or len({*left}) < len(alike):
            continue
        for at, unit in zip(alike, left, strict=True):
            columns.headers[at] = f"{name}（{columns.headers[unit]}）"


def _ask_of_second_table(columns: Columns, header: Cells) -> None:
    """Ask of numbers that stand under one name in two places: another table may begin there."""
    first, *rest = columns.places(Meaning.NUMBER) or [0]
    again = [at for at in rest if columns.headers[at] == columns.headers[first]]
    if any(at < len(header) and not header[at].merged for at in again):
        said = f"表头里有两个“{columns.headers[first]}”：右边是不是另一张表？请核对"
        columns.asked.append((Meaning.GOAL, said))


def _choose_once(columns: Columns, meaning: Meaning) -> None:
    for place in columns.places(meaning)[1:]:
        columns.meanings[place] = Meaning.OTHER


def _choose_category(columns: Columns) -> None:
    first, *rest = columns.places(Meaning.CATEGORY) or [0]
    for place in rest:
        if columns.headers[place] != columns.headers[first]:  # else one column, or two of one name
            columns.meanings[place] = Meaning.OTHER


def _drop_measures(columns: Columns, rows: Sequence[Cells]) -> None:
    """Take 单位 over 亿元 and % for what it is, beside a column that names who answers."""
    for place in columns.places(*UNITS):
        if bare(columns.headers[place]) != "单位" or len(columns.places(*UNITS)) < 2:
            continue
        texts = [cells[place].text for cells in rows if place < len(cells)]
        if not any(map(is_unit_name, texts)):
            columns.meanings[place] = Meaning.OTHER


def _drop_offices(columns: Columns) -> None:
    """Keep 责任科室 by its own name beside the units that the offices are part of."""
    offices = [at for at in columns.places(*UNITS) if _OFFICES.search(bare(columns.headers[at]))]
    if {*columns.places(Meaning.LEAD, Meaning.DUTY)} - {*offices}:
        columns.meanings |= dict.fromkeys(offices, Meaning.OTHER)


def _choose_lead(columns: Columns) -> None:
    """Let 牵头 lead where 主责 or 主办 stands beside it: those answer for what they do."""
    leads = columns.places(Meaning.LEAD)
    surer = [place for place in leads if "牵头" in columns.headers[place]]
    over = [place for place in leads if bare(columns.headers[place]).startswith("主管")]
    if over == leads and over and len(columns.places(*UNITS)) > 1:
        said = f"“{columns.headers[over[0]]}”读作牵头单位：各项任务都是这样读的，请核对"
        columns.asked.append((Meaning.LEAD, said))
    if not surer or len(surer) == len(leads):
        return
    for place in leads:
        if place not in surer and columns.headers[place] not in map(columns.headers.get, surer):
            columns.meanings[place] = Meaning.DUTY
            lead, other = columns.headers[surer[0]], columns.headers[place]
            said = f"“{lead}”读作牵头单位，“{other}”读作责任单位：各项任务都是这样读的，请核对"
            columns.asked.append((Meaning.LEAD, said))


def _let_undertakers_lead(columns: Columns) -> None:
    """Let 承办 lead beside 协办 or 配合, where no column says who else leads or answers."""
    duties = columns.places(Meaning.DUTY)
    alone = not columns.places(Meaning.LEAD) and bool(columns.places(Meaning.HELP))
    if duties and alone and all("承办" in columns.headers[place] for place in duties):
        columns.meanings |= dict.fromkeys(duties, Meaning.LEAD)


def _take_numbers_from_tasks(columns: Columns, rows: Sequence[Cells]) -> None:
    """Let a column that holds nothing but numbers be no task, where another names the tasks."""
    told = columns.places(*TASKS)
    for place in told:
        texts = [one[place].text for one in rows if place < len(one) and one[place].text.strip()]
        others = [one for one in columns.places(*TASKS) if one != place]
        if others and texts and all(map(is_label, texts)):
            columns.meanings[place] = Meaning.NUMBER if _count(texts) else Meaning.OTHER


def _count(texts: Sequence[str]) -> bool:
    """Return whether numbers count rows, again from 1 perhaps, and are no figures to reach."""
    values = [number_of(text) or 0 for text in texts]
    steps = all(value in (before + 1, 1) for before, value in pairwise(values))
    return 0 in values or (steps and values[0] == 1)
