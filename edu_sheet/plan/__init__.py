"""分工方案: the plan workbook, and the Plan that it holds; `documents` is how one gets there.

A plan is read from Word, Excel or Markdown once, its workbook every day: what reads documents is
no part of this, so that the days do not wait for it.
"""

from edu_sheet.plan.layout import helpers_alone
from edu_sheet.plan.review import ReviewLine
from edu_sheet.plan.tasks import as_json
from edu_sheet.plan.workbook.load import Loaded, load, load_bytes, load_valid
from edu_sheet.plan.workbook.requirements import unsought
from edu_sheet.plan.workbook.roster_rows import look_alikes
from edu_sheet.plan.workbook.sheets import read_bytes
from edu_sheet.plan.writing.add_deadlines import add_deadlines
from edu_sheet.plan.writing.add_units import add_units
from edu_sheet.plan.writing.edit_closings import Close, ClosingEdit, Reopen, edit_closings
from edu_sheet.plan.writing.edit_leads import edit_leads
from edu_sheet.plan.writing.edit_roster import (
    Alias,
    MailAddress,
    Members,
    RosterEdit,
    edit_roster,
)
from edu_sheet.plan.writing.write import write_empty, write_workbook
from edu_sheet.plan.writing.write_keys import write_keys

__all__ = [
    "Alias",
    "Close",
    "ClosingEdit",
    "Loaded",
    "MailAddress",
    "Members",
    "Reopen",
    "ReviewLine",
    "RosterEdit",
    "add_deadlines",
    "add_units",
    "as_json",
    "edit_closings",
    "edit_leads",
    "edit_roster",
    "helpers_alone",
    "load",
    "load_bytes",
    "load_valid",
    "look_alikes",
    "read_bytes",
    "unsought",
    "write_empty",
    "write_keys",
    "write_workbook",
]
