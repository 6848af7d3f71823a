"""The whole round trip on the real plan: a clerk at the command line, a unit at LibreOffice."""

import csv
import io
from pathlib import Path

import docx
import openpyxl
import pytest

from edu_sheet import form
from edu_sheet.cli import program as cli
from edu_sheet.form.layout import FORM_SHEET
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Month
from edu_sheet.words.place import column_letter
from tests.support import builders, office
from tests.support.places import ROOT
from tests.support.session import Session

UNIT = "县财政局"
DECEMBER = Month(2022, 12)
TEXTS = {
    5: "已落实心理健康教育经费：按生均每年10元单列。\n下一步按季拨付。",
    15: "=配合开展骨干教师评选",
    18: "①完成配建资金测算；②85%已列入预算。",
    19: "（一）经费已保障；\n（二）设备招标中。",
    23: "一般公共预算教育支出只增不减，𠮷日拨付到位。",
}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Return a workspace in which December's forms have gone out."""
    folder = tmp_path_factory.mktemp("往返") / "督办"
    assert cli.run(["init", str(folder), "--example"]) == 0
    session = Session(folder)
    assert session("generate", "2022-12").status == 0
    return session


def sent(session: Session) -> Form:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return ledger.forms.latest(DECEMBER)[UNIT].form


def typed(session: Session) -> list[office.Step]:
    """Return what the unit's person types: each text in its 进展情况."""
    made = sent(session)
    places = form.progress_places(made)
    steps: list[office.Step] = []
    for row in made.rows:
        line, column = places[row.key]
        steps.append(("type", FORM_SHEET, f"{column_letter(column)}{line}", TEXTS[row.number]))
    return steps


def collected(session: Session, file: Path, received: str) -> dict[int, str]:
    said = session("collect", file, "--received", received, "--json")
    (one,) = said.json["submissions"]
    assert one["verdict"] == "accepted", one
    assert (one["unit"], one["period"]) == (UNIT, "2022-12")
    table = csv.DictReader(io.StringIO(session("export", "2022-12").out, newline=""))
    return {int(row["task"]): row["text"] for row in table if row["unit"] == UNIT}


@pytest.mark.office
@pytest.mark.parametrize(
    ("ending", "filters", "received"),
    [
        ("xlsx", office.XLSX, "2022-12-28"),
        ("xls", office.XLS, "2022-12-29"),
        ("ods", office.ODS, "2022-12-30"),
    ],
)
def test_what_a_unit_types_in_libreoffice_is_collected_to_the_letter(
    issued: Session, tmp_path: Path, ending: str, filters: str, received: str
) -> None:
    source = Workspace(issued.folder).form(DECEMBER, UNIT)
    target = tmp_path / f"县财政局回传.{ending}"
    assert office.drive(source, typed(issued), target, filters) == list(TEXTS.values())
    assert collected(issued, target, received) == TEXTS


@pytest.mark.office
def test_a_sorted_and_unlocked_form_is_still_collected_task_by_task(
    issued: Session, tmp_path: Path
) -> None:
    made = sent(issued)
    first = min(form.progress_places(made).values())[0]
    area = f"A{first}:I{first + len(made.rows) - 1}"
    source = Workspace(issued.folder).form(DECEMBER, UNIT)
    target = tmp_path / "县财政局排序.xlsx"
    steps = [
        *typed(issued),
        ("select", FORM_SHEET, area),
        ("do", ".uno:Protect"),
        ("do", ".uno:SortDescending"),
    ]
    office.drive(source, steps, target)
    sheet = openpyxl.load_workbook(target)[FORM_SHEET]
    numbers = [sheet.cell(first + line, 1).value for line in range(len(made.rows))]
    assert numbers == sorted(TEXTS, reverse=True)  # it was sorted
    assert collected(issued, target, "2022-12-31") == TEXTS


@pytest.mark.office
def test_two_progress_cells_merged_in_libreoffice_wait_for_a_person(
    issued: Session, tmp_path: Path
) -> None:
    made = sent(issued)
    first, second = sorted(form.progress_places(made).values())[:2]
    area = f"{column_letter(first[1])}{first[0]}:{column_letter(first[1])}{second[0]}"
    target = tmp_path / "县财政局合并.xlsx"
    steps: list[office.Step] = [("select", FORM_SHEET, area), ("do", ".uno:MergeCells")]
    office.drive(Workspace(issued.folder).form(DECEMBER, UNIT), [*steps, *typed(issued)], target)
    (one,) = issued("collect", target, "--received", "2022-12-27", "--json").json["submissions"]
    assert one["verdict"] == "attention"
    assert "merged_progress" in {finding["code"] for finding in one["findings"]}
    assert issued("resolve", one["id"], "--reject").status == 0


def test_a_quarter_on_the_real_plan_ends_in_a_master_and_a_summary(tmp_path: Path) -> None:
    folder = tmp_path / "督办"
    plan = ROOT / "examples" / "方案原文.docx"
    session = Session(folder)
    assert session("init", folder, "--plan", plan).status == 0
    checked = session("check", "--json").json
    assert checked["errors"] == []
    assert len(checked["plan"]["tasks"]) == 24
    workspace = Workspace(folder)
    for period in ("2022-12", "2022Q4"):
        made = session("generate", period, "--json").json["forms"]
        for one in made:
            data = (folder / one["file"]).read_bytes()
            texts = {task["number"]: f"{one['unit']}的进展。" for task in one["tasks"]}
            name = Path(one["file"]).name
            (workspace.inbox / f"{name}（已填）").write_bytes(builders.fill(data, texts))
        said = session("collect", "--received", "2022-12-30", "--json")
        assert said.status == 0, said.out
        assert {one["verdict"] for one in said.json["submissions"]} == {"accepted"}
        status = session("status", period, "--json")
        assert status.status == 0
        assert {one["state"] for one in status.json["units"]} == {"returned"}
        assert session("merge", period).status == 0
    assert list(workspace.inbox.iterdir()) == []
    assert session("report", "2022Q4").status == 0
    printed = "\n".join(
        paragraph.text
        for paragraph in docx.Document(str(folder / "成果" / "2022Q4" / "季度总结.docx")).paragraphs
    )
    assert "县教育局的进展。" in printed
    assert "全市教育大会精神重点任务分工方案" in printed
