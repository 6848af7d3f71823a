"""The demo's quarter: what README's main job gives on a machine that has just been set up."""

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.cli import program as cli
from edu_sheet.cli.demo import demo
from edu_sheet.facts.status import unit_status
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.period import parse_period
from edu_sheet.words.returns import State, Verdict
from tests.support import fonts, office
from tests.support.pages import pages_of
from tests.support.summary_sample import dump
from tests.support.workbook_text import check_golden

MONTHS = tuple(parse_period(name) for name in ("2022-10", "2022-11", "2022-12"))
QUARTER = parse_period("2022Q4")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("演示") / "demo"
    for _ in demo(folder):
        pass
    return Workspace(folder)


def test_the_demo_shows_what_happens_in_every_county(workspace: Workspace) -> None:
    with Ledger.open(workspace.ledger) as ledger:
        found = ledger.returns.submissions()
        december = {one.unit: one.state for one in unit_status(ledger, MONTHS[2])}
        november = {one.unit: one.state for one in unit_status(ledger, MONTHS[1])}
    codes = {finding.code for one in found for finding in one.findings}
    assert {"duplicate", "locked_cell_changed", "wrong_period"} <= codes
    assert december["新华书店"] is State.MISSING
    assert november["县水利局"] is State.LATE
    assert [one.verdict for one in found].count(Verdict.ATTENTION) == 1
    assert len([path for path in workspace.pending.iterdir() if path.suffix == ".txt"]) == 1


def test_the_demo_leaves_a_master_for_every_period_and_a_summary(workspace: Workspace) -> None:
    for period in (*MONTHS, QUARTER):
        assert (workspace.results(period) / "总表.xlsx").stat().st_size > 10_000
    assert (workspace.results(QUARTER) / "季度总结.docx").stat().st_size > 10_000
    assert list(workspace.inbox.iterdir()) == []


def test_every_sample_text_says_that_it_is_one(workspace: Workspace) -> None:
    with Ledger.open(workspace.ledger) as ledger:
        assert all("示例" in entry.text for entry in ledger.entries.of([*MONTHS, QUARTER]))


def test_the_summary_of_the_demo_reads_as_ever(workspace: Workspace) -> None:
    data = (workspace.results(QUARTER) / "季度总结.docx").read_bytes()
    check_golden("summary_demo.txt", dump(data))


def test_the_numbers_in_the_chart_are_the_ledgers(workspace: Workspace) -> None:
    data = (workspace.results(QUARTER) / "季度总结.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = next(name for name in package.namelist() if name.endswith(".xlsx"))
        sheet = openpyxl.load_workbook(io.BytesIO(package.read(name))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    with Ledger.open(workspace.ledger) as ledger:
        told = {period: unit_status(ledger, period) for period in (*MONTHS, QUARTER)}
    for period, row in zip((*MONTHS, QUARTER), rows[1:], strict=True):
        assert sum(int(str(value or 0)) for value in row[1:]) == len(told[period])


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "我的文件.txt").write_text("勿动", encoding="utf-8")
    assert cli.run(["demo", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["我的文件.txt"]


@pytest.mark.office
def test_with_deadlines_a_bulletin_is_one_page_and_a_paper_of_demand_two(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = shutil.copytree(workspace.root, tmp_path / "demo")
    assert app.check(folder, deadlines=True).added
    for month in MONTHS:
        made = app.report(folder, month).result
        (page,) = pages_of(office.convert(made.path, "pdf", tmp_path))
        assert "报送情况" in page.text
    assert "到期事项" in page.text
    longest = max(app.supervise(folder, QUARTER).result.papers, key=lambda one: len(one.unit))
    paper, slip = pages_of(office.convert(longest.path, "pdf", tmp_path))
    assert "签发人" in paper.text
    assert "督办回执" in slip.text


@pytest.mark.office
def test_with_deadlines_a_summary_is_eight_pages_in_the_fonts_of_official_documents(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.require()
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts.real_fonts(tmp_path)))
    folder = shutil.copytree(workspace.root, tmp_path / "demo")
    assert app.check(folder, deadlines=True).added
    summary = app.report(folder, QUARTER, pdf=True).result.pdf
    assert summary is not None
    pages = pages_of(summary)
    assert len(pages) <= 8
    for day in ("2022.12.31", "2024.10.31", "2029.12.31", "2034.12.31"):
        assert day in pages[-2].text + pages[-1].text, "no date is broken"
