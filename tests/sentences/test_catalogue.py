"""Findings in words: each sentence whole, long texts cut, and nothing about commands."""

import string

from edu_sheet.sentences import (
    files,
    master,
    note,
    plan_changes,
    plan_workbook,
    returns,
    sentence,
    workspace,
)
from edu_sheet.sentences.catalogue import CATALOGUE, PHRASES, SHOWN
from edu_sheet.words.findings import Finding, NumberedTask, Severity
from edu_sheet.words.place import Place

TASK = NumberedTask("T03", 3)


def test_a_sentence_names_the_task_by_the_number_that_the_form_prints() -> None:
    found = note(
        "answer_out_of_place", Place("填报表", 7, 8), area="right", task=TASK, text="补充。"
    )
    assert sentence(found) == "第3项那一行右侧写有内容，不在“进展情况”栏里，没有收取：补充。"


def test_a_long_text_is_cut_in_the_sentence_and_whole_in_the_finding() -> None:
    text = "进" * 5000
    found = note("stray_text", text=text)
    assert sentence(found) == f"表外写有内容，没有收取：{'进' * 1000}……（共 5000 字）"
    assert found.text == text


def test_braces_in_what_a_unit_wrote_stay_as_they_are() -> None:
    assert sentence(note("stray_text", text="{task}和{0}")).endswith("{task}和{0}")


def test_the_sentence_that_an_older_ledger_kept_is_shown_as_it_is() -> None:
    old = Finding("answer_out_of_place", Severity.ERROR, about=(("told", "第3项旁边写有{内容}"),))
    assert sentence(old) == "第3项旁边写有{内容}"


def test_no_sentence_names_a_command() -> None:
    said = [template for _, template in CATALOGUE.values()]
    said += [phrase for phrases in PHRASES.values() for phrase in phrases.values()]
    for template in said:
        assert "edu-sheet" not in template
        assert "--" not in template
        assert "运行" not in template.replace("没有运行", "")


def test_every_way_of_showing_a_value_that_a_sentence_asks_for_is_there() -> None:
    said = [template for _, template in CATALOGUE.values()]
    said += [phrase for phrases in PHRASES.values() for phrase in phrases.values()]
    asked = {form for one in said for *_, form, _ in string.Formatter().parse(one) if form}
    assert {form for form in asked if not form.startswith(".")} == PHRASES.keys() | SHOWN.keys()


def test_no_code_means_two_things() -> None:
    rooms = (returns, files, plan_workbook, plan_changes, master, workspace)
    for named in ("CODES", "SHOWN"):
        names = [name for room in rooms for name in getattr(room, named)]
        assert len(names) == len(set(names)), named
