"""However a form is mangled, no text ends up under another task, and none vanishes.

Each file has three to six manglings at once and was saved by LibreOffice as xlsx, xls or ods, or by
openpyxl. tests/support/manglings.py makes them, and many thousands more by hand.
"""

from dataclasses import replace

import pytest

from tests.support import manglings
from tests.support.manglings import MANGLINGS, case, checked, outcomes, run

SEED, COUNT = 1, 160
pytestmark = pytest.mark.once


@pytest.mark.office
def test_every_text_stands_under_its_task_or_is_named_or_the_file_waits() -> None:
    counted, wrong = run(COUNT, SEED)
    assert wrong == []
    assert counted["file accepted"] + counted["file attention"] == COUNT
    assert min(counted["taken"], counted["told"], counted["waits"]) > 50, counted
    assert all(counted[one.__name__] for one in MANGLINGS), counted
    assert len(MANGLINGS) > 20


def test_a_text_in_the_wrong_place_and_one_that_vanished_would_be_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(manglings, "MANGLINGS", (manglings.sorted_whole,) * 6)
    one = case(SEED, 2)
    result = checked(one.one.form, one.data)
    assert {outcome for outcome, _ in outcomes(one.one, result)} == {"taken"}
    first, second, *rest = result.entries
    swapped = (replace(first, text=second.text), replace(second, text=first.text), *rest)
    said = [outcome for outcome, _ in outcomes(one.one, replace(result, entries=swapped))]
    assert said.count("WRONG") == 2
    said = [outcome for outcome, _ in outcomes(one.one, replace(result, entries=(second, *rest)))]
    assert said.count("LOST") == 1
    other = replace(result, unit="县财政局")
    assert {outcome for outcome, _ in outcomes(one.one, other)} == {"WRONG"}
