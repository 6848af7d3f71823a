"""What `merge` and `generate` say on the terminal, and the exit status that goes with it."""

from pathlib import Path

import openpyxl
import pytest

from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.kit.files import write_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.store.workspace import Workspace
from tests.support.builders import small_plan, with_task
from tests.support.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A plan is there, and November's forms went out."""
    session = Session(tmp_path / "工作区")
    assert session("init", session.folder, "--example").status == DONE
    write_bytes(Workspace(session.folder).plan, write_workbook(small_plan()))
    assert session("generate", "2022-11").status == DONE
    return session


def test_missing_units_are_counted_and_left_to_a_person(session: Session) -> None:
    said = session("merge", "2022-11")
    assert said.status == NEEDS_A_PERSON
    assert "未报 6 条，请处理或催报" in said.out
    assert "未报 6 条（未报的：2022年11月 6 条）" in session("merge", "2022Q4").out


def test_a_row_of_hers_that_fits_no_task_is_quoted(session: Session) -> None:
    session("merge", "2022-11")
    path = session.folder / "成果" / "2022-11" / "总表.xlsx"
    book = openpyxl.load_workbook(path)
    book["总表"].insert_rows(6)
    book["总表"]["D6"] = "会上口头补充的一段。"
    book.save(path)
    said = session("merge", "2022-11")
    assert said.status == NEEDS_A_PERSON
    assert "会上口头补充的一段。" in said.out
    assert "对应不上任何任务" in said.out


def test_a_task_typed_over_another_is_asked_about_before_its_forms_are_mailed(
    session: Session,
) -> None:
    another = with_task(
        small_plan(), 2, goal="改造乡镇卫生院", requirements="年内完成三所卫生院的主体工程。"
    )
    write_bytes(Workspace(session.folder).plan, write_workbook(another))
    assert "如是另一项任务" in session("check").out.replace("\n", "")
    said = session("generate", "2022-12")
    assert said.status == NEEDS_A_PERSON
    assert "第2项的目标任务和具体要求都换了内容" in said.out
