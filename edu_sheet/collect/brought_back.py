"""What a server's report brings back of letters that did not arrive: what in it is no answer."""

from collections.abc import Sequence

from edu_sheet import reading
from edu_sheet.collect.line import Member, Opened
from edu_sheet.collect.own_letter import our_address, subject_and_words
from edu_sheet.collect.returned import claims
from edu_sheet.kit.reader.reader import BugError
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.covering import tells_of_work
from edu_sheet.words.returns import Entry, Submission, Verdict

_WORKBOOKS = frozenset({"xlsx", "xlsm", "xls", "ods"})  # as which a form goes out, or is sent on


def may_be_ours(one: Member) -> bool:
    """Return whether a file came back in a report: as a rule it is what we had sent."""
    return one.letter is not None and one.letter.returned


def says_nothing(
    ledger: Ledger, one: Member, opened: Opened, taken: Sequence[Submission], *, ours: bool
) -> bool:
    """Return whether a file that came back, and is no workbook that can be read, is no answer.

    `ours` says whether the ledger knows its letter as one of ours. One that a person has sent out
    of a draft bears another number: it is known by our address, or where it is no unit's by the
    report that waits beside it, if that means a letter of ours or the letter tells of no work.
    `taken` is what the same delivery brought before.
    """
    letter = one.letter
    if letter is None:
        return False
    ours = ours or (bool(letter.writer) and letter.writer == our_address(ledger))
    if one.kind in _WORKBOOKS:
        return ours and not _readable(opened)
    if ours or one.kind not in reading.LETTERS:
        return ours
    reports = [other for other in taken if other.bounce and other.verdict is Verdict.ATTENTION]
    if not reports or _readable(opened) or ledger.plan.units_of(letter.writer):
        return False
    about_ours = any(claims(other) for other in reports)
    return about_ours or not tells_of_work(subject_and_words(opened)[1])


def _readable(opened: Opened) -> bool:
    """Return whether there are tables in a file; also where the program stumbles over it."""
    try:
        return opened.seen().readable
    except BugError:  # which is told when it is judged
        return True


def is_empty(submission: Submission, entries: Sequence[Entry]) -> bool:
    """Return whether a form that came back is as it went out: nobody has filled it in."""
    blank = any(one.code == "blank_form" for one in submission.findings)
    return blank and not entries and submission.verdict is Verdict.ACCEPTED
