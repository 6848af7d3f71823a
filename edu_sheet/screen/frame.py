"""The frame around every page of a workspace: its name, 期次, the four steps with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import g, render_template

from edu_sheet import app
from edu_sheet.app import OutputState, Overview, PeriodLine, PlanState
from edu_sheet.kit import clock
from edu_sheet.screen.jobs import Job
from edu_sheet.screen.periods import Year, by_year, offered, with_shown
from edu_sheet.screen.running import running, visitor, workspace
from edu_sheet.words.errors import EduSheetError, PlanError
from edu_sheet.words.period import Month, Period

_OUTPUTS = {OutputState.NONE: "未做", OutputState.CURRENT: "当前", OutputState.OLDER: "有新内容"}
_BANNERS = {
    PlanState.CURRENT: "",
    PlanState.OPEN_ELSEWHERE: "方案正在 Excel 中打开，这里是上次保存的内容。",
    PlanState.LAST_VALID: "方案现在有错误或打不开，这里是上次没有错误时的内容。",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the four steps, and how far it is."""

    name: str  # of its page
    number: str
    title: str
    count: str
    done: bool

    @property
    def label(self) -> str:
        """What stands on its tab."""
        return f"{self.number} {self.title} {self.count}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page."""

    folder: Path
    period: Period
    periods: tuple[PeriodLine, ...]
    steps: tuple[StepLine, ...]
    next: str  # the step that comes next, "" if all is done or something is being done
    due: date | None  # None where the plan says nothing
    banner: str
    waiting: int = 0  # files, of the whole workspace
    interrupted: bool = False  # a run of 收取 was stopped, and files still lie in 收件箱
    job: Job | None = None  # that is under way here: until it ends, nothing comes next

    @property
    def years(self) -> tuple[Year, ...]:
        """The periods that are offered, by year."""
        return by_year(offered(self.periods, self.period))

    @property
    def more(self) -> bool:
        """Whether there are others."""
        return sum(len(lines) for _, lines in self.years) < len(self.periods)

    @property
    def next_step(self) -> StepLine | None:
        """The step that comes next."""
        return next((one for one in self.steps if one.name == self.next), None)


def frame(period: Period | None) -> Frame:
    """Return the frame of a period, the current one if none is named.

    Where the plan never could be used, it has no steps, and says why. EduSheetError if no workspace
    is open.
    """
    folder, job = workspace(), running().jobs.running
    try:
        shown = app.overview(folder, period)
    except PlanError as error:
        today = clock.now().date()
        this = period or Month(today.year, today.month)
        return Frame(folder, this, (), (), "", None, f"方案还不能用：{error}", job=job)
    steps = _steps(shown)
    past_due = clock.now().date() > shown.due and shown.reported.done > 0
    interrupted = not job and app.was_interrupted(folder) and bool(app.inbox_files(folder))
    comes = "collect" if interrupted else _next(steps, past_due=past_due)
    return Frame(
        folder=folder,
        period=shown.period,
        periods=with_shown(app.periods(folder), shown),
        steps=steps,
        next="" if job else comes,
        due=shown.due,
        banner=_banner(shown),
        waiting=shown.waiting,
        interrupted=interrupted,
        job=job,
    )


def render(template: str, period: Period | None = None, **values: Any) -> str:
    """Return a page in its frame; without a period that of the page before, else the current one.

    `step`, where it is given, is the one of the four that the page belongs to. One thing is blue:
    the step that comes next, unless its template says that it has a button of its own (`own_blue`).
    """
    wanted = period or visitor_period()
    around = frame(wanted)
    if period:
        g.period = period
        visitor().period = period
    return render_template(template, frame=around, period=around.period, **values)


def frame_or_none() -> Frame | None:
    """Return the frame for a page about an error, None where there is nothing to be framed."""
    if running().folder is None or "visitor" not in g:
        return None
    try:
        return frame(visitor_period())
    except EduSheetError:
        return None


def _banner(shown: Overview) -> str:
    """Return what holds of all pages now: what is shown is old, or nothing can be recorded."""
    if why := shown.unwritable:
        return f"现在只能看，收取、处理、生成都做不成：{why.message}。{why.hint}"
    return _BANNERS[shown.state]


def visitor_period() -> Period | None:
    """Return the period that this visitor looked at last, in this workspace."""
    return visitor().period


def _next(steps: Sequence[StepLine], *, past_due: bool) -> str:
    """Return the step that comes next: what waits before what is still to come in.

    Once the day is past, what came is summed up, if anything did; who is missing is missing.
    """
    order = ("issue", "wait", "sum", "collect") if past_due else ("issue", "wait", "collect", "sum")
    left = {one.name for one in steps if not one.done}
    return next((name for name in order if name in left), "")


def _steps(shown: Overview) -> tuple[StepLine, ...]:
    issued, reported = shown.issued, shown.reported
    states = [one.state for one in shown.outputs]
    worst = next(
        one for one in (OutputState.OLDER, OutputState.NONE, OutputState.CURRENT) if one in states
    )
    made = _OUTPUTS[worst]
    if worst is OutputState.NONE and OutputState.CURRENT in states:
        made = f"还差{shown.outputs[states.index(worst)].path.stem}"
    # Of a period that is over nobody sends forms to units that have come since.
    over = shown.period.last < shown.current.last
    all_issued = issued.done >= issued.every > 0 or (over and issued.done > 0)
    return (
        StepLine("issue", "①", "下发", f"{issued.done}/{issued.every}份", all_issued),
        StepLine(
            "collect",
            "②",
            "收表",
            f"{reported.done}/{reported.every}已报",
            reported.done >= reported.every > 0,
        ),
        StepLine("wait", "③", "待处理", f"{shown.waiting}份", not shown.waiting),
        StepLine("sum", "④", "汇总", made, worst is OutputState.CURRENT),
    )
