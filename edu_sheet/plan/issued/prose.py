"""A document's paragraphs → tasks: those that say who answers for them. Pure.

Who answers stands in a bracket at a paragraph's end, with or without a label, in lines after it, in
the run of its text, or in the heading above. What it holds for is reached back to its number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as held
from itertools import pairwise

from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.columns import EARLIER
from edu_sheet.plan.issued.draft import (
    FIRST_LEADS,
    Draft,
    Headings,
    Left,
    Read,
    Source,
    column_name,
)
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import DEPTH, Ordinal, ordinal_of, value_of
from edu_sheet.plan.issued.placeholders import AROUND_NAMES
from edu_sheet.plan.issued.roles import Said, has_labels, label_line, labels_at, only_units, said_in
from edu_sheet.words.text import tidy

# 由县住建局牵头，县公安局配合，6月底前完成。
_BY = re.compile(r"(?:(?<=[。；;，,])|^)(由[^。；;]{2,120})(?:[。；;]|$)")
_DOES = r"牵头|负责|配合|主办|承办|落实|组织实施"
_SPOKEN_CLAUSE = re.compile(rf"[省州市县区旗镇乡各].{{1,60}}(?:{_DOES}){{1,2}}")
_UNREAD = re.compile(r"[（(〔【][^（）()〔〕【】]*(?:负责|牵头|配合|落实)[）)〕】][。；;]?$")
_OPEN, _CLOSE = "（(〔【［[", "）)〕】］]"
_HEADING_DEPTH = DEPTH["chinese_brackets"]  # as deep as headings are numbered
_LABEL_LENGTH = 15
_GOAL_LENGTH = 40  # characters of a first sentence that names the task for what follows
_FIRST_LEADS = re.compile(
    r"[^。；]{0,20}(?:列|排|居|在)?(?:第一位?|首位|首个|最前|排名第一|第一个)[^。；]{0,12}"
    r"(?:为|是|作为|即)[^。；]{0,6}(?:牵头|主责|主办)[^。；]{0,40}"
)
# Above a table: 单位：万元 tells what its figures count.
_MEASURE = re.compile(
    r"[（(]?(?:计量|金额|面积)?单位[：:]\s*[百千万亿]{0,2}(?:元|美元|亩|人|人次|户|个|家|件|项|公里|米|吨|公斤"
    r"|平方米|平方公里|立方米|公顷|千瓦时?|%|％)(?:[、，,/][^：:]{1,8})?[）)]?"
)
_HEAD_LEAD = re.compile(
    r"(?P<units>.{2,60}?)(?:共同|分别)?(?P<does>牵头|负责|主办|承办|承担)?(?:负责|落实|办理|完成|推进|实施|组织)*的?(?:重点|主要)?"
    r"(?:工作任务|工作|任务|事项|项目)?(?:[（(]共?\d+[项件个条][）)])?[：:]?"
)


def read_prose(paragraphs: Sequence[Paragraph], read: Read, *, labelled: bool = False) -> None:
    """Add what the paragraphs hold to what was read; `labelled`: only units that a label names."""
    measures = [one for one in paragraphs if _MEASURE.fullmatch(one.text.strip())]
    read.left += [Left(one.place, "计量单位", one.text) for one in measures]
    paragraphs = [one for one in paragraphs if one not in measures]
    items = [_item(one, labelled=labelled) for one in _joined(paragraphs)]
    _mark_bodies(items)
    for one in paragraphs:
        read.first_leads = read.first_leads or first_leads_in(one.text)
    if any(one.said and one.said.names_units for one in items) or _heads(items):
        _Assembly(read, items).run()
    else:
        read.left += [Left(one.place, "正文", one.text) for one in paragraphs]


def first_leads_in(text: str) -> str:
    """Return the rule in a text that the first of several units leads, "" where there is none."""
    found = _FIRST_LEADS.search(text)
    if not found:
        return ""
    begin = max(text.rfind(mark, 0, found.start()) for mark in "。；\n") + 1
    return text[begin : found.end()].strip("，。（）() ")


# --- a paragraph


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, a label that stands alone with the line that it is meant for."""
    label: Paragraph | None = None
    for one in paragraphs:
        begins = bool(ordinal_of(one.text) or one.number or label_line(one.text))
        if label is not None and not begins:
            yield replace(label, text=label.text + one.text)
            label = None
            continue
        if label is not None:
            yield label
        alone = one.text.endswith(("：", ":")) and label_line(one.text) and not one.number
        label = one if alone and len(one.text) <= _LABEL_LENGTH else None
        if label is None:
            yield one
    if label is not None:
        yield label


@dataclass(slots=True)
class _Item:
    """A paragraph, or the part of one up to a bracket that says who answers."""

    place: str
    whole: str
    label: str
    style: str
    depth: int
    text: str  # without number and roles
    said: Said | None = None
    field: tuple[str, str] | None = None  # 整改目标：…, what it is called and what it says
    body: bool = False  # one of the lines below an empty 整改措施：
    more: "list[_Item]" = held(default_factory=list)  # further tasks in the same paragraph
    behind: str = ""

    @property
    def heads(self) -> bool:
        """Whether it is a heading: numbered, short, no sentence."""
        return bool(self.label) and len(self.text) <= _GOAL_LENGTH and "。" not in self.text[:-1]


def _item(paragraph: Paragraph, *, labelled: bool) -> _Item:
    text, label, style, depth = paragraph.text, "", "", 99
    ordinal = ordinal_of(text)
    if paragraph.number:
        counted = ordinal_of(f"{paragraph.number} x") or ordinal_of(f"{paragraph.number}、x")
        ordinal = Ordinal(paragraph.number, counted.style if counted else "figure", text)
    if ordinal:
        label, style, depth, text = ordinal.label, ordinal.style, ordinal.depth, ordinal.rest
    parts = _parts(text, labelled=labelled)
    first, said = parts[0]
    item = _Item(paragraph.place, paragraph.text, label, style, depth, first.strip(), said)
    for rest, more in parts[1:]:
        if more is None:
            item.behind += rest.strip()
        elif rest.strip(" 。；;，,、"):
            inner = ordinal_of(rest)
            item.more.append(
                _Item(
                    paragraph.place,
                    paragraph.text,
                    inner.label if inner else "",
                    inner.style if inner else "",
                    inner.depth if inner else 99,
                    (inner.rest if inner else rest).strip(" ；;，,、"),
                    more,
                )
            )
        else:
            _merge((item.more or [item])[-1], more)
    return item


# A line that says one thing of the task above it: 整改目标：污水应收尽收。
_FIELD = re.compile(r"([^，,；;。、：:\s（）()]{2,8})\s*[：:]\s*(.*)")
_FIELD_NAME = re.compile(r"(?:单位|部门|目标|要求|措施|标准|成果|依据|来源|内容|备注|问题)$")


def _field(item: _Item) -> tuple[str, str] | None:
    found = _FIELD.fullmatch(item.text) if item.said is None and not item.label else None
    if not found or not (meaning_of(found[1]) or _FIELD_NAME.search(found[1])):
        return None
    return found[1], found[2].strip()


def _mark_bodies(items: Sequence[_Item]) -> None:
    """Take the numbers from lines below an empty 整改措施：: they are no tasks."""
    outer, inside = 99, False
    for item in items:
        item.field = _field(item)
        if item.field or item.said is not None or (item.label and item.depth <= outer):
            inside = bool(item.field) and not (item.field or ("", ""))[1]
        elif inside:
            item.label, item.style, item.depth, item.text = "", "", 99, item.whole
            item.body = True
        if item.label:
            outer = item.depth


def _merge(item: _Item, more: Said) -> None:
    if item.said is None:
        item.said = more
        return
    item.said.lead = "；".join(filter(None, (item.said.lead, more.lead)))
    item.said.duty = "；".join(filter(None, (item.said.duty, more.duty)))
    item.said.others += more.others
    item.said.labels += more.labels
    item.said.odd += more.odd
    item.said.rules += more.rules
    item.said.words += more.words


def _parts(text: str, *, labelled: bool) -> list[tuple[str, Said | None]]:
    """Return a text cut behind every bracket that says who answers: what stands before, and who."""
    if label_line(text):
        return [("", said_in(text))]
    found: list[tuple[str, Said | None]] = []
    start = 0
    for begin, end in _brackets(text):
        inner = text[begin + 1 : end - 1]
        if begin < start or not _speaks(text, begin, end, inner, labelled=labelled):
            continue
        found.append((text[start:begin], said_in(inner)))
        start = end
    if not found and not labelled:
        if spoken := _spoken_first(text) or _spoken_last(text):
            return [spoken]
        start = _by(text, found)
    rest = text[start:]
    labels = labels_at(rest)
    named = any(meaning_of(at[1]) in UNITS for at in labels)
    if named and (cut := next(at for at in labels if meaning_of(at[1]) is not Meaning.LIAISON)):
        found.append((rest[: cut.start(1)].rstrip("（(〔【"), said_in(rest[cut.start(1) :])))
        rest = ""
    if rest.strip(" 。；;，,、.") or not found:
        found.append((rest, None))
    elif rest.strip():
        before, said = found[-1]
        found[-1] = (before if before.rstrip().endswith(("。", "；", ";")) else before + rest, said)
    return found


def _by(text: str, found: list[tuple[str, Said | None]]) -> int:
    """Add the parts of a text before each 由县住建局牵头, and return where what is left begins."""
    start = 0
    for clause in _BY.finditer(text):
        if re.search(_DOES, clause[1]) and only_units(clause[1]):
            found.append((text[start : clause.start()], said_in(clause[1])))
            start = clause.end()
    return start


def _spoken_last(text: str) -> tuple[str, Said] | None:
    """Return what is done and who does it, of 设立专班，县教育局牵头，各乡镇配合。"""
    clauses = re.split("[，,]", text.rstrip("。；;"))
    at = len(clauses)
    while at > 1 and _SPOKEN_CLAUSE.fullmatch(clauses[at - 1]) and only_units(clauses[at - 1]):
        at -= 1
    who = "，".join(clauses[at:])
    return (
        ("，".join(clauses[:at]), said_in(who)) if re.search("牵头|负责|主办|承办", who) else None
    )


def _spoken_first(text: str) -> tuple[str, Said] | None:
    """Return what is done and who does it, of 由县财政局牵头，县教育局配合，拨付校舍维修资金。"""
    sentence = re.match(r"由[^。；;]{2,200}", text)
    clauses = re.split("[，,]", sentence[0]) if sentence else []
    does = [at for at, one in enumerate(clauses) if re.search(rf"(?:{_DOES})$", one)]
    who = "，".join(clauses[: does[-1] + 1]) if does else ""
    what = text[len(who) :].lstrip("，,")
    if not who or not re.sub(r"\W", "", what) or not only_units(who):
        return None
    return what, said_in(who)


def _brackets(text: str) -> list[tuple[int, int]]:
    """Return where the outermost brackets begin and end."""
    found, depth, begin = [], 0, 0
    for at, character in enumerate(text):
        if character in _OPEN:
            begin = at if not depth else begin
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if not depth:
                found.append((begin, at + 1))
    return found


def _speaks(text: str, begin: int, end: int, inner: str, *, labelled: bool) -> bool:
    """Return whether a bracket says who answers for what stands before it."""
    if has_labels(inner):
        return said_in(inner).names_units
    before, behind = text[:begin].rstrip(), text[end:].lstrip()
    closes = not behind or behind[0] in "。；;" or before.endswith(("。", "；", ";", "！"))
    return not labelled and closes and only_units(inner)


def without_roles(text: str) -> tuple[str, Said | None]:
    """Return a text without what says who answers, and that; None where nothing does."""
    rest, found = "", None
    holder = _Item("", "", "", "", 0, "")
    for part, said in _parts(text, labelled=False):
        rest += part
        if said is not None:
            _merge(holder, said)
    found = holder.said
    return rest, found


# --- headings that name who answers


def _head_lead(item: _Item) -> tuple[Meaning, str] | None:
    """Return who answers for all that stands under a heading."""
    if item.said or len(item.text) > 70 or not item.text or "。" in item.text:
        return None
    found = _HEAD_LEAD.fullmatch(item.text)
    if not found or not only_units(found["units"]):
        return None
    if not found["does"] and not item.label:
        addressed = re.search(r"各|有关|相关", item.text)  # 各乡镇人民政府，县政府各部门：
        if addressed or not re.search(r"[：:]$|\d[项件个条]", item.text):
            return None
    return (Meaning.LEAD if found["does"] in ("牵头", "主办") else Meaning.DUTY), found["units"]


def _heads(items: Sequence[_Item]) -> bool:
    """Return whether headings name who answers for the numbered lines below them."""
    return any(
        _head_lead(one) and following.label and following.style != one.style and following.text
        for one, following in pairwise(items)
    )


# --- all of them


class _Assembly:
    """Puts tasks together out of paragraphs, in order."""

    def __init__(self, read: Read, items: Sequence[_Item]) -> None:
        self.read = read
        self.items = items
        self.over_several = _styles_over_several(items)
        self.style = _style_of_tasks(items)
        if self.style in self.over_several:
            self.style = ""
        self.gap: list[_Item] = []
        self.task: Draft | None = None  # whose lines of roles may still come
        self.headings = Headings()
        self.head: tuple[Meaning, str] | None = None
        self.head_depth = 99

    def run(self) -> None:
        """Read all paragraphs."""
        for item in self.items:
            if item.said is not None and not item.text and not item.label:
                self._roles(item)
            elif item.said is not None:
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

    def _roles(self, item: _Item) -> None:
        """A line that says nothing but who answers, or until when."""
        if item.said is None:
            return
        if self._leads_below(item):
            self._flush_above(item)
        elif self.gap and item.said.names_units and any(one.text for one in self.gap):
            self._from_gap(item)
        elif self.task is not None and not self.gap:
            self._say(self.task, item)
        else:
            self.gap.append(item)

    def _leads_below(self, item: _Item) -> bool:
        """Return whether a line says who leads all that is numbered below the heading above it."""
        said, above = item.said, self.gap[-1] if self.gap else None
        if said is None or not said.lead or said.duty or said.others or above is None:
            return False
        follows = self._behind(item)
        if not above.heads or not follows or follows[0].depth <= above.depth:
            return False
        own = [one.said for one in follows[:2] if one.said]
        return bool(follows[0].label) and bool(own) and own[0].names_units and not own[0].lead

    def _flush_above(self, item: _Item) -> None:
        """Let the lead that stands below a heading hold for what follows."""
        above = self.gap[-1]
        self._flush(item)
        self.task = None
        self.head, self.head_depth = (
            (Meaning.LEAD, item.said.lead if item.said else ""),
            above.depth,
        )
        self.read.left.append(Left(item.place, "标题（写明单位）", item.whole))

    def _behind(self, item: _Item) -> list[_Item]:
        """Return what follows a paragraph."""
        at = next(place for place, one in enumerate(self.items) if one is item)
        return list(self.items[at + 1 : at + 3])

    def _plain(self, item: _Item) -> None:
        if self.task is not None and not self.gap and (item.field or item.body):
            self._detail(self.task, item)
            return
        if (head := _head_lead(item)) is not None:
            self._flush(item)
            self.head, self.head_depth = head, item.depth if item.label else -1
            if item.label:
                self.headings.add(item.depth, item.whole)
            self.read.left.append(Left(item.place, "标题（写明单位）", item.whole))
            self.task = None
            return
        if self.head and item.label and item.depth <= self.head_depth and item.heads:
            self._flush(item)
            self.head = None
        if self.head and item.label and item.depth > self.head_depth:
            self._begin(item, [])
            return
        self.gap.append(item)

    def _detail(self, draft: Draft, item: _Item) -> None:
        """A line below the one that says who answers that says more of the task."""
        self._source(draft, item)
        label, text = item.field or ("", item.text)
        meaning = meaning_of(label) if label else Meaning.REQUIREMENTS
        if meaning is Meaning.REQUIREMENTS:
            draft.how |= {label: meaning.value} if label else {}
            draft.add(Meaning.REQUIREMENTS, text, " ")
        else:
            self.read.headers.setdefault(column_name(label), meaning)
            draft.also(label, text)

    def _close(self, item: _Item) -> None:
        if item.label:
            self._flush(item)

    def _task(self, item: _Item) -> None:
        """A paragraph that says itself who answers."""
        if item.label or not self.gap:
            self._begin(item, [])
        else:
            self._from_gap(item)

    def _from_gap(self, item: _Item) -> None:
        """Begin a task at the number that a paragraph without one belongs to."""
        numbered = [at for at, one in enumerate(self.gap) if one.label]
        if not self.style and self.gap and not self.gap[-1].label:
            numbered = []  # the numbers are those of headings
        if item.text and self.gap and not self.gap[-1].said:
            numbered = [at for at in numbered if self.gap[at].style not in self.over_several]
        own = [at for at in numbered if self.gap[at].style == self.style]
        if own:
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

    def _heads_several(self, item: _Item) -> bool:
        """Return whether the next paragraph without a number says who answers as well."""
        follows = self._behind(item)
        return bool(follows) and bool(follows[0].said and follows[0].text and not follows[0].label)

    def _begin(self, item: _Item, more: list[_Item]) -> Draft:
        draft = Draft([item.place], item.label.rstrip("、.．,，是"))
        self.read.tasks.append(draft)
        self.task = draft
        goal, rest = _divided(item.text)
        if (named := _FIELD.fullmatch(goal)) and meaning_of(named[1]) is Meaning.GOAL and named[2]:
            draft.how[named[1]] = Meaning.GOAL.value  # 反馈问题：…
            goal = named[2]
        draft.add(Meaning.GOAL, goal.lstrip("—–─-•· "))
        draft.add(Meaning.REQUIREMENTS, rest)
        draft.under = self.headings.path(item.depth)
        self._source(draft, item)
        if item.said:
            self._say(draft, item)
        for one in more:
            self._source(draft, one)
            told = one.whole if one.label and not one.said else one.text
            field = Meaning.REQUIREMENTS if draft.text(Meaning.GOAL) else Meaning.GOAL
            draft.add(field, told, " ")
            if one.said:
                self._say(draft, one)
        if self.head and not draft.text(Meaning.LEAD):
            self._answer_by_heading(draft, *self.head)
        return draft

    def _answer_by_heading(self, draft: Draft, meaning: Meaning, units: str) -> None:
        """Give a task the units of its heading, before those that only help."""
        duty = draft.text(Meaning.DUTY)
        parts = {meaning_of(label) for label in draft.how} & UNITS
        if meaning is Meaning.LEAD or not duty:
            draft.add(meaning, units)
        elif parts == {Meaning.HELP}:
            draft.texts[Meaning.DUTY] = ""
            draft.add(meaning, units)
            draft.add(meaning, duty)

    def _source(self, draft: Draft, item: _Item) -> None:
        draft.places.append(item.place)
        self.read.sources.append(Source(item.place, item.whole))

    def _say(self, draft: Draft, item: _Item) -> None:
        said = item.said or Said()
        if item.place not in draft.places:
            self._source(draft, item)
        draft.add(Meaning.LEAD, said.lead)
        draft.add(Meaning.DUTY, said.duty)
        for label in said.labels:
            meaning = meaning_of(label)
            draft.how[label] = meaning.value if meaning in UNITS and meaning else ""
        draft.how |= dict.fromkeys(said.rules, FIRST_LEADS)
        draft.how |= dict.fromkeys(said.words, AROUND_NAMES)
        for label, what, text in said.others:
            header = EARLIER if what is Meaning.PROGRESS else label or what.value
            draft.how |= {label: what.value} if header == EARLIER else {}
            self.read.headers.setdefault(column_name(header), what)
            draft.also(header, text)
        for odd in said.odd:
            draft.doubt(
                Meaning.LEAD if odd in said.lead else Meaning.DUTY, f"“{odd}”不像单位名称，请核对"
            )

    def _flush(self, before: _Item | None) -> None:
        """Deal with paragraphs that nobody answers for: headings, tasks without units, the rest."""
        for item in self.gap:
            if item.said is not None:
                self.read.left.append(Left(item.place, "没有用到的单位行", item.whole, ask=True))
            elif self._missed(item, before):
                draft = self._begin(item, [])
                draft.doubt(Meaning.DUTY, "这一段编了号，却没有写单位：是不是一项任务？")
            elif item.heads:
                self.headings.add(item.depth, item.whole)
                self.read.left.append(Left(item.place, "标题", item.whole))
            else:
                first, rest = _divided(item.text)
                if rest and item.label and item.depth < DEPTH.get(self.style, 0):
                    self.headings.add(item.depth, item.label + first)  # （一）企业开办。方便…
                self.read.left.append(Left(item.place, "正文", item.whole, ask=self._near(item)))
        self.gap = []

    def _missed(self, item: _Item, before: _Item | None) -> bool:
        """Return whether a numbered paragraph without units stands in the row of the tasks."""
        if not item.label or item.style != self.style or not item.text:
            return False
        value = value_of(item.label)
        if not self.read.tasks or self.task is None:
            follows = value_of(before.label) if before and before.style == item.style else None
            return value is not None and follows is not None and value < follows
        last = value_of(self.read.tasks[-1].label)
        return before is not None or (value is not None and value == (last or 0) + 1)

    def _near(self, item: _Item) -> bool:
        """Return whether a text stands between tasks, where a task may have been missed."""
        long = bool(self.read.tasks) and len(item.text) > _GOAL_LENGTH
        return long or bool(_UNREAD.search(item.whole))


def _divided(text: str) -> tuple[str, str]:
    """Return a task's first sentence and what follows, where the first one names the task."""
    plain = tidy(text)
    first, mark, rest = plain.partition("。")
    if mark and rest and len(first) <= _GOAL_LENGTH:
        return first + mark, rest
    return plain, ""


def _styles_over_several(items: Sequence[_Item]) -> set[str]:
    """Return the kinds of number whose text heads several paragraphs that name their own units."""
    found: set[str] = set()
    style, count = "", 0
    for one in items:
        if one.label:
            heads = one.said is None and len(one.text) <= _GOAL_LENGTH
            style, count = one.style if heads else "", 0
        elif one.text and one.said and one.said.names_units:
            count += 1
            found |= {style} if style and count > 1 else set()
    return found


def _style_of_tasks(items: Sequence[_Item]) -> str:
    """Return the kind of number that tasks have: where they say who answers, else before."""
    own = Counter(one.style for one in items if one.said and one.label and one.text)
    if own:
        return own.most_common(1)[0][0]
    gaps: Counter[str] = Counter()
    depths: dict[str, int] = {}
    styles: list[str] = []
    alone = texts = 0  # lines of units, those that paragraphs without any number stand before
    for one in items:
        if one.said is not None and one.said.names_units:
            gaps.update({style for style in styles if styles.count(style) == 1})
            alone += bool(texts and not styles)
            styles, texts = [], 0
        elif one.label:
            styles.append(one.style)
            depths[one.style] = one.depth
        texts += one.said is None
    if not gaps:
        return ""
    style = max(gaps, key=lambda style: (gaps[style], depths[style]))
    return "" if 2 * alone >= gaps[style] and depths[style] <= _HEADING_DEPTH else style
