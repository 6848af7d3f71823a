"""The demo's quarter: the shipped plan from October to December 2022, as units would live it.

All texts are samples and say so. The quarter holds what happens in every county: a late return, a
missing one, the same file twice, a locked cell that somebody changed, last month's form sent again.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet import app, form
from edu_sheet.cli import waiting
from edu_sheet.cli.show import lines_table, status_table, submissions_table
from edu_sheet.kit import clock
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.columns import STATE
from edu_sheet.words.errors import WorkspaceError
from edu_sheet.words.forms import Form, FormRow
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Light
from edu_sheet.words.returns import Submission

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from rich.console import RenderableType

_FOLDER = "edu-sheet-demo"
_OCTOBER, _NOVEMBER, _DECEMBER = (Month(2022, month) for month in (10, 11, 12))
_QUARTER = Quarter(2022, 4)

_LATE = "县水利局"  # November, on 5 December
_MISSING = "新华书店"  # December
_TWICE = "县财政局"  # December, under two names
_CHANGED = "县公安局"  # November: a requirement that is locked was changed
_WRONG_PERIOD = "县民政局"  # December: November's form, filled in again

_SAMPLES = (
    "召开专题会议研究部署，印发工作方案，明确责任人和完成时限，已按序时进度推进。",
    "①完成摸底调查，建立工作台账；\n②组织业务培训1次，参训46人；\n③开展实地督导3次，发现问题5个，已整改4个。",
    "与牵头部门对接2次，配合完成资料收集和数据核对，相关经费已列入预算，下一步按计划推进。",
    "完成年度任务的75%，其余任务已细化到月、落实到人，没有未经报告的延期事项。",
    "按照分工要求落实到位，已报送阶段性材料1份；存在的困难是人手不足，拟通过统筹调配解决。",
)
_ACHIEVED = (  # in a quarter, summed up
    "印发实施方案，召开调度会2次，年度任务完成75%。",
    "建立工作台账，督导3次，发现问题5个，整改4个。",
    "联合开展检查2次，所需经费已列入年度预算。",
    "组织培训2期，参训126人，阶段性目标已经达到。",
    "示范点建成3个，经验做法在全县推广。",
)
_PROBLEMS = (
    "村小专职教师缺口12人。",
    "",
    "项目资金到位率58%，工程进度受影响。",
    "",
    "部门数据没有打通，摸底要反复核对。",
)
_NEXT_STEPS = (
    "开学前完成教师招聘和轮岗交流。",
    "对照年度目标逐项销号，每月通报。",
    "落实剩余资金，3月底前完成改造。",
)
_STATES = (Light.UNDER_WAY, Light.DONE, Light.UNDER_WAY, Light.UNDER_WAY, Light.BEHIND)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What reaches the inbox on one day."""

    received: datetime
    files: dict[str, bytes]  # name → bytes


def demo(folder: Path | None) -> Iterator["RenderableType"]:
    """Run the demo's quarter and yield, step by step, what there is to tell.

    The workspace is made in the folder, by default edu-sheet-demo (or -2, -3 …) in the current
    one. WorkspaceError if the folder is in use.
    """
    workspace = app.create(_free_folder(folder))
    yield f"演示工作区：{workspace.root}（各单位内容均为示例文本，非真实情况）"
    issued: dict[Period, dict[str, Form]] = {}
    found: list[Submission] = []
    for period in (_OCTOBER, _NOVEMBER, _DECEMBER, _QUARTER):
        forms = issued[period] = _issue(workspace, period)
        due = clock.chinese_date(next(iter(forms.values())).due)
        yield f"\n■ {period.label}：下发填报表 {len(forms)} 份，截止 {due}"
        for batch in _returns(workspace, period, issued):
            got = _receive(workspace, batch)
            told = _counted(got)
            yield f"  {batch.received:%Y-%m-%d} 收到 {len(got.submissions)} 份：{told}"
            found.extend(got.submissions)
    yield from _outputs(workspace)
    yield from _told(workspace, found)


def _free_folder(folder: Path | None) -> Path:
    if folder is not None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WorkspaceError(
                f"{folder} 已存在且不是空文件夹", "请换一个文件夹名，或不写文件夹名。"
            )
        return folder
    number = 1
    while (free := Path(_FOLDER if number == 1 else f"{_FOLDER}-{number}")).exists():
        number += 1
    return free


def _issue(workspace: Workspace, period: Period) -> dict[str, Form]:
    first = period.months[0] if isinstance(period, Month) else period.last
    day = _moment(first.year, first.month, 8 if isinstance(period, Month) else 26)
    return {one.unit: one.form for one in app.generate(workspace.root, period, now=day).forms}


def _returns(
    workspace: Workspace, period: Period, issued: Mapping[Period, Mapping[str, Form]]
) -> Iterator[_Batch]:
    """Yield what comes back for a period, in the order of its arrival."""
    forms = issued[period]
    filled = {
        unit: _filled(workspace.form(period, unit).read_bytes(), one, _sample(one))
        for unit, one in forms.items()
    }
    last = period.last
    on_time = _moment(last.year, last.month, 29)
    if period == _NOVEMBER:
        filled[_CHANGED] = _with_changed_requirement(filled[_CHANGED], forms[_CHANGED])
        late = filled.pop(_LATE)
        yield _Batch(on_time, _named(filled))
        yield _Batch(_moment(2022, 12, 5), {f"{_LATE}补报.xlsx": late})
        return
    if period == _DECEMBER:
        del filled[_MISSING], filled[_WRONG_PERIOD]
        files = _named(filled)
        files[f"副本 {_TWICE}(1).xlsx"] = filled[_TWICE]
        files[f"{_WRONG_PERIOD}12月.xlsx"] = _november_form_again(
            workspace, issued[_NOVEMBER][_WRONG_PERIOD]
        )
        yield _Batch(on_time, files)
        return
    yield _Batch(on_time, _named(filled))


def _named(filled: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{unit}（已填）.xlsx": data for unit, data in filled.items()}


def _november_form_again(workspace: Workspace, issued: Form) -> bytes:
    data = workspace.form(_NOVEMBER, _WRONG_PERIOD).read_bytes()
    return _filled(data, issued, lambda row: f"（示例文本）12月：第{row.number}项任务已按月推进。")


def _receive(workspace: Workspace, batch: _Batch) -> app.Collected:
    for name, data in batch.files.items():
        app.receive(workspace.root, name, io.BytesIO(data))
    at = batch.received
    return app.collect(workspace.root, received_at=at, now=at, explain=waiting.explain)


def _outputs(workspace: Workspace) -> Iterator["RenderableType"]:
    yield "\n■ 汇总"
    made_on = _moment(2023, 1, 3)  # when all that is reported was due
    for period in (_OCTOBER, _NOVEMBER, _DECEMBER, _QUARTER):
        merged = app.merge(workspace.root, period, now=made_on).result
        yield f"  {period.label}总表：{workspace.relative(merged.path)}"
    report = app.report(workspace.root, _QUARTER, now=made_on).result
    yield f"  {_QUARTER.label}季度总结：{workspace.relative(report.path)}"


def _told(workspace: Workspace, found: list[Submission]) -> Iterator["RenderableType"]:
    yield f"\n■ {_DECEMBER.label}报送情况"
    yield status_table(app.status(workspace.root, _DECEMBER).units)
    yield "\n■ 收取时发现的情况"
    yield submissions_table(one for one in found if one.findings)
    yield "\n■ 文件在哪里"
    yield lines_table(
        ("内容", "位置"),
        (
            ("分工方案和单位名录、设置", str(workspace.plan)),
            ("下发的填报表", str(workspace.root / "下发")),
            ("需要人看的文件，附处理办法", str(workspace.pending)),
            ("每份原件和台账", str(workspace.archive)),
            ("总表和季度总结", str(workspace.root / "成果")),
        ),
    )


def _counted(found: app.Collected) -> str:
    counts = found.counts.items()
    return "，".join(f"{verdict.label} {number}" for verdict, number in counts if number)


# ---------------------------------------------------------------- filling in, as a unit would


def _sample(issued: Form) -> Callable[[FormRow], str]:
    """Return what writes a unit's sample text for a row, different in every period."""
    identity = issued.identity
    turn = sum(map(ord, identity.unit)) + identity.period.last.month + len(identity.period.months)

    def text(row: FormRow) -> str:
        if isinstance(identity.period, Quarter):
            return f"（示例）{_ACHIEVED[(turn + row.number) % len(_ACHIEVED)]}"
        body = _SAMPLES[(turn + row.number) % len(_SAMPLES)]
        return f"（示例文本）{identity.period.label}，{body}"

    return text


def _more(row: FormRow) -> dict[Part, str]:
    """Return what a lead unit says of a task in a quarter beside its progress."""
    problem = _PROBLEMS[row.number % len(_PROBLEMS)]
    return {
        Part.PROBLEMS: f"（示例）{problem}" if problem else "",
        Part.NEXT_STEPS: f"（示例）{_NEXT_STEPS[row.number % len(_NEXT_STEPS)]}",
    }


def _filled(data: bytes, issued: Form, text: Callable[[FormRow], str]) -> bytes:
    places = {part: form.answer_places(issued, part) for part in issued.answers.values()}

    def fill(sheet: "Worksheet") -> None:
        for row in issued.rows:
            said = {Part.PROGRESS: text(row), **_more(row)}
            for part, at in places.items():
                sheet.cell(*at[row.key]).value = said[part] or None
            if issued.states:
                line, _ = places[Part.PROGRESS][row.key]
                state = _STATES[row.number % len(_STATES)]
                sheet.cell(line, issued.column_of(STATE)).value = state.value
        approval = ("张三（示例）", "0000-0000000", "李四（示例）", "2022年12月28日")
        for place, value in zip(form.approval_places(issued).values(), approval, strict=False):
            sheet.cell(*place).value = value

    return _edited(data, fill)


def _with_changed_requirement(data: bytes, issued: Form) -> bytes:
    row, column = form.progress_places(issued)[issued.rows[0].key]

    def change(sheet: "Worksheet") -> None:
        sheet.cell(row, column - 1).value = "（示例）本单位自行改动了具体要求。"

    return _edited(data, change)


def _edited(data: bytes, edit: Callable[["Worksheet"], None]) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    edit(book[form.FORM_SHEET])
    target = io.BytesIO()
    book.save(target)
    book.close()
    return target.getvalue()


def _moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=clock.SHANGHAI)
