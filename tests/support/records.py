"""One row in a ledger, as a test needs it."""

from datetime import datetime

from edu_sheet.store.ledger import Delivery, Ledger
from edu_sheet.words.forms import Form, Issue


def record_issue(ledger: Ledger, form: Form, file: str, sha256: str, at: datetime) -> Issue:
    """Record that one form went out."""
    issue = Issue(ledger.forms.next_id(), form, file, sha256, at)
    ledger.forms.record([(form, file, sha256, issue.id)], at)
    return issue


def begin_delivery(ledger: Ledger, file: str, origin: str, sha256: str, at: datetime) -> Delivery:
    """Record that one file arrived."""
    (delivery,) = ledger.deliveries.begin([(file, origin, sha256)], at)
    return delivery
