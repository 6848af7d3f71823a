"""A short run of mutated files; tests/support/fuzz_reading.py is the long one."""

from pathlib import Path

import pytest

from edu_sheet.kit.reader import limits
from tests.support import office
from tests.support.builders import written
from tests.support.fuzz_reading import run


def test_a_mutated_form_is_read_or_refused() -> None:
    outcomes, longest = run([written()], 400, seed=20221205)
    assert outcomes["read"] > 50
    assert outcomes["damaged"] > 50
    assert longest < limits.SECONDS


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods", "fods"])
def test_a_mutated_form_of_another_format_is_read_or_refused(ending: str, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(written())
    outcomes, longest = run([office.convert(form, ending, tmp_path).read_bytes()], 300, seed=1)
    assert outcomes["read"] > 30
    assert outcomes["damaged"] > 30
    assert longest < limits.SECONDS
