"""下发: the forms of a period, written where the clerk mails them from.

An issue is recorded first and written after: writing is repeatable from the ledger (the same form
gives the same bytes), recording is not. After a kill between the two the form is missing, or an
older issue still stands there, and the next run writes what was recorded. Forms are recorded in
small batches, one transaction each; other processes may make the workbooks.
"""

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from edu_sheet import form
from edu_sheet.issue.compare import difference
from edu_sheet.issue.differences import replaced_before
from edu_sheet.kit import clock, files
from edu_sheet.kit.copies import keep_copy
from edu_sheet.kit.progress import Progress, counted
from edu_sheet.kit.workers import BATCH, LOAD, LONG, Crew
from edu_sheet.rules.standing import Standing, standing
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, PlanError
from edu_sheet.words.forms import Form, FormRow, Issue
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan


class Outcome(StrEnum):
    """What became of a unit's form."""

    NEW = "new"  # there was no file
    UNCHANGED = "unchanged"  # the file that stands there is this form
    KEPT = "kept"  # what stands there differs, and was not overwritten
    REPLACED = "replaced"  # what stood there differed, and was

    @property
    def label(self) -> str:
        """The outcome in Chinese."""
        return {
            "new": "新生成",
            "unchanged": "无变化",
            "kept": "保留原表",
            "replaced": "已重新生成",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Generated:
    """A unit's form after `generate`; `form` is what the file holds, as far as is known."""

    unit: str
    file: str  # relative to the workspace, with /
    form: Form
    outcome: Outcome
    reason: str = ""  # why a form was kept, in Chinese


def generate(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    period: Period,
    units: Sequence[str] | None,
    *,
    force: bool,
    now: datetime,
    progress: Progress | None = None,
    crew: Crew | None = None,
) -> list[Generated]:
    """Write the forms of a period, of all units or those named; return what became of each.

    A file that differs from the form in any way is kept unless `force`; one that a person changed
    is copied to 存档/ before it is replaced; one that is open in another program is always kept.
    PeriodError for a period before the plan's first month; EduSheetError for a unit that is unknown
    or has no task then; OutputError if a form cannot be written: what was recorded before stays,
    and running it again goes on from there. `progress` is told how many forms of how many are
    done; a `crew` may make the workbooks.
    """
    plan.require(period)
    rows = {unit: form.form_rows(plan, duties) for unit, duties in plan.assignments(period).items()}
    chosen = _chosen(plan, rows, period, units)
    _refuse_same_file(workspace, period, rows)
    run = _Run(workspace, ledger, period, now, force)
    issued = set(ledger.forms.periods())
    shown = [one for one in form.earlier_periods(plan, period) if one in issued]
    said = _standings(plan, ledger, shown)

    def composed() -> Iterator[_Item]:
        for unit in chosen:
            issued = run.issued.get(unit, [])
            made = form.compose(
                plan,
                unit,
                period,
                version=_version(ledger, unit, period, rows[unit], issued),
                plan_id=run.plan_id,
                secret=run.secret,
                earlier=form.earlier_sheets(plan, unit, period, rows[unit], said),
                rows=rows[unit],
            )
            yield run.decided(unit, made, issued)

    made = run.written(composed(), len(chosen), crew or Crew(), progress)
    return [one.outcome for one in made]


def as_json(period: Period, made: Sequence[Generated]) -> dict[str, object]:
    """Return what `generate --json` prints."""
    return {
        "period": str(period),
        "forms": [
            {
                "unit": one.unit,
                "file": one.file,
                "tasks": [{"number": row.number, "role": row.role.value} for row in one.form.rows],
            }
            for one in made
        ],
    }


# ---------------------------------------------------------------- whose forms


def _chosen(
    plan: Plan, rows: dict[str, tuple[FormRow, ...]], period: Period, units: Sequence[str] | None
) -> list[str]:
    """Return the reporting units named: by name, alias, or a group for its members."""
    if units is None:
        return list(rows)
    spellings = plan.roster.spellings()
    known = spellings | {unit: unit for unit in rows}
    chosen: dict[str, None] = {}
    for typed in units:
        name = typed if typed in known else plan.roster.named(typed)
        if name not in known:
            raise EduSheetError(f"方案里没有单位“{name}”", _closest(name, known))
        members = [unit for unit in plan.roster.reporters(known[name]) if unit in rows]
        if not members:
            raise _no_task(known[name], period)
        chosen |= dict.fromkeys(members)
    return list(chosen)


def _closest(name: str, known: dict[str, str]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if not close:
        return "单位名称见 分工方案.xlsx 的“单位名录”表。"
    return f"是不是：{'、'.join(close)}？单位名称见 分工方案.xlsx 的“单位名录”表。"


def _no_task(unit: str, period: Period) -> EduSheetError:
    if isinstance(period, Quarter):
        return EduSheetError(
            f"“{unit}”在方案里没有牵头的任务，{period.label}不需要填报",
            "季度只由牵头部门填报；请改用该季度的月份，或去掉这个单位。",
        )
    return EduSheetError(
        f"“{unit}”在方案里没有牵头或负责的任务，不需要填报",
        "请核对单位名称；如有任务，请先改 分工方案.xlsx。",
    )


def _refuse_same_file(workspace: Workspace, period: Period, units: Collection[str]) -> None:
    """Raise PlanError if two units' forms would be one file, also where case does not count."""
    owners: dict[str, str] = {}
    for unit in units:
        other = owners.setdefault(workspace.form(period, unit).name.casefold(), unit)
        if other != unit:
            raise PlanError(
                f"单位“{other}”和“{unit}”的填报表会是同一个文件名",
                "请在 分工方案.xlsx 的“单位名录”里把其中一个改成能区分的名称。",
            )


def _version(
    ledger: Ledger,
    unit: str,
    period: Period,
    rows: tuple[FormRow, ...],
    issued: Sequence[Issue],
) -> int:
    """Return the form's version: raised when the unit's tasks changed since the last issue."""
    if issued and issued[-1].form.rows == rows:
        return issued[-1].form.identity.version
    last = ledger.forms.last_of(unit, quarterly=isinstance(period, Quarter))
    if last is None:
        return 1
    return last.form.identity.version + (last.form.rows != rows)


def _standings(plan: Plan, ledger: Ledger, periods: Sequence[Period]) -> dict[Period, Standing]:
    """Return what stands in these periods; what another task's wording got says that alone."""
    names = ledger.units.names(*periods)
    another = {
        (one.period, one.task.key): one.was for one in replaced_before(plan, ledger, periods)
    }
    found = {}
    for period in periods:
        said = standing(ledger.entries.each([period]), names.changed(period))
        for place, entry in said.items():
            if was := another.get((period, place[1])):
                said[place] = replace(entry, text=_REPLACED.format(was))
        found[period] = said
    return found


_REPLACED = "（该行当时是另一项任务“{:.40}”，所报内容不列在这里）"


# ---------------------------------------------------------------- what stands there


@dataclass(frozen=True, slots=True)
class _Item:
    """A unit's form and what is to become of it; `path` None: nothing is written.

    `issue` is what it was recorded as before, where it was; else `number` is its id to be.
    """

    outcome: Generated
    path: Path | None = None
    issue: Issue | None = None
    number: int = 0

    def piece(self, now: datetime) -> tuple[Form, int, datetime] | None:
        """Return the arguments for `workbook`; None if none is to be written."""
        if self.path is None:
            return None
        if self.issue:
            return self.issue.form, self.issue.id, self.issue.issued_at
        return self.outcome.form, self.number, now


def workbook(piece: tuple[Form, int, datetime] | None) -> bytes:
    """Return the bytes of a form: `form.write`, as work for a crew."""
    return form.write(*piece) if piece else b""


class _Run:
    """One run of `generate`: what was issued before, and where files go."""

    def __init__(
        self, workspace: Workspace, ledger: Ledger, period: Period, now: datetime, force: bool
    ) -> None:
        self.workspace = workspace
        self.ledger = ledger
        self.period = period
        self.now = now
        self.force = force
        self.plan_id = ledger.plan.id
        self.secret = ledger.plan.secret
        self._next = ledger.forms.next_id()
        self.issued: dict[str, list[Issue]] = {}  # by the name that the unit has now
        self._names = names = ledger.units.names(period)
        for issue in ledger.forms.issued(period):
            called = names.now(issue.form.identity.unit, period)
            self.issued.setdefault(called, []).append(issue)

    def decided(self, unit: str, composed: Form, issued: Sequence[Issue]) -> _Item:
        """Return how a unit's file is brought to the composed form, or why it is kept."""
        path = self.workspace.form(self.period, unit)
        file = self.workspace.relative(path)
        latest = issued[-1] if issued else None
        if self._names.taken(unit, self.period):
            kept = latest.form if latest else composed
            old = _AS_BEFORE.format(latest.form.identity.unit) if latest else _NEXT_PERIOD
            reason = _ANOTHERS.format(unit, old)
            return _Item(
                Generated(unit, latest.file if latest else file, kept, Outcome.KEPT, reason)
            )
        if latest and latest.form.identity == composed.identity:
            # Signed once, under a key that may have been lost since.
            before = latest.form
            composed = replace(composed, token=before.token, number=before.number)
        same = latest is not None and latest.form == composed
        with files.reporting(path):
            present = files.read_file(path) if path.exists() else None
        if present is None and latest and latest.form.identity.unit != unit and not self.force:
            reason = _RENAMED.format(latest.form.identity.unit)
            return _Item(Generated(unit, latest.file, latest.form, Outcome.KEPT, reason))
        if present is None:
            new = Generated(unit, file, composed, Outcome.NEW)
            return self._item(new, path, latest if same else None)
        found = files.sha256(present)
        recorded = {issue.sha256: issue for issue in issued}
        if same and latest and found == latest.sha256:
            return _Item(Generated(unit, file, composed, Outcome.UNCHANGED))
        # An older issue of this very form that never left: a run was cut off after recording.
        unfinished = same and found in recorded
        reason = _why_kept(composed, latest, by_hand=found not in recorded)
        if self.force or unfinished:
            if not files.open_elsewhere(path):
                if found not in recorded:
                    self._archive(path, present)
                replaced = Generated(unit, file, composed, Outcome.REPLACED)
                return self._item(replaced, path, latest if same else None)
            reason = "该文件正在 Excel 或 WPS 中打开，请保存并关闭后再重新生成"
        held = recorded.get(found) or latest
        kept = held.form if held else composed
        return _Item(Generated(unit, file, kept, Outcome.KEPT, reason))

    def written(
        self, items: Iterable[_Item], every: int, crew: Crew, progress: Progress | None
    ) -> list[_Item]:
        """Record and write what is to be written, a batch at a time; return all items."""
        done: list[_Item] = []
        stale: list[_Item] = []  # another version of the program writes the recorded form otherwise
        pieces = ((one, (one.piece(self.now),)) for one in items)
        made = crew.each(workbook, pieces, long=every >= LONG, size=LOAD, here=True)
        made = counted(made, every, progress)
        while batch := [(one, call()) for one, call in islice(made, BATCH)]:
            done.extend(one for one, _ in batch)
            fresh = [(one, data) for one, data in batch if one.path]
            stale += [one for one, data in fresh if one.issue and _differs(one.issue, data)]
            self._put([pair for pair in fresh if pair[0] not in stale])
        again = [self._item(one.outcome, one.path, None) for one in stale if one.path]
        self._put([(one, workbook(one.piece(self.now))) for one in again])
        return done

    def _item(self, outcome: Generated, path: Path, issue: Issue | None) -> _Item:
        """Return what is to be written, with the next id where it is a new issue."""
        if issue:
            return _Item(outcome, path, issue)
        self._next += 1
        return _Item(outcome, path, number=self._next - 1)

    def _put(self, batch: Sequence[tuple[_Item, bytes]]) -> None:
        """Record the new issues of a batch in one transaction, then write all of it."""
        new = [
            (one.outcome.form, one.outcome.file, files.sha256(data), one.number)
            for one, data in batch
            if not one.issue
        ]
        if new:
            self.ledger.forms.record(new, self.now)
        files.write_each((one.path, data) for one, data in batch if one.path)

    def _archive(self, path: Path, data: bytes) -> None:
        """Copy what a person changed into 存档/ under a name with the time of the change."""
        with files.reporting(path):
            changed = clock.at(path.stat().st_mtime, clock.zone())
        keep_copy(self.workspace.root, self.workspace.archive, path.name, data, changed)


_ANOTHERS = "这一期已用“{}”这个名称给另一个单位下发过表，为免两个单位的填报混在一起，{}"
_AS_BEFORE = "不另发：仍用原名“{}”下发的表，按原表退回的照收"
_NEXT_PERIOD = "这一期不再发，请从下一期发起"
_RENAMED = "该单位的表已用原名“{}”下发，按原表退回的照收，不必重发"


def _differs(issue: Issue, data: bytes) -> bool:
    return files.sha256(data) != issue.sha256


def _why_kept(composed: Form, latest: Issue | None, *, by_hand: bool) -> str:
    """Return in Chinese how what stands there differs from the form as it would be now."""
    if latest is None:
        return "该位置已有一个不是由台账下发的文件"
    was = latest.form
    one = difference(was, composed.rows, composed.columns)
    same_tasks = [row.key for row in was.rows] == [row.key for row in composed.rows]
    reasons = [
        said
        for said, differs in (
            ("该文件下发后被人改动过", by_hand),
            ("本单位的任务有变化", one.reworded or not same_tasks),
            ("以前各期的进展有更新", was.earlier != composed.earlier),
            ("截止日期有变化", was.due != composed.due),
            ("“完成状态”一栏的设置有变化", was.states != composed.states),
            *((_of_column(*headers), True) for headers in one.headers),
            (
                "标题、填报说明等有变化",
                (was.title, was.instructions, was.font)
                != (composed.title, composed.instructions, composed.font),
            ),
        )
        if differs
    ]
    return "；".join(reasons) or "表单编号或版式有变化"


def _of_column(was: str, now: str) -> str:
    if was and now:
        return f"“{was}”一栏改成了“{now}”"
    return f"增加了“{now}”一栏" if now else f"取消了“{was}”一栏"
