"""A table that was pasted into the text of a message: what would be taken of it, and nothing is.

Whoever types an answer into a message has no form at hand: nothing in it says for certain whose it
is, nor that it is all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from edu_sheet.check.identify import Identified
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import FormRow
from edu_sheet.words.parts import Part
from edu_sheet.words.returns import Entry

_CODE = "mail_table"
# What a message need not say itself: its sender does.
_SAID_BY_SENDER = {"unknown_file", "unknown_period", "unknown_owner", "weak_identity"}
_LONGEST = 300  # characters of a text that the finding quotes


def as_pasted(said: Identified, answered: Identified) -> Identified:
    """Return whose answer a message's table is, by what it says and by its sender; it waits.

    Where the two do not agree it is nobody's.
    """
    if said.forced:
        return said
    unit, period = said.unit or answered.unit, said.period or answered.period
    rest = tuple(one for one in said.findings if one.code not in _SAID_BY_SENDER)
    if answered.unit and unit != answered.unit:
        unit, rest = None, (*rest, note("unknown_file"))
    known = bool(unit and period)
    told = note(_CODE, count=0, texts=()) if known else note("mail_table:unread")
    beside = answered.findings if unit == answered.unit and period == answered.period else ()
    return replace(said, unit=unit, period=period, findings=(told, *rest, *beside))


def is_pasted(findings: Iterable[Finding]) -> bool:
    """Return whether a return is a message's table of which it is known whose it would be."""
    return any(one.code == _CODE and not one.variant for one in findings)


def with_texts(
    findings: Iterable[Finding], entries: Sequence[Entry], rows: Sequence[FormRow]
) -> Iterator[Finding]:
    """Yield findings with the texts that would be taken, or that there are none."""
    named = {row.key: row.named for row in rows}
    texts = tuple((named[one.task], _text(one)) for one in entries if one.task in named)
    for one in findings:
        if one.code != _CODE:
            yield one
        elif texts:
            yield note(_CODE, count=len(texts), texts=texts)
        else:
            yield note("no_table:pasted")


def _text(entry: Entry) -> str:
    said = entry.text if entry.part is Part.PROGRESS else f"{entry.part.label}：{entry.text}"
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}……（共 {len(said)} 字）"
