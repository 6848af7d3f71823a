"""What the program does, one function a verb: values in, values out, nothing about terminals.

Each takes the workspace's folder, opens it, and closes it before it returns: what it returns holds
no ledger. A verb imports its rooms when it is called, so that none waits for the others'.
"""

from edu_sheet.app.check import CheckedPlan, check, known_plan, unsought_deadlines
from edu_sheet.app.clock import clock_behind
from edu_sheet.app.closings import covered_in_words, edit_closings, first_told_in_words
from edu_sheet.app.collect import Collected, collect, was_interrupted
from edu_sheet.app.create import Preview, create, preview_file, preview_plan
from edu_sheet.app.detail import Detail, DetailRow, Would, detail, would
from edu_sheet.app.export import Exported, export
from edu_sheet.app.fetch import Fetched, fetch
from edu_sheet.app.generate import IssuedForms, generate
from edu_sheet.app.inspect import Repaired, inspect, repair
from edu_sheet.app.mail import mail, mail_by_hand, mail_file, note_mail_sent
from edu_sheet.app.mailbox import (
    MailBox,
    SignIn,
    Tried,
    begin_sign_in,
    finish_sign_in,
    forget_sign_in,
    mail_box,
    store_password,
    test_mail,
)
from edu_sheet.app.matrix import Matrix, matrix
from edu_sheet.app.merge import merge
from edu_sheet.app.original import OriginalCopy, original_of
from edu_sheet.app.outputs import (
    OutputFile,
    OutputKind,
    can_show_pages,
    output_bytes,
    output_file,
    output_files,
    output_pages,
)
from edu_sheet.app.overview import (
    Count,
    OutputLine,
    OutputState,
    Overview,
    outdated_files,
    overview,
)
from edu_sheet.app.periods import PeriodLine, periods
from edu_sheet.app.plan import KnownPlan, Made, PlanState
from edu_sheet.app.receive import inbox_files, receive
from edu_sheet.app.report import report
from edu_sheet.app.resolve import Withdrawn, decide, resolve, undo, withdrawn_by_rejecting
from edu_sheet.app.roster import edit_leads, edit_preview, edit_roster, helpers_alone, joined
from edu_sheet.app.status import Status, status
from edu_sheet.app.supervise import supervise
from edu_sheet.app.transcribe import form_to_fill
from edu_sheet.app.waiting import (
    explained,
    received,
    returns_of,
    taken_of,
    waiting,
    waiting_files,
)
from edu_sheet.store.workspace import find_workspace

__all__ = [
    "CheckedPlan",
    "Collected",
    "Count",
    "Detail",
    "DetailRow",
    "Exported",
    "Fetched",
    "IssuedForms",
    "KnownPlan",
    "Made",
    "MailBox",
    "Matrix",
    "OriginalCopy",
    "OutputFile",
    "OutputKind",
    "OutputLine",
    "OutputState",
    "Overview",
    "PeriodLine",
    "PlanState",
    "Preview",
    "Repaired",
    "SignIn",
    "Status",
    "Tried",
    "Withdrawn",
    "Would",
    "begin_sign_in",
    "can_show_pages",
    "check",
    "clock_behind",
    "collect",
    "covered_in_words",
    "create",
    "decide",
    "detail",
    "edit_closings",
    "edit_leads",
    "edit_preview",
    "edit_roster",
    "explained",
    "export",
    "fetch",
    "find_workspace",
    "finish_sign_in",
    "first_told_in_words",
    "forget_sign_in",
    "form_to_fill",
    "generate",
    "helpers_alone",
    "inbox_files",
    "inspect",
    "joined",
    "known_plan",
    "mail",
    "mail_box",
    "mail_by_hand",
    "mail_file",
    "matrix",
    "merge",
    "note_mail_sent",
    "original_of",
    "outdated_files",
    "output_bytes",
    "output_file",
    "output_files",
    "output_pages",
    "overview",
    "periods",
    "preview_file",
    "preview_plan",
    "receive",
    "received",
    "repair",
    "report",
    "resolve",
    "returns_of",
    "status",
    "store_password",
    "supervise",
    "taken_of",
    "test_mail",
    "undo",
    "unsought_deadlines",
    "waiting",
    "waiting_files",
    "was_interrupted",
    "withdrawn_by_rejecting",
    "would",
]
