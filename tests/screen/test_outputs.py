"""汇总 and 一览表: outputs are made, listed by numbers and given; the table leads to the returns."""

import pytest

from edu_sheet import app
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, EDUCATION, POLICE, QUARTER
from tests.support.clerk import Clerk


@pytest.fixture
def reported(office: Office) -> Office:
    office.report(POLICE, {5: "=1+1 已完成"})
    return office


def test_outputs_are_made_listed_and_downloaded(clerk: Clerk, reported: Office) -> None:
    page = clerk.get("/p/2022-12/sum")
    assert [one for one in page.buttons if one in ("合并总表", "写调度通报", "写督办单")] == [
        "合并总表",
        "写调度通报",
        "写督办单",
    ]
    merged = clerk.wait(clerk.post("/p/2022-12/merge")).text
    assert "总表已写好" in merged
    assert "④ 汇总 还差调度通报" in merged
    assert "已写好" in clerk.wait(clerk.post("/p/2022-12/report")).text
    assert "督办单" in clerk.wait(clerk.post("/p/2022-12/supervise")).text
    page = clerk.get("/p/2022-12/sum")
    assert {"再合并一次", "用Excel打开", "用Word打开"} <= set(page.buttons)
    assert "④ 汇总 当前" in page.text
    master = app.output_files(reported.root, DECEMBER)[0]
    given = clerk.browser.get(f"/file/2022-12/{master.number}", base_url=clerk.running.origin)
    assert given.data == master.path.read_bytes()
    assert "attachment" in given.headers["Content-Disposition"]


def test_a_file_is_given_by_its_number_alone(clerk: Clerk, reported: Office) -> None:
    assert clerk.get("/file/2022-12/1").status == 400
    for path in ("/file/2022-12/..%2F台账.db", "/file/../存档/1", "/file/2022-12/总表.xlsx"):
        assert clerk.get(path).status == 404


def test_an_output_that_is_open_in_excel_is_told_and_can_be_tried_again(
    clerk: Clerk, reported: Office
) -> None:
    clerk.wait(clerk.post("/p/2022-12/merge"))
    (reported.workspace.results(DECEMBER) / "~$总表.xlsx").write_bytes(b"")
    reported.report(EDUCATION, {1: "甲"})
    page = clerk.wait(clerk.post("/p/2022-12/merge"))
    assert "没有做成" in page.text
    assert "总表.xlsx" in page.text
    assert "再点一次。" in page.text
    assert "再试" in page.buttons


def test_the_table_shows_every_unit_and_leads_to_its_return(clerk: Clerk, reported: Office) -> None:
    page = clerk.get("/matrix")
    assert "县公安局" in page.text
    one = clerk.get(f"/returns/2022-12?unit={POLICE}")
    assert one.path.startswith("/return/")
    assert "=1+1 已完成" in one.text
    missing = clerk.get("/matrix?missing=2022-12")
    assert "2022年12月未报的 5 个单位" in missing.text
    assert "县公安局" not in missing.text
    assert "复制名单" in missing.buttons


def test_a_task_is_closed_and_opened_again_by_clicks(clerk: Clerk, office: Office) -> None:
    page = clerk.post("/p/2022-12/close", task="4", on="2022-12-20", basis="验收材料")
    assert "第4项：2022年12月20日办结" in page.text
    assert "2022年11月、2022年第四季度及以后的总表、总结这样写" in page.text
    assert "恢复督办" in page.buttons
    page = clerk.post("/p/2022-12/reopen", task="4")
    assert "恢复督办，原来的一行保留" in page.text
    assert "没有做成" in clerk.post("/p/2022-12/close", task="99", on="2022-12-20", basis="甲").text


def test_of_a_period_without_forms_nothing_can_be_made(clerk: Clerk) -> None:
    page = clerk.get("/p/2023-05/sum")
    assert "还没有下发" in page.text
    assert "合并总表" not in page.buttons


def test_a_quarter_has_its_slides_its_material_and_its_long_table(
    clerk: Clerk, reported: Office
) -> None:
    clerk.wait(clerk.post("/p/2022Q4/issue"))
    reported.report(EDUCATION, {1: "本季度已完成。"}, QUARTER)
    for path, fields in (
        ("report", {"style": "简"}),
        ("slides", {}),
        ("full-texts", {}),
        ("material", {"unit": EDUCATION}),
        ("export", {}),
    ):
        made = clerk.wait(clerk.post(f"/p/2022Q4/{path}", **fields))
        assert "没有做成" not in made.text, made.text
    page = clerk.get("/p/2022Q4/sum")
    for name in (
        "季度总结.docx",
        "汇报.pptx",
        "资料汇编.docx",
        "书面材料_县教育局.docx",
        "进展长表.xlsx",
    ):
        assert name in page.text
    assert "用PowerPoint打开" in page.buttons
