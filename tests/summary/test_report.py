"""`report` as a whole: files in 成果/, a person's hand, the clerk's template, the PDF."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from edu_sheet import summary
from edu_sheet.kit import office as libreoffice
from edu_sheet.kit.programs import program_named
from edu_sheet.kit.shipped import shipped
from edu_sheet.sentences import sentence
from edu_sheet.summary.typeset.box import Box, Position, text_box
from edu_sheet.summary.typeset.fonts import chosen
from edu_sheet.summary.typeset.template import shipped_template
from edu_sheet.summary.typeset.typefaces import KNOWN
from edu_sheet.summary.typeset.wordml import NAMESPACES, paragraph, run
from edu_sheet.words.errors import EduSheetError, OutputError
from edu_sheet.words.period import Period
from edu_sheet.words.settings import Fonts, SummaryStyle
from tests.support import office
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    POLICE,
    QUARTER,
    moment,
    report,
    small_plan,
)
from tests.support.summary_sample import W, dump, lived_quarter, parts

WRITTEN = moment("2023-01-09T09:00")  # when all returns were due


def test_the_summary_lies_in_its_quarters_folder_and_is_the_same_when_written_again(
    tmp_path: Path,
) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        first = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
        data = first.path.read_bytes()
        later = WRITTEN + timedelta(days=3)
        again = summary.report(workspace, small_plan(), ledger, QUARTER, now=later)
    assert first == summary.Reported(tmp_path / "成果" / "2022Q4" / "季度总结.docx", kept=False)
    assert again == first
    assert again.path.read_bytes() == data


def test_a_summary_that_somebody_edited_is_not_overwritten(tmp_path: Path) -> None:
    from docx import Document

    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        made = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
        edited = Document(str(made.path))
        edited.add_paragraph("领导改过的一句话。")
        edited.save(str(made.path))
        by_hand = made.path.read_bytes()
        again = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
    assert again.kept
    assert again.path.name == "季度总结（新）.docx"
    assert made.path.read_bytes() == by_hand


def test_a_document_open_in_word_is_left_alone_with_a_clear_message(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        made = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
        (made.path.parent / "~$季度总结.docx").touch()
        with pytest.raises(OutputError, match="正在 Excel、Word 或 WPS 中打开"):
            summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)


def test_a_month_gives_a_bulletin_and_a_lead_unit_its_material(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    plan = small_plan()
    with ledger:
        month = summary.report(workspace, plan, ledger, DECEMBER, now=WRITTEN)
        own = summary.report(workspace, plan, ledger, QUARTER, now=WRITTEN, unit=EDUCATION)
        with pytest.raises(EduSheetError, match="没有牵头的任务"):
            summary.report(workspace, plan, ledger, QUARTER, now=WRITTEN, unit=POLICE)
        with pytest.raises(EduSheetError, match="2022年12月 是月份"):
            summary.report(workspace, plan, ledger, DECEMBER, now=WRITTEN, unit=EDUCATION)
    assert workspace.relative(month.path) == "成果/2022-12/调度通报.docx"
    assert workspace.relative(own.path) == "成果/2022Q4/书面材料_县教育局.docx"


@pytest.mark.parametrize(
    ("period", "asked"),
    [
        (QUARTER, {"unit": EDUCATION, "full_texts": True}),
        (QUARTER, {"unit": EDUCATION, "style": SummaryStyle.FULL}),
        (QUARTER, {"full_texts": True, "style": SummaryStyle.FULL}),
        (DECEMBER, {"style": SummaryStyle.FULL}),
    ],
)
def test_what_does_not_go_together_is_refused_and_nothing_is_written(
    tmp_path: Path, period: Period, asked: dict[str, Any]
) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger, pytest.raises(EduSheetError, match="一次只能写一样"):
        summary.report(workspace, small_plan(), ledger, period, now=WRITTEN, **asked)
    assert not workspace.results(period).exists()


# ---------------------------------------------------------------- the clerk's template


def clerks_template(folder: Path) -> Path:
    """Return the shipped template as a clerk changed it in Word: title, header, fixed text."""
    from docx import Document
    from docx.shared import Pt

    document = Document(str(shipped("templates/季度总结模板.docx")))
    document.styles["公文标题"].font.size = Pt(26)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.paragraphs[1].insert_paragraph_before("{{期次}}的情况如下，请审阅。")
    document.add_paragraph("本件由{{署名}}负责解释。")
    path = folder / "我的模板.docx"
    document.save(str(path))
    return path


def test_before_the_due_date_is_over_the_command_says_that_it_is_too_early(
    tmp_path: Path,
) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        made = summary.report(
            workspace, small_plan(), ledger, DECEMBER, now=moment("2022-12-31T09:00")
        )
    assert made.warnings == (
        "2022年12月（2022年12月31日）报送截止时间还没有到，写的是截至今天的情况，到时请重新生成。",
    )


def test_the_shipped_template_gives_what_no_template_gives(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    template = shipped("templates/季度总结模板.docx")
    with ledger:
        plain = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
        text = dump(plain.path.read_bytes())
        made = summary.report(
            workspace, small_plan(), ledger, QUARTER, now=WRITTEN, template=template
        )
    assert made.warnings == ()
    assert dump(made.path.read_bytes()) == text


def test_the_shipped_template_has_the_styles_of_the_program() -> None:
    with (
        zipfile.ZipFile(shipped("templates/季度总结模板.docx")) as lying,
        zipfile.ZipFile(io.BytesIO(shipped_template())) as made,
    ):
        assert {name: lying.read(name) for name in lying.namelist()} == {
            name: made.read(name) for name in made.namelist()
        }


def test_a_clerks_template_gives_its_styles_header_and_fixed_text(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        made = summary.report(
            workspace,
            small_plan(),
            ledger,
            QUARTER,
            now=WRITTEN,
            template=clerks_template(tmp_path),
        )
    data = made.path.read_bytes()
    text = dump(data)
    assert made.warnings == ()
    assert text.index("公文标题| ") < text.index("2022年第四季度的情况如下，请审阅。")
    assert text.index("的情况如下，请审阅。") < text.index("一、总体情况")
    assert "本件由中共某县委教育工作领导小组负责解释。" in text
    assert "{{" not in text
    styles = parts(data)["word/styles.xml"]
    title = next(one for one in styles.iter(f"{W}style") if one[0].get(f"{W}val") == "公文标题")
    assert title.find(f"{W}rPr/{W}sz").get(f"{W}val") == "52"
    headers = "".join(
        "".join(root.itertext()) for name, root in parts(data).items() if "header" in name
    )
    assert "内部资料" in headers


def test_marks_in_headers_tables_and_text_boxes_are_filled_in(tmp_path: Path) -> None:
    from docx import Document

    document = Document(str(shipped("templates/季度总结模板.docx")))
    header = document.sections[0].header.paragraphs[0]
    header.add_run("{{期")  # as Word cuts a mark
    header.add_run("次}}总结　{{署名}}")
    document.sections[0].even_page_header.paragraphs[0].text = "双页{{期次}}"
    document.sections[0].footer.paragraphs[0].text = "{{标题}}"
    document.add_table(1, 1).cell(0, 0).text = "表中{{主送}}"
    box = Box(90, "框", "框", (2000, 400), Position("page"), Position("page"))
    inside = paragraph("Normal", run("框里{{成文日期}}，{{密级}}"))
    shown = f"<w:p {NAMESPACES}>{text_box(box, inside)}<w:r><w:t>框外{{{{期次}}}}</w:t></w:r></w:p>"
    document.element.body.insert(0, etree.fromstring(shown))
    path = tmp_path / "模板.docx"
    document.save(str(path))
    plan = small_plan()
    plan = replace(plan, settings=replace(plan.settings, addressee="各单位"))
    workspace, ledger = lived_quarter(tmp_path / "工作区", plan)
    with ledger:
        made = summary.report(workspace, plan, ledger, QUARTER, now=WRITTEN, template=path)
    found = parts(made.path.read_bytes())
    beside = [
        "".join(root.itertext())
        for name, root in found.items()
        if "header" in name or "footer" in name
    ]
    issuer = "中共某县委教育工作领导小组"
    assert f"2022年第四季度总结　{issuer}" in beside
    assert "双页2022年第四季度" in beside
    assert any("落实情况的总结" in text for text in beside)
    whole = "".join(found["word/document.xml"].itertext())
    assert "表中各单位" in whole
    assert whole.count("框里　　　　年　　月　　日，{{密级}}") == 2  # and for an older Word
    assert "框外2022年第四季度" in whole
    assert len(made.warnings) == 1
    assert "{{密级}} 照原样印出" in made.warnings[0]


def test_a_template_without_the_styles_gets_them_and_says_so(tmp_path: Path) -> None:
    from docx import Document

    path = tmp_path / "空白.docx"
    plain = Document()
    plain.add_paragraph("旧文字")
    plain.save(str(path))
    workspace, ledger = lived_quarter(tmp_path / "工作区")
    with ledger:
        made = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN, template=path)
    assert "没有样式" in made.warnings[0]
    assert "没有单独成段的 {{正文}}" in made.warnings[1]
    text = dump(made.path.read_bytes())
    assert "旧文字" not in text
    assert "公文一级标题| 一、总体情况" in text


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return a document with the XML of its text and its styles changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("word/document.xml", "word/styles.xml"):
                content = change(content.decode()).encode()
            new.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace('"GwBody"', '"a7"').replace('"GwTableText"', '"GwBody"'),
        lambda xml: re.sub(r"(</?|\s|xmlns:)w([:=])", r"\1ns0\2", xml),
    ],
    ids=["its own ids of the styles", "another prefix in its XML"],
)
def test_a_template_that_another_program_wrote_gives_the_same_text(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(rewritten(shipped("templates/季度总结模板.docx").read_bytes(), change))
    workspace, ledger = lived_quarter(tmp_path / "工作区")
    with ledger:
        plain = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
        text = dump(plain.path.read_bytes())
        made = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN, template=path)
    assert made.warnings == ()
    assert dump(made.path.read_bytes()) == text


def test_a_units_own_words_are_no_mark_of_a_template(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    words = "把{{标题}}改为{{期次}}，<w:p> & <?edu-sheet-stretch 0?>照写。"
    with ledger:
        report(ledger, FINANCE, QUARTER, {4: words}, plan=small_plan(), at=moment("2022-12-30"))
        made = summary.report(
            workspace,
            small_plan(),
            ledger,
            QUARTER,
            now=WRITTEN,
            template=shipped("templates/季度总结模板.docx"),
            style=SummaryStyle.FULL,
        )
    assert dump(made.path.read_bytes()).count(words) == 2  # in the text, and in 附件1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a document", None])
def test_what_is_no_word_document_is_refused_as_a_template(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "模板.docx"
    if content is None:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("xl/workbook.xml", "<workbook/>")
    else:
        path.write_bytes(content)
    workspace, ledger = lived_quarter(tmp_path / "工作区")
    with ledger, pytest.raises(EduSheetError, match="不是能打开的 Word 文档"):
        summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN, template=path)


def test_a_workbook_is_refused_as_a_template(tmp_path: Path) -> None:
    from openpyxl import Workbook

    path = tmp_path / "模板.docx"
    Workbook().save(path)
    workspace, ledger = lived_quarter(tmp_path / "工作区")
    with ledger, pytest.raises(EduSheetError, match="不是能打开的 Word 文档"):
        summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN, template=path)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger, pytest.raises(EduSheetError, match="找不到模板"):
        summary.report(
            workspace, small_plan(), ledger, QUARTER, now=WRITTEN, template=tmp_path / "无.docx"
        )


# ---------------------------------------------------------------- PDF


def test_without_libreoffice_a_pdf_is_refused_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    workspace, ledger = lived_quarter(tmp_path)
    with ledger, pytest.raises(OutputError, match=r"没有找到 LibreOffice.*Word 或 WPS"):
        summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN, pdf=True)
    assert (workspace.results(QUARTER) / "季度总结.docx").exists()


@pytest.mark.office
def test_a_pdf_lies_beside_the_document_and_missing_fonts_are_named(tmp_path: Path) -> None:
    office.require()
    plan = small_plan()
    fonts = Fonts(title="没有这种字体")
    plan = replace(plan, settings=replace(plan.settings, fonts=fonts))
    workspace, ledger = lived_quarter(tmp_path, plan)
    with ledger:
        made = summary.report(workspace, plan, ledger, QUARTER, now=WRITTEN, pdf=True)
    assert made.pdf == made.path.with_suffix(".pdf")
    assert made.pdf.read_bytes().startswith(b"%PDF")
    assert made.warnings == ()
    assert len(made.about_fonts) == 1
    assert "没有这种字体" in made.about_fonts[0]


def test_without_a_pdf_too_it_is_said_which_fonts_are_missing(tmp_path: Path) -> None:
    plan = small_plan()
    plan = replace(plan, settings=replace(plan.settings, fonts=Fonts(title="没有这种字体")))
    workspace, ledger = lived_quarter(tmp_path, plan)
    with ledger:
        made = summary.report(workspace, plan, ledger, QUARTER, now=WRITTEN)
    if program_named("fc-list") is None:
        pytest.skip("this machine cannot be asked for its fonts")
    assert "没有这种字体" in made.about_fonts[-1]


def test_a_font_that_is_not_there_gives_way_to_its_kin_and_others_stay() -> None:
    here = {"simsun", "仿宋", "kaiti", "times new roman"}
    choice = chosen(Fonts(), here)
    assert choice.fonts == Fonts(title="宋体", body="仿宋", heading2="楷体")
    assert dict(choice.replaced) == {
        "方正小标宋简体": "宋体",
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "楷体",
    }
    assert choice.missing == ("黑体",)
    assert choice.here == ("宋体", "仿宋", "楷体", "Times New Roman")


def test_fonts_that_are_there_are_used_and_not_named() -> None:
    everything = {name.lower() for name in (*KNOWN, "Times New Roman")}
    choice = chosen(Fonts(), everything)
    assert (choice.fonts, choice.replaced, choice.missing) == (Fonts(), (), ())


def test_texts_in_a_units_own_voice_are_listed_once_a_unit(tmp_path: Path) -> None:
    workspace, ledger = lived_quarter(tmp_path)
    with ledger:
        texts = {1: "我局已完成。", 3: "本单位推进，我局再查。", 5: "按序时推进。"}
        report(ledger, EDUCATION, QUARTER, texts, plan=small_plan(), at=moment("2022-12-30"))
        made = summary.report(workspace, small_plan(), ledger, QUARTER, now=WRITTEN)
    (told,) = [one for one in made.findings if one.code == "first_person"]
    assert sentence(told) == (
        "“县教育局”2022年第四季度报送的文字里有“我局、本单位”（第1、3项），"
        "印在发文机关的文件里不合适：请在总表里改成单位名称。"
    )
    assert "我局已完成。" in dump(made.path.read_bytes())  # as it was reported
