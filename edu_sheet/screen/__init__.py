"""The screen: what the program does, in a browser of this machine and for its clerk alone.

It calls `app` and nothing below it; a page is a route, a template and its words (docs/design.md).
"""

from edu_sheet.screen.server import run

__all__ = ["run"]
