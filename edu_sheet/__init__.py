"""edu-sheet: the round trip of a work plan's spreadsheets."""

from importlib.metadata import version

__version__ = version("edu-sheet")
