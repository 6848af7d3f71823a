"""What the program is installed with is bounded on both sides, and is used."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEEDED: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
BUILD: list[str] = PROJECT["build-system"]["requires"]
ITSELF = "edu-sheet[test]"

MODULES = {  # of libraries that are imported under another name
    "msoffcrypto-tool": "msoffcrypto",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "pillow": "PIL",
    "python-calamine": "python_calamine",
}
UNSEEN = {  # used without being imported
    "tzdata": "zoneinfo reads it, where the system has no time zones",
    "pytest-xdist": "pytest's -n, in .ci/run",
}
TOOLS = ("bandit", "mypy", "pip-audit", "ruff")  # each a step of .ci/run
TYPES = {  # of libraries that ship none
    "pandas-stubs": "pandas",
    "types-defusedxml": "defusedxml",
    "types-openpyxl": "openpyxl",
    "lxml-stubs": "lxml",
}


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return found[0]


def _imported(*folders: str) -> set[str]:
    """Return the top modules that the Python files below these folders import."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in files)
    return set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))


def _unused(requirements: list[str], *folders: str) -> list[str]:
    found = _imported(*folders)
    names = [_name(one) for one in requirements if one != ITSELF]
    return [
        one
        for one in names
        if one not in (*UNSEEN, *TOOLS, *TYPES) and MODULES.get(one, one.lower()) not in found
    ]


@pytest.mark.parametrize("group", ["needed", "build", *EXTRAS])
def test_every_library_has_a_lower_and_an_upper_bound(group: str) -> None:
    asked = {"needed": NEEDED, "build": BUILD, **EXTRAS}[group]
    bounds = [one.partition(";")[0] for one in asked if one != ITSELF]
    assert bounds
    assert [one for one in bounds if not re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", one)] == []


def test_what_the_program_is_installed_with_it_imports() -> None:
    assert _unused([*NEEDED, *EXTRAS["dask"], *EXTRAS["screen"]], "edu_sheet") == []


def test_what_the_tests_are_installed_with_they_import() -> None:
    assert _unused(EXTRAS["test"], "edu_sheet", "tests") == []


def test_what_developers_install_is_run_or_is_types_of_what_is_imported() -> None:
    steps = (ROOT / ".ci" / "run").read_text("utf-8")
    names = [_name(one) for one in EXTRAS["dev"] if one != ITSELF]
    assert sorted(names) == sorted([*TOOLS, *TYPES])
    assert [one for one in TOOLS if not re.search(rf"(?:bin/|-m ){one}\b", steps)] == []
    assert [one for one in TYPES.values() if one not in _imported("edu_sheet")] == []


def test_a_library_that_nothing_imports_is_found() -> None:
    assert _unused(["left-pad>=1,<2"], "edu_sheet") == ["left-pad"]
