"""A document's paragraphs → tasks: those that say who answers for them. Pure.

Who answers stands in a bracket at a paragraph's end, with or without a label, in lines after it, in
the run of its text, or in the heading above. What it holds for is reached back to its number.
"""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.around import lines_around
from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.closings import mark_closings
from edu_sheet.plan.issued.columns import EARLIER
from edu_sheet.plan.issued.counted import counting_words, mark_repeated, with_numbers_joined
from edu_sheet.plan.issued.draft import (
    LATER,
    NAMED_IN_HEADING,
    Draft,
    Headings,
    Left,
    Read,
    Source,
    column_name,
)
from edu_sheet.plan.issued.first_leads import first_leads_in
from edu_sheet.plan.issued.headings import (
    ANNEX,
    answers_below,
    heads_tasks,
    style_of_tasks,
    styles_over_several,
)
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.measures import mark_fields, mark_levels
from edu_sheet.plan.issued.ordinals import DEPTH, value_of, word_and_number
from edu_sheet.plan.issued.passages import (
    FIELD,
    GOAL_LENGTH,
    Passage,
    passage_of,
    with_label_marks,
    with_labels_joined,
)
from edu_sheet.plan.issued.persons import with_marks
from edu_sheet.plan.issued.roles import Said
from edu_sheet.plan.issued.spoken import speaks_of_duty
from edu_sheet.words.text import bare, tidy

SAID_AGAIN = "这里又写了一次同样的单位，合在了这一项里：是不是另一项任务？请核对"
BEGUN_ANEW = "前面一项已经写了单位，这里又写了一次，从这一段起读作另一项任务，请核对"
_CLOSES = re.compile("解释|施行|印发|^请|各[单部地乡镇]")  # what is said to all, at the end
_ANNEX = re.compile(r"附件\s*[\d一二三四五六七八九十]{0,3}[：:]?")
_BY_DAY = re.compile(  # 于5月20日前完成…
    r"(?:^|[，,；;。])(?:应|须|要)?于((?:\d{4}年|今年|本年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?|年底)(?:之|以)?前)"
)


def read_prose(paragraphs: Sequence[Paragraph], read: Read, *, labelled: bool = False) -> None:
    """Add what the paragraphs hold to what was read; `labelled`: only units that a label names."""
    around = [*lines_around(paragraphs)]
    read.left += around
    beside = {(one.place, one.text) for one in around}
    paragraphs = [one for one in paragraphs if (one.place, one.text) not in beside]
    marked = [*map(with_label_marks, paragraphs)]
    paragraphs = [*with_labels_joined([*with_numbers_joined(marked)])]
    counted = counting_words(paragraphs)
    items = [passage_of(one, labelled=labelled, counted=counted) for one in paragraphs]
    mark_fields(items)
    mark_repeated(items)
    mark_closings(items)
    mark_levels(items, style_of_tasks(items))
    for one in paragraphs:
        read.first_leads = read.first_leads or first_leads_in(one.text)
    if any(one.said and one.said.names_units for one in items) or heads_tasks(items):
        _Assembly(read, items).run()
    else:
        read.left += [
            Left(one.place, "正文", one.text, ask=speaks_of_duty(one.text)) for one in paragraphs
        ]


class _Assembly:
    """Puts tasks together out of paragraphs, in order."""

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
        self.annexes = sum(bool(_ANNEX.fullmatch(one.text)) for one in items)
        self.annexed = False  # whether the title of one of several annexes comes next
        self.head_text = ""
        self.head_asked: tuple[Meaning, str] | None = None
        self.headed: Draft | None = None  # whose lead a heading names
        self.later: list[tuple[str, int]] = []  # rules, and how many tasks stand before them
        self.annexes = sum(bool(ANNEX.fullmatch(bare(one.whole))) for one in items)
        self.over: Passage | None = None  # the heading that answers for what is numbered below

    def run(self) -> None:
        """Read all paragraphs."""
        for item in self.items:
            if self.over and not self.over.label and not (item.handed or item.over):
                self._flush(item)
                self.over = self.task = None
            if item.over:
                self._heading_that_answers(item)
            elif item.said is not None and not item.text and not item.label:
                self._roles(item)
            elif item.said is not None and not item.body:
                self._close(item)
                self._task(item)
                for more in item.more:
                    self._begin(more, [])
                if item.behind and self.task:
                    self.task.add(Meaning.REQUIREMENTS, item.behind)
                    self.task.doubt(
                        Meaning.REQUIREMENTS, "写单位的括号后面还有文字，算在了这一项里，请核对"
                    )
            else:
                self._plain(item)
        self._flush(None)
        self._ask_of_later()

    def _ask_of_later(self) -> None:
        """Ask once of a rule for the tasks behind the one that it stands with: it fills none."""
        for rule, after in self.later:
            labels = [one.label or one.text(Meaning.GOAL)[:8] for one in self.read.tasks[after:]]
            if labels:
                told = (
                    f"{labels[0]} 到 {labels[-1]}（{len(labels)} 项）" if labels[1:] else labels[0]
                )
                self.read.tasks[after].doubt(
                    Meaning.DUTY,
                    f"前面写着“{rule}”，没有替 {told} 填写：是的，请补填这些单位",
                )

    def _roles(self, item: Passage) -> None:
        """A line that says nothing but who answers, or until when."""
        if item.said is None:
            return
        if self._leads_below(item):
            self._flush_above(item)
        elif self.gap and item.said.names_units and any(one.text for one in self.gap):
            self._from_gap(item)
        elif self.task is not None and not self.gap:
            if self._again(item):
                self.task.doubt(Meaning.LEAD, SAID_AGAIN)
            self._say(self.task, item)
        else:
            self.gap.append(item)

    def _again(self, item: Passage) -> bool:
        """Return whether a line says once more under the same label who answers for the task."""
        given = self.task.how if self.task else {}
        labels = item.said.labels if item.said and not item.text else []
        return any(one in given and meaning_of(one) in UNITS for one in labels)

    def _begins_anew(self, item: Passage) -> bool:
        """Return whether units that are said once more follow a line, which so begins a task."""
        if not item.field:
            return False
        for one in self._behind(item, None):
            if one.label or (one.text and not (one.field or one.body)):
                return False
            if one.said is not None and not one.body:
                return self._again(one)
        return False

    def _leads_below(self, item: Passage) -> bool:
        """Return whether a line says who leads all that is numbered below the heading above it."""
        said, above = item.said, self.gap[-1] if self.gap else None
        if said is None or not said.lead or said.duty or said.others or above is None:
            return False
        follows = self._behind(item)
        if not above.heads or not follows or follows[0].depth <= above.depth:
            return False
        own = [one.said for one in follows[:2] if one.said]
        return bool(follows[0].label) and bool(own) and own[0].names_units and not own[0].lead

    def _flush_above(self, item: Passage) -> None:
        """Let the lead that stands below a heading hold for what follows."""
        above = self.gap[-1]
        self._flush(item)
        self.task = None
        self.head, self.head_depth = (
            (Meaning.LEAD, item.said.lead if item.said else ""),
            above.depth,
        )
        self.head_text, self.head_asked = item.whole, None
        self.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))

    def _heading_that_answers(self, item: Passage) -> None:
        """Let the units of a heading, and of lines below it, hold for what is numbered there."""
        if not item.text:
            self.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))
            return
        self._flush(item)
        self.task, self.over = None, item
        if item.said and item.said.later:
            self.later.append((item.said.later, len(self.read.tasks)))
        self.headings.add(item.depth, item.label + item.text)
        self.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))

    def _behind(self, item: Passage, most: int | None = 2) -> Sequence[Passage]:
        """Return what follows a paragraph: the two next, or all."""
        at = next(place for place, one in enumerate(self.items) if one is item)
        return self.items[at + 1 :][:most]

    def _plain(self, item: Passage) -> None:
        if _ANNEX.fullmatch(item.text) and not item.label:
            self._flush(None)
            self.task = self.over = self.head = None
            self.headings, self.annexed = Headings(), self.annexes > 1
            self.read.left.append(Left(item.place, "正文", item.whole))
            return
        if self.annexed and not item.label and len(item.text) <= GOAL_LENGTH:
            self.headings.add(-1, item.text)
            self.read.left.append(Left(item.place, "标题", item.whole))
            self.annexed = False
            return
        self.annexed = False
        if self.task is not None and not self.gap and (item.field or item.body):
            if not self._begins_anew(item):
                self._detail(self.task, item)
                return
            item.asked = BEGUN_ANEW
        if (head := answers_below(item)) is not None:
            self._flush(item)
            self.head, self.head_depth = head, item.depth if item.label else -1
            self.head_text, self.head_asked = item.numbered, None
            if item.label:
                self.headings.add(item.depth, item.numbered)
            self.read.left.append(Left(item.place, NAMED_IN_HEADING, item.whole))
            self.task = None
            return
        if self.head and item.label and item.depth <= self.head_depth and item.heads:
            self._flush(item)
            self.head = None
        if self.over and item.label and item.depth <= self.over.depth:
            self._flush(item)
            self.over = self.task = None
        above = self.over.depth if self.over else self.head_depth if self.head else 99
        if item.label and item.depth > above:
            self._begin(item, [])
            return
        self.gap.append(item)

    def _detail(self, draft: Draft, item: Passage) -> None:
        """A line below the one that says who answers that says more of the task."""
        self._source(draft, item)
        if item.said:
            self._say(draft, item)
        label, text = item.field or ("", item.text)
        meaning = meaning_of(label) if label else Meaning.REQUIREMENTS
        if meaning is Meaning.REQUIREMENTS or not text:
            draft.how |= {label: Meaning.REQUIREMENTS.value} if label else {}
            draft.add(Meaning.REQUIREMENTS, text, " ")
        else:
            self.read.headers.setdefault(column_name(label), meaning)
            draft.also(label, text)

    def _close(self, item: Passage) -> None:
        if item.label:
            self._flush(item)

    def _task(self, item: Passage) -> None:
        """A paragraph that says itself who answers."""
        if item.label or not self.gap:
            self._begin(item, [])
        else:
            self._from_gap(item)

    def _from_gap(self, item: Passage) -> None:
        """Begin a task at the number that a paragraph without one belongs to."""
        numbered = [at for at, one in enumerate(self.gap) if one.label]
        if not self.style and self.gap and not self.gap[-1].label:
            numbered = []  # the numbers are those of headings
        if item.text and self.gap and not self.gap[-1].said:
            numbered = [at for at in numbered if self.gap[at].style not in self.over_several]
        own = [at for at in numbered if self.gap[at].style == self.style]
        anew = [at for at, one in enumerate(self.gap) if one.asked == BEGUN_ANEW]
        if anew:
            start = anew[-1]
        elif own:
            start = own[-1]
        elif item.text and (not numbered or self._heads_several(item)):
            start = len(self.gap)
        elif numbered:
            start = numbered[-1]
        else:
            start = len(self.gap) - 1
        body = self.gap[start:]
        del self.gap[start:]
        self._flush(item)
        if not body:
            self._begin(item, [])
        else:
            self._begin(body[0], [*body[1:], item])

    def _heads_several(self, item: Passage) -> bool:
        """Return whether the next paragraph without a number says who answers as well."""
        follows = self._behind(item)
        return bool(follows) and bool(follows[0].said and follows[0].text and not follows[0].label)

    def _begin(self, item: Passage, more: list[Passage]) -> Draft:
        word, number = word_and_number(item.label)
        draft = Draft([item.place], number.rstrip("、.．,，是"))
        draft.how |= {word: Meaning.NUMBER.value} if word else {}
        self.read.tasks.append(draft)
        self.task, self.depth = draft, item.depth if item.label else -1
        goal, rest = _divided(item.text)
        if (named := FIELD.fullmatch(goal)) and meaning_of(named[1]) is Meaning.GOAL and named[2]:
            draft.how[named[1]] = Meaning.GOAL.value  # 反馈问题：…
            goal = named[2]
        draft.add(Meaning.GOAL, goal.strip("—–─-•· ").rstrip("，,、：: "))
        draft.add(Meaning.REQUIREMENTS, rest)
        draft.under = self.headings.path(item.depth)
        for when in _BY_DAY.findall(goal):
            draft.also(Meaning.DEADLINE.value, when)
        self._source(draft, item)
        if item.said:
            self._say(draft, item)
        elif item.asked:
            draft.doubt(Meaning.DUTY, item.asked)
        for one in more:
            self._source(draft, one)
            told = one.whole if one.label and not one.said else one.text
            field = Meaning.REQUIREMENTS if draft.text(Meaning.GOAL) else Meaning.GOAL
            draft.add(field, told, " ")
            if one.said:
                self._say(draft, one)
        if self.over and item.label and item.depth <= self.over.depth:
            self.over = None
        if self.over:
            self._answer_as_above(draft, self.over)
        elif self.head and not draft.text(Meaning.LEAD):
            self._answer_by_heading(draft, *self.head)
        return draft

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
            told = f"照上级标题“{above.label}{above.text}”读作{named}，请核对"
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

    def _source(self, draft: Draft, item: Passage) -> None:
        draft.places.append(item.place)
        self.read.sources.append(Source(item.place, item.whole))

    def _say(self, draft: Draft, item: Passage) -> None:
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
            meaning = meaning_of(label)
            draft.how[label] = meaning.value if meaning in UNITS and meaning else ""
        draft.heed(said.rules, said.words)
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
        for odd in said.odd:
            draft.doubt(
                Meaning.LEAD if odd in said.lead else Meaning.DUTY, f"“{odd}”不像单位名称，请核对"
            )

    def _flush(self, before: Passage | None) -> None:
        """Deal with paragraphs that nobody answers for: headings, tasks without units, the rest.

        What is numbered right below a task may be a part of it.
        """
        below = self.task is not None
        for at, item in enumerate(self.gap):
            if ANNEX.fullmatch(bare(item.whole)):
                self._enter_annex(self.gap[at + 1 : at + 2])
            below = below and (not item.label or item.depth > self.depth)
            if item.said is not None and (item.said.names_units or self.read.tasks):
                self.read.left.append(Left(item.place, "没有用到的单位行", item.whole, ask=True))
            elif item.said is not None:
                self.read.left.append(Left(item.place, "正文", item.whole))  # 发布时间：…
            elif self._missed(item, before):
                draft = self._begin(item, [])
                draft.doubt(Meaning.DUTY, "这一段编了号，却没有写单位：是不是一项任务？")
            elif item.heads:
                self.headings.add(item.depth, item.numbered)
                self.read.left.append(Left(item.place, "标题", item.whole, ask=below))
            else:
                first, rest = _divided(item.text)
                if rest and item.label and item.depth < DEPTH.get(self.style, 0):
                    self.headings.add(item.depth, item.label + first)  # （一）企业开办。方便…
                ask = self._near(item) or (below and self._part_of_task(item, before))
                self.read.left.append(Left(item.place, "正文", item.whole, ask=ask))
        self.gap = []

    def _enter_annex(self, behind: Sequence[Passage]) -> None:
        """Let no heading of the notice hold in its annex, but the title of one of several."""
        self.headings = Headings()
        title = next(
            (one for one in behind if not one.label and len(one.text) <= GOAL_LENGTH), None
        )
        if self.annexes > 1 and title and "。" not in title.text:
            self.headings.add(-1, title.text)
            self.read.used.setdefault(bare(title.whole), "用作类别")

    def _missed(self, item: Passage, before: Passage | None) -> bool:
        """Return whether a numbered paragraph without units stands in the row of the tasks."""
        if not item.label or item.style != self.style or not item.text:
            return False
        value = value_of(item.label)
        if not self.read.tasks or self.task is None:
            follows = value_of(before.label) if before and before.style == item.style else None
            return value is not None and follows is not None and value < follows
        last = value_of(self.read.tasks[-1].label)
        return before is not None or (value is not None and value == (last or 0) + 1)

    def _part_of_task(self, item: Passage, before: Passage | None) -> bool:
        """Return whether a text below a task may say more of it, or be another."""
        between = before is not None and before.style == self.style
        sentence = item.text.endswith("。") and not _CLOSES.search(item.text)
        return bool(item.label) or bool(self.over) or between or sentence

    def _near(self, item: Passage) -> bool:
        """Return whether a text stands between tasks, where a task may have been missed."""
        long = bool(self.read.tasks) and len(item.text) > GOAL_LENGTH
        return long or bool(item.asked) or speaks_of_duty(item.whole)


def _divided(text: str) -> tuple[str, str]:
    """Return a task's first sentence and what follows, where the first one names the task."""
    plain = tidy(text)
    first, mark, rest = plain.partition("。")
    if mark and rest and len(first) <= GOAL_LENGTH:
        return first + mark, rest
    return plain, ""
