"""What the operator can mend.

Every error says where, what and what next: `message` is where and what, in Chinese, `hint` what
to do about it outside the program (“请关闭该文件”), and `next` what to do with the program. The
words hold in any front end; how a step is started is the front end's to say. What others sent is
no exception but a `Finding`; a bug is none of these and keeps its traceback.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edu_sheet.words.step import Step


class EduSheetError(Exception):
    """A fault that the person at the keyboard can mend; exit status 2."""

    def __init__(self, message: str, hint: str, next: "Step | None" = None) -> None:  # noqa: A002
        super().__init__(message, hint, next)  # all of it, so that it passes between processes
        self.message = message
        self.hint = hint
        self.next = next

    def __str__(self) -> str:
        return f"{self.message}。{self.hint}" if self.hint else self.message


class WorkspaceError(EduSheetError):
    """A folder is missing, is no workspace, or cannot be written."""


class PlanError(EduSheetError):
    """The plan workbook, or the document a plan is read from, cannot be used as it is."""


class PeriodError(EduSheetError):
    """What was given as a period is none, or lies before the plan's first month."""


class LedgerError(EduSheetError):
    """The ledger is damaged, busy, or asked for something that it does not hold."""


class MailError(EduSheetError):
    """Mail cannot be sent or fetched: no address, no password, no connection, refused."""


class OutputError(EduSheetError):
    """A file cannot be written: open in another program, disk full, folder read-only."""
