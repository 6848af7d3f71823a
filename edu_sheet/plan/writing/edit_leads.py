"""设置: who leads the tasks for which the plan names no lead, chosen in a workbook."""

from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.writing.edit_roster import refuse_new_errors
from edu_sheet.words.errors import PlanError
from edu_sheet.words.settings import LeadRule
from edu_sheet.words.sheets import SETTINGS_SHEET
from edu_sheet.words.text import tidy

_ITEM = next(one.item for one in layout.SETTINGS if one.field == "leads")


def edit_leads(loaded: Loaded, rule: LeadRule) -> Loaded:
    """Return the workbook with that chosen; the same where it stands so already.

    PlanError if 设置 has no such line, or the plan had no error by it that it has now.
    """
    located = loaded.sheets.get(SETTINGS_SHEET)
    lines = located.lines if located else ()
    line = next((one for one in lines if tidy(one.text(layout.ITEM)) == _ITEM), None)
    place = located.columns.get(layout.VALUE) if located else None
    if located is None or line is None or place is None:
        raise PlanError(
            f"“{SETTINGS_SHEET}”里没有“{_ITEM}”这一行", f"请用 Excel 打开 {loaded.name} 补上。"
        )
    if line.text(layout.VALUE) == rule.value:
        return loaded
    if (line.row, place) in package.computed_cells(loaded.data, located.name):
        raise PlanError(f"“{_ITEM}”这一行里有公式", f"请用 Excel 打开 {loaded.name} 修改。")
    cells = {(line.row, place): rule.value}
    edited = load_bytes(package.with_texts(loaded.data, located.name, cells), loaded.name)
    refuse_new_errors(loaded, edited, SETTINGS_SHEET)
    return edited
