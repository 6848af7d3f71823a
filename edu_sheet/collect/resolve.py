"""What a person decided about a submission: recorded, and applied to the original at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from edu_sheet.check import clean_place
from edu_sheet.check.examine import seen, texts
from edu_sheet.collect import Judge, moved, one_at_a_time, pending, recalled, returned
from edu_sheet.collect.choices import choices, unread
from edu_sheet.collect.line import InReader
from edu_sheet.collect.pending import Explain
from edu_sheet.collect.settle import settled_by
from edu_sheet.collect.tied import told_of
from edu_sheet.form import FORM_SHEET, issued_cells
from edu_sheet.kit.files import reporting
from edu_sheet.kit.reader.reader import Reader, StoppedError
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, LedgerError
from edu_sheet.words.forms import Issue
from edu_sheet.words.period import Period
from edu_sheet.words.place import NOWHERE, Place
from edu_sheet.words.returns import Action, Decision, Entry, Submission, Verdict, holding
from edu_sheet.words.step import Step, Verb
from edu_sheet.words.text import bare, without_quotation_marks

_OF_OTHER = {"other_period_text"}  # what is taken for another period than the submission's


def resolve(
    workspace: Workspace,
    ledger: Ledger,
    step: Step,
    *,
    passwords: Sequence[str] = (),
    now: datetime,
    explain: Explain = pending.explain,
) -> Submission:
    """Record the decision that a step names, and return what the submission became by it.

    Its place is as people write it and its task a 序号: of the form that came back, or of the
    newest one where that means the same task or says nothing else. EduSheetError for a step that
    names no decision, or not all of it, and as `decide` raises it.
    """
    if step.verb is not Verb.RESOLVE or step.submission is None:
        raise EduSheetError(
            "这一步不是对某一份报送件的裁定", "请写明编号和办法。", Step(Verb.RESOLVE)
        )
    with _at_work(workspace, ledger, step.submission, passwords, explain) as desk:
        return desk.decided(desk.named(step, now))


def decide(
    workspace: Workspace,
    ledger: Ledger,
    decision: Decision,
    *,
    passwords: Sequence[str] = (),
    explain: Explain = pending.explain,
) -> Submission:
    """Record a decision and return what the submission became by it.

    The original is read again and checked with all decisions so far; 待处理 follows. EduSheetError
    for a submission, finding, place, task or form that does not exist, and for a decision about
    what has been accepted already.
    """
    with _at_work(workspace, ledger, decision.submission, passwords, explain) as desk:
        return desk.decided(decision)


def undo(
    workspace: Workspace,
    ledger: Ledger,
    number: int,
    *,
    passwords: Sequence[str] = (),
    now: datetime,
    explain: Explain = pending.explain,
) -> Submission:
    """Take back the last decision about a submission that holds; return what it became by that.

    Nothing is deleted: that it was taken back is recorded. EduSheetError if none holds.
    """
    with _at_work(workspace, ledger, number, passwords, explain) as desk:
        return desk.decided(Decision(number, Action.UNDO, now))


def weigh(
    workspace: Workspace,
    ledger: Ledger,
    decision: Decision | Step,
    *,
    passwords: Sequence[str] = (),
    now: datetime,
) -> tuple[Submission, tuple[Entry, ...]]:
    """Return what a submission would become by a decision, and the texts that it would give.

    Nothing is recorded. EduSheetError as `decide`, or for a step `resolve`, raises it.
    """
    submission = ledger.returns.submission(decision.submission or 0)
    with Reader() as reader:
        desk = _Desk(workspace, ledger, submission, passwords, reader)
        if isinstance(decision, Step):
            decision = desk.named(decision, now)
        desk.refuse(decision)
        return desk.judged((*ledger.returns.decisions(submission.id), decision))


def judged(
    workspace: Workspace,
    ledger: Ledger,
    number: int,
    decisions: Sequence[Decision],
    *,
    passwords: Sequence[str] = (),
) -> tuple[Submission, tuple[Entry, ...]]:
    """Return a submission as its file and these decisions have it, and the texts that it gives.

    Nothing is recorded. LedgerError if there is none of that number, or its original is gone.
    """
    submission = ledger.returns.submission(number)
    with Reader() as reader:
        return _Desk(workspace, ledger, submission, passwords, reader).judged(decisions)


@contextmanager
def _at_work(
    workspace: Workspace,
    ledger: Ledger,
    number: int,
    passwords: Sequence[str],
    explain: Explain,
) -> Iterator["_Desk"]:
    with one_at_a_time(workspace), Reader() as reader:
        submission = ledger.returns.submission(number)
        _refuse_another(workspace, submission)
        moved.follow(workspace, ledger, explain)
        yield _Desk(workspace, ledger, submission, passwords, reader, explain)


def _refuse_another(workspace: Workspace, submission: Submission) -> None:
    """Raise LedgerError if another file waits under the number, so that it may be meant."""
    for number, path in pending.waiting(workspace):
        if number == submission.id and path.name != pending.item(workspace, submission).name:
            raise LedgerError(
                f"待处理里编号 {number} 的文件是 {path.name}，"
                f"台账里编号 {number} 的报送件却是 {submission.file}，没有作任何处理",
                f"多半是换用过备份的台账：请把 {path.name} 移进收件箱重新收取，得到新的编号。",
                Step(Verb.COLLECT),
            )


class _Desk:
    """One submission on the desk."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        submission: Submission,
        passwords: Sequence[str],
        reader: Reader,
        explain: Explain = pending.explain,
    ) -> None:
        self._explain = explain
        self._workspace = workspace
        self._ledger = ledger
        self._submission = submission
        self._passwords = tuple(passwords)
        self._reader = reader
        original = workspace.original(submission.sha256)
        if not original.exists():
            raise LedgerError(
                f"存档里找不到编号 {submission.id} 的原件（{workspace.relative(original)}）",
                "请从备份恢复 存档/原件；若手头还有该文件，请放进收件箱重新收取。",
            )
        with reporting(original):
            self._data = workspace.read_original(submission.sha256)

    def named(self, step: Step, now: datetime) -> Decision:
        """Return the decision that a step names; EduSheetError if it names none."""
        number = self._submission.id
        match step.action:
            case None:
                raise EduSheetError(
                    "请写明一种处理办法",
                    "五选一：说明是哪个单位、哪一期的表；照收；不采用；收取某个位置的文字；"
                    "撤回上一次裁定。",
                    Step(Verb.RESOLVE, submission=number),
                )
            case Action.ASSIGN:
                return self._assigned(step.units, step.period, now)
            case Action.TAKE:
                if not (step.place or step.finding) or step.task is None:
                    raise EduSheetError(
                        "问题编号（或位置）和任务序号要一起写明",
                        "问题编号是 .txt 里那条问题前面的数字；位置写成 填报表!H7。",
                        step,
                    )
                if step.finding:
                    return self._taken_by_number(step.finding, step.task, now)
                return self._taken(step.place, step.task, now)
        return Decision(number, step.action, now)

    def decided(self, decision: Decision) -> Submission:
        """Record a decision and what the submission becomes by it; 待处理 follows."""
        self.refuse(decision)
        past = self._ledger.returns.decisions(decision.submission)
        after, entries = self.judged((*past, decision))
        settled = self._ledger.returns.decide(decision, after, entries)
        returned.follow(self._ledger, settled)
        if settled.verdict is Verdict.ATTENTION:
            self._place(settled)
        else:
            pending.clear(self._workspace, settled)
        for other in settled_by(self._ledger, settled):
            pending.clear(self._workspace, other)
        for other in told_of(self._ledger, settled):
            self._place(other)
        return settled

    def _place(self, waits: Submission) -> None:
        ways = choices(self._ledger, waits)
        pending.place(self._workspace, waits, self._explain(self._workspace, waits, ways))

    def judged(self, decisions: Sequence[Decision]) -> tuple[Submission, tuple[Entry, ...]]:
        """Return the submission as its file and decisions have it, and what it gives."""
        if returned.claims(self._submission):
            return returned.decided(self._submission, decisions), ()
        if self._submission.recall:
            return recalled.decided(self._submission, decisions), ()
        judge = Judge(self._ledger)
        return judge.judged(self._submission, self._opened(), decisions=decisions)

    def _opened(self) -> InReader:
        return InReader(self._reader, self._data, self._passwords)

    # ------------------------------------------------------------ words → decisions

    def _assigned(self, units: Sequence[str], period: Period | None, now: datetime) -> Decision:
        if len(units) > 1:
            raise EduSheetError(
                f"一份表只能是一个单位的，写了 {len(units)} 个：{'、'.join(units)}",
                "请只写一个单位。",
                self._assigning(None, period),
            )
        unit = units[0] if units else None
        if not unit or period is None:
            raise self._half_assigned(unit, period)
        unit = self._as_issued(unit, period)
        then = self._ledger.units.names(period).called(unit, period)  # its form bears that name
        named = unit if unit in then or not then else then[-1]
        return Decision(self._submission.id, Action.ASSIGN, now, unit=named, period=period)

    def _as_issued(self, unit: str, period: Period) -> str:
        """Return the name that is meant: a command leaves Chinese quotation marks out."""
        names = self._ledger.units.names(period)
        known = {*names.known, *names.issued(period)}
        meant = [one for one in known if without_quotation_marks(one) == unit]
        return meant[0] if unit not in known and len(meant) == 1 else unit

    def _taken_by_number(self, number: int, task: int, now: datetime) -> Decision:
        self._refuse_encrypted()
        told = {one.number: one for one in self._submission.findings if one.number}
        if number not in told and self._submission.verdict is Verdict.ACCEPTED:
            raise self._already()
        if number not in told:
            listed = "、".join(map(str, told)) or "没有"
            raise EduSheetError(
                f"编号 {self._submission.id} 的问题里没有第 {number} 个（现有的：{listed}）",
                "多半已经处理过了：请打开“待处理”里同名的 .txt，照现在的编号写。",
            )
        finding = told[number]
        return Decision(
            self._submission.id,
            Action.TAKE,
            now,
            finding=finding.key,
            place=finding.source,
            task=self._task(task),
        )

    def _taken(self, take: str, number: int, now: datetime) -> Decision:
        self._refuse_encrypted()
        task, where = self._task(number), clean_place(take, FORM_SHEET)
        told = [
            one
            for one in self._now.findings
            if one.text and where in (one.place, one.source) and one.code != "taken"
        ]
        meant = [one for one in told if one.place == where or one.key.task == task]
        finding = meant[0] if len(meant) == 1 else None
        return Decision(
            self._submission.id,
            Action.TAKE,
            now,
            finding=finding.key if finding else None,
            place=where,
            task=task,
        )

    def _task(self, number: int) -> str:
        """Return the key of the task that a 序号 means; EduSheetError if none or two tasks."""
        copy, newest = self._copies()
        mine = {row.number: row for row in copy.form.rows}
        latest = {row.number: row for row in newest.form.rows}
        here, there = mine.get(number), latest.get(number)
        if here and (there is None or there.key == here.key):
            return here.key
        if here and there:
            raise EduSheetError(
                f"序号 {number} 在新旧两版表里不是同一项任务："
                f"退回的表里是“{here.goal}”，最新下发的表里是“{there.goal}”，没有收取",
                "为免放错，请把这段文字填进最新下发的表再收取，或请该单位用新表重新报送。",
            )
        if there and there.key in {row.key for row in copy.form.rows}:
            return there.key
        listed = "、".join(map(str, mine))
        one = self._submission
        raise EduSheetError(
            f"第 {number} 项“{there.goal}”是表发出以后才有的，退回的表里没有这一项"
            if there
            else f"“{one.unit}”{_label(one)} 的表里没有第 {number} 项任务",
            f"这张表的序号有：{listed}。",
        )

    def _copies(self) -> tuple[Issue, Issue]:
        """Return the form that came back and the newest one; EduSheetError if it is no one's."""
        one = self._now
        issues = self._ledger.forms.issued(one.period, one.unit) if one.period and one.unit else []
        if not issues:
            raise EduSheetError(
                f"编号 {one.id} 还不知道是哪个单位、哪一期的表",
                "请先说明单位和期次，再收取其中的文字。",
                self._assigning(one.unit, one.period),
            )
        copy = next((issue for issue in issues if issue.id == one.issue), issues[-1])
        return copy, issues[-1]

    @cached_property
    def _now(self) -> Submission:
        """The submission as its file and the decisions so far have it, read again."""
        return self.judged(self._ledger.returns.decisions(self._submission.id))[0]

    # ------------------------------------------------------------ what cannot be decided

    def refuse(self, decision: Decision) -> None:
        """Raise EduSheetError if a decision cannot be made about the submission as it is."""
        number, action = self._submission.id, decision.action
        if decision.decided_at.utcoffset() is None:
            raise EduSheetError("裁定的时间没有写明时区", "台账没有改动。")
        if any(one.code == "duplicate" for one in self._submission.findings):
            raise EduSheetError(
                f"编号 {number} 是重复文件，不用处理",
                sentence(self._submission.findings[0]),
            )
        if action is Action.UNDO and not holding(self._ledger.returns.decisions(number)):
            raise EduSheetError(f"编号 {number} 没有可以撤回的裁定", "台账没有改动。")
        if action is Action.REJECT:
            return
        self._refuse_encrypted()
        if self._submission.recall and action is not Action.UNDO:
            raise EduSheetError(
                f"编号 {number} 是撤回邮件的通知，不是报送，没有内容可收",
                "看过后不采用即可；要撤回那封邮件带来的，请对那一份裁定。",
                Step(Verb.RESOLVE, submission=number, action=Action.REJECT),
            )
        if self._submission.bounce:
            self._refuse_bounce(action)
        elif action is Action.ACCEPT:
            self._refuse_accept()
        elif action is Action.ASSIGN:
            self._refuse_assign(decision)
        elif action is Action.TAKE:
            self._refuse_take(decision)

    def _refuse_bounce(self, action: Action) -> None:
        """Raise EduSheetError for a report on a letter, but where it can be confirmed or undone."""
        one = self._submission
        if any(told.variant == "confirmed" for told in one.findings) and action is Action.ACCEPT:
            raise EduSheetError(
                f"编号 {one.id} 已经确认是退信，不用再处理",
                "确认错了的，请撤回。",
                Step(Verb.RESOLVE, submission=one.id, action=Action.UNDO),
            )
        if action is Action.UNDO or (action is Action.ACCEPT and one.unit and returned.claims(one)):
            return
        raise EduSheetError(
            f"编号 {one.id} 是退信，不是报送，没有内容可收",
            "请在“单位名录”里核对邮箱；看过后不采用即可。",
            Step(Verb.RESOLVE, submission=one.id, action=Action.REJECT),
        )

    def _refuse_encrypted(self) -> None:
        """Raise EduSheetError where the original cannot be read again: its texts would be lost."""
        if self._opened().seen().encrypted:
            raise EduSheetError(
                f"编号 {self._submission.id} 的原件有密码，打不开，不能按裁定重新读取",
                "请向对方问清密码（也可让对方取消密码后重发）。",
                Step(Verb.AGAIN, password=True),
            )

    def _refuse_unread(self) -> None:
        """Raise EduSheetError for a file of which nothing can be taken."""
        one = self._submission
        if unread(one):
            known = bool(one.unit and one.period)
            raise EduSheetError(
                f"编号 {one.id} 的文件程序读不出，没有内容可收，不能直接照收",
                "请对方改填下发的表，或打开该单位的填报表照录，放进收件箱收取"
                + ("，收到表后本件自动了结。" if known else "；请写明单位和期次。"),
                None if known else self._assigning(one.unit, one.period),
            )

    def _refuse_accept(self) -> None:
        one = self._submission
        if one.verdict is Verdict.ACCEPTED:
            raise self._already()
        self._refuse_unread()
        if any((told.code, told.variant) == ("no_table", "") for told in one.findings):
            raise EduSheetError(
                f"编号 {one.id} 里没有找到填报表的表格，没有内容可收",
                "请先把其中的文字逐条收作各项任务的进展，都收了再照收；或请对方填回下发的表。",
                Step(Verb.RESOLVE, submission=one.id, action=Action.TAKE),
            )
        if not (one.unit and one.period and self._ledger.forms.issued(one.period, one.unit)):
            raise EduSheetError(
                f"编号 {one.id} 还不知道是哪个单位、哪一期的表，不能直接照收",
                "请写明单位和期次。",
                self._assigning(one.unit, one.period),
            )

    def _refuse_assign(self, decision: Decision) -> None:
        unit, period = (decision.unit or "").strip(), decision.period
        if self._submission.verdict is Verdict.ACCEPTED:
            raise self._already()
        if not unit or period is None:
            raise self._half_assigned(unit, period)
        if self._ledger.forms.issued(period, unit):
            return
        issued = self._ledger.forms.latest(period)
        near = [name for name in issued if unit in name or name in unit]
        hint = f"是不是：{'、'.join(near)}？" if near else ""
        what = (
            f"没有给“{unit}”下发过 {period.label} 的填报表"
            if issued
            else f"{period.label} 没有下发过填报表"
        )
        raise EduSheetError(
            what,
            f"{hint}请核对单位和期次；该下发而没有下发的，请先生成。",
            Step(Verb.GENERATE, period=period),
        )

    def _half_assigned(self, unit: str | None, period: Period | None) -> EduSheetError:
        return EduSheetError(
            "单位和期次要一起写明", "请补上缺的那一个。", self._assigning(unit, period)
        )

    def _refuse_take(self, decision: Decision) -> None:
        self._refuse_unread()
        copy, _ = self._copies()
        if decision.task not in {row.key for row in copy.form.rows}:
            raise EduSheetError(
                "退回的表里没有这一项任务，没有收取",
                "请从退回的表所列的任务里选一项，或请该单位用新下发的表重新报送。",
            )
        told = [one for one in self._now.findings if one.key == decision.finding]
        where = decision.place or NOWHERE
        if other := next((one.period("period") for one in told if one.code in _OF_OTHER), None):
            self._refuse_unasked(other, decision.task)
        there = () if told else self._texts(where)
        if not told and not there:
            raise EduSheetError(
                f"“{where}”那里没有文字",
                "请写 .txt 里那条问题的编号，或方括号内的位置，如 填报表!H7（工作表名!单元格）。",
            )
        issued = {bare(text) for text in issued_cells(copy.form)[FORM_SHEET].values()}
        if there and {bare(text) for text in there} <= issued:
            raise EduSheetError(
                f"“{where}”那里是下发时就有的文字，不是该单位写的，没有收取",
                "请写该单位写了字的那一格，或 .txt 里那条问题的编号。",
            )

    def _refuse_unasked(self, period: Period, task: str) -> None:
        """Raise EduSheetError where the unit was not asked for a task in another period."""
        one = self._now
        names = self._ledger.units.names(period)
        then = names.called(names.now(one.unit or "", period), period)
        asked = [
            row
            for name in then
            for issue in self._ledger.forms.issued(period, name)[-1:]
            for row in issue.form.rows
        ]
        if task not in {row.key for row in asked}:
            raise EduSheetError(
                f"“{one.unit}”{period.label} 的表里没有这一项任务，没有收取",
                f"那一期的序号有：{'、'.join(row.shown for row in asked)}。",
            )

    def _texts(self, where: Place) -> tuple[str, ...]:
        try:
            self._reader.ask(seen, self._data, self._passwords)
            return self._reader.ask_more(texts, where)
        except StoppedError:
            return ()

    def _assigning(self, unit: str | None, period: Period | None) -> Step:
        """Return the step of saying whose the submission is, as far as that is known."""
        return Step(
            Verb.RESOLVE,
            submission=self._submission.id,
            action=Action.ASSIGN,
            units=(unit,) if unit else (),
            period=period,
        )

    def _already(self) -> EduSheetError:
        one = self._submission
        ruled = holding(self._ledger.returns.decisions(one.id))
        return EduSheetError(
            f"编号 {one.id} 已经收取（“{one.unit}”{_label(one)}），不用再处理",
            "裁定错了的，请先撤回上一次裁定，再重新裁定。"
            if ruled
            else "如果收错了，请先撤回，再重新指定。",
            Step(Verb.RESOLVE, submission=one.id, action=Action.UNDO if ruled else Action.REJECT),
        )


def _label(one: Submission) -> str:
    return one.period.label if one.period else ""
