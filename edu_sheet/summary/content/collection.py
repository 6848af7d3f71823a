"""资料汇编: every unit's full text of a quarter, with the file and cell that it came from. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.progress import Contribution
from edu_sheet.rules.standing import cell_saying, cells_of
from edu_sheet.summary.content.content import Content, Kind, Paragraph
from edu_sheet.summary.content.heading import pattern_title, section
from edu_sheet.summary.content.leads import unused_in_words
from edu_sheet.summary.content.progress import heading_of
from edu_sheet.summary.content.told import earlier, repeated, words
from edu_sheet.summary.content.wording import (
    listed,
    paragraphs,
    printable,
    short_label,
)
from edu_sheet.words.parts import Part
from edu_sheet.words.plan import Task
from edu_sheet.words.returns import Entry

_LEFT_OUT = (  # no answer is lost: the reader learns where those stand that bear no words
    "季度只填了“无”、横线而各月另有进展的，以及只填了完成状态的，这里不逐条印出，见总表“明细”。"
)


def collection_content(facts: PeriodFacts) -> Content:
    """Return the collection of a quarter: all that units reported, task by task, for reference.

    Texts stand as they were reported, or as the clerk edited them, with their source below.
    """
    issuer = printable(facts.plan.settings.issuer)
    body = [Paragraph(Kind.BODY, _LEFT_OUT)]
    for task in facts.plan.tasks:
        body.append(Paragraph(Kind.HEADING3, heading_of(facts.plan, task)))
        body += _of_task(facts, task)
    return Content(
        name=f"{facts.period.label}资料汇编",
        period=facts.period.label,
        title=pattern_title(facts, issuer, "各单位报送资料汇编"),
        body=section(1, "各单位报送内容", tuple(body)),
        issuer=issuer,
        dated=facts.plan.of_period(facts.period).dated,
    )


def _of_task(facts: PeriodFacts, task: Task) -> Iterator[Paragraph]:
    said = facts.on(task)
    for one in said:
        text = one.entry.text if one.edit or not one.returned else one.returned.text
        yield from words(facts, task, one, text, alone=False)
        yield from _sources(facts, task, one, heard=True)
        yield from _of_months(facts, task, one)
    for one in facts.unused(task):
        yield Paragraph(Kind.BODY, f"{one.unit}{unused_in_words(facts, one)}。")
        yield from _newer(one)
        yield from _of_months(facts, task, one)
    if not said and not facts.unused(task):
        waits = facts.awaited(task)
        more = f"，报送件待核实：{listed(waits)}" if waits else ""
        yield Paragraph(Kind.BODY, f"没有单位报送该项任务的进展{more}。")


def _of_months(facts: PeriodFacts, task: Task, one: Contribution) -> Iterator[Paragraph]:
    """Yield what a unit said in the months before, and what waits of theirs."""
    for month in earlier(facts, task, one):
        yield from words(facts, task, month, month.entry.text, alone=False, monthly=True)
        yield from _sources(facts, task, month, heard=False)
    for month in facts.monthly.get((task.key, one.unit), ()):
        if not month.spoken and month.newer is not None and month != one:
            yield from _newer(month)
            yield from _replaced(month)


def _sources(
    facts: PeriodFacts, task: Task, one: Contribution, *, heard: bool
) -> Iterator[Paragraph]:
    """Yield where a text came from, and the same words again; below it what it took the place of.

    What its unit has said since the clerk edited it stands there too.
    """
    same = repeated(facts, task, one, heard=heard)
    also = "".join(f"；{source(other).replace('来源', '同样的内容', 1)}" for other in same)
    yield Paragraph(Kind.SOURCE, f"（{source(one)}{also}）")
    for said in (one, *same):
        yield from _newer(said)
        yield from _replaced(said)


def _newer(one: Contribution) -> Iterator[Paragraph]:
    """Yield what a unit has said since its text was edited, whole, with its source."""
    if one.newer is None or not one.waits:
        return
    first, *rest = paragraphs(one.newer) or ("（报送的内容无法印出）",)
    yield Paragraph(Kind.BODY, first, speaker=f"{one.unit}（此后报来，没有采用）：")
    yield from (Paragraph(Kind.BODY, text) for text in rest)
    yield Paragraph(Kind.SOURCE, f"（来源：{'；'.join(map(_from, one.waits))}）")


def _replaced(one: Contribution) -> Iterator[Paragraph]:
    """Yield the older texts that do not stand any more, whole, with their source.

    What stands above them as the clerk edited it is cited there.
    """
    if (whole := one.returned) is None:
        return
    edited = {cell for entry in one.made_on for cell in cells_of(entry)}
    for cell in whole.replaced:
        if cell not in edited or cell in cells_of(whole):
            first, *rest = paragraphs(cell.text) or ("（报送的内容无法印出）",)
            yield Paragraph(Kind.BODY, first, speaker=f"{one.unit}（已由后报的代替）：")
            yield from (Paragraph(Kind.BODY, text) for text in rest)
            yield Paragraph(Kind.SOURCE, f"（来源：{_from(cell.alone(whole))}）")


def source(one: Contribution, part: Part | None = None) -> str:
    """Return where a text came from, or a part of it, and that it was edited.

    来源：12月，县教育局.xlsx，填报表!D7，有人工修改
    """
    if one.returned is None:
        return "来源：汇总时由人工填写"
    newer = "" if one.newer is None else "，该单位此后另有报送"
    if newer and not one.made_on:  # other words stand in its cells by now
        return f"来源：汇总时人工修改{newer}"
    own = [*_left_of(one)] if one.edit else [one.returned]
    if not own:  # what its unit said is gone, and the clerk wrote something else
        return "来源：汇总时人工修改"
    cells = (cell_saying(entry, part) if part else None for entry in own)
    entries = [cell.alone(one) if cell else one for cell, one in zip(cells, own, strict=True)]
    edited = "，有人工修改" if one.reworded else ""
    return f"来源：{'；'.join(map(_from, entries))}{edited}{newer}"


def _left_of(one: Contribution) -> Iterator[Entry]:
    """Yield what an edited text was made of, without the cells that the clerk took out."""
    for entry in one.made_on:
        cells = tuple(cell for cell in cells_of(entry) if cell not in one.cut_cells)
        if cells:
            yield replace(entry, cells=cells) if entry.cells else entry


def _from(entry: Entry) -> str:
    """Return the period, file and cells of a text."""
    files = dict.fromkeys(cell.file for cell in entry.cells) or {entry.file: None}
    file = "、".join(map(printable, files))
    return f"{short_label(entry.period)}，{file}，{printable(_place(entry))}"


def _place(entry: Entry) -> str:
    """Return a text's cells, their sheet once: 填报表!D7、E7."""
    first, *others = dict.fromkeys(cell.place for cell in entry.cells) or {entry.place: None}
    if not others:
        return entry.place
    sheet = first[: first.rfind("!") + 1]
    return "、".join([first, *(place.removeprefix(sheet) for place in others)])
