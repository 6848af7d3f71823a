"""A small plan in code, its forms, and units that fill them in."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from edu_sheet import form
from edu_sheet.kit.clock import SHANGHAI
from edu_sheet.kit.files import sha256
from edu_sheet.plan.keys import of_unit
from edu_sheet.plan.layout import as_issued
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.columns import LIAISON, PLAN_COLUMNS
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan, Role, Roster, Task, Unit
from edu_sheet.words.returns import Entry, Submission, Verdict
from edu_sheet.words.settings import Settings
from tests.support.records import begin_delivery

PLAN_ID = "a1b2c3d4"
SECRET = bytes(range(32))
OCTOBER, NOVEMBER, DECEMBER = (Month(2022, month) for month in (10, 11, 12))
QUARTER = DECEMBER.quarter

EDUCATION, FINANCE, ORGANISATION, POLICE, TOWNS, SCHOOLS = UNITS = (
    "县教育局",
    "县财政局",
    "县委组织部",
    "县公安局",
    "各乡镇党委、政府",
    "各中小学校",
)


def task(
    number: int,
    leads: Iterable[str],
    responsible: Iterable[str],
    *,
    goal: str = "",
    requirements: str = "",
) -> Task:
    """Return a task with texts made from its number."""
    lead, helping = tuple(leads), tuple(responsible)
    return Task(
        key=f"T{number:02d}",
        number=number,
        goal=goal or f"第{number}项目标任务。",
        requirements=requirements or f"①第{number}项的第一条要求。②第{number}项的第二条要求。",
        leads=lead,
        responsible=helping,
        liaisons=("县教育局办公室",),
        lead_text="、".join(lead),
        responsible_text="、".join(helping),
        liaison_text="县教育局办公室",
    )


def small_plan() -> Plan:
    """Return a plan of 5 tasks and 6 units; 县教育局 leads 1, 3 and 5 and is responsible for 4."""
    settings = Settings(
        title="重点任务分工方案",
        doc_number="某教小组发〔2022〕1号",
        issuer="中共某县委教育工作领导小组",
        issued=date(2022, 10, 8),
        first_month=OCTOBER,
    )
    tasks = (
        task(1, [EDUCATION], [FINANCE, TOWNS], goal="坚持教育优先发展战略地位。"),
        task(2, [ORGANISATION], [EDUCATION, FINANCE]),
        task(3, [EDUCATION], [EDUCATION, SCHOOLS], requirements="①" + "落实到位，" * 40),
        task(4, [FINANCE], [EDUCATION]),
        task(5, [EDUCATION], [POLICE, TOWNS, SCHOOLS]),
    )
    roster = Roster(tuple(Unit(name, key=of_unit(name)) for name in UNITS))
    return Plan(
        settings,
        roster,
        tasks,
        columns=as_issued(PLAN_COLUMNS, (), {LIAISON: "县教育局牵头联络股室"}),
    )


def with_members(plan: Plan, group: str, members: Iterable[str]) -> Plan:
    """Return the plan with a group's members entered in its roster."""
    units = [
        replace(unit, group=True, members=tuple(members)) if unit.name == group else unit
        for unit in plan.roster.units
    ]
    return replace(plan, roster=Roster(tuple(units)))


def with_task(plan: Plan, number: int, **fields: object) -> Plan:
    """Return the plan with some fields of one task changed."""
    tasks = [
        replace(one, **fields) if one.number == number else one  # type: ignore[arg-type]  # any field
        for one in plan.tasks
    ]
    return replace(plan, tasks=tuple(tasks))


def small_form(unit: str = EDUCATION, period: Period = DECEMBER, plan: Plan | None = None) -> Form:
    """Return a unit's form of the small plan, version 1."""
    return form.compose(
        plan or small_plan(), unit, period, version=1, plan_id=PLAN_ID, secret=SECRET
    )


def moment(text: str) -> datetime:
    """Return a moment in Shanghai: 2022-12-08 or 2022-12-08T09:30."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


CREATED = moment("2022-12-08T09:00")


def written(unit: str = EDUCATION, period: Period = DECEMBER, plan: Plan | None = None) -> bytes:
    """Return the workbook of a unit's form of the small plan, as issue 1."""
    return form.write(small_form(unit, period, plan), 1, CREATED)


def fill(data: bytes, texts: Mapping[int, str]) -> bytes:
    """Return a form's workbook with texts in 进展情况, by 序号, as openpyxl saves it.

    Cells are found by the header's names and 序号 in the sheet, as a person finds them.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["填报表"]
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    asked = {"进展情况", "进展成效"}  # of a month, of a quarter
    head = next(line for line, row in enumerate(grid) if "序号" in row and asked & set(row))
    number = grid[head].index("序号")
    progress = next(place for place, text in enumerate(grid[head]) if text in asked)
    rows = {row[number]: line for line, row in enumerate(grid[head + 1 :], head + 2)}
    for wanted, text in texts.items():
        cell = sheet.cell(rows[wanted], progress + 1)
        cell.value = text
        cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def new_workspace(folder: Path) -> tuple[Workspace, Ledger]:
    """Return a workspace without a plan workbook, and its empty ledger; the caller closes it."""
    workspace = Workspace(folder)
    workspace.create()
    return workspace, Ledger.create(workspace.ledger)


def report(
    ledger: Ledger,
    unit: str,
    period: Period,
    texts: Mapping[int, str],
    *,
    plan: Plan | None = None,
    at: datetime = CREATED,
) -> Submission:
    """Record in the ledger that a unit reported these texts, by 序号, as `collect` would."""
    plan = plan or small_plan()
    by_number = {one.number: one for one in plan.tasks}
    name = f"{unit}-{period}-{at:%d%H%M%S}.xlsx"
    digest = sha256(repr((name, sorted(texts.items()))).encode())
    delivery = begin_delivery(ledger, name, f"收件箱/{name}", digest, at)
    taken = Submission(0, name, digest, "xlsx", Verdict.ACCEPTED, at, unit, period)
    entries = [
        Entry(
            period=period,
            unit=unit,
            task=by_number[number].key,
            role=plan.role(by_number[number], unit) or Role.RESPONSIBLE,
            text=text,
            place=f"填报表!D{number + 4}",
        )
        for number, text in texts.items()
    ]
    recorded = ledger.returns.record(delivery, taken, entries)
    ledger.deliveries.settle(delivery)
    return recorded
