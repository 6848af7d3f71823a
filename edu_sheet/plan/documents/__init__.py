"""A plan as issued (Word, Excel, Markdown) → tasks."""

from edu_sheet.plan.documents.convert import converted
from edu_sheet.plan.documents.document import plan_of, read_document, read_issued
from edu_sheet.plan.documents.drafted import Issued

__all__ = ["Issued", "converted", "plan_of", "read_document", "read_issued"]
