"""What the screen keeps for this person, outside all workspaces: 最近用过, the log, who runs."""

import contextlib
import json
import logging
import logging.handlers
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edu_sheet.kit.files import reporting, write_bytes
from edu_sheet.words.errors import OutputError

_OWN = "EDU_SHEET_HOME"  # a folder of its own, for tests and for whoever wants another
_PRIVATE = 0o600
_RECENT = 8  # workspaces
_LOG_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of this person's alone."""

    folder: Path

    @property
    def log(self) -> Path:
        """Where bugs are written down, without tokens and returned texts."""
        return self.folder / "屏幕.log"

    @property
    def lock(self) -> Path:
        """What the one screen that runs holds."""
        return self.folder / "屏幕.lock"

    @property
    def opened(self) -> Path:
        """How the screen that runs is found."""
        return self.folder / "屏幕.json"

    @property
    def recent_file(self) -> Path:
        """The workspaces that were opened last."""
        return self.folder / "最近用过.json"

    def recent(self) -> tuple[Path, ...]:
        """Return the workspaces that were opened last and are still there, newest first."""
        try:
            said = json.loads(self.recent_file.read_text(encoding="utf-8"))
            folders = [Path(one) for one in said if isinstance(one, str)]
        except (OSError, ValueError, TypeError):  # none yet, or spoilt: nothing hangs on it
            return ()
        return tuple(one for one in folders if one.is_dir())[:_RECENT]

    def remember(self, folder: Path) -> None:
        """Note that a workspace was opened; a full disk hinders nobody from looking."""
        rest = [one for one in self.recent() if one != folder]
        with contextlib.suppress(OutputError):
            self.write(self.recent_file, [str(one) for one in (folder, *rest)][:_RECENT])

    def write(self, path: Path, value: object) -> None:
        """Write a value as JSON that nobody else can read; OutputError if it cannot be."""
        with reporting(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        data = json.dumps(value, ensure_ascii=False, indent=1).encode()
        write_bytes(path, data, mode=_PRIVATE)


def home_of_person(environment: Mapping[str, str] | None = None) -> Home:
    """Return the folder that the system has for such things."""
    known = os.environ if environment is None else environment
    if own := known.get(_OWN):
        return Home(Path(own))
    if sys.platform == "win32":
        base = Path(known.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(known.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Home(base / "edu-sheet")


def log_into(home: Home) -> logging.Logger:
    """Return the screen's log, in a file that does not grow without end."""
    home.folder.mkdir(parents=True, exist_ok=True)
    kept = logging.handlers.RotatingFileHandler(
        home.log, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    kept.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("edu_sheet.screen")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers[:] = [kept]
    logging.getLogger("waitress").handlers[:] = [kept]
    logging.getLogger("waitress").propagate = False
    return log
