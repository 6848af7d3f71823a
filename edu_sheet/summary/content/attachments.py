"""附件: the table of all tasks, and who reported in which period. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from edu_sheet.facts.period import NO_PROGRESS, REPORTED, PeriodFacts
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.deadlines import due_soon, each_once, kind_text, open_days
from edu_sheet.rules.lights import light_of
from edu_sheet.rules.progress import Contribution, progress_of
from edu_sheet.rules.told_apart import numbers_of
from edu_sheet.summary.content.content import Attachment, AttachmentColumn
from edu_sheet.summary.content.heading import printed_by
from edu_sheet.summary.content.leads import (
    Said,
    few,
    formerly,
    light,
    noted,
    said_by_leads,
    silent_leads,
    unused_in_words,
    with_progress,
    without_dashes,
)
from edu_sheet.summary.content.progress import closed_on
from edu_sheet.summary.content.tracked import state_of
from edu_sheet.summary.content.wording import (
    goal_of,
    listed,
    paragraphs,
    printable,
    short_label,
)
from edu_sheet.words.columns import NUMBER, PROGRESS
from edu_sheet.words.parts import Part, joined, parts_of
from edu_sheet.words.plan import Role, Task
from edu_sheet.words.returns import State, UnitStatus

_PORTRAIT_WIDTH, _LANDSCAPE_WIDTH = 8844, 12756  # 156 and 225 mm
_NUMBER_WIDTH, _UNIT_WIDTH = 660, 3200  # what is left holds 逾期127天 on a line
_DAY_WIDTH = 1560  # 2022.12.31 on a line, whatever stands in for the typeface of its digits
_CLAUSE = re.compile(r"(?<!\d)[，；：]|[，；：](?!\d)")


def tasks_table(facts: PeriodFacts) -> Attachment:
    """Return 附件1: every task in the plan's columns, with its lead units' words."""
    printed = [(one, one.annex) for one in facts.plan.columns if one.annex is not None]
    room = _LANDSCAPE_WIDTH / sum(width for _, width in printed)
    columns = tuple(
        AttachmentColumn(
            printable(one.header), int(width * room), centred=one.field == NUMBER.field
        )
        for one, width in printed
    )
    rows = tuple(
        tuple(
            _progress(facts, number)
            if one.field == PROGRESS.field
            else "\n".join(paragraphs(task.text(one.field)))
            for one, _ in printed
        )
        for number, task in enumerate(facts.plan.tasks)
    )
    return Attachment(f"{facts.period.label}任务落实情况表", columns, rows, landscape=True)


def states_table(facts: PeriodFacts) -> Attachment:
    """Return the annex of a summary in short: a line a task with its state and its day.

    Upright where 版记 follows, so that it stands at the foot of the last page of the table instead
    of on one of its own, with a blank one before.
    """
    upright = bool(printed_by(facts.plan.settings, facts.plan.settings.issuer))
    asked = facts.plan.settings.asks_state(facts.period) or bool(
        closed_tasks(facts.plan, facts.period)
    )
    led = any(task.leads for task in facts.plan.tasks)
    columns = [
        ("序号", 660, True),
        ("任务", 2144 if upright else 3800, False),
        ("牵头单位" if led else "责任单位", 1480 if upright else 1860, False),
        *([("状态", 900, True)] if asked else []),
        ("进展", 2100 if upright else 4040, False),
        ("时限", _DAY_WIDTH, True),
    ]
    whole = _PORTRAIT_WIDTH if upright else _LANDSCAPE_WIDTH
    spread = whole / sum(width for _, width, _ in columns)
    due, numbers = _first_open_days(facts), numbers_of(facts.plan)
    rows = tuple(
        (
            numbers[task.key],
            goal_of(task),
            listed(task.leads) if led else few(task.responsible, _MOST_NAMED),
            *([state_of(facts, task)] if asked else []),
            _in_a_sentence(facts, task),
            due.get(task.key) or _last_day(facts, task),
        )
        for task in facts.plan.tasks
    )
    return Attachment(
        f"{facts.period.label}任务完成情况一览表",
        tuple(AttachmentColumn(name, int(width * spread), one) for name, width, one in columns),
        rows,
        landscape=not upright,
        explained=f"“{CUT}”后面的内容见正文。" if any(CUT in row[-2] for row in rows) else "",
    )


CUT = "……"
_MOST_NAMED = 3  # units that answer for a task that nobody leads
_SENTENCE = 16  # characters, with its mark: a line of the column
_LEAST = 8  # characters that say something
_CLAUSE_ROOM = 36  # characters: a clause no longer than that is never cut
_NUMBER_AND_UNIT = re.compile(
    r"[0-9A-Za-z０-９](?:[0-9A-Za-z０-９.．,:：/%％‰~～+_@-]*[0-9A-Za-z０-９%％‰])?[\u4e00-\u9fff]{0,4}"
)
_BEHIND_A_WORD, _BEFORE_A_WORD = "、的了和与及》”）", "《“（"
_NUMBERING = (
    r"(?:\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[）)]"
    r"|[一二三四五六七八九十]{1,3}(?:、(?![一二三四五六七八九十])|是)|[①-⑳])\s*"
)
_LIST_NUMBER = re.compile(_NUMBERING)
_NEXT_ITEM = re.compile(f"[；;，,]{_NUMBERING}")


def _in_a_sentence(facts: PeriodFacts, task: Task) -> str:
    """Return the first sentence of what was achieved, with a mark where there is more.

    Of several units that one speaks, under its name, that says how the task stands.
    """
    said = said_by_leads(facts, task)
    if not said:
        return "、".join(silent_leads(facts, task)) or closed_on(facts, task)
    one = _speaking(facts, task, said)
    whole, alone = one.parts.progress, len(said) == 1
    if not whole:
        return NO_PROGRESS if alone else f"{one.achieved_by}：{NO_PROGRESS}{CUT}"
    shown = _shortened(_first_sentence(whole))
    more = not alone or len(_first_sentence(whole)) < len(whole.rstrip("。；;"))
    cut = CUT if more and not shown.endswith(CUT) else ""
    who = one.achieved.removesuffix(whole) if alone else f"{one.achieved_by}："
    return f"{who}{shown}{cut}"


def _speaking(facts: PeriodFacts, task: Task, said: Sequence[Said]) -> Said:
    """Return who says how the task stands, of several one that tells of progress, if any does."""
    stands = light(facts, task)
    say_so = [one for one in said if stands and light_of(one.heard.entry.state) is stands]
    heard = say_so or said
    return next((one for one in heard if one.parts.progress), heard[0])


def _first_sentence(text: str) -> str:
    return text.split("。", 1)[0]


def _shortened(sentence: str) -> str:
    """Return a sentence, of a long one as many clauses as there is room for, and a mark.

    Of a list too long its first item stands, without the number that says nothing alone.
    """
    number, following = _LIST_NUMBER.match(sentence), _NEXT_ITEM.search(sentence)
    if number and not (following and len(sentence) <= _SENTENCE):
        item = sentence[number.end() : following.start() if following else None]
        return f"{_shortened(item).removesuffix(CUT)}{CUT}" if following else _shortened(item)
    if len(sentence) <= _SENTENCE:
        return sentence
    ends = [found.start() for found in _CLAUSE.finditer(sentence, _LEAST)]
    near = [at for at in ends if at <= _SENTENCE - 2] or [*ends, len(sentence)][:1]
    at = near[-1] if near[-1] <= _CLAUSE_ROOM else _word_end(sentence)
    return sentence if at == len(sentence) else f"{sentence[:at].rstrip('、')}{CUT}"


def _word_end(sentence: str) -> int:
    """Return where a long clause can be cut: behind a word, and never within a number and unit."""
    within = {
        at
        for found in _NUMBER_AND_UNIT.finditer(sentence, 0, 2 * _CLAUSE_ROOM)
        for at in range(found.start() + 1, found.end())
    }
    numbers = {found.start() for found in _NUMBER_AND_UNIT.finditer(sentence, 0, _CLAUSE_ROOM)}
    free = [at for at in range(_LEAST, _CLAUSE_ROOM + 1) if at not in within]
    good = [
        at
        for at in free
        if sentence[at - 1] in _BEHIND_A_WORD or sentence[at] in _BEFORE_A_WORD or at in numbers
    ]
    return max(good or free or [_CLAUSE_ROOM])


def _first_open_days(facts: PeriodFacts) -> dict[str, str]:
    """Return by task the first day of its deadlines that is open: one that has passed is marked.

    So what is overdue stands there until it is closed, before what is still to come.
    """
    passed = Counter[str]()
    first = dict[str, date]()
    for due in due_soon(facts.plan, facts.period, facts.today):
        if due.missed:
            passed[due.task.key] += 1
            first.setdefault(due.task.key, due.day)
    for key, days in open_days(facts.plan, facts.period, facts.today).items():
        first.setdefault(key, days[0][0])
    marks = {key: f"\n已到期{f'{count}项' if count > 1 else ''}" for key, count in passed.items()}
    return {key: _day(day) + marks.get(key, "") for key, day in first.items()}


def _last_day(facts: PeriodFacts, task: Task) -> str:
    """Return the last of the days of a task, all of them closed, or how often it is due."""
    own = [one for one in each_once(facts.plan) if one.task == task.key and one.when]
    if days := [one.when for one in own if isinstance(one.when, date)]:
        return _day(max(days))
    return next(map(kind_text, own), "—")


def _day(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def returns_table(facts: PeriodFacts) -> Attachment:
    """Return 附件2: every unit's state in every period for which forms went out."""
    by_period = {
        period: {line.unit: line for line in lines} for period, lines in facts.statuses.items()
    }
    units = dict.fromkeys(unit for lines in by_period.values() for unit in lines)
    rest = _PORTRAIT_WIDTH - _NUMBER_WIDTH - _UNIT_WIDTH
    each = rest // max(1, len(by_period))
    columns = (
        AttachmentColumn("序号", _NUMBER_WIDTH, centred=True),
        AttachmentColumn("单位", _PORTRAIT_WIDTH - _NUMBER_WIDTH - each * len(by_period)),
        *(AttachmentColumn(short_label(period), each, centred=True) for period in by_period),
    )
    rows = tuple(
        (str(number), unit, *(_cell(lines.get(unit)) for lines in by_period.values()))
        for number, unit in enumerate(units, 1)
    )
    unasked = any("—" in row for row in rows)
    told = "“—”为该期没有填报任务。" if unasked else ""
    return Attachment(f"{facts.period.label}报送情况表", columns, rows, explained=told)


def _progress(facts: PeriodFacts, number: int) -> str:
    """Return the words in full of who answers for a task, and who else spoke.

    The others' words stand in the text. Where nobody leads, all who are responsible answer.
    """
    task = facts.plan.tasks[number]
    answers = Role.LEAD if task.leads else Role.RESPONSIBLE
    said = facts.on(task)
    own = [one for one in said if one.role in (answers, Role.LEAD)]
    spoken = with_progress(facts, task)
    others = [one.unit for one in said if one not in own and one.unit in spoken]
    lines: list[str] = []
    for one in own:
        told = progress_of(one)
        note = noted(
            formerly(facts, task, one),
            one.told_in if one.entry.period != facts.period else "",
        )
        if note or len(own) > 1:
            lines.append(f"【{one.unit}】{note}")
        words = one.entry.text if told is one else _beside(one, told)
        lines += paragraphs(without_dashes(words))
    if not own:
        unused = [unused_in_words(facts, one) for one in facts.unused(task) if one.role is answers]
        why = f"{unused[0]}。" if unused else _silence(facts, task, answers)
        closed = "" if unused else closed_on(facts, task)
        lines.append(f"{closed}。" if closed else f"{answers.label}单位{why}")
    if others:
        lines.append(f"责任单位{len(others)}个报送，见正文：{listed(others)}。")
    return "\n".join(lines)


def _beside(one: Contribution, told: Contribution | None) -> str:
    """Return the words of a unit whose own text says nothing of progress: a month's stands in."""
    parts = one.parts
    progress = f"{NO_PROGRESS}。"
    if told:
        progress = f"{noted(told.told_in)}{parts_of(told.entry.text).progress}"
    rest = {part: parts[part] for part in (Part.PROBLEMS, Part.NEXT_STEPS)}
    return joined({Part.PROGRESS: progress, **rest})


def _silence(facts: PeriodFacts, task: Task, answers: Role) -> str:
    """Return why there are no words of who answers: it sent nothing, or nothing on this task."""
    own = [unit for unit, role in facts.plan.roles(task).items() if role is answers]
    asked = [unit for unit in own if facts.was_asked_of(unit, task)]
    if not asked:
        return "未列入填报范围。"
    if any(facts.awaits(unit, task) for unit in asked):
        return "报送件待核实。"
    came = dict.fromkeys(said for unit in asked if (said := facts.came_of(unit, task)))
    sent = "没有该项任务的进展" if {REPORTED, NO_PROGRESS} & came.keys() else "未报送"
    return f"{sent}（{'、'.join(came)}）。" if came else "未报送。"


def _cell(line: UnitStatus | None) -> str:
    if line is None:
        return "—"
    if line.state is State.ATTENTION:
        return "待核实"  # what it is stands in the text
    late = line.state is State.LATE and line.late_days
    state = f"逾期{line.late_days}天" if late else line.label
    return state + (f"\n缺{line.blank}项" if line.incomplete else "")
