"""The floors of docs/design.md: a room knows only what stands below it."""

import ast
import re
from pathlib import Path

import pytest

import edu_sheet
from edu_sheet import app

pytestmark = pytest.mark.once

PACKAGE = Path(edu_sheet.__file__).parent

# From the ground up. Rooms on one floor do not know each other.
FLOORS = (
    ("words",),
    ("kit", "sentences"),
    ("rules",),
    ("store", "form", "reading", "plan"),
    ("issue", "check", "facts"),
    ("collect", "master", "summary"),
    ("mail",),
    ("app",),
    ("screen",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def test_every_room_has_a_floor() -> None:
    rooms = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert rooms - {"__init__"} == set(FLOOR)


def test_imports_run_downward_only() -> None:
    upward = [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for room in _imported(path)
        if not _below(_room(path), room)
    ]
    assert upward == []


def test_the_screen_calls_the_application_layer_and_nothing_else_that_does_work() -> None:
    beside = {
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in sorted((PACKAGE / "screen").rglob("*.py"))
        for room in _imported(path) - {"app", "words", "sentences", "kit", "screen"}
    }
    assert beside == set()


def test_the_layout_of_a_form_is_known_to_its_room_alone() -> None:
    beyond = [
        f"{path.relative_to(PACKAGE)} imports {node.module}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and _room(path) != "form"
        if (node.module or "").startswith("edu_sheet.form.")
    ]
    assert beyond == []


def test_only_the_command_line_prints_and_exits() -> None:
    talking = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if _room(path) != "cli" and _talks(path)
    ]
    assert talking == []


def test_only_the_command_line_draws_for_a_terminal() -> None:
    drawing = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if _room(path) != "cli" and re.search(r"\b(import|from) rich\b", path.read_text("utf-8"))
    ]
    assert drawing == []


def test_what_the_application_layer_gives_has_a_name_of_its_own() -> None:
    named = [
        node.name
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name in app.__all__
    ]
    assert sorted(named) == sorted(set(named))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _below(room: str, imported: str) -> bool:
    return room in {imported, "__init__"} or FLOOR[imported] < FLOOR[room]


def _imported(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "edu_sheet":
            rooms |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("edu_sheet."):
            rooms.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            rooms |= {
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("edu_sheet.")
            }
    return rooms & set(FLOOR)


def _talks(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"print", "exit", "quit", "sys.exit", "os._exit", "click.echo"}:
                return True
    return False
