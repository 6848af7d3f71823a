"""A person at LibreOffice Calc: opens a workbook, types, saves. Run by tests/support/office.py.

It is a program of its own because only the system's Python has LibreOffice's module `uno`. It reads
a JSON job on standard input and prints the steps' results as JSON on its last line.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import uno

_START = 300.0  # seconds that the program may take to start: no measure, an end to waiting


class Desk:
    """One running LibreOffice with one open workbook."""

    def __init__(self, program: str, source: str, profile: str) -> None:
        pipe = f"edusheet{uuid.uuid4().hex}"
        self.process = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = self._connect(pipe)
        services = context.ServiceManager
        self.desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._dispatcher = services.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", context
        )
        self.document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(source), "_blank", 0, ()
        )

    def _connect(self, pipe: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
        last = time.monotonic() + _START
        while True:
            try:
                return resolver.resolve(address)
            except Exception:  # pyuno raises classes that exist only at run time
                if time.monotonic() > last or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def select(self, sheet: str, cells: str) -> None:
        """Go to a sheet and select cells, as with the mouse."""
        controller = self.document.CurrentController
        controller.setActiveSheet(self.document.Sheets.getByName(sheet))
        self.do(".uno:GoToCell", ToPoint=cells)

    def do(self, command: str, **arguments: object) -> None:
        """Choose a command, as from the menu; what is forbidden is refused as to a person."""
        frame = self.document.CurrentController.Frame
        properties = tuple(_property(name, value) for name, value in arguments.items())
        self._dispatcher.executeDispatch(frame, command, "", 0, properties)

    def text(self, sheet: str, cell: str) -> str:
        """Return what a cell holds."""
        found: str = self.document.Sheets.getByName(sheet).getCellRangeByName(cell).String
        return found

    def hand(self, step: list[Any]) -> str | None:
        """Do one step and return what the cell holds after it."""
        kind, *rest = step
        if kind == "type":
            sheet, cell, text = rest
            self.select(sheet, cell)
            self.do(".uno:EnterString", StringName=text)
            return self.text(sheet, cell)
        if kind == "read":
            return self.text(*rest)
        if kind == "select":
            self.select(*rest)
            return None
        self.do(rest[0], **(rest[1] if len(rest) > 1 else {}))
        return None

    def save(self, target: str, filters: str) -> None:
        """Save a copy in another place, in the format of that filter."""
        self.document.storeToURL(
            uno.systemPathToFileUrl(target), (_property("FilterName", filters),)
        )

    def close(self) -> None:
        """Close the workbook and the program."""
        self.document.close(True)
        with contextlib.suppress(Exception):  # it may be gone before it answers
            self.desktop.terminate()
        self.process.wait(300)


def _property(name: str, value: object) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def main() -> None:
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        desk = Desk(job["program"], job["source"], profile)
        try:
            results = [desk.hand(step) for step in job["steps"]]
            desk.save(job["target"], job["filters"])
        finally:
            desk.close()
    sys.stdout.write("\n" + json.dumps(results) + "\n")


if __name__ == "__main__":
    main()
