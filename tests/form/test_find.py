"""A form's table is found in a sheet whatever was inserted, sorted, renamed or deleted."""

from dataclasses import replace

from edu_sheet import form
from edu_sheet.form import FORM_SHEET, Source, layout, signals
from edu_sheet.form.find import Table, approval_text, find_table
from edu_sheet.words.book import Book, Cell, Sheet
from edu_sheet.words.columns import KEY, LIAISON, PROGRESS
from tests.support.builders import EDUCATION, QUARTER, small_form

FORM = small_form()
ISSUED = form.issued_cells(FORM)[FORM_SHEET]
D = FORM.column_of(PROGRESS)
Grid = dict[tuple[int, int], str]


def sheet(cells: Grid, name: str = FORM_SHEET) -> Sheet:
    return Sheet(name, {at: Cell(text) for at, text in cells.items()})


def table(cells: Grid, one: Table | None = None) -> Table:
    found = find_table(sheet(cells), FORM)
    assert found is not None
    return found


def rows(found: Table) -> dict[str, int]:
    return dict(sorted(found.rows.items()))


def moved(cells: Grid, row: int = 0, column: int = 0, *, rows: int = 0, columns: int = 0) -> Grid:
    """Return the cells with those from a row and column on moved down and right."""
    return {
        (r + rows if r >= row else r, c + columns if c >= column else c): text
        for (r, c), text in cells.items()
    }


AS_ISSUED = {f"T{number:02d}": number + 4 for number in range(1, 6)}


def test_the_form_as_it_was_issued() -> None:
    found = table(ISSUED)
    assert found.header_row == layout.HEADER_ROW
    assert rows(found) == AS_ISSUED
    assert found.progress("T03") == (7, D)


def test_rows_inserted_above_the_table_and_inside_it() -> None:
    found = table(moved(moved(ISSUED, 7, rows=2), rows=3))
    assert found.header_row == layout.HEADER_ROW + 3
    assert found.progress("T02") == (9, D)
    assert found.progress("T03") == (12, D)


def test_a_column_inserted_before_the_progress() -> None:
    found = table(moved(ISSUED, column=D, columns=1) | {(4, D): "备注"})
    assert found.progress("T01") == (5, D + 1)


def test_columns_in_another_order() -> None:
    swap = {1: 5, 5: 1}
    found = table({(row, swap.get(column, column)): text for (row, column), text in ISSUED.items()})
    assert found.columns["number"] == 5
    assert found.columns["lead_text"] == 1


def test_a_header_that_was_renamed_spaced_or_deleted() -> None:
    for header in ("进展情况（截至12月底）", "进 展 情 况", "本月进展情况", "完成情况", None):
        cells = {at: text for at, text in ISSUED.items() if at != (4, D)}
        if header:
            cells[4, D] = header
        assert table(cells).progress("T01") == (5, D), header


def test_a_deleted_header_is_not_guessed_where_the_neighbours_do_not_agree() -> None:
    cells = moved({at: text for at, text in ISSUED.items() if at != (4, D)}, column=5, columns=1)
    assert table(cells).progress("T01") is None


def test_the_whole_header_row_deleted() -> None:
    cells = {at: text for at, text in ISSUED.items() if at[0] != 4}
    assert rows(table(cells)) == AS_ISSUED


def test_rows_that_were_sorted_follow_their_key() -> None:
    turned = {5: 9, 6: 8, 8: 6, 9: 5}
    cells = {(turned.get(row, row), column): text for (row, column), text in ISSUED.items()}
    assert rows(table(cells)) == {"T01": 9, "T02": 8, "T03": 7, "T04": 6, "T05": 5}


def test_rows_without_keys_are_found_by_their_text_and_their_number() -> None:
    key = FORM.column_of(KEY)
    cells = {at: text for at, text in ISSUED.items() if at[1] != key}
    assert rows(table(cells)) == AS_ISSUED
    for text in ("３", "3.", "第3项", "3.0"):
        changed = cells | {(7, 1): text, (7, 3): "改了的要求"}
        assert rows(table(changed)) == AS_ISSUED, text
        other = cells | {(7, 1): text, (7, 2): "改了的目标", (7, 3): "改了的要求"}
        assert table(other).torn == ((7, ("T03",)),), "nothing that it says is the task's"


def test_a_renumbered_row_keeps_its_key() -> None:
    cells = ISSUED | {(row, 1): str(90 + row) for row in range(5, 10)}
    assert rows(table(cells)) == AS_ISSUED


def test_a_missing_row_and_one_that_is_there_twice() -> None:
    cells = {at: text for at, text in ISSUED.items() if at[0] != 6}
    assert "T02" not in rows(table(cells))
    copy = ISSUED | {(20, column): ISSUED[5, column] for column in range(1, 10) if column != D}
    assert table(copy).duplicates == (("T01", 20),)


def test_a_row_whose_key_and_text_belong_to_two_tasks_is_neither() -> None:
    """Sorting without the hidden column tears a row apart."""
    key = FORM.column_of(KEY)
    found = table(ISSUED | {(5, key): "T02", (6, key): "T01"})
    assert found.torn == ((5, ("T01", "T02")), (6, ("T02", "T01")))
    assert rows(found) == {"T03": 7, "T04": 8, "T05": 9}


def test_an_inserted_row_is_no_task() -> None:
    found = table(moved(ISSUED, 6, rows=1) | {(6, D): "接上行"})
    assert 6 not in found.rows.values()
    assert (found.duplicates, found.torn) == ((), ())


def test_sheets_that_are_not_the_form_are_no_table() -> None:
    earlier = {
        (1, 1): "上期",
        (2, 1): "序号",
        (2, 2): "目标任务",
        (2, 3): "角色",
        (2, 4): "进展情况",
    }
    filled = earlier | {(3, 1): "1", (3, 2): FORM.rows[0].goal, (3, 4): "上期写的"}
    assert find_table(sheet(filled, "上期进展"), FORM) is None
    assert find_table(sheet({(1, 1): "随便写的"}), FORM) is None
    assert find_table(sheet({}), FORM) is None


def test_approval_stands_right_of_its_label_or_in_the_labels_cell() -> None:
    quarter = small_form(EDUCATION, QUARTER)
    cells = form.issued_cells(quarter)[FORM_SHEET]
    places = form.approval_places(quarter)
    cells[places[layout.FILLED_BY]] = "张三"
    label = next(at for at, text in cells.items() if text.startswith(layout.APPROVED_BY))
    cells[label] = "审定人（主要领导）：李四"
    found = find_table(sheet(cells), quarter)
    assert found is not None
    assert found.approval[layout.FILLED_BY] == places[layout.FILLED_BY]
    assert found.approval[layout.APPROVED_BY] == label


def test_what_is_written_behind_a_label_is_told_without_the_label() -> None:
    quarter = small_form(EDUCATION, QUARTER)
    cells = form.issued_cells(quarter)[FORM_SHEET]
    label = next(at for at, text in cells.items() if text.startswith(layout.APPROVED_BY))
    for written in (f"{layout.APPROVED_BY}：李四", f"{layout.APPROVED_BY}: 李四"):
        one = sheet(cells | {label: written})
        found = find_table(one, quarter)
        assert found is not None
        assert approval_text(one, found.approval[layout.APPROVED_BY], layout.APPROVED_BY) == "李四"
    alone = sheet({(1, 1): "李四"})
    assert approval_text(alone, (1, 1), layout.APPROVED_BY) == "李四"


def test_an_approval_that_is_left_blank_is_not_the_next_fields() -> None:
    """Two labels side by side: what stands behind the second is no answer to the first."""
    quarter = small_form(EDUCATION, QUARTER)
    cells = {
        at: text
        for at, text in form.issued_cells(quarter)[FORM_SHEET].items()
        if not text.startswith(layout.APPROVAL_LABELS)
    }
    below = max(row for row, _ in cells) + 2
    cells |= {(below, 1): layout.APPROVED_BY, (below, 4): layout.APPROVED_ON}
    found = find_table(sheet(cells | {(below, 5): "12月28日"}), quarter)
    assert found is not None
    assert found.approval[layout.APPROVED_BY] == (below, 2)
    assert found.approval[layout.APPROVED_ON] == (below, 5)
    found = find_table(sheet(cells | {(below, 3): "李四", (below, 5): "12月28日"}), quarter)
    assert found is not None
    assert found.approval[layout.APPROVED_BY] == (below, 3)


def test_a_row_above_the_header_is_no_task() -> None:
    """An example that somebody put above the table has all the words of a task."""
    example = {(2, column): text for (row, column), text in ISSUED.items() if row == 5}
    found = table(moved(ISSUED, rows=3) | example)
    assert rows(found) == {key: row + 3 for key, row in AS_ISSUED.items()}
    assert found.duplicates == ()


def test_signals_come_strongest_first() -> None:
    meta = Sheet(
        "改了名",
        {(1, 1): Cell("plan"), (1, 2): Cell("a1b2c3d4"), (2, 1): Cell("unit"), (2, 2): Cell("甲")}
        | {
            (3, 1): Cell("token"),
            (3, 2): Cell(FORM.token),
            (4, 1): Cell("issue"),
            (4, 2): Cell("7"),
        },
        state="veryHidden",
    )
    book = Book(
        "xlsx",
        (sheet(ISSUED), meta),
        properties={layout.TOKEN_PROPERTY: FORM.token},
        names={layout.TOKEN_NAME: FORM.token},
    )
    found = signals(book)
    assert [one.source for one in found] == sorted(Source)
    by_source = {one.source: one for one in found}
    assert by_source[Source.NUMBER].text == FORM.number
    assert by_source[Source.UNIT].text == EDUCATION
    assert by_source[Source.PERIOD].text == "2022年12月"
    assert dict(by_source[Source.META].fields)["issue"] == "7"
    assert by_source[Source.KEYS].text.split() == list(AS_ISSUED)


def test_a_value_in_the_cell_right_of_its_label_is_a_signal_too() -> None:
    found = signals(Book("csv", (sheet({(1, 1): "填报单位：", (1, 2): "县财政局"}),)))
    assert [(one.source, one.text) for one in found] == [(Source.UNIT, "县财政局")]


def test_the_liaison_header_as_issued_is_found() -> None:
    columns = [LIAISON if one.field == LIAISON.field else one for one in FORM.columns]
    plain = replace(FORM, columns=tuple(columns))
    found = find_table(sheet(form.issued_cells(plain)[FORM_SHEET]), plain)
    assert found is not None
    assert found.columns["liaison_text"] == FORM.column_of(LIAISON)
