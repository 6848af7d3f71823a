"""A returned workbook against the forms that were issued: whose, what, and what is wrong. Pure.

What it gives (`verdict`) is worked out in the reader, which alone imports that.
"""

from edu_sheet.check.checked import Arrival, Checked, Ruling
from edu_sheet.check.identify import Identified, Issued, identify
from edu_sheet.check.name import Names
from edu_sheet.check.pasted import as_pasted, differing, says_nothing_new
from edu_sheet.check.period_meant import (
    Saying,
    another_meant,
    means_awaited,
    of_another,
    periods_meant,
)
from edu_sheet.check.place import clean_place
from edu_sheet.check.repeats import Known, Reported
from edu_sheet.check.sender import Sender, confirmed, weighed
from edu_sheet.check.tables import IN_DOUBT

__all__ = [
    "IN_DOUBT",
    "Arrival",
    "Checked",
    "Identified",
    "Issued",
    "Known",
    "Names",
    "Reported",
    "Ruling",
    "Saying",
    "Sender",
    "another_meant",
    "as_pasted",
    "clean_place",
    "confirmed",
    "differing",
    "identify",
    "means_awaited",
    "of_another",
    "periods_meant",
    "says_nothing_new",
    "weighed",
]
