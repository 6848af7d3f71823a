"""A new workspace: a plan looked at first, then the folders, the workbook, an empty ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.kit import clock
from edu_sheet.kit.files import write_bytes
from edu_sheet.kit.shipped import shipped
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import PLAN_NAME, Workspace, refuse_impossible
from edu_sheet.words.errors import WorkspaceError
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Plan

if TYPE_CHECKING:
    from edu_sheet.plan.review import ReviewLine
    from edu_sheet.plan.workbook.load import Loaded

_TEMPLATE = "templates/分工方案模板.xlsx"


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan workbook that a new workspace would get; nothing has been written yet."""

    workbook: "Loaded"
    review: "tuple[ReviewLine, ...]" = ()  # what became of every text of the document

    @property
    def plan(self) -> Plan | None:
        """The plan; with errors what could be read, or None."""
        return self.workbook.plan

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What has to be mended before forms can be made."""
        return self.workbook.errors

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        return self.workbook.doubts

    @property
    def look_alikes(self) -> tuple[tuple[str, str], ...]:
        """Names that may be another unit's: each with that unit."""
        from edu_sheet.plan.workbook.roster_rows import look_alikes

        return look_alikes(self.plan.roster) if self.plan else ()

    @property
    def rows(self) -> Mapping[int, int]:
        """Which of the tasks, counted from 1, stands in a row of the plan's sheet."""
        order = (
            {task.key: number for number, task in enumerate(self.plan.tasks, 1)}
            if self.plan
            else {}
        )
        places = self.workbook.places.items()
        return {place.row: order[key] for (key, _), place in places if key in order}

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups (各乡镇党委、政府) that have no members: each gets one form."""
        units = self.plan.roster.units if self.plan else ()
        return tuple(unit.name for unit in units if unit.group and not unit.members)


def preview_plan(data: bytes, name: str) -> Preview:
    """Return what a plan document (Word, Excel, Markdown) of that name holds.

    PlanError if it is damaged or of another kind, holds no table with the plan's columns, or is a
    plan workbook of this program that has errors.
    """
    from edu_sheet.app.reader import read_document
    from edu_sheet.plan.workbook.load import load_bytes
    from edu_sheet.plan.writing.write import write_workbook

    issued = read_document(data, name)
    workbook = load_bytes(write_workbook(issued.plan, issued.review), PLAN_NAME)
    return Preview(workbook, issued.review)


def preview_file(document: Path) -> Preview:
    """Return what a plan document holds, as `preview_plan`; PlanError also if it cannot be read."""
    from edu_sheet.plan.workbook.sheets import read_bytes

    return preview_plan(read_bytes(document), document.name)


def create(folder: Path, preview: Preview | None = None, *, empty: bool = False) -> Workspace:
    """Make a workspace in a folder, of a plan that was looked at or of the example.

    `empty` gives a plan without tasks instead, with examples of how it is filled in.

    The plan workbook comes last: a folder without it is no workspace yet, and this can be done
    again after a kill. WorkspaceError, and nothing made, if there is one already.
    """
    refuse_impossible(folder)
    workspace = Workspace(folder.resolve())
    _refuse_existing(workspace)
    content = _content(preview, empty=empty)
    workspace.create()
    if not workspace.ledger.exists():
        Ledger.create(workspace.ledger).close()
    write_bytes(workspace.plan, content)
    return workspace


def _content(preview: Preview | None, *, empty: bool) -> bytes:
    from edu_sheet.plan.writing.write import write_empty

    if preview:
        return preview.workbook.data
    today = clock.now()
    month = Month(today.year, today.month)
    return write_empty(month) if empty else shipped(_TEMPLATE).read_bytes()


def _refuse_existing(workspace: Workspace) -> None:
    """Raise WorkspaceError where no new workspace can be made."""
    if workspace.plan.exists():
        raise WorkspaceError(
            f"{workspace.root} 里已有 {workspace.plan.name}，没有改动它",
            "请另选一个文件夹；如要修改方案，直接用 Excel 打开该文件即可。",
        )
    if workspace.root.exists() and not workspace.root.is_dir():
        raise WorkspaceError(f"{workspace.root} 是一个文件，不是文件夹", "请另选一个文件夹名。")
