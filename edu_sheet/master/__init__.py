"""总表: every unit's progress on every task, printed as it is; rebuilt from the ledger at will."""

from edu_sheet.master.merging.merge import Merged, merge
from edu_sheet.master.sheets.build import build

__all__ = ["Merged", "build", "merge"]
