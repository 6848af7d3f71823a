"""Which period a message means: by the letter that it answers, by its subject, by what it quotes.

Of an answer without a form nothing else says it; beside a form it is a doubt, and no more. Pure.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from edu_sheet.check.name import named_period
from edu_sheet.rules.named_period import (
    another_named,
    heads,
    names_period,
    periods_named,
    without_days,
)
from edu_sheet.words.period import Month, Period
from edu_sheet.words.quotation import apart, quoted_subjects
from edu_sheet.words.text import bare

_LINK = re.compile(r"https?://\S+")
_CLAUSE = re.compile("[,，。;；:：!！、]")
_ARCHIVES = (".zip", ".rar", ".7z")
_PLAINLY = re.compile(r"(?:这|以下|下面|附件|附的)是|\d{4}年")
_SHORT = 40  # characters of a line that may head something: a row of a table is longer


@dataclass(frozen=True, slots=True)
class Saying:
    """What a file came with."""

    file: str
    subject: str = ""
    body: str = ""
    letter: Period | None = None  # of the letter of ours that its message answers
    above: tuple[str, ...] = ()  # what stands above the tables of its message, and names a period


def periods_meant(
    said: Saying, asked: Sequence[Period], open_ones: Sequence[Period]
) -> list[Period]:
    """Return the periods that an answer without a form may be for; none where it says another.

    `asked` are those that its unit had a form for, oldest first, `open_ones` those to take where it
    says nothing. The letter that it answers counts before the words; both where they differ.
    """
    file, letter = said.file.rpartition("/")[2], said.letter
    texts = [file, said.subject, *said.above]
    named = {*_named(texts, asked)} | {*_of_file(file, asked)}
    # What heads a text counts too: beside the letter, or a subject that says another, as a doubt.
    alone = letter not in asked and not named
    told = [one for one in _headings(said.body, alone=alone) if alone or periods_named(one)]
    named |= {*_named(told, asked)}  # 本月 is the letter's
    if not named and any(_names_another(one, asked) for one in texts):
        return []
    if letter and letter in asked:
        return sorted({letter, *named}, key=str)
    return [*named] or [*_named(quoted_subjects(said.body)[:1], asked)] or [*open_ones]


def _headings(body: str, *, alone: bool) -> list[str]:
    """Return what a message says of its own answer: 2022年11月进展情况：, 12月的表太大.

    Where nothing else says it, the month `alone` does.
    """
    lines = (bare(_LINK.sub("", line)) for line in apart(body)[0])
    return [
        one
        for line in lines
        if len(line) <= _SHORT
        for one in _CLAUSE.split(line)
        if heads(one, alone=alone or bool(_PLAINLY.match(one)) or f"{one}:" in line)
    ]


def of_another(body: str, periods: Collection[Period]) -> bool:
    """Return whether a message says that what it tells is of none of these periods."""
    return any(
        all(names_period(one, period) is False for period in periods)
        for one in _headings(body, alone=False)
    )


def means_awaited(said: Saying, own: Period, awaited: Period | None) -> bool:
    """Return whether what a form came with says the awaited period, and not the form's own."""
    if awaited is None:
        return False
    if named_period(said.file, awaited) == awaited:
        return True
    written, _ = apart(said.body)
    for text in ("\n".join(written), said.subject):
        words = without_days(text)
        if names_period(words, own):
            return False
        if names_period(words, awaited):
            return True
    return False


def another_meant(said: Saying, own: Period) -> Period | None:
    """Return the period beside a form's own that its file, its archive or its subject names.

    What the message itself says of the form's own period stands above its subject.
    """
    *within, file = said.file.split("/")
    archives = (one for one in within if one.lower().endswith(_ARCHIVES))
    written, _ = apart(said.body)
    subject = "" if names_period(without_days("\n".join(written)), own) else said.subject
    texts = (unquote(one) for one in (file, *archives, subject))
    return next((one for text in texts if (one := another_named(text, own))), None)


def _named(texts: Iterable[str], asked: Sequence[Period]) -> list[Period]:
    """Return the period that each text names; without a year the last of that name."""
    return [one for text in texts if (one := _last(text, asked))]


def _last(text: str, asked: Sequence[Period]) -> Period | None:
    words = without_days(text)
    found = [one for one in asked if names_period(words, one)]
    if {type(one) for one in found} != {Month}:  # the last month of a quarter is a month
        of_quarters = "季" in words
        found = [one for one in found if isinstance(one, Month) != of_quarters] or found
    return found[-1] if found else None


def _of_file(file: str, asked: Sequence[Period]) -> list[Period]:
    said = [own for one in asked or (None,) if (own := named_period(file, one))]
    return said[-1:]


def _names_another(text: str, asked: Sequence[Period]) -> bool:
    months = [one for one in asked if isinstance(one, Month)]
    return bool(months) and all(names_period(without_days(text), one) is False for one in asked)
