"""A returned workbook against the forms that were issued: whose, what, and what is wrong. Pure."""

from edu_sheet.check.identify import Identified, Issued, identify
from edu_sheet.check.name import Names, named_period
from edu_sheet.check.other import not_a_return
from edu_sheet.check.pasted import as_pasted
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
    "Sender",
    "as_pasted",
    "check",
    "clean_place",
    "confirmed",
    "identify",
    "named_period",
    "not_a_return",
    "texts_at",
    "weighed",
]
