"""收件箱 → reading → check → ledger."""

from edu_sheet.collect import pending
from edu_sheet.collect.choices import Accepted, Choice, Way, choices
from edu_sheet.collect.inbox import Left
from edu_sheet.collect.judge import Judge
from edu_sheet.collect.run import CollectedSoFar, collect, one_at_a_time

__all__ = [
    "Accepted",
    "Choice",
    "CollectedSoFar",
    "Judge",
    "Left",
    "Way",
    "choices",
    "collect",
    "one_at_a_time",
    "pending",
]
