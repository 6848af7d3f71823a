"""The work that is measured: a plan for N units, their forms filled in, and the texts put in.

The tasks are the first fifteen of the shipped plan with their real texts. One unit leads them
all, a group holds the others: every form has fifteen rows, and 责任部门 stays as short as in life.
Everything follows from N, so that each measured process makes the same work for itself.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from edu_sheet import form
from edu_sheet.kit.clock import SHANGHAI
from edu_sheet.kit.shipped import shipped
from edu_sheet.plan.workbook.load import load
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Month
from edu_sheet.words.place import column_letter
from edu_sheet.words.plan import Plan, Roster, Task, Unit

TASKS = 15
LETTERS = 200
PERIOD = Month(2022, 12)
ISSUED = datetime(2022, 12, 8, 9, 0, tzinfo=SHANGHAI)
RECEIVED = datetime(2022, 12, 29, 10, 0, tzinfo=SHANGHAI)
LEAD, GROUP = "县教育局", "各中小学校"
_SENTENCES = (
    "召开专题会议研究部署，印发工作方案，明确责任人和完成时限。",
    "完成摸底调查，建立工作台账，逐项销号管理；",
    "组织业务培训，参训人员覆盖全部承办股室，",
    "开展实地督导，发现的问题已经反馈并限期整改。",
    "与牵头部门对接，配合完成资料收集和数据核对，",
    "相关经费已列入预算，下一步按计划推进。",
)


@cache
def plan(units: int) -> Plan:
    """Return the plan of so many units."""
    source = load(shipped("templates/分工方案模板.xlsx")).valid()
    members = tuple(f"县第{number}中心学校" for number in range(2, units + 1))
    roster = Roster((Unit(LEAD), Unit(GROUP, group=True, members=members)))
    tasks = tuple(_shared(task) for task in source.tasks[:TASKS])
    return replace(source, roster=roster, tasks=tasks)


def _shared(task: Task) -> Task:
    return replace(
        task, leads=(LEAD,), responsible=(GROUP,), lead_text=LEAD, responsible_text=GROUP
    )


def names(units: int) -> list[str]:
    """Return the units that report."""
    return [LEAD, *plan(units).roster.units[1].members]


def text(unit: str, number: int) -> str:
    """Return what a unit writes on a task: 200 characters that nobody else writes."""
    opening = f"{unit}第{number}项："
    turn = sum(map(ord, unit)) + number
    body = "".join(_SENTENCES[(turn + place) % len(_SENTENCES)] for place in range(20))
    first, second = body[: LETTERS // 2], body[LETTERS // 2 :]
    return f"{opening}{first}\n{second}"[:LETTERS]


def written(units: int) -> Iterator[tuple[str, str, str]]:
    """Yield (unit, task key, text) of everything that the units write."""
    tasks = plan(units).tasks
    for unit in names(units):
        for task in tasks:
            yield unit, task.key, text(unit, task.number)


# ---------------------------------------------------------------- returns

_SHEETS, _STRINGS = "xl/worksheets/sheet", "xl/sharedStrings.xml"
_SHEET = f"{_SHEETS}1.xml"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMED = {  # what must name the member that a form as issued has not, and before what
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/{_STRINGS}" ContentType="{_SPREADSHEET}.sharedStrings+xml"/>',
    ),
    "xl/_rels/workbook.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="s" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>',
    ),
}


def returned_file(unit: str) -> str:
    """Return the name under which a unit's form comes back."""
    return f"{unit}（已填）.xlsx"


def fill_forms(workspace: Workspace, ledger: Ledger, target: Path) -> None:
    """Write every issued form with its texts filled in, as its program would save them."""
    target.mkdir(parents=True, exist_ok=True)
    for unit, issue in ledger.forms.latest(PERIOD).items():
        data = workspace.form(PERIOD, unit).read_bytes()
        (target / returned_file(unit)).write_bytes(filled(data, issue.form))


def filled(data: bytes, issued: Form) -> bytes:
    """Return a form with every 进展情况 filled in: shared strings, as Excel and WPS save them."""
    unit = issued.identity.unit
    texts = {row.key: text(unit, row.number) for row in issued.rows}
    places = {
        f"{column_letter(column)}{row}": texts[key]
        for key, (row, column) in form.progress_places(issued).items()
    }
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()}
        strings = _Strings()
        for name, content in parts.items():
            if name.startswith(_SHEETS):
                parts[name] = strings.share(content.decode()).encode()
        parts[_SHEET] = _with_texts(parts[_SHEET].decode(), places, strings).encode()
        parts[_STRINGS] = strings.xml().encode()
        for name, (end, added) in _NAMED.items():
            parts[name] = parts[name].decode().replace(end, added + end).encode()
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


class _Strings:
    """The strings that the cells of a workbook share."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, item: str) -> int:
        """Return where a string stands."""
        return self._places.setdefault(item, len(self._places))

    def share(self, sheet: str) -> str:
        """Return a sheet without strings of its own."""
        own = r't="inlineStr"><is>(.*?)</is>'
        return re.sub(own, lambda one: f't="s"><v>{self.place(one[1])}</v>', sheet, flags=re.DOTALL)

    def xml(self) -> str:
        """Return the part of a workbook that holds them."""
        items = "".join(f"<si>{item}</si>" for item in self._places)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        count = len(self._places)
        return f'<sst xmlns="{space}" uniqueCount="{count}">{items}</sst>'


def _with_texts(sheet: str, texts: Mapping[str, str], strings: _Strings) -> str:
    for place, said in texts.items():
        number = strings.place(f"<t>{escape(said)}</t>")
        blank = re.compile(rf'<c r="{place}" s="(\d+)"/>')
        sheet, found = blank.subn(rf'<c r="{place}" s="\1" t="s"><v>{number}</v></c>', sheet)
        if found != 1:
            raise ValueError(f"{place} is no blank cell")
    return sheet
