"""Any file → a Book: kind by content, preflight, limits, one reader per kind."""
