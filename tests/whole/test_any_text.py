"""Whatever a unit can write comes out at the other end as it went in."""

import re
import tempfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edu_sheet import reading, summary
from edu_sheet.collect import collect
from edu_sheet.issue import generate
from edu_sheet.master.merging import merge as master
from edu_sheet.rules.standing import standing
from edu_sheet.summary.content.wording import paragraphs
from edu_sheet.words.returns import Verdict
from edu_sheet.words.substance import seen
from tests.support import builders
from tests.support.builders import DECEMBER, FINANCE, fill, moment, small_plan

pytestmark = pytest.mark.once

# What a cell of a workbook can hold: no control characters, no lone surrogates, no U+FFFE, U+FFFF.
_CELL = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        exclude_characters="\ufffe\uffff",
        include_characters="\n\t",
    ),
    min_size=1,
    max_size=300,
)
_LIKELY = st.text(
    "＝=+-@①②③。，；、“”\"'()（）【】1:0 \n\u3000_x000D_𠮷é县财政局abc,.;!?%", min_size=1
)
TEXT = st.one_of(_CELL, _LIKELY).filter(lambda text: text.strip())
RECEIVED = moment("2022-12-30T10:00")


@example(texts=["_x0000_", "甲_x000D_乙", "_x005F_x0041_x0042_"])
@example(texts=["<r>_x0041_</r>", "=_x0041_", "__x0041__"])
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXT, min_size=3, max_size=3))
def test_any_text_goes_through_form_return_ledger_and_master(texts: list[str]) -> None:
    written = dict(zip((1, 2, 4), texts, strict=True))  # 县财政局's tasks of the small plan
    with tempfile.TemporaryDirectory() as folder:
        workspace, ledger = builders.new_workspace(Path(folder) / "督办")
        with ledger:
            plan = small_plan()
            generate.generate(
                workspace, plan, ledger, DECEMBER, None, force=False, now=builders.CREATED
            )
            blank = workspace.form(DECEMBER, FINANCE).read_bytes()
            escaped = {number: _escaped(text) for number, text in written.items()}
            (workspace.inbox / "表.xlsx").write_bytes(fill(blank, escaped))
            found = collect(workspace, ledger, None, received_at=RECEIVED, now=RECEIVED).submissions
            assert [one.verdict for one in found] == [Verdict.ACCEPTED], found
            stands = standing(ledger.entries.of([DECEMBER]))
            number = {task.key: task.number for task in plan.tasks}
            collected = {number[key]: entry.text for (_, key), entry in stands.items()}
            expected = {key: text for key, text in written.items() if seen(text)}
            assert collected == expected
            merged = master.merge(workspace, plan, ledger, DECEMBER, now=RECEIVED)
            cells = _cells(merged.path)
            for text in expected.values():
                assert any(f"】\n{text}" in cell for cell in cells), text
            report = summary.report(
                workspace, plan, ledger, DECEMBER.quarter, now=RECEIVED, full_texts=True
            )
            printed = _paragraphs(report.path)
            for text in expected.values():
                for wanted in paragraphs(text):  # by the typographic rules that it states
                    assert any(said.endswith(wanted) for said in printed), wanted


def _escaped(text: str) -> str:
    """Return a text as Excel writes it: what looks like an escape escaped; openpyxl does not."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a Word document, as Word shows them."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def _cells(path: Path) -> list[str]:
    """Return the texts of 总表, as Excel shows them."""
    (sheet,) = [one for one in reading.read(path.read_bytes()).sheets if one.name == "总表"]
    return [cell.text for cell in sheet.cells.values()]
