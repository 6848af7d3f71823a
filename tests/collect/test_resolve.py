"""裁定: what a person decides is recorded, applied to the original, and clears 待处理."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from edu_sheet import collect
from edu_sheet.cli.show import submissions_table
from edu_sheet.collect.resolve import decide, resolve, undo
from edu_sheet.issue import generate
from edu_sheet.screen.shown import outcome
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import EduSheetError, LedgerError
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import Action, Decision, Verdict
from edu_sheet.words.step import Step, Verb
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    fill,
    small_plan,
)
from tests.support.inbox import NOON, Desk


def edited(data: bytes, change: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def stray(book: Any) -> None:
    book["填报表"]["L7"] = "右边补充的进展。"
    book["填报表"]["B14"] = "表格下方的说明，另有两项。"


def nameless(book: Any) -> None:
    """Take away everything that says whose form it is."""
    del book["_edu_sheet"]
    book.custom_doc_props.props.clear()
    book.defined_names.clear()
    for cell in ("A2", "D2", "E3"):
        book["填报表"][cell] = None


def test_texts_out_of_place_are_taken_one_by_one(desk: Desk) -> None:
    one = desk.receive(edited(fill(desk.form(), {1: "甲", 3: "原有。"}), stray))
    assert one.verdict is Verdict.ATTENTION
    assert desk.texts() == {1: "甲", 3: "原有。"}
    half = desk.resolve(take="填报表!L7", task=3)
    assert half.verdict is Verdict.ATTENTION
    assert desk.texts()[3] == "原有。\n右边补充的进展。"
    assert len(desk.pending()) == 2
    note = (desk.workspace.pending / desk.pending()[1]).read_text(encoding="utf-8-sig")
    assert "--take 1 " not in note
    assert "--take 2 --task" in note  # its number has stayed
    whole = desk.resolve(take="b14", task=2)
    assert whole.verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲", 2: "表格下方的说明，另有两项。", 3: "原有。\n右边补充的进展。"}
    assert desk.pending() == []
    assert [one.action for one in desk.ledger.returns.decisions(1)] == [Action.TAKE, Action.TAKE]


def test_what_is_accepted_with_nothing_taken_from_it_is_called_empty(desk: Desk) -> None:
    assert desk.receive(edited(desk.form(), stray)).verdict is Verdict.ATTENTION
    one = desk.resolve(accept=True)
    assert (one.verdict, desk.texts()) == (Verdict.ACCEPTED, {})
    said = io.StringIO()
    Console(file=said, width=200).print(submissions_table([one]))
    assert "空表" in said.getvalue()
    assert "没有从中收取任何内容" in said.getvalue()
    assert outcome(one).word == "空表"


def test_what_is_accepted_with_a_text_taken_from_it_is_taken_in(desk: Desk) -> None:
    desk.receive(edited(desk.form(), stray))
    desk.resolve(take="填报表!L7", task=3)
    one = desk.resolve(accept=True)
    assert desk.texts() == {3: "右边补充的进展。"}
    assert outcome(one).word == "已收"


def test_a_comment_is_taken(desk: Desk) -> None:
    from openpyxl.comments import Comment

    def comment(book: Any) -> None:
        book["填报表"]["D6"].comment = Comment("批注里写的进展。", "科员")

    desk.receive(edited(fill(desk.form(), {1: "甲"}), comment))
    assert desk.resolve(take="填报表!D6", task=2).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲", 2: "批注里写的进展。"}


def test_accept_takes_what_stands_in_its_place_and_no_more(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    one = desk.resolve(accept=True)
    assert (one.verdict, desk.texts(), desk.pending()) == (Verdict.ACCEPTED, {1: "甲"}, [])
    assert any("右边补充的进展" in sentence(finding) for finding in one.findings)


def test_reject_takes_nothing_and_can_be_taken_back(desk: Desk) -> None:
    data = edited(fill(desk.form(), {1: "甲"}), stray)
    desk.receive(data)
    assert desk.resolve(reject=True).verdict is Verdict.IGNORED
    assert (desk.texts(), desk.pending()) == ({}, [])
    assert desk.workspace.original(desk.ledger.returns.submission(1).sha256).read_bytes() == data
    assert desk.receive(data, "再发.xlsx").verdict is Verdict.IGNORED, "it stays rejected"
    assert desk.resolve(accept=True).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲"}


def test_a_form_without_a_name_is_assigned(desk: Desk) -> None:
    one = desk.receive(edited(fill(desk.form(), {1: "甲", 2: "乙"}), nameless))
    assert (one.verdict, one.unit) == (Verdict.ATTENTION, None)
    with pytest.raises(EduSheetError, match="请写明单位和期次") as refused:
        desk.resolve(accept=True)
    assert refused.value.next == Step(
        Verb.RESOLVE, submission=1, action=Action.ASSIGN, period=one.period
    )
    done = desk.resolve(unit=EDUCATION, period=DECEMBER)
    assert (done.verdict, done.unit, done.period) == (Verdict.ACCEPTED, EDUCATION, DECEMBER)
    assert (desk.texts(), desk.pending()) == ({1: "甲", 2: "乙"}, [])


def test_last_months_form_is_assigned_to_this_month(desk: Desk) -> None:
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "十一月的。"}), at="2022-11-29")
    one = desk.receive(fill(desk.form(period=NOVEMBER), {1: "十二月的。"}))
    assert one.verdict is Verdict.ATTENTION
    note = (desk.workspace.pending / "0002_表.xlsx.txt").read_text(encoding="utf-8-sig")
    assert f'resolve 2 --unit "{EDUCATION}" --period 2022-12\n' in note
    done = desk.resolve(2, unit=EDUCATION, period=DECEMBER)
    assert [finding.code for finding in done.findings] == ["assigned"]
    assert (desk.texts(), desk.texts(period=NOVEMBER)) == ({1: "十二月的。"}, {1: "十一月的。"})


def test_last_months_form_is_accepted_as_a_correction(desk: Desk) -> None:
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "十一月的。"}), at="2022-11-29")
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "更正的。"}))
    assert desk.resolve(2, accept=True).verdict is Verdict.ACCEPTED
    assert (desk.texts(), desk.texts(period=NOVEMBER)) == ({}, {1: "更正的。"})


def test_what_a_person_saved_in_pending_stays(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    item = desk.workspace.pending / "0001_表.xlsx"
    note = desk.workspace.pending / "0001_表.xlsx.txt"
    item.write_bytes(b"mended by hand")
    note.write_text(note.read_text(encoding="utf-8") + "已电话核实。", encoding="utf-8")
    desk.resolve(take="L7", task=3)
    assert item.read_bytes() == b"mended by hand"
    assert "已电话核实" in note.read_text(encoding="utf-8")
    desk.resolve(accept=True)
    assert desk.pending() == ["0001_表.xlsx", "0001_表.xlsx.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({}, "一种处理办法"),
        ({"accept": True, "reject": True}, "一种处理办法"),
        ({"unit": EDUCATION}, "一起写"),
        ({"take": "L7"}, "一起写"),
        ({"take": "填报表!Z99", "task": 1}, "那里没有文字"),
        ({"take": "没有这张表!A1", "task": 1}, "那里没有文字"),
        ({"take": "填报表!A1", "task": 1}, "下发时就有的文字"),
        ({"take": "填报表!C6", "task": 1}, "下发时就有的文字"),
        ({"take": "填报表!L7", "task": 9}, "没有第 9 项任务"),
        ({"unit": "县体育局", "period": DECEMBER}, "没有给“县体育局”下发过"),
        ({"unit": EDUCATION, "period": NOVEMBER.plus(5)}, "2023年4月 没有下发过"),
    ],
)
def test_what_cannot_be_decided_says_why(desk: Desk, words: dict[str, Any], said: str) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    with pytest.raises(EduSheetError, match=said):
        desk.resolve(**words)
    assert desk.ledger.returns.decisions(1) == []


def test_what_is_settled_already_says_so(desk: Desk) -> None:
    data = fill(desk.form(FINANCE), {1: "甲"})
    desk.receive(data)
    desk.receive(data, "又一份.xlsx")
    with pytest.raises(EduSheetError, match="已经收取"):
        desk.resolve(accept=True)
    with pytest.raises(EduSheetError, match="已经收取"):
        desk.resolve(unit=EDUCATION, period=DECEMBER)
    with pytest.raises(EduSheetError, match="重复文件"):
        desk.resolve(2, reject=True)
    with pytest.raises(LedgerError, match="没有编号为 9"):
        desk.resolve(9, accept=True)


def test_an_unreadable_file_cannot_be_accepted_but_rejected(desk: Desk) -> None:
    desk.receive(b"%PDF-1.7\n", "扫描.pdf")
    with pytest.raises(EduSheetError, match="不能直接照收"):
        desk.resolve(accept=True)
    assert desk.resolve(reject=True).verdict is Verdict.IGNORED
    assert desk.pending() == []


def test_an_archive_with_a_bad_member_stays_rejected_when_it_comes_again(desk: Desk) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("里面.zip/再里面.txt", b"x")
        link = zipfile.ZipInfo("链接.xlsx")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    (desk.workspace.inbox / "包.zip").write_bytes(stream.getvalue())
    found = collect.collect(desk.workspace, desk.ledger, None, received_at=NOON, now=NOON)
    assert [one.file for one in found.submissions] == ["包.zip", "包.zip/里面.zip/再里面.txt"]
    assert {one.verdict for one in found.submissions} == {Verdict.ATTENTION}
    assert desk.resolve(1, reject=True).verdict is Verdict.IGNORED
    (desk.workspace.inbox / "包.zip").write_bytes(stream.getvalue())
    again = collect.collect(desk.workspace, desk.ledger, None, received_at=NOON, now=NOON)
    assert [one.verdict for one in again.submissions] == [Verdict.IGNORED, Verdict.ATTENTION]


def test_an_encrypted_return_is_decided_with_its_password(desk: Desk) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(edited(fill(desk.form(), {1: "甲"}), stray))).encrypt("秘密", target)
    assert [one.code for one in desk.receive(target.getvalue()).findings] == ["encrypted"]
    item = desk.workspace.pending / "0001_表.xlsx"
    note = item.with_name(f"{item.name}.txt").read_text(encoding="utf-8-sig")
    assert "collect --again 1 --password" in note
    found = collect.collect(
        desk.workspace,
        desk.ledger,
        [item],
        received_at=NOON,
        passwords=["错的", "秘密"],
        now=NOON,
    )
    assert [one.id for one in found.submissions] == [1]
    assert desk.texts() == {1: "甲"}
    assert desk.receive(target.getvalue(), "再发.xlsx").unit == EDUCATION
    assert desk.texts() == {1: "甲"}, "what was opened once is not lost without the password"
    with pytest.raises(EduSheetError, match="有密码"):
        desk.resolve(take="L7", task=3)
    assert desk.resolve(take="L7", task=3, passwords=["秘密"]).verdict is Verdict.ATTENTION
    assert desk.texts() == {1: "甲", 3: "右边补充的进展。"}


def test_a_contradiction_names_a_command_for_each_that_it_may_be(desk: Desk) -> None:
    def other_unit_and_period(book: Any) -> None:
        book["填报表"]["A2"] = f"填报单位：{FINANCE}"
        book["填报表"]["D2"] = "期次：2022年11月"

    desk.receive(edited(fill(desk.form(), {1: "甲"}), other_unit_and_period))
    note = (desk.workspace.pending / "0001_表.xlsx.txt").read_text(encoding="utf-8-sig")
    for unit in (EDUCATION, FINANCE):
        for period in (DECEMBER, NOVEMBER):
            assert f'resolve 1 --unit "{unit}" --period {period}\n' in note


# ---------------------------------------------------------------- after the form went out anew


def below(book: Any) -> None:
    """Write below the table, in the unit's own words, which name no task of the form."""
    book["填报表"]["B15"] = "按照县委常委会会议第5项议定事项，已完成三轮整治。"


def numbered(*numbers: int) -> Plan:
    """Return the small plan with its tasks numbered so, in the order of their keys."""
    plan = small_plan()
    tasks = [replace(one, number=new) for one, new in zip(plan.tasks, numbers, strict=True)]
    return replace(plan, tasks=tuple(sorted(tasks, key=lambda one: one.number)))


def reissue(desk: Desk, plan: Plan) -> None:
    made = generate.generate(
        desk.workspace, plan, desk.ledger, DECEMBER, [EDUCATION], force=True, now=NOON
    )
    assert [one.form.identity.version for one in made] == [2]


def test_a_text_below_the_table_is_offered_to_no_task_whatever_it_says(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    note = (desk.workspace.pending / "0001_表.xlsx.txt").read_text(encoding="utf-8-sig")
    assert '--take 1 --task "序号"' in note
    assert "--task 5" not in note


def test_the_number_in_the_txt_takes_the_text_after_the_tasks_were_renumbered(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    reissue(desk, numbered(1, 2, 3, 4, 9))
    assert desk.resolve(take="B15", task=5).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲", 5: "按照县委常委会会议第5项议定事项，已完成三轮整治。"}


def test_the_new_number_of_a_task_takes_the_text_for_that_task(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    reissue(desk, numbered(1, 2, 3, 4, 9))
    assert desk.resolve(take="B15", task=9).verdict is Verdict.ACCEPTED
    assert desk.texts()[5] == "按照县委常委会会议第5项议定事项，已完成三轮整治。", "T05, now 9"


def test_a_text_is_not_taken_for_a_task_that_the_returned_form_has_not(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    plan = small_plan()
    added = replace(plan.tasks[0], key="T06", number=6, goal="新增的任务。")
    reissue(desk, replace(plan, tasks=(*plan.tasks, added)))
    with pytest.raises(EduSheetError, match="“新增的任务。”是表发出以后才有的"):
        desk.resolve(take="B15", task=6)
    assert (desk.ledger.returns.decisions(1), len(desk.pending())) == ([], 2)


def test_a_number_that_means_two_tasks_is_refused_and_both_are_named(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    reissue(desk, numbered(1, 2, 4, 3, 5))
    goals = {one.number: one.goal for one in small_plan().tasks}
    with pytest.raises(EduSheetError, match="不是同一项任务") as refused:
        desk.resolve(take="B15", task=3)
    assert goals[3] in refused.value.message
    assert goals[4] in refused.value.message
    assert (desk.ledger.returns.decisions(1), desk.texts()) == ([], {1: "甲"})


def test_a_decision_by_key_takes_the_finding_s_text_whatever_the_number_is_now(desk: Desk) -> None:
    one = desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    reissue(desk, numbered(1, 2, 4, 3, 5))
    (told,) = [found for found in one.findings if found.code == "answer_out_of_place"]
    take = Decision(1, Action.TAKE, NOON, finding=told.key, place=told.source, task="T03")
    assert decide(desk.workspace, desk.ledger, take).verdict is Verdict.ACCEPTED
    assert desk.texts() == {1: "甲", 3: told.text}


def test_a_comment_that_is_taken_leaves_the_text_of_its_cell_waiting(desk: Desk) -> None:
    from openpyxl.comments import Comment

    def both(book: Any) -> None:
        below(book)
        book["填报表"]["B15"].comment = Comment("批注里写的进展。", "科员")

    desk.receive(edited(fill(desk.form(), {1: "甲"}), both))
    half = desk.resolve(take="B15", task=3)
    assert (half.verdict, desk.texts()[3]) == (Verdict.ATTENTION, "批注里写的进展。")
    assert "第5项议定事项" in "".join(sentence(one) for one in half.findings)


def test_a_decision_is_taken_back_and_the_file_waits_again(desk: Desk) -> None:
    before = desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    desk.resolve(take="L7", task=3)
    desk.resolve(accept=True)
    back = undo(desk.workspace, desk.ledger, 1, now=NOON)
    assert (back.verdict, desk.texts()) == (Verdict.ATTENTION, {1: "甲", 3: "右边补充的进展。"})
    again = undo(desk.workspace, desk.ledger, 1, now=NOON)
    assert (again.findings, desk.texts()) == (before.findings, {1: "甲"})
    assert len(desk.pending()) == 2
    with pytest.raises(EduSheetError, match="没有可以撤回的裁定"):
        undo(desk.workspace, desk.ledger, 1, now=NOON)
    assert [one.action for one in desk.ledger.returns.decisions(1)] == [
        Action.TAKE,
        Action.ACCEPT,
        Action.UNDO,
        Action.UNDO,
    ]


def homemade(*lines: tuple[object, ...]) -> bytes:
    """Return a table that is nobody's form."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_texts_of_a_homemade_table_are_taken_one_by_one(desk: Desk) -> None:
    table = homemade(
        ("事项", "做了什么"),
        ("基层党建", "召开专题会议2次，印发方案。"),
        ("摸底", "完成摸底，组织培训1次。"),
    )
    desk.receive(table, "我们的表.xlsx")
    one = desk.resolve(unit=EDUCATION, period=DECEMBER)
    assert (one.verdict, one.unit) == (Verdict.ATTENTION, EDUCATION)
    note = (desk.workspace.pending / desk.pending()[1]).read_text(encoding="utf-8-sig")
    (number,) = [line.partition(".")[0] for line in note.splitlines() if "【Sheet!B2】" in line]
    assert f"--take {number} --task" in note
    assert "--accept" not in note, "there is nothing to accept"
    assert f'--unit "{EDUCATION}"' not in note, "that has been said"
    with pytest.raises(EduSheetError, match="没有内容可收"):
        desk.resolve(accept=True)
    half = desk.resolve(take=number, task=1)
    assert (half.verdict, desk.texts()) == (Verdict.ATTENTION, {1: "召开专题会议2次，印发方案。"})
    (told,) = [finding for finding in half.findings if finding.code == "no_table"]
    assert "1 项" in sentence(told)
    assert "--accept" in (desk.workspace.pending / desk.pending()[1]).read_text(
        encoding="utf-8-sig"
    )
    whole = desk.resolve(take="Sheet!B3", task=2)
    assert whole.verdict is Verdict.ATTENTION, "only she knows whether that is all"
    done = desk.resolve(accept=True)
    assert (done.verdict, desk.pending()) == (Verdict.ACCEPTED, [])
    assert desk.texts() == {1: "召开专题会议2次，印发方案。", 2: "完成摸底，组织培训1次。"}
    assert not any(finding.code == "no_table" for finding in done.findings)


def test_an_accepted_return_that_was_one_of_two_does_not_say_that_it_was_not_taken(
    desk: Desk,
) -> None:
    first = fill(desk.form(FINANCE), {1: "甲"})
    desk.receive(first, "一.xlsx")
    waits = desk.receive(fill(first, {1: "乙"}), "二.xlsx")
    codes = {finding.code for finding in waits.findings}
    if "tie" not in codes:  # saved a second later: then it is newer
        assert codes == {"changed_by_newer"}
        return
    done = desk.resolve(waits.id, accept=True)
    told = "".join(map(sentence, done.findings))
    assert "没有收取" not in told
    assert "按您的裁定，本件照收" in told


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(1, Action.ASSIGN, NOON), "单位和期次要一起写明"),
        (Decision(1, Action.ASSIGN, NOON, unit=EDUCATION), "单位和期次要一起写明"),
        (Decision(1, Action.ASSIGN, NOON, period=DECEMBER), "单位和期次要一起写明"),
        (Decision(1, Action.ASSIGN, NOON, unit=" ", period=DECEMBER), "单位和期次要一起写明"),
        (Decision(1, Action.REJECT, NOON.replace(tzinfo=None)), "时区"),
        (Decision(1, Action.TAKE, NOON), "没有这一项任务"),
    ],
)
def test_a_decision_that_says_nothing_is_refused_and_not_recorded(
    desk: Desk, decision: Decision, said: str
) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    with pytest.raises(EduSheetError, match=said):
        decide(desk.workspace, desk.ledger, decision)
    assert desk.ledger.returns.decisions(1) == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step(Verb.CHECK), "不是对某一份报送件的裁定"),
        (Step(Verb.GENERATE, submission=1, action=Action.REJECT), "不是对某一份报送件的裁定"),
        (Step(Verb.RESOLVE, action=Action.REJECT), "不是对某一份报送件的裁定"),
        (
            Step(
                Verb.RESOLVE,
                submission=1,
                action=Action.ASSIGN,
                units=(EDUCATION, FINANCE),
                period=DECEMBER,
            ),
            f"{EDUCATION}、{FINANCE}",
        ),
    ],
)
def test_a_step_that_names_no_one_decision_is_refused_and_not_recorded(
    desk: Desk, step: Step, said: str
) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    with pytest.raises(EduSheetError, match=said):
        resolve(desk.workspace, desk.ledger, step, now=NOON)
    assert desk.ledger.returns.decisions(1) == []


def test_once_a_return_was_accepted_a_further_decision_is_told_to_undo_first(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), stray))
    desk.resolve(accept=True)
    for words in ({"take": "9", "task": 1}, {"accept": True}):
        with pytest.raises(EduSheetError, match="先撤回上一次裁定") as raised:
            desk.resolve(**words)
        assert raised.value.next == Step(Verb.RESOLVE, submission=1, action=Action.UNDO)
        assert ".txt" not in str(raised.value)


def test_a_command_that_lacks_the_tasks_number_says_what_to_replace(desk: Desk) -> None:
    desk.receive(edited(fill(desk.form(), {1: "甲"}), below))
    (note,) = desk.workspace.pending.glob("*.txt")
    told = note.read_text(encoding="utf-8-sig")
    assert "--task 序号" in told.replace('"', "")
    assert "请把命令里的“序号”二字换成那一项的序号再运行" in told


def test_another_units_form_is_the_assigned_units_and_what_was_printed_on_it_is_no_text(
    desk: Desk,
) -> None:
    desk.receive(fill(desk.form(FINANCE, NOVEMBER), {1: "财政局十一月的。"}), at="2022-11-29")
    generate.generate(
        desk.workspace, small_plan(), desk.ledger, DECEMBER, [FINANCE], force=True, now=NOON
    )
    theirs = desk.form(FINANCE)
    assert "财政局十一月的。" in text_of_sheet(theirs, "上期进展")
    one = desk.receive(edited(fill(theirs, {1: "教育局的。"}), named(EDUCATION)), "财政局.xlsx")
    assert (one.verdict, one.findings[0].code) == (Verdict.ATTENTION, "unit_contradiction")
    done = desk.resolve(one.id, unit=EDUCATION, period=DECEMBER)
    assert done.verdict is Verdict.ACCEPTED, [sentence(told) for told in done.findings]
    assert desk.texts() == {1: "教育局的。"}


def named(unit: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book["填报表"]["A2"] = f"填报单位：{unit}"

    return change


def text_of_sheet(data: bytes, name: str) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
