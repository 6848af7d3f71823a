"""下发/PERIOD/邮件/: letters as .eml that a person opens and sends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.files import safe_name
from edu_sheet.mail.message import Letter, Sender, to_bytes
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.outputs import place_output, remove_stale
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.letters import MailKind, MailState
from edu_sheet.words.period import Period

_PREFIX = {MailKind.FORM: "下发", MailKind.REMINDER: "催报", MailKind.RECEIPT: "回执"}


@dataclass(slots=True)
class Drafted:
    """Where the drafts lie; `kept` are those beside which a person's version stands."""

    folder: Path
    files: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    removed: int = 0  # drafts of an earlier run that nobody touched and that hold no longer


def write_drafts(
    workspace: Workspace,
    ledger: Ledger,
    period: Period,
    kind: MailKind,
    letters: Sequence[Letter],
    sender: Sender | None,
    now: datetime,
) -> Drafted:
    """Write a draft for each letter; what a person changed is kept. OutputError as files raise it.

    A reminder is recorded: the next one counts on from it.
    """
    drafted = Drafted(workspace.issued(period) / "邮件")
    for letter in letters:
        path = drafted.folder / f"{_PREFIX[kind]}_{period}_{safe_name(letter.unit)}.eml"
        placed = place_output(workspace, ledger, path, to_bytes(letter, sender), now)
        drafted.files.append(placed.path)
        if placed.kept:
            drafted.kept.append(placed.path)
        if kind is MailKind.REMINDER:
            _record(ledger, period, letter, now)
    # What would go out by mistake: the unit has reported since.
    drafted.removed = remove_stale(
        workspace, ledger, drafted.folder, f"{_PREFIX[kind]}_*.eml", drafted.files
    )
    return drafted


def _record(ledger: Ledger, period: Period, letter: Letter, now: datetime) -> None:
    earlier = [one for one in ledger.letters.about(period, letter.kind) if one.key == letter.key]
    names = ledger.units.names(period)
    if any(names.now(one.unit, period) == letter.unit for one in earlier):
        return
    ledger.letters.begin(letter.as_mailed(period, MailState.DRAFTED, now))
