"""A plan as it was read from a document, before it becomes a workbook. Values only."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.placeholders import AROUND_NAMES, ASKED_TOGETHER, TOGETHER
from edu_sheet.rules.units import tidy_list
from edu_sheet.words.columns import PLAN_COLUMNS
from edu_sheet.words.text import bare, tidy

_OFFICIAL = {bare(column.header) for column in PLAN_COLUMNS}


@lru_cache(maxsize=1024)  # the same few headers, for each task
def column_name(header: str) -> str:
    """Return what a further column is called: 设置 lists them, parted by such marks.

    Beside one of the seven that it is called like, it says that it is another.
    """
    name = re.sub("[、，,；;\n]", "/", tidy(header))
    return f"{name}（另列）" if bare(name) in _OFFICIAL else name


FIRST_LEADS = "规则：第一个单位牵头"
LATER = "规则：说的是后面的任务，没有照填"
HIDDEN = "隐藏的行和列"  # of a sheet that is shown
MEASURE = "计量单位"  # 单位：万元
NAMED_IN_HEADING = "标题（写明单位）"  # what a heading is that says who answers for what is below


class OddName(StrEnum):
    """What is odd about a unit's name, or a mark for it; what the clerk reads behind it."""

    NO_UNIT = "不像单位名称"
    PERSON = "像是人名，算在了单位名称里"
    CARRIED = "只在上面写了一次，下面空着的也读作它"
    MARK_OF_LEAD = "在原文里没有说明，读作牵头单位"  # √ in a column of the unit
    MARK_OF_DUTY = "在原文里没有说明，读作责任单位"
    MARK_OF_HELP = "在原文里没有说明，读作配合单位"
    GLUED = "按一个单位读，是两个单位的请用顿号隔开"


@dataclass(slots=True)
class Draft:
    """One task as it was read; texts by what they are, further columns by their header."""

    places: list[str]  # where it stands: the first is where it begins
    label: str = ""  # its number as issued
    beside: bool = False  # one of several under one number
    under: str = ""  # the headings above it
    texts: dict[Meaning, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)  # header → text
    how: dict[str, str] = field(default_factory=dict)  # header or label → what it was read as
    helpers: str = ""  # units of columns for those that help
    doubts: list[tuple[Meaning, str]] = field(default_factory=list)  # of which field, what
    odd: list[tuple[Meaning, str, OddName]] = field(default_factory=list)  # names of its units
    duties: dict[str, str] = field(default_factory=dict)  # header or label of units → these
    ran_on: list[str] = field(default_factory=list)  # sentences behind units, read as requirements
    sharing: list[str] = field(default_factory=list)  # rows of other tasks with its number, units

    def text(self, meaning: Meaning) -> str:
        """Return what it says of one thing, "" for nothing."""
        return self.texts.get(meaning, "")

    def add(self, meaning: Meaning, text: str, between: str = "") -> None:
        """Add to what it says; nothing is said twice."""
        listed = meaning in (Meaning.LEAD, Meaning.DUTY, Meaning.LIAISON)
        plain = (tidy_list if listed else tidy)(text)
        before = self.text(meaning)
        if not plain or (plain == before) or (listed and plain in re.split("[、；\n]", before)):
            return
        joint = between if between or not listed else "；"
        joined = f"{before}{joint}{plain}" if before else plain
        self.texts[meaning] = joined if listed else tidy(joined)

    def also(self, header: str, text: str) -> None:
        """Add to a further column."""
        plain, header = tidy(text), column_name(header)
        before = self.others.get(header, "")
        if plain and plain not in before.split("；"):
            joint = "" if before.endswith(("。", "；")) else "；"
            self.others[header] = f"{before}{joint}{plain}" if before else plain

    def heed(self, rules: Iterable[str], words: Iterable[str]) -> None:
        """Note what stands among the units and names none: a rule for all tasks, 由, 会同."""
        told = dict.fromkeys(words, AROUND_NAMES)
        self.how |= dict.fromkeys(rules, FIRST_LEADS) | told
        if TOGETHER in told:
            self.doubt(Meaning.LEAD, ASKED_TOGETHER)

    def answers(self, header: str, units: str) -> None:
        """Note under which header or label units answer for it."""
        plain = tidy_list(units).strip("，,；;。、 ")
        before = self.duties.get(header, "")
        if header and plain and plain not in before.split("；"):
            self.duties[header] = f"{before}；{plain}" if before else plain

    def keep(self, sentences: Iterable[str], duties: Iterable[tuple[str, str]]) -> None:
        """Note the sentences behind who answers, which it asks for, and what labels units."""
        for one in sentences:
            self.add(Meaning.REQUIREMENTS, one, " ")
            self.ran_on.append(tidy(one))
        for label, units in duties:
            self.answers(label, units)

    def doubt_names(self, meaning: Meaning, names: Iterable[str], what: OddName) -> None:
        """Note names that a person should look at: each is asked once in a plan."""
        self.odd += [(meaning, name, what) for name in names]

    def doubt(self, meaning: Meaning, what: str) -> None:
        """Note what a person should look at."""
        if (meaning, what) not in self.doubts:
            self.doubts.append((meaning, what))


def in_levels(headings: Iterable[str]) -> str:
    """Return headings in a line, from the outermost inwards."""
    return "／".join(filter(None, map(tidy, headings)))


@dataclass(slots=True)
class Headings:
    """The headings that stand above a place, from the outermost inwards."""

    above: list[tuple[int, str]] = field(default_factory=list)

    def add(self, depth: int, text: str) -> None:
        """Add a heading: those of its depth and deeper no longer hold."""
        self.above = [*((held, said) for held, said in self.above if held < depth), (depth, text)]

    def path(self, depth: int = 99) -> str:
        """Return the headings above what stands at a depth, in a line."""
        return in_levels(text for held, text in self.above if held < depth)


@dataclass(frozen=True, slots=True)
class Left:
    """Something of the document that became no part of a task."""

    place: str
    what: str  # 类别行, 说明, 表头, …
    text: str
    ask: bool = False  # whether a person has to look at it


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a task table or task paragraph: all of it has to end somewhere."""

    place: str
    text: str


@dataclass(slots=True)
class Read:
    """All that was read from a document."""

    tasks: list[Draft] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    headers: dict[str, Meaning | None] = field(default_factory=dict)  # further columns, in order
    first_leads: str = ""  # the rule in the text: 列第一位者为牵头单位
    used: dict[str, str] = field(default_factory=dict)  # a title's text → what it was used as
    plans: list[str] = field(default_factory=list)  # titles of several in prose
    counted: list[tuple[str, int, int, int]] = field(
        default_factory=list
    )  # table, rows, tasks, left
    seen: list[tuple[str, ...]] = field(
        default_factory=list
    )  # headers of tables that hold no tasks


_FIRSTLY = re.compile(r"^\s*([一二三四五六七八九十]{1,3})是")  # the number is the task's label
_SILENT = re.compile(r"[\W_]+")


def unaccounted(read: Read) -> list[Left]:
    """Return what of the sources ended nowhere: neither in a task nor among what was left out.

    Asked of the results, not of how they came about: a source's characters are counted against all
    texts of the tasks and remarks that name its place.
    """
    told: dict[str, list[str]] = {}
    for task in read.tasks:
        for place in dict.fromkeys(task.places):
            told.setdefault(place, []).extend(_all_texts(task))
    for one in read.left:
        told.setdefault(one.place, []).append(one.text)
    lost = []
    whole: dict[str, list[str]] = {}
    for source in read.sources:
        whole.setdefault(source.place, []).append(_FIRSTLY.sub(r"\1", source.text))
    for place, texts in whole.items():
        ended = told.get(place, [])
        if _stand_whole(texts, ended):
            continue
        missing = Counter(_signs(" ".join(dict.fromkeys(texts)))) - Counter(_signs(" ".join(ended)))
        if missing:
            text = next((one for one in texts if set(_signs(one)) & missing.keys()), "")
            lost.append(Left(place, "没有读进任何一栏的文字", text, ask=True))
    return lost


def _stand_whole(texts: Iterable[str], ended: Iterable[str]) -> bool:
    """Return whether each text stands whole in what became of them: most do, told at once."""
    rest = "\n".join("".join(one.split()) for one in ended)
    for text in sorted({"".join(one.split()) for one in texts}, key=len, reverse=True):
        if text not in rest:
            return False
        rest = rest.replace(text, "\n", 1)
    return True


def _all_texts(task: Draft) -> list[str]:
    return [
        task.label,
        task.under,
        *task.texts.values(),
        *task.others,
        *task.others.values(),
        *task.how,
    ]


def _signs(text: str) -> str:
    return _SILENT.sub("", bare(text))
