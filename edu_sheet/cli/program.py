"""The command line: parse, call, print, exit. Nothing else prints or exits.

The contract (arguments, JSON, exit statuses) stands in docs/design.md.
"""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from edu_sheet.cli.commands.begin import demo, init, screen
from edu_sheet.cli.commands.forms import generate, status
from edu_sheet.cli.commands.letters import fetch, mail, sign_in
from edu_sheet.cli.commands.outputs import export, merge, report
from edu_sheet.cli.commands.plan import check, close
from edu_sheet.cli.commands.returns import collect, open_original, resolve
from edu_sheet.cli.exits import BUG, DONE, FAILED, INTERRUPTED, NEEDS_A_PERSON
from edu_sheet.cli.help import ChineseGroup, explain
from edu_sheet.cli.say import say_error
from edu_sheet.words.errors import EduSheetError


def main() -> NoReturn:
    """Run a command and exit with the status that docs/design.md gives."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # under pythonw there is none
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream here
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status; nothing but a bug in here raises."""
    try:
        status = program.main(arguments, prog_name="edu-sheet", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
    except click.UsageError as error:
        say_error(explain(error))
    except click.ClickException as error:
        say_error(error.message)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n已中断；此前已登记的内容都在，可以重新运行。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception:  # noqa: BLE001 - the outermost edge: a bug keeps its traceback and its status
        import traceback

        traceback.print_exc()
        click.echo("程序内部出错（不是您的操作问题）：请把上面的内容发给技术人员。", err=True)
        return BUG
    else:
        return status or DONE
    return FAILED


class Program(ChineseGroup):
    """The program; what the operator can mend is said with the command that comes next."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; ClickException for an EduSheetError, in a person's words."""
        from edu_sheet.cli.steps import explain_error

        folder: Path = ctx.params["folder"]
        try:
            status = super().invoke(ctx)
        except EduSheetError as error:
            _say_disagreements(ctx, folder)
            raise click.ClickException(explain_error(error, folder)) from error
        return _say_disagreements(ctx, folder) or status


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-w",
    "--workspace",
    "folder",
    metavar="文件夹",
    envvar="EDU_SHEET_WORKSPACE",
    type=click.Path(path_type=Path),
    default=Path(),
    help="工作区文件夹；不写就是当前文件夹。",
)
@click.version_option(package_name="edu-sheet", message="edu-sheet %(version)s", help="显示版本。")
@click.pass_context
def program(context: click.Context, folder: Path) -> None:
    """把分工方案变成各单位的填报表，收回、核对、汇总，并写成季度总结。

    期次：月份写 2022-12，季度写 2022Q4。
    """
    context.obj = folder


# In the order of a quarter's work, which is that of the help page.
for _command in (
    *(demo, init, screen, check, generate, mail, sign_in, fetch),
    *(collect, resolve, open_original, status, close, merge, report, export),
):
    program.add_command(_command)


def _say_disagreements(ctx: click.Context, folder: Path) -> int:
    """Say on stderr what the folders hold that the ledger does not know; return the status of it.

    Said by every command in a workspace, once: whoever reads on would take its answer for all.
    """
    if ctx.invoked_subcommand in (None, "demo", "init", "screen"):
        return DONE
    from edu_sheet import app
    from edu_sheet.cli.as_json import in_words

    try:
        found = app.inspect(folder)
    except EduSheetError:  # no workspace, or a ledger that cannot be opened: that has been said
        return DONE
    for one in found:
        click.echo(f"注意：{in_words(one, folder)}", err=True)
    return NEEDS_A_PERSON if found else DONE
