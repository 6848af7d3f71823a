"""A whole quarter in a real browser, from an empty folder to the printed summary."""

import contextlib
import io
import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.screen import server as screen_server
from edu_sheet.screen.home import Home
from edu_sheet.screen.running import Running
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.returns import Verdict
from tests.support import office
from tests.support.browser import Server, browsing, chromium, drop, look_at
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE, QUARTER, fill, small_plan

pytestmark = pytest.mark.once
MARK = "<img src=x onerror=document.title='坏'>"
NUMBERS = {EDUCATION: 1, FINANCE: 4, POLICE: 5}  # a task of each


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    chromium()
    one = Server(tmp_path / "home")
    yield one
    one.kill()


def filled(workspace: Workspace, period: Any, unit: str, text: str) -> bytes:
    return fill(workspace.form(period, unit).read_bytes(), {NUMBERS.get(unit, 5): text})


def with_stray(data: bytes) -> bytes:
    """Return a form with an answer beside the table, too."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["填报表"]["L7"].value = f"写错地方的进展，{MARK}已经完成了三个项目。"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def click(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Any, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def test_a_quarter_by_clicks_and_drops_alone(server: Server, tmp_path: Path) -> None:
    plan, folder = tmp_path / "方案.xlsx", tmp_path / "督办"
    plan.write_bytes(write_workbook(small_plan()))
    workspace = Workspace(folder)
    with browsing() as page:
        page.goto(server.start())
        origin = page.url.partition("/start")[0]

        # The plan is looked at, and only then a workspace made.
        look_at(page, "首页")
        follow(page, "新建工作区")
        page.set_input_files("#plan", plan)
        click(page, "读取方案")
        page.get_by_text("读出").first.wait_for()
        look_at(page, "核对方案")
        page.get_by_label("工作区放在").fill(str(folder))
        click(page, "建立工作区")
        page.wait_for_url("**/p/**")

        # ① The forms of December.
        page.select_option("#period", str(DECEMBER))
        page.wait_for_url(f"**/p/{DECEMBER}")
        look_at(page, "期次")
        page.keyboard.press("Alt+1")
        page.wait_for_url("**/issue")
        look_at(page, "下发")
        page.get_by_role("button", name="生成6份填报表").focus()
        page.keyboard.press("Enter")
        page.get_by_text("6 个单位的填报表").wait_for()
        look_at(page, "已下发")

        # ② They come back: one with an answer out of its place, one that is no form at all.
        page.goto(f"{origin}/p/{DECEMBER}/collect")
        look_at(page, "收表")
        stray = with_stray(filled(workspace, DECEMBER, EDUCATION, "十二月已完成。"))
        police = filled(workspace, DECEMBER, POLICE, f"{MARK}警校共建。")
        drop(page, {"教育局.xlsx": stray, "公安局.xlsx": police, "~$公安局.xlsx": b"x"})
        page.get_by_text("收取了 2 份").wait_for()
        assert sorted(one.verdict for one in _all(folder)) == [
            Verdict.ACCEPTED,
            Verdict.ATTENTION,
        ]
        look_at(page, "已收取")

        # A power cut, whenever it comes, loses nothing and takes nothing twice.
        page.goto(f"{origin}/p/{DECEMBER}/collect")
        finance = filled(workspace, DECEMBER, FINANCE, "经费已拨付。")
        drop(page, {"财政局.xlsx": finance, "说明.txt": "没有表".encode()})
        page.wait_for_url("**/job/*")
        server.kill()
        gone, page = page, page.context.new_page()  # noqa: PLW2901
        gone.close()  # it may be looking for its program still
        page.goto(server.start(folder))
        origin = page.url.partition("/p")[0]
        page.goto(f"{origin}/p/{DECEMBER}/collect")
        again = page.locator("#collect-button:visible")
        if again.count():
            again.click()
            page.get_by_text("收取了").wait_for()
        assert sorted(one.file for one in _all(folder)) == [
            "公安局.xlsx",
            "教育局.xlsx",
            "说明.txt",
            "财政局.xlsx",
        ]

        # ③ What waits is compared, weighed, and settled.
        page.goto(f"{origin}/p/{DECEMBER}/wait")
        look_at(page, "待处理")
        page.locator("section", has_text="教育局.xlsx").get_by_role(
            "link", name="打开，对照着看"
        ).click()
        page.get_by_text("照收会收下").or_(page.get_by_text("已收下")).first.wait_for()
        assert page.locator("img").count() == 0
        look_at(page, "对照")
        whole, narrow = page.viewport_size, {"width": 600, "height": 800}  # as at 200 %
        page.set_viewport_size(narrow)
        table = page.locator(".compare").first
        assert table.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
        page.set_viewport_size(whole)
        page.get_by_role("button", name="作为第").first.click()
        page.get_by_text("会收下的文字").wait_for()
        look_at(page, "先看看")
        click(page, "确定")
        page.get_by_text("已办").wait_for()
        page.goto(f"{origin}/p/{DECEMBER}/wait")
        page.locator("section", has_text="说明.txt").get_by_role(
            "link", name="打开，对照着看"
        ).click()
        click(page, "不采用（原件仍在存档）")
        click(page, "确定")
        page.get_by_text("未采用").wait_for()

        # ④ The master, once Excel has let go of it.
        page.goto(f"{origin}/p/{DECEMBER}/sum")
        look_at(page, "汇总")
        click(page, "合并总表")
        page.get_by_text("总表已写好").wait_for()
        lock = workspace.results(DECEMBER) / "~$总表.xlsx"
        page.goto(f"{origin}/p/{DECEMBER}/collect")
        drop(page, {"公安局2.xlsx": filled(workspace, DECEMBER, POLICE, "警校共建已全覆盖。")})
        page.get_by_text("收取了 1 份").wait_for()
        lock.write_bytes(b"")
        page.goto(f"{origin}/p/{DECEMBER}/sum")
        click(page, "再合并一次")
        page.get_by_text("没有做成").first.wait_for()
        look_at(page, "没有做成")
        lock.unlink()
        click(page, "再试")
        page.get_by_text("总表已写好").wait_for()
        for path, name in (
            ("/matrix", "一览表"),
            ("/settings", "方案和设置"),
            (f"/p/{DECEMBER}/mail?kind=reminder", "邮件"),
            (f"/p/{DECEMBER}/due", "时限和办结"),
        ):
            page.goto(f"{origin}{path}")
            look_at(page, name)

        # The quarter, to the printed summary.
        page.goto(f"{origin}/p/{QUARTER}/issue")
        click(page, "生成3份填报表")
        page.get_by_text("3 个单位的填报表").wait_for()
        page.goto(f"{origin}/p/{QUARTER}/collect")
        drop(page, {"教育局.xlsx": filled(workspace, QUARTER, EDUCATION, "本季度已完成。")})
        page.get_by_text("收取了 1 份").wait_for()
        page.goto(f"{origin}/p/{QUARTER}/sum")
        click(page, "合并总表")
        page.get_by_text("总表已写好").wait_for()
        follow(page, "去看成果")
        if office.SOFFICE:
            page.get_by_label("同时存PDF").check()
        click(page, "写总结")
        page.get_by_role("heading", name="已写好").wait_for()
        follow(page, "去看成果")
        look_at(page, "成果")
        with page.expect_download() as given:
            page.locator("li", has_text="季度总结.docx").get_by_role("link", name="下载").click()
        assert given.value.suggested_filename == "季度总结.docx"
        summary = workspace.results(QUARTER) / "季度总结.docx"
        assert Path(given.value.path()).read_bytes() == summary.read_bytes()
        if office.SOFFICE:
            assert summary.with_suffix(".pdf").read_bytes().startswith(b"%PDF")

        page.goto(f"{origin}/quit")
        click(page, "退出")
        page.get_by_text("已退出").wait_for()
        server.wait()


def test_a_window_says_that_another_one_changed_the_workspace_and_keys_alone_lead_on(
    server: Server, tmp_path: Path
) -> None:
    one, other = (app.create(tmp_path / name).root for name in ("甲", "乙"))
    with browsing() as page:
        page.goto(server.start(one))
        origin = page.url.partition("/p")[0]
        page.goto(f"{origin}/p/2022-11/collect")
        second = page.context.new_page()
        second.goto(f"{origin}/start")
        second.get_by_label("工作区的文件夹").fill(str(other))
        second.keyboard.press("Enter")
        second.wait_for_url("**/p/**")
        assert not second.locator("dialog[open]").count()  # it did so itself
        page.evaluate("dispatchEvent(new Event('focus'))")
        page.locator("dialog[open]").wait_for()
        look_at(page, "换了工作区")
        drop(page, {"表.xlsx": b"nothing"})
        assert app.inbox_files(one) == app.inbox_files(other) == ()
        page.keyboard.press("Enter")
        assert not page.locator("dialog[open]").count()

        # By keys alone: 期次 goes where Enter says, and the next step is a few keys away.
        page.locator("#period").focus()
        page.keyboard.press("ArrowUp")
        if not page.locator("form.chosen").count():  # where a list opens, this chooses
            page.keyboard.press("Enter")
            page.locator("form.chosen").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/2022-11" not in url)
        page.keyboard.press("Alt+1")
        page.wait_for_url("**/issue")
        for _ in range(20):
            page.keyboard.press("Tab")
            if "生成" in (page.evaluate("document.activeElement.textContent") or ""):
                break
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/job/*")
        page.reload()
        page.get_by_text("个单位的填报表").wait_for()


def test_a_page_looks_again_by_itself_only_where_nobody_loses_by_it(tmp_path: Path) -> None:
    chromium()
    folder, one = app.create(tmp_path / "督办").root, Running(Home(tmp_path / "home"))
    screen, sent = screen_server.Server(one), list[str]()
    over: queue.SimpleQueue[str] = queue.SimpleQueue()
    settings, done = f"{one.origin}/settings", "检查方案已经做完"

    def begin() -> None:
        with one.jobs.alone("检查方案"):
            one.jobs.start("检查方案", lambda _: over.get(), template="job.html", back="/p")

    with browsing() as page, contextlib.closing(screen):
        page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
        page.goto(one.address(folder))
        begin()

        # Nothing was begun here: the strip goes by itself.
        page.goto(settings)
        over.put("")
        page.locator("[data-running]").wait_for(state="detached")

        # She types: it stays, and she is told.
        begin()
        page.goto(settings)
        alias = page.get_by_label("又叫")
        alias.press_sequentially("县教")
        over.put("")
        page.get_by_text(done).wait_for()
        assert alias.input_value() == "县教"

        # A button is down: the click is heard.
        begin()
        page.goto(f"{one.origin}/p/{DECEMBER}")
        page.get_by_role("link", name="一览表").hover()
        page.mouse.down()
        with page.expect_response(_is_over):
            over.put("")
        page.mouse.up()
        page.wait_for_url("**/matrix")

        # What was refused meanwhile is not asked for once more.
        begin()
        page.goto(settings)
        click(page, "补登记")
        page.get_by_text("请等它做完").wait_for()
        over.put("")
        page.get_by_text(done).wait_for()
        assert [url for url in sent if url.endswith("/repair")] == [f"{settings}/repair"]

        # A period that is chosen before the script is there is gone to all the same.
        waiting: list[Any] = []
        page.route("**/screen.js", lambda one: waiting.append(one), times=1)  # noqa: PLW0108
        with page.expect_request("**/screen.js"):
            page.goto(f"{one.origin}/p/{DECEMBER}", wait_until="commit")
        page.select_option("#period", str(QUARTER))
        waiting.pop().continue_()
        page.wait_for_url(f"**/p/{QUARTER}")


def test_no_other_site_can_do_anything_with_the_cookie(server: Server, tmp_path: Path) -> None:
    """Another port of this machine is the same site: there the cookie is sent, and Origin says no."""
    import http.server
    import threading

    folder = app.create(tmp_path / "督办").root
    with browsing() as page:
        address = server.start(folder)
        page.goto(address)
        origin = address.partition("/enter")[0]

        class Evil(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = (
                    f'<form method="post" action="{origin}/quit"><button>点我</button></form>'
                    f'<iframe id="f" src="{origin}/start"></iframe>'
                ).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Evil) as evil:
            threading.Thread(target=evil.serve_forever, daemon=True).start()
            page.goto(f"http://127.0.0.1:{evil.server_port}/")
            read = page.evaluate(
                "(url) => fetch(url, {credentials: 'include'}).then(() => 'read', () => 'no')",
                f"{origin}/start",
            )
            assert read == "no"
            frame = page.locator("#f").element_handle().content_frame()
            assert "新建工作区" not in (frame.content() if frame else "")
            page.get_by_role("button", name="点我").click()
            page.get_by_text("这个请求不是从本程序的页面来的").wait_for()
            evil.shutdown()
        page.goto(f"{origin}/start")
        assert page.get_by_role("link", name="退出").is_visible()


def _is_over(given: Any) -> bool:
    return given.url.endswith("/progress") and not given.json()["running"]


def _all(folder: Path) -> list[Any]:
    units = app.matrix(folder).units
    known = [one for unit in units for one in app.returns_of(folder, unit, DECEMBER)]
    waits = [one for one in app.waiting(folder) if one.id not in {each.id for each in known}]
    return [*known, *waits]
