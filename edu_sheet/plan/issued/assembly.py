"""A task, put together out of the passages that say something of it. Pure."""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.columns import EARLIER
from edu_sheet.plan.issued.draft import (
    LATER,
    Draft,
    Headings,
    OddName,
    Read,
    Source,
    column_name,
)
from edu_sheet.plan.issued.headings import ANNEX, style_of_tasks, styles_over_several
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import word_and_number
from edu_sheet.plan.issued.passages import FIELD, GOAL_LENGTH, Passage
from edu_sheet.plan.issued.persons import bracketed_persons, with_marks
from edu_sheet.plan.issued.placeholders import NO_UNIT
from edu_sheet.plan.issued.roles import Said, only_units
from edu_sheet.words.text import bare, tidy

_BY_DAY = re.compile(  # 于5月20日前完成…
    r"(?:^|[，,；;。])(?:应|须|要)?于((?:\d{4}年|今年|本年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?|年底)(?:之|以)?前)"
)
_BY_LEAD = re.compile(r"由([^，,。；;]{2,60}?)(?:总|共同|分别)?牵头(?=[负组实落办推，,。；;]|$)")


class Assembly:
    """Puts tasks together out of passages; what is known where a text was read to."""

    def __init__(self, read: Read, items: Sequence[Passage]) -> None:
        self.read = read
        self.items = items
        self.over_several = styles_over_several(items)
        self.style = style_of_tasks(items)
        if self.style in self.over_several:
            self.style = ""
        self.gap: list[Passage] = []
        self.task: Draft | None = None  # whose lines of roles may still come
        self.headings = Headings()
        self.depth = 0  # of its number
        self.head: tuple[Meaning, str] | None = None
        self.head_depth = 99
        self.annexed = False  # whether the title of one of several annexes comes next
        self.head_text = ""
        self.head_asked: tuple[Meaning, str] | None = None
        self.lead_in = ""  # what was asked of leads that stand in a text
        self.headed: Draft | None = None  # whose lead a heading names
        self.later: list[tuple[str, int]] = []  # rules, and how many tasks stand before them
        self.labels = _labels_of_goals(items)
        self.annexes = sum(bool(ANNEX.fullmatch(bare(one.whole))) for one in items)
        self.plans: tuple[str, ...] = ()  # titles of several plans, each with tasks below it
        self.told: set[str] = set()  # what was asked of the headings that answer
        self.over: Passage | None = None  # the heading that answers for what is numbered below

    def begin(self, item: Passage, more: list[Passage]) -> Draft:
        """Begin a task with a passage, and those that say more of it, and return it."""
        word, number = word_and_number(item.label)
        draft = Draft([item.place], number.rstrip("、.．,，是"))
        draft.how |= {word: Meaning.NUMBER.value} if word else {}
        self.read.tasks.append(draft)
        self.task, self.depth = draft, item.depth if item.label else -1
        goal, rest = divided(item.text)
        named = FIELD.fullmatch(goal)
        if named and named[1] in self.labels and named[2]:
            draft.how[named[1]] = Meaning.GOAL.value  # 反馈问题：…
            goal = named[2]
        draft.add(Meaning.GOAL, goal.strip("—–─-•· ").strip("，,、：:；; "))
        draft.add(Meaning.REQUIREMENTS, rest)
        draft.under = self.headings.path(item.depth)
        for when in _BY_DAY.findall(goal) or _BY_DAY.findall(_last_sentence(rest)):
            draft.also(Meaning.DEADLINE.value, when)
        self._until(draft, item)
        self._source(draft, item)
        self._say_or_ask(draft, item)
        for one in more:
            self._source(draft, one)
            told = one.whole if one.label and not one.said else one.text
            field = Meaning.REQUIREMENTS if draft.text(Meaning.GOAL) else Meaning.GOAL
            draft.add(field, told, " ")
            self._until(draft, one)
            self._say_or_ask(draft, one)
        if self.over and item.label and item.depth <= self.over.depth:
            self.over = None
        if self.over:
            self._answer_as_above(draft, self.over)
        elif self.head and not draft.text(Meaning.LEAD):
            self._answer_by_heading(draft, *self.head)
        return draft

    def tell(self, draft: Draft, item: Passage) -> None:
        """Add what a task is, of a line below the number and the units of it."""
        self._source(draft, item)
        goal, rest = divided(item.text)
        draft.add(Meaning.GOAL, goal)
        draft.add(Meaning.REQUIREMENTS, rest)
        self._until(draft, item)

    def detail(self, draft: Draft, item: Passage) -> None:
        """A line below the one that says who answers that says more of the task."""
        self._until(draft, item)
        self._source(draft, item)
        self._say_or_ask(draft, item)
        label, text = item.field or ("", item.text)
        meaning = meaning_of(label) if label else Meaning.REQUIREMENTS
        if meaning is Meaning.REQUIREMENTS or not text:
            draft.how |= {label: Meaning.REQUIREMENTS.value} if label else {}
            draft.add(Meaning.REQUIREMENTS, text, " ")
            if label:
                self._lead_in(draft, label, text)
        else:
            self.read.headers.setdefault(column_name(label), meaning)
            draft.also(label, text)

    def _until(self, draft: Draft, item: Passage) -> None:
        """Add until when a task is due, and by whom, as one of its lines says at its end."""
        for label, words in item.due:
            header = label or Meaning.DEADLINE.value
            what = meaning_of(header) or Meaning.DEADLINE
            self.read.headers.setdefault(column_name(header), what)
            draft.also(header, with_marks(words) if what is Meaning.PERSON else words)

    def _lead_in(self, draft: Draft, label: str, text: str) -> None:
        """Let the unit lead that 工作要求：由县发改局牵头，… names, and ask of it once."""
        found = _BY_LEAD.match(text)
        if not found or draft.text(Meaning.LEAD) or not only_units(found[1]):
            return
        draft.add(Meaning.LEAD, found[1])
        if not self.lead_in:
            self.lead_in = f"牵头单位取自“{label}：{found[0]}……”，下面这样写的各项都是，请核对"
            draft.doubt(Meaning.LEAD, self.lead_in)

    def _say_or_ask(self, draft: Draft, item: Passage) -> None:
        """Add what a passage says of who answers, or ask of what only sounds like it."""
        if item.said:
            self.say(draft, item)
        elif item.asked:
            draft.doubt(Meaning.DUTY, item.asked)

    def say(self, draft: Draft, item: Passage) -> None:
        """Add to a task what a passage says of who answers, and until when."""
        said = item.said or Said()
        if item.place not in draft.places:
            self._source(draft, item)
        if said.lead and draft is self.headed:
            draft.texts[Meaning.LEAD] = ""  # it has its own
            if self.head_asked in draft.doubts:
                draft.doubts.remove(self.head_asked)
                self.head_asked = None
            self.headed = None
        draft.add(Meaning.LEAD, said.lead)
        draft.add(Meaning.DUTY, said.duty)
        for label in said.labels:
            leads = said.undertaken and "承办" in label
            meaning = Meaning.LEAD if leads else meaning_of(label)
            draft.how[label] = meaning.value if meaning in UNITS and meaning else ""
        draft.heed(said.rules, said.words)
        draft.keep(said.ran_on, said.duties)
        draft.how |= dict.fromkeys(said.blank, NO_UNIT)
        for label, what, text in said.others:
            header = EARLIER if what is Meaning.PROGRESS else label or what.value
            draft.how |= {label: what.value} if header == EARLIER else {}
            self.read.headers.setdefault(column_name(header), what)
            draft.also(header, with_marks(text) if what is Meaning.PERSON else text)
        if said.later:
            draft.how[said.later] = LATER
            self.later.append((said.later, len(self.read.tasks)))
        if item.asked:
            draft.doubt(Meaning.DUTY, item.asked)
        _doubt_names(draft, said)

    def _source(self, draft: Draft, item: Passage) -> None:
        draft.places.append(item.place)
        self.read.sources.append(Source(item.place, item.whole))

    def _answer_as_above(self, draft: Draft, above: Passage) -> None:
        """Give a task what its heading says of who answers, where it says nothing itself."""
        said = above.said or Said()
        alone = not draft.text(Meaning.LEAD) and not draft.text(Meaning.DUTY)
        given = [(Meaning.LEAD, said.lead)] if not draft.text(Meaning.LEAD) else []
        given += [(Meaning.DUTY, said.duty)] if alone else []
        given = [(meaning, units) for meaning, units in given if units]
        for meaning, units in given:
            draft.add(meaning, units)
        if given:
            named = "、".join(f"“{units}”" for _, units in given)
            told = f"照上级标题“{above.label}{above.text}”读作{named}（下面这样的各项都是），请核对"
            if told not in self.told:
                self.told.add(told)
                draft.doubt(given[0][0], told)
        for label, what, text in said.others:
            header = column_name(label or what.value)
            if what is not Meaning.PROGRESS and header not in draft.others:
                self.read.headers.setdefault(header, what)
                draft.also(header, text)

    def _answer_by_heading(self, draft: Draft, meaning: Meaning, units: str) -> None:
        """Give a task the units of its heading, before those that only help."""
        duty = draft.text(Meaning.DUTY)
        parts = {meaning_of(label) for label in draft.how} & UNITS
        self.headed = draft if meaning is Meaning.LEAD else None
        if meaning is Meaning.LEAD or not duty:
            draft.add(meaning, units)
        elif parts == {Meaning.HELP}:
            draft.texts[Meaning.DUTY] = ""
            draft.add(meaning, units)
            draft.add(meaning, duty)
        if self.head_asked is None and meaning is Meaning.LEAD:
            told = f"牵头单位“{units}”取自标题“{self.head_text}”，下面各项都是，请核对"
            self.head_asked = Meaning.LEAD, told
            draft.doubt(*self.head_asked)


def _doubt_names(draft: Draft, said: Said) -> None:
    """Ask of names among the units that look like none, or like two, and of persons there."""
    for meaning, units in ((Meaning.LEAD, said.lead), (Meaning.DUTY, said.duty)):
        draft.doubt_names(meaning, bracketed_persons(units), OddName.PERSON)
    for odd in said.odd:
        meaning = Meaning.LEAD if odd in said.lead else Meaning.DUTY
        draft.doubt_names(meaning, (odd,), OddName.NO_UNIT)
    for odd in said.glued:
        meaning = Meaning.LEAD if tidy(odd) in said.lead else Meaning.DUTY
        draft.doubt_names(meaning, (odd,), OddName.GLUED)


def _labels_of_goals(items: Sequence[Passage]) -> set[str]:
    """Return the labels that several tasks begin with: 反馈问题：…; one alone is its own words."""
    named = [found[1] for one in items if (found := FIELD.fullmatch(divided(one.text)[0]))]
    return {one for one in named if named.count(one) > 1 and meaning_of(one) is Meaning.GOAL}


def _last_sentence(text: str) -> str:
    return text.rstrip("。；").rpartition("。")[2]


def divided(text: str) -> tuple[str, str]:
    """Return a task's first sentence and what follows, where the first one names the task."""
    plain = tidy(text)
    first, mark, rest = plain.partition("。")
    if mark and rest and len(first) <= GOAL_LENGTH:
        return first + mark, rest
    return plain, ""
