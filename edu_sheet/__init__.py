"""edu-sheet: the round trip of a work plan's spreadsheets.

`entries(workspace, periods)` returns the long table as a pandas DataFrame, for whoever analyses
what was reported. All else is the command `edu-sheet`.
"""

import os
import sys


def _without_current_folder() -> None:
    """Let nothing be imported from the folder that the window stands in, here or in a child.

    That is the shared workspace, where others put files: a rich.py there is no module of ours.
    What `python -P` does from the start is done here before anything else is imported.
    """
    try:
        here = os.path.realpath(os.getcwd())  # noqa: PTH109 - pathlib would be imported from there
    except OSError:  # the folder is gone
        here = ""
    home = os.path.realpath(os.path.join(__file__, os.pardir, os.pardir))  # noqa: PTH118
    kept = [one for one in sys.path if one and os.path.realpath(one) != here]
    os.environ["PYTHONSAFEPATH"] = "1"
    if home == here:  # a checkout, which the program itself comes from: last, so that
        kept.append(home)  # what is installed is never taken from it
        os.environ["PYTHONPATH"] = home
    sys.path[:] = kept


if sys.argv[:1] == ["-m"] or os.path.split(sys.argv[0])[1].startswith("edu-sheet"):
    _without_current_folder()

from typing import TYPE_CHECKING  # noqa: E402 - not before it is known where from

if TYPE_CHECKING:
    from edu_sheet.app.entries import entries

__all__ = ["entries"]


def __getattr__(name: str) -> object:
    """Load what is public only when it is asked for: the commands start without pandas."""
    if name != "entries":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from edu_sheet.app.entries import entries

    return entries
