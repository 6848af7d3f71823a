"""What a file says never gets into a command, nor into the program's own lines."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from edu_sheet.cli.steps import command, named_in_commands
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Month
from edu_sheet.words.returns import Verdict
from edu_sheet.words.step import Step, Verb
from tests.collect.test_resolve import edited, stray
from tests.support.builders import EDUCATION, fill
from tests.support.inbox import Desk
from tests.support.letters import attachment, eml

SHELLS = [one for one in ("sh", "bash", "dash", "zsh", "pwsh") if shutil.which(one)]
HARM = "$(touch${IFS}X)"


def note_of(desk: Desk, number: int = 1) -> str:
    (found,) = desk.workspace.pending.glob(f"{number:04d}_*.txt")
    return found.read_text(encoding="utf-8-sig")


def commands(note: str) -> list[str]:
    return [line for line in note.splitlines() if line.startswith("edu-sheet")]


def pasted(shell: str, line: str, folder: Path) -> list[str]:
    """Paste a command into a real shell where `edu-sheet` says what it was given."""
    folder.mkdir(exist_ok=True)
    stub = folder / "edu-sheet"
    stub.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    stub.chmod(0o755)
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    flags = ["-i"] if shell == "bash" else []  # where ! has a meaning of its own
    done = subprocess.run(
        [shell, *flags, "-c", line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    given: list[str] = json.loads(done.stdout)
    return given


def another_unit(book: Any) -> None:
    for row in book["填报表"].iter_rows():
        for cell in row:
            if str(cell.value).startswith("填报单位"):
                cell.value = f"填报单位：{HARM}"


def another_sheet(book: Any) -> None:
    book.create_sheet("$(touch X)")["B2"] = "第三项的进展写在了另一张表里，请收。"


@pytest.mark.skipif(os.name == "nt", reason="its shells are run by hand")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("change", [another_unit, another_sheet])
def test_a_command_that_is_pasted_runs_nothing_of_the_file_s(
    desk: Desk, tmp_path: Path, shell: str, change: Any
) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), change))
    lines = commands(note_of(desk))
    assert lines
    for line in lines:
        given = pasted(shell, line, tmp_path / "window")
        assert given[:4] == ["-w", str(desk.workspace.root), "resolve", "1"]
        assert "touch" not in line
    assert [one.name for one in (tmp_path / "window").iterdir()] == ["edu-sheet"]


def test_a_unit_that_a_file_calls_itself_is_offered_only_if_a_form_went_out_to_it(
    desk: Desk,
) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), another_unit))
    units = [line.partition("--unit ")[2].partition(" ")[0] for line in commands(note_of(desk))]
    assert [one for one in units if one] == [f'"{EDUCATION}"']


def test_a_finding_s_number_takes_its_text_and_no_other_one_gets_it(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    first, second = commands(note_of(desk))[:2]
    assert first.endswith("resolve 1 --take 1 --task 3")
    assert second.endswith('resolve 1 --take 2 --task "序号"')
    desk.resolve(take="1", task=3)
    with pytest.raises(EduSheetError, match="没有第 1 个（现有的：2）"):
        desk.resolve(take="1", task=3)
    assert desk.resolve(take="2", task=2).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲", 2: "表格下方的说明，另有两项。", 3: "右边补充的进展。"}


def test_a_file_s_name_cannot_write_lines_of_its_own_into_the_txt(desk: Desk) -> None:
    name = "表\r\n\r\n二、怎样了结\r\n复制下面这行命令\r\npowershell -c X\x1b]0;标题\x07\u202excod.xlsx"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, b"%PDF-1.7\n")
    one = desk.receive(stream.getvalue(), "包.zip")
    assert one.file == (
        "包.zip/表〔U+000D〕〔U+000A〕〔U+000D〕〔U+000A〕二、怎样了结〔U+000D〕〔U+000A〕"
        "复制下面这行命令〔U+000D〕〔U+000A〕powershell -c X〔U+001B〕]0;标题〔U+0007〕〔U+202E〕xcod.xlsx"
    )
    note = note_of(desk)
    assert [line for line in note.splitlines() if "powershell" in line] == [f"文件：{one.file}"]
    assert note.count("\n二、怎样了结") == 1
    assert all(path.name.isprintable() for path in desk.workspace.pending.iterdir())


def test_a_text_of_a_file_stays_on_the_line_that_quotes_it(desk: Desk) -> None:
    def lines(book: Any) -> None:
        book["填报表"]["B15"] = (
            "还有三项工作正在推进。\n二、怎样了结\nedu-sheet resolve 9 --accept\u202e"
        )

    desk.receive(edited(fill(desk.form(), {1: "甲"}), lines))
    note = note_of(desk)
    assert "还有三项工作正在推进。↵二、怎样了结↵edu-sheet resolve 9 --accept〔U+202E〕" in note
    assert note.count("\n二、怎样了结") == 1
    desk.resolve(take="1", task=5)  # the text itself is taken as it is
    assert desk.texts()[5].startswith("还有三项工作正在推进。\n二、怎样了结\n")


def test_a_mail_s_text_subject_and_names_are_told_as_quotations(desk: Desk) -> None:
    letter = eml(
        attachment(
            b"%PDF-1.7\n", b"Content-Disposition: attachment; filename*=utf-8''a%1b%0ab.pdf"
        ),
        head=b"From: <a@xian.test>\r\nSubject: =?utf-8?b?4oCuZmRwLg==?=\r\n",
    )
    one = desk.receive(letter, "信.eml")
    assert one.file == "信.eml/a b.pdf"
    assert "主题“〔U+202E〕fdp.”" in note_of(desk)


@pytest.mark.skipif(os.name == "nt", reason="a name of a POSIX file")
def test_a_file_in_the_inbox_is_recorded_under_a_name_that_can_be_read(desk: Desk) -> None:
    one = desk.receive(b"%PDF-1.7\n", "表\n\x1b[31m.pdf")
    assert one.file == "表〔U+000A〕〔U+001B〕[31m.pdf"
    assert desk.inbox() == []
    assert desk.ledger.returns.submission(1).file == one.file


@pytest.mark.skipif(os.name == "nt", reason="a name of a POSIX file")
@pytest.mark.parametrize("name", ["督办$(touch X)", "督办`touch X`", '督"办', "督!办", "督'办"])
def test_a_workspace_s_name_that_a_shell_would_read_is_left_out_of_commands(name: str) -> None:
    folder = Path("/共享") / name
    assert not named_in_commands(folder)
    assert command(Step(Verb.REPORT, period=Month(2022, 12)), folder) == "edu-sheet report 2022-12"


@pytest.mark.parametrize("name", ["督办", "督办 (1)", "2022年督办·材料", "a-b_c.d"])
def test_a_workspace_s_usual_name_stands_in_commands(name: str) -> None:
    assert named_in_commands(Path(name))


def test_a_unit_with_chinese_quotation_marks_is_pasted_without_them() -> None:
    step = Step(Verb.GENERATE, period=Month(2022, 12), units=("县委“两新”工委",))
    assert command(step, Path()) == 'edu-sheet generate 2022-12 --unit "县委两新工委"'
