"""Findings as sentences: the one place where what was found becomes Chinese. Pure.

Only what shows findings to a person calls `sentence`; nothing reads its answer back.
"""

from edu_sheet.sentences.called import unit_called
from edu_sheet.sentences.catalogue import advice, note, sentence

__all__ = ["advice", "note", "sentence", "unit_called"]
