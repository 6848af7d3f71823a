"""edu-sheet: the round trip of a work plan's spreadsheets."""
