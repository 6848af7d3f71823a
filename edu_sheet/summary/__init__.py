"""季度总结 as an official document (GB/T 9704-2012): content first, then layout, then paper."""

from edu_sheet.summary.content.content import Content
from edu_sheet.summary.content.quarter import quarter_content
from edu_sheet.summary.report import Reported, report
from edu_sheet.summary.supervise import Supervised, supervise
from edu_sheet.summary.typeset.document import render

__all__ = [
    "Content",
    "Reported",
    "Supervised",
    "quarter_content",
    "render",
    "report",
    "supervise",
]
