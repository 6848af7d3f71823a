"""Which letter goes to whom: form, reminder or receipt. Nothing is sent here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from edu_sheet.facts.gather import for_letters
from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit import clock
from edu_sheet.kit.files import reporting, sha256
from edu_sheet.mail import wording
from edu_sheet.mail.message import DOCX, XLSX, Attachment, Letter
from edu_sheet.mail.plain import to_mend
from edu_sheet.mail.wording import FIRM_FROM, Arrears
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import MailError
from edu_sheet.words.forms import FormRow, Issue
from edu_sheet.words.letters import FILLED_IN, MailKind, deliverable
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import State, Submission, UnitStatus, Verdict
from edu_sheet.words.step import AGAIN, Step, Verb


@dataclass(frozen=True, slots=True)
class Without:
    """A unit that cannot be mailed, or not with its form attached, and why, in Chinese."""

    unit: str
    reason: str
    next: Step | None = None


@dataclass(slots=True)
class Post:
    """Letters that are to go out, in the roster's order, and units that get none.

    `written` has those to units without an address as well: a person may take them elsewhere.
    """

    letters: list[Letter] = field(default_factory=list)
    written: list[Letter] = field(default_factory=list)
    without: list[Without] = field(default_factory=list)


def letters(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, kind: MailKind, now: datetime
) -> Post:
    """Return the letters of a period.

    EduSheetError if no form was issued for the period, or if 邮件主题 or 邮件正文 has words in
    braces that nobody fills in; OutputError if a form cannot be read.
    """
    if kind is MailKind.FORM and (fault := wording.template_fault(plan)):
        known = " ".join(f"{{{one}}}" for one in FILLED_IN)
        raise MailError(
            f"“设置”表{fault} 不认识，没有写信",
            f"请改正“设置”：花括号里可以写的是 {known}。",
            AGAIN,
        )
    facts = for_letters(ledger, plan, period)
    writing = _Writing(workspace, facts, now)
    write = {
        MailKind.FORM: writing.form,
        MailKind.REMINDER: writing.reminder,
        MailKind.RECEIPT: writing.receipt,
    }[kind]
    for unit, issue in facts.forms.items():
        write(unit, issue)
    return writing.post


def addresses(plan: Plan, unit: str) -> tuple[tuple[str, ...], str]:
    """Return where a unit can be written to, and what is wrong with its addresses, "" if nothing.

    One that is malformed is never written to, not even together with others.
    """
    listed = plan.roster.get(unit)
    given = [one for one in (listed.mail if listed else "").split(";") if one]
    bad = [one for one in given if not deliverable(one)]
    if bad:
        return (), f"邮箱“{'、'.join(bad)}”不像邮件地址：请在“单位名录”里改正"
    return tuple(given), "" if given else "没有邮箱：请在“单位名录”里补填"


class _Writing:
    """One period's letters being written."""

    def __init__(self, workspace: Workspace, facts: PeriodFacts, now: datetime) -> None:
        self.post = Post()
        self._workspace, self._plan, self._period = workspace, facts.plan, facts.period
        self._today = clock.day(now)
        self._due = facts.plan.due(facts.period)
        self._status = {one.unit: one for one in facts.statuses[facts.period]}
        self._closed = closed_tasks(facts.plan, facts.period)
        self._told = facts.texts[facts.period].keys()
        self._reminded = facts.reminders[facts.period]
        self._returns: dict[str, list[Submission]] = defaultdict(list)
        for one in facts.submissions:
            if one.unit and not one.notice:
                self._returns[one.unit].append(one)

    def form(self, unit: str, issue: Issue) -> None:
        """Write the letter that brings a form."""
        if attachment := self._form(unit, issue):
            subject, text = wording.form_letter(
                self._plan, self._period, unit, len(issue.form.rows), self._due
            )
            said = sha256(attachment.data)
            self._add(MailKind.FORM, unit, subject, text, said, (attachment,))

    def reminder(self, unit: str, issue: Issue) -> None:
        """Write the reminder of a unit that owes something."""
        status = self._status.get(unit)  # None: all of its tasks are closed
        if status is None or not _owes(status):
            return
        attachment = self._form(unit, issue)
        if attachment is None:
            return
        owed = self._arrears(unit, issue)
        earlier = self._reminded.get(unit)
        times = 1 + sum(day < self._today for day in earlier.days) if earlier else 1
        subject, text = wording.reminder(
            self._plan, self._period, owed, times=times, today=self._today
        )
        attachments = [attachment]
        if times >= FIRM_FROM:
            from edu_sheet.mail.demand import demand_document  # few letters have a paper

            document = demand_document(
                self._plan, self._period, owed, times=times, today=self._today
            )
            name = f"催办单_{PurePosixPath(issue.file).stem}.docx"
            attachments.append(Attachment(name, document, DOCX))
        key = self._today.isoformat()  # once a day
        self._add(MailKind.REMINDER, unit, subject, text, key, tuple(attachments))

    def receipt(self, unit: str, issue: Issue) -> None:
        """Write the receipt of a unit from which something came."""
        returns = [one for one in self._returns[unit] if one.verdict is not Verdict.IGNORED]
        if not returns:
            return
        rows = issue.form.rows
        waiting = [one for one in returns if one.verdict is Verdict.ATTENTION]
        spoken = [*waiting, *([] if waiting else returns[-1:])]
        found = (finding for one in spoken for finding in one.findings)
        mend = to_mend(found, whole=not self._open(unit, issue))

        def written(name: Callable[[Submission], str]) -> tuple[str, str]:
            return wording.receipt(
                self._plan,
                self._period,
                unit,
                files=[(name(one), _moment(one)) for one in returns],
                taken=[row for row in rows if (unit, row.key) in self._told],
                open_tasks=self._open(unit, issue),
                mend=mend,
            )

        # What is new is told by our own names of the files: a receipt that gives others for them
        # says nothing new.
        _, said = written(_file)
        subject, text = written(_name)
        self._add(MailKind.RECEIPT, unit, subject, text, sha256(said.encode("utf-8")), ())

    def _arrears(self, unit: str, issue: Issue) -> Arrears:
        waiting = [one for one in self._returns[unit] if one.verdict is Verdict.ATTENTION]
        said = (finding for one in waiting for finding in one.findings)
        status, left = self._status[unit], self._open(unit, issue)
        return Arrears(
            unit=unit,
            tasks=tuple(left),
            all_tasks=status.tasks,
            returned=status.state is not State.MISSING,
            came=None if status.reported else status.came,
            reasons=tuple(to_mend(said, whole=not left)),
            due=self._due,
        )

    def _open(self, unit: str, issue: Issue) -> list[FormRow]:
        """Return the tasks of which a unit has said nothing, without those that are closed."""
        return [
            row
            for row in issue.form.rows
            if (unit, row.key) not in self._told and row.key not in self._closed
        ]

    def _form(self, unit: str, issue: Issue) -> Attachment | None:
        """Return a unit's form as it lies in 下发/, as the clerk may have touched it up."""
        path = self._workspace.root / issue.file
        with reporting(path):
            if path.exists():
                return Attachment(path.name, path.read_bytes(), XLSX, issue.file)
        reason = f"找不到填报表 {issue.file}，请先重新生成"
        again = Step(Verb.GENERATE, period=self._period)
        self.post.without.append(Without(unit, reason, again))
        return None

    def _add(
        self,
        kind: MailKind,
        unit: str,
        subject: str,
        text: str,
        said: str,
        attachments: tuple[Attachment, ...],
    ) -> None:
        to, wrong = addresses(self._plan, unit)
        key = f"{said} {';'.join(to)}".lower() if kind is MailKind.FORM else said
        letter = Letter(kind, unit, to, subject, text, key, attachments)
        self.post.written.append(letter)
        if wrong:
            self.post.without.append(Without(unit, wrong))
        else:
            self.post.letters.append(letter)


def _owes(status: UnitStatus) -> bool:
    return status.incomplete or status.state in (State.MISSING, State.ATTENTION)


def _file(submission: Submission) -> str:
    return submission.file.rpartition("/")[2]


def _name(submission: Submission) -> str:
    """Return what a unit knows a return by: its file, or the subject of a message without one."""
    if "/" in submission.file:
        return _file(submission)
    of_mail = (dict(one.about) for one in submission.findings)
    subjects = [one["subject"] for one in of_mail if "subject" in one]
    if not subjects and not submission.file.lower().endswith(".eml"):
        return submission.file
    subject = next(filter(None, subjects), "")
    return f"邮件“{subject}”" if subject else "没有主题的邮件"


def _moment(submission: Submission) -> str:
    return clock.shown(submission.received_at.astimezone(clock.zone()))
