"""台账: what was issued, what came back, what was decided."""

from edu_sheet.store.ledger.deliveries import Delivery
from edu_sheet.store.ledger.ledger import Ledger
from edu_sheet.store.ledger.outputs import Output

__all__ = ["Delivery", "Ledger", "Output"]
