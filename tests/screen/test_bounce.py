"""A mail that claims that a letter came back, at the screen."""

from pathlib import Path

from edu_sheet.words.letters import MailState
from tests.mail.test_bounces import collected, letter, session
from tests.support.bounced import STANDARD, by_server, report
from tests.support.clerk import Clerk
from tests.support.session import Session

__all__ = ["session"]


def test_a_claim_is_confirmed_at_the_screen(session: Session, tmp_path: Path) -> None:
    collected(session, by_server(report(), kind=STANDARD))
    clerk = Clerk(tmp_path / "home", session.folder)
    assert "有邮件称给 县财政局 的信没有送达" in clerk.get("/p/2022-12/collect").text
    page = clerk.get("/return/1")
    assert "邮箱确实收不到，确认退信" in page.buttons
    assert "归到这个单位、这一期" not in page.buttons
    assert "已确认退信：发给“县财政局”" in clerk.get("/return/1/would?action=accept").text
    clerk.post("/return/1/decide", action="accept")
    assert letter(session).state is MailState.RETURNED
    assert "确认退信" in clerk.get("/return/1").text
    assert "退信：县财政局" in clerk.get("/p/2022-12/collect").text
