"""A row's cells → what they say of a task: each under its header, units by their grammar. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from edu_sheet.plan.issued.blocks import Cells
from edu_sheet.plan.issued.broken_names import rejoined
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.draft import LATER, Draft, Left, OddName
from edu_sheet.plan.issued.matrix import is_mark, part_of
from edu_sheet.plan.issued.meaning import TASKS, UNITS, Meaning
from edu_sheet.plan.issued.ordinals import is_label, joint_behind
from edu_sheet.plan.issued.passages import without_roles
from edu_sheet.plan.issued.persons import (
    bracketed_persons,
    lines_of_names,
    with_marks,
    without_called,
    without_persons,
)
from edu_sheet.plan.issued.placeholders import (
    NO_UNIT,
    SAME_AS_ABOVE,
    TOGETHER,
    says_nothing,
    says_same,
)
from edu_sheet.plan.issued.reader import Reader
from edu_sheet.plan.issued.roles import Said, said_in
from edu_sheet.rules.units import is_unit_name, split, tidy_list
from edu_sheet.words.text import bare, tidy


def fill(
    reader: Reader,
    draft: Draft,
    cells: Cells,
    place: str,
    *,
    merged: bool,
    page_break: bool = False,
) -> None:
    """Give a draft what a row's cells say; `merged`: also those that show what stands above."""
    columns = reader.columns
    said: set[tuple[object, str]] = set()
    helping = columns.places(Meaning.HELP)  # behind those who answer
    for at, cell in sorted(enumerate(cells), key=lambda one: one[0] in helping):
        meaning = columns.meanings.get(at)
        text = cell.text.strip()
        if not text or meaning in (None, Meaning.NUMBER) or (cell.merged and not merged):
            if meaning is None and text and not cell.merged:
                reader.read.left.append(Left(place, "表头以外的格", tidy(text), ask=True))
            continue
        if at in columns.marked:
            _add_marked(reader, draft, at, text)
            continue
        if cell.merged and not cell.up and (meaning, text) in said:
            continue
        said.add((meaning, text))
        _add_cell(reader, draft, at, text, page_break=page_break)
    _ask_of_same(reader, draft)


def _add_cell(reader: Reader, draft: Draft, at: int, text: str, *, page_break: bool) -> None:
    """Give a draft what a cell under a header says."""
    columns = reader.columns
    meaning, header = columns.meanings[at], columns.headers.get(at, "")
    text = _meant(reader, draft, at, text)
    if meaning in UNITS:
        draft.how[header] = meaning.value
        if at in columns.persons:
            text = keep_persons(reader, draft, meaning, text, without_persons(text))
        elif (units := without_called(text)) != text:
            text = keep_persons(reader, draft, meaning, text, units)
        else:
            text = _with_whole_names(reader, draft, meaning, text)
        if text:
            # Of several columns for one thing nobody can say whose text a page parted.
            alone = len(columns.places(*_field_of(meaning))) == 1
            both = at in columns.both or (  # 由县民政局会同县应急局办理
                TOGETHER in text and meaning is Meaning.DUTY and not columns.places(Meaning.LEAD)
            )
            add_units(draft, text, meaning, both=both, page_break=page_break and alone)
            if meaning is Meaning.DUTY and not _said_in(text, meaning).labels:
                draft.answers(header, text)
    elif meaning in (Meaning.GOAL, Meaning.REQUIREMENTS, Meaning.LIAISON, Meaning.CATEGORY):
        draft.how[header] = meaning.value
        listed = meaning is Meaning.LIAISON
        if page_break and listed:
            _glue(draft, meaning, text)
        else:
            _ask_of_lines(draft, meaning, text)
            before = "" if page_break else draft.text(meaning)
            between = _between(meaning, before, text)
            draft.add(meaning, text if listed else _told(draft, text, meaning), between)
    else:
        told = _told(draft, text, meaning)
        label = _of_progress(columns, at) if meaning is Meaning.PROGRESS else ""
        draft.also(columns.name(at), f"{label}：{told}" if label else told)
        if meaning is Meaning.PROGRESS:
            draft.how[header] = meaning.value


def _between(meaning: Meaning, before: str, text: str) -> str:
    """Return what parts a text from the one before it: a number from what it counts."""
    if meaning is Meaning.CATEGORY and before:
        return joint_behind(before) if is_label(before) else "；"
    return "；" if meaning is Meaning.REQUIREMENTS and _open_end(before, text) else " "


def _of_progress(columns: Columns, at: int) -> str:
    """Return what tells a column of progress from others (一季度), "" where there are none."""
    headers = [columns.headers[one] for one in columns.places(Meaning.PROGRESS)]
    if len(headers) < 2:
        return ""
    parts = [re.fullmatch(r"(.+?)（(.+)）", one) for one in headers]
    alike = len({found[1] if found else "" for found in parts}) == 1 and all(parts)
    own = re.fullmatch(r"(.+?)（(.+)）", columns.headers[at])
    return own[2] if own and alike else columns.headers[at]


def _with_whole_names(reader: Reader, draft: Draft, meaning: Meaning, text: str) -> str:
    """Return a cell of units, names that a line break parts put together; each is asked once."""
    whole, parted = rejoined(text)
    for left, right in parted:
        if (left, right) not in reader.parted:
            reader.parted.add((left, right))
            said = f"“{left}”和“{right}”中间断了行，合读作一个单位“{left}{right}”，请核对"
            draft.doubt(_FIELDS[meaning], said)
    return whole


def _add_marked(reader: Reader, draft: Draft, at: int, mark: str) -> None:
    """Give a draft the unit that heads a column, in the part that the mark in its cell says."""
    unit, shown = reader.columns.marked[at], tidy(mark)
    if says_nothing(mark) and not is_mark(mark):
        draft.how[shown] = NO_UNIT
        return
    if not is_mark(mark):
        draft.also(unit, mark)
        draft.doubt(Meaning.DUTY, f"“{unit}”一栏写的是“{shown}”：这个单位是不是责任单位？请核对")
        return
    part = part_of(mark, reader.explained)
    if part is None:
        part = part_of(mark, reader.columns.parts) or Meaning.DUTY
        draft.doubt_names(_FIELDS[part], (shown,), _UNEXPLAINED[part])
    draft.how[shown] = f"这一栏的单位是{part.value}"
    field = _FIELDS[part]
    before = draft.text(field)
    draft.texts[field] = f"{before}、{unit}" if before else unit


_UNEXPLAINED = {
    Meaning.LEAD: OddName.MARK_OF_LEAD,
    Meaning.DUTY: OddName.MARK_OF_DUTY,
    Meaning.HELP: OddName.MARK_OF_HELP,
}
_FIELDS = {Meaning.LEAD: Meaning.LEAD, Meaning.DUTY: Meaning.DUTY, Meaning.HELP: Meaning.DUTY}
_QUOTED = 16  # characters of what a doubt quotes


def _ask_of_same(reader: Reader, draft: Draft) -> None:
    """Ask once of all cells of a row that say 同上: what each was read as."""
    if not reader.same:
        return
    columns, (same, *_) = reader.columns, [same for _, same in reader.same]
    told = []
    for at, _ in reader.same:
        text = tidy_list(reader.above[at]) or "无"
        shown = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……"
        told.append(f"{columns.headers.get(at) or columns.meanings[at].value}“{shown}”")
    meanings = [columns.meanings[at] for at, _ in reader.same]
    first = next((one for one in meanings if one in UNITS), meanings[0])
    draft.doubt(_FIELDS.get(first, first), f"“{same}”照上一行读作：{'，'.join(told)}，请核对")
    reader.same = []


def _meant(reader: Reader, draft: Draft, at: int, text: str) -> str:
    """Return what a cell means: what the row above says for 同上, "" for a dash among units."""
    meaning = reader.columns.meanings[at]
    if meaning in UNITS and says_nothing(text):
        draft.how[tidy(text)] = NO_UNIT
        text = ""
    elif says_same(text) and at in reader.above:
        text, same = reader.above[at], tidy(text)
        draft.how[same] = SAME_AS_ABOVE
        reader.same.append((at, same))
    elif meaning in TASKS and says_same(text):
        draft.doubt(meaning, f"“{tidy(text)}”照原样写着：请改成上面写的文字")
    reader.above[at] = text
    return text


_COUNTS = re.compile(r"\s*(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]是|[①-⑳])")


def _told(draft: Draft, text: str, meaning: Meaning | None) -> str:
    """Return a text in one line, noting that marks were put between its lines."""
    joined = _in_a_line(text, meaning)
    if joined.count("；") > text.count("；"):
        draft.how["分几行写的文字"] = "行与行之间没有标点的，加了“；”"
    return joined


def _in_a_line(text: str, meaning: Meaning | None) -> str:
    """Return a text of several lines with a mark where a line break alone parts two things."""
    if meaning is Meaning.PERSON and (names := lines_of_names(text)) != text:
        return names
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    apart = meaning is not Meaning.GOAL and _are_items(lines)
    person = meaning is Meaning.PERSON
    marked = [
        line + "；"
        if (apart or _COUNTS.match(behind) or (person and _ends_name(line, behind)))
        and _open_end(line)
        else line
        for line, behind in pairwise(lines)
    ]
    joined = "\n".join([*marked, *lines[-1:]])
    told = meaning in (Meaning.GOAL, Meaning.REQUIREMENTS)
    return joined if told else _TELEPHONE.sub("，", joined)


def _ask_of_lines(draft: Draft, meaning: Meaning, text: str) -> None:
    """Ask whether the lines of a task's cell, that no mark parts, are a task each."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    apart = len(lines) > 1 and min(map(len, lines)) >= _SHORTEST_TASK and _are_items(lines)
    if meaning is Meaning.GOAL and apart:
        said = f"这一格有 {len(lines)} 行，中间没有标点，连成了一句：是不是几项任务？请核对"
        draft.doubt(Meaning.GOAL, said)


_SHORTEST_TASK = 5  # characters
_TELEPHONE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=1?\d{3,})")  # behind a name
_GOES_ON = re.compile(r"[与和及、，的于对在将把为以并或年至到—～~-]$")
_LONGEST_NAME = 4  # characters of a person's
_ITEM = range(3, 31)  # characters of a line that may say one thing by itself


def _are_items(lines: Sequence[str]) -> bool:
    """Return whether lines say one thing each: short ones without marks, none cut in a phrase."""
    return all(
        len(line) in _ITEM and not _GOES_ON.search(line) and not re.search("[，、。；]", line)
        for line in lines
    )


_NAME = re.compile(r"[\u4e00-\u9fff·]{2,3}(?<![长任员记席理])")


def _ends_name(line: str, behind: str) -> bool:
    """Return whether a line is a person's name, and the next one too long to go on with it."""
    return bool(_NAME.fullmatch(line)) and len(behind) > _LONGEST_NAME


def _open_end(line: str, behind: str = "") -> bool:
    """Return whether no mark parts a text from the one behind it, which would read on from it."""
    return bool(line) and not re.search(r"\W$", line) and not re.match(r"\s*[①-⑳]", behind)


_PERSONS = {Meaning.LEAD: "牵头责任人", Meaning.DUTY: "责任人", Meaning.HELP: "配合责任人"}


def keep_persons(reader: Reader, draft: Draft, meaning: Meaning, text: str, units: str) -> str:
    """Return the units of a cell of units and persons; what it says is kept apart as well."""
    if not units or bare(units) == bare(text):
        return text
    name = _PERSONS[meaning]
    reader.read.headers.setdefault(name, Meaning.PERSON)
    draft.also(name, re.sub(r"(?<=[^，,；;、])\n\s*", "；", with_marks(text).strip()))
    field = Meaning.LEAD if meaning is Meaning.LEAD else Meaning.DUTY
    said = f"这一栏单位和人写在一起：单位读作“{tidy_list(units)}”，原文另列在“{name}”，请核对"
    draft.doubt(field, said)
    return units


@lru_cache(maxsize=1024)  # the same list stands in many tasks; what it says is only read here
def _said_in(text: str, default: Meaning | None) -> Said:
    return said_in(text, default)


def add_units(draft: Draft, text: str, meaning: Meaning, *, both: bool, page_break: bool) -> None:
    """Give a draft the units of a text; `both`: they may be of several parts."""
    said = _said_in(text, None if both else meaning)
    if page_break and not said.split and not said.labels:
        _glue(draft, Meaning.LEAD if meaning is Meaning.LEAD else Meaning.DUTY, text)
        return
    _take(draft, said)
    if meaning is Meaning.HELP:
        draft.helpers += f"、{said.duty}"
    field = Meaning.LEAD if said.lead else Meaning.DUTY
    draft.doubt_names(field, said.odd, OddName.NO_UNIT)
    draft.doubt_names(field, bracketed_persons(text), OddName.PERSON)
    draft.doubt_names(field, said.glued, OddName.GLUED)
    if both and not said.split and not said.labels and "、" in text:
        draft.doubt(Meaning.LEAD, "这一栏牵头、配合单位写在一起，没有分清，请核对")


def _take(draft: Draft, said: Said) -> None:
    """Give a draft what a text says of its units, and what else stands in that text."""
    draft.add(Meaning.LEAD, said.lead)
    draft.add(Meaning.DUTY, said.duty)
    for label in said.labels:
        draft.how.setdefault(label, "")
    draft.heed(said.rules, said.words)
    draft.keep(said.ran_on, said.duties)
    if said.later:
        draft.how[said.later] = LATER
        draft.doubt(Meaning.DUTY, f"“{said.later}”说的是后面的任务，没有替它们填写，请核对")
    for label, what, held in said.others:
        draft.also(label or what.value, held)


def mark_helpers(drafts: Sequence[Draft]) -> None:
    """Say of units that only help what they do, where others of the plan answer for their tasks.

    In one column with those nothing else tells them apart: the first of them leads nothing.
    """
    alone = [one for one in drafts if one.helpers and set(_names(one)) <= {*split(one.helpers, {})}]
    if all(one.text(Meaning.LEAD) or not _names(one) or one in alone for one in drafts):
        return
    for one in alone:
        if not one.text(Meaning.LEAD):
            one.texts[Meaning.DUTY] = "、".join(f"{name}（配合）" for name in _names(one))
            said = "这一项只写了配合单位，没有写由谁负责：配合的单位不作牵头，请核对"
            one.doubt(Meaning.DUTY, said)


def _names(draft: Draft) -> tuple[str, ...]:
    return split(draft.text(Meaning.DUTY), {})


def _field_of(meaning: Meaning) -> tuple[Meaning, ...]:
    """Return the meanings that end in one list of units with this one."""
    return (Meaning.LEAD,) if meaning is Meaning.LEAD else (Meaning.DUTY, Meaning.HELP)


def _glue(draft: Draft, meaning: Meaning, text: str) -> None:
    """Put a list together that a page parted, in the middle of a name as often as after one."""
    before = draft.text(meaning)
    first = re.split("[、，,；;\n]", text)[0].strip()
    last = re.split("[、，,；;\n]", before)[-1].strip()
    whole = bool(first) and is_unit_name(first) and is_unit_name(last)
    joint = "\n" if whole and meaning is not Meaning.LIAISON else ""
    draft.texts[meaning] = f"{before}{joint}{text}" if before else text


def carry_units(reader: Reader, draft: Draft, cells: Cells) -> None:
    """Give a task without units those left of it that are written once, above blank cells."""
    columns = reader.columns
    first = min(columns.places(Meaning.NUMBER, Meaning.GOAL), default=0)
    if draft.text(Meaning.LEAD) or draft.text(Meaning.DUTY):
        return
    for at in columns.places(*UNITS):
        blank = at < min(first, len(cells)) and not cells[at].merged and not cells[at].text.strip()
        if blank and (text := reader.above.get(at, "")):
            meaning = columns.meanings[at]
            add_units(draft, text, meaning, both=at in columns.both, page_break=False)
            draft.doubt_names(_FIELDS[meaning], (tidy_list(text),), OddName.CARRIED)


def units_in_text(draft: Draft) -> None:
    """Take units out of the task's own text, where no column names them."""
    if draft.text(Meaning.LEAD) or draft.text(Meaning.DUTY):
        return
    for meaning in (Meaning.REQUIREMENTS, Meaning.GOAL):
        rest, said = without_roles(draft.text(meaning))
        if said is None or not said.names_units or not rest.strip():
            continue
        draft.texts[meaning] = rest
        _take(draft, said)
        field = Meaning.LEAD if said.lead else Meaning.DUTY
        draft.doubt_names(field, said.odd, OddName.NO_UNIT)
        draft.doubt_names(field, said.glued, OddName.GLUED)
        return
