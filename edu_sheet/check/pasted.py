"""A table that was pasted into the text of a message: what would be taken of it, and nothing is.

Whoever types an answer into a message has no form at hand: nothing in it says for certain whose it
is, nor that it is all.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from edu_sheet.check.checked import Checked
from edu_sheet.check.identify import Identified
from edu_sheet.check.repeats import Known
from edu_sheet.check.tables import IN_DOUBT
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.forms import FormRow
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Entry

_CODE = "mail_table"
# What a message need not say itself: its sender does.
_SAID_BY_SENDER = {"unknown_file", "unknown_period", "unknown_owner", "weak_identity"}
_STRUCK = "（有的字带删除线，请核对是否作废）"
_SAME = "（与已收的相同）"
_LONGEST = 300  # characters of a text that the finding quotes


def as_pasted(
    said: Identified,
    answered: Identified,
    *,
    quoted: bool = False,
    differs: tuple[Finding, ...] = (),
) -> Identified:
    """Return whose answer a message's table is, by what it says and by its sender; it waits.

    Where the two do not agree it is nobody's. One that is `quoted` may be what the unit sent long
    ago. Who says whose it is has not yet seen what would be taken, nor where that
    `differs` from what the table says itself.
    """
    if said.forced:
        return replace(said, findings=(_to_be_listed(), *differs, *said.findings))
    if quoted:
        return replace(answered, period=None, findings=(note("mail_table:quoted"),))
    unit, period = said.unit or answered.unit, said.period or answered.period
    rest = tuple(one for one in said.findings if one.code not in _SAID_BY_SENDER)
    if answered.unit and unit != answered.unit:
        unit, rest = None, (*rest, note("unknown_file"))
    known = bool(unit and period)
    told = _to_be_listed() if known else note("mail_table:unread")
    beside = answered.findings if unit == answered.unit and period == answered.period else ()
    return replace(said, unit=unit, period=period, findings=(told, *rest, *beside))


def differing(
    unit: str, period: Period, stands: Identified, called: Collection[str]
) -> tuple[Finding, ...]:
    """Return that a table says another unit or period than a person did; nothing if it does not.

    `called` are the names of the unit, `stands` is what the table says by itself.
    """
    other = stands.unit if stands.unit and stands.unit not in called else ""
    later = stands.period if stands.period and stands.period != period else None
    if not (other or later):
        return ()
    said = "".join((other, later.label if later else ""))
    return (note("pasted_differs", said=said, unit=unit, period=period),)


def _to_be_listed() -> Finding:
    return note(_CODE, count=0, texts=())


def is_pasted(findings: Iterable[Finding]) -> bool:
    """Return whether a return is a message's table of which it is known whose it would be."""
    return any(one.code == _CODE and not one.variant for one in findings)


def says_nothing_new(findings: Iterable[Finding]) -> bool:
    """Return whether all that a message's table says stands already, or it says nothing."""
    return any(
        one.code in (_CODE, "no_table") and dict(one.about).get("new") == 0 for one in findings
    )


def with_texts(
    findings: Iterable[Finding], would: Checked, rows: Sequence[FormRow], known: Known
) -> Iterator[Finding]:
    """Yield findings with the texts that would be taken, or that there are none, and why.

    `new` says how many texts do not stand already.
    """
    named = {row.key: row.named for row in rows}
    struck = {one.task for one in would.findings if one.code == "struck_text"}
    before = {
        one.task: f"（将代替已收的：{_clipped(str(one['theirs']))}）"
        for one in would.findings
        if one.code == "changed_by_newer"
    }
    texts = tuple(
        (
            task,
            _text(one)
            + (_STRUCK if task in struck else "")
            + (_SAME if known.stands(one) else before.get(task, "")),
        )
        for one in would.entries
        if (task := named.get(one.task))
    )
    why = [one for one in would.findings if one.code in IN_DOUBT]
    left = [one.text for one in would.findings if one.severity is Severity.ERROR and one.text]
    new = sum(not known.stands(one) for one in would.entries) + len(left)
    blank = any(one.code == "blank_form" for one in would.findings)
    for one in findings:
        if one.code != _CODE:
            yield one
        elif texts and left:
            said = tuple(map(_clipped, left))
            yield note(f"{_CODE}:partly", count=len(texts), texts=texts, left=said, new=new)
        elif texts:
            yield note(_CODE, count=len(texts), texts=texts, new=new)
        elif why:
            yield from why
        else:
            yield note("no_table:pasted", new=0 if blank else 1)


def _text(entry: Entry) -> str:
    said = entry.text if entry.part is Part.PROGRESS else f"{entry.part.label}：{entry.text}"
    return _clipped(said)


def _clipped(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}……（共 {len(said)} 字）"
