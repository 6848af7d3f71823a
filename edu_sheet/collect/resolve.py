"""What a person decided about a submission: recorded, and applied to the original at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from edu_sheet.check import clean_place, text_at
from edu_sheet.collect import Judge, one_at_a_time, pending
from edu_sheet.collect.examine import examine, read
from edu_sheet.form import FORM_SHEET
from edu_sheet.kit.files import reporting
from edu_sheet.reading import kind_of
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, LedgerError
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Action, Decision, Submission, Verdict
from edu_sheet.words.step import Step, Verb


def resolve(
    workspace: Workspace,
    ledger: Ledger,
    number: int,
    *,
    unit: str | None = None,
    period: Period | None = None,
    accept: bool = False,
    reject: bool = False,
    take: str | None = None,
    task: int | None = None,
    passwords: Sequence[str] = (),
    now: datetime,
) -> Submission:
    """Record one decision and return what the submission became by it.

    The original is read again and checked with all decisions so far; 待处理 follows. EduSheetError
    for a submission, place, task or form that does not exist, for a decision that is not one, and
    for one about what has been accepted already.
    """
    with one_at_a_time(workspace):
        before = ledger.returns.submission(number)
        _refuse_another(workspace, before)
        desk = _Desk(workspace, ledger, before, passwords)
        decision = desk.decision(unit, period, accept, reject, take, task, now)
        after = desk.decided(decision)
        if after.verdict is Verdict.ATTENTION:
            pending.place(workspace, after)
        else:
            pending.clear(workspace, after)
        return after


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
        self, workspace: Workspace, ledger: Ledger, submission: Submission, passwords: Sequence[str]
    ) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._submission = submission
        self._passwords = passwords
        original = workspace.original(submission.sha256)
        if not original.exists():
            raise LedgerError(
                f"存档里找不到编号 {submission.id} 的原件（{workspace.relative(original)}）",
                "请从备份恢复 存档/原件；若手头还有该文件，请放进收件箱重新收取。",
            )
        with reporting(original):
            self._data = original.read_bytes()
        self._kind = kind_of(self._data)

    def decision(
        self,
        unit: str | None,
        period: Period | None,
        accept: bool,
        reject: bool,
        take: str | None,
        task: int | None,
        now: datetime,
    ) -> Decision:
        """Return the one decision that the words name; EduSheetError if it cannot be made."""
        number = self._submission.id
        named = [unit is not None or period is not None, accept, reject]
        if sum((*named, take is not None or task is not None)) != 1:
            raise EduSheetError(
                "请写明一种处理办法",
                "四选一：说明是哪个单位、哪一期的表；照收；不采用；收取某个位置的文字。",
                Step(Verb.RESOLVE, submission=number),
            )
        if any(one.code == "duplicate" for one in self._submission.findings):
            raise EduSheetError(
                f"编号 {number} 是重复文件，不用处理",
                sentence(self._submission.findings[0]),
            )
        if reject:
            return Decision(number, Action.REJECT, now)
        self._refuse_encrypted()
        if accept:
            self._refuse_accept()
            return Decision(number, Action.ACCEPT, now)
        if take is not None or task is not None:
            return self._take(take, task, now)
        return self._assign(unit, period, now)

    def decided(self, decision: Decision) -> Submission:
        """Record the decision and what the submission becomes by it."""
        before = self._submission
        opened = partial(examine, self._data, self._kind, self._passwords)
        after, entries = Judge(self._ledger).judged(
            before,
            opened,
            again=opened,
            decisions=(*self._ledger.returns.decisions(before.id), decision),
        )
        return self._ledger.returns.decide(decision, after, entries)

    def _refuse_encrypted(self) -> None:
        """Raise EduSheetError where the original cannot be read again: its texts would be lost."""
        if self._kind != "encrypted":
            return
        book = read(self._data, self._kind, self._passwords)
        if any(one.code == "encrypted" for one in book.findings):
            raise EduSheetError(
                f"编号 {self._submission.id} 的原件有密码，打不开，不能按裁定重新读取",
                "请向对方问清密码（也可让对方取消密码后重发）。",
                Step(Verb.AGAIN, password=True),
            )

    def _refuse_accept(self) -> None:
        one = self._submission
        if one.verdict is Verdict.ACCEPTED:
            raise self._already()
        if not (one.unit and one.period and self._ledger.forms.issued(one.period, one.unit)):
            raise EduSheetError(
                f"编号 {one.id} 还不知道是哪个单位、哪一期的表，不能直接照收",
                "请写明单位和期次。",
                self._assigning(one.unit, one.period),
            )

    def _assign(self, unit: str | None, period: Period | None, now: datetime) -> Decision:
        one = self._submission
        if not unit or period is None:
            raise EduSheetError(
                "单位和期次要一起写明", "请补上缺的那一个。", self._assigning(unit, period)
            )
        if one.verdict is Verdict.ACCEPTED:
            raise self._already()
        if not self._ledger.forms.issued(period, unit):
            issued = self._ledger.forms.latest(period)
            near = [name for name in issued if unit in name or name in unit]
            hint = f"是不是：{'、'.join(near)}？" if near else ""
            what = (
                f"没有给“{unit}”下发过 {period} 的填报表"
                if issued
                else f"{period} 没有下发过填报表"
            )
            raise EduSheetError(
                what,
                f"{hint}请核对单位和期次；该下发而没有下发的，请先生成。",
                Step(Verb.GENERATE, period=period),
            )
        return Decision(one.id, Action.ASSIGN, now, unit=unit, period=period)

    def _take(self, take: str | None, task: int | None, now: datetime) -> Decision:
        one = self._submission
        if not take or task is None:
            raise EduSheetError(
                "位置和任务序号要一起写明",
                "位置写成 填报表!H7（工作表名!单元格）。",
                Step(
                    Verb.RESOLVE, submission=one.id, action=Action.TAKE, place=take or "", task=task
                ),
            )
        issues = self._ledger.forms.issued(one.period, one.unit) if one.period and one.unit else []
        if not issues:
            raise EduSheetError(
                f"编号 {one.id} 还不知道是哪个单位、哪一期的表",
                "请先说明单位和期次，再收取其中的文字。",
                self._assigning(one.unit, one.period),
            )
        numbers = [row.number for row in issues[-1].form.rows]
        if task not in numbers:
            listed = "、".join(map(str, numbers))
            raise EduSheetError(
                f"“{one.unit}”{one.period} 的表里没有第 {task} 项任务",
                f"这张表的序号有：{listed}。",
            )
        where = clean_place(take, FORM_SHEET)
        if not text_at(read(self._data, self._kind, self._passwords), where):
            raise EduSheetError(
                f"“{take}”那里没有文字",
                "位置请照 .txt 里方括号内的写，如 填报表!H7（工作表名!单元格）。",
            )
        return Decision(one.id, Action.TAKE, now, place=str(where), task=task)

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
        return EduSheetError(
            f"编号 {one.id} 已经收取（“{one.unit}”{one.period}），不用再处理",
            "如果收错了，请先撤回，再重新指定。",
            Step(Verb.RESOLVE, submission=one.id, action=Action.REJECT),
        )
