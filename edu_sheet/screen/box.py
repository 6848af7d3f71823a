"""A word to a person who has no window yet: a box of the system, where it has one."""

import sys

_TITLE = "督办填报"
_WARNING = 0x30


def show_box(text: str) -> None:
    """Show a text in a box and wait until it is closed; nothing where the system has none."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, _TITLE, _WARNING)
