"""A quarter's form asks for three texts a task: each is taken, corrected and told by itself."""

from dataclasses import replace

import pytest

from edu_sheet import form
from edu_sheet.check import Checked, Known
from edu_sheet.rules.standing import standing
from edu_sheet.words.book import Book, Cell, Sheet
from edu_sheet.words.parts import Part
from edu_sheet.words.returns import Action, Decision, Entry, Verdict
from tests.check.test_verdict import checked, codes, filled, finding
from tests.support.builders import QUARTER, moment, small_form

FORM = small_form(period=QUARTER)
AT = {part: form.answer_places(FORM, part) for part in Part}
KEY = FORM.rows[0].key
OTHER = FORM.rows[1].key


def said(result: Checked) -> dict[tuple[str, Part], str]:
    return {(one.task, one.part): one.text for one in result.entries}


def returned(texts: dict[tuple[str, Part], str], known: Known | None = None) -> Checked:
    cells: dict[tuple[int, int], Cell | str | None] = {
        AT[part][key]: text for (key, part), text in texts.items()
    }
    return checked(filled({}, FORM, cells=cells), FORM, known=known)


def before(texts: dict[tuple[str, Part], str]) -> Known:
    first = [
        replace(one, submission=1, received_at=moment("2022-12-01"), modified_at=None)
        for one in returned(texts).entries
    ]
    return Known({key: entry for (_, key), entry in standing(first).items()})


def test_each_cell_is_a_text_of_its_own_with_its_place() -> None:
    texts = {
        (KEY, Part.PROGRESS): "建成学校3所。",
        (KEY, Part.PROBLEMS): "缺少教师12名。",
        (KEY, Part.NEXT_STEPS): "春季招聘教师。",
        (OTHER, Part.PROBLEMS): "经费没有到位。",
    }
    result = returned(texts)
    assert said(result) == texts
    assert result.verdict is Verdict.ACCEPTED
    assert codes(result) == []
    places = {(one.task, one.part): one.place for one in result.entries}
    row, column = AT[Part.PROBLEMS][KEY]
    assert places[KEY, Part.PROBLEMS] == f"填报表!{'ABCDEFGH'[column - 1]}{row}"


def test_a_hidden_column_of_problems_is_taken_and_told() -> None:
    row, column = AT[Part.PROBLEMS][KEY]
    book = filled({}, FORM, cells={(row, column): "缺少教师12名。"})
    sheets = (replace(book.sheets[0], hidden_columns=frozenset({column})), *book.sheets[1:])
    result = checked(replace(book, sheets=sheets), FORM)
    assert said(result) == {(KEY, Part.PROBLEMS): "缺少教师12名。"}
    assert finding(result, "unseen_text").variant == "column"


def test_what_stands_for_a_task_is_all_of_it_in_one_text() -> None:
    texts = {(KEY, Part.PROGRESS): "甲。", (KEY, Part.NEXT_STEPS): "丙。"}
    stands = standing(returned(texts).entries)
    assert stands[FORM.identity.unit, KEY].text == "甲。\n下一步打算：丙。"


def test_a_correction_of_one_part_leaves_the_others_as_they_were() -> None:
    first = returned({(KEY, Part.PROGRESS): "甲。", (KEY, Part.PROBLEMS): "乙。"}).entries
    later = [
        replace(one, received_at=moment("2022-12-31"), modified_at=None)
        for one in returned({(KEY, Part.PROBLEMS): "改了。"}).entries
    ]
    earlier = [replace(one, received_at=moment("2022-12-01"), modified_at=None) for one in first]
    entries: list[Entry] = [*later, *earlier]
    stands = standing(entries)[FORM.identity.unit, KEY]
    assert stands.text == "甲。\n存在问题：改了。"


def test_only_the_part_that_changed_is_told_as_changed() -> None:
    known = before({(KEY, Part.PROGRESS): "甲。", (KEY, Part.PROBLEMS): "乙。"})
    again = {(KEY, Part.PROGRESS): "甲。", (KEY, Part.PROBLEMS): "改了。"}
    told = finding(returned(again, known), "changed_by_newer")
    assert (dict(told.about)["theirs"], dict(told.about)["ours"]) == ("乙。", "改了。")
    assert told.place.column == AT[Part.PROBLEMS][KEY][1]


@pytest.mark.parametrize("label", ["下一步打算：老计划。", "下一步，继续老计划。"])
def test_a_plan_that_progress_held_under_a_label_is_corrected_from_its_own_cell(
    label: str,
) -> None:
    held = f"甲。存在问题：乙。{label}"
    known = before({(KEY, Part.PROGRESS): held})
    result = returned({(KEY, Part.NEXT_STEPS): "新计划。"}, known)
    told = finding(result, "changed_by_newer")
    assert "老计划。" in str(dict(told.about)["theirs"])
    assert dict(told.about)["ours"] == "新计划。"
    later = [
        replace(one, received_at=moment("2022-12-31"), modified_at=None) for one in result.entries
    ]
    (earlier,) = known.standing.values()
    stands = standing([earlier, *later])[FORM.identity.unit, KEY]
    assert stands.text == "甲。存在问题：乙。\n下一步打算：新计划。"
    assert [cell.text for cell in stands.cells] == [held, "新计划。"], "the cell keeps what it said"


def test_problems_in_a_newer_progress_take_the_place_of_an_older_cell_and_are_told() -> None:
    known = before({(KEY, Part.PROGRESS): "甲旧。", (KEY, Part.PROBLEMS): "乙旧。"})
    result = returned({(KEY, Part.PROGRESS): "甲新。存在问题：乙新。"}, known)
    told = {
        str(dict(one.about)["theirs"]): dict(one.about)["ours"]
        for one in result.findings
        if one.code == "changed_by_newer"
    }
    assert told == {"甲旧。": "甲新。存在问题：乙新。", "乙旧。": "乙新。"}
    later = [
        replace(one, received_at=moment("2022-12-31"), modified_at=None) for one in result.entries
    ]
    stands = standing([*known.standing.values(), *later])[FORM.identity.unit, KEY]
    assert stands.text == "甲新。存在问题：乙新。"


def test_an_older_problems_cell_that_comes_late_is_told_and_stands_behind_newer_ones() -> None:
    (stands,) = before({(KEY, Part.PROGRESS): "甲。存在问题：乙新。"}).standing.values()
    known = Known({KEY: replace(stands, received_at=moment("2023-01-31"))})
    told = finding(returned({(KEY, Part.PROBLEMS): "乙旧。"}, known), "superseded")
    assert (dict(told.about)["theirs"], dict(told.about)["ours"]) == ("乙新。", "乙旧。")


def test_both_plans_of_one_return_stand() -> None:
    both = {(KEY, Part.PROGRESS): "甲。下一步打算：一。", (KEY, Part.NEXT_STEPS): "二。"}
    (stands,) = before(both).standing.values()
    assert stands.text == "甲。下一步打算：一。\n下一步打算：二。"


def test_the_same_texts_again_are_told_as_that() -> None:
    texts = {(KEY, Part.PROGRESS): "甲。", (KEY, Part.PROBLEMS): "乙。"}
    assert codes(returned(texts, before(texts))) == ["same_again"]


def test_a_row_twice_with_other_problems_waits_and_loses_nothing() -> None:
    row = AT[Part.PROGRESS][KEY][0]
    below = max(place[0] for place in AT[Part.PROGRESS].values()) + 1
    copied = {
        (below, column): text
        for (line, column), text in form.issued_cells(FORM)["填报表"].items()
        if line == row
    }
    cells: dict[tuple[int, int], Cell | str | None] = {**copied}
    for part, text in ((Part.PROGRESS, "甲。"), (Part.PROBLEMS, "缺少教师。")):
        cells[AT[part][KEY]] = text
    cells[below, AT[Part.PROGRESS][KEY][1]] = "甲。"
    cells[below, AT[Part.PROBLEMS][KEY][1]] = "缺少经费。"
    result = checked(filled({}, FORM, cells=cells), FORM)
    assert result.verdict is Verdict.ATTENTION
    told = " ".join(one.text for one in result.findings)
    assert "缺少教师。" in told
    assert "缺少经费。" in told
    assert "甲。" in told or (KEY, Part.PROGRESS) in said(result)


def test_problems_below_a_merged_cell_are_asked_about() -> None:
    top, column = AT[Part.PROBLEMS][KEY]
    text = "两项任务都缺少经费。"
    book = filled({}, FORM, cells={(top, column): text}, merges=((top, column, top + 1, column),))
    result = checked(book, FORM)
    assert "merged_progress" in codes(result)
    assert said(result)[KEY, Part.PROBLEMS] == text


THREE = {(KEY, Part.PROGRESS): "甲。", (KEY, Part.PROBLEMS): "乙。", (KEY, Part.NEXT_STEPS): "丙。"}
HEADER = 4


def headed(headers: dict[Part, str], texts: dict[tuple[str, Part], str]) -> Checked:
    cells: dict[tuple[int, int], Cell | str | None] = {
        AT[part][key]: text for (key, part), text in texts.items()
    }
    cells |= {(HEADER, AT[part][KEY][1]): text or None for part, text in headers.items()}
    return checked(filled({}, FORM, cells=cells), FORM)


@pytest.mark.parametrize("headers", [("成效", "问题", "下步打算"), ("", "", ""), ("", "困难", "")])
def test_a_quarters_columns_are_found_under_headers_in_other_words(
    headers: tuple[str, str, str],
) -> None:
    result = headed(dict(zip(Part, headers, strict=True)), THREE)
    assert said(result) == THREE
    assert result.verdict is Verdict.ACCEPTED


def test_texts_under_other_parts_headers_are_those_parts() -> None:
    moved = {Part.PROGRESS: "问题", Part.PROBLEMS: "成效", Part.NEXT_STEPS: "打算"}
    result = headed(moved, THREE)
    assert said(result)[KEY, Part.PROBLEMS] == "甲。"
    assert said(result)[KEY, Part.PROGRESS] == "乙。"


def takes(result: Checked, book: Book, text: str, known: Known) -> Checked:
    (told,) = [one for one in result.findings if text in one.text]
    decision = Decision(
        2, Action.TAKE, moment("2022-12-30"), finding=told.key, place=told.source, task=KEY
    )
    return checked(book, FORM, known=known, decisions=[decision])


def test_a_text_taken_from_a_column_that_is_not_sure_goes_to_the_part_it_is_headed() -> None:
    known = before(THREE)
    cells: dict[tuple[int, int], Cell | str | None] = {
        AT[part][KEY]: text for (_, part), text in THREE.items()
    }
    cells |= {(HEADER, AT[part][KEY][1]): "填写内容栏" for part in (Part.PROGRESS, Part.NEXT_STEPS)}
    cells |= {(HEADER, AT[Part.PROBLEMS][KEY][1]): "主要问题"}
    cells |= {AT[Part.PROBLEMS][KEY]: "乙改了，还缺少教师。"}
    book = filled({}, FORM, cells=cells)
    result = checked(book, FORM, known=known)
    assert result.verdict is Verdict.ATTENTION
    after = takes(result, book, "乙改了", known)
    assert said(after) == {(KEY, Part.PROBLEMS): "乙改了，还缺少教师。"}


def test_a_text_on_another_sheet_headed_problems_is_added_to_the_problems() -> None:
    sheet = Sheet("补充", {(1, 1): Cell("存在问题"), (2, 1): Cell("经费缺口较大，需要统筹解决。")})
    cells = {AT[part][KEY]: text for (_, part), text in THREE.items()}
    book = filled({}, FORM, cells=cells, sheets=[sheet])
    after = takes(checked(book, FORM), book, "经费缺口", Known())
    assert said(after)[KEY, Part.PROGRESS] == "甲。"
    assert said(after)[KEY, Part.PROBLEMS] == "乙。\n经费缺口较大，需要统筹解决。"


def test_a_taken_text_of_no_known_part_stands_behind_what_was_said_and_replaces_nothing() -> None:
    known = before(THREE)
    sheet = Sheet("补充", {(2, 1): Cell("经费缺口较大，需要统筹解决。")})
    book = filled({}, FORM, sheets=[sheet])
    after = takes(checked(book, FORM, known=known), book, "经费缺口", known)
    assert said(after) == {(KEY, Part.PROGRESS): "甲。\n经费缺口较大，需要统筹解决。"}


def test_an_older_cell_gives_way_to_the_label_of_a_newer_one_and_is_told() -> None:
    known = before({(KEY, Part.PROGRESS): "甲。下一步打算：一。"})
    newest = {
        key: replace(one, received_at=moment("2023-02-01")) for key, one in known.standing.items()
    }
    older = returned({(KEY, Part.NEXT_STEPS): "二。"}, Known(newest))
    assert codes(older) == ["superseded"]
    both = [*newest.values(), *older.entries]
    assert standing(both)[FORM.identity.unit, KEY].text == "甲。下一步打算：一。"


def test_a_label_of_a_newer_cell_stands_for_an_older_cell_and_both_are_told() -> None:
    known = before({(KEY, Part.PROGRESS): "甲。", (KEY, Part.PROBLEMS): "旧。"})
    newest = returned({(KEY, Part.PROGRESS): "乙。存在问题：新。"}, known)
    said = [(dict(one.about)["theirs"], dict(one.about)["ours"]) for one in newest.findings]
    assert said == [("甲。", "乙。存在问题：新。"), ("旧。", "新。")]
    stands = standing([*_cells(known), *newest.entries])[FORM.identity.unit, KEY]
    assert stands.text == "乙。存在问题：新。"
    assert [[cell.text for cell in some] for some in (stands.cells, stands.replaced)] == [
        ["乙。存在问题：新。"],
        ["旧。", "甲。"],
    ]


def _cells(known: Known) -> list[Entry]:
    return [cell.alone(whole) for whole in known.standing.values() for cell in whole.cells]


def test_a_word_for_nothing_is_not_printed_beside_what_another_column_says() -> None:
    texts = {(KEY, Part.PROGRESS): "甲。存在问题：缺人。", (KEY, Part.PROBLEMS): "无"}
    stands = standing(returned(texts).entries)[FORM.identity.unit, KEY]
    assert stands.text == "甲。存在问题：缺人。"
    assert [cell.text for cell in stands.cells] == [*texts.values()]
