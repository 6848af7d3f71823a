"""下发: what stands in the folder after `generate`, whatever stood there before."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edu_sheet import form
from edu_sheet.form import layout
from edu_sheet.issue import generate
from edu_sheet.issue.generate import Generated, Outcome
from edu_sheet.kit.files import sha256
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import EduSheetError, OutputError, PeriodError, PlanError
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan, Roster, Unit
from edu_sheet.words.settings import PeriodSettings
from tests.support import builders
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    OCTOBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    SCHOOLS,
    TOWNS,
    UNITS,
)


class Office:
    """A workspace, its ledger and the plan, as the secretariat has them."""

    def __init__(self, workspace: Workspace, ledger: Ledger) -> None:
        self.workspace = workspace
        self.ledger = ledger
        self.plan = builders.small_plan()

    def generate(
        self,
        period: Period = OCTOBER,
        *units: str,
        force: bool = False,
        at: str = "2022-10-08T09:00",
    ) -> list[Generated]:
        return generate.generate(
            self.workspace,
            self.plan,
            self.ledger,
            period,
            units or None,
            force=force,
            now=builders.moment(at),
        )

    def one(self, unit: str, period: Period = OCTOBER, **how: bool) -> Generated:
        [made] = self.generate(period, unit, **how)  # type: ignore[arg-type]  # only `force`
        return made

    def path(self, unit: str, period: Period = OCTOBER) -> Path:
        return self.workspace.form(period, unit)

    def change_by_hand(self, unit: str, text: str = "手写") -> bytes:
        data = builders.fill(self.path(unit).read_bytes(), {1: text})
        self.path(unit).write_bytes(data)
        return data

    def issues(self, unit: str, period: Period = OCTOBER) -> int:
        return len(self.ledger.forms.issued(period, unit))


@pytest.fixture
def office(workspace: Workspace, ledger: Ledger) -> Office:
    return Office(workspace, ledger)


def changed_plan(plan: Plan) -> Plan:
    return builders.with_task(plan, 4, requirements="①新的要求。")


# ---------------------------------------------------------------- whose forms


def test_a_member_with_a_row_of_its_own_stands_with_its_group(office: Office) -> None:
    plan = builders.with_members(office.plan, TOWNS, ["甲镇", "乙镇"])
    own = Roster((*plan.roster.units, Unit("乙镇", mail="yi@example.invalid")))
    office.plan = replace(plan, roster=own)
    units = [one.unit for one in office.generate()]
    assert units.index("乙镇") == units.index("甲镇") + 1
    assert units[-1] != "乙镇"


def test_every_unit_with_a_task_gets_a_form_in_the_rosters_order(office: Office) -> None:
    made = office.generate()
    assert [one.unit for one in made] == list(UNITS)
    assert {one.outcome for one in made} == {Outcome.NEW}
    assert made[0].file == "下发/2022-10/2022-10_县教育局.xlsx"
    files = {path.name for path in office.workspace.issued(OCTOBER).iterdir()}
    assert files == {f"2022-10_{unit}.xlsx" for unit in UNITS}


def test_in_a_quarter_every_lead_unit_gets_one(office: Office) -> None:
    made = office.generate(QUARTER)
    assert [one.unit for one in made] == [EDUCATION, FINANCE, ORGANISATION]
    assert made[0].form.quarterly


def test_each_member_of_a_group_gets_a_form_and_the_group_none(office: Office) -> None:
    office.plan = builders.with_members(office.plan, TOWNS, ["甲镇", "乙乡"])
    units = [one.unit for one in office.generate()]
    assert units == [EDUCATION, FINANCE, ORGANISATION, POLICE, "甲镇", "乙乡", SCHOOLS]
    assert [one.unit for one in office.generate(NOVEMBER, TOWNS)] == ["甲镇", "乙乡"]


def test_units_are_named_by_name_or_alias(office: Office) -> None:
    roster = office.plan.roster
    units = tuple(
        replace(one, aliases=("财政局",)) if one.name == FINANCE else one for one in roster.units
    )
    office.plan = replace(office.plan, roster=replace(roster, units=units))
    assert [one.unit for one in office.generate(OCTOBER, "财政局", POLICE)] == [FINANCE, POLICE]
    assert len(list(office.workspace.issued(OCTOBER).iterdir())) == 2


def test_an_unknown_unit_is_refused_with_the_closest_names(office: Office) -> None:
    with pytest.raises(EduSheetError, match=r"没有单位“县财政”.*是不是：县财政局"):
        office.generate(OCTOBER, "县财政")
    assert not office.workspace.issued(OCTOBER).exists()


def test_a_unit_that_leads_nothing_has_no_quarters_form(office: Office) -> None:
    with pytest.raises(EduSheetError, match="“县公安局”在方案里没有牵头的任务"):
        office.generate(QUARTER, POLICE)


def test_a_period_before_the_plans_first_month_is_refused(office: Office) -> None:
    with pytest.raises(PeriodError, match="2022-09 早于方案的起始月份 2022-10"):
        office.generate(Month(2022, 9))


def test_two_units_whose_files_would_be_one_are_refused(office: Office) -> None:
    office.plan = builders.with_members(office.plan, TOWNS, ["A/镇", "a_镇"])
    with pytest.raises(PlanError, match="同一个文件名"):
        office.generate()


def test_the_json_names_units_files_and_tasks(office: Office) -> None:
    shown = generate.as_json(OCTOBER, office.generate(OCTOBER, FINANCE))
    assert shown == {
        "period": "2022-10",
        "forms": [
            {
                "unit": FINANCE,
                "file": "下发/2022-10/2022-10_县财政局.xlsx",
                "tasks": [
                    {"number": 1, "role": "responsible"},
                    {"number": 2, "role": "responsible"},
                    {"number": 4, "role": "lead"},
                ],
            }
        ],
    }


# ---------------------------------------------------------------- again


def test_generating_again_writes_nothing_and_records_nothing(office: Office) -> None:
    office.generate()
    before = {path: path.stat().st_mtime_ns for path in office.workspace.issued(OCTOBER).iterdir()}
    for force in (False, True):
        again = office.generate(at="2022-10-09T10:00", force=force)
        assert {one.outcome for one in again} == {Outcome.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert office.issues(EDUCATION) == 1


def test_a_file_that_was_deleted_comes_back_as_it_was(office: Office) -> None:
    office.generate()
    data = office.path(FINANCE).read_bytes()
    office.path(FINANCE).unlink()
    [made] = office.generate(OCTOBER, FINANCE, at="2022-11-01T08:00")
    assert made.outcome is Outcome.NEW
    assert office.path(FINANCE).read_bytes() == data
    assert office.issues(FINANCE) == 1


def test_what_a_person_changed_is_kept(office: Office) -> None:
    office.generate()
    data = office.change_by_hand(FINANCE)
    made = office.one(FINANCE)
    assert (made.outcome, made.reason) == (Outcome.KEPT, "该文件下发后被人改动过")
    assert office.path(FINANCE).read_bytes() == data


def test_with_force_what_a_person_changed_goes_to_the_archive_first(office: Office) -> None:
    office.generate()
    data = office.change_by_hand(FINANCE)
    at = builders.moment("2022-10-20T10:11:12").timestamp()
    os.utime(office.path(FINANCE), (at, at))
    made = office.one(FINANCE, force=True)
    assert made.outcome is Outcome.REPLACED
    kept = office.workspace.archive / "2022-10_县财政局_20221020-101112.xlsx"
    assert kept.read_bytes() == data
    assert (
        sha256(office.path(FINANCE).read_bytes())
        == office.ledger.forms.issued(OCTOBER, FINANCE)[-1].sha256
    )
    assert made.form.token == office.ledger.forms.issued(OCTOBER, FINANCE)[0].form.token


def test_two_hands_at_the_same_second_are_both_archived(office: Office) -> None:
    office.generate()
    for data in ("甲".encode(), "乙".encode(), "乙".encode()):
        office.path(FINANCE).write_bytes(data)
        os.utime(office.path(FINANCE), (1_666_000_000, 1_666_000_000))
        assert office.one(FINANCE, force=True).outcome is Outcome.REPLACED
    kept = sorted(path.read_bytes().decode() for path in office.workspace.archive.glob("*.xlsx"))
    assert kept == ["乙", "甲"]


def test_a_changed_task_keeps_the_old_form_and_says_why(office: Office) -> None:
    office.generate()
    office.plan = changed_plan(office.plan)
    outcomes = {one.unit: (one.outcome, one.reason) for one in office.generate()}
    assert outcomes[FINANCE] == (Outcome.KEPT, "本单位的任务有变化")
    assert outcomes[EDUCATION] == (Outcome.KEPT, "本单位的任务有变化")
    assert outcomes[POLICE] == (Outcome.UNCHANGED, "")


def test_with_force_a_changed_task_raises_the_version(office: Office) -> None:
    first = office.one(FINANCE)
    office.plan = changed_plan(office.plan)
    second = office.one(FINANCE, force=True)
    assert (first.form.identity.version, second.form.identity.version) == (1, 2)
    assert second.outcome is Outcome.REPLACED
    assert not list(office.workspace.archive.glob("*.xlsx"))  # the ledger knows what was issued
    assert office.one(FINANCE).outcome is Outcome.UNCHANGED
    assert office.one(FINANCE, NOVEMBER).form.identity.version == 2


def test_a_task_changed_and_changed_back_leaves_an_older_form_as_it_was(office: Office) -> None:
    first = office.one(FINANCE)
    before = office.plan
    office.plan = changed_plan(before)
    assert office.one(FINANCE, NOVEMBER).form.identity.version == 2
    office.plan = before
    again = office.one(FINANCE)
    assert (again.outcome, again.form.token) == (Outcome.UNCHANGED, first.form.token)


def test_a_new_due_date_keeps_the_identity(office: Office) -> None:
    first = office.one(FINANCE)
    office.plan = replace(office.plan, periods={OCTOBER: PeriodSettings(due=date(2022, 11, 3))})
    kept = office.one(FINANCE)
    assert (kept.outcome, kept.reason) == (Outcome.KEPT, "截止日期有变化")
    second = office.one(FINANCE, force=True)
    assert second.form.due == date(2022, 11, 3)
    assert second.form.token == first.form.token
    assert office.issues(FINANCE) == 2


def test_months_and_quarters_count_their_versions_apart(office: Office) -> None:
    office.one(FINANCE)
    assert office.one(FINANCE, QUARTER).form.identity.version == 1


def test_a_file_that_was_never_issued_is_kept(office: Office) -> None:
    path = office.path(FINANCE)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    assert office.one(FINANCE).outcome is Outcome.KEPT
    assert path.read_bytes() == b"mine"
    assert office.one(FINANCE, force=True).outcome is Outcome.REPLACED
    [kept] = office.workspace.archive.glob("*.xlsx")
    assert kept.read_bytes() == b"mine"


@pytest.mark.parametrize("lock", ["~$2022-10_县财政局.xlsx", ".~lock.2022-10_县财政局.xlsx#"])
def test_a_form_open_in_another_program_is_kept_even_with_force(office: Office, lock: str) -> None:
    office.generate()
    data = office.change_by_hand(FINANCE)
    office.path(FINANCE).with_name(lock).write_bytes(b"")
    made = office.one(FINANCE, force=True)
    assert made.outcome is Outcome.KEPT
    assert "正在 Excel 或 WPS 中打开" in made.reason
    assert office.path(FINANCE).read_bytes() == data
    others = office.generate(force=True)
    assert [one.unit for one in others if one.outcome is Outcome.KEPT] == [FINANCE]


# ---------------------------------------------------------------- cut off


def test_cut_off_after_recording_a_new_form_the_next_run_writes_it(office: Office) -> None:
    office.path(FINANCE).mkdir(parents=True)  # nothing can be written in its place
    with pytest.raises(OutputError):
        office.one(FINANCE)
    office.path(FINANCE).rmdir()
    assert office.one(FINANCE).outcome is Outcome.NEW
    assert office.one(FINANCE).outcome is Outcome.UNCHANGED


def test_cut_off_after_recording_a_replacement_the_next_run_writes_it(office: Office) -> None:
    old = office.one(FINANCE)
    office.plan = changed_plan(office.plan)
    data = office.path(FINANCE).read_bytes()
    new = office.one(FINANCE, force=True)
    office.path(FINANCE).write_bytes(data)  # as if killed before the new one was written
    again = office.one(FINANCE)
    assert again.outcome is Outcome.REPLACED
    assert again.form == new.form != old.form
    assert office.issues(FINANCE) == 2
    assert office.one(FINANCE).outcome is Outcome.UNCHANGED


_ENDLESS = """
import sys
from pathlib import Path
from edu_sheet.issue.generate import generate
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from tests.support import builders
workspace = Workspace(Path(sys.argv[1]))
plan = builders.with_members(builders.small_plan(), builders.TOWNS, [f"{n}镇" for n in range(300)])
with Ledger.open(workspace.ledger) as ledger:
    generate(workspace, plan, ledger, builders.OCTOBER, None, force=False, now=builders.CREATED)
"""


def test_killed_at_any_moment_the_next_run_ends_where_it_would_have(office: Office) -> None:
    folder = office.workspace.issued(OCTOBER)
    office.plan = builders.with_members(office.plan, TOWNS, [f"{n}镇" for n in range(300)])
    for enough in (1, 20, 60):
        run = subprocess.Popen([sys.executable, "-c", _ENDLESS, str(office.workspace.root)])
        while run.poll() is None and len(list(folder.glob("*.xlsx"))) < enough:
            time.sleep(0.002)
        run.send_signal(signal.SIGKILL)
        assert run.wait() in (-signal.SIGKILL, 0), "it ended before it could be killed"
    made = office.generate()
    assert {one.outcome for one in made} <= {Outcome.NEW, Outcome.UNCHANGED}
    issued = office.ledger.forms.latest(OCTOBER)
    assert len(made) == len(issued) == 305
    for unit, issue in issued.items():
        data = office.path(unit).read_bytes()
        assert sha256(data) == issue.sha256
        assert form.write(issue.form, issue.id, issue.issued_at) == data
    assert {one.outcome for one in office.generate()} == {Outcome.UNCHANGED}


# ---------------------------------------------------------------- earlier texts


def shown(made: Generated, sheet: str) -> list[tuple[str, ...]]:
    return next(list(one.rows) for one in made.form.earlier if one.name == sheet)


def test_the_first_months_form_shows_no_earlier_texts(office: Office) -> None:
    assert office.one(FINANCE).form.earlier == ()
    assert [sheet.name for sheet in office.one(FINANCE, QUARTER).form.earlier] == [
        layout.QUARTER_SHEET
    ]


def test_a_months_form_shows_the_units_own_texts_of_the_month_before(office: Office) -> None:
    office.one(FINANCE, OCTOBER)
    builders.report(office.ledger, FINANCE, OCTOBER, {1: "旧"}, at=builders.moment("2022-10-28"))
    builders.report(office.ledger, FINANCE, OCTOBER, {1: "=新\n二行", 4: "牵头"})
    builders.report(office.ledger, EDUCATION, OCTOBER, {1: "别人的"})
    made = office.one(FINANCE, NOVEMBER)
    assert shown(made, layout.EARLIER_SHEET) == [
        ("1", "坚持教育优先发展战略地位。", "责任", "=新\n二行"),
        ("2", "第2项目标任务。", "责任", "（未报）"),
        ("4", "第4项目标任务。", "牵头", "牵头"),
    ]


def test_a_quarters_form_shows_month_by_month_what_each_unit_said(office: Office) -> None:
    for month in QUARTER.months:
        office.one(ORGANISATION, month)
    builders.report(office.ledger, ORGANISATION, OCTOBER, {2: "牵头十月"})
    builders.report(office.ledger, FINANCE, OCTOBER, {2: "责任十月"})
    builders.report(office.ledger, FINANCE, DECEMBER, {2: "责任十二月", 1: "别的任务"})
    made = office.one(ORGANISATION, QUARTER)
    assert shown(made, layout.QUARTER_SHEET) == [
        ("2", "第2项目标任务。", ORGANISATION, "牵头", "10月", "牵头十月"),
        ("2", "第2项目标任务。", ORGANISATION, "牵头", "11月、12月", "（未报）"),
        ("2", "第2项目标任务。", EDUCATION, "责任", "10月、11月、12月", "（未报）"),
        ("2", "第2项目标任务。", FINANCE, "责任", "10月", "责任十月"),
        ("2", "第2项目标任务。", FINANCE, "责任", "11月", "（未报）"),
        ("2", "第2项目标任务。", FINANCE, "责任", "12月", "责任十二月"),
    ]


def test_a_month_that_was_never_issued_is_not_shown_as_unreported(office: Office) -> None:
    made = office.one(ORGANISATION, QUARTER)
    assert made.form.earlier == ()
    office.one(ORGANISATION, DECEMBER)
    made = office.one(ORGANISATION, QUARTER, force=True)
    assert {said[4] for said in shown(made, layout.QUARTER_SHEET)} == {"12月"}
    assert [one.name for one in made.form.earlier] == [layout.QUARTER_SHEET]


def test_the_second_quarters_form_shows_the_quarter_before_too(office: Office) -> None:
    office.one(FINANCE, QUARTER)
    builders.report(office.ledger, FINANCE, QUARTER, {4: "四季度"})
    made = office.one(FINANCE, Month(2023, 3).quarter)
    assert shown(made, layout.EARLIER_SHEET) == [("4", "第4项目标任务。", "牵头", "四季度")]


def test_a_text_that_came_in_later_keeps_the_form_until_it_is_forced(office: Office) -> None:
    office.one(FINANCE, OCTOBER)
    first = office.one(FINANCE, NOVEMBER)
    builders.report(office.ledger, FINANCE, OCTOBER, {1: "迟报"})
    kept = office.one(FINANCE, NOVEMBER)
    assert (kept.outcome, kept.reason) == (Outcome.KEPT, "以前各期的进展有更新")
    second = office.one(FINANCE, NOVEMBER, force=True)
    assert second.form.token == first.form.token
    assert second.form.earlier != first.form.earlier
