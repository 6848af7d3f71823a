"""Plan → the plan workbook: in print quality, and ready to be edited in Excel."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.kit import clock, row_height
from edu_sheet.plan import layout
from edu_sheet.plan.review import REVIEW_SHEET, ReviewLine
from edu_sheet.plan.writing.closing_sheet import write_closings
from edu_sheet.plan.writing.deadline_sheet import write_deadlines
from edu_sheet.plan.writing.paper import SIZE, Formats, choices, hints, page, write_table
from edu_sheet.plan.writing.review_sheet import write_review
from edu_sheet.words.columns import (
    GOAL,
    KEY,
    LEAD,
    NUMBER,
    PROGRESS,
    REQUIREMENTS,
    RESPONSIBLE,
    Column,
)
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan, Roster, Task, Unit
from edu_sheet.words.settings import (
    AfterFetch,
    ColophonPage,
    LeadRule,
    Login,
    RedHead,
    Security,
    Settings,
    StateAsked,
    SummaryStyle,
)
from edu_sheet.words.sheets import (
    CLOSINGS_SHEET,
    DEADLINES_SHEET,
    PERIODS_SHEET,
    PLAN_SHEET,
    ROSTER_SHEET,
    SETTINGS_SHEET,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_SIZES = (10.5, 10.0, 9.0, 8.0)  # points; a plan with very long texts is printed smaller
_MONTHS_AHEAD = 12
_ROSTER_NOTE = (
    "每行一个单位，名称与方案中的写法一致。“别名”填同一单位在方案中的其他写法；各乡镇党委、政府这样的集体称谓，"
    "“是否集体称谓”填“是”，并在“成员单位”里填具体单位（如：辰阳镇、孝坪镇），每个成员各发一份填报表；"
    "成员单位的联系人和邮箱，请为它另起一行填写。别名、成员单位有多个的，用顿号隔开。"
)
_ROSTER_HINTS = {
    layout.ALIASES: "同一单位在方案中的其他写法，用顿号隔开。填好后，可删除该写法自己的那一行。",
    layout.MEMBERS: "集体称谓的具体单位，用顿号隔开。不填则只生成一份填报表。",
    layout.MAIL: "收填报表和催报的邮箱，多个用分号隔开。",
}
_PERIOD_HINTS = {
    layout.PERIOD: "月份写成 2022-12，季度写成 2022Q4。",
    layout.DUE: "留空则按“设置”中的截止月、截止日计算。",
    layout.SUMMARY_TITLE: "留空则自动拟定标题。",
    layout.SUMMARY_NUMBER: "留空则印出空白，供手填。",
    layout.SUMMARY_DATE: "留空则印出空白，供手填。",
}


def write_workbook(plan: Plan, review: Sequence[ReviewLine] = ()) -> bytes:
    """Return the plan workbook as .xlsx; the same plan gives the same bytes.

    With lines to review it has a sheet 导入核对.
    """
    import xlsxwriter

    settings = plan.settings
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    created = datetime.combine(settings.issued or settings.first_month.day(1), time())
    book.set_properties({"title": settings.title, "created": created})
    formats = Formats(book, settings)
    _write_tasks(book.add_worksheet(PLAN_SHEET), plan, formats)
    _write_roster(book.add_worksheet(ROSTER_SHEET), plan, formats)
    _write_settings(book.add_worksheet(SETTINGS_SHEET), settings, formats)
    _write_periods(book.add_worksheet(PERIODS_SHEET), plan, formats)
    if plan.deadlines:
        sheet = book.add_worksheet(DEADLINES_SHEET)
        write_deadlines(sheet, plan, plan.deadlines, formats)
    write_closings(book.add_worksheet(CLOSINGS_SHEET), plan, formats)
    if review:
        write_review(book.add_worksheet(REVIEW_SHEET), review, formats)
    book.close()
    return stream.getvalue()


def write_empty(month: Month) -> bytes:
    """Return a plan workbook without tasks, with examples of how it is filled in."""
    settings = Settings("", "", "", None, month, fill_roster=True)
    return write_workbook(Plan(settings, Roster(), ()))


def _write_tasks(sheet: "Worksheet", plan: Plan, formats: Formats) -> None:
    printed = layout.printed(plan.columns)
    last = len(printed) - 1
    size = _size(plan)
    for place, column in enumerate(plan.columns):
        sheet.set_column(place, place, column.width, None, {"hidden": column.field == KEY.field})
    title, info = _heading(plan.settings)
    sheet.merge_range(0, 0, 0, last, "", formats.title)
    sheet.write_formula(0, 0, _TITLE_FORMULA, formats.title, title)
    width = sum(column.width for column in printed)
    sheet.set_row(0, row_height.row_height([(title, width)], 20, 36))
    sheet.merge_range(1, 0, 1, last, "", formats.info)
    sheet.write_formula(1, 0, _INFO_FORMULA, formats.info, info)
    sheet.set_row(1, 22)
    headers = [column.header for column in plan.columns]
    widths = [column.width for column in plan.columns]
    sheet.write_row(2, 0, headers, formats.header)
    sheet.set_row(2, row_height.row_height(zip(headers, widths, strict=True), 11, 30))
    cells = {column: formats.cell(column, size) for column in plan.columns}
    numbers = formats.number(size)
    for row, task in enumerate(plan.tasks, 3):
        if task.label:
            sheet.write_string(row, 0, task.label, numbers)
        else:
            sheet.write_number(row, 0, task.number, numbers)
        for place, column in enumerate(plan.columns[1:], 1):
            sheet.write_string(row, place, _said(task, column), cells[column])
        sheet.set_row(row, min(_height(task, printed, size), row_height.LIMIT))
    if not plan.tasks:
        _write_examples(sheet, printed, formats)
    page(sheet, header_row=2, frozen_columns=2)
    sheet.print_area(0, 0, 2 + (len(plan.tasks) or len(_EXAMPLES)), last)


# What an empty plan shows of how it is filled in; whoever reads the workbook passes them over.
_EXAMPLES = (
    {
        NUMBER.field: f"{layout.EXAMPLE}1",
        GOAL.field: "（示例，不会下发，可删去）新建公办幼儿园2所。",
        REQUIREMENTS.field: "①6月底前完成选址。②12月底前开工建设。",
        LEAD.field: "县某某局",
        RESPONSIBLE.field: "县某某局、各乡镇人民政府",
    },
    {
        NUMBER.field: f"{layout.EXAMPLE}2",
        GOAL.field: "（示例）一行写一项任务，单位之间用顿号隔开。",
        REQUIREMENTS.field: "方案没有写具体要求、牵头部门的，可以留空。",
        LEAD.field: "",
        RESPONSIBLE.field: "县某某局",
    },
)


def _write_examples(sheet: "Worksheet", printed: Sequence[Column], formats: Formats) -> None:
    for row, texts in enumerate(_EXAMPLES, 3):
        said = [texts.get(column.field, "") for column in printed]
        for place, text in enumerate(said):
            sheet.write_string(row, place, text, formats.example)
        widths = [column.width for column in printed]
        sheet.set_row(row, row_height.row_height(zip(said, widths, strict=True), SIZE, 30))


# 设置 is where title, number and date are kept: the heading follows what a clerk enters there.
def _lookup(field: str) -> str:
    item = next(one.item for one in layout.SETTINGS if one.field == field)
    return f"VLOOKUP(\"{item}\",'{SETTINGS_SHEET}'!$A:$B,2,FALSE)"


_DATE = _lookup("issued")
_TITLE_FORMULA = f'={_lookup("title")}&""'
_INFO_FORMULA = (
    f'={_lookup("doc_number")}&"　　"&{_lookup("issuer")}&"　　"'
    f'&IF(ISNUMBER({_DATE}),TEXT({_DATE},"yyyy年m月d日"),{_DATE}&"")'
)


def _heading(settings: Settings) -> tuple[str, str]:
    """Return the values that the heading's formulas compute."""
    issued = clock.chinese_date(settings.issued) if settings.issued else ""
    return settings.title, f"{settings.doc_number}　　{settings.issuer}　　{issued}"


def _size(plan: Plan) -> float:
    """Return the largest size at which every row can be shown in full, else the smallest."""
    printed = layout.printed(plan.columns)

    def fits(size: float) -> bool:
        return all(_height(one, printed, size) <= row_height.LIMIT for one in plan.tasks)

    return next((size for size in _SIZES if fits(size)), _SIZES[-1])


def _said(task: Task, column: Column) -> str:
    """Return what stands in a cell: under 进展情况 what the plan itself tells of it."""
    return task.earlier if column.field == PROGRESS.field else task.text(column.field)


def _height(task: Task, printed: Sequence[Column], size: float) -> float:
    cells = ((_said(task, column), column.width) for column in printed)
    return row_height.row_height(cells, size, 30)


def _write_roster(sheet: "Worksheet", plan: Plan, formats: Formats) -> None:
    columns = layout.ROSTER_COLUMNS
    last = len(layout.printed(columns)) - 1
    for place, column in enumerate(columns):
        hidden = {"hidden": place > last}
        sheet.set_column(place, place, column.width, formats.blank, hidden)
    sheet.merge_range(0, 0, 0, last, _ROSTER_NOTE, formats.note)
    width = sum(column.width for column in layout.printed(columns))
    sheet.set_row(0, row_height.row_height([(_ROSTER_NOTE, width)], SIZE))
    write_table(sheet, 1, columns, map(_unit_texts, plan.roster.units), formats)
    choices(sheet, 2, columns.index(layout.GROUP), [layout.YES, layout.NO])
    hints(sheet, 2, columns, _ROSTER_HINTS)
    page(sheet, header_row=1, frozen_columns=1)


def _unit_texts(unit: Unit) -> list[str]:
    return [
        unit.name,
        "、".join(unit.aliases),
        layout.YES if unit.group else "",
        "、".join(unit.members),
        unit.contact,
        unit.telephone,
        unit.mail,
        unit.key,
    ]


def _write_settings(sheet: "Worksheet", settings: Settings, formats: Formats) -> None:
    columns = layout.SETTINGS_COLUMNS
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, formats.blank)
    lines = [[one.item, _setting_text(settings, one.field), one.help] for one in layout.SETTINGS]
    write_table(sheet, 0, columns, iter(lines), formats)
    days = [layout.LAST_DAY, *map(str, range(1, 32))]
    for field, allowed in (
        ("due_next_month", [layout.THIS_MONTH, layout.NEXT_MONTH]),
        ("due_day", days),
        ("red_head", [one.value for one in RedHead]),
        ("colophon_page", [one.value for one in ColophonPage]),
        ("report_state", [one.value for one in StateAsked]),
        ("summary_style", [one.value for one in SummaryStyle]),
        ("ranking", [layout.YES, layout.NO]),
        ("quarter_parts", [layout.YES, layout.NO]),
        ("same_numbers", [layout.YES, layout.NO]),
        ("fill_roster", [layout.YES, layout.NO]),
        ("leads", [one.value for one in LeadRule if one.value]),
        ("mail.login", [one.value for one in Login]),
        ("mail.smtp_security", [one.value for one in Security]),
        ("mail.imap_security", [one.value for one in Security]),
        ("mail.copies", [layout.YES, layout.NO]),
        ("mail.after_fetch", [one.value for one in AfterFetch]),
    ):
        row = 1 + next(at for at, one in enumerate(layout.SETTINGS) if one.field == field)
        choices(sheet, row, 1, allowed, row)
    page(sheet, header_row=0, frozen_columns=1)


def _setting_text(settings: Settings, field: str) -> str:
    """Return a setting as a clerk would enter it."""
    match field:
        case "issued" | "printed":
            day = getattr(settings, field)
            return clock.chinese_date(day) if day else ""
        case "due_next_month":
            return layout.NEXT_MONTH if settings.due_next_month else layout.THIS_MONTH
        case "due_day":
            return str(settings.due_day or layout.LAST_DAY)
    group, _, name = field.rpartition(".")
    value = getattr(getattr(settings, group) if group else settings, name)
    if isinstance(value, bool):
        return layout.YES if value else layout.NO
    return "" if value is None else str(value)


def _write_periods(sheet: "Worksheet", plan: Plan, formats: Formats) -> None:
    columns = layout.PERIOD_COLUMNS
    for place, column in enumerate(columns):
        dated = column in (layout.DUE, layout.SUMMARY_DATE)
        sheet.set_column(place, place, column.width, None if dated else formats.blank)
    cells = {column: formats.cell(column) for column in columns}
    sheet.write_row(0, 0, [column.header for column in columns], formats.header)
    sheet.set_row(0, 26)
    for row, period in enumerate(_periods(plan), 1):
        own = plan.of_period(period)
        values = (str(period), own.due, own.title, own.doc_number, own.dated)
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            dated = column in (layout.DUE, layout.SUMMARY_DATE)
            style = formats.day if dated else cells[column]
            if isinstance(value, date):
                sheet.write_datetime(row, place, datetime.combine(value, time()), style)
            else:
                sheet.write_string(row, place, value or "", style)
        sheet.set_row(row, 22)
    hints(sheet, 1, columns, _PERIOD_HINTS)
    page(sheet, header_row=0, frozen_columns=1)


def _periods(plan: Plan) -> list[Period]:
    """Return the periods of the plan's first year and those that have settings of their own."""
    first = plan.settings.first_month
    months = [first.plus(ahead) for ahead in range(_MONTHS_AHEAD)]
    periods = {*months, *(month.quarter for month in months), *plan.periods}
    return sorted(periods, key=lambda period: (period.last, len(period.months)))
