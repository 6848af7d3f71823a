"""Whose a return is, what it gives, and what is said about it: pure, on Books built by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from edu_sheet import form
from edu_sheet.check import (
    Arrival,
    Checked,
    Identified,
    Issued,
    Known,
    Names,
    Ruling,
    identify,
)
from edu_sheet.check.answers import remarks
from edu_sheet.check.name import named_period
from edu_sheet.check.other import not_a_return
from edu_sheet.check.verdict import check
from edu_sheet.form import FORM_SHEET, layout, signals
from edu_sheet.sentences import note, sentence
from edu_sheet.sentences.catalogue import CATALOGUE
from edu_sheet.words.book import Book, BookObject, Cell, CellKind, ObjectKind, Sheet
from edu_sheet.words.columns import KEY, LEAD, PROGRESS, REQUIREMENTS, Column
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.forms import Form, Issue
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.place import Place, Position
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Action, Decision, Entry, Verdict
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    PLAN_ID,
    QUARTER,
    SECRET,
    moment,
    small_form,
    small_plan,
    with_task,
)

FORM = small_form()
TEXTS = {1: "召开会议2次。", 2: "①摸底；\n②培训。", 3: "完成85%。", 4: "=核对", 5: "联合检查。"}
PLACES = {number: (number + 4, 4) for number in TEXTS}
D = FORM.column_of(PROGRESS)
Index = list[tuple[int, str, str, str, int]]


def issue(one: Form, number: int = 1) -> Issue:
    return Issue(number, one, "下发/x.xlsx", "ab" * 32, CREATED)


def index(*forms: Form) -> Index:
    return [
        (
            number,
            str(one.identity.period),
            one.identity.unit,
            one.number,
            one.identity.version,
        )
        for number, one in enumerate(forms, 1)
    ]


def filled(
    texts: Mapping[int, str] = TEXTS,
    one: Form = FORM,
    *,
    cells: Mapping[Position, Cell | str | None] | None = None,
    token: str | None = None,
    sheets: Sequence[Sheet] = (),
    **of_sheet: Any,
) -> Book:
    """Return a book as a reader gives it: the form with texts, some cells changed."""
    issued = form.issued_cells(one)
    at = {row.number: form.progress_places(one)[row.key] for row in one.rows}
    said: dict[Position, Cell] = {
        place: Cell(text) for place, text in issued[FORM_SHEET].items()
    } | {at[number]: Cell(text) for number, text in texts.items() if number in at}
    for place, cell in (cells or {}).items():
        if cell is None:
            said.pop(place, None)
        else:
            said[place] = Cell(cell) if isinstance(cell, str) else cell
    others = [
        Sheet(name, {place: Cell(text) for place, text in texts.items()})
        for name, texts in issued.items()
        if name != FORM_SHEET
    ]
    token = one.token if token is None else token
    return Book(
        "xlsx",
        (Sheet(FORM_SHEET, said, **of_sheet), *others, *sheets),
        properties={layout.TOKEN_PROPERTY: token} if token else {},
        modified=moment("2022-12-29"),
    )


def whose(book: Book, *forms: Form, forced: tuple[str, Period] | None = None) -> Identified:
    issued = Issued(index(*(forms or (FORM,))), PLAN_ID, SECRET)
    return identify(signals(book), issued, forced=forced)


def checked(
    book: Book,
    *forms: Form,
    known: Known | None = None,
    decisions: Sequence[Decision] = (),
    named: Period | None = None,
    also: Sequence[Form] = (),
) -> Checked:
    issues = [issue(one, number) for number, one in enumerate(forms or (FORM,), 1)]
    ruling = Ruling.of(decisions)
    return check(
        book,
        whose(book, *forms, forced=ruling.owner),
        issues,
        known=known or Known(),
        arrival=Arrival(moment("2022-12-30"), book.modified, named),
        ruling=ruling,
        also=also,
    )


def said(result: Checked) -> dict[int, str]:
    return {int(entry.task[1:]): entry.text for entry in result.entries}


def codes(result: Checked | Identified) -> list[str]:
    return [one.code for one in result.findings]


def finding(result: Checked, code: str) -> Finding:
    (one,) = [one for one in result.findings if one.code == code]
    return one


# ---------------------------------------------------------------- whose


def test_a_return_as_it_was_issued_needs_no_remark() -> None:
    result = checked(filled())
    assert (result.verdict, result.unit, result.period) == (Verdict.ACCEPTED, EDUCATION, DECEMBER)
    assert said(result) == TEXTS
    assert result.findings == ()
    assert result.entries[0].place == "填报表!D5"
    assert [entry.role for entry in result.entries] == [row.role for row in FORM.rows]


def test_without_metadata_number_and_title_agree() -> None:
    assert whose(filled(token="")).findings == ()


def test_one_weak_signal_is_enough_with_a_warning() -> None:
    number_only = filled(token="", cells={(2, 1): None, (2, 4): None})
    title_only = filled(token="", cells={(3, 5): None})
    for book in (number_only, title_only):
        found = whose(book)
        assert (found.unit, found.period, found.known) == (EDUCATION, DECEMBER, True)
        assert codes(found) == ["weak_identity"]


OTHER = small_form(FINANCE)


@pytest.mark.parametrize(
    ("book", "code"),
    [
        (filled(cells={(2, 1): "填报单位：县财政局"}), "unit_contradiction"),
        (filled(cells={(2, 1): "填报单位：县体育局"}), "unit_contradiction"),
        (filled(cells={(2, 4): "期次：2023年1月"}), "period_contradiction"),
        (filled(cells={(2, 4): "期次：2022年第四季度"}), "period_contradiction"),
        (filled(token=OTHER.token), "unit_contradiction"),
        (filled(cells={(3, 5): f"表单编号：{OTHER.number}"}), "unit_contradiction"),
        (filled(token=FORM.token.replace("2022-12", "2022-11")), "bad_signature"),
        (filled(token="乱码"), "bad_signature"),
        (filled(token=FORM.token.replace(PLAN_ID, "ffffffff", 1)), "other_plan"),
        (filled(token="", cells={(2, 1): "填报单位：县体育局", (3, 5): None}), "unknown_unit"),
        (filled(token="", cells={(2, 4): "期次：2023年1月", (3, 5): None}), "not_issued"),
        (filled(token="", cells={(2, 4): None, (3, 5): None}), "unknown_period"),
        (filled(token="", cells={(2, 1): None, (3, 5): None}), "unknown_owner"),
        (filled(token="", cells={(2, 1): None, (2, 4): None, (3, 5): None}), "unknown_file"),
        (
            filled(
                token="",
                cells={(2, 1): None, (2, 4): None, (3, 5): "表单编号：2022-12-AAAAAAAA"},
            ),
            "unknown_number",
        ),
    ],
)
def test_what_is_not_certain_gives_nothing(book: Book, code: str) -> None:
    result = checked(book, FORM, OTHER)
    assert result.verdict is Verdict.ATTENTION
    assert code in codes(result)
    assert result.entries == ()


def test_where_only_the_title_speaks_a_name_that_contains_a_units_name_waits() -> None:
    for name in ("县教育局直属县职业中等专业学校", "辰溪县教育局老干部局"):
        book = filled(token="", cells={(2, 1): f"填报单位：{name}", (3, 5): None})
        result = checked(book, FORM, OTHER)
        assert (result.verdict, result.unit, codes(result)) == (
            Verdict.ATTENTION,
            name,
            ["unknown_unit"],
        )


def test_an_unclear_name_beside_token_and_number_that_agree_is_a_warning() -> None:
    found = whose(filled(cells={(2, 1): "填报单位：辰溪县人民政府教育和体育局"}))
    assert found.known
    assert codes(found) == ["unit_unclear"]
    assert "辰溪县人民政府教育和体育局" in sentence(found.findings[0])


def test_an_unclear_name_beside_the_number_alone_is_not_certain() -> None:
    found = whose(filled(token="", cells={(2, 1): "填报单位：辰溪县人民政府教育和体育局"}))
    assert codes(found) == ["unit_contradiction"]


def test_a_shortened_name_with_a_person_and_a_telephone_behind_it_is_the_units() -> None:
    found = whose(filled(cells={(2, 1): "填报单位：教育局 王五 13800000000"}))
    assert (found.known, codes(found)) == (True, [])


def test_a_subordinate_bodys_name_on_the_form_of_its_superior_waits() -> None:
    book = filled(cells={(2, 1): "填报单位：县教育局直属县职业中等专业学校"})
    assert codes(whose(book)) == ["unit_contradiction"]


def test_an_alias_of_the_roster_names_its_unit() -> None:
    spellings = {"县教育局": "k1", "县教体局": "k1", "县财政局": "k2"}
    issued = Issued(index(FORM, OTHER), PLAN_ID, SECRET, spellings)
    book = filled(token="", cells={(2, 1): "填报单位：县教体局（盖章）"})
    found = identify(signals(book), issued)
    assert (found.unit, found.known, codes(found)) == (EDUCATION, True, [])
    others = identify(signals(filled(one=OTHER, cells={(2, 1): "填报单位：县教体局"})), issued)
    assert codes(others) == ["unit_contradiction"]


def test_a_name_that_two_units_have_borne_says_nothing_alone() -> None:
    both = frozenset({EDUCATION, FINANCE})
    shared = {EDUCATION: both, FINANCE: both}
    issued = Issued(index(FORM, OTHER), PLAN_ID, SECRET, {EDUCATION: "k2", FINANCE: "k1"}, shared)
    alone = filled(token="", cells={(3, 5): None})
    found = identify(signals(alone), issued)
    assert (found.unit, found.known, codes(found)) == (None, False, ["shared_name"])
    for name in (EDUCATION, FINANCE):  # the name of then or of now, beside the form's own token
        renamed = identify(signals(filled(cells={(2, 1): f"填报单位：{name}"})), issued)
        assert (renamed.unit, renamed.known) == (EDUCATION, True)
    third = small_form("县公安局")
    other = Issued(index(FORM, OTHER, third), PLAN_ID, SECRET, {}, shared)
    swapped = filled(one=third, cells={(2, 1): f"填报单位：{EDUCATION}"})
    assert codes(identify(signals(swapped), other)) == ["unit_contradiction"]


def test_a_form_that_was_never_issued_gives_nothing() -> None:
    book = filled()
    assert codes(whose(book, OTHER)) == ["unknown_unit"]
    assert codes(whose(book, small_form(EDUCATION, NOVEMBER))) == ["not_issued"]


def test_a_unit_that_stamps_or_shortens_its_name_is_no_contradiction() -> None:
    for name in ("县教育局（盖章）", "教育局", "县 教 育 局"):
        assert whose(filled(cells={(2, 1): f"填报单位：{name}"})).known, name


def with_meta(token: str = "", **fields: str) -> Book:
    """Return a filled form whose metadata sheet says these things, with no other token."""
    said = {"plan": PLAN_ID, "unit": EDUCATION, "period": "2022-12"} | fields | {"token": token}
    cells: dict[Position, Cell] = {}
    for row, (name, text) in enumerate(said.items(), 1):
        cells |= {(row, 1): Cell(name), (row, 2): Cell(text)}
    return filled(token="", sheets=[Sheet(layout.META_SHEET, cells, state="veryHidden")])


def test_the_copy_that_the_metadata_names_counts_if_it_went_to_that_unit_and_period() -> None:
    forms = (FORM, OTHER, FORM, small_form(EDUCATION, NOVEMBER))
    for named, copy in (("1", 1), ("3", 3), ("2", None), ("4", None), ("9", None), ("三", None)):
        assert whose(with_meta(issue=named), *forms).issue == copy, named
    assert whose(with_meta(issue="3"), *forms, forced=(EDUCATION, DECEMBER)).issue == 3
    assert whose(with_meta(issue="3"), *forms, forced=(FINANCE, DECEMBER)).issue is None


def test_metadata_without_a_token_are_asked_for_their_plan() -> None:
    assert codes(whose(with_meta(issue="1"))) == []
    assert codes(whose(with_meta(issue="1", plan="ffffffff"))) == ["other_plan"]


def test_versions_that_do_not_agree_are_both_told() -> None:
    newer = form.compose(
        with_task(small_plan(), 2, requirements="改过的要求。"),
        EDUCATION,
        DECEMBER,
        version=2,
        plan_id=PLAN_ID,
        secret=SECRET,
    )
    told = whose(with_meta(FORM.token, issue="1", version="2"), FORM, newer)
    (one,) = [one for one in told.findings if one.code == "version_contradiction"]
    assert (dict(one.about)["first"], dict(one.about)["second"]) == (1, 2)


def test_what_a_person_assigns_is_told_by_unit_and_period() -> None:
    (told,) = whose(filled(), forced=(EDUCATION, DECEMBER)).findings
    assert (dict(told.about)["unit"], dict(told.about)["period"]) == (EDUCATION, DECEMBER)


def test_a_person_says_whose_it_is() -> None:
    book = filled(token="", cells={(2, 1): None, (2, 4): None, (3, 5): None})
    decision = Decision(1, Action.ASSIGN, CREATED, unit=EDUCATION, period=DECEMBER)
    result = checked(book, decisions=[decision])
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)


def test_an_earlier_version_is_taken_by_its_own_tasks() -> None:
    plan = with_task(small_plan(), 2, requirements="改过的要求。")
    newer = replace(
        form.compose(plan, EDUCATION, DECEMBER, version=2, plan_id=PLAN_ID, secret=SECRET)
    )
    result = checked(filled(), FORM, newer)
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)
    assert codes(result) == ["earlier_version"]


def test_a_form_that_does_not_say_its_version_is_read_as_the_newest() -> None:
    plan = with_task(small_plan(), 2, requirements="改过的要求。")
    newer = form.compose(plan, EDUCATION, DECEMBER, version=2, plan_id=PLAN_ID, secret=SECRET)
    result = checked(filled(one=newer, token="", cells={(3, 5): None}), FORM, newer)
    assert (result.issue, said(result), codes(result)) == (2, TEXTS, ["weak_identity"])


def test_a_reissued_form_with_another_title_is_no_change() -> None:
    again = replace(FORM, title="改了标题的方案", instructions="新的说明")
    assert checked(filled(), FORM, again).findings == ()
    assert checked(filled(one=again), FORM, again).findings == ()


def test_the_master_and_the_plan_are_named_as_such() -> None:
    master = Book("xlsx", tuple(Sheet(name) for name in ("总表", "明细", "报送情况", "问题清单")))
    plan = Book("xlsx", tuple(Sheet(name) for name in ("分工方案", "单位名录", "设置", "期次")))
    for book, word in ((master, "这是总表"), (plan, "这是分工方案")):
        found = not_a_return(book)
        assert found is not None
        assert word in sentence(found)
    assert not_a_return(filled()) is None


def test_what_a_files_name_says() -> None:
    names = Names({unit: unit for unit in (EDUCATION, FINANCE, "县委", "县委组织部")})
    assert names.in_file("包.zip/%E5%8E%BF%E8%B4%A2%E6%94%BF%E5%B1%80.xlsx") == FINANCE
    assert names.in_file("县委组织部.xlsx") == "县委组织部"
    assert names.in_file("表.xlsx") is None
    assert named_period("2022-12_县财政局.xlsx", None) == DECEMBER
    assert named_period("2022年第四季度.xlsx", None) == Quarter(2022, 4)
    assert named_period("县财政局12月.xlsx", DECEMBER) == DECEMBER
    assert named_period("县财政局12月.xlsx", Month(2023, 1)) is None


# ---------------------------------------------------------------- what stands there


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        (Cell("85", CellKind.NUMBER), "85", "number_value"),
        (Cell("2022年12月31日", CellKind.DATE), "2022年12月31日", "date_value"),
        (Cell("85%", CellKind.PERCENT), "85%", "percent_value"),
        (Cell("TRUE", CellKind.BOOLEAN), "TRUE", "boolean_value"),
        (Cell("3项", formula='A1&"项"'), "3项", "formula"),
        (Cell("=A1", formula="A1", cached=False), "=A1", "formula_uncached"),
        (Cell("#NAME?", CellKind.ERROR, formula="已完成80%"), "=已完成80%", "error_value"),
        (Cell("划掉", struck=True), "划掉", "struck_text"),
        (Cell("甲乙", removed="U+000B"), "甲乙", "removed_characters"),
        (Cell("甲\u202e乙"), "甲\u202e乙", "invisible_characters"),
        (Cell("甲\u200b乙"), "甲\u200b乙", "invisible_characters"),
        (Cell("同上。"), "同上。", "non_substantive"),
        (Cell("/"), "/", "non_substantive"),
        (Cell(" 见附件 "), " 见附件 ", "non_substantive"),
        (Cell("上期的话"), "上期的话", "same_as_last_period"),
    ],
)
def test_an_odd_answer_is_taken_and_flagged(cell: Cell, text: str, code: str) -> None:
    known = Known(previous={"T01": "上期的话"})
    result = checked(filled(cells={PLACES[1]: cell}), known=known)
    assert (result.verdict, said(result)[1]) == (Verdict.ACCEPTED, text)
    assert codes(result) == [code]
    assert finding(result, code).severity is Severity.WARNING
    assert str(finding(result, code).place) == "填报表!D5"


def test_that_there_is_no_problem_is_a_good_answer_and_no_progress_is_none() -> None:
    row, at = small_form(EDUCATION, QUARTER).rows[0], Place("填报表", 5, 5)
    told = {
        (part, text): [one.code for one in remarks(row, part, Cell(text), at, "无")]
        for part in (Part.PROGRESS, Part.PROBLEMS)
        for text in ("无", "同上")
    }
    assert told.pop((Part.PROBLEMS, "无")) == []
    assert {*map(tuple, told.values())} == {("non_substantive",)}


def test_what_only_looks_filled_is_empty() -> None:
    blank = dict.fromkeys(TEXTS, " \u3000\u200b\n")
    result = checked(filled(blank))
    assert (result.verdict, result.entries) == (Verdict.ACCEPTED, ())
    assert set(codes(result)) == {"looks_blank", "blank_form"}
    assert codes(checked(filled({}))) == ["blank_form"]


def test_a_hidden_row_is_taken() -> None:
    result = checked(filled(hidden_rows=frozenset({6})))
    assert (said(result), codes(result)) == (TEXTS, ["hidden_row"])


def test_a_quarters_approval_is_taken() -> None:
    quarter = small_form(EDUCATION, QUARTER)
    places = form.approval_places(quarter)
    answers = ["张三", "0000-1234567", "李四", "2022年12月28日"]
    cells = dict(zip(places.values(), answers, strict=True))
    result = checked(filled(one=quarter, cells=cells), quarter)
    assert result.findings == ()
    approval = result.approval
    assert approval is not None
    assert [
        approval.filled_by,
        approval.telephone,
        approval.approved_by,
        approval.approved_on,
    ] == answers


# ---------------------------------------------------------------- out of place


@pytest.mark.parametrize(
    ("at", "where"),
    [((7, 12), "第3项那一行右侧"), ((10, 4), "表格下方"), ((12, 2), "表格下方")],
)
def test_an_answer_beside_the_table_waits_for_a_person(at: Position, where: str) -> None:
    result = checked(filled(cells={at: "另外完成整改2处。"}))
    assert result.verdict is Verdict.ATTENTION
    assert said(result) == TEXTS
    told = finding(result, "answer_out_of_place")
    assert where in sentence(told)
    assert "另外完成整改2处。" in sentence(told)


def test_an_answer_over_a_locked_cell_waits_only_if_its_own_cell_is_empty() -> None:
    locked = (5, FORM.column_of(REQUIREMENTS))
    beside = checked(filled(cells={locked: "本单位改写的要求。"}))
    assert (beside.verdict, codes(beside)) == (Verdict.ACCEPTED, ["locked_cell_changed"])
    told = finding(beside, "locked_cell_changed")
    assert FORM.rows[0].requirements in sentence(told)
    assert "本单位改写的要求。" in sentence(told)
    instead = checked(filled(cells={locked: "已召开会议。", PLACES[1]: None}))
    assert (instead.verdict, codes(instead)) == (Verdict.ATTENTION, ["answer_out_of_place"])


@pytest.mark.parametrize(
    ("column", "text", "offered"),
    [
        (REQUIREMENTS, "{old}\n已召开会议。", "已召开会议。"),
        (REQUIREMENTS, "{old}已召开会议。", "已召开会议。"),
        (REQUIREMENTS, "{old}：已召开会议。", "已召开会议。"),
        (REQUIREMENTS, "已召开会议。\n{old}", "已召开会议。"),
        (LEAD, "{old}已召开会议。", "{old}已召开会议。"),
        (REQUIREMENTS, "改写的要求，已召开会议。", "改写的要求，已召开会议。"),
    ],
)
def test_of_an_answer_beside_the_issued_text_in_its_cell_the_answer_alone_is_offered(
    column: Column, text: str, offered: str
) -> None:
    row = FORM.rows[0]
    old = row.lead_text if column is LEAD else row.requirements
    locked = (5, FORM.column_of(column))
    result = checked(filled(cells={locked: text.format(old=old), PLACES[1]: None}))
    assert finding(result, "answer_out_of_place").text == offered.format(old=old)


@pytest.mark.parametrize(
    ("column", "text", "waits"),
    [
        (REQUIREMENTS, "{old}\n已召开会议3次，完成整改。", "已召开会议3次，完成整改。"),
        (REQUIREMENTS, "{old}（重点）", ""),
        (LEAD, "本镇已建成校舍两处", "本镇已建成校舍两处"),
        (LEAD, "{old}、县自然资源局、县住房和城乡建设局", ""),
        (LEAD, "某县教育体育局", ""),
    ],
)
def test_what_is_added_to_a_locked_cell_waits_beside_an_answer(
    column: Column, text: str, waits: str
) -> None:
    row = FORM.rows[0]
    old = row.lead_text if column is LEAD else row.requirements
    locked = (5, FORM.column_of(column))
    result = checked(filled(cells={locked: text.format(old=old)}))
    assert said(result) == TEXTS
    assert (result.verdict is Verdict.ATTENTION) == bool(waits)
    assert [one.text for one in result.findings if one.code == "answer_out_of_place"] == (
        [waits] if waits else []
    )


def test_what_is_no_answer_does_not_stop_a_return() -> None:
    harmless = {
        (1, 1): "某局" + FORM.title,
        (12, 1): "填报人：张三",
        (12, 5): "2022年12月28日",
        (5, 1): "7",
        (9, 12): "/",
        (4, 4): "进展情况（截至12月底）",
    }
    result = checked(filled(cells=harmless))
    assert result.verdict is Verdict.ACCEPTED, result.findings
    assert len(result.findings) == len(harmless)


def test_objects_are_answers_if_they_hold_text() -> None:
    first = Place("填报表", 5, 4)

    def on_sheet(kind: ObjectKind, text: str = "", at: Place = first) -> Checked:
        return checked(filled(objects=(BookObject(kind, at, text),)))

    for kind in (ObjectKind.COMMENT, ObjectKind.THREADED_COMMENT, ObjectKind.TEXT_BOX):
        result = on_sheet(kind, "已完成。")
        assert (result.verdict, codes(result)) == (Verdict.ATTENTION, ["answer_out_of_place"])
        assert "已完成。" in sentence(result.findings[0])
        assert on_sheet(kind).verdict is Verdict.ACCEPTED
    assert on_sheet(ObjectKind.EMBEDDED).verdict is Verdict.ATTENTION
    assert on_sheet(ObjectKind.CHART).verdict is Verdict.ACCEPTED
    assert codes(on_sheet(ObjectKind.PICTURE)) == ["object"]


def test_what_is_printed_on_each_page_is_told_unless_it_was_issued() -> None:
    def printed(text: str) -> Checked:
        thing = BookObject(ObjectKind.PAGE_TEXT, Place("填报表"), text)
        return checked(filled(objects=(thing,)))

    told = printed("进展：编制12名已到位")
    assert (told.verdict, codes(told)) == (Verdict.ACCEPTED, ["stray_text"])
    assert "编制12名已到位" in sentence(told.findings[0])
    assert codes(printed(form.footer(FORM))) == []


def test_a_form_control_is_only_mentioned() -> None:
    result = checked(filled(objects=(BookObject(ObjectKind.CONTROL, Place("填报表")),)))
    assert (result.verdict, codes(result)) == (Verdict.ACCEPTED, ["object_without_text"])


def test_a_failed_formula_whose_text_is_not_in_the_file_waits_for_a_person() -> None:
    lost = checked(filled(cells={PLACES[1]: Cell("#NAME?", CellKind.ERROR, formula="")}))
    assert (lost.verdict, codes(lost)) == (Verdict.ATTENTION, ["error_lost"])
    known = checked(filled(cells={PLACES[1]: Cell("#NAME?", CellKind.ERROR, formula="已完成80%")}))
    assert (known.verdict, codes(known)) == (Verdict.ACCEPTED, ["error_value"])
    assert said(known)[1] == "=已完成80%"


def test_a_picture_in_place_of_an_answer_waits_for_a_person() -> None:
    picture = BookObject(ObjectKind.CELL_PICTURE, Place("填报表", 5, 4))
    cell = Cell('=DISPIMG("ID_1",1)', formula='_xlfn.DISPIMG("ID_1",1)')
    result = checked(filled(cells={PLACES[1]: cell}, objects=(picture,)))
    assert (result.verdict, 1 in said(result)) == (Verdict.ATTENTION, False)
    assert codes(result) == ["looks_blank", "object_on_blank"]


def test_an_extra_sheet_is_named_cell_by_cell_and_a_flood_as_one_range() -> None:
    few = Sheet("补充", {(3, 2): Cell("另附说明。"), (4, 2): Cell("还有一条。")})
    result = checked(filled(sheets=[few]))
    assert [str(one.place) for one in result.findings] == ["补充!B3", "补充!B4"]
    assert result.verdict is Verdict.ATTENTION
    flood = Sheet("资料", {(row, 1): Cell(f"第{row}行资料已完成。") for row in range(1, 1001)})
    result = checked(filled(sheets=[flood]))
    assert len(result.findings) < 100
    assert str(result.findings[-1].place) == "资料!A61:A1000"


def test_an_answer_in_the_metadata_of_a_damaged_file_is_told_where_it_stands() -> None:
    result = checked(with_meta(digest="新建校舍两栋。\n已投入使用。"))
    assert [str(one.place) for one in result.findings] == [f"{layout.META_SHEET}!B4"]
    assert result.verdict is Verdict.ATTENTION
    assert codes(checked(with_meta(digest="7f03d7a063d058a4"))) == []


def test_answers_that_are_too_many_to_place_are_one_finding_with_their_texts() -> None:
    beside = {
        (row, column): f"第{row}行第{column}栏：已办结。"
        for row in range(5, 10)
        for column in range(20, 130)
    }
    result = checked(filled(cells=beside))
    placed = [one for one in result.findings if one.code == "answer_out_of_place"]
    assert placed[-1]["area"] == "many"
    assert len(placed) - 1 + int(str(placed[-1]["count"])) == len(beside)
    quoted = {one.text for one in placed[:-1]}
    (first, *_) = [text for text in beside.values() if text not in quoted]
    assert first in placed[-1].text


def test_a_copied_sheet_gives_only_what_it_says_otherwise() -> None:
    copy = replace(filled().sheets[0], name="填报表 (2)")
    result = checked(filled(sheets=[copy]))
    assert (result.verdict, codes(result)) == (Verdict.ACCEPTED, ["copied_sheet"])
    other = replace(copy, cells=copy.cells | {PLACES[2]: Cell("副本里另写的。")})
    result = checked(filled(sheets=[other]))
    assert result.verdict is Verdict.ATTENTION
    assert str(finding(result, "answer_out_of_place").place) == "填报表 (2)!D6"
    assert said(result) == TEXTS


def test_the_filled_copy_is_read_where_the_form_itself_is_blank() -> None:
    copy = replace(filled().sheets[0], name="填报表 (2)")
    result = checked(filled({}, sheets=[copy]))
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)
    assert result.entries[0].place == "填报表 (2)!D5"


def test_two_rows_of_a_task_that_say_different_things_are_both_left() -> None:
    twice = {
        (20, column): cell for (row, column), cell in filled().sheets[0].cells.items() if row == 6
    }
    same = checked(filled(cells=twice))
    assert (same.verdict, said(same)) == (Verdict.ACCEPTED, TEXTS)
    result = checked(filled(cells={**twice, (20, D): "另一种说法。"}))
    assert result.verdict is Verdict.ATTENTION
    assert 2 not in said(result)
    assert [str(one.place) for one in result.findings] == ["填报表!D6", "填报表!D20"]


def test_merged_progress_cells_are_one_answer_for_the_first_task() -> None:
    result = checked(filled(cells={PLACES[2]: None}, merges=((5, D, 6, D),)))
    assert (result.verdict, codes(result)) == (Verdict.ATTENTION, ["merged_progress"])
    told = result.findings[0]
    assert (str(told.place), TEXTS[1] in sentence(told)) == ("填报表!D6", True)
    assert (said(result)[1], 2 in said(result)) == (TEXTS[1], False)
    other = Decision(1, Action.TAKE, CREATED, place=Place("填报表", 5, 3), task="T02")
    assert "merged_progress" in codes(
        checked(filled(cells={PLACES[2]: None}, merges=((5, D, 6, D),)), decisions=[other])
    ), "another text for the task says nothing about the merged one"
    take = Decision(1, Action.TAKE, CREATED, place=Place("填报表", 5, 4), task="T02")
    book = filled(cells={PLACES[2]: None}, merges=((5, D, 6, D),))
    settled = checked(book, decisions=[take])
    assert (settled.verdict, said(settled)[2]) == (Verdict.ACCEPTED, TEXTS[1])


def test_a_torn_row_gives_nothing() -> None:
    key = FORM.column_of(KEY)
    result = checked(filled(cells={(5, key): "T02", (6, key): "T01"}))
    assert result.verdict is Verdict.ATTENTION
    assert codes(result) == ["torn_row", "torn_row"]
    assert set(said(result)) == {3, 4, 5}


def test_a_torn_row_is_quoted_with_what_was_issued_by_its_beginning() -> None:
    key, long = FORM.column_of(KEY), "另行填写的要求" * 20
    column = FORM.column_of(REQUIREMENTS)
    result = checked(filled(cells={(5, key): "T02", (5, column): long, (6, key): "T01"}))
    first, second = [one for one in result.findings if one.code == "torn_row"]
    assert long in str(first["row"]), "what a person wrote is quoted whole"
    issued = FORM.rows[1].text(REQUIREMENTS.field)
    assert issued[:10] in str(second["row"])


def test_two_merged_cells_are_told_once_and_only_where_a_text_is_covered() -> None:
    empty = checked(filled({2: TEXTS[2]}, cells={PLACES[1]: None}, merges=((7, D, 8, D),)))
    assert "merged_progress" not in codes(empty)


def test_missing_rows_and_columns_are_named() -> None:
    gone: dict[Position, Cell | str | None] = {(6, column): None for column in range(1, 10)}
    result = checked(filled(cells=gone))
    assert (result.verdict, codes(result)) == (Verdict.ACCEPTED, ["missing_row"])
    no_header = checked(filled(cells={(4, D - 1): None, (4, D): None, (4, D + 1): None}))
    told = codes(no_header)
    assert (no_header.verdict, told[0], said(no_header)) == (
        Verdict.ATTENTION,
        "no_progress_column",
        {},
    )
    quoted = [one.text for one in no_header.findings if one.code == "answer_out_of_place"]
    assert quoted == list(TEXTS.values()), "each text can be taken by itself"


# ---------------------------------------------------------------- repeats and periods


def before(number: int, text: str, at: str = "2022-12-20", submission: int = 7) -> Entry:
    task = f"T{number:02d}"
    return Entry(
        DECEMBER,
        EDUCATION,
        task,
        Role.LEAD,
        text,
        "填报表!D5",
        received_at=moment(at),
        modified_at=moment("2022-12-29"),
        submission=submission,
    )


def test_what_a_newer_return_changes_is_a_warning_with_both_texts() -> None:
    known = Known(standing={"T01": before(1, "原来的话。"), "T02": before(2, TEXTS[2])})
    result = checked(filled(), known=known)
    assert (result.verdict, codes(result)) == (Verdict.ACCEPTED, ["changed_by_newer"])
    told = result.findings[0]
    assert "原来的话。" in sentence(told)
    assert TEXTS[1] in sentence(told)
    assert "编号 7" in sentence(told)


def test_an_older_return_that_comes_later_says_what_stands() -> None:
    known = Known(standing={"T01": before(1, "更新的话。", "2022-12-31")})
    assert codes(checked(filled(), known=known)) == ["superseded"]


def test_two_returns_of_one_moment_with_different_texts_wait_for_a_person() -> None:
    known = Known(standing={"T01": before(1, "另一句话。", "2022-12-30")})
    result = checked(filled(), known=known)
    assert (result.verdict, result.entries) == (Verdict.ATTENTION, ())
    assert codes(result) == ["tie"]
    settled = checked(filled(), known=known, decisions=[Decision(1, Action.ACCEPT, CREATED)])
    assert (settled.verdict, said(settled)) == (Verdict.ACCEPTED, TEXTS)


def test_the_same_texts_again_are_told() -> None:
    known = Known(
        standing={f"T{number:02d}": before(number, text) for number, text in TEXTS.items()}
    )
    assert codes(checked(filled(), known=known)) == ["same_again"]
    awaited = replace(known, awaited=Month(2023, 1))
    again = checked(filled(), known=awaited)
    assert again.verdict is Verdict.ACCEPTED
    assert "last_period_again" in codes(again)


def test_last_months_form_with_new_texts_waits_for_a_person() -> None:
    known = Known(standing={"T01": before(1, "上月报的。")}, awaited=Month(2023, 1))
    result = checked(filled(), known=known)
    assert (result.verdict, result.entries) == (Verdict.ATTENTION, ())
    assert codes(result) == ["wrong_period"]
    accept = checked(filled(), known=known, decisions=[Decision(1, Action.ACCEPT, CREATED)])
    assert (accept.verdict, said(accept)) == (Verdict.ACCEPTED, TEXTS)


def test_a_late_first_return_is_its_own_periods_unless_its_name_says_the_next() -> None:
    known = Known(awaited=Month(2023, 1))
    assert checked(filled(), known=known).verdict is Verdict.ACCEPTED
    waits = checked(filled(), known=known, named=Month(2023, 1))
    assert codes(waits) == ["wrong_period"]
    assert "已经报过" not in sentence(waits.findings[-1])
    assert "都还没有报" in sentence(waits.findings[-1])


# ---------------------------------------------------------------- decisions


def test_a_taken_text_is_added_to_what_stands_in_its_place() -> None:
    book = filled({1: "原有。"}, cells={(5, 12): "补充。", (6, 12): "第二项的。"})
    takes = [
        Decision(1, Action.TAKE, CREATED, place=Place("填报表", 5, 12), task="T01"),
        Decision(1, Action.TAKE, CREATED, place=Place("填报表", 5, 12), task="T01"),
    ]
    half = checked(book, decisions=takes)
    assert (half.verdict, said(half)) == (Verdict.ATTENTION, {1: "原有。\n补充。"})
    takes.append(Decision(1, Action.TAKE, CREATED, place=Place("填报表", 6, 12), task="T02"))
    whole = checked(book, decisions=takes)
    assert (whole.verdict, said(whole)[2]) == (Verdict.ACCEPTED, "第二项的。")
    assert whole.entries[1].place == "填报表!L6"


def test_a_text_is_taken_by_its_finding_and_of_a_flood_the_one_at_its_place() -> None:
    """What says how many more there are gives the text where it begins, and waits on."""
    few = {(5, 12): "补充。", (6, 12): "第二项的。"}
    stray = checked(filled({1: "原有。"}, cells=few)).findings[-1]
    take = Decision(1, Action.TAKE, CREATED, place=stray.place, finding=stray.key, task="T02")
    taken = checked(filled({1: "原有。"}, cells=few), decisions=[take])
    assert said(taken) == {1: "原有。", 2: "第二项的。"}
    assert stray.key not in [one.key for one in taken.findings]
    sheets = [
        Sheet(f"资料{n}", {(row, 1): Cell(f"第{n}件之{row}已完成。") for row in range(1, 51)})
        for n in range(1, 13)
    ]
    book = filled({1: "原有。"}, sheets=sheets)
    many = checked(book).findings[-1]
    assert dict(many.about)["area"] == "many"
    take = Decision(1, Action.TAKE, CREATED, place=many.place, finding=many.key, task="T02")
    left = checked(book, decisions=[take])
    first = next(one for one in sheets if one.name == many.place.sheet)
    assert said(left)[2] == first.text(many.place.row, many.place.column)
    assert left.verdict is Verdict.ATTENTION


def test_reject_and_accept_have_the_last_word() -> None:
    book = filled(cells={(5, 12): "补充。"})
    accept, reject = (Decision(1, one, CREATED) for one in (Action.ACCEPT, Action.REJECT))
    assert checked(book, decisions=[accept]).verdict is Verdict.ACCEPTED
    gone = checked(book, decisions=[accept, reject])
    assert (gone.verdict, gone.entries) == (Verdict.IGNORED, ())
    assert codes(gone) == ["rejected", *codes(checked(book))], "and why it had waited"
    assert {one.severity for one in gone.findings} == {Severity.INFO}, "nothing is left to do"
    withdrawn = checked(filled(), decisions=[reject])
    assert [(one.code, one.variant) for one in withdrawn.findings] == [("rejected", "")]
    assert said(checked(book, decisions=[reject, accept])) == TEXTS


def test_every_code_is_said_in_chinese_with_a_severity() -> None:
    for code, (severity, message) in CATALOGUE.items():
        assert all(part.isidentifier() for part in code.split(":"))
        assert severity in Severity
        assert (
            any("\u4e00" <= letter <= "\u9fff" for letter in message)
            or code == "internal_error_trace"
        )


def test_novembers_form_is_novembers_return() -> None:
    november = small_form(EDUCATION, NOVEMBER)
    result = checked(filled(one=november), november)
    assert (result.verdict, result.period) == (Verdict.ACCEPTED, NOVEMBER)


def test_two_units_forms_in_one_workbook_are_not_mixed_up() -> None:
    """Units share tasks, and so the sheet of one holds rows of the other's form."""
    theirs = filled({1: "财政局写的。", 2: "财政局写的。", 4: "财政局写的。"}, OTHER).sheets[0]
    book = filled({1: "教育局写的。"}, sheets=[replace(theirs, name="县财政局")])
    assert checked(book, FORM).verdict is Verdict.ATTENTION
    decision = Decision(1, Action.ASSIGN, CREATED, unit=EDUCATION, period=DECEMBER)
    result = checked(book, decisions=[decision])
    assert said(result) == {1: "教育局写的。"}
    told = finding(result, "another_unit_sheet")
    assert (told["owner"], told["count"]) == (FINANCE, 3)
    assert "财政局写的。" in sentence(told)
    assert not [one for one in result.findings if one.code.startswith(("copied", "answer"))]
    accept = Decision(1, Action.ACCEPT, CREATED)
    after = checked(book, decisions=[decision, accept])
    assert (after.verdict, said(after)) == (Verdict.ACCEPTED, {1: "教育局写的。"})
    assert finding(after, "another_unit_sheet").severity is Severity.ERROR


def test_a_sheet_with_another_forms_number_alone_is_another_units() -> None:
    theirs = filled({1: "财政局写的。"}, OTHER, cells={(2, 1): None}).sheets[0]
    book = filled(sheets=[replace(theirs, name="另一张")])
    assigned = [Decision(1, Action.ASSIGN, CREATED, unit=EDUCATION, period=DECEMBER)]
    result = checked(book, decisions=assigned)
    assert said(result) == TEXTS
    assert finding(result, "another_unit_sheet")["owner"] == OTHER.number


def test_a_units_name_inside_anothers_is_a_contradiction() -> None:
    plan = small_plan()
    office = replace(plan.roster.units[2], name="县教育局督导室")
    units = (*plan.roster.units, office)
    plan = replace(plan, roster=replace(plan.roster, units=units))
    plan = with_task(plan, 1, responsible=(FINANCE, office.name))
    theirs = small_form(office.name, plan=plan)
    for one, name in ((FORM, office.name), (theirs, EDUCATION)):
        book = filled(one=one, cells={(2, 1): f"填报单位：{name}"})
        assert codes(whose(book, FORM, theirs)) == ["unit_contradiction"]


def test_a_sheet_of_a_body_whose_name_contains_the_units_is_another_units() -> None:
    texts = {1: "直属学校的进展。"}
    theirs = replace(
        filled(texts, cells={(2, 1): "填报单位：县教育局直属学校", (3, 5): None}).sheets[0],
        name="直属学校",
    )
    book = filled(sheets=[theirs])
    assigned = [Decision(1, Action.ASSIGN, CREATED, unit=EDUCATION, period=DECEMBER)]
    result = checked(book, decisions=assigned)
    assert said(result) == TEXTS
    assert finding(result, "another_unit_sheet")["owner"] == "县教育局直属学校"
    alone = filled({}, sheets=[theirs])
    assert said(checked(alone, decisions=assigned)) == {}, "nor where the unit's own is empty"


@pytest.mark.parametrize("name", ["教育局", "县教育局（盖章）", "县教育局张三"])
def test_a_copy_that_names_the_unit_as_people_do_is_its_own(name: str) -> None:
    cells = {(2, 1): f"填报单位：{name}"}
    copied = replace(filled(cells=cells).sheets[0], name="备份")
    result = checked(filled(cells=cells, sheets=[copied]))
    assert (result.verdict, said(result)) == (Verdict.ACCEPTED, TEXTS)
    assert finding(result, "copied_sheet")


def test_the_form_of_another_unit_that_was_filled_in_is_the_assigned_units_with_its_copies() -> (
    None
):
    book = filled(one=OTHER, texts={4: "甲。"})
    copied = replace(book.sheets[0], name="备份")
    book = replace(book, sheets=(*book.sheets, copied))
    assigned = [Decision(1, Action.ASSIGN, CREATED, unit=EDUCATION, period=DECEMBER)]
    result = checked(book, FORM, decisions=assigned, also=[OTHER])
    assert said(result) == {4: "甲。"}
    assert "another_unit_sheet" not in codes(result)


def test_accepting_whose_it_is_does_not_swallow_what_was_never_shown() -> None:
    claimed = Identified(
        EDUCATION, DECEMBER, findings=(note("claimed_identity", signal="unit", unit=EDUCATION),)
    )
    book = filled(cells={(12, 2): "表格下方的说明，另有两项已经完成。"})

    def after(*actions: Action) -> Checked:
        return check(
            book,
            claimed,
            [issue(FORM)],
            known=Known(),
            arrival=Arrival(moment("2022-12-30")),
            ruling=Ruling.of([Decision(1, one, moment("2022-12-30")) for one in actions]),
        )

    assert codes(after()) == ["claimed_identity"]
    once = after(Action.ACCEPT)
    assert once.verdict is Verdict.ATTENTION
    assert finding(once, "answer_out_of_place").severity is Severity.ERROR
    assert finding(once, "claimed_identity").severity is Severity.WARNING
    twice = after(Action.ACCEPT, Action.ACCEPT)
    assert twice.verdict is Verdict.ACCEPTED
    assert said(twice) == TEXTS
    assert after(Action.ACCEPT, Action.ACCEPT, Action.UNDO).verdict is Verdict.ATTENTION
