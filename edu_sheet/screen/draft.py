"""A workspace that is being made: a plan as it was read, and what was said about it so far."""

import secrets
from dataclasses import dataclass, field
from typing import NamedTuple

from edu_sheet.app import Preview
from edu_sheet.words.findings import Finding

_NO_LEADS = "plan_without_leads"
_ASKED = {"group_without_members", "look_alike", _NO_LEADS}  # doubts that are asked with buttons


class Answer(NamedTuple):
    """What a person answered, and what stood before."""

    said: str
    preview: Preview
    settled: frozenset[tuple[str, ...]]


@dataclass(slots=True)
class Draft:
    """A plan that was looked at; nothing of it has been written."""

    name: str  # of the document
    preview: Preview
    id: str = field(default_factory=lambda: secrets.token_hex(8))  # stands in its page's forms
    settled: frozenset[tuple[str, ...]] = frozenset()  # what was answered with no
    answers: list["Answer"] = field(default_factory=list)

    def answer(
        self, said: str, preview: Preview | None = None, no: tuple[str, ...] | None = None
    ) -> None:
        """Note an answer, with the preview that it made or what it said no to."""
        self.answers.append(Answer(said, self.preview, self.settled))
        self.preview = preview or self.preview
        self.settled |= {no} if no else set()

    def take_back(self) -> None:
        """Be as before the last answer, if there was one."""
        if self.answers:
            _, self.preview, self.settled = self.answers.pop()

    @property
    def look_alikes(self) -> list[tuple[str, str]]:
        """Names that may be another unit's and that nobody has told apart yet."""
        return [one for one in self.preview.look_alikes if one not in self.settled]

    @property
    def groups(self) -> list[str]:
        """Groups without members that nobody has said report as one."""
        return [one for one in self.preview.groups if (one,) not in self.settled]

    @property
    def leads(self) -> list[Finding]:
        """That no task names its lead, where nobody has said what that means."""
        return [one for one in self.preview.doubts if one.code == _NO_LEADS]

    @property
    def doubts(self) -> list[Finding]:
        """What else a person should look at."""
        return [one for one in self.preview.doubts if one.code not in _ASKED]

    @property
    def open(self) -> int:
        """How many questions nobody has answered."""
        return len(self.look_alikes) + len(self.groups) + len(self.leads)
