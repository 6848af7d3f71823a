"""Outlook's own files: the page that somebody pasted a table into, and the messages inside."""

import pytest

from edu_sheet import reading
from edu_sheet.reading.letters import msg as outlook
from edu_sheet.reading.letters import rtf
from tests.support.builders import FINANCE, written
from tests.support.letters import as_rtf, attachment, eml, msg, msg_tree, rich_text, winmail

TABLE = (
    "<p>12月进展</p><table><tr><td>序号</td><td>目标任务</td><td>进展情况</td></tr>"
    "<tr><td>1</td><td>学校</td><td>已建成3所</td></tr></table>"
)
PURE = rb"{\rtf1\ansi\ansicpg936\trowd\cellx1 1\cell \'d2\'d1\cell\row}"


def kept(page: str, way: str) -> dict[str, bytes]:
    return {
        "html": {"10130102": page.encode()},
        "html in its code page": {"10130102": page.encode("gb18030")},
        "html as text": {"1013001F": page.encode("utf-16-le")},
        "rtf": {"10090102": rich_text(as_rtf(page))},
    }[way]


@pytest.mark.parametrize("way", ["html", "html in its code page", "html as text", "rtf"])
@pytest.mark.parametrize("inside", [False, True])
def test_a_table_in_the_text_of_outlook_s_file_is_read(way: str, inside: bool) -> None:
    more = kept(TABLE, way)
    data = msg("12", "12月进展", "a@xian.test", {}, more=more)
    if inside:
        tree = msg_tree("12", "12月进展", "a@xian.test", {}, more=more)
        data = msg("转发", "", "b@xian.test", {"12月.msg": tree})
    member = reading.unpack(data).members[0]
    assert member.name == ("12月.msg" if inside else "")
    book = reading.read_letter(member.data, reading.kind_of(member.data))
    assert book.sheets[0].text(2, 3) == "已建成3所"


def test_a_page_in_rtf_comes_out_as_it_went_in() -> None:
    assert rtf.page(as_rtf(TABLE)) == TABLE
    mixed = rb"{\rtf1\ansi\ansicpg936\fromhtml1{\*\mhtmltag x}\u20013?\'b9\'fa{\*\htmltag <b>}"
    assert rtf.page(mixed + rb"\{a\}{\pntext skipped}\par b") == "中国<b>{a}\nb"
    assert rtf.page(rb"{\rtf1\fromhtml1\uc1 \u-10179?\u-8704?\u-10122?}") == "\U0001f600\ufffd"
    assert rtf.page(PURE) is None


def test_a_table_in_rtf_alone_is_told_as_a_file() -> None:
    data = msg("12", "1 已", "a@xian.test", {}, more={"10090102": rich_text(PURE)})
    members = reading.unpack(data).members
    assert [(one.name, reading.kind_of(one.data)) for one in members] == [("正文.rtf", "doc")]
    plain = rich_text(rb"{\rtf1\ansi hello}")
    assert [
        one.name
        for one in reading.unpack(
            msg("12", "hello", "a@xian.test", {}, more={"10090102": plain})
        ).members
    ] == [""]


def test_forms_and_words_of_the_messages_inside_are_there_however_deep() -> None:
    form = written(FINANCE)
    deepest = msg_tree("三", "第1项：整改22处。", "c@xian.test", {"表.xlsx": form})
    data = msg("一", "", "a@xian.test", {"二": msg_tree("二", "", "b@xian.test", {"三": deepest})})
    members = reading.unpack(data).members
    assert [one.name for one in members if reading.kind_of(one.data) == "xlsx"] == ["二/三/表.xlsx"]
    assert members[0].letter
    assert "整改22处" in members[0].letter.text
    assert members[0].letter.writer == "c@xian.test"


def test_an_answer_typed_into_a_message_inside_is_one() -> None:
    inner = msg_tree("答复", "第1项：整改22处。", "c@xian.test", {})
    (member,) = reading.unpack(msg("转发", "", "a@xian.test", {"答复.msg": inner})).members
    assert (member.name, reading.kind_of(member.data)) == ("答复.msg", "eml")
    assert member.letter
    assert "整改22处" in member.letter.text


def test_a_message_inside_that_lies_too_deep_is_told() -> None:
    tree = msg_tree("内", "文", "c@xian.test", {})
    for number in range(4):
        tree = msg_tree(f"{number}", "", "c@xian.test", {"内": tree})
    found = reading.unpack(msg("外", "", "a@xian.test", {"内": tree}))
    assert found.findings


def test_the_numbers_by_which_letters_know_each_other_are_kept() -> None:
    more = {
        "1035001F": "<1@x.test>".encode("utf-16-le"),
        "1042001F": "<2@x.test>".encode("utf-16-le"),
    }
    found = outlook.read(msg("12", "已报", "a@xian.test", {}, more=more))
    assert (found.identity, found.answers) == ("<1@x.test>", ("<2@x.test>",))


def test_the_page_in_a_winmail_dat_s_rtf_is_read() -> None:
    packed = winmail(("a.txt", "a.txt", b"x"), body=(0x0102, 0x1009, rich_text(as_rtf(TABLE))))
    data = eml(attachment(packed, b"Content-Type: application/ms-tnef"))
    assert reading.read_letter(data, "eml").sheets[0].text(2, 3) == "已建成3所"
