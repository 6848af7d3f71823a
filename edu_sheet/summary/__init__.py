"""季度总结 as an official document (GB/T 9704-2012): content first, then layout, then paper."""

from edu_sheet.summary.content.content import Content, Facts
from edu_sheet.summary.content.quarter import quarter_content
from edu_sheet.summary.report import Reported, gather, report
from edu_sheet.summary.typeset.document import render

__all__ = ["Content", "Facts", "Reported", "gather", "quarter_content", "render", "report"]
