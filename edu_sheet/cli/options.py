"""Arguments and options that several commands take."""

from typing import Any

import click

from edu_sheet.words.period import Period, parse_period


class PeriodType(click.ParamType[Period]):
    """A period on the command line."""

    name = "期次"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002 - click's signature
    ) -> Period:
        """Return the period; PeriodError if it is none."""
        return parse_period(value) if isinstance(value, str) else value


PERIOD = click.argument("period", metavar="期次", type=PeriodType())
AS_JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供脚本使用。")
