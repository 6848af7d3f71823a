"""总表: every unit's progress on every task, printed as it is; rebuilt from the ledger at will."""

from edu_sheet.master.merging.merge import FILE_NAME, Merged, merge, told_periods

__all__ = ["FILE_NAME", "Merged", "merge", "told_periods"]
