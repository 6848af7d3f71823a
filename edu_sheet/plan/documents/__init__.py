"""A plan as issued (Word, Excel, Markdown) → tasks."""
