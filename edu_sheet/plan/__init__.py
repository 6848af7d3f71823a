"""分工方案: the plan workbook, and the Plan that it holds; `documents` is how one gets there.

A plan is read from Word, Excel or Markdown once, its workbook every day: what reads documents is
a folder of its own, so that the days do not wait for it. Nothing is imported here: the workbook is
read and written in the reader, and whoever asks for that (`changes`) loads nothing of either.
"""
