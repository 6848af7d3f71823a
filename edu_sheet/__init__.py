"""edu-sheet: the round trip of a work plan's spreadsheets.

`entries(workspace, periods)` returns the long table as a pandas DataFrame, for whoever analyses
what was reported. All else is the command `edu-sheet`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edu_sheet.app.entries import entries

__all__ = ["entries"]


def __getattr__(name: str) -> object:
    """Load what is public only when it is asked for: the commands start without pandas."""
    if name != "entries":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from edu_sheet.app.entries import entries

    return entries
