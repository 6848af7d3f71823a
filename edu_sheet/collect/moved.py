"""A workspace that was moved or renamed: what the .txt in 待处理 say leads to where it was."""

from edu_sheet.collect import pending
from edu_sheet.collect.choices import choices
from edu_sheet.collect.pending import Explain
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace


def follow(workspace: Workspace, ledger: Ledger, explain: Explain) -> None:
    """Write the .txt beside what waits anew if the workspace lies elsewhere than it did.

    Those alone that lie there as the program wrote them. OutputError if one cannot be written.
    """
    here = str(workspace.root)
    if ledger.root == here:
        return
    for one in ledger.returns.waiting():
        if pending.is_shown(workspace, one):
            pending.place(workspace, one, explain(workspace, one, choices(ledger, one)))
    ledger.root = here
