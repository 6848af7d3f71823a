"""台账: what was issued, what came back, what was decided."""

from edu_sheet.store.ledger.ledger import Delivery, Ledger, Output

__all__ = ["Delivery", "Ledger", "Output"]
