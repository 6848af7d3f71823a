"""What the clerk gets for every way in which a form comes back: docs/returns.md as a table.

Each line: what came back, the verdict, the texts that are taken (EVERY: all five as written, or
what differs from them), and the findings by their codes. Verdict and texts of a case are what the
clerk relies on; codes are those of errors and warnings, in any order.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from edu_sheet.cli import waiting
from edu_sheet.collect import CollectedSoFar, collect
from edu_sheet.issue import generate
from edu_sheet.kit.files import sha256
from edu_sheet.kit.shipped import shipped
from edu_sheet.master.merging.merge import merge
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.rules.standing import standing
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Severity
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import Verdict
from tests.support import builders, returns
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, NOVEMBER, fill, moment, small_plan
from tests.support.returns import (
    TEXTS,
    Files,
    Issued,
    Make,
    edited,
    named,
    one,
    patched,
    typed,
    written,
)

ACCEPTED, ATTENTION, IGNORED = Verdict.ACCEPTED, Verdict.ATTENTION, Verdict.IGNORED
EVERY: dict[int, str] = {}
NONE = dict.fromkeys(TEXTS, "")
RECEIVED = moment("2022-12-30T10:00")


@dataclass(frozen=True)
class Case:
    """One way in which a form comes back, and what the clerk gets."""

    what: str
    make: Make
    verdict: Verdict = ACCEPTED
    texts: dict[int, str] = field(default_factory=dict)  # what differs from TEXTS
    codes: tuple[str, ...] = ()


NAMES = [
    Case(f"named {name!r}", named(name))
    for name in (
        "副本 县教育局.xlsx",
        "县教育局(1).xlsx",
        "县教育局12月（已改最终版）.xlsx",
        "%E5%8E%BF%E6%95%99%E8%82%B2%E5%B1%80.xlsx",
        "ÏØ½ÌÓý¾Ö.xlsx",
        "tcmime.123.bin",
        "县教育局",
        returns.nfd("ガ県教育局.xlsx"),
        "县教育局.XLSX",
        "县教育局.xlsx.xlsx",
        "县教育局 .xls",
        "县教育局.txt",
        "县财政局.xlsx",
        "新建 Microsoft Excel 工作表.xlsx",
        "😀.xlsx",
        "长" * 70 + ".xlsx",
    )
]

NO_FORMS = [
    Case("the blank original", lambda issued: one(issued.blank), ACCEPTED, NONE, ("blank_form",)),
    Case("the master itself", lambda issued: one(issued.master), ATTENTION, NONE, ("master",)),
    Case("the plan workbook", lambda issued: one(issued.plan), ATTENTION, NONE, ("plan_workbook",)),
    Case("an empty file", lambda issued: one(b""), ATTENTION, NONE, ("empty_file",)),
    Case(
        "random bytes",
        lambda issued: one(bytes(range(256)) * 40),
        ATTENTION,
        NONE,
        ("format_unknown",),
    ),
    Case("a note", lambda issued: one("本月无进展。".encode(), "说明.txt"), ATTENTION, NONE, ()),
    Case(
        "a picture",
        lambda issued: one(returns.png(), "照片.png"),
        ATTENTION,
        NONE,
        ("format_image",),
    ),
    Case(
        "a PDF",
        lambda issued: one(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "扫描.pdf"),
        ATTENTION,
        NONE,
        ("format_pdf",),
    ),
    Case(
        "a web page called .xls",
        lambda issued: one("<html><table><tr><td>进展</td></tr></table></html>".encode(), "表.xls"),
        ATTENTION,
        NONE,
        ("format_html",),
    ),
    Case(
        "a RAR",
        lambda issued: one(b"Rar!\x1a\x07\x01\x00" + b"\0" * 60, "表.rar"),
        ATTENTION,
        NONE,
        ("format_rar",),
    ),
    Case(
        "a 7z",
        lambda issued: one(b"7z\xbc\xaf\x27\x1c" + b"\0" * 60, "表.7z"),
        ATTENTION,
        NONE,
        ("format_7z",),
    ),
    Case(
        "a Word file",
        lambda issued: one(shipped("examples/方案原文.docx").read_bytes(), "材料.docx"),
        ATTENTION,
        NONE,
        ("format_word",),
    ),
]

FORMATS = [
    Case("a zip", returns.zipped(lambda issued: {"县教育局.xlsx": issued.filled})),
    Case(
        "a zip with GBK names",
        lambda issued: {"材料.zip": returns.gbk_zip({"县教育局.xlsx": issued.filled})},
    ),
    Case(
        "a zip in a zip",
        returns.zipped(
            lambda issued: {"内.zip": returns.make_zip({"县教育局.xlsx": issued.filled})}
        ),
    ),
    Case(
        "a zip from a Mac",
        returns.zipped(
            lambda issued: {
                "县教育局.xlsx": issued.filled,
                "__MACOSX/._县教育局.xlsx": b"\0\5\x16\7",
                ".DS_Store": b"\0",
            }
        ),
    ),
    Case(
        "encrypted by WPS's default",
        lambda issued: one(returns.encrypted(issued.filled, "VelvetSweatshop")),
    ),
    Case(
        "encrypted",
        lambda issued: one(returns.encrypted(issued.filled, "秘密123")),
        ATTENTION,
        NONE,
        ("encrypted",),
    ),
    Case("a csv in UTF-8", lambda issued: one(returns.as_csv(issued, "utf-8-sig"), "表.csv")),
    Case(
        "a csv in GBK",
        lambda issued: one(returns.as_csv(issued, "gb18030"), "表.csv"),
    ),
    Case("with macros", returns.macros, ACCEPTED, EVERY, ("macro",)),
    Case("all cells pasted into a new workbook", lambda issued: one(returns.pasted(issued))),
]

STRUCTURE = [
    Case("protection lifted", edited(returns.unprotect)),
    Case("a blank row inserted", edited(returns.insert_row)),
    Case("an answer continued in an inserted row", edited(returns.insert_row_with_text), ATTENTION),
    Case("a task's row deleted", edited(returns.delete_row), ACCEPTED, {4: ""}),
    Case("a row twice with the same text", edited(returns.duplicate_row(None))),
    Case(
        "a row twice with different texts",
        edited(returns.duplicate_row("另一种说法。")),
        ATTENTION,
        {2: ""},
    ),
    Case("rows sorted", edited(returns.sort_rows)),
    Case("a row hidden", edited(returns.hide_row)),
    Case("a column inserted before 进展情况", edited(returns.insert_column)),
    Case("the header renamed", edited(returns.header("进展情况（截至12月底）"))),
    Case("the header spaced", edited(returns.header("进 展 情 况"))),
    Case("the header deleted", edited(returns.header(None))),
    Case("title rows added", edited(returns.add_title_rows)),
    Case("序号 renumbered", edited(returns.renumber(lambda number: number + 10))),
    Case("序号 full-width", edited(returns.renumber(lambda number: chr(0xFF10 + number)))),
    Case("序号 as text", edited(returns.renumber(lambda number: f"{number}."))),
    Case("the sheet renamed", edited(returns.rename_sheet)),
    Case("the sheet copied", edited(returns.copy_sheet)),
    Case(
        "the sheet copied and filled otherwise",
        edited(returns.copy_sheet_with_other_text),
        ATTENTION,
    ),
    Case("metadata deleted", edited(returns.without_metadata)),
    Case("the hidden sheet deleted", edited(returns.without_hidden_sheet)),
    Case("the properties deleted", edited(returns.without_properties)),
    Case("a task's text changed", edited(returns.change_locked)),
    Case("another unit's name typed in", edited(returns.change_unit_title), ATTENTION, NONE),
    Case("another period typed in", edited(returns.change_period_title), ATTENTION, NONE),
    Case("two progress cells merged", edited(returns.merge_progress), ATTENTION, {2: ""}),
    Case("an edited token", edited(returns.forged_token), ATTENTION, NONE),
]

MISPLACED = [
    Case(
        "below the table", edited(returns.write_at(2, 0, "以上情况属实，另有一项补充。")), ATTENTION
    ),
    Case("right of the table", edited(returns.write_at(0, 8, "右边补充的进展。")), ATTENTION),
    Case("in the next row", edited(returns.write_at(1, 0, "（接上行）后续内容。")), ATTENTION),
    Case("in a locked cell", edited(returns.answer_in_locked_cell), ATTENTION, {1: ""}),
    Case("in a comment", edited(returns.comment), ATTENTION),
    Case("in a threaded comment", returns.threaded_comment, ATTENTION),
    Case("in a text box", returns.text_box, ATTENTION),
    Case("in a picture over the cell", edited(returns.picture)),
    Case("in an embedded file", returns.embedded, ATTENTION),
    Case("in an extra sheet", edited(returns.extra_sheet), ATTENTION),
    Case(
        "in a WPS cell picture",
        returns.cell_xml(
            1,
            '<c r="{ref}" s="{style}" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f>'
            '<v>=DISPIMG("ID_1",1)</v></c>',
        ),
        ATTENTION,
        {1: ""},
    ),
]

VALUES = [
    Case("a number", typed(1, 85, "General"), texts={1: "85"}),
    Case("a percentage", typed(1, 0.85, "0%"), texts={1: "85%"}),
    Case("a date", typed(1, moment("2022-12-31").date(), "yyyy-mm-dd"), texts={1: "2022-12-31"}),
    Case(
        "a Chinese date",
        typed(1, moment("2022-12-31").date(), 'yyyy"年"m"月"d"日"'),
        texts={1: "2022年12月31日"},
    ),
    Case("a date that lost its format", typed(1, 44925, "General"), texts={1: "44925"}),
    Case("a truth", typed(1, True, "General"), texts={1: "TRUE"}),
    Case(
        "a formula with its value",
        returns.cell_xml(1, '<c r="{ref}" s="{style}" t="str"><f>A5&amp;"项"</f><v>1项</v></c>'),
        texts={1: "1项"},
    ),
    Case(
        "a formula without a value",
        returns.cell_xml(1, '<c r="{ref}" s="{style}"><f>已完成80%</f></c>'),
        texts={1: "=已完成80%"},
    ),
    Case(
        "a formula in error",
        returns.cell_xml(1, '<c r="{ref}" s="{style}" t="e"><f>已完成</f><v>#NAME?</v></c>'),
        texts={1: "=已完成"},
    ),
    Case("struck through", edited(returns.strike)),
    Case(
        "partly struck through",
        returns.cell_xml(
            1,
            '<c r="{ref}" s="{style}" t="inlineStr"><is><r><t>保留</t></r>'
            "<r><rPr><strike/></rPr><t>划掉</t></r></is></c>",
        ),
        texts={1: "保留划掉"},
    ),
    Case(
        "with phonetic marks",
        returns.cell_xml(
            1,
            '<c r="{ref}" s="{style}" t="inlineStr"><is><r><t>汉字</t></r>'
            '<rPh sb="0" eb="2"><t>かんじ</t></rPh></is></c>',
        ),
        texts={1: "汉字"},
    ),
    Case(
        "an escaped line break",
        returns.cell_xml(
            1, '<c r="{ref}" s="{style}" t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c>'
        ),
        texts={1: "甲\n乙"},
    ),
    Case(
        "an escape that was typed",
        returns.cell_xml(
            1, '<c r="{ref}" s="{style}" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>'
        ),
        texts={1: "_x0041_"},
    ),
    Case(
        "a control character",
        returns.cell_xml(
            1, '<c r="{ref}" s="{style}" t="inlineStr"><is><t>甲_x000B_乙</t></is></c>'
        ),
        texts={1: "甲乙"},
    ),
    Case(
        "a raw control character",
        returns.cell_xml(1, '<c r="{ref}" s="{style}" t="inlineStr"><is><t>甲\x0b乙</t></is></c>'),
        texts={1: "甲乙"},
    ),
    Case(
        "a lone surrogate",
        returns.cell_xml(
            1, '<c r="{ref}" s="{style}" t="inlineStr"><is><t>甲_xD800_乙</t></is></c>'
        ),
        texts={1: "甲乙"},
    ),
    Case("BiDi marks", written(1, "甲\u202e乙\u202c"), texts={1: "甲\u202e乙\u202c"}),
    Case("zero-width characters", written(1, "甲\u200b乙"), texts={1: "甲\u200b乙"}),
    Case("beyond the BMP", written(1, "𠮷𡈽𪚥"), texts={1: "𠮷𡈽𪚥"}),
    Case("32,767 characters", written(1, "满" * 32767), texts={1: "满" * 32767}),
    Case("blanks only", written(1, "  \n\u3000 "), texts={1: ""}),
    Case("a zero-width blank only", written(1, "\u200b\ufeff"), texts={1: ""}),
    *(
        Case(f"only {text}", written(1, text), texts={1: text})
        for text in ("无", "同上", "见附件", "略")
    ),
    *(
        Case(f"a leading {text[0]}", written(1, text), texts={1: text})
        for text in ("=1+1", "+86", "-推进中", "@全体", "'引号")
    ),
]

REPEATS = [
    Case("another unit's form", lambda issued: one(issued.other_unit), ACCEPTED, NONE),
    Case("last month's form", lambda issued: one(issued.last_month), ACCEPTED, NONE),
]

WRITERS = [  # what other programs, servers and gateways make of a form on its way
    Case("folders in its package with backslashes", returns.backslashed),
    Case("xlsb in its list of types, as SheetJS writes it", returns.typed_as_sheetjs),
    Case("bytes before the package", lambda issued: one(b"\r\n\r\n" + issued.filled)),
    Case("a gzip of it under its name", lambda issued: one(gzip.compress(issued.filled))),
    Case("properties that are no XML", returns.broken_core, codes=("properties_damaged",)),
    Case("comments that are not there", returns.dangling, codes=("objects_missing",)),
    Case("a form control", returns.form_control),
    Case("rows that do not name their place", patched(returns.SHEET, returns.rows_without_place)),
    Case(
        "words around its texts by their format",
        typed(1, "三项", '"已完成"@'),
        texts={1: "已完成三项"},
    ),
    Case(
        "a number in 万",
        typed(1, 123456, '0!.0,"万"'),
        texts={1: "12.3万"},
        codes=("number_value",),
    ),
    Case(
        "a date in ISO 8601",
        returns.cell_xml(1, '<c r="{ref}" t="d"><v>2022-12-30T00:00:00</v></c>'),
        texts={1: "2022/12/30"},
        codes=("date_value",),
    ),
    Case(
        "a text whose type is not named",
        returns.cell_xml(1, '<c r="{ref}"><is><t>没有类型</t></is></c>'),
        texts={1: "没有类型"},
    ),
    Case(
        "a text in its page header",
        returns.page_header("进展：编制12名"),
        codes=("stray_text",),
    ),
    Case(
        "a csv in GBK without the characters that GBK lacks",
        lambda issued: one(returns.as_csv(issued, "gbk"), "县教育局.csv"),
        texts={5: "与公安部门联合检查3次，?家坪小学已整改。"},
        codes=("characters_lost",),
    ),
    Case(
        "encrypted by security software",
        lambda issued: one(b"%TSD-Header-###%" + issued.filled[16:]),
        ATTENTION,
        NONE,
        ("encrypted_by_software",),
    ),
]

HOSTILE = [
    Case("a bomb in the sheet", returns.bomb_in_sheet, ATTENTION, NONE),
    Case("a bomb in unused media", returns.bomb_in_media, ATTENTION, NONE),
    Case("entity expansion", returns.entity(returns.BILLION_LAUGHS), ATTENTION, NONE),
    Case("an external entity", returns.entity(returns.EXTERNAL_ENTITY), ATTENTION, NONE),
    Case(
        "../ in a member's name",
        lambda issued: one(returns.repack(issued.filled, added={"../../evil.xml": b"<x/>"})),
        ATTENTION,
        NONE,
    ),
    Case(
        "../ in a relationship",
        patched(
            "xl/_rels/workbook.xml.rels",
            lambda text: text.replace(
                "</Relationships>",
                '<Relationship Id="rX" Type="x" Target="../../../etc/passwd"/></Relationships>',
            ),
        ),
        ATTENTION,
        NONE,
    ),
    Case("a stray cell at XFD1048576", patched(returns.SHEET, returns.stray_far_cell), ATTENTION),
    Case("a million formatted rows", patched(returns.SHEET, returns.million_rows)),
    Case("dimension A1", returns.dimension("A1")),
    Case("dimension A1:XFD1048576", returns.dimension("A1:XFD1048576")),
    Case(
        "styles missing",
        lambda issued: one(returns.repack(issued.filled, without=["xl/styles.xml"])),
    ),
    Case(
        "shared strings missing",
        patched(returns.SHEET, returns.share_texts),
        ATTENTION,
        NONE,
    ),
    Case("a member twice", returns.duplicate_member, ATTENTION, NONE),
    Case("Strict namespaces", returns.strict),
    Case(
        "truncated", lambda issued: one(issued.filled[: len(issued.filled) // 2]), ATTENTION, NONE
    ),
]

CASES = [
    *NAMES,
    *NO_FORMS,
    *FORMATS,
    *STRUCTURE,
    *MISPLACED,
    *VALUES,
    *REPEATS,
    *WRITERS,
    *HOSTILE,
]


@dataclass
class Desk:
    """A clerk's desk: a workspace in which forms have gone out."""

    workspace: Workspace
    ledger: Ledger
    plan: Plan
    issued: Issued

    def collect(self, files: Files, received: str = "2022-12-30T10:00") -> CollectedSoFar:
        for name, data in files.items():
            (self.workspace.inbox / name).write_bytes(data)
        at = moment(received)
        return collect(
            self.workspace,
            self.ledger,
            None,
            received_at=at,
            now=at,
            explain=waiting.explain,
        )

    def texts(self, unit: str = EDUCATION) -> dict[int, str]:
        """Return what stands for a unit in December, by 序号."""
        number = {task.key: task.number for task in self.plan.tasks}
        stands = standing(self.ledger.entries.of([DECEMBER]))
        return {number[key]: entry.text for (name, key), entry in stands.items() if name == unit}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, ledger = builders.new_workspace(tmp_path / "督办")
    plan = small_plan()
    now = builders.CREATED
    for month in (NOVEMBER, DECEMBER):
        made = generate.generate(workspace, plan, ledger, month, None, force=False, now=now)
    own = next(one for one in made if one.unit == EDUCATION)

    def blank(period: Month, unit: str) -> bytes:
        return workspace.form(period, unit).read_bytes()

    issued = Issued(
        form=own.form,
        blank=blank(DECEMBER, EDUCATION),
        other_unit=fill(blank(DECEMBER, FINANCE), {1: "财政局的进展。"}),
        last_month=fill(blank(NOVEMBER, EDUCATION), {1: "上月的进展。"}),
        master=merge(workspace, plan, ledger, DECEMBER, now=now).path.read_bytes(),
        plan=write_workbook(plan),
    )
    with ledger:
        yield Desk(workspace, ledger, plan, issued)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_the_clerk_gets_for(case: Case, desk: Desk) -> None:
    files = case.make(desk.issued)
    found = desk.collect(files).submissions
    assert found, "nothing was recorded"
    verdicts = {one.verdict for one in found}
    told = [f"{one.code} {one.place} {sentence(one)}" for sub in found for one in sub.findings]
    assert verdicts == {case.verdict}, told
    wanted = {number: text for number, text in (TEXTS | case.texts).items() if text}
    assert desk.texts() == wanted, told
    codes = {one.code for sub in found for one in sub.findings if one.severity is not Severity.INFO}
    assert set(case.codes) <= codes, told
    assert_nothing_vanished(desk, files)


def assert_nothing_vanished(desk: Desk, files: Files) -> None:
    """Every original is kept, the inbox is empty, and what waits has its reason beside it."""
    for data in files.values():
        assert desk.workspace.original(sha256(data)).read_bytes() == data
    assert list(desk.workspace.inbox.iterdir()) == []
    waiting = [path for path in desk.workspace.pending.iterdir() if path.suffix != ".txt"]
    for path in waiting:
        reason = path.with_name(f"{path.name}.txt").read_text(encoding="utf-8-sig")
        assert "edu-sheet" in reason


def test_there_are_well_over_a_hundred_cases() -> None:
    assert len(CASES) > 100
    assert len({case.what for case in CASES}) == len(CASES)
