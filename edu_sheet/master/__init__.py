"""总表: every unit's progress on every task, printed as it is; rebuilt from the ledger at will.

`merging/merge.py` writes it. Nothing is imported here: papers ask only what was not `unmerged`.
"""
