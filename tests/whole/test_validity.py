"""Every document that the program writes is one that Word and Excel open without a repair."""

from dataclasses import replace
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.cli.demo import demo
from edu_sheet.kit.shipped import shipped
from edu_sheet.summary import render
from edu_sheet.summary.content.content import Mark
from edu_sheet.words.period import parse_period
from edu_sheet.words.settings import ColophonPage, Fonts, SummaryStyle
from tests.summary.test_layout import sample
from tests.support import validator
from tests.support.builders import CREATED

pytestmark = pytest.mark.once
_KINDS = (".docx", ".xlsx", ".pptx")
_WRITTEN = ("下发", "成果")  # in 存档 lies what units sent
_ALIKE = ("2022-10_", "2022-11_")  # forms like those of December


def test_every_document_of_the_demo_is_valid(tmp_path: Path) -> None:
    validator.require()
    folder = tmp_path / "demo"
    for _ in demo(folder):
        pass
    quarter = parse_period("2022Q4")
    app.report(folder, parse_period("2022-12"))
    app.report(folder, quarter, unit="县教育局")
    app.report(folder, quarter, full_texts=True)
    app.report(folder, quarter, slides=True)
    brief = validator.errors([folder / "成果/2022Q4/季度总结.docx"])
    app.report(folder, quarter, style=SummaryStyle.FULL)
    written = [path for name in _WRITTEN for path in sorted((folder / name).rglob("*"))]
    written = [folder / "分工方案.xlsx", *(path for path in written if path.suffix in _KINDS)]
    written = [path for path in written if not path.name.startswith(_ALIKE)]
    names = {path.name for path in written}
    assert {"总表.xlsx", "季度总结.docx", "调度通报.docx", "书面材料_县教育局.docx"} <= names
    assert {"资料汇编.docx", "汇报.pptx"} <= names
    assert brief == []
    assert len(written) > 40
    assert validator.errors(written) == []


def test_the_templates_are_valid() -> None:
    paths = [shipped("templates/季度总结模板.docx"), shipped("templates/分工方案模板.xlsx")]
    assert validator.errors(paths) == []


@pytest.mark.parametrize("on_paper", [True, False])
@pytest.mark.parametrize("page", ColophonPage)
def test_a_document_with_every_part_is_valid(
    tmp_path: Path, on_paper: bool, page: ColophonPage
) -> None:
    whole = sample(red_head=Mark("中共某县委", on_paper=on_paper), colophon_page=page)
    several = replace(whole, attachments=whole.attachments * 2)
    path = tmp_path / "总结.docx"
    path.write_bytes(render(several, Fonts(), CREATED))
    assert validator.errors([path]) == []


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    import zipfile

    path, broken = tmp_path / "总结.docx", tmp_path / "坏.docx"
    path.write_bytes(render(sample(), Fonts(), CREATED))
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b'w:val="both"', b'w:val="wide"'))
    assert validator.errors([broken]) != []
