"""A paragraph of a plan in prose: its number, what it says, and who answers for that. Pure.

Who answers stands in a bracket, behind labels in the run of the text, or in a sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as held

from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.labels import has_labels, label_line, labels_at
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import (
    Ordinal,
    named_ordinal_of,
    ordinal_of,
    word_and_number,
)
from edu_sheet.plan.issued.roles import Said, is_deadline, only_units, said_in
from edu_sheet.plan.issued.spoken import said_last, sounds_like_units

# 由县住建局牵头，县公安局配合，6月底前完成。
_BY = re.compile(r"(?:(?<=[。；;，,])|^)(由[^。；;]{2,120})(?:[。；;]|$)")
# 按季度发布目录 is a part of the task, 6月底前完成 is none.
_PLAIN_DAY = re.compile(
    r"(?:于|在|确保|力争)?[\d年月日季度一二三四上下半中旬底末前后内至到起每本今全明之以并、，,—–~-]*"
    r"(?:全面|基本|持续|长期|按时|及时|完成|办结|落实|到位|坚持|推进|开展|实施|整改|建成|投用|投入使用|启动|结束|任务)*[，,]?"
)
_DOES = r"牵头|负责|配合|主办|承办|协办|协助|落实|(?:组织)?实施"
_SPOKEN_CLAUSE = re.compile(rf"[省州市县区旗镇乡各].{{1,60}}(?:{_DOES}){{1,2}}")
_OPEN, _CLOSE = "（(〔【［[", "）)〕】］]"
_LABEL_LENGTH = 15
_SENTENCE = 300  # characters of one that says who answers
GOAL_LENGTH = 40  # characters of a first sentence that names the task for what follows


@dataclass(slots=True)
class Passage:
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
    more: "list[Passage]" = held(default_factory=list)  # further tasks in the same paragraph
    nested: bool = False  # a point below the paragraph before it
    behind: str = ""
    over: bool = False  # a heading that answers for what is numbered below it
    handed: bool = False  # what such a heading answers for
    asked: str = ""  # what a person should look at in it
    title: str = ""  # of the plan that begins with it: its first line
    titled: bool = False  # a further line of such a title
    due: list[tuple[str, str]] = held(default_factory=list)  # label, until when or who: at its end

    @property
    def numbered(self) -> str:
        """The paragraph with the number that the word processor gives it."""
        return self.whole if self.whole.startswith(self.label) else self.label + self.whole

    @property
    def heads(self) -> bool:
        """Whether it is a heading: numbered, short, no sentence."""
        return bool(self.label) and len(self.text) <= GOAL_LENGTH and "。" not in self.text[:-1]


NOT_COUNTED: Mapping[str, str] = {}


def passage_of(
    paragraph: Paragraph, *, labelled: bool, counted: Mapping[str, str] = NOT_COUNTED
) -> Passage:
    """Return a paragraph with its number and who answers; `labelled`: only whom a label names.

    `counted` are the words that the document counts its tasks by, with their style: 任务1, 任务2.
    """
    text, label, style, depth = paragraph.text, "", "", 99
    ordinal = ordinal_of(text)
    named = named_ordinal_of(text)
    if named and word_and_number(named.label)[0] in counted:
        ordinal = replace(named, style=counted[word_and_number(named.label)[0]])
    if paragraph.number:
        known = ordinal_of(f"{paragraph.number} x") or ordinal_of(f"{paragraph.number}、x")
        ordinal = Ordinal(paragraph.number, known.style if known else "figure", text)
    if ordinal:
        label, style, depth, text = ordinal.label, ordinal.style, ordinal.depth, ordinal.rest
    parts = _parts(text, labelled=labelled, numbered=bool(label))
    first, said = parts[0]
    item = Passage(paragraph.place, paragraph.text, label, style, depth, first.strip(), said)
    item.nested = paragraph.nested
    item.text, item.due = due_apart(item.text)
    if not labelled and not any(one for _, one in parts) and (unread := sounds_like_units(text)):
        item.asked = f"“{unread}”像是写了谁负责，没有读出单位，请核对"
    for rest, more in parts[1:]:
        if more is None:
            item.behind += rest.strip()
        elif rest.strip(" 。；;，,、"):
            inner = ordinal_of(rest.lstrip("。；;，,、 "))
            item.more.append(
                Passage(
                    paragraph.place,
                    paragraph.text,
                    inner.label if inner else "",
                    inner.style if inner else "",
                    inner.depth if inner else 99,
                    (inner.rest if inner else rest).lstrip("。").strip(" ；;，,、"),
                    more,
                )
            )
        else:
            merge((item.more or [item])[-1], more)
    return item


# A line that says one thing of the task above it: 整改目标：污水应收尽收。
FIELD = re.compile(r"([^，,；;。、：:\s（）()]{2,8})\s*[：:]\s*(.*)")


def merge(item: Passage, more: Said) -> None:
    """Add what is said of who answers to what a passage says already."""
    if item.said is None:
        item.said = more
        return
    item.said.lead = "；".join(filter(None, (item.said.lead, more.lead)))
    item.said.duty = "；".join(filter(None, (item.said.duty, more.duty)))
    item.said.undertakers = "；".join(filter(None, (item.said.undertakers, more.undertakers)))
    item.said.helpers = "；".join(filter(None, (item.said.helpers, more.helpers)))
    item.said.undertaken = item.said.undertaken or more.undertaken
    item.said.others += more.others
    item.said.labels += more.labels
    item.said.odd += more.odd
    item.said.glued += more.glued
    item.said.rules += more.rules
    item.said.words += more.words
    item.said.ran_on += more.ran_on
    item.said.duties += more.duties
    item.said.later = item.said.later or more.later


_LAST_BRACKET = re.compile(
    r"(?P<text>.*\S)\s*[（(〔【［\[](?P<inner>[^（）()〔〕【】［］\[\]]{3,40})[）)〕】］\]][。；;]?\s*",
    re.DOTALL,
)
_ENDS_DUE = re.compile(
    r"[前底末内]$|^(?:\d{4}年)?(?:第?[一二三四]季度|[上下]半年)$|[^，]*(?:完成|办结|建成|到位|竣工|完工|销号|开工|投用|启动|见效|持续|长期)(?:推进|坚持|实施|开展|整改)?$"
)

_OF_POINTS = re.compile("[①-⑳]|[前成]）[；;，,。]")  # each of several points has its own


def due_apart(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text without what says until when at its end: （6月底前完成）, 完成时限：6月底.

    So it does of a person there: 责任人：某某.
    """
    labels = labels_at(text)
    beside = {Meaning.DEADLINE, Meaning.PERSON}
    if labels and {meaning_of(one[1]) for one in labels} <= beside:
        start = labels[0].start(1)
        said = said_in(text[start:])
        if text[:start].rstrip().endswith(("。", "；", ";")) and not said.names_units:
            due = [(label, words) for label, _, words in said.others]
            return text[:start].rstrip() + "".join(said.ran_on), due
    found = _LAST_BRACKET.fullmatch(text)
    if not found or _OF_POINTS.search(found["text"]):
        return text, []
    inner, due = found["inner"], []
    if has_labels(inner):
        said = said_in(inner)
        due = [(label, words) for label, what, words in said.others if what is Meaning.DEADLINE]
        due = due if len(due) == len(said.others) and not said.ran_on else []
    elif all(is_deadline(one) and _ENDS_DUE.search(one) for one in inner.split("，")):
        due = [("", inner)]
    return (found["text"], due) if due else (text, [])


_ALL_IN_BRACKETS = re.compile(
    r"\s*[（(〔【［\[]([^（）()〔〕【】［］\[\]]+)[）)〕】］\]][。；;]?\s*"
)


def _says_only(text: str) -> Said | None:
    """Return what a line says that says nothing else: 责任单位：甲, （完成时限：6月底）."""
    alone = _ALL_IN_BRACKETS.fullmatch(text)
    inner = alone[1] if alone else text
    dated = alone and is_deadline(inner) and re.search("前|底|末|完成|期|续", inner)
    return said_in(inner) if label_line(inner) or dated else None


def _parts(text: str, *, labelled: bool, numbered: bool = False) -> list[tuple[str, Said | None]]:
    """Return a text cut behind every bracket that says who answers: what stands before, and who."""
    if (only := _says_only(text)) is not None:
        return _with_run_on(only, labelled=labelled, numbered=numbered)
    found: list[tuple[str, Said | None]] = []
    start = 0
    for begin, end in _brackets(text):
        inner = text[begin + 1 : end - 1]
        also = bool(found) and not text[start:begin].strip(" 。；;，,、")
        also = also and (has_labels(inner) or is_deadline(inner))
        if begin < start or not (also or _speaks(text, begin, end, inner, labelled=labelled)):
            continue
        found.append((text[start:begin], said_in(inner)))
        start = end
    if (
        not found
        and not labelled
        and not any(meaning_of(one[1]) in UNITS for one in labels_at(text))
    ):
        last = said_last(text, numbered=numbered)
        spoken = last or _spoken_first(text) or _spoken_last(text)
        if spoken and not cuts_bracket(text, spoken[0]):
            return [spoken]
        start = _by(text, found)
    rest = text[start:]
    labels = labels_at(rest)
    # （县水利局）。完成时限：6月底
    goes_on = found and labels and not rest[: labels[0].start(1)].strip(" 。；;，,、")
    cut = next((at for at in labels if meaning_of(at[1]) is not Meaning.LIAISON), None)
    if cut and (goes_on or any(meaning_of(at[1]) in UNITS for at in labels)):
        found.append((rest[: cut.start(1)].rstrip("（(〔【"), said_in(rest[cut.start(1) :])))
        rest = ""
    found = _with_labels_before(found)
    if rest.strip(" 。；;，,、.") or not found:
        found.append((rest, None))
    elif rest.strip():
        before, said = found[-1]
        found[-1] = (before if before.rstrip().endswith(("。", "；", ";")) else before + rest, said)
    return found


def _with_run_on(only: Said, *, labelled: bool, numbered: bool) -> list[tuple[str, Said | None]]:
    """Return what a line that begins with labels says: 完成时限：6月底。建三栋校舍（县教育局）.

    Sentences behind them are the task itself, where the line has a number or names units there.
    """
    if not only.ran_on:
        return [("", only)]
    (text, said), *more = _parts("".join(only.ran_on), labelled=labelled, numbered=numbered)
    if not text.strip() or not (numbered or said):
        return [("", only)]
    only.ran_on = []
    holder = Passage("", "", "", "", 0, "", only)
    if said:
        merge(holder, said)
    return [(text, holder.said), *more]


def _with_labels_before(found: list[tuple[str, Said | None]]) -> list[tuple[str, Said | None]]:
    """Return the parts of a text, persons and days labelled before a bracket taken to its units.

    建学校。责任人：甲。（县教育局）
    """
    parts: list[tuple[str, Said | None]] = []
    for text, said in found:
        first = next(iter(labels_at(text)), None) if said else None
        ends = first is None or text[: first.start(1)].rstrip()[-1:] in "。；;"
        if said is None or first is None or not ends or cuts_bracket(text, text[: first.start(1)]):
            parts.append((text, said))
            continue
        holder = Passage("", "", "", "", 0, "", said_in(text[first.start(1) :]))
        merge(holder, said)
        parts.append((text[: first.start(1)], holder.said))
    return parts


def cuts_bracket(text: str, part: str) -> bool:
    """Return whether a bracket that is closed in a text is left open in a part of it."""
    opened, closed = (sum(map(part.count, marks)) for marks in (_OPEN, _CLOSE))
    whole = sum(map(text.count, _OPEN)) == sum(map(text.count, _CLOSE))
    return whole and opened != closed


def _by(text: str, found: list[tuple[str, Said | None]]) -> int:
    """Add the parts of a text before each 由县住建局牵头, and return where what is left begins."""
    start = 0
    for clause in _BY.finditer(text):
        if cuts_bracket(text, text[start : clause.start()]):
            continue
        parts = re.split("(?<=[，,])", clause[1])
        said = _longest_said(parts)
        if said:
            whole = said == clause[1]
            found.append((text[start : clause.start()], said_in(said)))
            start = clause.end() if whole else clause.start() + len(said)
    return start


def _longest_said(parts: Sequence[str]) -> str:
    """Return the first clauses of a sentence that say nothing but who answers, and until when."""
    for end in range(len(parts), 0, -1):
        said = "".join(parts[:end])
        days = [one for one in parts[:end] if is_deadline(one.rstrip("，,"))]
        plain = all(map(_PLAIN_DAY.fullmatch, days)) and (end == len(parts) or not days)
        if plain and re.search(_DOES, said) and only_units(said.rstrip("，,")):
            return said
    return ""


def _spoken_last(text: str) -> tuple[str, Said] | None:
    """Return what is done and who does it, of 设立专班，县教育局牵头，各乡镇配合。"""
    clauses = re.split("[，,]", text.rstrip("。；;"))
    at = len(clauses)
    while at > 1 and _SPOKEN_CLAUSE.match(clauses[at - 1]) and only_units(clauses[at - 1]):
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


def names_units(paragraph: Paragraph) -> bool:
    """Return whether a paragraph says, by a label or in a bracket, who answers for something."""
    if label_line(paragraph.text):
        return True
    said = passage_of(paragraph, labelled=False).said
    return said is not None and said.names_units


def without_roles(text: str) -> tuple[str, Said | None]:
    """Return a text without what says who answers, and that; None where nothing does."""
    rest, found = "", None
    holder = Passage("", "", "", "", 0, "")
    for part, said in _parts(text, labelled=False):
        rest += part
        if said is not None:
            merge(holder, said)
    found = holder.said
    return rest, found
