"""A new workspace: the folders, the plan workbook, an empty ledger."""

from pathlib import Path

from edu_sheet.kit.files import write_bytes
from edu_sheet.kit.shipped import shipped
from edu_sheet.plan import read_document, write_workbook
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import WorkspaceError

TEMPLATE = "templates/分工方案模板.xlsx"


def init(folder: Path, document: Path | None) -> Workspace:
    """Make a workspace in a folder, from the template or from a plan document, and return it.

    The plan workbook comes last: a folder without it is no workspace yet, and `init` can be run
    again after a kill. WorkspaceError if there is one already; PlanError if the document cannot
    be read; nothing is made then.
    """
    workspace = Workspace(folder.resolve())
    if workspace.plan.exists():
        raise WorkspaceError(
            f"{workspace.root} 里已有 {workspace.plan.name}，没有改动它",
            "请另选一个文件夹；如要修改方案，直接用 Excel 打开该文件即可。",
        )
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder} 是一个文件，不是文件夹", "请另选一个文件夹名。")
    content = (
        write_workbook(read_document(document)) if document else shipped(TEMPLATE).read_bytes()
    )
    workspace.create()
    if not workspace.ledger.exists():
        Ledger.create(workspace.ledger).close()
    write_bytes(workspace.plan, content)
    return workspace
