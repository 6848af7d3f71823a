"""Which text is the newer one: what arrived later by the ledger's order, whatever a clock says."""

import io
import zipfile
from datetime import datetime

import pytest

from edu_sheet import collect
from edu_sheet.sentences import sentence
from edu_sheet.words.findings import Severity
from edu_sheet.words.returns import Submission, Verdict
from tests.support import letters
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, fill, moment
from tests.support.inbox import Desk
from tests.support.returns import set_modified

SET_BACK = moment("2021-01-01T08:00")
AHEAD = moment("2030-01-01T08:00")


def receive(
    desk: Desk, data: bytes, now: datetime, name: str = "表.xlsx", received: str | None = None
) -> Submission:
    """Return what became of a file that was collected when the clock said `now`."""
    desk.drop(name, data)
    given = moment(received) if received else None
    found = collect.collect(desk.workspace, desk.ledger, None, received_at=given, now=now)
    return found.submissions[0]


def form(desk: Desk, text: str) -> bytes:
    return fill(desk.form(FINANCE), {1: text})


def text(desk: Desk) -> str:
    return desk.texts(FINANCE, DECEMBER)[1]


def test_a_correction_stands_though_the_clock_was_set_back(desk: Desk) -> None:
    receive(desk, form(desk, "原文"), moment("2022-12-30"))
    one = receive(desk, form(desk, "更正"), SET_BACK)
    assert [finding.code for finding in one.findings] == ["changed_by_newer"]
    assert text(desk) == "更正"
    again = receive(desk, form(desk, "再更正"), SET_BACK)
    assert (again.verdict, text(desk)) == (Verdict.ACCEPTED, "再更正")
    receive(desk, form(desk, "三更正"), moment("2022-12-31"))
    assert text(desk) == "三更正"


def test_a_correction_stands_after_a_clock_that_once_ran_ahead(desk: Desk) -> None:
    receive(desk, form(desk, "原文"), AHEAD)
    one = receive(desk, form(desk, "更正"), moment("2022-12-30"))
    assert text(desk) == "更正"
    assert one.received_at == moment("2022-12-30"), "when it came is what the clock said"


def test_a_file_that_a_person_dates_takes_its_place_in_time(desk: Desk) -> None:
    receive(desk, form(desk, "新"), moment("2022-12-30"))
    one = receive(desk, form(desk, "旧"), moment("2022-12-31"), received="2022-12-20")
    assert [finding.code for finding in one.findings] == ["superseded"]
    assert text(desk) == "新"
    receive(desk, form(desk, "更新"), SET_BACK, received="2022-12-31")
    assert text(desk) == "更新"


def test_a_message_is_as_old_as_it_says_but_never_newer_than_its_arrival(desk: Desk) -> None:
    receive(desk, form(desk, "新"), moment("2022-12-31"))
    part = letters.attachment(
        form(desk, "旧"), b'Content-Disposition: attachment; filename="a.xlsx"'
    )
    old = receive(desk, letters.eml(part), moment("2023-01-02"), "信.eml")
    assert old.received_at == moment("2022-12-30T09:00")
    assert text(desk) == "新"


def test_the_ledger_knows_the_last_moment_that_a_clock_gave_it(desk: Desk) -> None:
    receive(desk, form(desk, "甲"), moment("2022-12-30"))
    receive(desk, form(desk, "乙"), moment("2022-12-30"), received="2035-01-01")
    assert desk.ledger.last_moment() == moment("2022-12-30")


def test_of_two_runs_that_a_person_dates_alike_the_later_is_newer(desk: Desk) -> None:
    first = set_modified(form(desk, "原文"), "2022-12-30T12:00:00Z")
    later = set_modified(form(desk, "更正"), "2022-12-30T11:00:00Z")
    receive(desk, first, moment("2022-12-30"), received="2022-12-30")
    one = receive(desk, later, moment("2022-12-30"), received="2022-12-30")
    assert [finding.code for finding in one.findings] == ["changed_by_newer"]
    assert (text(desk), one.received_at) == ("更正", moment("2022-12-30"))


def test_what_is_not_taken_is_a_warning_for_each_text(desk: Desk) -> None:
    receive(desk, fill(desk.form(FINANCE), {1: "一", 2: "二"}), moment("2022-12-30"))
    late = fill(desk.form(FINANCE), {1: "旧一", 2: "旧二"})
    one = receive(desk, late, moment("2022-12-31"), received="2022-12-20")
    told = [(finding.code, finding.severity) for finding in one.findings]
    assert told == [("superseded", Severity.WARNING)] * 2


def test_a_text_that_says_nothing_takes_no_place_and_is_told(desk: Desk) -> None:
    receive(desk, form(desk, "建成3所"), moment("2022-12-30"))
    one = receive(desk, form(desk, "暂无进展。"), moment("2022-12-31"))
    told = [finding.code for finding in one.findings]
    assert told == ["non_substantive", "superseded"]
    assert text(desk) == "建成3所"
    assert "仍以已报的为准（编号 1）：建成3所" in sentence(one.findings[1])


NOON = "2022-12-30T12:00:00Z"


def drop_saved_at_noon(desk: Desk, **texts: str) -> dict[str, Submission]:
    """Collect forms that say that they were saved at one moment; return what each became."""
    for name, said in texts.items():
        desk.drop(f"{name}.xlsx", set_modified(form(desk, said), NOON))
    found = desk.collect().submissions
    return {one.file.removesuffix(".xlsx"): one for one in found}


@pytest.mark.parametrize("names", [("甲", "乙", "丙"), ("丙", "甲", "乙")])
def test_of_different_returns_that_came_together_none_is_taken_for_its_name(
    desk: Desk, names: tuple[str, str, str]
) -> None:
    receive(desk, form(desk, "已报"), moment("2022-12-29"))
    first, second, third = names
    became = drop_saved_at_noon(desk, **{first: "一", second: "二", third: "三"})
    assert [one.verdict for one in became.values()] == [Verdict.ATTENTION] * 3
    assert all("分不出先后" in sentence(one.findings[-1]) for one in became.values())
    assert text(desk) == "已报", "what an earlier run took stands"
    assert len([name for name in desk.pending() if name.endswith(".xlsx")]) == 3
    again = receive(desk, set_modified(form(desk, "一"), NOON), moment("2022-12-31"))
    assert (again.verdict, text(desk)) == (Verdict.ATTENTION, "已报"), "the same file once more"
    one = desk.resolve(became[second].id, accept=True)
    assert (one.verdict, text(desk)) == (Verdict.ACCEPTED, "二")


def test_the_newest_of_those_that_came_together_is_taken_whatever_the_others_are(
    desk: Desk,
) -> None:
    desk.drop("乙.xlsx", set_modified(form(desk, "最新"), "2022-12-30T12:00:01Z"))
    drop_saved_at_noon(desk, 甲="一", 丙="二")
    assert text(desk) == "最新"


def test_members_of_a_zip_and_messages_of_one_second_wait_together(desk: Desk) -> None:
    forms = [set_modified(form(desk, said), NOON) for said in ("一", "二")]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, data in enumerate(forms):
            archive.writestr(f"{number}.xlsx", data)
            archive.writestr(f"{number}.pdf", b"%PDF-1.4\n%%EOF")
    desk.drop("包.zip", stream.getvalue())
    verdicts = [one.verdict for one in desk.collect().submissions]
    assert verdicts == [Verdict.ATTENTION] * 2
    by_mail = desk.form(EDUCATION)
    for number, said in enumerate(("一", "二")):
        data = set_modified(fill(by_mail, {1: said}), NOON)
        part = letters.attachment(data, b'Content-Disposition: attachment; filename="a.xlsx"')
        desk.drop(f"信{number}.eml", letters.eml(part))
    verdicts = [one.verdict for one in desk.collect(at=moment("2023-01-02")).submissions]
    assert verdicts == [Verdict.ATTENTION] * 2
    assert desk.ledger.entries.of([DECEMBER], EDUCATION) == []
