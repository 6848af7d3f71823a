"""Which column of a returned sheet is which of the form's: by its header, never by position. Pure.

Where headers are gone, a column is taken for what stands between its issued neighbours. 进展情况 is
one column or none: the one that was issued, by header and place. A header that names another
period (上月进展情况, 9月) is never it, what a person sees goes before what is hidden, and where
several may be it none is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edu_sheet.form import layout
from edu_sheet.form.identity import normalised
from edu_sheet.rules.named_period import names_period, rest_of_name
from edu_sheet.words.book import Sheet
from edu_sheet.words.columns import GOAL, KEY, NUMBER, PROGRESS, REQUIREMENTS, ROLE, STATE
from edu_sheet.words.forms import Form
from edu_sheet.words.parts import part_named
from edu_sheet.words.text import Once, bare

_HEADER_LIMIT = 30  # characters: a header that somebody added to is still no longer
_HEADER_FIELDS = 3  # so many headers in one row make it the header row
_LIKE_PROGRESS = ("情况", "进展", "进度", "成效")
# What may stand beside a period in the header of a column of texts: 10月份情况.
_BESIDE_PERIOD = frozenset(
    [
        "",
        "情况",
        "完成情况",
        "落实情况",
        "进度",
        "工作",
        "工作情况",
        "内容",
        "填报",
        "填报内容",
        "填写",
    ]
)


@dataclass(slots=True)
class Headings:
    """Where the columns of a form stand in a sheet."""

    row: int = 0  # 0: the header is gone
    columns: dict[str, int] = field(default_factory=dict)  # a column's field → where it stands
    doubtful: tuple[int, ...] = ()  # columns that may be 进展情况, where none is known to be
    other_periods: tuple[int, ...] = ()  # columns of texts that name another period
    beside: tuple[str, str] = ("", "")  # the fields that 进展情况 was issued between


def _beside_progress(form: Form) -> tuple[str, str]:
    at = form.fields.index(PROGRESS.field)
    behind = next(one for one in form.fields[at + 1 :] if one != STATE.field)
    return form.fields[at - 1], behind


def find_headings(sheet: Sheet, form: Form) -> Headings | None:
    """Return where the form's columns stand, as far as they are found.

    None for a sheet in which none of the columns stands that only the sheet to be filled in has.
    """
    found = Headings()
    found.row, found.columns = _header(sheet, form)
    _add_by_content(sheet, form, found.columns)
    found.row = found.row or _row_of_progress(sheet, form, found.columns)
    if not _telling(form) & found.columns.keys():
        return None
    if found.row:
        _choose_progress(sheet, form, found)
    if not found.doubtful:
        if found.row:
            _add_parts(sheet, form, found)
        _add_between(sheet, form, found)
    return found


def _telling(form: Form) -> set[str]:
    """Return the columns that only the sheet to be filled in has."""
    # By field: a county's 工作任务 is what the sheets of earlier texts call 目标任务.
    shared = {one.field for one in (NUMBER, GOAL, PROGRESS, STATE, ROLE)}
    own = (*layout.EARLIER_HEADER, *layout.QUARTER_HEADER)
    return {
        column.field
        for column in form.columns
        if column.field not in shared and column.header not in own
    }


def _header(sheet: Sheet, form: Form) -> tuple[int, dict[str, int]]:
    """Return the header's row, 0 if there is none, and the columns that it names."""
    names = {column.field: bare(column.header) for column in form.columns}
    exact: dict[int, dict[str, int]] = {}
    loose: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if len(cell.text) > _HEADER_LIMIT:
            continue
        text = bare(cell.text)
        for name, header in names.items():
            if text == header:
                exact.setdefault(row, {}).setdefault(name, column)
            elif header in text:
                loose.setdefault(row, {}).setdefault(name, column)
    rows = {row: loose.get(row, {}) | exact.get(row, {}) for row in sorted({*exact, *loose})}
    row = max(rows, key=lambda one: len(rows[one]), default=0)
    if row and len(rows[row]) >= min(_HEADER_FIELDS, len(names)):
        return row, _one_field_a_column(rows[row], exact.get(row, {}))
    return 0, {}


def _one_field_a_column(columns: dict[str, int], exact: dict[str, int]) -> dict[str, int]:
    """Drop the looser of two fields that claim one column."""
    taken = {column: name for name, column in exact.items()}
    return {name: column for name, column in columns.items() if taken.get(column, name) == name}


def _add_by_content(sheet: Sheet, form: Form, columns: dict[str, int]) -> None:
    """Find the columns whose header is gone by the texts and keys that were issued in them."""
    plain = Once(normalised)
    for column in (KEY, REQUIREMENTS, GOAL):
        if column.field in columns:
            continue
        issued = {normalised(row.text(column.field)) for row in form.rows} - {""}
        counted = Counter(
            where
            for (_, where), cell in sheet.cells.items()
            if where not in columns.values() and plain[cell.text] in issued
        )
        if counted:
            columns[column.field] = counted.most_common(1)[0][0]


def _row_of_progress(sheet: Sheet, form: Form, columns: Mapping[str, int]) -> int:
    """Return the one row that names 进展情况 above texts that were issued, 0 if there is none.

    A sheet that a person drew up has not so many headers.
    """
    texts = {normalised(row.text(one)) for row in form.rows for one in columns} - {""}
    issued = _issued_header(form)
    first = min(
        (
            row
            for (row, column), cell in sheet.cells.items()
            if column in columns.values() and normalised(cell.text) in texts
        ),
        default=0,
    )
    named = {
        row
        for (row, column), cell in sheet.cells.items()
        if row < first and column not in columns.values() and bare(cell.text) == issued
    }
    return named.pop() if len(named) == 1 else 0


# ---------------------------------------------------------------- 进展情况


def _choose_progress(sheet: Sheet, form: Form, found: Headings) -> None:
    """Say which column of those whose header may mean 进展情况 is it, or that none can be said."""
    taken = {column for name, column in found.columns.items() if name != PROGRESS.field}
    found.columns.pop(PROGRESS.field, None)
    period, issued = form.identity.period, _issued_header(form)
    named = {
        column: names_period(cell.text, period)
        for (row, column), cell in sorted(sheet.cells.items())
        if row == found.row and column not in taken and _of_texts(cell.text)
    }
    found.other_periods = tuple(column for column, own in named.items() if own is False)
    may_be = [
        column
        for column, own in named.items()
        if own or (own is None and issued in bare(sheet.text(found.row, column)))
    ]
    seen = [column for column in may_be if column not in sheet.hidden_columns]
    full = _filled(sheet, found.row)
    found.beside = _beside_progress(form)
    chosen = _one_of(seen, sheet, form, found, named, full)
    # A hidden column counts for nothing, unless it alone says that it is this period's.
    unseen = [one for one in may_be if one not in seen and named[one] and one in full]
    if chosen and (named.get(chosen) or not unseen):
        found.columns[PROGRESS.field] = chosen
    else:
        rivals = [*seen, *unseen] or may_be
        nameless = _nameless(sheet, found, full) if rivals else []
        found.doubtful = tuple(sorted({*rivals, *nameless}))


def _issued_header(form: Form) -> str:
    return bare(form.columns[form.column_of(PROGRESS) - 1].header)


def _of_texts(header: str) -> bool:
    """Return whether a header may be one of a column of progress, of whatever period."""
    if len(header) > _HEADER_LIMIT or not (text := bare(header)):
        return False
    rest = rest_of_name(text)
    return "进展" in text or (rest != text and rest in _BESIDE_PERIOD)


def _one_of(
    columns: list[int],
    sheet: Sheet,
    form: Form,
    found: Headings,
    named: dict[int, bool | None],
    full: set[int],
) -> int:
    """Return the one column of several that is 进展情况; 0 where there is none or any doubt."""
    issued = _issued_header(form)
    exact = [one for one in columns if bare(sheet.text(found.row, one)) == issued]
    filled = [one for one in columns if one in full]
    if len(exact) == 1:
        rivals = [one for one in filled if named[one] and one not in exact]
        return 0 if rivals else exact[0]
    if len(columns) > 1 and len(filled) == 1:
        columns = filled
    if len(columns) > 1 and not filled:
        place = form.column_of(PROGRESS)
        return place if place in columns else columns[0]
    if len(columns) != 1:
        return 0
    return 0 if [one for one in _nameless(sheet, found, full) if one != columns[0]] else columns[0]


def _nameless(sheet: Sheet, found: Headings, full: set[int]) -> list[int]:
    """Return the columns full of texts, but without a header, where 进展情况 was issued."""
    left, right = (found.columns.get(one) for one in found.beside)
    between = range(left + 1, right) if left and right else range(0)
    return [
        column for column in between if column in full and not sheet.text(found.row, column).strip()
    ]


def _filled(sheet: Sheet, header: int) -> set[int]:
    """Return the columns in which anything stands below the header."""
    return {
        column for (row, column), cell in sheet.cells.items() if row > header and cell.text.strip()
    }


# ---------------------------------------------------------------- without a header


def _add_between(sheet: Sheet, form: Form, found: Headings) -> None:
    """Take a column without its header for what it was issued as, if both neighbours agree."""
    fields, columns = form.fields, found.columns
    for place, name in enumerate(fields):
        if name in columns or name == KEY.field:
            continue
        left = columns.get(fields[place - 1]) if place else 0
        right = columns.get(fields[place + 1])
        if left is None or right is None:
            continue
        taken = {*columns.values(), *found.other_periods}
        between = [column for column in range(left + 1, right) if column not in taken]
        if name == PROGRESS.field:
            if any(left < one < right for one in found.other_periods):
                between = [one for one in between if _may_tell(sheet.text(found.row, one))]
            _add_progress(sheet, found, between)
        elif right - left == 2 and between:
            columns[name] = between[0]


def _add_parts(sheet: Sheet, form: Form, found: Headings) -> None:
    """Take a quarter's columns that stand where they were issued, whatever is said above them.

    A column is of the part that its header names in words of its own. One without a header is what
    was issued at its place. Where any says something else, or one was put between, none is taken.
    """
    fields, missing = form.fields, [one for one in form.answers if one not in found.columns]
    count, first = len(form.answers), min(map(form.fields.index, form.answers))
    left, right = (found.columns.get(fields[at]) for at in (first - 1, first + count))
    if count == 1 or not (missing and left and right) or right - left != count + 1:
        return
    free = [one for one in range(left + 1, right) if one not in found.columns.values()]
    headers = {one: bare(sheet.text(found.row, one)) for one in free}
    if {*found.other_periods, *sheet.hidden_columns} & {*free}:
        return
    named = {
        column: part_named(header) if header else form.answers[fields[first + column - left - 1]]
        for column, header in headers.items()
    }
    wanted = {form.answers[one]: one for one in missing}
    if {*named.values()} == wanted.keys() and not any(
        header and names_period(header, form.identity.period) is False
        for header in headers.values()
    ):
        found.columns.update({wanted[part]: at for at, part in named.items() if part})


def _may_tell(header: str) -> bool:
    """Return whether a header may stand over texts of progress: none does, or one like theirs.

    Beside the texts of another month, 完成时限 is a column of somebody's own.
    """
    said = bare(header)
    return not said or any(word in said for word in _LIKE_PROGRESS)


def _add_progress(sheet: Sheet, found: Headings, between: Sequence[int]) -> None:
    """Take the one column where 进展情况 was issued, or the one of several named like it.

    Texts in another one beside it, or that nobody sees, make it doubtful.
    """
    alike = [column for column in between if "进展" in bare(sheet.text(found.row, column))]
    may_be = between if len(between) == 1 else alike
    if len(may_be) != 1:
        return
    full = _filled(sheet, found.row)
    rivals = {column for column in between if column in full} | {*may_be}
    if len(rivals) > 1 or rivals & sheet.hidden_columns:
        found.doubtful = tuple(sorted(rivals))
    else:
        found.columns[PROGRESS.field] = may_be[0]
