"""Nothing reads a sentence: with nonsense in the catalogue all but the words is as before."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.sentences import catalogue
from tests.collect.test_resolve import below, edited, nameless, stray
from tests.support.builders import EDUCATION, FINANCE, fill
from tests.support.post import parsed, workspace
from tests.support.session import Said, Session

# What a reader of sentences would fall for: another task, unit, period and place.
NONSENSE = "※第99项的进展情况格与 胡表!Z9 合并，“胡局”2021-01 却是“乱局”2021Q1※"
ORDER = ("文件", "编号", "收到", "单位", "期次")


def nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every sentence and phrase of the catalogue say the same nonsense."""
    said = {name: (severity, NONSENSE) for name, (severity, _) in catalogue.CATALOGUE.items()}
    monkeypatch.setattr(catalogue, "CATALOGUE", said)
    phrases = {name: dict.fromkeys(words, "胡") for name, words in catalogue.PHRASES.items()}
    monkeypatch.setattr(catalogue, "PHRASES", phrases)


def quarter_of_troubles(session: Session) -> list[Any]:
    """Go through everything that findings feed; return what is left when the words are gone."""
    told: list[Any] = []

    def run(*words: object) -> Said:
        said = session(*words)
        told.append((words[0], said.status))
        return said

    inbox = session.folder / "收件箱"
    education, finance = (
        (session.folder / f"下发/2022-12/2022-12_{unit}.xlsx").read_bytes()
        for unit in (EDUCATION, FINANCE)
    )
    (inbox / "1.xlsx").write_bytes(edited(fill(education, {1: "甲"}), stray))
    (inbox / "2.xlsx").write_bytes(edited(fill(finance, {1: "乙", 2: "无"}), nameless))
    (inbox / "3.pdf").write_bytes(b"%PDF-1.7\n")
    told.append(of_submissions(run("collect", "--received", "2022-12-30", "--json")))
    (inbox / "4.xlsx").write_bytes(edited(fill(education, {3: "丙"}), below))
    told.append(of_submissions(run("collect", "--received", "2022-12-31", "--json")))
    told.append(commands(session))
    take = run("resolve", 1, "--take", "填报表!L7", "--task", 3, "--json")
    told.append(of_submissions(take))
    told.append(commands(session))
    assign = ("--unit", FINANCE, "--period", "2022-12")
    told.append(of_submissions(run("resolve", 2, *assign, "--json")))
    told.append(of_submissions(run("resolve", 4, "--take", "B15", "--task", 4, "--json")))
    told.append(of_submissions(run("resolve", 1, "--accept", "--json")))
    told.append(run("status", "2022-12", "--json").json)
    exported = csv.DictReader(io.StringIO(run("export", "2022-12").out))
    told.append([{**row, "sha256": ""} for row in exported])
    run("merge", "2022-12")
    told.append(problems(session.folder / "成果/2022-12/总表.xlsx"))
    run("report", "2022-12")
    run("mail", "2022-12", "--receipt")
    told += map(asked, sorted((session.folder / "下发/2022-12/邮件").rglob("*.eml")))
    told.append([one["code"] for one in run("check", "--json").json["doubts"]])
    return told


def of_submissions(said: Said) -> Any:
    """Return what a command says of submissions, but for the sentences."""
    found = said.json["submissions"]
    for submission in found:
        for finding in submission["findings"]:
            finding.pop("message")
        submission.pop("sha256")
    return json.loads(json.dumps(found))


def commands(session: Session) -> list[str]:
    """Return the commands of the .txt in 待处理, which say what may be decided."""
    notes = sorted((session.folder / "待处理").glob("*.txt"))
    lines = [line for one in notes for line in one.read_text(encoding="utf-8-sig").splitlines()]
    found = [line for line in lines if line.startswith("edu-sheet")]
    return [re.sub(r'-w "[^"]*"|"[^"]*待处理', "", line) for line in found]


def asked(letter: Path) -> tuple[str, list[str]]:
    """Return what a receipt asks a unit to mend: in words of its own, by what was found."""
    body = parsed(letter.read_bytes()).get_body()
    assert body is not None
    lines = str(body.get_content()).splitlines()
    return letter.name, [line for line in lines if "项" in line or "栏" in line]


def problems(path: Path) -> list[tuple[object, ...]]:
    """Return 问题清单 without what was found in words."""
    rows = openpyxl.load_workbook(path)["问题清单"].iter_rows(min_row=4, values_only=True)
    return [row[:6] for row in rows if row[0]]


def test_with_nonsense_for_sentences_everything_but_the_words_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = quarter_of_troubles(workspace(tmp_path / "原"))
    nonsense(monkeypatch)
    after = quarter_of_troubles(workspace(tmp_path / "胡"))
    assert after == before
    assert NONSENSE in shown(tmp_path / "胡"), "the nonsense was shown"


def shown(folder: Path) -> str:
    book = openpyxl.load_workbook(folder / "成果/2022-12/总表.xlsx")["问题清单"]
    return "".join(str(cell) for row in book.iter_rows(values_only=True) for cell in row)
