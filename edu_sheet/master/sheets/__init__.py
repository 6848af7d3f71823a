"""The sheets of 总表, each in a file of its own, and the workbook that they make."""
