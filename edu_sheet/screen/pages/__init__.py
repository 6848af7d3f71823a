"""The pages: a file each, with its routes; its template bears the same name."""

from edu_sheet.screen.pages import collect, entrance, issue, jobs, opening, period, start

PAGES = (
    entrance.page,
    start.page,
    period.page,
    issue.page,
    collect.page,
    jobs.page,
    opening.page,
)

__all__ = ["PAGES"]
