"""A document's paragraphs → tasks: those that say who answers for them. Pure.

Who answers stands in a bracket at a paragraph's end, with or without a label, in lines after it, in
the run of its text, or in the heading above. What it holds for is reached back to its number.
"""

from collections.abc import Container, Sequence

from edu_sheet.plan.issued.acting import mark_acting
from edu_sheet.plan.issued.annexes import (
    begins_annex,
    closes_notice,
    enter_annex,
    enter_plan,
    enter_title,
    mark_titles,
    plans_with_tasks,
)
from edu_sheet.plan.issued.around import lines_around
from edu_sheet.plan.issued.assembly import Assembly
from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.closings import mark_closings
from edu_sheet.plan.issued.counted import counting_words, mark_repeated, with_numbers_joined
from edu_sheet.plan.issued.draft import NAMED_IN_HEADING, Headings, Left, Read
from edu_sheet.plan.issued.duties import mark_duties
from edu_sheet.plan.issued.first_leads import first_leads_in
from edu_sheet.plan.issued.footers import footers
from edu_sheet.plan.issued.headings import answers_below, heads_tasks, style_of_tasks
from edu_sheet.plan.issued.left import leave_gap
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.measures import mark_fields, mark_levels, mark_nested
from edu_sheet.plan.issued.openings import mark_openings
from edu_sheet.plan.issued.passages import Passage, passage_of
from edu_sheet.plan.issued.prepared import with_label_marks, with_labels_joined, with_units_joined
from edu_sheet.plan.issued.roles import let_undertakers_lead, undertakers_lead
from edu_sheet.plan.issued.spoken import speaks_of_duty

SAID_AGAIN = "这里又写了一次同样的单位，合在了这一项里：是不是另一项任务？请核对"
BEGUN_ANEW = "前面一项已经写了单位，这里又写了一次，从这一段起读作另一项任务，请核对"


def read_prose(
    paragraphs: Sequence[Paragraph],
    read: Read,
    *,
    labelled: bool = False,
    behind: Container[str] = (),
) -> None:
    """Add what the paragraphs hold to what was read; `labelled`: only units that a label names.

    `behind` are the places behind all tables.
    """
    around = [*footers(paragraphs, behind)]
    beside = {(one.place, one.text) for one in around}
    around += lines_around([one for one in paragraphs if (one.place, one.text) not in beside])
    read.left += around
    beside = {(one.place, one.text) for one in around}
    paragraphs = [one for one in paragraphs if (one.place, one.text) not in beside]
    marked = [*map(with_label_marks, paragraphs)]
    paragraphs = [*with_units_joined([*with_labels_joined([*with_numbers_joined(marked)])])]
    counted = counting_words(paragraphs)
    items = [passage_of(one, labelled=labelled, counted=counted) for one in paragraphs]
    _let_undertakers_lead(items)
    if not labelled:
        mark_duties(items)
        mark_acting(items, style_of_tasks(items))
    mark_fields(items)
    mark_nested(items)
    mark_repeated(items)
    mark_closings(items)
    mark_openings(items)
    mark_levels(items, style_of_tasks(items))
    mark_titles(items)
    for one in paragraphs:
        read.first_leads = read.first_leads or first_leads_in(one.text)
    if any(one.said and one.said.names_units for one in items) or heads_tasks(items):
        assembly = Assembly(read, items)
        plans = plans_with_tasks(items)
        assembly.plans = tuple(plans) if plans[1:] else ()
        _read_passages(assembly)
    else:
        read.left += [
            Left(one.place, "正文", one.text, ask=speaks_of_duty(one.text)) for one in paragraphs
        ]


def _let_undertakers_lead(items: Sequence[Passage]) -> None:
    """Let 承办单位：甲 lead where 协办单位：乙 stands in a line of its own."""
    said = [one.said for item in items for one in (item, *item.more) if one.said]
    if undertakers_lead(said):
        for one in said:
            let_undertakers_lead(one)


def _read_passages(assembly: Assembly) -> None:
    """Read all passages, in order."""
    for item in assembly.items:
        if assembly.over and not assembly.over.label and not (item.handed or item.over):
            leave_gap(assembly, item)
            assembly.over = assembly.task = None
        if item.over:
            _heading_that_answers(assembly, item)
        elif item.said is not None and not item.text and not item.label:
            _roles(assembly, item)
        elif item.said is not None and not item.body:
            _close(assembly, item)
            _task(assembly, item)
            for more in item.more:
                assembly.begin(more, [])
            if item.behind and assembly.task:
                assembly.task.add(Meaning.REQUIREMENTS, item.behind)
                assembly.task.doubt(
                    Meaning.REQUIREMENTS, "写单位的地方后面还有文字，算在了这一项里，请核对"
                )
        else:
            _plain(assembly, item)
    leave_gap(assembly, None)
    _ask_of_later(assembly)


def _ask_of_later(assembly: Assembly) -> None:
    """Ask once of a rule for the tasks behind the one that it stands with: it fills none."""
    for rule, after in assembly.later:
        labels = [one.label or one.text(Meaning.GOAL)[:8] for one in assembly.read.tasks[after:]]
        if labels:
            told = f"{labels[0]} 到 {labels[-1]}（{len(labels)} 项）" if labels[1:] else labels[0]
            assembly.read.tasks[after].doubt(
                Meaning.DUTY,
                f"前面写着“{rule}”，没有替 {told} 填写：是的，请补填这些单位",
            )


def _roles(assembly: Assembly, item: Passage) -> None:
    """A line that says nothing but who answers, or until when."""
    if item.said is None:
        return
    if _leads_below(assembly, item):
        _flush_above(assembly, item)
    elif assembly.gap and item.said.names_units and any(one.text for one in assembly.gap):
        _from_gap(assembly, item)
    elif assembly.task is not None and not assembly.gap:
        if _again(assembly, item):
            assembly.task.doubt(Meaning.LEAD, SAID_AGAIN)
        assembly.say(assembly.task, item)
    else:
        assembly.gap.append(item)


def _again(assembly: Assembly, item: Passage) -> bool:
    """Return whether a line says once more, under the same label or none, who answers."""
    if assembly.task is None or item.said is None or item.text:
        return False
    given, labels = assembly.task.how, item.said.labels
    if not labels and item.said.lead and assembly.task.text(Meaning.LEAD):
        return True
    return any(one in given and meaning_of(one) in UNITS for one in labels)


def _begins_anew(assembly: Assembly, item: Passage) -> bool:
    """Return whether units that are said once more follow a line, which so begins a task."""
    if not item.field:
        return False
    for one in _behind(assembly, item, None):
        if one.label or (one.text and not (one.field or one.body)):
            return False
        if one.said is not None and not one.body:
            return _again(assembly, one)
    return False


def _leads_below(assembly: Assembly, item: Passage) -> bool:
    """Return whether a line says who leads all that is numbered below the heading above it."""
    said, above = item.said, assembly.gap[-1] if assembly.gap else None
    if said is None or not said.lead or said.duty or said.others or above is None:
        return False
    follows = _behind(assembly, item)
    if not above.heads or not follows or follows[0].depth <= above.depth:
        return False
    own = [one.said for one in follows[:2] if one.said]
    return bool(follows[0].label) and bool(own) and own[0].names_units and not own[0].lead


def _flush_above(assembly: Assembly, item: Passage) -> None:
    """Let the lead that stands below a heading hold for what follows."""
    above = assembly.gap[-1]
    leave_gap(assembly, item)
    assembly.task = None
    assembly.head, assembly.head_depth = (
        (Meaning.LEAD, item.said.lead if item.said else ""),
        above.depth,
    )
    assembly.head_text, assembly.head_asked = item.whole, None
    assembly.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))


def _heading_that_answers(assembly: Assembly, item: Passage) -> None:
    """Let the units of a heading, and of lines below it, hold for what is numbered there."""
    if not item.text:
        assembly.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))
        return
    leave_gap(assembly, item)
    assembly.task, assembly.over = None, item
    if item.said and item.said.later:
        assembly.later.append((item.said.later, len(assembly.read.tasks)))
    assembly.headings.add(item.depth, item.label + item.text)
    assembly.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))


def _behind(assembly: Assembly, item: Passage, most: int | None = 2) -> Sequence[Passage]:
    """Return what follows a paragraph: the two next, or all."""
    at = next(place for place, one in enumerate(assembly.items) if one is item)
    return assembly.items[at + 1 :][:most]


def _plain(assembly: Assembly, item: Passage) -> None:
    if _begins_part(assembly, item):
        return
    if _says_what_alone(assembly, item):
        return
    if assembly.task is not None and not assembly.gap and (item.field or item.body):
        if not _begins_anew(assembly, item):
            assembly.detail(assembly.task, item)
            return
        item.asked = BEGUN_ANEW
    if (head := answers_below(item)) is not None:
        leave_gap(assembly, item)
        assembly.head, assembly.head_depth = head, item.depth if item.label else -1
        assembly.head_text, assembly.head_asked = item.numbered, None
        if item.label:
            assembly.headings.add(item.depth, item.numbered)
        assembly.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))
        assembly.task = None
        return
    if assembly.head and item.label and item.depth <= assembly.head_depth and item.heads:
        leave_gap(assembly, item)
        assembly.head = None
    if assembly.over and item.label and item.depth <= assembly.over.depth:
        leave_gap(assembly, item)
        assembly.over = assembly.task = None
    above = assembly.over.depth if assembly.over else assembly.head_depth if assembly.head else 99
    if item.label and item.depth > above:
        assembly.begin(item, [])
        return
    assembly.gap.append(item)


def _says_what_alone(assembly: Assembly, item: Passage) -> bool:
    """Let a line say what a task is whose number stands before nothing but who answers."""
    task = assembly.task
    if task is None or assembly.gap or not item.text or item.label or item.field:
        return False
    if not task.label or task.text(Meaning.GOAL):
        return False
    assembly.tell(task, item)
    return True


def _begins_part(assembly: Assembly, item: Passage) -> bool:
    """Return whether a passage begins an annex or a plan, is its title, or ends a notice."""
    if begins_annex(item):
        leave_gap(assembly, None)
        enter_annex(assembly, item)
    elif item.title:
        leave_gap(assembly, None)
        enter_plan(assembly, item)
    elif closes_notice(item):
        leave_gap(assembly, None)
        assembly.headings = Headings()
        assembly.read.left.append(Left(item.place, "正文", item.whole))
    elif item.titled:
        assembly.read.left.append(Left(item.place, "标题", item.whole))
    else:
        return enter_title(assembly, item)
    return True


def _close(assembly: Assembly, item: Passage) -> None:
    if item.label:
        leave_gap(assembly, item)


def _task(assembly: Assembly, item: Passage) -> None:
    """A paragraph that says itself who answers."""
    if item.label or not assembly.gap:
        assembly.begin(item, [])
    else:
        _from_gap(assembly, item)


def _from_gap(assembly: Assembly, item: Passage) -> None:
    """Begin a task at the number that a paragraph without one belongs to."""
    numbered = [at for at, one in enumerate(assembly.gap) if one.label]
    if not assembly.style and assembly.gap and not assembly.gap[-1].label:
        numbered = []  # the numbers are those of headings
    if item.text and assembly.gap and not assembly.gap[-1].said:
        numbered = [at for at in numbered if assembly.gap[at].style not in assembly.over_several]
    own = [at for at in numbered if assembly.gap[at].style == assembly.style]
    anew = [at for at, one in enumerate(assembly.gap) if one.asked == BEGUN_ANEW]
    if anew:
        start = anew[-1]
    elif own:
        start = own[-1]
    elif item.text and (not numbered or _heads_several(assembly, item)):
        start = len(assembly.gap)
    elif numbered:
        start = numbered[-1]
    else:  # the last line but for those that say no more than 主管领导：…
        texts = [at for at, one in enumerate(assembly.gap) if one.text]
        start = texts[-1] if texts and not item.text else len(assembly.gap) - 1
    body = assembly.gap[start:]
    del assembly.gap[start:]
    leave_gap(assembly, item)
    if not body:
        assembly.begin(item, [])
    else:
        assembly.begin(body[0], [*body[1:], item])


def _heads_several(assembly: Assembly, item: Passage) -> bool:
    """Return whether the next paragraph without a number says who answers as well."""
    follows = _behind(assembly, item)
    return bool(follows) and bool(follows[0].said and follows[0].text and not follows[0].label)
