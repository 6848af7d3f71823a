"""The pages: a file each, with its routes; its template bears the same name."""

from edu_sheet.screen.pages import (
    collect,
    due,
    entrance,
    files,
    issue,
    jobs,
    mail,
    matrix,
    opening,
    outputs,
    period,
    returned,
    settings,
    start,
    wait,
    wizard,
)

PAGES = (
    entrance.page,
    start.page,
    wizard.page,
    period.page,
    issue.page,
    collect.page,
    files.page,
    wait.page,
    returned.page,
    outputs.page,
    matrix.page,
    due.page,
    mail.page,
    settings.page,
    jobs.page,
    opening.page,
)

__all__ = ["PAGES"]
