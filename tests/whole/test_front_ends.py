"""What is said outside the command line holds in any front end: no commands, no options."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import edu_sheet
from edu_sheet.cli.program import program
from edu_sheet.words.step import Verb

pytestmark = pytest.mark.once

PACKAGE = Path(edu_sheet.__file__).parent

_OPTIONS = {
    option
    for command in (program, *program.commands.values())
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("--")
}
_COMMAND = re.compile(
    rf"edu-sheet (?:-|{'|'.join(program.commands)})"
    rf"|(?<![\w-])(?:{'|'.join(sorted(_OPTIONS))})(?![\w-])"
    r"|keyring set|命令行|本命令|这条命令|重新运行|(?:再|请|先|后)运行|运行(?:一次|后)"
    rf"|运行 ?(?:{'|'.join(program.commands)})"
)


def test_no_room_but_the_command_line_names_commands_and_options() -> None:
    naming = [
        f"{path.relative_to(PACKAGE)}:{line} {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] != "cli"
        for line, text in _texts(path)
        if _COMMAND.search(text)
    ]
    assert naming == []


@pytest.mark.parametrize(
    "said",
    [
        "先运行 edu-sheet generate 2022-12。",
        'edu-sheet -w "督办" check',
        "旧表要重发的，加 --force。",
        "--take",
        "请关闭文件，再重新运行本命令。",
        "取舍后再运行 merge。",
        "keyring set edu-sheet",
    ],
)
def test_what_speaks_of_commands_is_known(said: str) -> None:
    assert _COMMAND.search(said)


@pytest.mark.parametrize("said", ["另一个 edu-sheet 正在收取", "--headless", "程序没有运行它"])
def test_what_does_not_speak_of_our_commands_is_let_be(said: str) -> None:
    assert not _COMMAND.search(said)


def test_no_page_of_the_screen_names_commands_and_options() -> None:
    pages = [*(PACKAGE / "screen").rglob("*.html"), *(PACKAGE / "screen").rglob("*.js")]
    assert pages
    naming = [
        f"{path.name}: {line}"
        for path in sorted(pages)
        for line in path.read_text(encoding="utf-8").splitlines()
        if _COMMAND.search(line)
    ]
    assert naming == []


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts that stand in a module, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.lineno, node.value


def test_every_verb_that_a_step_can_name_is_named_by_some_room() -> None:
    said = "".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] != "cli"
    )
    unused = [verb.name for verb in Verb if not re.search(rf"\bVerb\.{verb.name}\b", said)]
    assert unused == []
