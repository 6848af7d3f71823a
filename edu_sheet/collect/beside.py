"""What is no workbook: beside a form in the same mail or archive, or instead of one. Pure."""

from collections.abc import Collection, Sequence

from edu_sheet.check import of_another
from edu_sheet.reading import Letter
from edu_sheet.words.covering import adds, own_words
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission

# Scans, photographs, logos, Word files: evidence beside a form, an answer where there is none.
KINDS = frozenset({"pdf", "ofd", "image", "doc", "docx", "ppt", "pptx"})

_NOTES = frozenset({"csv", "unknown"})  # what a .txt is taken for


def may_lie_beside(name: str, kind: str) -> bool:
    """Return whether a file may be no form, by its kind; a .txt, if it has no signal of one."""
    return kind in KINDS or (kind in _NOTES and name.lower().endswith(".txt"))


def form_beside(name: str, forms: Sequence[Submission], named: str | None) -> Submission | None:
    """Return the form that a file lies beside; None where it may be somebody else's answer.

    `name` is the file's in its mail or archive, `forms` what the same one has brought so far, and
    `named` the unit that the file's name says. Of several units' forms only that one counts in
    whose folder the file lies, and nobody else's form.
    """
    known = [one for one in forms if one.unit and one.period]
    if len({one.unit for one in known}) > 1:
        known = [one for one in known if name.startswith(_folder(one.file)) and _alone(one, known)]
    units = {one.unit for one in known}
    if len(units) != 1 or named not in (None, *units):
        return None
    return known[0]


def answers(
    letter: Letter,
    *,
    forms: bool,
    waits: bool,
    filled: bool,
    passed_on: bool = False,
    periods: Collection[Period] = (),
) -> bool:
    """Return whether a message is an answer itself beside the files that it has brought.

    `forms` says whether workbooks are among these, `waits` whether one of them waits, which shows
    the message's words, and `filled` whether one has given texts: beside it nothing counts but what
    adds to it or takes it back, or where more lies. What is `passed_on` of others is never in a
    form of the unit's. What is said of another period than these of the forms is no covering word.
    A table in its text may say other things than a form does.
    """
    if letter.linked or letter.tabled or not forms:
        return bool(letter.linked or letter.tabled)
    if passed_on:
        return True
    if periods and own_words(letter.text) and of_another(letter.text, periods):
        return True
    if waits:
        return False
    if filled:
        return adds(letter.text) or letter.takes_back
    return bool(letter.pictures or own_words(letter.text))


def _alone(form: Submission, forms: Sequence[Submission]) -> bool:
    """Return whether no other unit's form lies in a form's folder, or below it."""
    return all(one.unit == form.unit for one in forms if one.file.startswith(_folder(form.file)))


def _folder(name: str) -> str:
    return name[: name.rfind("/") + 1]
