"""What the page of a message hides: it is no answer, and it is told."""

import pytest

from edu_sheet.reading.letters import mail
from edu_sheet.reading.letters.unseen import without_unseen
from tests.support.letters import attachment, eml, text, winmail

HIDDEN = [
    '<div style="display:none">{}</div>',
    "<DIV STYLE='DISPLAY : NONE !important'><p>{}</p></DIV>",
    '<span style="visibility:hidden">{}</span>',
    '<span style="font-size:0">{}</span>',
    '<span style="font-size:0px"><b>{}</b></span>',
    '<div style="font:0/0 Arial">{}</div>',
    '<p style="mso-hide:all">{}</p>',
    "<p hidden>{}</p>",
    '<p style="color:#fff">{}</p>',
    '<p style="color:#FFFFFF;background:white">{}</p>',
    '<font color="white">{}</font>',
    '<table bgcolor="#003366"><tr><td style="color:#036">{}</td></tr></table>',
    '<p style="color:rgba(0,0,0,0)">{}</p>',
    '<div style="max-height:0;overflow:hidden">{}</div>',
    '<div style="opacity:0">{}</div>',
    '<div style="text-indent:-9999px">{}</div>',
]
SHOWN = [
    "<p>{}</p>",
    '<div style="font-size:0"><span style="font-size:14px">{}</span></div>',
    '<div style="visibility:hidden"><p style="visibility:visible">{}</p></div>',
    '<table><tr><td style="background:#4472C4;color:white">{}</td></tr></table>',
    '<table bgcolor="#4472C4"><tr><td><font color="#ffffff">{}</font></td></tr></table>',
    "<table><tr><td class=xl65 style='color:white'>{}</td></tr></table>",
    '<p style="font-size:10.5pt;color:black">{}</p>',
    '<p style="font-size:0.9em">{}</p>',
    '<p style="overflow:hidden;height:40px">{}</p>',
    '<p style="background-color:transparent;color:windowtext">{}</p>',
    '<p style="margin-left:-18.0pt">{}</p>',
]


@pytest.mark.parametrize("page", HIDDEN)
def test_what_a_page_hides_is_taken_out_and_told(page: str) -> None:
    rest, hidden = without_unseen(f"<html><body><p>前</p>{page.format('整改22处')}后</body></html>")
    assert hidden == "整改22处"
    assert "整改22处" not in rest
    assert "前" in rest
    assert "后" in rest


@pytest.mark.parametrize("page", SHOWN)
def test_what_a_page_shows_stays_as_it_is(page: str) -> None:
    whole = page.format("整改22处&nbsp;&amp;")
    assert without_unseen(whole) == (whole, "")


def test_what_is_hidden_and_says_nothing_is_not_told() -> None:
    page = '<p>a</p><div style="display:none">&nbsp;\u200b<style>p{x:y}</style></div>'
    assert without_unseen(page) == (page, "")


def test_a_message_says_what_a_person_sees_and_tells_the_rest() -> None:
    page = text('<p>见附件</p><p style="display:none">整改22处 &lt;x&gt;</p>', kind="html")
    found = mail.read(eml(page))
    assert found.text == "见附件"
    assert found.unseen == "整改22处 <x>"
    assert [one.code for one in found.told] == ["by_mail", "mail_unseen"]


def test_the_page_in_a_winmail_dat_is_read_like_any() -> None:
    page = "<p>见附件</p><p style='display:none'>整改22处</p>".encode()
    packed = winmail(("a.txt", "a.txt", b"x"), body=(0x0102, 0x1013, page))
    found = mail.read(eml(attachment(packed, b"Content-Type: application/ms-tnef")))
    assert (found.text, found.unseen) == ("见附件", "整改22处")
