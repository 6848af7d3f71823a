"""Letters and what became of each: which have gone out, which would.

Nothing is sent here (`sending`), so that whoever writes drafts does not wait for what does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edu_sheet.mail.message import Letter
from edu_sheet.mail.pace import Room
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.letters import Mailed, MailState
from edu_sheet.words.period import Period

UNCERTAIN = (
    "发完后连接中断，没有等到服务器的答复：请在邮箱的“已发送”里或向该单位核实；"
    "没有收到的，请给它再发一次"
)


class Fate(StrEnum):
    """What became of a letter in this run; the value is what the clerk reads."""

    SENT = "已发出"
    BEFORE = "此前已发出"
    REFUSED = "未发出"
    UNCERTAIN = "不能确定"
    LATER = "留待下次"
    DUE = "将发出"  # in a dry run
    DRAFTED = "已写成草稿"


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter and what became of it, with the reason in Chinese."""

    letter: Letter
    fate: Fate
    reason: str = ""

    @property
    def is_earlier(self) -> bool:
        """Whether it had gone out before this run; the reason says when."""
        return self.fate is Fate.BEFORE

    @property
    def is_open(self) -> bool:
        """Whether a person must act: also where one of its addresses was refused."""
        if self.fate is Fate.SENT:
            return bool(self.reason)
        return self.fate in (Fate.REFUSED, Fate.UNCERTAIN, Fate.LATER)


def preview(
    ledger: Ledger,
    period: Period,
    letters: Sequence[Letter],
    again: frozenset[str] = frozenset(),
    room: Room | None = None,
) -> list[Posted]:
    """Return what would become of each letter: those of `again` go out whatever was sent before."""
    done = _done(ledger, period, letters)
    posted, due = [], 0
    for letter in letters:
        before = None if letter.unit in again else done.get((letter.unit, letter.key))
        if before:
            posted.append(_before(letter, before))
        elif room and due >= room.most:
            posted.append(Posted(letter, Fate.LATER, room.reason))
        else:
            due += 1
            posted.append(Posted(letter, Fate.DUE))
    return posted


def _done(
    ledger: Ledger, period: Period, letters: Sequence[Letter]
) -> dict[tuple[str, str], Mailed]:
    """Return the letters that went out, or may have, by unit and what they said."""
    kinds = {letter.kind for letter in letters}
    settled = (MailState.SENT, MailState.UNCERTAIN, MailState.BEGUN)
    names = ledger.units.names(period)
    return {
        (names.now(one.unit, period), one.key): one
        for kind in kinds
        for one in ledger.letters.about(period, kind)
        if one.state in settled
    }


def _before(letter: Letter, mail: Mailed) -> Posted:
    when = f"{mail.at:%Y-%m-%d %H:%M}"
    if mail.state is MailState.SENT:
        return Posted(letter, Fate.BEFORE, when)
    return Posted(letter, Fate.UNCERTAIN, f"{when} {UNCERTAIN}")
