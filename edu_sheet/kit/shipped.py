"""Files that come with the program: the template and the example plan."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(name: str) -> Path:
    """Return the path of a shipped file, such as `templates/分工方案模板.xlsx`.

    In a wheel it lies inside the package, in a checkout (editable install) beside it.
    FileNotFoundError if the installation is incomplete: that is a bug, not the operator's.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        if (found := root / name).exists():
            return found
    raise FileNotFoundError(name)
