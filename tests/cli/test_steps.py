"""What a person at a terminal reads of a next step: words, and a command that can be pasted."""

import pickle
from pathlib import Path

import pytest

from edu_sheet.cli.steps import command, explain_error, next_sentence
from edu_sheet.words.errors import EduSheetError, OutputError
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Month
from edu_sheet.words.returns import Action
from edu_sheet.words.step import AGAIN, Step, Verb

HERE = Path()
DECEMBER = Month(2022, 12)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step(Verb.CREATE), "edu-sheet init 文件夹名"),
        (Step(Verb.CREATE, file=Path("方案.docx")), "edu-sheet init 文件夹名 --plan 方案.docx"),
        (Step(Verb.CHECK, deadlines=True), "edu-sheet check --deadlines"),
        (Step(Verb.GENERATE), "edu-sheet generate 期次"),
        (
            Step(Verb.GENERATE, period=DECEMBER, units=("县财政局", "县 局"), force=True),
            "edu-sheet generate 2022-12 --unit 县财政局 --unit 县 局 --force",
        ),
        (
            Step(Verb.MAIL, period=DECEMBER, kind=MailKind.REMINDER, how=How.PREVIEW),
            "edu-sheet mail 2022-12 --remind --dry-run",
        ),
        (
            Step(Verb.MAIL, period=DECEMBER, kind=MailKind.FORM, how=How.SEND, units=("县财政局",)),
            "edu-sheet mail 2022-12 --send --again 县财政局",
        ),
        (
            Step(Verb.COLLECT, submission=7, password=True),
            "edu-sheet collect --again 7 --password",
        ),
        (Step(Verb.RESOLVE, submission=7, action=Action.ACCEPT), "edu-sheet resolve 7 --accept"),
        (Step(Verb.RESOLVE, submission=7, action=Action.REJECT), "edu-sheet resolve 7 --reject"),
        (Step(Verb.RESOLVE, submission=7, action=Action.UNDO), "edu-sheet resolve 7 --undo"),
        (
            Step(
                Verb.RESOLVE,
                submission=7,
                action=Action.ASSIGN,
                units=("县财政局",),
                period=DECEMBER,
            ),
            "edu-sheet resolve 7 --unit 县财政局 --period 2022-12",
        ),
        (
            Step(Verb.RESOLVE, submission=7, action=Action.TAKE, finding=2, task=3),
            "edu-sheet resolve 7 --take 2 --task 3",
        ),
        (
            Step(Verb.REPORT, period=DECEMBER.quarter, units=("县财政局",)),
            "edu-sheet report 2022Q4 --unit 县财政局",
        ),
        (Step(Verb.STORE_PASSWORD, account="a@xian.test"), "keyring set edu-sheet a@xian.test"),
    ],
)
def test_a_step_is_a_command_that_the_program_takes(step: Step, said: str) -> None:
    assert command(step, HERE).replace('"', "") == said


def test_a_command_names_the_workspace_unless_the_window_stands_in_it() -> None:
    step = Step(Verb.GENERATE, period=DECEMBER, units=("县财政局",))
    assert command(step, HERE) == 'edu-sheet generate 2022-12 --unit "县财政局"'
    assert command(step, Path("/督办 县")) == (
        f'edu-sheet -w "{Path("/督办 县")}" generate 2022-12 --unit "县财政局"'
    )


def test_an_error_ends_with_the_command_that_comes_next() -> None:
    error = EduSheetError(
        "2022-12 还没有下发过填报表", "请先生成填报表。", Step(Verb.GENERATE, period=DECEMBER)
    )
    assert "edu-sheet" not in str(error)
    assert explain_error(error, HERE) == (
        "2022-12 还没有下发过填报表。请先生成填报表。请运行：edu-sheet generate 2022-12"
    )


def test_an_error_that_is_mended_outside_says_to_run_the_same_again() -> None:
    error = OutputError("总表.xlsx 正在 Excel 中打开", "请关闭该文件。", AGAIN)
    assert str(error) == "总表.xlsx 正在 Excel 中打开。请关闭该文件。"
    assert explain_error(error, HERE) == (
        "总表.xlsx 正在 Excel 中打开。请关闭该文件，然后重新运行本命令。"
    )


def test_an_error_without_a_step_is_said_as_it_is() -> None:
    assert explain_error(EduSheetError("没有", "请核对。"), HERE) == "没有。请核对。"


def test_a_password_to_be_stored_says_how_and_what_then() -> None:
    said = next_sentence(Step(Verb.STORE_PASSWORD, account="a@xian.test"), HERE)
    assert said.endswith('keyring set edu-sheet "a@xian.test"')
    assert "重新运行本命令" in said
    assert "EDU_SHEET_MAIL_PASSWORD" in said


def test_an_error_comes_back_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(OutputError("磁盘已满", "请清理磁盘。", AGAIN)))
    assert (error.message, error.hint, error.next) == ("磁盘已满", "请清理磁盘。", AGAIN)
