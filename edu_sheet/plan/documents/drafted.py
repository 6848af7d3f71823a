"""What was read from a document → Plan, and the lines of 导入核对."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from edu_sheet.kit import clock
from edu_sheet.plan import keys, layout
from edu_sheet.plan.front import Front, use_of
from edu_sheet.plan.issued.asked_once import ask_once
from edu_sheet.plan.issued.columns import EARLIER
from edu_sheet.plan.issued.draft import (
    FIRST_LEADS,
    HIDDEN,
    MEASURE,
    NAMED_IN_HEADING,
    Draft,
    Left,
    Read,
    column_name,
    in_levels,
    unaccounted,
)
from edu_sheet.plan.issued.kinds_of_duty import keep_kinds
from edu_sheet.plan.issued.matrix import explained
from edu_sheet.plan.issued.meaning import Meaning, meaning_of, names_both
from edu_sheet.plan.issued.ordinals import numbered
from edu_sheet.plan.issued.remarks_behind import drop_remarks
from edu_sheet.plan.issued.suspects import suspect
from edu_sheet.plan.issued.unnamed import note_unnamed
from edu_sheet.plan.review import ReviewLine
from edu_sheet.plan.tasks import task
from edu_sheet.plan.workbook.requirements import (
    days_elsewhere,
    of_deadline_columns,
    without_day,
)
from edu_sheet.rules import units
from edu_sheet.words.columns import (
    CATEGORY,
    GOAL,
    NUMBER,
    PLAN_COLUMNS,
    PROGRESS,
    Column,
    with_further,
)
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Plan, Roster, Task, Unit
from edu_sheet.words.settings import LeadRule, Settings
from edu_sheet.words.text import bare, tidy

_FIELDS = {Meaning.NUMBER: NUMBER.field, **layout.FIELD_OF}
_HEADED: dict[str, str] = {
    meaning.value: field for meaning, field in _FIELDS.items() if field in layout.AS_ISSUED
}
_OF_PROGRESS = re.compile(r"(?:进展|推进|完成|落实|办理)(?:情况|进度)")
_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_HEADER = 14  # characters of a header that the narrow columns of a form have room for


@dataclass(frozen=True, slots=True)
class Issued:
    """A plan as a document has it, and what became of every text of the document."""

    plan: Plan
    review: tuple[ReviewLine, ...] = ()


def issued_of(read: Read, front: Front, stem: str, titles: Sequence[str] = ()) -> Issued:
    """Return the plan that was read; `stem` is its title where the document has none.

    `titles` are those of its tables: where they are several, a doubt says which was taken.
    """
    drop_remarks(read.tasks)
    keep_kinds(read)
    suspect(read)
    _ask_of_measures(read)
    note_unnamed(read.tasks)
    ask_once(read.tasks)
    labels = _labels(read.tasks)
    headers, category = _further(read), _category(read)
    columns = with_further(_as_headed(read), headers)
    own = keys.assign(
        [
            keys.Keyed("", keys.of_task(one.text(Meaning.GOAL), one.text(Meaning.REQUIREMENTS)))
            for one in read.tasks
        ]
    )
    spellings = _spellings(read.tasks)
    numbers = _numbers(read.tasks, labels)
    tasks = tuple(
        task(number, _texts(one, headers, category), key, spellings, columns, label)
        for one, key, label, number in zip(read.tasks, own, labels, numbers, strict=True)
    )
    plan = Plan(
        _settings(front, stem, read, headers, labels), _roster(tasks), tasks, columns=columns
    )
    deadlines = of_deadline_columns(plan)
    plan = Plan(plan.settings, plan.roster, tasks, deadlines=deadlines, columns=columns)
    return Issued(
        plan,
        (
            *_review(read, tasks, front, plan.settings.title),
            *_of_deadlines(plan),
            *_of_title(front, stem, titles),
            *_of_day(front),
            *(() if titles[1:] else _of_several_plans(front, read)),
        ),
    )


# --- tasks


def _labels(drafts: Sequence[Draft]) -> list[str]:
    """Return the number that each task shows: as issued, else one that no other has."""
    taken = {bare(one.label) for one in drafts}
    found: list[str] = []
    some, last = any(taken), "0"
    numbers = numbered([one.label for one in drafts])
    ended = max((at for at, one in enumerate(drafts) if one.label), default=-1)
    for at, (one, number) in enumerate(zip(drafts, numbers, strict=True)):
        label = tidy(one.label)
        if not label:
            free = str(number) not in taken and at > ended
            label = str(number) if free else _next_to(last, taken)
            taken.add(label)
            if some:
                one.doubt(Meaning.NUMBER, f"原文没有编号，按次序编为 {label}")
        else:
            last = bare(label).strip("()（）、.")
        found.append(label)
    return found


def _next_to(before: str, taken: set[str]) -> str:
    """Return a label that nobody has, made of the last one that was issued: 1-1, 1-2."""
    return next(one for n in range(1, 10_000) if (one := f"{before}-{n}") not in taken)


def _numbers(drafts: Sequence[Draft], labels: Sequence[str]) -> list[int]:
    """Return a number for each task; those beside another under one number come after all."""
    first = [label for one, label in zip(drafts, labels, strict=True) if not one.beside]
    given = iter(numbered(first))
    found = [0 if one.beside else next(given) for one in drafts]
    highest = max(found, default=0)
    for place, one in enumerate(drafts):
        if one.beside:
            highest += 1
            found[place] = highest
    return found


def _category(read: Read) -> str:
    """Return what the column of categories is called: as issued, where all tables agree."""
    category = Meaning.CATEGORY.value
    said = {
        column_name(header)
        for one in read.tasks
        for header, what in one.how.items()
        if what == category and one.text(Meaning.CATEGORY)
    }
    own = said.pop() if len(said) == 1 else ""
    taken = not own or own in read.headers or layout.columns_of([own], PLAN_COLUMNS)
    return CATEGORY if taken else own


def _texts(one: Draft, headers: Iterable[str], category: str) -> dict[str, str]:
    texts = {
        field: one.text(meaning)
        for meaning, field in _FIELDS.items()
        if meaning not in (Meaning.NUMBER, Meaning.HELP)
    }
    texts[PROGRESS.field] = one.others.get(EARLIER, "")
    others = {header: one.others.get(header, "") for header in headers}
    above = [one.under, one.others.get(CATEGORY, "")]
    others[category] = one.text(Meaning.CATEGORY)
    if category == CATEGORY:
        above.insert(1, others[CATEGORY])
    others[CATEGORY] = in_levels(dict.fromkeys(above))
    return texts | {header: text for header, text in others.items() if header in {*headers}}


def _further(read: Read) -> tuple[str, ...]:
    """Return the headers of the columns beyond the seven that hold something."""
    said = (header for one in read.tasks for header, text in one.others.items() if text)
    held = dict.fromkeys(header for header in said if header != EARLIER)  # 进展情况
    first = [CATEGORY] if any(one.under for one in read.tasks) else []
    first += [_category(read)] if any(one.text(Meaning.CATEGORY) for one in read.tasks) else []
    order = [header for header in read.headers if header in held]
    return tuple(dict.fromkeys([*first, *order, *(one for one in held if one not in order)]))


def _as_headed(read: Read) -> tuple[Column, ...]:
    """Return the seven columns under the headers of the document, where it has its own."""
    said: dict[str, dict[str, None]] = {}
    nameless: set[str] = set()  # fields whose units some task names without any label
    for draft in read.tasks:
        headed = {_HEADED.get(meaning) for meaning in draft.how.values()}
        nameless |= {
            _FIELDS[meaning]
            for meaning in (Meaning.LEAD, Meaning.DUTY)
            if draft.text(meaning) and _FIELDS[meaning] not in headed
        }
        for header, meaning in draft.how.items():
            field = _HEADED.get(meaning)
            if field and not names_both(header):
                said.setdefault(field, {}).setdefault(tidy(header))
    found = []
    for column in PLAN_COLUMNS:
        header = "、".join(said.get(column.field, ()))
        known = layout.columns_of([header], PLAN_COLUMNS).get(0) if header else None
        fits = known is not None and known.field == column.field and len(header) <= _HEADER
        fits = fits and column_name(header) not in read.headers  # another column's, elsewhere
        fits = fits and column.field not in nameless
        found.append(replace(column, header=header) if fits else column)
    return tuple(found)


def _spellings(drafts: Iterable[Draft]) -> dict[str, str]:
    """Return every name that stands whole between separators somewhere in the plan.

    A name that a line break or a page parted elsewhere is put together by it.
    """
    known: dict[str, str] = {}
    for one in drafts:
        for meaning in (Meaning.LEAD, Meaning.DUTY):
            lines = one.text(meaning).split("\n")
            for place, line in enumerate(lines):
                names = units.split(line, {})
                last = len(names) - (place + 1 < len(lines))
                known |= {name: name for name in names[place > 0 : last]}
    return known


def _roster(tasks: Sequence[Task]) -> Roster:
    named = dict.fromkeys(name for one in tasks for name in (*one.leads, *one.responsible))
    return Roster(
        tuple(Unit(name, group=units.is_group(name), key=keys.of_unit(name)) for name in named)
    )


# --- settings


def _settings(
    front: Front, stem: str, read: Read, headers: Sequence[str], labels: Sequence[str]
) -> Settings:
    today = clock.now()
    return Settings(
        title=front.title or stem,
        doc_number=front.doc_number,
        issuer=front.issuer,
        issued=front.issued,
        first_month=front.first_month or Month(today.year, today.month),
        addressee=front.addressee,
        leads=_lead_rule(read),
        same_numbers=len({*map(bare, labels)}) < len(labels),
        further="、".join(headers),
    )


def _lead_rule(read: Read) -> LeadRule:
    if all(one.text(Meaning.LEAD) for one in read.tasks):
        return LeadRule.EACH
    ruled = read.first_leads or any(FIRST_LEADS in one.how.values() for one in read.tasks)
    return LeadRule.FIRST if ruled else LeadRule.OPEN


# --- 导入核对


def _review(read: Read, tasks: Sequence[Task], front: Front, title: str) -> Iterator[ReviewLine]:
    left = [*unaccounted(read), *read.left]
    used = {
        id(one): _used(one, tasks, title, read) or use_of(front, one.text, whole=one.ask)
        for one in left
    }
    unused = [one for one in left if not used[id(one)]]
    yield ReviewLine(
        "合计",
        "",
        f"读出 {len(tasks)} 项任务；没有用到的文字 {len(unused)} 处，下面逐处列出",
        "核对无误的，把第一列改成“已核对”",
    )
    for table, rows, count, beside in read.counted:
        own = sum(bool(used[id(one)]) and _stands_in(one, table) for one in read.left)
        told = f"读出 {count} 项任务，没有用到 {max(0, beside - own)} 行"
        yield ReviewLine("表", table, f"{rows} 行", told)
    labels = _read_as(read)
    for header, meaning in labels.items():
        yield ReviewLine("列或标签", "", header or "（没有表头的列）", meaning)
    for header in _further(read):
        yield ReviewLine("其他列", "", header, "列名照原样，印在填报表和总表里")
    if read.first_leads:
        yield ReviewLine("规则", "", read.first_leads, "没写牵头单位的任务，由第一个责任单位牵头")
    ruled = _lead_rule(read) is LeadRule.FIRST
    for draft, one in zip(read.tasks, tasks, strict=True):
        yield from _of_task(draft, one, ruled=ruled)
    yield from (_of_left(one, used[id(one)]) for one in left)


def _ask_of_measures(read: Read) -> None:
    """Ask of 单位：万元, where figures stand under headers that do not say what they count."""
    held = [one for task in read.tasks for one in task.others.items()]
    counted = any(_FIGURE.fullmatch(bare(text)) and "（" not in header for header, text in held)
    read.left = [replace(one, ask=counted) if one.what == MEASURE else one for one in read.left]


def _of_deadlines(plan: Plan) -> Iterator[ReviewLine]:
    """Yield, once each, the deadlines in which no day was found, and days in other columns."""
    if cells := [*without_day(plan)]:
        said = "没有认出日期，没有列入“时限节点”：要提醒的，请在那张表里加行"
        asked = any(re.search(r"\d|[一二三四]季度", cell) for cell in cells)
        yield ReviewLine("完成时限", "各项的时限", "；".join(cells), said, ask=asked)
    for header, found in days_elsewhere(plan).items():
        (first, words), *more = found.items()
        one = next(task for task in plan.tasks if task.key == first)
        count = f"（共 {len(more) + 1} 项这样写）" if more else ""
        said = (
            f"“{header}”里写着“{words}”，没有列入“时限节点”{count}："
            "是不是完成时限？是的，请在那张表里加行"
        )
        shown = f"{one.shown} {one.goal}"
        yield ReviewLine("任务疑点", header, shown, said, ask=True, key=first, field=header)


def _of_title(front: Front, stem: str, titles: Sequence[str]) -> Iterator[ReviewLine]:
    """Yield what a person has to look at in the title that all forms will bear."""
    if not front.title:
        said = "原文里没有找到标题，用的是文件名，请在“设置”里核对"
        yield ReviewLine("方案标题", "文件名", stem, said, ask=True)
    elif _OF_PROGRESS.search(front.title):
        said = "读作方案标题，像是进展汇总表的名称，请在“设置”里改成方案的名称"
        yield ReviewLine("方案标题", "任务前面的文字", front.title, said, ask=True)
    elif front.guessed:
        said = "读作方案标题，请在“设置”里核对"
        yield ReviewLine("方案标题", "任务前面的文字", front.title, said, ask=True)
    elif front.notice:
        said = f"读作方案标题“{front.title}”，请在“设置”里核对"
        yield ReviewLine("方案标题", "任务前面的文字", front.notice, said, ask=True)
    elif front.half:
        said = f"上面的“{front.half}”没有算在标题里：是不是标题的一部分？请在“设置”里核对"
        yield ReviewLine("方案标题", "任务前面的文字", front.title, said, ask=True)
    if len(titles) > 1:
        said = f"各表标题不同，方案标题用的是“{front.title or stem}”，请在“设置”里核对"
        yield ReviewLine("方案标题", "各表前面的文字", "；".join(titles), said, ask=True)


def _of_day(front: Front) -> Iterator[ReviewLine]:
    """Yield that the day of issue is taken from what may tell of another."""
    if front.loose_day:
        said = "读作印发日期，是不是方案印发的日期？请在“设置”里核对"
        yield ReviewLine("印发日期", "标题附近的文字", front.loose_day, said, ask=True)


def _of_several_plans(front: Front, read: Read) -> Iterator[ReviewLine]:
    """Yield that the title is that of one of several plans, where no notice names them all."""
    if front.title in read.plans:
        several = f"原文有 {len(read.plans)} 个标题，各有任务"
        said = f"{several}，方案标题用的是“{front.title}”，请在“设置”里核对"
        yield ReviewLine("方案标题", "各方案的标题", "；".join(read.plans), said, ask=True)


def _used(one: Left, tasks: Sequence[Task], title: str, read: Read) -> str:
    """Return what a text beside the tasks became, "" where it became nothing."""
    said, named, rule = bare(one.text), bare(title), read.first_leads
    notice = named in said and said.endswith("的通知")
    if said in read.used or (said and (said == named or notice)):
        return read.used.get(said) or "用作方案名称"
    if rule and bare(rule) in said:
        return "其中谁牵头的规则已采用"
    if _explains_marks(one, read):
        return "其中标记的意思已采用"
    if one.what.startswith("没有用到的表") and bare(title) in map(bare, one.text.split("；")):
        return "标题用作方案名称，其余没有用到"
    if one.what == "表头" and _heads(one.text, tasks):
        return "用作表头"
    return _as_heading(one, tasks) if one.what in _HEADINGS else ""


def _explains_marks(one: Left, read: Read) -> bool:
    """Return whether a text says what a mark in the tables means: 注：带*的为牵头单位."""
    marks = {} if one.ask else explained([one.text])
    return any(mark in source.text for source in read.sources for mark in marks)


def _as_heading(one: Left, tasks: Sequence[Task]) -> str:
    said, last = bare(one.text), bare(one.text.rpartition(" | ")[2])
    leads = any(task.lead_text and bare(task.lead_text) in said for task in tasks)
    if leads and one.what == NAMED_IN_HEADING:
        return "用作牵头单位"
    if any(last in bare(task.text(CATEGORY)) for task in tasks):
        return "用作类别"
    if leads:
        return "用作牵头单位"
    named = (name for task in tasks for name in task.responsible)
    answers = one.what == NAMED_IN_HEADING and any(bare(name) in said for name in named)
    return "用作责任单位" if answers else ""


def _heads(text: str, tasks: Sequence[Task]) -> bool:
    """Return whether a row of a header says nothing but 序号 and units that tasks have."""
    named = {bare(name) for task in tasks for name in (*task.leads, *task.responsible)}
    parts = text.split(" | ")
    return all(meaning_of(one) is Meaning.NUMBER or bare(one) in named for one in parts)


_HEADINGS = ("标题", NAMED_IN_HEADING, "类别行")


def _stands_in(one: Left, table: str) -> bool:
    """Return whether a text stands in a table, 表1 not being 表10."""
    rest = one.place.removeprefix(table)
    return rest != one.place and not rest[:1].isdigit()


def _read_as(read: Read) -> dict[str, str]:
    """Return what each header or label was read as; a further column keeps its own name."""
    further = {*_further(read)}
    found: dict[str, str] = {}
    for one in read.tasks:
        for header, meaning in one.how.items():
            known = meaning_of(header)
            if meaning or column_name(header) not in further:
                found.setdefault(header, meaning or (known.value if known else "照原样另列"))
    return found


def _of_task(draft: Draft, one: Task, *, ruled: bool) -> Iterator[ReviewLine]:
    first = f"{one.responsible[0]}（列第一位）" if ruled and one.responsible else "无"
    read_as = f"牵头：{'、'.join(one.leads) or first}；责任：{'、'.join(one.responsible) or '无'}"
    place = "、".join(dict.fromkeys(draft.places))
    yield ReviewLine("任务", place, f"{one.shown} {one.goal}", read_as, key=one.key)
    for field, what in _doubts(draft):
        yield ReviewLine("任务疑点", place, f"{one.shown} {one.goal}", what, True, one.key, field)


def _doubts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the field and the words of each doubt, none twice; in the order of the columns."""
    order = list(_FIELDS.values())
    found = {(_FIELDS.get(meaning, GOAL.field), what): None for meaning, what in draft.doubts}
    told: set[str] = set()
    for field, what in sorted(found, key=lambda one: order.index(one[0])):
        if what not in told:
            yield field, what
        told.add(what)


_SAID = {
    HIDDEN: "原表里隐藏了，照样读了：不要的，请在“分工方案”里删去",
    MEASURE: "没有用到：表里的数字以此计量，请核对列名里有没有写明",
}


def _of_left(one: Left, used: str) -> ReviewLine:
    said = "没有用到，请核对是不是任务或任务的一部分" if one.ask else "没有用到"
    said = _SAID.get(one.what, said) if one.ask else said
    ask = one.ask and not used
    return ReviewLine(one.what, one.place, one.text, used or said, ask)
