"""The table of a form that was issued beside the one that would be issued now. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from edu_sheet.words.columns import KEY, STATE, Column
from edu_sheet.words.forms import Form, FormRow


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text that has changed, in a column that both tables have."""

    key: str  # the task's
    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How an issued table differs from the one that would be issued now.

    完成状态, which 设置 switches on and off, is no column that it differs in.
    """

    given: tuple[FormRow, ...] = ()  # tasks that it lacks
    taken: tuple[FormRow, ...] = ()  # tasks that it would not have any more
    reworded: tuple[Reworded, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()  # of columns: what was, what is; "" for none


def difference(was: Form, rows: Sequence[FormRow], columns: Sequence[Column]) -> Difference:
    """Return how an issued form's table differs from one of these rows and columns."""
    old_rows, new_rows = {row.key: row for row in was.rows}, {row.key: row for row in rows}
    old, new = _headers(was.columns), _headers(columns)
    both = [name for name in new if name in old and name != KEY.field]
    return Difference(
        given=tuple(row for key, row in new_rows.items() if key not in old_rows),
        taken=tuple(row for key, row in old_rows.items() if key not in new_rows),
        reworded=tuple(
            Reworded(key, name, before.text(name), row.text(name))
            for key, row in new_rows.items()
            if (before := old_rows.get(key)) and before != row
            for name in both
            if before.text(name) != row.text(name)
        ),
        headers=tuple(
            (old.get(name, ""), new.get(name, ""))
            for name in new | old
            if old.get(name) != new.get(name)
        ),
    )


def _headers(columns: Sequence[Column]) -> dict[str, str]:
    return {column.field: column.header for column in columns if column.field != STATE.field}
