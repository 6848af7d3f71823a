"""A returned workbook against the forms that were issued: whose, what, and what is wrong. Pure."""

from edu_sheet.check.identify import Identified, Issued, identify
from edu_sheet.check.name import Names
from edu_sheet.check.other import not_a_return
from edu_sheet.check.pasted import as_pasted
from edu_sheet.check.period_meant import Saying, means_awaited, periods_meant
from edu_sheet.check.place import clean_place, texts_at
from edu_sheet.check.repeats import Known, Reported
from edu_sheet.check.sender import Sender, confirmed, weighed
from edu_sheet.check.tables import IN_DOUBT
from edu_sheet.check.verdict import Arrival, Checked, Ruling, check

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
    "as_pasted",
    "check",
    "clean_place",
    "confirmed",
    "identify",
    "means_awaited",
    "not_a_return",
    "periods_meant",
    "texts_at",
    "weighed",
]
