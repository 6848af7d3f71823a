"""The site: every page, with its guard and its words."""

import logging
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from edu_sheet import app
from edu_sheet.screen import errors, frame, shown
from edu_sheet.screen.guard import guard
from edu_sheet.screen.pages import PAGES
from edu_sheet.screen.running import Running, running, visitor, workspace
from edu_sheet.words.errors import PeriodError
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.text import visible

_FORM_BYTES = 2_000_000  # of a form that was typed; files come as they are


class _NumberInPath(IntegerConverter):
    """A number in an address, no larger than SQLite takes one."""

    def __init__(self, rules: Map) -> None:
        super().__init__(rules, max=2**63 - 1)


class _PeriodInPath(BaseConverter):
    """A 期次 in an address: 2022-12, 2022Q4."""

    def to_python(self, value: str) -> Period:
        try:
            return parse_period(value)
        except PeriodError as error:
            raise ValidationError from error

    def to_url(self, value: Period) -> str:
        return str(value)


def make_site(one: Running) -> Flask:
    """Return the site of a screen that runs."""
    site = Flask("edu_sheet.screen")
    site.extensions["edu_sheet"] = one
    site.config["MAX_FORM_MEMORY_SIZE"] = _FORM_BYTES
    site.jinja_env.undefined = StrictUndefined
    site.jinja_env.trim_blocks = site.jinja_env.lstrip_blocks = True
    site.url_map.converters |= {"period": _PeriodInPath, "int": _NumberInPath}
    site.logger = logging.getLogger("edu_sheet.screen")
    guard(site)
    errors.handle_errors(site)
    for page in PAGES:
        site.register_blueprint(page)
    site.context_processor(_known_to_templates)
    return site


def _known_to_templates() -> dict[str, Any]:
    return {
        "told": shown.told,
        "first_with_body": shown.first_with_body,
        "foremost": shown.foremost,
        "no_more": shown.no_more,
        "told_of_preview": shown.told_of_preview,
        "outcome": shown.outcome,
        "outcomes": shown.outcomes,
        "in_short": shown.in_short,
        "of_unit": shown.of_unit,
        "state_of": shown.state,
        "moment": shown.moment,
        "visible": lambda value: visible(str(value)),
        "token": _token,
        "notes": lambda: visitor().take_notes(),
        "frame_or_none": frame.frame_or_none,
        "unsought": lambda: app.unsought_deadlines(workspace()),
    }


def _token() -> str:
    return visitor().token(running().folder)
