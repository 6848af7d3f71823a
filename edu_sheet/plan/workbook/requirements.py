"""Deadlines and figures that the requirements of tasks name. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from edu_sheet.plan.issued.meaning import Meaning, meaning_of, names_other_day
from edu_sheet.plan.workbook.clauses import DUE, of_sentence
from edu_sheet.plan.workbook.deadline_cells import days_in, only_a_day, says_a_day
from edu_sheet.rules.deadlines import parse_recurrence
from edu_sheet.words.columns import further
from edu_sheet.words.plan import (
    Deadline,
    DeadlineKind,
    Plan,
    Recurrence,
    Task,
)
from edu_sheet.words.text import items, tidy


def proposed(plan: Plan) -> list[Deadline]:
    """Return the deadlines and figures that the requirements of all tasks name, in their order."""
    return [one for columns, beside in _by_task(plan) for one in (*columns, *beside)]


def unsought(plan: Plan) -> int:
    """Return how many days the plan names that 时限节点 does not have, and nobody tracks.

    All of its requirements where nobody has had them looked for; else those of tasks that came
    since: of a task that has a row there, a person has seen the rest.
    """
    return sum(one.kind is not DeadlineKind.FIGURE for one in _unlisted(plan, of_all=True))


def unsought_since(plan: Plan) -> tuple[Task, ...]:
    """Return the tasks that name days, came after their like was listed in 时限节点 and are not."""
    keys = {
        one.task for one in _unlisted(plan, of_all=False) if one.kind is not DeadlineKind.FIGURE
    }
    return tuple(task for task in plan.tasks if task.key in keys)


def _unlisted(plan: Plan, *, of_all: bool) -> Iterator[Deadline]:
    """Yield what the plan names of tasks without a row in 时限节点.

    `of_all`: and what its requirements name at all, where only its columns were listed.
    """
    in_columns = of_deadline_columns(plan)
    given = {(one.task, one.words) for one in in_columns}
    sought = any((one.task, one.words) not in given for one in plan.deadlines)
    listed = {one.task for one in plan.deadlines}
    yield from (one for one in in_columns if one.task not in listed)
    beside = (one for _, found in _by_task(plan) for one in found)
    for one in beside if sought or of_all else ():
        if not sought or one.task not in listed:
            yield one


def _by_task(plan: Plan) -> Iterator[tuple[Sequence[Deadline], Sequence[Deadline]]]:
    """Yield for each task the days of its columns, and what its own words name besides.

    A day that a column repeats out of the words (于12月底前) is one.
    """
    issued = _said_on(plan)
    in_columns = _in_columns(plan)
    for task in plan.tasks:
        columns = in_columns.get(task.key, [])
        beside = named(task, issued)
        yield columns, [one for one in beside if not any(_repeats(one, by) for by in columns)]


def _repeats(one: Deadline, column: Deadline) -> bool:
    return one.when == column.when and column.words in one.words


def of_deadline_columns(plan: Plan) -> tuple[Deadline, ...]:
    """Return the days that the plan's own columns (完成时限) name, in the order of its tasks."""
    return tuple(one for found in _in_columns(plan).values() for one in found)


def _said_on(plan: Plan) -> date:
    """Return the day from which the plan counts days without a year.

    Without a date of issue the year of its number (清督字〔2025〕第6号), of its title, or the only
    one that its tasks name is surer than the month in which reporting starts, which may be that of
    the import.
    """
    settings = plan.settings
    first = settings.issued or settings.first_month.day(1)
    if settings.issued:
        return first
    numbered = re.search(r"[〔\[［【(（](20\d\d)[〕\]］】)）]", settings.doc_number)
    told = (text for task in plan.tasks for text in (task.goal, task.requirements, *_own(task)))
    years = [numbered[1]] if numbered else _years(settings.title) or _years("\n".join(told))
    if len(years) != 1 or int(years[0]) == first.year:
        return first
    return date(int(years[0]), 1, 1)


def _own(task: Task) -> Iterator[str]:
    return (text for _, text in task.others)


def _years(text: str) -> list[str]:
    """Return the years that a text names, each once."""
    return [*dict.fromkeys(re.findall(r"(?<!\d)(20\d\d)(?=年|[-/.]\d{1,2}[-/.]\d)", text))]


def _in_columns(plan: Plan) -> dict[str, list[Deadline]]:
    fields = [one for one in further(plan.columns) if meaning_of(one) is Meaning.DEADLINE]
    issued = _said_on(plan)
    named_year = re.search(r"(20\d\d)年", plan.settings.title)
    year = int(named_year[1]) if named_year else issued.year
    found: dict[str, list[Deadline]] = {}
    for task in plan.tasks:
        for cell in dict.fromkeys(task.text(field) for field in fields):
            for words, when, kind, note in _of_cell(cell, issued, year):
                one = Deadline(task.key, "", words, kind, when, note)
                if not any(words == other.words for other in found.get(task.key, ())):
                    found.setdefault(task.key, []).append(one)
    return found


def _of_cell(
    cell: str, issued: date, year: int
) -> Iterator[tuple[str, date | Recurrence, DeadlineKind, str]]:
    """Yield the days that a cell of such a column names, with their words; none of 持续推进."""
    if cell.startswith("每") and (yearly := parse_recurrence(_with_ends(cell))):
        yield tidy(cell), yearly, DeadlineKind.RECURRING, ""
        return
    for one in days_in(tidy(cell), year):
        if one.when is not None:
            yield one.words, one.when, DeadlineKind.DATE, one.note
            continue
        for _, when, kind, note in of_sentence(one.words, issued):
            if when is not None:
                yield one.words, when, kind, note
                break


def says_only_when(words: str) -> bool:
    """Return whether the words of a deadline are a day, or how often it comes, and nothing else."""
    text = tidy(words)
    return only_a_day(text) or parse_recurrence(_with_ends(text)) is not None


def _with_ends(cell: str) -> str:
    """Return 每年6月、12月底前 as days are written: 每年6月底、12月底."""
    return re.sub(r"月(?=[、，,和]|$)", "月底", re.sub(r"之?前?[。.]?$", "", tidy(cell)))


def without_day(plan: Plan) -> dict[str, None]:
    """Return what stands in the plan's columns of deadlines and names no day, each once.

    Below a month or a quarter stands what is to be done in it.
    """
    named_so = (one for one in further(plan.columns) if meaning_of(one) is Meaning.DEADLINE)
    fields = [one for one in named_so if not _OF_MONTH.search(one)]
    named = {(one.task, one.words) for one in plan.deadlines}
    return {
        cell: None
        for task in plan.tasks
        for field in fields
        if (cell := tidy(task.text(field)))
        if not any((task.key, words) in named for words in (cell, *_words(cell)))
    }


_OF_MONTH = re.compile(r"[（(/](?:\d{4}年)?(?:\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年)[）)]$")


def days_elsewhere(plan: Plan) -> dict[str, dict[str, str]]:
    """Return what other columns (备注) say of a day, by header and task, in a plan without 时限."""
    fields = [one for one in further(plan.columns) if not names_other_day(one)]
    if any(meaning_of(one) is Meaning.DEADLINE for one in fields):
        return {}
    found: dict[str, dict[str, str]] = {}
    texts = {one: [text for task in plan.tasks if (text := task.text(one))] for one in fields}
    days = {field for field, held in texts.items() if all(map(says_a_day, held))}
    for task in plan.tasks:
        for field in fields:
            text = tidy(task.text(field))
            if text and field in days:
                found.setdefault(field, {})[task.key] = text
            elif named := DUE.search(text):
                found.setdefault(field, {})[task.key] = named[0]
    return found


def _words(cell: str) -> list[str]:
    return [one.words for one in days_in(cell, 2000)]


def named(task: Task, issued: date) -> list[Deadline]:
    """Return the deadlines and figures that a task's requirements name, in their order.

    A year stands for its last day; 2年内 counts from the day of issue; days before the issue are
    no deadlines. What stands in 《》 or brackets names other documents and does not count, but for
    a day by which it is due: （6月底前完成）. The same words twice are one. A task's own words may
    name the day by which it is due: 于5月20日前.
    """
    found: dict[str, Deadline] = {}
    for sentence in task.goal.split("。"):
        for words, when, kind, note in of_sentence(sentence, issued):
            if when is not None and DUE.search(words):
                found.setdefault(words, Deadline(task.key, "", words, kind, when, note))
    for item in items(tidy(task.requirements)):
        marker = item[0] if "\u2460" <= item[0] <= "\u2473" else ""
        for sentence in item.removeprefix(marker).split("。"):
            for words, when, kind, note in of_sentence(sentence, issued):
                found.setdefault(words, Deadline(task.key, marker, words, kind, when, note))
    return list(found.values())
