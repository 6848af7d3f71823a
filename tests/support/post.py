"""A workspace whose plan has mail addresses and a mail box; the tests' clerk works in it."""

from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from edu_sheet.app.create import create
from edu_sheet.kit.files import write_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.plan import Plan, Roster
from edu_sheet.words.settings import MailSettings, Security
from tests.support.builders import (
    EDUCATION,
    FINANCE,
    ORGANISATION,
    POLICE,
    SCHOOLS,
    TOWNS,
    small_plan,
)
from tests.support.servers import ACCOUNT, HOST
from tests.support.session import Session

ADDRESSES = {
    EDUCATION: "jiaoyu@xian.test",
    FINANCE: "caizheng@xian.test",
    ORGANISATION: "zuzhi@xian.test",
    POLICE: "gongan@xian.test",
    TOWNS: "xiangzhen@xian.test",
    SCHOOLS: "xuexiao@xian.test",
}


def mail_settings(port: int = 465, **fields: object) -> MailSettings:
    settings = MailSettings(
        address=ACCOUNT, name="领导小组办公室", smtp_host=HOST, smtp_port=port, pause=0
    )
    return replace(settings, **fields)  # type: ignore[arg-type]  # any field


def plan_with(addresses: Mapping[str, str], mail: MailSettings | None = None) -> Plan:
    plan = small_plan()
    units = tuple(replace(unit, mail=addresses.get(unit.name, "")) for unit in plan.roster.units)
    settings = replace(plan.settings, mail=mail or MailSettings())
    return replace(plan, settings=settings, roster=Roster(units))


def workspace(
    folder: Path,
    addresses: Mapping[str, str] = ADDRESSES,
    mail: MailSettings | None = None,
    period: str = "2022-12",
) -> Session:
    """Return a clerk's session in a workspace whose forms have been generated."""
    create(folder)
    session = Session(folder)
    replan(session, addresses, mail)
    assert session("generate", period).status == 0
    return session


def replan(
    session: Session, addresses: Mapping[str, str] = ADDRESSES, mail: MailSettings | None = None
) -> None:
    """Let the clerk change addresses or mail settings in 分工方案.xlsx."""
    write_bytes(session.folder / "分工方案.xlsx", write_workbook(plan_with(addresses, mail)))


def parsed(data: bytes) -> EmailMessage:
    """Return a message as a modern reader understands it."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def unencrypted(port: int, **fields: object) -> MailSettings:
    return mail_settings(port, smtp_security=Security.NONE, **fields)
