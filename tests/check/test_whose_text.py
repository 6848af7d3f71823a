"""Which task, column and sheet a returned text belongs to, or that a person has to say."""

from dataclasses import replace

import pytest

from edu_sheet import form
from edu_sheet.check.answers import refers_elsewhere
from edu_sheet.check.signature import is_signature
from edu_sheet.form import FORM_SHEET
from edu_sheet.sentences import sentence
from edu_sheet.words.book import Cell, Sheet
from edu_sheet.words.columns import GOAL, KEY, LEAD, PROGRESS, REQUIREMENTS
from edu_sheet.words.findings import Severity
from edu_sheet.words.place import Place, Position
from edu_sheet.words.returns import Action, Decision, Verdict
from tests.check.test_verdict import FORM, PLACES, TEXTS, checked, codes, filled, finding, said
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    NOVEMBER,
    POLICE,
    small_form,
    small_plan,
    with_task,
)

D, K = FORM.column_of(PROGRESS), FORM.column_of(KEY)
OLD = {number: f"上月第{number}项的旧内容。" for number in TEXTS}
Cells = dict[Position, Cell | str | None]


def columns(header: str, texts: dict[int, str], at: int) -> Cells:
    """Return a column of texts, by 序号, with its header."""
    found: Cells = {(number + 4, at): text for number, text in texts.items()}
    return found | {(4, at): header}


def beside(one: str | None, other: str, texts: dict[int, str] = OLD) -> Cells:
    """Return 进展情况 under one header, and another column right of the table."""
    return {**columns(other, texts, 12), (4, D): one}


def copy(name: str, texts: dict[int, str], state: str = "visible") -> Sheet:
    return replace(filled(texts).sheets[0], name=name, state=state)


# ---------------------------------------------------------------- rows


def test_if_every_row_is_torn_each_text_waits_for_its_task() -> None:
    keys: Cells = {(row, K): FORM.rows[9 - row].key for row in range(5, 10)}
    keys |= {(7, K): FORM.rows[0].key, (9, K): FORM.rows[2].key}
    book = filled(cells=keys)
    result = checked(book)
    assert (result.verdict, said(result)) == (Verdict.ATTENTION, {})
    assert codes(result) == ["torn_row"] * 5
    first = result.findings[0]
    assert first.text == TEXTS[1]
    assert FORM.rows[0].goal in sentence(first)
    takes = [
        Decision(1, Action.TAKE, CREATED, finding=one.key, place=one.place, task=FORM.rows[at].key)
        for at, one in enumerate(result.findings)
    ]
    settled = checked(book, decisions=takes)
    assert (settled.verdict, said(settled)) == (Verdict.ACCEPTED, TEXTS)


def test_a_torn_text_that_another_task_has_word_for_word_is_not_lost() -> None:
    same = dict.fromkeys(TEXTS, "已完成。")
    result = checked(filled(same, cells={(5, K): "T02", (6, K): "T01"}))
    assert [str(one.place) for one in result.findings] == ["填报表!D5", "填报表!D6"]


def test_what_stands_in_the_role_of_a_torn_row_is_told() -> None:
    role = FORM.fields.index("role") + 1
    book = filled(cells={(5, K): "T02", (6, K): "T01", (5, role): "另外印发通知2份。"})
    assert {TEXTS[1], "另外印发通知2份。"} <= {one.text for one in checked(book).findings}


def test_sorted_without_number_and_key_and_shortened_is_torn() -> None:
    goal, requirements = FORM.column_of(GOAL), FORM.column_of(REQUIREMENTS)
    cells: Cells = {}
    for row in range(5, 10):
        theirs = FORM.rows[9 - row]
        for column, name in enumerate(FORM.fields, 1):
            if name not in ("number", "key", "progress"):
                cells[row, column] = theirs.text(name)
        cells[row, goal], cells[row, requirements] = theirs.goal[:5], "（略）"
    turned = {number: TEXTS[6 - number] for number in TEXTS}
    result = checked(filled(turned, cells=cells))
    assert said(result).keys() <= {3}, "the middle row stays where it was"
    assert all(one.text for one in result.findings if one.code == "torn_row")


def test_a_hidden_second_row_of_a_task_does_not_count() -> None:
    twice = {(20, at): cell for (row, at), cell in filled().sheets[0].cells.items() if row == 6}
    book = filled(cells={**twice, (20, D): "藏着的旧稿。"}, hidden_rows=frozenset({20}))
    result = checked(book)
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)
    assert finding(result, "hidden_row").text == "藏着的旧稿。"
    above = filled({2: ""}, cells={**twice, (6, D): "藏着的旧稿。"}, hidden_rows=frozenset({6}))
    assert said(checked(above))[2] == TEXTS[2]


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(
    "other", ["上月进展情况", "11月进展情况", "11月", "上期情况", "2021年12月进展"]
)
@pytest.mark.parametrize("own", ["进展情况", "本月进展情况", "12月进展情况", "12月"])
def test_a_column_of_another_period_is_told_and_not_taken(own: str, other: str) -> None:
    for at in (12, D + 1):
        moved = form.issued_cells(FORM)[FORM_SHEET]
        cells: Cells = {}
        if at != 12:  # inserted beside 进展情况
            cells = dict.fromkeys(moved)
            cells |= {(row, c + (c >= at)): text for (row, c), text in moved.items() if row > 3}
            cells |= {place: text for place, text in moved.items() if place[0] <= 3}
        book = filled(cells={**cells, **columns(other, OLD, at), (4, D): own})
        result = checked(book)
        assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS), codes(result)
        told = finding(result, "other_period_column")
        assert (told.severity, told["count"]) == (Severity.WARNING, 5)
        assert all(text in sentence(told) for text in OLD.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("本月进展情况", "12月进展情况"),
        ("进展情况", "12月进展情况"),
        ("进展情况", "进展情况"),
        ("进展情况（一）", "进展情况（二）"),
        ("12月", "本月"),
    ],
)
def test_of_two_columns_that_may_be_it_neither_is_taken(one: str, other: str) -> None:
    book = filled(cells=beside(one, other))
    result = checked(book)
    assert (result.verdict, said(result)) == (Verdict.ATTENTION, {})
    assert result.findings[0].code == "progress_in_doubt"
    quoted = {one.text for one in result.findings if one.code == "answer_out_of_place"}
    assert quoted >= {*TEXTS.values(), *OLD.values()}
    takes = [
        Decision(
            1, Action.TAKE, CREATED, place=Place(FORM_SHEET, number + 4, D), task=f"T{number:02d}"
        )
        for number in TEXTS
    ]
    half = checked(book, decisions=takes)
    assert said(half) == TEXTS
    done = checked(book, decisions=[*takes, Decision(1, Action.ACCEPT, CREATED)])
    assert (done.verdict, said(done)) == (Verdict.ACCEPTED, TEXTS)


def test_a_hidden_form_in_doubt_stays_in_doubt_until_a_text_was_taken() -> None:
    """Where nothing is quoted either, the doubt is all that says why nothing was taken."""
    book = filled({}, state="hidden")
    assert "hidden_form" in codes(checked(book))
    nowhere = Decision(1, Action.TAKE, CREATED, place=Place(FORM_SHEET, 90, 9), task="T01")
    left = checked(book, decisions=[nowhere])
    assert left.verdict is Verdict.ATTENTION
    assert "hidden_form" in codes(left)


def test_a_plan_of_next_steps_is_not_taken_for_progress_without_a_header() -> None:
    issued = form.issued_cells(FORM)[FORM_SHEET]
    for header in (None, "完成情况"):
        cells: Cells = dict.fromkeys(issued)
        cells |= {(row, c + (c > D and row > 3)): text for (row, c), text in issued.items()}
        cells |= columns("下一步进展计划", OLD, D + 1) | {(4, D): header}
        result = checked(filled(cells=cells))
        assert (result.verdict, said(result)) == (Verdict.ATTENTION, {})
        assert {*TEXTS.values(), *OLD.values()} <= {one.text for one in result.findings}


def test_a_column_of_ones_own_beside_another_months_texts_is_not_taken_for_progress() -> None:
    issued = form.issued_cells(FORM)[FORM_SHEET]
    for header, taken in (("完成时限", {}), ("完成情况", TEXTS), (None, TEXTS)):
        cells: Cells = dict.fromkeys(issued)
        cells |= {(row, c + (c > D and row > 3)): text for (row, c), text in issued.items()}
        cells |= columns("11月进展情况", OLD, D + 1) | {(4, D): header}
        result = checked(filled(cells=cells))
        assert said(result) == taken, header
        told = " ".join(map(sentence, result.findings)).replace("↵", "\n")
        left = {*OLD.values(), *TEXTS.values()} - {*taken.values()}
        assert all(text in told for text in left)


def test_an_empty_column_beside_the_issued_one_is_no_doubt() -> None:
    result = checked(filled(cells=beside("进展情况", "12月进展情况", {})))
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)


def test_texts_in_a_column_of_another_period_alone_wait() -> None:
    result = checked(filled(cells={(4, D): "11月进展情况"}))
    assert (result.verdict, said(result)) == (Verdict.ATTENTION, {})
    beside_blank = checked(filled({}, cells=beside("进展情况", "11月进展情况")))
    assert (beside_blank.verdict, said(beside_blank)) == (Verdict.ATTENTION, {})
    alone = finding(beside_blank, "other_period_column")
    assert all(text in sentence(alone) for text in OLD.values())


def test_a_hidden_column_goes_behind_the_one_that_is_seen() -> None:
    book = filled(OLD, cells=columns("12月进展情况", TEXTS, 12), hidden_columns=frozenset({D}))
    assert said(checked(book)) == TEXTS
    last_months = columns("12月进展情况", TEXTS, 12)
    doubt = checked(filled(OLD, cells=last_months, hidden_columns=frozenset({12})))
    assert (doubt.verdict, said(doubt)) == (Verdict.ATTENTION, {}), "it alone names the period"
    assert "（隐藏）" in sentence(finding(doubt, "progress_in_doubt"))


def test_a_hidden_column_of_progress_is_called_hidden_and_nothing_else() -> None:
    book = filled(hidden_columns=frozenset({D}))
    result = checked(book)
    assert (result.verdict, said(result)) == (Verdict.ATTENTION, {})
    assert codes(result) == ["hidden_column", *["answer_out_of_place"] * len(TEXTS)]
    assert "一栏（D列“进展情况”）被隐藏" in sentence(result.findings[0])
    for one in result.findings[1:]:
        assert "不在“进展情况”栏里" not in sentence(one)
        assert "在D列“进展情况”（隐藏）里写有内容" in sentence(one)
    takes = [
        Decision(1, Action.TAKE, CREATED, finding=one.key, place=one.place, task=one.task.key)
        for one in result.findings[1:]
        if one.task
    ]
    done = checked(book, decisions=takes)
    assert (done.verdict, said(done)) == (Verdict.ACCEPTED, TEXTS)


# ---------------------------------------------------------------- sheets


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_copy_is_told_and_not_taken(state: str) -> None:
    few = {1: TEXTS[1]}
    for sheets in ([copy("备份", OLD, state)], [copy("备份", TEXTS | {5: "另写的旧稿。"}, state)]):
        result = checked(filled(few, sheets=sheets))
        assert (result.verdict, said(result)) == (Verdict.ACCEPTED, few)
        told = finding(result, "copied_sheet")
        assert "隐藏" in sentence(told)
        assert "旧" in sentence(told)
    same = checked(filled(sheets=[copy("备份", TEXTS, state)]))
    assert "隐藏" in sentence(finding(same, "copied_sheet"))


def test_the_seen_copy_of_a_hidden_original_is_taken() -> None:
    book = filled(OLD, state="hidden", sheets=[copy("填报表 (2)", {1: TEXTS[1]})])
    assert said(checked(book)) == {1: TEXTS[1]}


def test_a_form_that_only_hidden_sheets_hold_waits() -> None:
    only = checked(filled(state="hidden"))
    assert (only.verdict, said(only), only.findings[0].code) == (
        Verdict.ATTENTION,
        {},
        "hidden_form",
    )
    assert {*TEXTS.values()} <= {one.text for one in only.findings}
    blank = checked(filled({}, sheets=[copy("备份", TEXTS, "hidden")]))
    assert (blank.verdict, said(blank)) == (Verdict.ATTENTION, {})
    assert {*TEXTS.values()} <= {one.text for one in blank.findings}


def test_two_months_in_one_workbook_are_never_mixed_up() -> None:
    doubt = checked(filled(OLD, sheets=[copy("12月", TEXTS)]))
    assert (doubt.verdict, said(doubt), doubt.findings[0].code) == (
        Verdict.ATTENTION,
        {},
        "sheets_in_doubt",
    )
    assert {*TEXTS.values(), *OLD.values()} <= {one.text for one in doubt.findings}
    clear = checked(filled(sheets=[copy("11月", OLD)]))
    assert (clear.verdict, said(clear)) == (Verdict.ACCEPTED, TEXTS)
    assert OLD[3] in sentence(finding(clear, "copied_sheet"))
    other = checked(replace(filled(), sheets=(copy("11月", TEXTS),)))
    assert (other.verdict, said(other)) == (Verdict.ATTENTION, {})


def test_last_months_form_that_a_person_assigned_is_this_months() -> None:
    november = small_form(EDUCATION, NOVEMBER)
    decision = Decision(1, Action.ASSIGN, CREATED, unit=EDUCATION, period=DECEMBER)
    result = checked(filled(one=november), decisions=[decision])
    assert "other_period_sheet" in codes(result), "unless it is known what was assigned"


# ---------------------------------------------------------------- beside the table


@pytest.mark.parametrize(
    "text",
    [
        "填报人：张三",
        "联系人：张三  电话：0000-1234567",
        "填报单位（盖章）：县教育局",
        "单位负责人签字：",
        "县教育局（盖章）",
        "填报日期：2022年12月28日",
        "审核人：",
        "2022年12月28日",
    ],
)
def test_a_signature_below_the_table_stops_nothing(text: str) -> None:
    assert is_signature(text, EDUCATION)
    result = checked(filled(cells={(12, 2): text}))
    assert (result.verdict, codes(result)) == (Verdict.ACCEPTED, ["stray_text"])


@pytest.mark.parametrize(
    "text",
    [
        "联系人大代表视察学校3所，提出建议5条。",
        "负责单位县委编办已核定编制30名。",
        "单位：县委编办已核定编制30名。",
        "联系人：已确定",
        "填报人：张三。另：第3项已完成整改2处。",
        "日期：12月底前完成",
        "电话：已公布监督电话",
    ],
)
def test_an_answer_that_begins_like_a_signature_waits(text: str) -> None:
    result = checked(filled(cells={(12, 2): text}))
    assert (result.verdict, codes(result)) == (Verdict.ATTENTION, ["answer_out_of_place"])


@pytest.mark.parametrize(
    "text",
    [
        "见左",
        "见左。",
        "见左侧",
        "如左",
        "同左",
        "见右",
        "详见具体要求",
        "见具体要求栏",
        "请见备注",
        "见批注",
        "见表下",
        "见第3项",
        "同第3项",
        "同第3项进展",
        "见另表",
        "见sheet2",
        "见补充说明",
        "详见下方",
        "见C5",
    ],
)
def test_a_cell_that_only_points_elsewhere_waits(text: str) -> None:
    assert refers_elsewhere(text)
    answer = "①已落实。"
    at = (5, FORM.column_of(REQUIREMENTS))
    book = filled(cells={PLACES[1]: text, at: FORM.rows[0].requirements + answer})
    result = checked(book)
    assert result.verdict is Verdict.ATTENTION
    assert 1 not in said(result)
    assert codes(result) == ["refers_elsewhere", "answer_out_of_place"]
    take = Decision(1, Action.TAKE, CREATED, place=Place(FORM_SHEET, *at), task="T01")
    done = checked(book, decisions=[take])
    assert done.verdict is Verdict.ACCEPTED
    assert answer in said(done)[1]


@pytest.mark.parametrize(
    "text",
    [
        "见效明显",
        "已见成效",
        "同上",
        "见附件",
        "如期完成",
        "看望教师30人",
        "同步推进",
        "见习教师12名",
    ],
)
def test_a_text_is_no_reference(text: str) -> None:
    assert not refers_elsewhere(text)
    assert said(checked(filled({1: text}))) == {1: text}


# ---------------------------------------------------------------- extra sheets, and many of a kind


def test_a_cover_or_a_list_of_evidence_is_one_warning() -> None:
    cover = Sheet("目录", {(1, 1): Cell("目录")})
    evidence = {(1, 1): Cell("佐证材料清单")}
    for row in range(2, 27):
        evidence |= {(row, 1): Cell(str(row)), (row, 2): Cell(f"{row}.关于印发某方案的通知")}
    result = checked(filled(sheets=[cover, Sheet("佐证材料", evidence)]))
    assert (result.verdict, codes(result)) == (Verdict.ACCEPTED, ["extra_sheet", "extra_sheet"])
    assert said(result) == TEXTS
    assert "佐证材料清单" in sentence(result.findings[1])


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        ("另附：寄宿制学校建设已开工5所。", "Sheet2"),
        ("召开会议", "目录"),
        ("5所", "Sheet2"),
        ("某乡镇", "补充进展"),
        ("长" * 40, "目录"),
    ],
)
def test_what_may_be_an_answer_waits_on_whatever_sheet(text: str, sheet: str) -> None:
    result = checked(filled(sheets=[Sheet(sheet, {(2, 2): Cell(text)})]))
    assert (result.verdict, codes(result)) == (Verdict.ATTENTION, ["answer_out_of_place"])
    hidden = checked(filled(sheets=[Sheet(sheet, {(2, 2): Cell(text)}, state="hidden")]))
    assert hidden.verdict is Verdict.ATTENTION
    assert "隐藏" in sentence(hidden.findings[0])


def test_filtered_rows_are_one_warning_with_their_numbers() -> None:
    result = checked(filled(hidden_rows=frozenset(range(5, 10))))
    assert (said(result), codes(result)) == (TEXTS, ["hidden_row"])
    assert sentence(result.findings[0]) == "第1、2、3、4、5项所在的行被隐藏，内容照收。"


def test_many_changed_cells_are_one_warning_that_shows_what_is_new() -> None:
    lead = FORM.column_of(LEAD)
    cells: Cells = {
        (row, lead): FORM.rows[row - 5].lead_text + f"、增加{row}股" for row in range(5, 10)
    }
    result = checked(filled(cells=cells))
    assert codes(result) == ["locked_cell_changed"]
    assert all(f"增加{row}股" in sentence(result.findings[0]) for row in range(5, 10))


# ---------------------------------------------------------------- rows of no task of the form


def row_of(at: int, **texts: str) -> Cells:
    """Return the cells of a row, by the columns' fields."""
    return {(at, FORM.fields.index(name) + 1): text for name, text in texts.items()}


def moved_down(from_row: int) -> Cells:
    """Return the filled form's cells with an empty row inserted."""
    cells = filled().sheets[0].cells
    below: Cells = {at: None for at in cells if at[0] >= from_row}
    return below | {(row + 1, c): cell for (row, c), cell in cells.items() if row >= from_row}


def test_a_row_that_the_unit_added_with_its_own_task_is_one_finding_for_its_progress() -> None:
    own = row_of(
        7,
        number="6",
        goal="本单位自己的重点任务。",
        requirements="按本单位安排推进落实。",
        progress="自己的任务已开展2次。",
        **{LEAD.field: "本单位"},
    )
    for cells in (moved_down(7) | own, {(at[0] + 3, at[1]): text for at, text in own.items()}):
        result = checked(filled(cells=cells))
        assert (result.verdict, said(result)) == (Verdict.ATTENTION, TEXTS)
        (told,) = result.findings
        assert (told.code, told.task, told.text) == ("other_task_row", None, own[7, D])
        assert "6｜本单位自己的重点任务。｜按本单位安排推进落实。｜本单位" in sentence(told)
        take = Decision(1, Action.TAKE, CREATED, finding=told.key, place=told.place, task="T02")
        assert said(checked(filled(cells=cells), decisions=[take]))[2].endswith(
            "自己的任务已开展2次。"
        )


def test_a_row_without_a_name_of_its_own_goes_on_the_task_above() -> None:
    for words in ({}, {"goal": "补"}, {"number": "1-2"}):
        row = row_of(7, progress="接上一行：又检查1次。", **words)
        result = checked(filled(cells=moved_down(7) | row))
        told = finding(result, "answer_out_of_place")
        assert told.task is not None
        assert told.task.number == 2


def test_a_row_of_a_task_that_only_another_units_form_has_is_told_as_that_tasks() -> None:
    theirs = small_form(POLICE, plan=with_task(small_plan(), 1, leads=(POLICE,)))
    goal = "公安局牵头的另一项任务。"
    other = replace(theirs.rows[0], key="T09", number=9, goal=goal)
    form_of_police = replace(theirs, rows=(other, *theirs.rows[1:]))
    row = row_of(
        7,
        number="9",
        goal=goal,
        requirements="加强校园周边巡查防控。",
        progress="公安局的进展3次。",
        key="T09",
    )
    result = checked(filled(cells=moved_down(7) | row), also=[form_of_police])
    told = finding(result, "other_task_row")
    assert (told.variant, told.task, said(result)) == ("", None, TEXTS)
    assert "第9项" in sentence(told)


def test_a_line_of_signatures_below_the_table_is_no_task() -> None:
    for day in ("2022年12月30日", "填报日期：2022年12月28日"):
        line = row_of(12, goal="填报人：张三", requirements="审核人：李四", progress=day)
        result = checked(filled(cells=line))
        assert (result.verdict, {*codes(result)}) == (Verdict.ACCEPTED, {"stray_text"})


def test_a_text_that_nobody_sees_is_taken_and_told_with_its_cell() -> None:
    result = checked(filled(cells={(6, D): Cell(TEXTS[2], unseen=True)}))
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)
    told = finding(result, "unseen_text")
    assert (str(told.place), told.severity) == ("填报表!D6", Severity.WARNING)


@pytest.mark.parametrize(
    ("merge", "over"), [((5, D, 6, D), "填报表!D5"), ((6, D - 1, 6, D), "填报表!C6")]
)
def test_a_text_that_a_merged_cell_covers_is_taken_and_told(
    merge: tuple[int, int, int, int], over: str
) -> None:
    result = checked(filled(merges=(merge,)))
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)
    told = finding(result, "unseen_text")
    assert (told.variant, str(told.place), str(told.source)) == ("merged", "填报表!D6", over)
    assert TEXTS[2] in told.text
