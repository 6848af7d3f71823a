"""The screen that runs: its workspace, its visitors, its job, its life."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app, g, request

from edu_sheet.screen.home import Home
from edu_sheet.screen.jobs import Jobs
from edu_sheet.screen.life import Life
from edu_sheet.screen.visitors import Visitor, Visitors
from edu_sheet.words.errors import WorkspaceError
from edu_sheet.words.step import Step, Verb

HOST = "127.0.0.1"


@dataclass(slots=True)
class Running:
    """What all requests share; one workspace at a time."""

    home: Home
    port: int = 0
    knock: str = ""  # what a second start says, from a file that this person alone can read
    folder: Path | None = None
    visitors: Visitors = field(default_factory=Visitors)
    jobs: Jobs = field(default_factory=Jobs)
    life: Life = field(default_factory=Life)
    passwords: list[str] = field(default_factory=list)  # that files were opened with; never kept

    @property
    def host(self) -> str:
        """The one Host that is answered."""
        return f"{HOST}:{self.port}"

    @property
    def origin(self) -> str:
        """Where the pages come from."""
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers share cookies among the ports of a machine."""
        return f"edu_sheet_{self.port}"

    def address(self, folder: Path | None = None) -> str:
        """Return an address that lets one browser in, once."""
        return f"{self.origin}/enter/{self.visitors.invite(folder)}"

    def open(self, folder: Path) -> None:
        """Work in a workspace from now on."""
        self.folder = folder.resolve()
        self.passwords.clear()
        self.home.remember(self.folder)


def running() -> Running:
    """Return the screen that answers this request."""
    found: Running = current_app.extensions["edu_sheet"]
    return found


def visitor() -> Visitor:
    """Return who asks; the guard has let him in."""
    found: Visitor = g.visitor
    return found


def workspace() -> Path:
    """Return the workspace that is worked in; WorkspaceError if none is open."""
    folder = running().folder
    if folder is None:
        raise WorkspaceError("还没有打开工作区", "", Step(Verb.CREATE))
    return folder


def came_from() -> str:
    """Return the path of the page of ours that asked, "" if it is none of ours."""
    origin, said = running().origin, request.headers.get("Referer", "")
    path = said.removeprefix(origin) if said.startswith(f"{origin}/") else ""
    return "" if path.startswith(("//", "/\\")) else path
