"""The long table as a DataFrame, for people who analyse."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

import edu_sheet
from edu_sheet.app import long_table
from edu_sheet.issue import generate
from edu_sheet.kit.files import write_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.errors import EduSheetError
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    moment,
    new_workspace,
    report,
    small_plan,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace, ledger = new_workspace(tmp_path / "督办")
    write_bytes(workspace.plan, write_workbook(small_plan()))
    with ledger:
        for month in (NOVEMBER, DECEMBER):
            generate.generate(
                workspace, small_plan(), ledger, month, None, force=False, now=CREATED
            )
        report(ledger, FINANCE, NOVEMBER, {1: "00123"}, at=moment("2022-11-29"))
        report(ledger, EDUCATION, DECEMBER, {1: "=甲", 3: "乙"}, at=moment("2022-12-28T09:30"))
        report(ledger, FINANCE, DECEMBER, {4: "丙"}, at=moment("2022-12-29"))
    return workspace.root


def test_the_long_table_of_several_periods_is_a_data_frame(folder: Path) -> None:
    table = edu_sheet.entries(folder, ["2022-11", "2022-12"])
    assert tuple(table.columns) == long_table.COLUMNS
    assert [*table[["period", "task", "unit", "role", "text"]].itertuples(index=False)] == [
        ("2022-11", 1, FINANCE, "responsible", "00123"),
        ("2022-12", 1, EDUCATION, "lead", "=甲"),
        ("2022-12", 3, EDUCATION, "lead", "乙"),
        ("2022-12", 4, FINANCE, "lead", "丙"),
    ]


def test_it_is_made_for_counting(folder: Path) -> None:
    table = edu_sheet.entries(str(folder), "2022-12")
    assert table.groupby("unit")["text"].count().to_dict() == {EDUCATION: 2, FINANCE: 1}
    assert pd.api.types.is_integer_dtype(table["task"])
    received = table["received_at"]
    assert received.dt.tz is not None
    assert received.max() - received.min() == timedelta(hours=14, minutes=30)
    assert received.min() == moment("2022-12-28T09:30")


def test_a_period_in_which_nobody_reported_has_no_rows(folder: Path) -> None:
    table = edu_sheet.entries(folder, "2022Q4")
    assert (len(table), tuple(table.columns)) == (0, long_table.COLUMNS)


def test_what_cannot_be_read_is_said_as_the_commands_say_it(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EduSheetError, match="2022年12月"):
        edu_sheet.entries(folder, "2022年12月")
    with pytest.raises(EduSheetError):
        edu_sheet.entries(tmp_path / "别处", "2022-12")


def test_to_import_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, edu_sheet; assert 'entries' in edu_sheet.__all__\n"
        "print([name for name in ('pandas', 'openpyxl', 'click') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_pandas_is_imported_for_the_long_table_alone() -> None:
    package = Path(edu_sheet.__file__).parent
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "import pandas" in path.read_text(encoding="utf-8")
    }
    assert users == {"app/long_table.py", "app/entries.py"}
