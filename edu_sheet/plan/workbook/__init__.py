"""分工方案.xlsx → Plan, with errors and doubts by cell."""
