"""Sheet 问题清单: whatever a person should look at, where it is and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edu_sheet.master.layout import PROBLEM_COLUMNS, PROBLEM_SIZE
from edu_sheet.master.sheets.rows import rows_of
from edu_sheet.master.sheets.sheet import HEAD_ROWS, Styles, add_spanned, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.rules.standing import cells_of
from edu_sheet.sentences import advice, sentence
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Entry, State, Submission, UnitStatus, Verdict
from edu_sheet.words.sheets import PROBLEMS_SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from edu_sheet.kit.xlsx_rows import Cell

_FILLS = {Severity.ERROR: "#F4B6B6", Severity.WARNING: "#FFE699", Severity.INFO: "#FFFFFF"}
_MISSING = State.MISSING.label
_LEVELS = (Severity.ERROR.label, _MISSING, Severity.WARNING.label, Severity.INFO.label)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of 问题清单; a unit that has `missing` its return made no mistake in it."""

    severity: Severity
    period: str
    unit: str
    file: str
    place: str
    what: str
    next: str
    missing: bool = False

    @property
    def level(self) -> str:
        """What stands under 级别."""
        return _MISSING if self.missing else self.severity.label


def problems(source: Source) -> list[Problem]:
    """Return what a person should look at, errors first, the period itself before its months.

    Every error and warning found in the returns, returns of which it is not known whose they are,
    units that did not report or not on all their tasks, and texts that the plan has no place for.
    """
    found = [
        *_of_units(source),
        *_of_submissions(source),
        *_of_settled(source),
        *_without_place(source),
        *_not_approved(source),
        *_of_master(source),
    ]
    order = {period.label: place for place, period in enumerate(feeding_periods(source.period))}
    return sorted(
        found, key=lambda one: (_LEVELS.index(one.level), order.get(one.period, len(order)))
    )


def write_problems(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet; where there is nothing to do it says so."""
    sheet = book.add_worksheet(PROBLEMS_SHEET)
    found = problems(source)
    counts = {level: sum(one.level == level for one in found) for level in _LEVELS}
    said = "，".join(f"{level} {count} 条" for level, count in counts.items() if count)
    line = ((5, f"期次：{source.period.label}", "left"), (3, said, "right"))
    begin(sheet, styles, PROBLEM_COLUMNS, "问题清单", line)
    widths = [column.width for column in PROBLEM_COLUMNS]
    for count, one in enumerate(found, start=1):
        texts = (
            str(count),
            one.level,
            one.period,
            one.unit,
            one.file,
            one.place,
            one.what,
            one.next,
        )
        for row in rows_of(texts, widths, PROBLEM_SIZE, repeated=(0, 1, 3)):
            cells: list[Cell] = [(count, styles.cell(PROBLEM_SIZE, align="center"))]
            for column, text in enumerate(row.texts[1:], start=1):
                properties = {"bg_color": _FILLS[one.severity]} if column == 1 else {}
                cells.append((text, styles.cell(PROBLEM_SIZE, quote_prefix=True, **properties)))
            sheet.add_row(cells, row.height)
    if found:
        sheet.autofilter(HEAD_ROWS - 1, 0, sheet.next_row - 1, len(PROBLEM_COLUMNS) - 1)
    else:
        centred = styles.cell(PROBLEM_SIZE, align="center")
        add_spanned(sheet, [(len(PROBLEM_COLUMNS), "没有需要处理的问题。", centred)])
    finish(sheet, PROBLEM_COLUMNS, frozen=0)


def _not_approved(source: Source) -> Iterator[Problem]:
    taken = {entry.submission for entry in source.adopted}
    for one in source.submissions:
        if one.id in source.unsigned & taken and one.period:
            yield Problem(
                Severity.WARNING,
                one.period.label,
                one.unit or "",
                one.file,
                "",
                "季度书面材料没有填写审定人或审定日期，按未经审定处理；内容已收入总表。",
                "请该单位主要领导审定，填好审定人和审定日期后重新报送。",
            )


def _of_master(source: Source) -> Iterator[Problem]:
    for one in source.notes:
        about = dict(one.about)
        place = f"总表 任务{one.task.number}" if one.task else "总表"
        where = (source.period.label, str(about.get("unit", "")), "总表.xlsx", place)
        yield Problem(one.severity, *where, sentence(one), advice(one))


def _of_units(source: Source) -> Iterator[Problem]:
    for period in feeding_periods(source.period):
        for status in source.facts.statuses.get(period, ()):
            if status.state is State.MISSING:
                came = f"报来的不能采用（{status.came.label}）" if status.came else "没有报送"
                what = f"{came}，{status.tasks} 项任务没有进展情况。"
                one = _of_unit(source, period, status, Severity.WARNING, what, "请催报")
                yield replace(one, missing=True)
            elif status.incomplete:
                what = f"{status.tasks} 项任务中有 {status.blank} 项没有填写进展情况。"
                yield _of_unit(source, period, status, Severity.WARNING, what, "请核实或催补")


def _of_unit(
    source: Source, period: Period, status: UnitStatus, severity: Severity, what: str, todo: str
) -> Problem:
    unit = source.plan.roster.get(status.unit)
    whom = "，".join(part for part in (unit.contact, unit.telephone) if part) if unit else ""
    contact = f"：{whom}。" if whom else "。"
    return Problem(severity, period.label, status.unit, "", "", what, todo + contact)


def _of_submissions(source: Source) -> Iterator[Problem]:
    taken = {number for _, entry in source.placed for number in _brought_by(entry)}
    for one in source.submissions:
        if one.ended_by:
            continue
        grave = [finding for finding in one.findings if finding.severity is not Severity.INFO]
        if one.verdict is Verdict.ATTENTION and not grave:
            told = "；".join(map(sentence, one.findings)) or "需要人工核实。"
            yield _of_submission(one, Severity.ERROR, "", told, _next(one))
        for finding in grave:
            said = str(finding.place), sentence(finding)
            yield _of_submission(one, finding.severity, *said, _next(one, finding, one.id in taken))


def _brought_by(entry: Entry) -> set[int]:
    """Return the submissions that an entry is made of."""
    return {one.submission for one in cells_of(entry)}


# What tells of a text that stays where it was found, also in a file that was taken in.
NOT_TAKEN = {
    "superseded",
    "superseded:nothing",
    "answer_out_of_place",
    "answer_out_of_place:part",
    "duplicate_row",
    "torn_row",
    "other_task_row",
    "other_task_row:added",
    "stray_text",
    "stray_text:several",
    "stray_text:object",
    "table_text",
    "other_period_text",
    "other_period_text:unreported",
    "other_period_text:torn",
    "other_period_column",
    "other_period_column:alone",
    "another_unit_sheet",
    "copied_sheet:hidden_texts",
    "copied_sheet:of_other_period",
    "copied_sheet:all_of_other_period",
    "extra_sheet",
    "extra_sheet:hidden",
    "hidden_row:other",
    "object",
    "embedded_file",
    "progress_in_doubt",
}
_UNTAKEN = "这一处没有采用；如应以它为准，请在总表里改，或请该单位重新报送。"


def _of_submission(
    one: Submission, severity: Severity, place: str, what: str, todo: str
) -> Problem:
    period = one.period.label if one.period else "期次不明"
    where = (period, one.unit or "单位不明", one.file, place)
    return Problem(severity, *where, what, todo)


def _next(submission: Submission, finding: Finding | None = None, taken: bool = False) -> str:
    """Return what to do; `taken` says that something of the file is known to have been taken."""
    number = submission.id
    if submission.verdict is Verdict.ATTENTION or finding is None:
        return f"请看“待处理”里编号 {number} 的文件和同名的 .txt，核实后选其中一种办法处理。"
    if submission.verdict is Verdict.IGNORED:
        return "这份文件没有采用，原件在存档；如应采用，请该单位重新报送。"
    if finding.severity is Severity.ERROR:
        others = "其余内容已收；" if taken else ""
        return f"{others}此处请与该单位核实，并请其重新报送。"
    if finding.name in NOT_TAKEN:
        return _UNTAKEN
    if any(one.code == "blank_form" for one in submission.findings):
        return "表是空的，没有内容可收，请催报。"
    return f"{'内容已收，' if taken else ''}请核对；无误则不必处理。"


def _of_settled(source: Source) -> Iterator[Problem]:
    """Yield what a form has ended that had waited: there is nothing to do about it."""
    for one in source.submissions:
        if (ended := one.ended_by) and one.period:
            where = (one.period.label, one.unit or "", one.file, "")
            yield Problem(Severity.INFO, *where, sentence(ended), "不必处理。")


def _without_place(source: Source) -> Iterator[Problem]:
    for one in source.facts.left_out:
        entry, finding = one.entry, one.finding
        where = (entry.period.label, entry.unit, entry.file, str(entry.place))
        yield Problem(finding.severity, *where, sentence(finding), advice(finding))
