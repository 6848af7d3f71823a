"""What came back and the ledger does not know: recorded again, under its own name and moment.

A ledger that was put back from a backup lacks what came in since. The originals are all there, and
the file beside the ledger (store/ledger/journal.py) has their numbers, names, moments and what was
decided about them. Of an original that is not noted there, the moment is the one at which it was
kept, and the name what 待处理 says of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from edu_sheet import reading
from edu_sheet.collect import pending, resolve, returned
from edu_sheet.collect.choices import choices
from edu_sheet.collect.line import kind_in
from edu_sheet.collect.pending import Explain
from edu_sheet.collect.run import deliver, one_at_a_time
from edu_sheet.collect.settle import settled_by
from edu_sheet.kit import clock
from edu_sheet.kit.beneath import LinkError, read_plain
from edu_sheet.kit.files import reporting, sha256
from edu_sheet.kit.reader.reader import Reader
from edu_sheet.sentences import note
from edu_sheet.store import survey
from edu_sheet.store.ledger import Delivery, Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Finding
from edu_sheet.words.returns import Submission, Verdict

_SHORT = 8  # digits of a digest, in the name of what has none


@dataclass(frozen=True, slots=True)
class Recovered:
    """The submissions that were recorded again or judged anew, and what could not be."""

    submissions: tuple[Submission, ...]
    left: tuple[Finding, ...]


def repair(
    workspace: Workspace, ledger: Ledger, *, explain: Explain = pending.explain
) -> Recovered:
    """Record again what lies in 存档/原件 and the ledger does not know, with what was decided.

    What waits is judged once more: its form may be known again; but nothing is known anew of what
    waits beside another of its moment. LedgerError if another edu-sheet
    is at work; OutputError if something cannot be read or written: the next run goes on.
    """
    with one_at_a_time(workspace):
        before = {one.id for one in ledger.returns.waiting() if not _tied(one)}
        known = {one.id for one in ledger.returns.submissions()}
        left = [*_again(workspace, ledger, explain)]
        again = {*ledger.returns.restore_decisions(), *before}
        for number in sorted(again):
            _judged_again(workspace, ledger, number, explain)
        fresh = [one for one in ledger.returns.submissions() if one.id not in known]
        settled = [one for one in ledger.returns.numbered(sorted(again & known)) if one.id in again]
        changed = [one for one in settled if one.verdict is not Verdict.ATTENTION]
        return Recovered((*fresh, *changed), tuple(left))


def _tied(one: Submission) -> bool:
    return any(told.code == "tie" for told in one.findings)


def _again(workspace: Workspace, ledger: Ledger, explain: Explain) -> Iterator[Finding]:
    """Record the originals that are not known; yield those that are not what they are called."""
    sought = survey.unknown_originals(workspace, ledger)
    damaged = {one for one in sought if _digest(workspace, one) != one}
    for one in sorted(damaged):
        yield note("original_damaged", file=workspace.relative(workspace.original(one)))
    waits = {sha256(data): (number, path) for number, path, data in _shown_there(workspace)}
    numbers = ledger.returns.lost_numbers()
    noted = [one for one in ledger.deliveries.lost() if one.sha256 in {*sought} - damaged]
    deliver(workspace, ledger, ledger.deliveries.restore(noted), numbers, explain)
    # What an archive holds is known once the archive is: those first, the rest as they were kept.
    for archives in (True, False):
        unknown = [one for one in survey.unknown_originals(workspace, ledger) if one not in damaged]
        kinds = _kinds(workspace, unknown)
        found = [_kept(workspace, one, kinds[one], waits) for one in unknown]
        some = [one for one in found if kinds[one.sha256] in reading.CONTAINERS or not archives]
        restored = ledger.deliveries.restore(sorted(some, key=lambda one: one.received_at))
        numbers |= _shown(restored, waits, ledger)
        deliver(workspace, ledger, restored, numbers, explain)


def _kinds(workspace: Workspace, digests: Iterable[str]) -> dict[str, str]:
    """Return what originals are by their content."""
    kinds = {}
    with Reader() as reader:
        for digest in digests:
            with reporting(workspace.original(digest)):
                kinds[digest] = kind_in(reader, workspace.read_original(digest))
    return kinds


def _kept(
    workspace: Workspace, digest: str, kind: str, waits: Mapping[str, tuple[int, Path]]
) -> Delivery:
    """Return an original that nobody noted as a delivery: it came when it was kept."""
    path = workspace.original(digest)
    with reporting(path):
        moment = clock.at(int(path.stat().st_mtime), clock.zone())
    name = f"原件{digest[:_SHORT]}.{kind}"
    if digest in waits:
        name = waits[digest][1].name.partition("_")[2]
    return Delivery(0, name, workspace.relative(path), digest, moment, settled=False)


def _shown(
    deliveries: list[Delivery], waits: Mapping[str, tuple[int, Path]], ledger: Ledger
) -> dict[tuple[int, str, str], int]:
    """Return the numbers under which 待处理 shows these, where no other submission has them."""
    taken = {one.id for one in ledger.returns.submissions()}
    return {
        (one.id, one.sha256, one.file): waits[one.sha256][0]
        for one in deliveries
        if one.sha256 in waits and waits[one.sha256][0] not in taken
    }


def _judged_again(workspace: Workspace, ledger: Ledger, number: int, explain: Explain) -> None:
    """Judge a submission by its original and what was decided; 待处理 follows."""
    decisions = ledger.returns.decisions(number)
    before = ledger.returns.submission(number)
    with suppress(EduSheetError):  # its original is gone: it stays as it is
        if before.kind in reading.CONTAINERS and not (before.recall or returned.claims(before)):
            return
        after, entries = resolve.judged(workspace, ledger, number, decisions)
        if any(one.code == "encrypted" for one in after.findings):
            return  # what was read with its password stays
        after = ledger.returns.record(ledger.deliveries.of_submission(number), after, entries)
        returned.follow(ledger, after)
        if after.verdict is Verdict.ATTENTION:
            said = explain(workspace, after, choices(ledger, after))
            pending.place(workspace, after, said)
        else:
            pending.clear(workspace, after)
        for other in settled_by(ledger, after):
            pending.clear(workspace, other)


def _digest(workspace: Workspace, digest: str) -> str:
    with reporting(workspace.original(digest)):
        return sha256(workspace.read_original(digest))


def _shown_there(workspace: Workspace) -> Iterator[tuple[int, Path, bytes]]:
    """Yield (number, file, bytes) of what 待处理 shows, without the links that lie there."""
    for number, path in pending.waiting(workspace):
        with reporting(path), suppress(LinkError):
            yield number, path, read_plain(path, workspace.root)
