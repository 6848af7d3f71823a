"""方案和设置, 邮件: what stands in the plan is entered by forms, letters are shown before they go."""

import keyring
import openpyxl
import pytest
from keyring.backend import KeyringBackend

from edu_sheet import app
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE
from tests.support.clerk import Clerk


class Kept(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has types for a part of it
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.passwords[service, username]


def test_aliases_and_addresses_are_entered_in_the_workbook(clerk: Clerk, office: Office) -> None:
    page = clerk.post("/settings/alias", unit=FINANCE, alias="财政局")
    assert "“财政局”都算“县财政局”。" in page.text
    page = clerk.post("/settings/address", unit=FINANCE, address="cz@xian.test")
    assert page.path == "/settings"
    unit = app.known_plan(office.root).plan.roster.get(FINANCE)
    assert unit
    assert (unit.aliases, unit.mail) == (("财政局",), "cz@xian.test")
    assert "没有做成" in clerk.post("/settings/address", unit=FINANCE, address="不是邮箱").text
    typed = {"unit": [EDUCATION, FINANCE, POLICE], "address": ["jy@xian.test", "cz@xian.test", ""]}
    page = clerk.post("/settings/address", **typed)
    assert "“县教育局”的邮箱：jy@xian.test。" in page.text
    assert "县财政局”的邮箱：" not in page.text
    assert "邮箱没有改动。" in clerk.post("/settings/address", **typed).text


def test_a_unit_that_forms_went_out_to_is_no_alias_and_another_is_joined_after_a_look(
    clerk: Clerk, office: Office
) -> None:
    page = clerk.post("/settings/alias", unit=FINANCE, alias=POLICE)
    assert "“县公安局”自己是一个报送单位，不能当作“县财政局”的别名" in page.text
    assert "2022年11月、2022年12月 的填报表" in page.text
    page = clerk.post("/settings/alias", unit=FINANCE, alias=POLICE, sure="1")
    assert "没有做成" in page.text, "nor where the look was passed by"
    clerk.post("/settings/members", unit=POLICE, members="东河镇、东河镇、西河镇")
    page = clerk.post("/settings/alias", unit=FINANCE, alias="西河镇")
    assert "“西河镇”现在是另一个单位" in page.text
    roster = app.known_plan(office.root).plan.roster
    assert roster.reporters(POLICE) == ("东河镇", "西河镇"), "each once, and nothing joined yet"


def test_a_groups_member_without_a_row_gets_one_for_its_address(
    clerk: Clerk, office: Office
) -> None:
    clerk.post("/settings/members", unit=POLICE, members="东河镇、西河镇")
    assert 'aria-label="西河镇的邮箱"' in clerk.get("/settings").html
    typed = {"unit": [POLICE, "东河镇", "西河镇"], "was": [""] * 3}
    page = clerk.post("/settings/address", address=["", "", "xihe@xian.test"], **typed)
    assert "“西河镇”的邮箱：xihe@xian.test。" in page.text
    roster = app.known_plan(office.root).plan.roster
    assert [(one.name, one.mail) for one in roster.units][-1] == ("西河镇", "xihe@xian.test")
    assert roster.reporters(POLICE) == ("东河镇", "西河镇")


def test_two_windows_that_fill_in_addresses_lose_nothing_of_each_other(
    clerk: Clerk, office: Office
) -> None:
    both = {"unit": [EDUCATION, FINANCE], "was": ["", ""]}  # as either window shows them
    clerk.post("/settings/address", address=["jy@xian.test", ""], **both)
    page = clerk.post("/settings/address", address=["", "cz@xian.test"], **both)
    assert "“县财政局”的邮箱：cz@xian.test。" in page.text
    found = {one.name: one.mail for one in app.known_plan(office.root).plan.roster.units}
    assert (found[EDUCATION], found[FINANCE]) == ("jy@xian.test", "cz@xian.test")
    page = clerk.post("/settings/address", address=["other@xian.test", ""], **both)
    assert "“县教育局”这一格刚在别处改过，现在是：jy@xian.test。" in page.text


def test_the_plan_is_checked_and_its_deadlines_are_looked_for_by_clicks(clerk: Clerk) -> None:
    assert "分工方案没有错误（5 项任务）" in clerk.wait(clerk.post("/settings/check")).text
    assert "时限节点：" in clerk.wait(clerk.post("/settings/deadlines")).text
    assert "没有要补登记的" in clerk.wait(clerk.post("/settings/repair")).text


def test_an_open_plan_stops_what_writes_it_and_is_named(clerk: Clerk, office: Office) -> None:
    (office.root / "~$分工方案.xlsx").write_bytes(b"")
    page = clerk.post("/settings/alias", unit=FINANCE, alias="财政局")
    assert "没有做成" in page.text
    assert "分工方案.xlsx" in page.text
    assert '<button class="primary">再试</button>' in page.html
    page = clerk.post("/settings/alias", unit=FINANCE, alias=FINANCE)
    assert "<h1>没有做成</h1>" in page.html
    assert page.html.count('"primary">') == 0, "the same would fail again"
    assert 'class="button primary"' in page.html


def test_reminders_are_shown_drafted_and_noted_as_sent(clerk: Clerk, office: Office) -> None:
    clerk.post("/settings/address", unit=POLICE, address="gaj@xian.test")
    clerk.post("/settings/address", unit=EDUCATION, address="jyj@xian.test")
    office.report(POLICE, {5: "已完成。"})
    page = clerk.get("/p/2022-12/mail?kind=reminder")
    assert "jyj@xian.test" in page.text
    assert "gaj@xian.test" not in page.text
    assert "没有写邮件的单位" in page.text
    drafted = clerk.wait(clerk.post("/p/2022-12/mail/draft", kind="reminder"))
    assert "已写成 1 封草稿" in drafted.text
    noted = clerk.wait(clerk.post("/p/2022-12/mail/sent", kind="reminder"))
    assert "已记下：1 封由您发出" in noted.text


def test_once_more_is_for_the_unit_of_that_line_alone(clerk: Clerk, office: Office) -> None:
    clerk.post("/settings/address", unit=POLICE, address="gaj@xian.test")
    clerk.post("/settings/address", unit=EDUCATION, address="jyj@xian.test")
    clerk.wait(clerk.post("/p/2022-12/mail/draft", kind="form", again=POLICE))
    written = [path.name for path in (office.workspace.issued(DECEMBER) / "邮件").glob("*.eml")]
    assert len(written) == 1
    assert POLICE in written[0]


def test_the_password_goes_to_the_credential_store_and_on_no_page(
    clerk: Clerk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept()
    monkeypatch.setattr(keyring.core, "_keyring_backend", kept)
    page = clerk.post("/p/2022-12/mail/password", password="shouquanma")
    assert "没有填写发件地址" in page.text
    assert "再试" not in page.buttons
    assert not kept.passwords
    tested = clerk.wait(clerk.post("/p/2022-12/mail/test"))
    assert tested.text.count("没有连上") == 2
    book = openpyxl.load_workbook(office.workspace.plan)
    row = next(row for row in book["设置"].iter_rows() if row[0].value == "发件地址")
    row[1].value = "dudao@xian.test"
    book.save(office.workspace.plan)
    page = clerk.post("/p/2022-12/mail/password", password=" shouquanma ")
    assert "dudao@xian.test 的授权码已存入系统的凭据管理器" in page.text
    assert [*kept.passwords.values()] == ["shouquanma"]
    assert "shouquanma" not in page.html
    for path in office.root.rglob("*"):
        assert not path.is_file() or b"shouquanma" not in path.read_bytes()


def test_a_letter_is_copied_into_web_mail_or_a_messenger_and_noted_as_sent(
    clerk: Clerk, office: Office
) -> None:
    clerk.post("/settings/address", unit=EDUCATION, address="jyj@xian.test")
    page = clerk.get("/p/2022-12/mail/by-hand?kind=form")
    assert {"复制收件人", "复制主题", "复制正文", "已发给它，记下来"} <= set(page.buttons)
    assert "jyj@xian.test" in page.text
    assert "没有邮箱：请在“单位名录”里补填" in page.text
    name = f"2022-12_{POLICE}.xlsx"
    path = f"/p/2022-12/mail/file?kind=form&unit={POLICE}&name={name}"
    issued = office.workspace.issued(DECEMBER) / name
    given = clerk.browser.get(path, base_url=clerk.running.origin)
    assert given.data == issued.read_bytes()
    page = clerk.post("/p/2022-12/mail/noted", kind="form", unit=POLICE)
    assert f"给{POLICE}的下发由您发出" in page.text
    assert "此前已发出" in page.text
    assert "没有做成" in clerk.post("/p/2022-12/mail/noted", kind="form", unit="县无此局").text


def test_a_code_for_microsoft_is_shown_until_it_was_typed(
    clerk: Clerk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.load_workbook(office.workspace.plan)
    said = {"发件地址": "dudao@xian.test", "登录方式": "微软授权", "微软应用编号": "client"}
    for row in book["设置"].iter_rows():
        if row[0].value in said:
            row[1].value = said[str(row[0].value)]
    book.save(office.workspace.plan)
    page = clerk.get("/p/2022-12/mail")
    assert "还没有授权" in page.text
    assert "用浏览器授权…" in page.buttons
    begun = app.SignIn("dudao@xian.test", "ABCD1234", "https://microsoft.test/devicelogin", None)
    typed = iter([False, True])
    monkeypatch.setattr(app, "begin_sign_in", lambda _: begun)
    monkeypatch.setattr(app, "finish_sign_in", lambda _: next(typed))
    page = clerk.post("/p/2022-12/mail/sign-in")
    assert "ABCD1234" in page.text
    assert "还没有等到" in clerk.post("/p/2022-12/mail/signed-in").text
    assert "授权已存入系统的凭据管理器" in clerk.post("/p/2022-12/mail/signed-in").text
