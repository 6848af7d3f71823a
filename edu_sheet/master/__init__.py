"""总表: every unit's progress on every task, printed as it is; rebuilt from the ledger at will."""

from edu_sheet.master.build import build
from edu_sheet.master.merge import Merged, merge

__all__ = ["Merged", "build", "merge"]
