"""What a front end enters in the plan workbook, as values: for `edit_roster`, `edit_closings`.

A module of its own, so that only those who enter something load what writes workbooks.
"""

from edu_sheet.plan import Alias, Close, ClosingEdit, MailAddress, Members, Reopen, RosterEdit

__all__ = ["Alias", "Close", "ClosingEdit", "MailAddress", "Members", "Reopen", "RosterEdit"]
