"""收件箱 → reading → check → ledger."""

from edu_sheet.collect.inbox import Left
from edu_sheet.collect.judge import Judge
from edu_sheet.collect.run import Collected, collect, one_at_a_time

__all__ = ["Collected", "Judge", "Left", "collect", "one_at_a_time"]
