"""What a front end enters in the plan workbook, as values: for `edit_roster`, `edit_closings`.

A module of its own, so that only those who enter something load what writes workbooks.
"""

from edu_sheet.plan.writing.edit_closings import Close, ClosingEdit, Reopen
from edu_sheet.plan.writing.edit_roster import Alias, MailAddress, Members, RosterEdit

__all__ = ["Alias", "Close", "ClosingEdit", "MailAddress", "Members", "Reopen", "RosterEdit"]
