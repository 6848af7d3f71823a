"""The address beside what a form says: it proves, doubts or tells, and gives no unit."""

from dataclasses import replace

import pytest

from edu_sheet.check import Identified
from edu_sheet.check.sender import Sender, confirmed, weighed
from edu_sheet.form import Signal, Source
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import NOWHERE
from tests.support.builders import DECEMBER, EDUCATION, FINANCE

ADDRESS = "bgs@example.cn"
KEYS = ("T01", "T02", "T03")


def weak(source: Source = Source.UNIT) -> Finding:
    return note("weak_identity", signal=source.name.lower(), unit=EDUCATION, period=DECEMBER)


def identified(*findings: Finding, unit: str | None = EDUCATION) -> Identified:
    return Identified(unit, DECEMBER, 1, findings=findings)


def codes(found: Identified) -> list[str]:
    return [one.code for one in found.findings]


def test_where_no_message_brought_a_form_nothing_is_said_of_an_address() -> None:
    assert weighed(identified(weak()), Sender()) == identified(weak())
    assert weighed(identified(), Sender(proven=False)).stranger, "a message did, from nobody"


def test_the_units_own_address_makes_one_signal_enough_if_it_is_proven() -> None:
    own = Sender(ADDRESS, frozenset({EDUCATION}))
    assert codes(weighed(identified(weak()), own)) == []
    unproven = weighed(identified(weak()), replace(own, proven=False))
    assert (codes(unproven), unproven.stranger) == (["weak_identity"], True)
    assert not weighed(identified(), own).stranger


@pytest.mark.parametrize(
    ("findings", "code"),
    [((weak(),), "sender_contradiction"), ((), "sender_differs")],
    ids=["name alone", "more than the name"],
)
def test_anothers_address_contradicts_a_name_alone_and_is_told_of_more(
    findings: tuple[Finding, ...], code: str
) -> None:
    found = weighed(identified(*findings), Sender(ADDRESS, frozenset({FINANCE})))
    assert (codes(found)[-1], found.stranger, found.unit) == (code, True, EDUCATION)
    assert found.findings[-1]["owner"] == (FINANCE,)


def test_an_address_that_is_not_the_units_is_told_where_the_units_are_known() -> None:
    assert codes(weighed(identified(), Sender(ADDRESS, unit_known=True))) == ["sender_unknown"]
    quiet = weighed(identified(), Sender(ADDRESS))
    assert (codes(quiet), quiet.stranger) == ([], False)
    assert weighed(identified(), Sender(ADDRESS, proven=False)).stranger


def test_an_address_gives_a_form_without_a_name_no_unit() -> None:
    found = weighed(identified(unit=None), Sender(ADDRESS, frozenset({FINANCE})))
    assert (found.unit, codes(found), found.stranger) == (None, ["sender_known"], False)


def keys(*said: str) -> list[Signal]:
    return [
        Signal(Source.KEYS, NOWHERE, "\n".join(said)),
        Signal(Source.UNIT, NOWHERE, EDUCATION),
        Signal(Source.PERIOD, NOWHERE, "2022年12月"),
    ]


def test_a_name_alone_waits_unless_most_of_the_printed_keys_are_the_units() -> None:
    for said, code in (
        (keys("T01", "T02", "X9"), "weak_identity"),
        (keys("T01", "X9"), "claimed_identity"),
        (keys("X8", "X9"), "claimed_identity"),
        (keys()[1:], "claimed_identity"),
    ):
        assert codes(confirmed(identified(weak()), said, KEYS)) == [code], said


def test_what_says_more_than_a_name_does_not_wait() -> None:
    assert codes(confirmed(identified(), keys("X9"), KEYS)) == []
    number = identified(weak(Source.NUMBER))
    assert confirmed(number, keys("X9"), KEYS) == number
