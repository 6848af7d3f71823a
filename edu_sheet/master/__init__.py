"""总表: every unit's progress on every task, printed as it is; rebuilt from the ledger at will."""

from edu_sheet.master.merging.merge import Merged, merge
from edu_sheet.master.merging.unmerged import unmerged

__all__ = ["Merged", "merge", "unmerged"]
