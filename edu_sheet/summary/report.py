"""`report`: from the ledger to a document that lies in 成果/."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path

from edu_sheet.facts.findings import replaced_findings, undecided_findings
from edu_sheet.facts.gather import for_summary
from edu_sheet.facts.label_findings import label_findings
from edu_sheet.facts.left_out import findings
from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit import clock
from edu_sheet.kit.clock import chinese_date
from edu_sheet.kit.files import safe_name
from edu_sheet.rules.progress import answers, feeding_periods
from edu_sheet.rules.told_apart import named, numbers_of
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.outputs import place_output
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.bulletin import bulletin_content
from edu_sheet.summary.content.collection import collection_content
from edu_sheet.summary.content.content import Content
from edu_sheet.summary.content.material import led_tasks, material_content
from edu_sheet.summary.content.quarter import quarter_content
from edu_sheet.summary.content.slides import slides_content
from edu_sheet.summary.content.voice import first_person
from edu_sheet.summary.typeset.document import render
from edu_sheet.summary.typeset.fonts import Choice, choose_fonts
from edu_sheet.summary.typeset.pdf import pages, to_pdf
from edu_sheet.summary.typeset.slides import render_slides
from edu_sheet.summary.typeset.template import open_template, style_warnings, text_warnings
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.settings import ColophonPage, SummaryStyle
from edu_sheet.words.step import Step, Verb


@dataclass(frozen=True, slots=True)
class Reported:
    """Where a document stands; `kept` if a person's version was kept and this lies beside it."""

    path: Path
    kept: bool
    pdf: Path | None = None
    warnings: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()  # that a person must settle before it is printed
    about_fonts: tuple[str, ...] = field(default=(), compare=False)  # of this machine


def report(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    period: Period,
    *,
    now: datetime,
    pdf: bool = False,
    unit: str | None = None,
    template: Path | None = None,
    style: SummaryStyle | None = None,
    full_texts: bool = False,
    slides: bool = False,
) -> Reported:
    """Write a quarter's 季度总结, a lead unit's 书面材料 or a month's 调度通报 as .docx (and .pdf).

    `style` is how much a summary prints, that of 设置 if it is not given. With `full_texts` the
    document is 资料汇编: every unit's whole text with its source; with `slides` it is 汇报.pptx.

    The same ledger and plan give the same bytes, while the period runs those of one day.
    EduSheetError if the unit leads nothing, the template is no Word document, or what is asked for
    does not go together; OutputError if a file cannot be written, or a PDF not be made: the Word
    document stands then all the same.
    """
    gathered = for_summary(ledger, plan, period, every_text=full_texts)
    facts = replace(gathered, today=clock.day(now))
    if slides:
        if isinstance(period, Month) or unit or template or pdf or full_texts or style:
            raise _no_slides(period)
        return _write_slides(workspace, ledger, facts, now)
    if (unit and full_texts) or (style and (unit or full_texts or isinstance(period, Month))):
        raise _not_together(period)
    style = style or plan.settings.summary_style
    path, content, tasks = _content(workspace, facts, unit, style, full_texts=full_texts)
    told = (*_of_edits(facts, tasks), *(findings(facts.left_out) if unit is None else ()))
    if not full_texts:
        told += (*_own_voices(facts, tasks, leads_only=style is SummaryStyle.BRIEF),)
    base = open_template(template) if template else None
    warnings = (*style_warnings(base), *text_warnings(base)) if base else ()
    warnings += () if unit else _too_early(facts)  # a unit's own material is its return
    choice = choose_fonts(plan.settings.fonts)
    about_fonts = _about_fonts(choice)
    data = render(content, choice.fonts, _as_of(facts), base)
    placed = place_output(workspace, ledger, path, data, now)
    if not pdf:
        return Reported(placed.path, placed.kept, None, warnings, told, about_fonts)
    printed = to_pdf(data, placed.path.name)
    if content.printed_by and content.colophon_page is ColophonPage.LAST and pages(printed) % 2:
        warnings += (_COLOPHON_ON_A_FRONT.format(pages(printed)),)
    beside = place_output(workspace, ledger, placed.path.with_suffix(".pdf"), printed, now)
    return Reported(
        placed.path, placed.kept or beside.kept, beside.path, warnings, told, about_fonts
    )


def _write_slides(
    workspace: Workspace, ledger: Ledger, facts: PeriodFacts, now: datetime
) -> Reported:
    """Write a quarter's slides; what a person must know of its texts is that of the summary."""
    choice = choose_fonts(facts.plan.settings.fonts)
    tasks = facts.plan.tasks
    told = (*_of_edits(facts, tasks), *_own_voices(facts, tasks, leads_only=True))
    told += (*findings(facts.left_out),)
    data = render_slides(slides_content(facts), choice.fonts, _as_of(facts))
    path = workspace.results(facts.period) / "汇报.pptx"
    placed = place_output(workspace, ledger, path, data, now)
    return Reported(placed.path, placed.kept, None, _too_early(facts), told, _about_fonts(choice))


def _too_early(facts: PeriodFacts) -> tuple[str, ...]:
    """Return until when returns may come in time of which the paper tells as of today."""
    early = [one for one in facts.statuses if facts.runs(one)]
    days = "、".join(f"{one.label}（{chinese_date(facts.plan.due(one))}）" for one in early)
    told = "报送截止时间还没有到，写的是截至今天的情况，到时请重新生成。"
    return (f"{days}{told}",) if early else ()


def _not_together(period: Period) -> EduSheetError:
    return EduSheetError(
        "单位书面材料、资料汇编、调度通报和总结的详略，一次只能写一样",
        "详略（简、详）只用于季度总结，资料汇编不分单位：请只写其中一样。",
        Step(Verb.REPORT, period=period),
    )


def _no_slides(period: Period) -> EduSheetError:
    return EduSheetError(
        "汇报幻灯片一个季度一份，不分单位，不分详略，不用 Word 模板，也不转 PDF",
        "请写季度，并且不和单位、详略、模板、PDF、汇编写在一起；要总结和幻灯片两样的，请分两次生成。",
        Step(
            Verb.REPORT,
            period=period.quarter if isinstance(period, Month) else period,
            slides=True,
        ),
    )


_COLOPHON_ON_A_FRONT = (
    "版记印在第 {} 页，是单数页；双面印刷的，请在 分工方案.xlsx 的“设置”里把“版记页”改为“双数页”，"
    "再重新生成，版记就印在最后一张纸的背面。"
)


def _about_fonts(choice: Choice) -> tuple[str, ...]:
    """Return what the operator should know of the fonts of this machine."""
    told = [f"本机没有字体 {wanted}，文档里用了 {used}。" for wanted, used in choice.replaced]
    if choice.missing:
        names = "、".join(choice.missing)
        here = f"（本机有：{'、'.join(choice.here)}）" if choice.here else ""
        told.append(
            f"本机没有字体 {names}，在本机打印、转 PDF 时以其他字体代替，版面会有出入；"
            f"请安装这些字体，或在 分工方案.xlsx 的“设置”里改用本机有的字体{here}，再重新生成。"
        )
    return tuple(told)


def _of_edits(facts: PeriodFacts, tasks: Collection[Task]) -> Iterator[Finding]:
    """Yield what a person must know of the hand edits that are printed of some tasks."""
    yield from _outdated(facts, tasks)
    yield from undecided_findings(
        facts.plan, facts.period, facts.edited_in_months, facts.voices, tasks
    )
    yield from _replaced(facts, tasks)
    yield from _labels(facts, tasks)


def _outdated(facts: PeriodFacts, tasks: Collection[Task]) -> Iterator[Finding]:
    """Yield the edited texts of tasks that are printed though their unit says otherwise by now."""
    for task, one in facts.outdated:
        if one.edit and task in tasks:
            yield note(
                "outdated_text" if one.spoken else "outdated_text:taken_out",
                task=named(facts.plan, task),
                unit=one.unit,
                edited=one.edit.period,
                text=one.latest,
            )


def _own_voices(
    facts: PeriodFacts, tasks: Collection[Task], *, leads_only: bool
) -> Iterator[Finding]:
    """Yield the printed texts that call their unit 我局 or 本单位: for a person to put right."""
    shown = numbers_of(facts.plan)
    found: dict[tuple[str, Period], tuple[list[str], list[str]]] = {}
    for task in tasks:
        for one in facts.on(task):
            said = first_person(one.entry.text)
            if said and (answers(task, one) or not leads_only):
                numbers, words = found.setdefault((one.unit, one.entry.period), ([], []))
                numbers.append(shown[task.key])
                words.extend(said)
    for (unit, period), (numbers, words) in found.items():
        about = {"tasks": tuple(numbers), "words": tuple(dict.fromkeys(words))}
        yield note("first_person", unit=unit, of=period, **about)


def _replaced(facts: PeriodFacts, tasks: Collection[Task]) -> Iterator[Finding]:
    keys = {task.key for task in tasks}
    return (one for one in replaced_findings(facts) if one.task and one.task.key in keys)


def _labels(facts: PeriodFacts, tasks: Collection[Task]) -> Iterator[Finding]:
    """Yield the edits of which it is not sure under whose name they are printed."""
    feeding = feeding_periods(facts.period)
    edits = [one for one in facts.edits if one.period in feeding]
    for task in tasks:
        yield from label_findings(facts.plan, task, edits, facts.names.known)


def _content(
    workspace: Workspace,
    facts: PeriodFacts,
    unit: str | None,
    style: SummaryStyle,
    *,
    full_texts: bool,
) -> tuple[Path, Content, Collection[Task]]:
    """Return where the document goes, its content and the tasks whose texts it prints."""
    whole, folder = workspace.summary(facts.period), workspace.results(facts.period)
    if isinstance(facts.period, Month):
        if unit is not None:
            raise EduSheetError(
                f"{facts.period.label} 是月份，没有单位书面材料",
                "单位书面材料按季度写。",
                Step(Verb.REPORT, period=facts.period.quarter, units=(unit,)),
            )
        if full_texts:
            raise EduSheetError(
                f"{facts.period.label} 是月份，没有资料汇编",
                "资料汇编按季度写。",
                Step(Verb.REPORT, period=facts.period.quarter),
            )
        return whole, bulletin_content(facts, facts.period), ()
    if unit is None and full_texts:
        return folder / "资料汇编.docx", collection_content(facts), facts.plan.tasks
    if unit is None:
        return whole, quarter_content(facts, style), facts.plan.tasks
    name = facts.plan.roster.named(unit)
    own = material_content(facts, name)
    return folder / f"{safe_name(f'书面材料_{name}')}.docx", own, led_tasks(facts, name)


def _as_of(facts: PeriodFacts) -> datetime:
    """Return the moment of the newest return, which the file's properties bear.

    Not the present moment: the same ledger gives the same file.
    """
    received = [one.received_at for one in facts.submissions]
    day = facts.period.last.day(None)
    return max(received, default=datetime.combine(day, time(), clock.zone()))
