"""Words of others that a message passes on beside the unit's own form: none of them is lost."""

import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edu_sheet.kit import clock
from edu_sheet.mail.wording import Arrears, form_letter, reminder
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.letters import Mailed, MailKind, MailState
from tests.mail.test_answers import collected, entries, form_beside, letter, state, told
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, small_form
from tests.support.letters import attachment, eml, text
from tests.support.post import ADDRESSES, mail_settings, plan_with, workspace
from tests.support.servers import ACCOUNT
from tests.support.session import Session

THEIRS = "第2项：已建成学校5所"
FILLED = {1: "资金已拨付。", 2: "已办。", 4: "已办。"}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办", mail=mail_settings())


def quoted(writer: str, said: str = THEIRS, mark: str = "-----原始邮件-----") -> str:
    return f"{mark}\n发件人: {writer}\n发送时间: 2022年12月29日 9:00\n主题: 进展\n\n{said}\n"


@pytest.mark.parametrize(
    "said",
    [
        quoted(f"甲 <{ADDRESSES[EDUCATION]}>"),
        quoted(EDUCATION),
        quoted("甲 <jia@private.test>", f"{EDUCATION}12月进展：\n{THEIRS}"),
        f"在 2022-12-29 09:00，“{EDUCATION}” <jia@private.test> 写道：\n> {THEIRS}",
        f"---- 转发的邮件 ----\n| 发件人 | {EDUCATION}<jia@private.test> |\n| 主题 | 进展 |\n{THEIRS}",
        quoted(f"<{ACCOUNT}>", "请填写附件。") + quoted(EDUCATION),
    ],
    ids=["address", "name", "heading", "wrote", "table", "below ours"],
)
def test_another_units_words_below_a_units_own_form_wait_and_name_that_unit(
    session: Session, said: str
) -> None:
    found = collected(session, letter(text(f"请查收。\n\n{said}"), form_beside(session, FILLED)))
    form, words = sorted(found, key=lambda one: str(one["verdict"]))
    assert (form["verdict"], form["unit"]) == ("accepted", FINANCE)
    assert (words["verdict"], words["unit"]) == ("attention", None)
    assert THEIRS in told(session, words["id"])
    assert f'--unit "{EDUCATION}"' in told(session, words["id"])
    assert state(session, EDUCATION) == "attention", "it may have reported"
    assert entries(session) == FILLED


def test_a_strangers_words_below_a_units_own_form_wait_as_nobodys(session: Session) -> None:
    said = quoted("甲 <jia@private.test>")
    found = collected(session, letter(text(f"请查收。\n\n{said}"), form_beside(session, FILLED)))
    form, words = sorted(found, key=lambda one: str(one["verdict"]))
    assert (form["verdict"], form["unit"]) == ("accepted", FINANCE)
    assert (words["verdict"], words["unit"]) == ("attention", None)
    assert THEIRS in told(session, words["id"])


@pytest.mark.parametrize(
    "said",
    [
        quoted(f"领导小组办公室 <{ACCOUNT}>", "请填写第1项，于12月30日前完成报送。"),
        quoted("领导小组办公室", "请填写第1项，于12月30日前完成报送。"),
        quoted(f"<{ADDRESSES[FINANCE]}>"),
        quoted(FINANCE),
        quoted(f"<{ADDRESSES[FINANCE]}>") + quoted(f"<{ACCOUNT}>", "请完成第1项。"),
        quoted("甲 <jia@private.test>", "请各股室于12月28日前报来，谢谢。"),
        quoted("甲 <jia@private.test>", "各股室请完成第1项。") + quoted(f"<{ACCOUNT}>", "请填报。"),
        quoted(f"甲 <{ADDRESSES[EDUCATION]}>", "您好，请查收附件，谢谢！"),
    ],
    ids=["ours", "our name", "own address", "own name", "both", "no work", "asks", "their cover"],
)
def test_our_letter_and_the_senders_own_words_below_its_form_are_no_answer(
    session: Session, said: str
) -> None:
    (found,) = collected(session, letter(text(f"请查收。\n\n{said}"), form_beside(session, FILLED)))
    assert (found["verdict"], found["unit"]) == ("accepted", FINANCE)


@pytest.mark.parametrize(
    "said",
    [
        f"转{EDUCATION}12月进展：\n{THEIRS}",
        f"{EDUCATION}发来如下：\n{THEIRS}",
        f"请收。\n{THEIRS}\n{EDUCATION}\n2022年12月29日",
    ],
    ids=["for", "sent", "signed"],
)
def test_what_a_unit_writes_for_another_one_is_nobodys_for_certain(
    session: Session, said: str
) -> None:
    (words,) = collected(session, letter(text(said)))
    assert (words["verdict"], words["unit"]) == ("attention", None)
    assert f'--unit "{EDUCATION}"' in told(session, words["id"])
    collected(session, letter(text("请查收"), form_beside(session, FILLED)), "表.eml")
    assert THEIRS in told(session, words["id"]), "no form of the sender's settles it"


@pytest.mark.parametrize(
    "said", [f"{EDUCATION}：\n第1项：已办。\n{FINANCE}\n12月29日", f"报{EDUCATION}\n第1项：已办。"]
)
def test_whom_a_unit_writes_to_is_not_whom_it_writes_for(session: Session, said: str) -> None:
    (words,) = collected(session, letter(text(said)))
    assert words["unit"] == FINANCE


@pytest.mark.parametrize("how", ["scan", "message"])
def test_what_bears_another_units_name_than_its_box_may_be_either_units(
    session: Session, how: str
) -> None:
    """It was nobody's, and both of them were written to as if nothing had come."""
    named = f'Content-Disposition: attachment; filename="{EDUCATION}.pdf"'.encode()
    head = f"From: <{ADDRESSES[EDUCATION]}>\r\nSubject: {EDUCATION}\r\nDate: x".encode()
    inner = b"Content-Type: message/rfc822\r\n\r\n" + eml(text("第1项：已办。"), head=head)
    part = attachment(b"%PDF-1.4 x", named) if how == "scan" else inner
    found = collected(session, letter(text("请收"), part, sender=ADDRESSES[FINANCE]))
    waits = next(one for one in found if EDUCATION in one["file"])
    assert (waits["verdict"], waits["unit"]) == ("attention", None)
    assert any(f"可能是“{EDUCATION}、{FINANCE}”的" in one["message"] for one in waits["findings"])
    assert state(session, EDUCATION) == state(session) == "attention"


@pytest.mark.parametrize(("said", "waits"), [(THEIRS, True), ("请查收附件，谢谢！", False)])
def test_what_a_unit_wrote_above_a_form_that_somebody_passes_on_for_it_is_read(
    session: Session, said: str, waits: bool
) -> None:
    written = quoted(f"<{ADDRESSES[FINANCE]}>", said)
    data = letter(
        text(f"转你\n{written}"), form_beside(session, FILLED), sender="leader@private.test"
    )
    found = collected(session, data)
    assert [one["verdict"] for one in found] == ["accepted", *["attention"] * waits]
    assert not waits or THEIRS in told(session, found[-1]["id"])


NUMBER = "<1.2.3@xian.test>"
PLAN, DUE = plan_with(ADDRESSES, mail_settings()), date(2022, 12, 30)
TASKS = tuple(replace(one, goal="建成3所学校，第1项已完成") for one in small_form(FINANCE).rows)
SENT = {
    "form": form_letter(PLAN, DECEMBER, FINANCE, 3, DUE)[1],
    "reminder": reminder(
        PLAN,
        DECEMBER,
        Arrears(FINANCE, TASKS, 3, True, ("请核对第1项：已完成10个。",), DUE),
        times=1,
        today=date(2022, 12, 31),
    )[1],
}


def answered(session: Session, said: str, sent: str) -> list[dict[str, object]]:
    """Collect a unit's form with an answer that quotes a letter of ours as `said`."""
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        ledger.letters.begin(
            Mailed(0, MailKind.FORM, DECEMBER, FINANCE, "k", ADDRESSES[FINANCE], NUMBER,
                   MailState.SENT, clock.now(), text=sent)
        )  # fmt: skip
    below = quoted(f"领导小组办公室 <{ACCOUNT}>", said)
    answer = b"In-Reply-To: " + NUMBER.encode()
    beside = form_beside(session, FILLED)
    return collected(session, letter(text(f"请查收。\n\n{below}"), beside, more=answer))


@pytest.mark.parametrize("kind", SENT)
@pytest.mark.parametrize(
    "typed",
    [
        lambda said: said.replace("\n\n", f"\n\n{THEIRS}\n", 1),
        lambda said: said.rstrip() + "另建成学校5所。\n",
        lambda said: "".join(f"> {line}\n" for line in [*said.splitlines(), THEIRS]),
    ],
    ids=["between", "on a line", "marked"],
)
def test_what_a_unit_types_into_our_letter_below_its_own_form_waits(
    session: Session, kind: str, typed: Callable[[str], str]
) -> None:
    found = answered(session, typed(SENT[kind]), SENT[kind])
    form, words = sorted(found, key=lambda one: str(one["verdict"]))
    assert (form["verdict"], form["unit"]) == ("accepted", FINANCE)
    assert (words["verdict"], words["unit"]) == ("attention", FINANCE)
    assert "学校5所" in told(session, int(str(words["id"])))
    assert entries(session) == FILLED


@pytest.mark.parametrize("kind", SENT)
@pytest.mark.parametrize(
    "shown",
    [
        lambda said: said,
        lambda said: "\n".join(textwrap.wrap(said, 30)),
        lambda said: "".join(f"> {line}\n" for line in said.splitlines()),
        lambda said: said.replace("\n", "\n\n").replace("　", " "),
        lambda said: f"{said}\n附件：2022-12_县财政局.xlsx",
    ],
    ids=["as it is", "wrapped", "marked", "other blanks", "attachment named"],
)
def test_our_letter_below_a_units_own_form_is_no_answer_whatever_it_says(
    session: Session, kind: str, shown: Callable[[str], str]
) -> None:
    (found,) = answered(session, shown(SENT[kind]), SENT[kind])
    assert (found["verdict"], found["unit"]) == ("accepted", FINANCE)
