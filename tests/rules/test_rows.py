"""A row is who two things say it is, and torn where they do not agree."""

from collections.abc import Sequence
from dataclasses import replace

from edu_sheet.rules.rows import PARTIES, WORDING, Owner, Owners, RowSaid
from tests.support.builders import small_form

TASKS = small_form().rows
FIELDS = (*WORDING, *PARTIES)
T = [task.key for task in TASKS]


def as_issued(place: int, **changed: str) -> RowSaid:
    """Return a task's row, some of its cells changed: key, number, or a field's text."""
    task = TASKS[place]
    row = RowSaid(task.key, str(task.number), {name: task.text(name) for name in FIELDS})
    texts = {name: changed.pop(name) for name in FIELDS if name in changed}
    return replace(row, texts={**row.texts, **texts}, **changed)


def mixed(place: int, other: int, *of_other: str) -> RowSaid:
    """Return a task's row with the cells of some columns from another's."""
    theirs = TASKS[other]
    cells = {name: theirs.text(name) for name in of_other if name in FIELDS}
    cells |= {"key": theirs.key} if "key" in of_other else {}
    cells |= {"number": str(theirs.number)} if "number" in of_other else {}
    return as_issued(place, **cells)


def owner(row: RowSaid, beside: Sequence[RowSaid] = ()) -> Owner | None:
    return Owners(TASKS).of([row, *beside])[0]


def test_a_row_as_issued_is_its_tasks() -> None:
    rows = [as_issued(place) for place in range(len(TASKS))]
    assert Owners(TASKS).of(rows) == [Owner((key,)) for key in T]


def test_two_things_that_agree_are_enough() -> None:
    blank = {"goal": "", "requirements": "", "lead_text": "", "responsible_text": ""}
    goal, requirements = TASKS[0].goal, TASKS[0].requirements
    for row in (
        as_issued(0, number=""),
        as_issued(0, key=""),
        as_issued(0, key="", number=""),
        as_issued(0, key="", number="", goal=""),
        as_issued(0, requirements="全部改写，与原文无关"),
        as_issued(0, key="", **blank | {"goal": goal}),
        as_issued(0, number="", **blank | {"requirements": requirements}),
    ):
        assert owner(row) == Owner((T[0],)), row


def test_one_thing_alone_is_torn() -> None:
    blank = dict.fromkeys(FIELDS, "")
    for row in (
        as_issued(0, number="", **blank),
        as_issued(0, key="", **blank),
        as_issued(0, key="", number="", **blank | {"goal": TASKS[0].goal}),
        as_issued(
            0, goal="改写的目标", requirements="改写的要求", lead_text="", responsible_text=""
        ),
    ):
        assert owner(row) == Owner((T[0],), torn=True), row


def test_parties_alone_make_no_row() -> None:
    assert owner(as_issued(0, key="", number="", goal="", requirements="")) is None
    assert owner(RowSaid("", "备注", {"goal": "另外一句话"})) is None


def test_columns_that_were_sorted_alone_tear_the_row() -> None:
    for columns in (
        ("key",),
        ("number",),
        ("key", "number"),
        ("goal", "requirements"),
        ("requirements",),
        ("responsible_text",),
        ("key", "lead_text", "responsible_text", "liaison_text"),
    ):
        found = owner(mixed(0, 4, *columns))
        assert found is not None
        assert found.torn, columns
        assert {*found.tasks} >= (
            {T[0], T[4]} if "number" in columns or "key" in columns else {T[0]}
        )


def test_a_shortened_wording_still_speaks() -> None:
    assert owner(as_issued(0, goal=TASKS[0].goal[:6], requirements="（略）")) == Owner((T[0],))
    torn = owner(mixed(1, 0, "goal", "requirements"))
    cut = owner(as_issued(1, goal=TASKS[0].goal[:6] + "…", requirements="（略）"))
    assert torn is not None
    assert cut is not None
    assert torn.torn
    assert cut.torn


def test_an_answer_added_to_the_wording_takes_nothing_from_it() -> None:
    longer = TASKS[2].requirements + "已全部落实，另附说明。"
    assert owner(as_issued(2, requirements=longer)) == Owner((T[2],))


def test_words_that_are_no_tasks_or_several_tasks_are_torn() -> None:
    anew = owner(as_issued(0, goal="按上级要求办理事项", requirements="（略）"))
    assert anew == Owner((T[0],), torn=True), "key, number and parties may all have stayed behind"
    shared = [replace(task, goal="办好教育。") for task in TASKS]
    row = replace(as_issued(0), texts={**as_issued(0).texts, "goal": "办好教育。"})
    assert Owners(shared).of([row]) == [Owner((T[0],))]
    cut = replace(row, texts={**row.texts, "requirements": "（略）"})
    assert Owners(shared).of([cut]) == [Owner((T[0],), torn=True)]


def test_tasks_that_are_alike_in_every_word_go_by_key_and_number() -> None:
    first = TASKS[0]
    alike = [first, replace(first, key="T99", number=99)]
    texts = as_issued(0).texts
    said = [RowSaid(first.key, "1", texts), RowSaid("T99", "99", texts), RowSaid("", "", texts)]
    assert Owners(alike).of(said) == [
        Owner((first.key,)),
        Owner(("T99",)),
        Owner((first.key, "T99"), torn=True),
    ]
    less = {name: text for name, text in texts.items() if name != "requirements"}
    both = (first.key, "T99")
    assert Owners(alike).of([RowSaid(first.key, "1", less)]) == [Owner(both, torn=True)]


def test_numbers_that_run_down_the_rows_were_written_anew() -> None:
    turned = [as_issued(4 - place, number=str(place + 1)) for place in range(5)]
    assert Owners(TASKS).of(turned) == [Owner((T[4 - place],)) for place in range(5)]
    without_key = [replace(row, key="") for row in turned]
    assert [one.torn for one in Owners(TASKS).of(without_key) if one] == [
        True,
        True,
        False,
        True,
        True,
    ]


def test_a_short_row_without_a_key_is_torn_where_a_torn_row_may_be_its_tasks_too() -> None:
    below = RowSaid("", str(TASKS[1].number), dict.fromkeys(FIELDS, "") | {"goal": TASKS[1].goal})
    sorted_right = mixed(1, 3, *PARTIES)
    assert owner(below) == Owner((T[1],))
    assert owner(below, [as_issued(1)]) == Owner((T[1],))
    assert owner(sorted_right) == Owner((T[1], T[3]), torn=True)
    assert owner(below, [sorted_right]) == Owner((T[1], T[3]), torn=True)
    assert owner(below, [mixed(0, 2, *PARTIES)]) == Owner((T[1],))
    assert owner(as_issued(1, key=""), [sorted_right]) == Owner((T[1],))
