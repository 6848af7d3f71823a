"""Values as the screen's words: findings, states with their colours, moments."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from edu_sheet.kit import clock
from edu_sheet.screen.steps import Way, way
from edu_sheet.sentences import advice, sentence, unit_called
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Came, State, Submission, UnitStatus, Verdict
from edu_sheet.words.sheets import PLAN_SHEET
from edu_sheet.words.text import quoted

_SHORT = 80  # characters of a reason in a list
_LONG = 99  # days late: how many more says nothing


@dataclass(frozen=True, slots=True)
class Mark:
    """A word and its colour, one of good, mind, bad, quiet; the word alone says it too."""

    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding for the eye."""

    mark: Mark
    place: str
    words: str
    next: Way | None
    body: str = ""  # what the message says, line by line


_SEVERITIES: Final = {
    Severity.ERROR: Mark("错误", "bad"),
    Severity.WARNING: Mark("提醒", "mind"),
    Severity.INFO: Mark("说明", "quiet"),
}
_VERDICTS: Final = {
    Verdict.ACCEPTED: Mark("已收", "good"),
    Verdict.ATTENTION: Mark("待处理", "bad"),
    Verdict.IGNORED: Mark("未采用", "quiet"),
}
NOT_ASKED: Final = Mark("不用报", "quiet")


def told(finding: Finding, period: Period | None = None) -> Told:
    """Return a finding in words, with what follows from it."""
    said = dict(finding.about)
    body = str(said.get("body", ""))
    bare = replace(finding, about=(*(said | {"body": ""}).items(),)) if body else finding
    return Told(
        _SEVERITIES[finding.severity],
        str(finding.place),
        f"{sentence(bare)}{advice(finding)}",
        way(finding.next, period) if finding.next else None,
        "\n".join(quoted(line) for line in body.splitlines() if line.strip()),
    )


def gravest(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with the errors first, then the warnings, else as they stand."""
    order = list(_SEVERITIES)
    return sorted(findings, key=lambda one: order.index(one.severity))


def foremost(one: Submission) -> list[Finding]:
    """Return what to say of a file in a list: of one that a form has settled only that."""
    return [one.ended_by] if one.ended_by else gravest(one.findings)


def no_more(findings: Sequence[Finding]) -> list[Finding]:
    """Return why a file that a form has settled had waited: nothing is to be done about it."""
    return [
        replace(one, severity=Severity.INFO) for one in findings if one.code != "settled_by_form"
    ]


def first_with_body(findings: Sequence[Finding]) -> int:
    """Return which of some findings shows what the message says, -1 if none: once is enough."""
    return next((at for at, one in enumerate(findings) if told(one).body), -1)


@dataclass(frozen=True, slots=True)
class ToldOfTask:
    """A finding in a plan that was read: of a task, by its row in the table of the page."""

    mark: Mark
    row: int  # 0: of none
    place: str  # "" where the row says it
    words: str


def told_of_preview(finding: Finding, rows: Mapping[int, int]) -> ToldOfTask:
    """Return a finding in words, where the plan's sheet that it names is not written yet.

    `rows`: which of the tasks stands in a row of that sheet.
    """
    row = rows.get(finding.place.row, 0) if finding.place.sheet == PLAN_SHEET else 0
    about = dict(finding.about)
    if finding.code == "import_doubt":
        place = ""
        words = f"{about['text']}（出自{about['where']}）"
    else:
        place = "" if row else str(finding.place)
        other = about.get("row")
        if row and isinstance(other, int):
            about["row"] = rows.get(other, other)
        words = sentence(replace(finding, about=tuple(about.items())))
    return ToldOfTask(_SEVERITIES[finding.severity], row, place, words)


def outcome(one: Submission) -> Mark:
    """Return what became of a file: an empty form was taken in, and gave nothing."""
    if one.verdict is Verdict.ACCEPTED and any(said.code == "blank_form" for said in one.findings):
        return Mark("空表", "mind")
    if one.unpacked:
        return Mark("已拆开", "quiet")  # what was in it is counted, file by file
    if one.verdict is Verdict.ACCEPTED and one.needs_a_person:
        return Mark("已收，有错误", "bad")
    return _VERDICTS[one.verdict]


def outcomes(submissions: Iterable[Submission]) -> str:
    """Return how many files became what, in words: 已收 3，待处理 1."""
    counts = Counter(outcome(one).word for one in submissions)
    return "，".join(f"{word} {number}" for word, number in counts.items())


def in_short(one: Submission) -> str:
    """Return what was decided of a file and why it waits, or had waited; "" of a plain return."""
    said = (*one.decided[:1], *(() if one.ended_by else one.waited_for[:1]))
    if one.verdict is Verdict.IGNORED:
        said = said or one.findings[:1]
    lines = (sentence(each).partition("\n")[0] for each in said)
    return "".join(one if len(one) <= _SHORT else f"{one[:_SHORT]}……" for one in lines)


def of_unit(one: Submission) -> str:
    """Return whose a file is, "" where nobody knows."""
    return unit_called(one.unit, one.findings) or ""


def state(one: UnitStatus | None) -> Mark:
    """Return where a unit stands in a period: None, it got no form."""
    if one is None:
        return NOT_ASKED
    if one.state is State.ATTENTION:
        return Mark("待处理", "bad")
    if one.state is State.MISSING:
        return Mark("空表", "bad") if one.came is Came.BLANK else Mark(one.label, "bad")
    late = ""
    if one.state is State.LATE:
        late = f"迟报{one.late_days}天" if 0 < one.late_days <= _LONG else "迟报"
    missing = f"缺{one.blank}项" if one.incomplete else ""
    if less := [said for said in (late, missing, one.hollow_label) if said]:
        word = "，".join(less)
        return Mark(word if late or missing else f"{one.state.label}，{word}", "mind")
    return Mark(one.state.label, "good")


def moment(value: object) -> str:
    """Return a moment as it is shown, "" for none."""
    from datetime import datetime

    return clock.shown(value) if isinstance(value, datetime) else ""
