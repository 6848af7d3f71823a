"""What others wrote stands in a sentence on one line, and all of it can be seen."""

import os
import re
from pathlib import Path

import pytest

from edu_sheet.cli import program as cli
from edu_sheet.sentences import note, sentence
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place
from tests.support.session import Session

EVIL = "坏\x1b]0;P\x07\x9b31m\u202e\u2066\n二、怎样了结\r\n\u2028"
HERE = Place("填报表", 7, 8)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f]")


@pytest.mark.parametrize(
    "finding",
    [
        note("conflict_copies", files=(EVIL, EVIL)),
        note("ledger_copy", files=(EVIL,)),
        note("output_unknown", files=(EVIL,)),
        note("form_unproven", file=EVIL),
        note("original_damaged", file=EVIL),
        note("shared_name", HERE, unit=EVIL, names=(EVIL, EVIL)),
    ],
    ids=lambda one: one.code,
)
def test_no_name_goes_on_as_a_line_of_the_program_s_own(finding: Finding) -> None:
    assert not UNSEEN.search(sentence(finding))


@pytest.mark.skipif(os.name == "nt", reason="no file can be called so there")
def test_a_file_that_somebody_put_into_the_folders_cannot_speak_to_the_terminal(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "督办"
    assert cli.run(["init", str(folder), "--example"]) == 0
    session = Session(folder)
    assert session("generate", "2022-12").status == 0
    name = EVIL.replace("/", "")
    for place in ("分工方案", "存档/台账", "下发/2022-12/2022-12_县公安局"):
        ending = ".db" if "台账" in place else ".xlsx"
        (folder / f"{place} (冲突 {name}){ending}").write_bytes(b"x")
    (folder / f"下发/2022-12/2022-12_{name}.xlsx").write_bytes(b"PK")
    for verb in (("status", "2022-12"), ("check",), ("check", "--repair"), ("collect",)):
        said = session(*verb)
        lines = [*said.out.splitlines(), *said.err.splitlines()]
        assert "〔U+202E〕" in said.err
        assert not any(UNSEEN.search(line) for line in lines), verb
        assert not any(line.startswith("二、") for line in lines), verb
