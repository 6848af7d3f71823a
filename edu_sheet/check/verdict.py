"""A returned workbook beside the form that was issued → verdict, entries, findings. Pure."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from edu_sheet.check.answers import answer, remarks, state_remarks, taken
from edu_sheet.check.checked import Arrival, Checked, Ruling
from edu_sheet.check.compared import contested
from edu_sheet.check.foreign import foreign_texts
from edu_sheet.check.gather import gathered
from edu_sheet.check.identify import Identified
from edu_sheet.check.merged import covered
from edu_sheet.check.other_periods import other_period_meant, taken_for
from edu_sheet.check.part_meant import part_told, with_parts
from edu_sheet.check.pasted import is_pasted, with_texts
from edu_sheet.check.place import texts_at
from edu_sheet.check.repeats import Known, Reported, repeats, wrong_period
from edu_sheet.check.strays import Strays
from edu_sheet.check.tables import IN_DOUBT, find_tables
from edu_sheet.check.untouched import untouched
from edu_sheet.form import APPROVAL_LABELS, Table, approval_text
from edu_sheet.rules.lights import light_of
from edu_sheet.rules.standing import newer
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, Cell
from edu_sheet.words.columns import STATE
from edu_sheet.words.findings import Finding, NumberedTask, Severity, Value
from edu_sheet.words.forms import Form, FormRow, Issue
from edu_sheet.words.parts import Part, parts_of
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place, Position
from edu_sheet.words.returns import Approval, Decision, Entry, Verdict


def check(
    book: Book,
    identified: Identified,
    issues: Sequence[Issue],
    *,
    known: Known,
    arrival: Arrival,
    ruling: Ruling | None = None,
    also: Sequence[Form] = (),
) -> Checked:
    """Return what a workbook gives, by what the signals say that it is.

    `issues` are all forms issued to that unit for that period, oldest first; `also` are forms whose
    texts are no change either: those of the period that a form was for before a person assigned it.
    """
    ruling = ruling or Ruling()
    unit, period = identified.unit, identified.period
    if ruling.rejected:
        held = replace(ruling, rejected=False)
        return check(
            book, identified, issues, known=known, arrival=arrival, ruling=held, also=also
        ).as_rejected
    findings = (*book.findings, *identified.findings)
    certain = identified.known or (ruling.accepted and unit and period)
    pasted = is_pasted(findings)
    if pasted:  # a person sees which period it is for, whatever is awaited
        known, arrival = replace(known, awaited=None), replace(arrival, named=None)
    if book.readable and issues and pasted and not certain:
        settled = tuple(map(_settled, findings))
        would = _checked(book, identified, settled, issues, known, arrival, ruling, also)
        findings = (*with_texts(findings, would, issues[-1].form.rows, known),)
    if not book.readable or not certain or not issues:
        return Checked(Verdict.ATTENTION, unit, period, findings=findings)
    if identified.known:
        return _checked(book, identified, findings, issues, known, arrival, ruling, also)
    # Accepted while nothing but whose it is was told: that is settled, what it holds is not.
    told = (one for one in findings if one.code != "other_form")
    settled, rest = tuple(map(_settled, told)), replace(ruling, accepts=ruling.accepts - 1)
    result = _checked(book, identified, settled, issues, known, arrival, rest, also)
    if rest.accepted or result.verdict is not Verdict.ACCEPTED:
        return result
    return replace(result, findings=(*result.findings, note("accepted_by_decision")))


def _checked(
    book: Book,
    identified: Identified,
    findings: Sequence[Finding],
    issues: Sequence[Issue],
    known: Known,
    arrival: Arrival,
    ruling: Ruling,
    also: Sequence[Form],
) -> Checked:
    """Return what a workbook gives that is known to be one unit's, for one period."""
    copies = _copies(issues, identified)
    table, strays = untouched(book, copies[-1].form), list[Finding]()
    if table is None:
        texts = (*also, *(copy.form for copy in copies))
        tables = find_tables(book, texts, identified.foreign)
        if tables is None:
            return _of_another_table(book, findings, copies, issues, arrival, ruling, known)
        table = tables.main
        strays += tables.doubts
        found = Strays(book, tables, texts, identified.foreign, known.reported).findings()
        strays += with_parts(found, book, copies[-1].form, (tables.main, *tables.others))
    reading = _Reading(book, table, copies, issues, arrival, ruling, strays, known.reported)
    return reading.checked(findings, known, stranger=identified.stranger)


def _of_another_table(
    book: Book,
    findings: Sequence[Finding],
    copies: Sequence[Issue],
    issues: Sequence[Issue],
    arrival: Arrival,
    ruling: Ruling,
    known: Known,
) -> Checked:
    """Return what a table gives that is not the form's: the texts that a person took, one by one.

    It waits until she says that these are all; without one there is nothing to accept.
    """
    form = copies[-1].form
    texts = [*with_parts(foreign_texts(book, form), book, form)]
    sheets = [sheet for sheet in book.sheets if sheet.cells]
    if sheets and ruling.takes:
        told = note("no_table:taken", count=len(_once(ruling.takes)))
        strays = texts if ruling.accepted else [told, *texts]
        table = Table(sheets[0], 0, {}, {})
        reading = _Reading(book, table, copies, issues, arrival, ruling, strays, known.reported)
        checked = reading.checked(findings, known)
        if any(one.code == "taken" for one in checked.findings):
            return checked
    identity = form.identity
    return Checked(
        Verdict.ATTENTION,
        identity.unit,
        identity.period,
        findings=(*findings, note("no_table"), *texts),
        issue=copies[-1].id,
    )


def _once(takes: Sequence[Decision]) -> list[Decision]:
    """Return the decisions without those that were made before: a text is taken once."""
    return list({(one.finding, one.place, one.task): one for one in takes}.values())


def _copies(issues: Sequence[Issue], identified: Identified) -> list[Issue]:
    """Return the copies of the version that came back, the one that it was made of last."""
    newest = issues[-1].form.identity.version
    wanted = identified.version or newest
    same = [issue for issue in issues if issue.form.identity.version == wanted] or list(issues)
    own = [issue for issue in same if issue.id == identified.issue]
    return [issue for issue in same if issue not in own] + own


def _means(one: Decision, stray: Finding) -> bool:
    """Return whether a decision takes the text of a stray; a locked cell's is told by its place."""
    locked = one.finding is None and dict(stray.about).get("area") == "locked"
    return stray.key == one.finding or (locked and stray.place == one.place)


def _tells(stray: Finding, where: Place, texts: Sequence[str], task: str) -> bool:
    """Return whether a stray tells of nothing but texts at a place that are taken for a task."""
    mine = stray.task is not None and stray.task.key == task
    if stray.code == "object_on_blank":
        return mine and stray.place == where
    here = stray.place == where or (mine and stray.source == where)
    return here and stray.text in texts


class _Reading:
    """One return, known to be one form's."""

    def __init__(
        self,
        book: Book,
        table: Table,
        copies: Sequence[Issue],
        issues: Sequence[Issue],
        arrival: Arrival,
        ruling: Ruling,
        strays: Sequence[Finding],
        reported: Mapping[Period, Reported],
    ) -> None:
        self._book = book
        self._form, self._issue = copies[-1].form, copies[-1].id
        self._newest = issues[-1].form.identity.version
        self._table = table
        self._strays = strays
        self._arrival = arrival
        self._ruling = ruling
        self._tasks = {row.key: row.named for row in self._form.rows}
        self._places: dict[tuple[str, Part], Place] = {}  # by task key: where its text stands
        self._placed: list[Finding] = []  # strays that a decision has placed
        self._stated: set[NumberedTask] = set()  # of which only 完成状态 was filled in again
        self._answered: set[NumberedTask] = set()  # whose text a decision has given
        self._reported = reported
        self._elsewhere: dict[tuple[Period, str], Entry] = {}  # texts taken for other periods

    def checked(
        self, findings: Sequence[Finding], known: Known, *, stranger: bool = False
    ) -> Checked:
        """Return the verdict with all there is to say, the decisions applied."""
        identity = self._form.identity
        entries = self._entries()
        approval = self._approval()
        found, of_cells = [*findings, *self._of_version()], [*self._of_cells(known)]
        waits = any(one.severity is Severity.ERROR for one in (*self._strays, *of_cells))
        entries, decided = self._take(entries, known)
        entries += self._states_alone(entries, known)
        found += [one for one in of_cells if not self._found(one)]
        if not entries and not waits:
            found.append(note("blank_form"))
        wrong = wrong_period(entries, known, self._arrival.named)
        twice = [*repeats(entries, known, self._tasks, self._places)]
        if wrong and not (wrong.severity is Severity.ERROR and self._settled):
            # What it would change is beside the point while its period is in doubt.
            found.append(wrong)
            twice = [] if wrong.severity is Severity.ERROR else twice
        if stranger and any(one.code == "changed_by_newer" for one in twice):
            found.append(note("stranger_replaces", unit=identity.unit))
        found = gathered([*found, *decided, *self._unsettled(), *twice])
        if self._settled:
            found = self._accepted(found)
        grave = {one.code for one in found if one.severity is Severity.ERROR}
        if self._settled:
            grave -= _STAYING
            if waits and not (entries or self._elsewhere):
                found.insert(0, note("blank_form:left"))
        if grave & {"wrong_period", "tie", "stranger_replaces"}:
            entries, approval = [], None
        if "tie" in grave:  # what it would have changed beside that did not happen
            found = [one for one in found if one.code not in ("changed_by_newer", "superseded")]
        return Checked(
            Verdict.ATTENTION if grave else Verdict.ACCEPTED,
            identity.unit,
            identity.period,
            (*entries, *self._elsewhere.values()),
            approval,
            tuple(found),
            self._issue,
        )

    def _found(self, one: Finding) -> bool:
        """Return whether what a cell only pointed to has been taken."""
        return one.code == "refers_elsewhere" and one.task in self._answered

    @property
    def _settled(self) -> bool:
        return self._ruling.accepted

    def _entries(self) -> list[Entry]:
        return [
            self._placed_entry(row, text, Place(self._table.sheet.name, *at), part)
            for row, part, at, cell in self._cells()
            if (text := taken(cell))
        ]

    def _states_alone(self, entries: Sequence[Entry], known: Known) -> list[Entry]:
        """Return an entry for each task of which only 完成状态 was filled in."""
        said = {entry.task for entry in entries} | contested(self._table)
        column = self._table.columns.get(STATE.field, 0)
        found = []
        for row in self._form.rows:
            at = self._table.progress(row.key)
            if at and row.key not in said and light_of(self._table.state(row.key)):
                if known.says(row.key):
                    self._stated.add(row.named)
                where = Place(self._table.sheet.name, at[0], column)
                found.append(self._placed_entry(row, "", where, Part.PROGRESS))
        return found

    def _placed_entry(self, row: FormRow, text: str, where: Place, part: Part) -> Entry:
        self._places[row.key, part] = where
        return self._entry(row, text, where, part)

    def _entry(self, row: FormRow, text: str, where: Place, part: Part = Part.PROGRESS) -> Entry:
        identity = self._form.identity
        state = self._table.state(row.key)
        if state == text.strip() and light_of(state) is None:
            state = ""  # an answer typed into 完成状态, which a person took for the text
        return Entry(
            identity.period,
            identity.unit,
            row.key,
            row.role,
            text,
            str(where),
            state=state,
            part=part,
            received_at=self._arrival.received_at,
            arrived_at=self._arrival.arrived_at,
            modified_at=self._arrival.modified_at,
        )

    def _cells(self) -> Iterator[tuple[FormRow, Part, Position, Cell]]:
        doubtful = contested(self._table)
        for row, (name, part) in itertools.product(self._form.rows, self._form.answers.items()):
            if row.key not in doubtful and (at := self._table.answer(row.key, name)):
                yield row, part, at, self._table.sheet.cells.get(at, Cell(""))

    def _of_version(self) -> Iterator[Finding]:
        version = self._form.identity.version
        if version < self._newest:
            period = self._form.identity.period
            yield note("earlier_version", version=version, newest=self._newest, period=period)

    def _of_cells(self, known: Known) -> Iterator[Finding]:
        sheet = self._table.sheet
        stated = set[str]()
        cells = [*self._cells()]
        under = covered(sheet, (at for _, _, at, _ in cells))
        for row, part, at, cell in cells:
            where = Place(sheet.name, *at)
            before = parts_of(known.previous.get(row.key, ""))[part]
            yield from remarks(row, part, cell, where, before)
            state = self._table.state(row.key)
            if answer(cell) and state and row.key not in stated:
                stated.add(row.key)
                column = self._table.columns[STATE.field]
                beside = Place(self._table.sheet.name, at[0], column)
                yield from state_remarks(row, state, beside)
            if at[0] in sheet.hidden_rows and answer(cell):
                yield note("hidden_row", where, task=self._tasks[row.key])
            if at[1] in sheet.hidden_columns and (text := answer(cell)):
                yield note("unseen_text:column", where, task=row.named, text=text)
            if at in under and (text := answer(cell)):
                over = Place(sheet.name, *under[at])
                yield note("unseen_text:merged", where, task=row.named, source=over, text=text)

    def _approval(self) -> Approval | None:
        sheet, places = self._table.sheet, self._table.approval
        said = [
            approval_text(sheet, places[label], label) if label in places else ""
            for label in APPROVAL_LABELS
        ]
        return Approval(*said) if any(said) else None

    # ------------------------------------------------------------ decisions

    def _take(self, entries: Sequence[Entry], known: Known) -> tuple[list[Entry], list[Finding]]:
        """Return the entries with what a person took for them, in the form's order."""
        by_task = {(entry.task, entry.part): entry for entry in entries}
        rows = {row.key: row for row in self._form.rows}
        findings = list[Finding]()
        for one in _once(self._ruling.takes):
            row, (where, strays, text) = rows.get(one.task or ""), self._meant(one)
            if row is None or not text:
                continue
            if other := other_period_meant(strays):
                findings += self._take_elsewhere(other, row, where, strays, text)
                continue
            self._placed += strays
            told = self._asked_at(where) or part_told(strays)
            part = told if told and told in self._form.answers.values() else Part.PROGRESS
            own = by_task.get((row.key, part))
            if own and own.place == str(where) and own.text == text:
                continue
            given = self._given(row, text, where, told, own, known)
            by_task[row.key, given.part] = given
            self._answered.add(self._tasks[row.key])
            code = "taken:part" if told and len(self._form.answers) > 1 else "taken"
            about: dict[str, Value] = {"part": told.label} if told else {}
            findings.append(note(code, where, task=self._tasks[row.key], **about, text=text))
        order = itertools.product((row.key for row in self._form.rows), Part)
        return [by_task[one] for one in order if one in by_task], findings

    def _asked_at(self, where: Place) -> Part | None:
        """Return the part that a text at a place says by its column, None if it is in no such."""
        here = where.sheet == self._table.sheet.name
        return self._table.answers.get(where.column) if here else None

    def _given(
        self,
        row: FormRow,
        text: str,
        where: Place,
        told: Part | None,
        own: Entry | None,
        known: Known,
    ) -> Entry:
        """Return a text that was taken, behind what the file or an earlier one has in its place."""
        part = told if told and told in self._form.answers.values() else Part.PROGRESS
        said = text if told in (part, None) else f"{told.label}：{text}"
        if own:
            return replace(own, text=f"{own.text}\n{said}")
        fresh = self._placed_entry(row, said, where, part)
        before = self._doubtful(fresh, told, known)
        return replace(fresh, text=f"{before.text}\n{said}") if before else fresh

    def _doubtful(self, fresh: Entry, told: Part | None, known: Known) -> Entry | None:
        """Return what stands for a task already that a text must not replace: it may be no part.

        A text of which the part is not known is put behind what was said; so is one of a part that
        the form does not ask for.
        """
        sure = told is fresh.part or (told is None and len(self._form.answers) == 1)
        before = None if sure else known.before(fresh)
        return before if before and newer(before)[:2] <= newer(fresh)[:2] else None

    def _take_elsewhere(
        self, period: Period, row: FormRow, where: Place, strays: Sequence[Finding], text: str
    ) -> Iterator[Finding]:
        """Take a text for another period; one of a task that it had not waits on."""
        known = self._reported.get(period)
        if known is None or row.key not in known.asked:
            return
        self._placed += strays
        before = self._elsewhere.get((period, row.key))
        own = self._entry(row, f"{before.text}\n{text}" if before else text, where)
        entry = replace(own, period=period, unit=known.unit, state="")
        self._elsewhere[period, row.key] = entry
        yield taken_for(entry, self._tasks[row.key], where, self._reported)

    def _meant(self, one: Decision) -> tuple[Place, list[Finding], str]:
        """Return where the text stands that a decision takes, the strays that are it, and it."""
        where = one.place or Place()
        meant = [stray for stray in self._strays if _means(one, stray)]
        if len(meant) == 1 and meant[0].text and dict(meant[0].about).get("area") != "many":
            return where, meant, meant[0].text
        texts = texts_at(self._book, where)
        told = [stray for stray in self._strays if _tells(stray, where, texts, one.task or "")]
        return where, told, "\n".join(texts)

    def _unsettled(self) -> list[Finding]:
        """Return the strays that no decision has placed; no doubt where that leaves no text."""
        rest = [stray for stray in self._strays if stray not in self._placed]
        waits = {one.code for one in rest if one.severity is Severity.ERROR}
        done = self._placed and waits <= IN_DOUBT
        return [
            stray
            for stray in rest
            if not (done and stray.code in IN_DOUBT)
            and not (
                stray.code == "state_without_text" and stray.task in self._answered | self._stated
            )
        ]

    def _accepted(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings after a person has said that all is well: none waits any more."""
        return [*map(_settled, findings), note("accepted_by_decision")]


# What is told as an error for good, for what lies there is not the unit's to be taken.
_STAYING = {"another_unit_sheet"}
_TAKEN_NOW = {
    "tie",
    "bad_signature",
    "claimed_identity",
    "mail_table",
    "other_plan",
    "pasted_differs",
    "sender_contradiction",
    "stranger_replaces",
    "version_contradiction",
}


def _settled(finding: Finding) -> Finding:
    """Return a finding in the words that hold once a person has accepted the return."""
    if finding.severity is not Severity.ERROR or finding.code in _STAYING:
        return finding
    variant = "accepted" if finding.code in _TAKEN_NOW else finding.variant
    return replace(finding, severity=Severity.WARNING, variant=variant)
