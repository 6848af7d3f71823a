"""A unit is found by its key, whatever it is called now; two units are never taken for one."""

from edu_sheet.rules.names import Names, UnitName
from tests.support.builders import DECEMBER, NOVEMBER, OCTOBER

A, B, C = "县甲局", "县乙局", "县丙局"
NEW = "县新局"


def test_a_renamed_unit_is_known_by_its_key() -> None:
    names = Names(
        [UnitName("UA", NEW), UnitName("UA", A, current=False), UnitName("UB", B)],
        [(OCTOBER, A, "UA"), (OCTOBER, B, "UB"), (NOVEMBER, NEW, "UA")],
    )
    assert [names.now(one, OCTOBER) for one in (A, B, NEW)] == [NEW, B, NEW]
    assert names.changed(OCTOBER) == {A: NEW}


def test_a_unit_that_left_the_roster_keeps_its_name() -> None:
    names = Names([UnitName("UA", A)], [(OCTOBER, B, "UB")])
    assert names.now(B, OCTOBER) == B


def test_an_alias_joins_what_no_other_unit_of_that_period_has_said() -> None:
    listed = [UnitName("UA", A, (B,))]
    assert Names(listed, [(OCTOBER, B, "UB")]).now(B, OCTOBER) == A
    both = Names(listed, [(OCTOBER, A, "UA"), (OCTOBER, B, "UB"), (NOVEMBER, B, "UB")])
    assert (both.now(B, OCTOBER), both.now(B, NOVEMBER)) == (B, A)


def test_two_units_that_one_has_as_aliases_stay_two() -> None:
    names = Names([UnitName("UA", A, (B, C))], [(OCTOBER, B, "UB"), (OCTOBER, C, "UC")])
    assert [names.now(one, OCTOBER) for one in (B, C)] == [B, C]


def test_units_that_have_changed_names_are_told_apart_by_period() -> None:
    names = Names(
        [
            UnitName("UA", B),
            UnitName("UA", A, current=False),
            UnitName("UB", A),
            UnitName("UB", B, current=False),
        ],
        [(OCTOBER, A, "UA"), (OCTOBER, B, "UB"), (NOVEMBER, A, "UB"), (NOVEMBER, B, "UA")],
    )
    assert [names.now(one, OCTOBER) for one in (A, B)] == [B, A]
    assert [names.now(one, NOVEMBER) for one in (A, B)] == [A, B]
    assert names.now(A, DECEMBER, OCTOBER) == B


def test_a_name_of_before_joins_a_form_whose_key_is_not_known() -> None:
    names = Names([UnitName("UA", NEW), UnitName("UA", A, current=False)], [(OCTOBER, A, "")])
    assert names.now(A, OCTOBER) == NEW


def test_a_name_under_which_two_units_had_forms_in_one_period_stays_as_it_is() -> None:
    names = Names(
        [UnitName("UA", NEW), UnitName("UB", B)], [(OCTOBER, A, "UA"), (OCTOBER, A, "UB")]
    )
    assert names.now(A, OCTOBER) == A


def test_a_unit_that_left_the_roster_is_never_the_one_that_took_its_name() -> None:
    taken = f"{B}（原单位）"
    names = Names(
        [UnitName("UA", B), UnitName("UA", A, current=False), UnitName("UB", B, current=False)],
        [(OCTOBER, A, "UA"), (OCTOBER, B, "UB"), (NOVEMBER, B, "UA")],
    )
    assert [names.now(one, OCTOBER) for one in (A, B)] == [B, taken]
    assert names.now(B, NOVEMBER) == B
    assert names.issued(OCTOBER) == {B, taken}
    assert (names.called(taken, OCTOBER), names.called(B, OCTOBER)) == ((B,), (A,))
    assert (names.left(OCTOBER), names.left(NOVEMBER)) == ({B: taken}, {})
    assert (names.taken(B, OCTOBER), names.taken(B, NOVEMBER)) == (True, False)
    assert taken in names.known


def test_a_form_whose_key_is_not_known_is_not_the_unit_s_that_had_another_form_then() -> None:
    names = Names(
        [UnitName("UA", B), UnitName("UA", A, current=False)],
        [(OCTOBER, A, "UA"), (OCTOBER, B, "")],
    )
    assert [names.now(one, OCTOBER) for one in (A, B)] == [B, f"{B}（原单位）"]


def test_what_was_written_under_a_name_of_then_stays_its_unit_s_whatever_forms_bore_it() -> None:
    chain = [
        UnitName("UA", NEW),
        UnitName("UA", A, current=False),
        UnitName("UB", A),
        UnitName("UB", B, current=False),
    ]
    names = Names(chain, [(OCTOBER, A, "UA"), (OCTOBER, B, "UB")])
    written = names.keys(A, NEW, B)
    assert written == ((A, "UB"), (NEW, "UA"))
    assert names.since(written, OCTOBER) == {B: A}
    assert names.since((), OCTOBER) == {A: NEW, B: A}
    dissolved = Names(
        [UnitName("UB", A), UnitName("UB", B, current=False)],
        [(OCTOBER, A, "UA"), (OCTOBER, B, "UB")],
    )
    left = f"{A}（原单位）"
    assert dissolved.since([(A, "UB"), (NEW, "UA")], OCTOBER) == {B: A, NEW: left}
    assert dissolved.keys(A, left) == ((A, "UB"), (left, "UA"))
