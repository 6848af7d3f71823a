"""An answer out of a box that several units share, which does not say of which of them it is."""

from pathlib import Path

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.words.returns import Came, State
from tests.mail.test_answers import collected, form_beside, letter
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE
from tests.support.letters import text
from tests.support.post import ADDRESSES, mail_settings, parsed, workspace
from tests.support.session import Session

BOX = "banzi@xian.test"
SHARED = {**ADDRESSES, FINANCE: BOX, POLICE: BOX}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办", SHARED, mail_settings())


def states(session: Session) -> dict[str, State]:
    return {one.unit: one.state for one in app.status(session.folder, DECEMBER).units}


def test_each_unit_that_may_have_sent_it_waits_and_nobody_else(session: Session) -> None:
    (found,) = collected(session, letter(text("本月整改22处。"), sender=BOX))
    assert (found["verdict"], found["unit"]) == ("attention", None)
    waits = {unit for unit, state in states(session).items() if state is State.ATTENTION}
    assert waits == {FINANCE, POLICE}
    assert states(session)[EDUCATION] is State.MISSING
    out = session("status", "2022-12").out
    assert "待处理 2" in out
    assert (
        f"可能已报、还没有核实是谁报的（几个单位共用邮箱、只有文件名写明单位等）：{FINANCE}、{POLICE}"
        in out
    )
    assert "另有 1 份文件不能确定单位或期次" in out


def test_all_that_is_printed_counts_them_as_status_does(session: Session) -> None:
    collected(session, letter(text("本月整改22处。"), sender=BOX))
    assert session("merge", "2022-12").status in (0, 1)
    book = openpyxl.load_workbook(session.folder / "成果/2022-12/总表.xlsx")
    said = {name: str([*book[name].values]) for name in book.sheetnames}
    assert f"{FINANCE}（可能已报，待核实）" in said["一览"]
    assert f"{FINANCE}（可能已报，待核实）" in said["未报送单位"] + said["一览"]
    report = session("report", "2022-12")
    assert report.status in (0, 1), report.err
    session("mail", "2022-12", "--remind")
    (reminder,) = session.folder.rglob("催报_2022-12_县公安局.eml")
    body = parsed(reminder.read_bytes()).get_body()
    assert body is not None
    assert "收到一份可能是贵单位2022年12月的报送" in body.get_content()
    assert "至今没有收到" not in body.get_content()


def test_a_unit_that_has_reported_stays_as_it_is(session: Session) -> None:
    filled = form_beside(session, dict.fromkeys((1, 2, 4), "已办。"))
    collected(session, letter(text("见附件"), filled, sender=BOX), "表.eml")
    collected(session, letter(text("本月整改22处。"), sender=BOX))
    assert states(session)[FINANCE] is State.RETURNED
    assert states(session)[POLICE] is State.ATTENTION


def test_once_a_person_has_decided_the_others_are_missing_again(session: Session) -> None:
    (found,) = collected(session, letter(text("本月整改22处。"), sender=BOX))
    session("resolve", found["id"], "--unit", POLICE, "--period", "2022-12")
    units = {one.unit: one for one in app.status(session.folder, DECEMBER).units}
    assert units[FINANCE].state is State.MISSING
    assert units[POLICE].came is Came.MAIL
    session("resolve", found["id"], "--reject")
    assert State.ATTENTION not in states(session).values()


def test_the_screen_leads_from_the_unit_to_what_may_be_its_own(session: Session) -> None:
    (found,) = collected(session, letter(text("本月整改22处。"), sender=BOX))
    (may_be,) = app.returns_of(session.folder, POLICE, DECEMBER)
    assert may_be.id == found["id"]
    assert app.returns_of(session.folder, EDUCATION, DECEMBER) == ()
