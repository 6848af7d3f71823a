"""A next step as a command to be pasted into a window, and an error with the step after it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Action
from edu_sheet.words.step import Step, Verb
from edu_sheet.words.text import without_quotation_marks

_AGAIN = "重新运行本命令"
# What PowerShell, cmd and sh all read as itself in double quotes; never an option by its beginning.
_PLAIN = r"\w .,:;()（）、，。：；？！…—–·《》〈〉【】「」〔〕/+@#=~\-"
_SAFE = re.compile(rf"(?!-)[{_PLAIN}]+")
_PATH_OF_WINDOWS = re.compile(rf"(?!-)[{_PLAIN}\\]+(?<!\\)")
_KINDS = {MailKind.REMINDER: "--remind", MailKind.RECEIPT: "--receipt"}
_HOW = {How.SEND: "--send", How.PREVIEW: "--dry-run", How.SENT: "--sent"}
_ACTIONS = {Action.ACCEPT: "--accept", Action.REJECT: "--reject", Action.UNDO: "--undo"}
_WAYS = "--unit 单位 --period 期次；--accept；--reject；--take 问题编号 --task 序号；--undo"
_RUN = "请运行"
# Words that stand for what a step does not say.
_TO_FILL_IN = frozenset({"单位", "期次", "问题编号", "序号"})
_STANDING = "（先在窗口里进入工作区的文件夹）"
_SENTENCE_END = tuple("。？！：；")


def explain_error(error: EduSheetError, folder: Path) -> str:
    """Return what a person at a terminal is told: what is wrong, what to do, the command."""
    return with_next(str(error), error.next, folder)


def with_next(said: str, step: Step | None, folder: Path) -> str:
    """Return words and the step that follows them, as one text."""
    if step is None:
        return said
    if step.verb is Verb.AGAIN:
        return f"{said.removesuffix('。')}，然后{_again(step)}。"
    mark = "" if said.endswith(_SENTENCE_END) else "。"
    return f"{said}{mark}{next_sentence(step, folder)}"


def next_sentence(step: Step, folder: Path) -> str:
    """Return a step as a sentence of its own, which ends with the command."""
    if step.verb is Verb.AGAIN:
        return f"请{_again(step)}。"
    lead = _lead(step)
    if lead == _RUN and (words := [word for word in map(str, _words(step)) if word in _TO_FILL_IN]):
        lead = f"请把命令里的{'、'.join(f'“{word}”' for word in words)}换成实际的，再运行"
    known = step.verb in (Verb.CREATE, Verb.STORE_PASSWORD) or named_in_commands(folder)
    return f"{lead}{'' if known else _STANDING}：{command(step, folder)}"


def _lead(step: Step) -> str:
    """Return what stands before the command: when it is to be run, and what is to be minded."""
    lead = _RUN
    match step:
        case Step(verb=Verb.CREATE, file=None):
            lead = "工作区在别处的，请用 -w 写明它的文件夹；要新建的，请运行"
        case Step(verb=Verb.MAIL, how=How.SENT):
            lead = "草稿逐个发出后，请运行这条命令记下（没有记的不算催过）"
        case Step(verb=Verb.MAIL, how=How.SEND, units=()):
            lead = "要程序直接发出，请运行"
        case Step(verb=Verb.MAIL, how=How.SEND):
            lead = "核实后确实没有收到的，可再发一次（只留没有收到的单位）"
        case Step(verb=Verb.RESOLVE, action=None):
            lead = f"写在这条命令后面（{_WAYS}）"
        case Step(verb=Verb.RESOLVE, action=Action.REJECT, yes=True):
            lead = "确要撤回，请运行"
        case Step(verb=Verb.RESOLVE, action=Action.REJECT):
            lead = "要撤回或不采用，请运行"
        case Step(verb=Verb.STORE_PASSWORD):
            from edu_sheet.mail.account import PASSWORD

            lead = f"请运行这条命令，按提示粘贴，再{_AGAIN}（或设环境变量 {PASSWORD}）"
    return lead


def command(step: Step, folder: Path) -> str:
    """Return a step as a command; `folder` is the workspace as it can be named from the window.

    What the step does not say stands there as a word to be replaced, as in the help pages.
    """
    if step.verb is Verb.AGAIN:
        return _again(step)
    if step.verb is Verb.STORE_PASSWORD:
        from edu_sheet.mail.account import SERVICE

        return " ".join(("keyring", "set", SERVICE, _quoted(_word(step.account, "账号"))))
    said = step.verb is not Verb.CREATE and folder != Path() and named_in_commands(folder)
    where = ("-w", folder) if said else ()
    return " ".join(_quoted(str(word)) for word in ("edu-sheet", *where, *_words(step)))


def named_in_commands(folder: Path) -> bool:
    """Return whether a folder can stand in a command that every shell takes as it is."""
    return _pasted(str(folder)) is not None


def _again(step: Step) -> str:
    return f"加上 --password {_AGAIN}" if step.password else _AGAIN


def decision_step(
    number: int,
    *,
    unit: str | None = None,
    period: Period | None = None,
    accept: bool = False,
    reject: bool = False,
    take: str | None = None,
    task: int | None = None,
    undo: bool = False,
) -> Step:
    """Return the step that the options of `resolve` name; without an action if not just one."""
    named = {
        Action.ASSIGN: unit is not None or period is not None,
        Action.ACCEPT: accept,
        Action.REJECT: reject,
        Action.TAKE: take is not None or task is not None,
        Action.UNDO: undo,
    }
    actions = [action for action, given in named.items() if given]
    numbered = take is not None and take.isascii() and take.isdigit()
    return Step(
        Verb.RESOLVE,
        submission=number,
        action=actions[0] if len(actions) == 1 else None,
        units=(unit,) if unit else (),
        period=period,
        finding=int(take) if take and numbered else None,
        place="" if numbered else take or "",
        task=task,
    )


def _words(step: Step) -> Iterator[object]:
    """Yield the command's name, its arguments and its options."""
    match step.verb:
        case Verb.CREATE:
            yield from ("init", "文件夹名")
            if step.file:
                yield from ("--plan", _word(step.file, "文件"))
        case Verb.CHECK | Verb.SIGN_IN:
            yield step.verb
        case Verb.COLLECT:
            yield step.verb
            if step.submission:
                yield from ("--again", step.submission)
        case Verb.RESOLVE:
            yield from (step.verb, step.submission or "编号")
            yield from _decision(step)
        case _:
            yield from (step.verb, step.period or "期次")
            yield from _of_period(step)
    yield from (f"--{name}" for name in _SWITCHES if getattr(step, name))


# Fields of a step, named as options.
_SWITCHES = ("force", "deadlines", "repair", "slides", "password", "yes")


def _of_period(step: Step) -> Iterator[object]:
    if step.kind in _KINDS:
        yield _KINDS[step.kind]
    if step.how in _HOW:
        yield _HOW[step.how]
    for unit in step.units:
        yield from ("--again" if step.verb is Verb.MAIL else "--unit", _unit(unit))


def _decision(step: Step) -> Iterator[object]:
    if step.action is Action.ASSIGN:
        units = [*map(_unit, step.units)]
        yield from ("--unit", *(units or ("单位",)), "--period", step.period or "期次")
    elif step.action is Action.TAKE:
        yield from ("--take", step.finding or "问题编号", "--task", step.task or "序号")
    elif step.action:
        yield _ACTIONS[step.action]


def _word(value: object, instead: str) -> str:
    """Return a value as it can be pasted, else the word that a person is to replace."""
    return _pasted(str(value or "")) or instead


def _pasted(word: str) -> str | None:
    """Return a word if any shell takes it in double quotes as it stands."""
    safe = _PATH_OF_WINDOWS if os.name == "nt" else _SAFE
    return word if safe.fullmatch(word) else None


def _unit(name: str) -> str:
    """Return a unit as it can be pasted.

    Without the Chinese quotation marks, which PowerShell takes for its own: it is known so, too.
    """
    return _word(without_quotation_marks(name), "单位")


def _quoted(word: str) -> str:
    """Return a word, safe as it is, so that PowerShell, cmd and sh alike take it for one."""
    return f'"{word}"' if re.search(r"[^\w.\-]", word, re.ASCII) else word
