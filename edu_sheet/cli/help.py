"""click's own words in Chinese: help pages and usage errors."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import click
from click.exceptions import NoSuchCommand

_SHORT = 200  # characters: a command's first sentence, whole


class _ChineseHelp:
    """The parts of a help page that click would head in English."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **settings)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in ctx.command.get_params(ctx) if isinstance(one, click.Option)]
        _write_list(
            "选项", [found for one in options if (found := one.get_help_record(ctx))], formatter
        )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help with a Chinese text."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]  # a mixin
        if option:
            option.help = "显示本说明后退出。"
        return option


class ChineseCommand(_ChineseHelp, click.Command):
    """A command whose help page is Chinese throughout."""

    allow_extra_args = True  # click would refuse them with a sentence that is not ours

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse a command's words; UsageError, in Chinese, if some are left over."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(f"多了参数 {' '.join(rest)}", ctx)
        return rest


class ChineseGroup(_ChineseHelp, click.Group):
    """The program, whose help page is Chinese throughout."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("subcommand_metavar", "命令 [参数]...")
        super().__init__(*args, **settings)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands in the order of a quarter's work."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order in which they were defined."""
        return list(self.commands)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Write a line for each command."""
        _write_list(
            "命令",
            [(name, one.get_short_help_str(_SHORT)) for name, one in self.commands.items()],
            formatter,
        )


def _write_list(
    head: str, records: Sequence[tuple[str, str]], formatter: click.HelpFormatter
) -> None:
    """Write names and what they mean in two columns that line up, Chinese names included."""
    column = max(_width(name) for name, _ in records) + 2
    formatter.write(f"\n{head}：\n")
    for name, meaning in records:
        formatter.write(f"  {name}{' ' * (column - _width(name))}{meaning}\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def explain(error: click.UsageError) -> str:
    """Return a usage error in Chinese, with the next step."""
    where = error.ctx.command_path if error.ctx else "edu-sheet"
    return f"{_what(error).rstrip('。')}。用法说明：{where} --help"


def _what(error: click.UsageError) -> str:
    if isinstance(error, NoSuchCommand):
        return f"没有 {error.command_name} 这个命令{_close(error.possibilities)}"
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项{_close(error.possibilities)}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)} 不对：{_wanted(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} 后面缺少内容或多了内容"
    return error.message


def _close(possibilities: Sequence[str] | None) -> str:
    return f"，是否想用 {'、'.join(possibilities)}" if possibilities else ""


def _wanted(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"请写 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Choice):
        return f"请从 {'、'.join(map(str, kind.choices))} 里选一个写"
    return "请写一个整数" if kind is click.INT else error.message


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return (
        parameter.make_metavar(error.ctx or click.Context(click.Command(""))) if parameter else ""
    )
