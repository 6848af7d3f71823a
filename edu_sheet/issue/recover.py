"""Forms that lie in 下发 and that the ledger does not know: recorded again, as they went out.

A ledger that was put back from a backup does not know the forms of the days since. Each says by
itself what it is, and its token, signed by this very workspace, proves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edu_sheet import form
from edu_sheet.kit import clock
from edu_sheet.kit.files import read_file, reporting, sha256
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.survey import periods_in
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Issue
from edu_sheet.words.period import Period


@dataclass(frozen=True, slots=True)
class Recovered:
    """The issues that were recorded again, and what could not be."""

    issues: tuple[Issue, ...]
    left: tuple[Finding, ...] = ()


def recover(workspace: Workspace, ledger: Ledger, period: Period | None = None) -> Recovered:
    """Record again the forms (of a period) that lie where they were issued, with their own ids.

    What a person changed in one since is no part of it: it is told as a hand's work from the form.
    OutputError if a file cannot be read.
    """
    plan = ledger.plan.last
    columns = plan.columns if plan else ()
    font = plan.settings.fonts.sheet if plan else "宋体"
    known, numbers = ledger.forms.digests(), ledger.forms.numbers()
    found, left = list[Issue](), list[Finding]()
    for file, path in _files(workspace, period):
        with reporting(path):
            data = read_file(path)
        if sha256(data) in known.get(file, ()):
            continue
        from edu_sheet import reading  # hardly ever: all that lies there is known

        book = reading.read(data)
        made = form.recover(book, ledger.plan.secret, ledger.plan.id, columns, font)
        if made is None:
            if file not in known:
                left.append(note("form_unproven", file=file))
            continue
        one, issue = made
        who = one.identity
        if (issue, one.number) in numbers or workspace.form(who.period, who.unit) != path:
            continue  # one that is known, changed by hand; or a copy of another
        with reporting(path):
            written = clock.at(int(path.stat().st_mtime), clock.zone())
        issued_at = (book.modified or written).astimezone(clock.zone())
        digest = sha256(form.write(one, issue, issued_at))
        found.append(Issue(issue, one, file, digest, issued_at))
    found.sort(key=lambda issue: issue.id)
    return Recovered(tuple(ledger.forms.restore(found)) if found else (), tuple(left))


def _files(workspace: Workspace, period: Period | None) -> Iterator[tuple[str, Path]]:
    """Yield each file in 下发 that is called like a form, with its name as the ledger keeps it."""
    for one in [period] if period else periods_in(workspace.forms):
        for path in sorted(workspace.issued(one).glob(f"{one}_*.xlsx")):
            yield workspace.relative(path), path
