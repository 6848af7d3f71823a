"""Which messages of a mail box may be answers: the rest is counted, and stays where it is. Pure.

A message of a unit's address, or one that answers a letter of ours, may be one whatever it brings;
a stranger's may be where a form can be in it, or where it names a unit or the plan.
"""

from collections.abc import Callable, Collection

from edu_sheet.mail import vacation
from edu_sheet.mail.thanks import Thanks
from edu_sheet.reading import Bounce, Head, Outline
from edu_sheet.words.letters import Noise
from edu_sheet.words.plan import Plan
from edu_sheet.words.text import bare

# What mail programs send by themselves: no person's answer, whoever it comes from.
_BY_ITSELF = {Noise.RECEIPT, Noise.INVITATION, Noise.AUTOMATIC}
# Words of those who send a return without naming themselves.
_OF_RETURNS = ("填报表", "进展情况", "工作进展", "落实情况", "督办")
_SHORTEST = 3  # characters of a unit's name that tell something where they stand in a subject
_SMALL = 8_000  # bytes of a text in which no form can stand, however it is written
_FLAT = ("multipart/alternative", "multipart/related")  # of one text, as a rule


class Sieve:
    """What tells an answer from other mail."""

    def __init__(
        self,
        plan: Plan,
        known: Callable[[str], bool],
        answered: Callable[[Collection[str]], bool],
    ) -> None:
        """`known` says whether an address is a unit's, `answered` whether a Message-ID is ours."""
        self._known, self._answered, self._thanks = known, answered, Thanks(plan)
        self._own = plan.settings.mail.address.lower()
        names = {bare(one) for one in plan.roster.spellings()}
        self._names = {one for one in (*names, bare(plan.settings.title)) if len(one) >= _SHORTEST}

    def passes(self, head: Head | None, size: int) -> Noise | None:
        """Return what a message is that need not be looked into, None where it may matter."""
        if head is None or head.report or self._called_automatic(head.noise, head.sender):
            return None
        if head.identity and self._answered([head.identity]) and not self._of_unit(head.sender):
            return Noise.OWN  # a unit's mail may bear the number of the letter that it answers
        flat = head.kind.startswith("text/") or head.kind in _FLAT
        if head.noise in _BY_ITSELF and not self._answers_with_invitation(head):
            bare_receipt = head.kind == "multipart/report" and not self._matters(
                head.sender, head.answers
            )  # a unit may attach its form to one
            return head.noise if flat or bare_receipt else None
        if self._matters(head.sender, head.answers):
            return None
        if head.noise:
            return head.noise if flat else None
        text = head.kind.startswith("text/") and not self._named(head.subject)
        whole = head.kind == "text/plain" and size > _SMALL  # a form may stand in it as uuencode
        return Noise.OTHER if text and not whole else None

    def unclear(self, head: Head | None) -> bool:
        """Return whether the structure of a message that passes shows that it brings no file."""
        if head is None or head.report or head.kind not in _FLAT:
            return False
        return not self._matters(head.sender, head.answers) and not self._named(head.subject)

    def left(self, outline: Outline | None) -> Noise | None:
        """Return what a message is that was looked into and stays, None if it is taken."""
        if outline and outline.bounce:
            return self._of_bounce(outline.bounce)
        if outline is None or outline.form:
            return None
        if self._thanks_alone(outline):
            return Noise.THANKS
        if self._called_automatic(outline.noise, outline.sender):
            of_itself = vacation.is_all(outline.words)
        else:
            of_itself = outline.noise in _BY_ITSELF
            of_itself = of_itself and not self._answers_with_invitation(outline)
        if not of_itself and self._matters(outline.sender, outline.answers):
            return None
        if outline.noise:
            return outline.noise
        named = "".join((outline.subject, *outline.files))
        return None if self._named(named) else Noise.OTHER

    def _thanks_alone(self, outline: Outline) -> bool:
        """Return whether a unit says in answer to our letter that it has come, and nothing else."""
        ours = self._known(outline.sender) and self._answered(outline.answers)
        bare_text = ours and not outline.files and bool(outline.words)
        return bare_text and self._thanks.is_all(outline.subject, outline.words)

    def _of_bounce(self, bounce: Bounce) -> Noise | None:
        """Return what a server's report is that stays: one on a letter that is none of ours."""
        if bounce.delayed:
            return Noise.DELAYED
        ours = self._answered(bounce.letters) or any(map(self._known, bounce.recipients))
        if ours or self._named(bounce.text):  # the subject of a letter of ours may stand in it
            return None
        return Noise.RETURNED if bounce.letters or bounce.recipients else None

    def _of_unit(self, sender: str) -> bool:
        """Return whether an address is a unit's, and not ours."""
        return bool(sender) and sender != self._own and self._known(sender)

    def _called_automatic(self, noise: Noise | None, sender: str) -> bool:
        """Return whether a message of a unit's calls itself automatic: its text tells if it is."""
        return noise is Noise.AUTOMATIC and self._of_unit(sender)

    def _answers_with_invitation(self, one: Head | Outline) -> bool:
        """Return whether an invitation answers a letter of ours: nobody is invited so."""
        return one.noise is Noise.INVITATION and bool(one.answers and self._answered(one.answers))

    def _matters(self, sender: str, answers: Collection[str]) -> bool:
        return bool(sender and self._known(sender)) or bool(answers and self._answered(answers))

    def _named(self, text: str) -> bool:
        said = bare(text)
        return any(one in said for one in self._names) or any(one in said for one in _OF_RETURNS)
