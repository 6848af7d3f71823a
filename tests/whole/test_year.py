"""A whole year: every text ever typed stands where it belongs, or is told; none anywhere else.

Twelve months and four quarters, in which units are renamed, split, dissolved and get members,
tasks are reworded, added, dropped and renumbered, forms are issued again, come back late, in the
wrong month, empty or with answers beside the table, are corrected, and the clerk edits masters.
What must stand is known from what people did (`tests/support/chronicle.py`).
"""

import csv
import io
import os
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.kit import clock
from edu_sheet.plan.keys import of_unit
from edu_sheet.plan.layout import as_issued
from edu_sheet.words.columns import LIAISON, PLAN_COLUMNS
from edu_sheet.words.period import Month, parse_period
from edu_sheet.words.plan import Plan, Roster, Unit
from edu_sheet.words.settings import Settings
from tests.support import builders
from tests.support.builders import moment
from tests.support.chronicle import Chronicle, Where, feeding
from tests.support.printed import (
    Standing,
    in_details,
    in_history,
    in_sheet,
    in_summary,
    quoted,
    tokens,
)
from tests.support.session import Said
from tests.support.year import Year

MONTHS = [str(Month(2022, 10).plus(ahead)) for ahead in range(12)]
QUARTERS = ("2022Q4", "2023Q1", "2023Q2", "2023Q3")
SEEDS = tuple(range(int(os.environ.get("YEARS", "1"))))

JIAO, CAI, ZU, GONG, XIANG, XIAO, WEI, SHUI, WEN, REN = UNITS = (
    "县教育局",
    "县财政局",
    "县委组织部",
    "县公安局",
    "各乡镇党委、政府",
    "各中小学校",
    "县卫健局",
    "县水利局",
    "县文旅局",
    "县人社局",
)
TOWNS = ("东河镇", "西山乡")  # of XIANG, once it is a group
TASKS = (  # 目标任务, 具体要求, 牵头部门, 责任部门
    ("健全教育督导工作机制。", "①配齐督学队伍。②公开督查结果。", (JIAO,), (CAI, ZU, XIANG)),
    ("扩大幼儿园普惠学位。", "①新建公办园两所。②规范民办园收费。", (JIAO,), (CAI, XIANG, XIAO)),
    ("保障学校食堂饮食安全。", "①明厨亮灶全覆盖。②餐饮从业者持证上岗。", (WEI,), (XIAO, GONG)),
    ("整治校车运行隐患。", "①逐车查验建档。②更换老旧车辆。", (GONG,), (XIAO, XIANG)),
    ("办好体育场馆开放。", "①双休日向公众开放。②购买意外保险。", (WEN,), (XIAO, CAI)),
    ("推动职教产教融合。", "①共建实训基地。②订单培养技工。", (REN, JIAO), (CAI, WEN)),
    ("加强师德师风建设。", "①签订承诺书。②评选优秀教师。", (ZU,), (JIAO, XIAO, REN)),
    ("落实生均经费标准。", "①按时足额拨付。②专户管理台账。", (CAI,), (JIAO, SHUI)),
    ("改善农村学校水质。", "①更新净化设备。②每季送检水样。", (SHUI,), (XIANG, WEI)),
    ("开展防汛防溺宣传。", "①设置警示标牌。②组织家长巡河。", (XIANG,), (SHUI, GONG, XIAO)),
)
TOPICS = ("督导", "幼儿", "食堂", "校车", "体育", "职教", "师德", "经费", "水质", "防汛", "阅读")


def topic(goal: object) -> str:
    """Return the task that a wording is of, whatever its number."""
    (found,) = [one for one in TOPICS if one in str(goal)]
    return found


def the_plan() -> Plan:
    tasks = tuple(
        builders.task(number, leads, helping, goal=goal, requirements=requirements)
        for number, (goal, requirements, leads, helping) in enumerate(TASKS, 1)
    )
    settings = Settings(
        title="教育重点任务分工方案",
        doc_number="某教小组发〔2022〕1号",
        issuer="中共某县委教育工作领导小组",
        issued=date(2022, 9, 28),
        first_month=Month(2022, 10),
    )
    roster = Roster(tuple(Unit(name, key=of_unit(name)) for name in UNITS))
    return Plan(
        settings, roster, tasks, columns=as_issued(PLAN_COLUMNS, (), {LIAISON: "牵头联络股室"})
    )


class Clock:
    """The time that the test gives: a day, and a minute more at each look."""

    def __init__(self) -> None:
        self._moment = moment("2022-10-01T09:00")

    def __call__(self) -> datetime:
        self._moment += timedelta(minutes=1)
        return self._moment

    def on(self, day: str) -> None:
        self._moment = moment(f"{day}T09:00")


class Office:
    """The clerk, the units, and what each of them did."""

    def __init__(self, folder: Path, clock: Clock, seed: int) -> None:
        self.year = Year(folder, the_plan())
        self.clock, self.dice = clock, random.Random(seed)
        self.book = Chronicle()
        self.names: dict[str, list[str]] = {unit: [unit] for unit in UNITS}  # of then, … now
        self.forms: dict[tuple[str, str], bytes] = {}  # by period and unit: the newest one
        self.keys: dict[str, str] = {}  # of tasks that left the plan
        self.told: list[str] = []
        self.late: list[tuple[str, str]] = []  # period and unit

    # ---------------------------------------------------------------- the program

    def run(self, *words: object) -> Said:
        said = self.year.ok(*words)
        self.told += [said.out, said.err]
        return said

    def collect(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.run("collect", "--json").json["submissions"]
        for note in (self.year.folder / "待处理").glob("*.txt"):
            self.told.append(note.read_text(encoding="utf-8-sig"))
        return found

    def generate(self, period: str, *words: object) -> None:
        self.run("generate", period, *words)
        for unit, names in self.names.items():
            path = self.year.folder / "下发" / period / f"{period}_{names[-1]}.xlsx"
            if path.exists():
                self.forms[period, unit] = path.read_bytes()

    # ---------------------------------------------------------------- the units

    def asked(self, period: str) -> list[str]:
        return [unit for issued, unit in self.forms if issued == period]

    def send(
        self,
        period: str,
        unit: str,
        *,
        meant: str | None = None,
        only: int | None = None,
        form: bytes | None = None,
        beside: bool = False,
    ) -> list[str]:
        """Fill in a form and put it into 收件箱; return the tokens of the texts in it.

        They are `meant` for another period, go to `only` so many tasks, or stand `beside` the
        table.
        """
        book: Any = openpyxl.load_workbook(io.BytesIO(form or self.forms[period, unit]))
        sheet = book["填报表"]
        grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
        asked = {"进展情况", "进展成效"}  # of a month, of a quarter
        head = next(at for at, row in enumerate(grid) if "序号" in row and asked & set(row))
        goal = grid[head].index("目标任务")
        progress = next(at for at, text in enumerate(grid[head]) if text in asked)
        lines = [at for at, row in enumerate(grid) if at > head and str(row[0]).isdecimal()]
        chosen = [at for at in lines if self.dice.random() < 0.85] or lines[:1]
        if only is not None:
            chosen = self.dice.sample(lines, min(only, len(lines)))
        written = []
        for at in chosen:
            token, text = self.book.text(Where(meant or period, unit, topic(grid[at][goal])))
            cell = sheet.cell(at + 1, len(grid[head]) + 3 if beside else progress + 1)
            cell.value = text
            written.append(token)
        self.drop(f"{period}_{self.names[unit][-1]}_{self.dice.randint(0, 999):03}.xlsx", book)
        return written

    def drop(self, name: str, book: Any) -> None:
        book.save(self.year.folder / "收件箱" / name)

    def taken(self, written: Iterable[str]) -> None:
        for token in written:
            self.book.taken(token)

    def return_all(self, period: str, units: Iterable[str]) -> None:
        for unit in units:
            written = self.send(period, unit)
            (one,) = self.collect()
            assert one["verdict"] == "accepted", one
            self.taken(written)

    def correct(self, period: str, unit: str, *, only: int = 2) -> None:
        """Send a form once more with other texts; the clerk confirms it where she is asked."""
        written = self.send(period, unit, only=only)
        (one,) = self.collect()
        if one["verdict"] == "attention":
            (one,) = self.run("resolve", one["id"], "--accept", "--json").json["submissions"]
        assert one["verdict"] == "accepted", one
        self.taken(written)

    # ---------------------------------------------------------------- the clerk's masters

    def edit_master(self, period: str, change: Callable[[Any], None]) -> None:
        path = self.year.master(period)
        book: Any = openpyxl.load_workbook(path)
        change(book["总表"])
        book.save(path)
        self.run("merge", period)

    def polish(self, period: str) -> None:
        """Add words of hers behind a text of a master."""
        printed = self.book.prints(period, self.dropped)
        source = self.dice.choice(sorted(printed, key=repr))
        where = Where(period, source.unit, source.task)
        token, text = self.book.text(where, "（核）")
        last = printed[source][-1]

        def change(sheet: Any) -> None:
            for row in sheet.iter_rows(min_row=4):
                if last in str(row[3].value) and not str(row[1].value).startswith("〔"):
                    lines = row[3].value.split("\n")
                    at = next(at for at, line in enumerate(lines) if last in line)
                    lines[at] += text
                    row[3].value = "\n".join(lines)

        self.edit_master(period, change)
        self.book.polished(where, token, printed[source])

    def blank(self, period: str) -> None:
        """Delete a unit's text in a master; its label stays."""
        printed = self.book.prints(period, self.dropped)
        where = self.dice.choice(sorted(printed, key=repr))

        def change(sheet: Any) -> None:
            for row in sheet.iter_rows(min_row=4):
                text = str(row[3].value)
                if printed[where][0] in text and not str(row[1].value).startswith("〔"):
                    lines = text.split("\n")
                    row[3].value = "\n".join(
                        "" if printed[where][0] in line else line for line in lines
                    )

        self.edit_master(period, change)
        self.book.blanked(Where(period, where.unit, where.task))

    def sort(self, period: str) -> None:
        """Sort a master over its visible columns: the hidden keys stay behind."""

        def change(sheet: Any) -> None:
            rows = [[cell.value for cell in row[:7]] for row in sheet.iter_rows(min_row=4)]
            for row, values in enumerate(reversed(rows), 4):
                for column, value in enumerate(values, 1):
                    sheet.cell(row, column).value = value

        self.edit_master(period, change)

    # ---------------------------------------------------------------- the plan

    def plan_rows(self) -> dict[str, tuple[int, str, str]]:
        """Return 序号, 目标任务 and key of the tasks that the plan has now."""
        sheet: Any = openpyxl.load_workbook(self.year.plan)["分工方案"]
        return {
            topic(row[1]): (int(row[0]), row[1], row[7] or "")
            for row in sheet.iter_rows(min_row=4, values_only=True)
            if row[1]
        }

    @property
    def dropped(self) -> set[str]:
        return set(TOPICS) - set(self.plan_rows())

    def rename(self, unit: str, name: str, *, alias: bool) -> None:
        self.year.rename(self.names[unit][-1], name, alias=alias)
        self.names[unit].append(name)

    def task_row(self, which: str, **texts: str) -> None:
        columns = {"goal": 2, "requirements": 3, "leads": 5, "responsible": 6}

        def change(sheet: Any) -> None:
            for row in sheet.iter_rows(min_row=4):
                if row[1].value and which in row[1].value:
                    for field, text in texts.items():
                        sheet.cell(row[0].row, columns[field]).value = text

        self.year.edit("分工方案", change)

    # ---------------------------------------------------------------- what must hold

    def named(self, where: Where, name: str) -> bool:
        return name in self.names[where.unit]

    def in_place(self, period: str, one: Standing) -> None:
        """Hold that a text stands under its own task, unit and period."""
        where = self.book.typed[one.token]
        assert topic(one.goal) == where.task, (period, one, where)
        assert self.named(where, one.unit), (period, one, where)
        assert where.period in feeding(period), (period, one, where)

    def same(self, found: list[str], wanted: list[str], *what: str) -> None:
        """Hold that these tokens stand there, each once."""
        missing = {one: self.book.typed[one] for one in wanted if one not in found}
        beyond = {one: self.book.typed[one] for one in found if one not in wanted}
        assert not missing, (what, missing)
        assert not beyond, (what, beyond)
        assert len(found) == len(set(found)), what

    def holds_master(self, period: str) -> None:
        wanted = self.book.prints(period, self.dropped)
        expected = [token for printed in wanted.values() for token in printed]
        for name in ("总表", "打印版"):
            found = list(in_sheet(self.year.master(period), name))
            for one in found:
                self.in_place(period, one)
            self.same([one.token for one in found if not one.waits], expected, period, name)
        path = self.year.master(period)
        for one, told in [*in_details(path), *in_history(path)]:
            where = self.book.typed[one.token]
            assert where.task in one.goal, (period, one, where)
            assert self.named(where, one.unit), (period, one, where)
            assert told == parse_period(where.period).label, (period, one, told, where)

    def holds_summary(self, period: str) -> None:
        wanted = self.book.prints(period, self.dropped)
        sheet: Any = openpyxl.load_workbook(self.year.plan)["分工方案"]
        rows = {topic(row[1]): row for row in sheet.iter_rows(4, values_only=True)}

        def leads(unit: str, task: str) -> bool:
            """Return whether a unit leads a task by the plan, or did and is not in it any more."""
            called = [*self.names[unit], *([XIANG] if unit in TOWNS else [])]
            now, responsible = (rows[task][column] or "" for column in (4, 5))
            did = any(unit in led for goal, _, led, _ in TASKS if task in goal)
            if any(name in now for name in called):
                return True
            return did and not any(name in responsible for name in called)

        behind = self.book.monthly(period, self.dropped, leads)
        wanted |= behind
        goals = {number: goal for number, goal, _ in self.plan_rows().values()}
        path = self.year.folder / "成果" / period / "季度总结.docx"
        found = list(in_summary(path, goals))
        for one in found:
            where = self.book.typed[one.token]
            if not one.unit:  # the words of a task's only lead
                self.in_place(period, replace(one, unit=rows[where.task][4]))
            else:
                self.in_place(period, one)
            source = next(place for place, printed in wanted.items() if one.token in printed)
            if not self.book.places[source].standing:  # hers alone, upon what a month said
                source = replace(source, period=self.book.typed[wanted[source][0]].period)
            if "Q" in source.period:
                assert "月报送" not in one.note, (period, one, source)
            elif not period_is_last(source.period, period) or source in behind:
                assert f"{int(source.period[5:])}月报送" in one.note, (period, one, source)
        expected = [token for printed in wanted.values() for token in printed]
        self.same([one.token for one in found], expected, period, "季度总结")

    def holds_export(self, period: str) -> None:
        numbers = {name: str(number) for name, (number, _, _) in self.plan_rows().items()}
        found: dict[str, Where] = {}
        for row in csv.DictReader(io.StringIO(self.run("export", period).out)):
            for token in tokens(row["text"]):
                where = self.book.typed[token]
                assert row["period"] == where.period == period, row
                assert self.named(where, row["unit"]), row
                assert row["task"] == (numbers | self.keys)[where.task], row
                assert token not in found, row
                found[token] = where
        assert found == self.book.exported(period)

    def holds(self, periods: Iterable[str]) -> None:
        for period in periods:
            self.run("merge", period)
            self.holds_master(period)
            self.holds_export(period)
            if "Q" in period:
                self.run("report", period, "--style", "详")
                self.holds_summary(period)

    def nothing_is_silent(self, periods: Iterable[str]) -> None:
        """Hold that what does not stand is told: on the terminal, in 待处理, or in a master."""
        stand: set[str] = set()
        for period in periods:
            stand |= set(self.book.exported(period))
            for printed in self.book.prints(period, set()).values():
                stand |= set(printed)
            self.told.append(quoted(self.year.master(period)))
        told = set(tokens("\n".join(self.told)))
        silent = [one for one in self.book.typed if one not in stand | told]
        assert not silent, [(one, self.book.typed[one]) for one in silent]


def period_is_last(month: str, quarter: str) -> bool:
    return feeding(quarter)[1] == month


# ---------------------------------------------------------------- what happened, month by month


def before_forms(office: Office, month: str) -> None:
    """What the clerk changed in the plan before the forms of a month went out."""
    year = office.year
    if month == "2023-01":
        office.rename(GONG, "县应急管理局", alias=False)
    elif month == "2023-02":
        office.keys["校车"] = office.plan_rows()["校车"][2]
        drop_task(office, "校车")
    elif month == "2023-03":
        office.rename(WEN, "县文化旅游局", alias=True)
        renumber(office)
    elif month == "2023-04":
        year.roster({XIANG: {"是否集体称谓": "是", "成员单位": "、".join(TOWNS)}})
        office.names |= {name: [name] for name in TOWNS}
    elif month == "2023-05":
        office.task_row("职教", leads=CAI, responsible=f"{REN}、{JIAO}")
        office.task_row("师德", goal="加强新时代师德师风长效建设。")
    elif month == "2023-07":
        dissolve(office, WEI, heir=CAI)
    elif month == "2023-08":
        split(office, SHUI, "县水务一局", "县水务二局")
    elif month == "2023-09":
        office.rename(REN, "县人社和就业局", alias=True)
        renumber(office)


def drop_task(office: Office, which: str) -> None:
    def change(sheet: Any) -> None:
        rows = list(sheet.iter_rows(min_row=4))
        sheet.delete_rows(next(r[0].row for r in rows if r[1].value and which in r[1].value))

    office.year.edit("分工方案", change)


def add_task(office: Office) -> None:
    row = (
        11,
        "培育书香校园阅读风气。",
        "①建设班级图书角。②举办读书节。",
        "",
        JIAO,
        f"{ZU}、{XIAO}",
    )
    office.year.edit("分工方案", lambda sheet: sheet.append([*row, "县教育局办公室"]))


def renumber(office: Office) -> None:
    """Give the tasks other numbers, and put the rows in their order, keys included."""

    def change(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if row[1].value]
        office.dice.shuffle(rows)
        for number, values in enumerate(rows, 1):
            for column, value in enumerate([number, *values[1:]], 1):
                sheet.cell(number + 3, column).value = value

    office.year.edit("分工方案", change)


def dissolve(office: Office, unit: str, heir: str) -> None:
    def without(sheet: Any) -> None:
        rows = list(sheet.iter_rows(min_row=3))
        sheet.delete_rows(next(row[0].row for row in rows if row[0].value == unit))

    def pass_on(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=4, min_col=5, max_col=6):
            for cell in row:
                others = [one for one in str(cell.value or "").split("、") if one != unit]
                cell.value = "、".join(others) or heir

    office.year.edit("单位名录", without)
    office.year.edit("分工方案", pass_on)


def split(office: Office, unit: str, first: str, second: str) -> None:
    """Two units come of one; the first keeps its row."""

    def change(sheet: Any) -> None:
        row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == unit)
        sheet.append([second, *(cell.value for cell in row[1:7])])
        row[0].value = first

    office.year.edit("单位名录", change)
    office.year.tasks(unit, f"{first}、{second}")
    office.names[unit].append(first)
    office.names[second] = [second]


def after_forms(office: Office, month: str) -> set[str]:
    """What came before the other returns; the units that are done with the month."""
    office.clock.on(f"{month}-12")
    before = MONTHS[MONTHS.index(month) - 1]
    if month in ("2022-11", "2023-06"):  # this month's answer on last month's form
        written = office.send(before, CAI, meant=month)
        (one,) = office.collect()
        assert one["verdict"] == "attention"
        office.run("resolve", one["id"], "--unit", CAI, "--period", month)
        office.taken(written)
        return {CAI}
    if month == "2022-12":  # empty, and answers beside the table: taken, and rejected
        empty = openpyxl.load_workbook(io.BytesIO(office.forms[month, REN]))
        office.drop("空表.xlsx", empty)
        (one,) = office.collect()
        assert [found["code"] for found in one["findings"]] == ["blank_form"]
        beside(office, month, WEN, take=True)
        beside(office, month, ZU, take=False)
        return {REN, WEN, ZU}
    if month in ("2023-02", "2023-07"):  # issued again after some have answered
        office.return_all(month, [JIAO, XIAO])
        old = dict(office.forms)
        if month == "2023-02":
            add_task(office)
        office.task_row("经费", requirements="①按时足额拨付到校。②专户管理台账清晰。")
        office.generate(month, "--force")
        written = office.send(month, CAI, form=old[month, CAI])  # she had filled in the old one
        (one,) = office.collect()
        assert one["verdict"] == "accepted", one
        office.taken(written)
        return {CAI, XIAO}
    return set()


def beside(office: Office, month: str, unit: str, *, take: bool) -> None:
    written = office.send(month, unit, only=1, beside=True)
    (one,) = office.collect()
    (stray,) = [found for found in one["findings"] if found["severity"] == "error"]
    if take:
        number = office.plan_rows()[office.book.typed[written[0]].task][0]
        office.run("resolve", one["id"], "--take", stray["place"], "--task", number)
        office.taken(written)
    else:
        office.run("resolve", one["id"], "--reject")


def one_month(office: Office, month: str) -> None:
    office.clock.on(f"{month}-05")
    before_forms(office, month)
    office.run("check")
    office.generate(month)
    done = after_forms(office, month)
    office.clock.on(f"{month}-20")
    rest = [unit for unit in office.asked(month) if unit not in done]
    late = office.dice.sample(rest, 2)
    silent = office.dice.sample([unit for unit in rest if unit not in late], 1)
    office.return_all(month, [unit for unit in rest if unit not in [*late, *silent]])
    office.clock.on(f"{month}-27")
    office.run("merge", month)
    office.polish(month)
    if month[-1] in "258":
        office.blank(month)
    if month[-1] in "147":
        office.sort(month)
    office.late = [(month, unit) for unit in late]


def month_after(month: str) -> Month:
    year, number = map(int, month.split("-"))
    return Month(year, number).plus(1)


def after_a_month(office: Office, month: str) -> None:
    """Late returns, and corrections of what has been merged and edited."""
    office.clock.on(f"{month_after(month)}-02")
    for period, unit in office.late:
        office.return_all(period, [unit])
    on_time = [unit for unit in office.asked(month) if (month, unit) not in office.late]
    for unit in office.dice.sample(on_time, 2):
        office.correct(month, unit)


def one_quarter(office: Office, quarter: str) -> None:
    """The lead units' material, the summary, and what is corrected after it was printed."""
    office.generate(quarter)
    leads = office.asked(quarter)
    office.return_all(quarter, office.dice.sample(leads, len(leads) // 2))
    office.holds([quarter])
    office.polish(quarter)
    office.blank(quarter)
    month = feeding(quarter)[1]
    office.correct(month, office.dice.choice(office.asked(month)))
    office.holds([quarter])


@pytest.mark.once
@pytest.mark.parametrize("seed", SEEDS)
def test_after_a_year_every_text_stands_in_its_place_or_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    time = Clock()
    monkeypatch.setattr(clock, "now", time)
    office = Office(tmp_path / "督办", time, seed)
    for at, month in enumerate(MONTHS):
        one_month(office, month)
        after_a_month(office, month)
        if at % 3 == 2:
            one_quarter(office, QUARTERS[at // 3])
    periods = [*MONTHS, *QUARTERS]
    office.holds(periods)
    office.nothing_is_silent(periods)
