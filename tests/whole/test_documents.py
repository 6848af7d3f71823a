"""The documents keep step with the program."""

import re
from inspect import isfunction, signature

from edu_sheet import app
from edu_sheet.cli import program as cli
from edu_sheet.sentences import answers, files, returns, whose
from tests.support.places import ROOT

DOCS = ROOT / "docs"
PACKAGE = ROOT / "edu_sheet"


def as_listed(message: str) -> str:
    """Return a message as the document lists it: … for what it says of the file at hand."""
    return re.sub(r"(\{[^}]*\})+", "…", re.sub(r"\{\w+:called\}", "第…项", message))


def test_the_clerk_finds_every_message_about_a_returned_file_explained() -> None:
    told = (DOCS / "退回文件.md").read_text(encoding="utf-8")
    for code, (_, message) in {**whose.CODES, **returns.CODES, **answers.CODES}.items():
        shown = as_listed(message)
        assert shown == "…" or shown in told, code


def test_the_clerk_finds_every_message_about_a_file_as_such_explained() -> None:
    """What the file is stands there; what to do about it is said in the document's own words."""
    told = (DOCS / "退回文件.md").read_text(encoding="utf-8")
    for code, (_, message) in files.CODES.items():
        shown = as_listed(message)
        head = re.split("[：（]", shown)[0]
        assert head in told, code


def test_the_design_names_every_room() -> None:
    design = (DOCS / "design.md").read_text(encoding="utf-8")
    told = re.findall(r"^      (\w+)/ ", design, re.MULTILINE)
    assert sorted(told) == sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def test_the_documents_name_only_files_that_are_there() -> None:
    for page in (*DOCS.glob("*.md"), *ROOT.glob("*.md")):
        for name in re.findall(r"`([\w/]+/\w+\.py)`", page.read_text(encoding="utf-8")):
            assert (ROOT / name).exists() or (PACKAGE / name).exists(), f"{page.name}: {name}"


def test_the_design_names_every_command() -> None:
    design = (DOCS / "design.md").read_text(encoding="utf-8")
    for name in cli.program.commands:
        assert f"edu-sheet {name}" in design, name


def test_the_design_names_every_function_of_the_application_layer_and_its_arguments() -> None:
    design = (DOCS / "design.md").read_text(encoding="utf-8")
    table = design.partition("| function |")[2].partition("\n\n")[0]
    told = dict(re.findall(r"`(\w+)(?:\(([^`]*)\))?`", table))
    functions = {name: one for name in app.__all__ if isfunction(one := getattr(app, name))}
    assert functions.keys() - told.keys() == set()
    for name, one in functions.items():
        named = [argument.partition("=")[0].strip() for argument in told[name].split(",")]
        taken = signature(one).parameters.keys() - {
            "now",
            "explain",
        }  # the text above tells of those
        assert set(filter(None, named)) in (set(), taken), name


def test_every_link_and_picture_in_the_documents_is_there() -> None:
    for page in (*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_documents_name_no_machine_and_no_registry() -> None:
    for page in (*DOCS.glob("*.md"), *ROOT.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        assert "/work/" not in text, page.name
        assert "pypi.org" not in text, page.name
