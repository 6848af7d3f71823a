"""代填: a unit's form, to be filled in for it from a picture, a letter and the like."""

from pathlib import Path

from edu_sheet.app.session import opened_to_look
from edu_sheet.kit.beneath import lies
from edu_sheet.kit.files import read_file, reporting, short_name, write_bytes
from edu_sheet.words.errors import LedgerError

_NAME_LIMIT = 70  # characters


def form_to_fill(folder: Path, number: int) -> Path:
    """Return a copy of the form of the unit that a submission is of, in 收件箱, to be filled in.

    A copy that lies there already is that one, for a person may have written in it. LedgerError
    if nobody knows whose the submission is, or its form is gone.
    """
    with opened_to_look(folder) as (workspace, ledger):
        one = ledger.returns.submission(number)
        if not (one.unit and one.period and ledger.forms.issued(one.period, one.unit)):
            raise LedgerError(
                f"编号 {number} 还不知道是哪个单位、哪一期的", "请先说明单位和期次，再代填。"
            )
        issued = workspace.form(one.period, one.unit)
        name = f"代填_{one.period}_{one.unit}（编号{number}）.xlsx"
        path = workspace.inbox / short_name(name, _NAME_LIMIT)
        with reporting(path):
            if lies(path, workspace.root):
                return path
        if not issued.is_file():
            raise LedgerError(
                f"找不到“{one.unit}”的填报表（{workspace.relative(issued)}）",
                "请到“下发”里重新生成它。",
            )
        with reporting(issued):
            data = read_file(issued)
        write_bytes(path, data, root=workspace.root)
    return path
