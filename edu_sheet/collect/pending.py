"""待处理: what a person must look at, each file beside a .txt that says why and what to do.

The .txt is made from the submission alone and ends with a check of its own text: what a person
wrote into it, or saved over the file beside it, is never overwritten and never deleted.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from edu_sheet.kit.files import reporting, sha256, short_name, write_bytes
from edu_sheet.sentences import sentence
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding, Severity, Value
from edu_sheet.words.returns import Submission

_BOM = "\ufeff"  # so that Notepad takes the text for UTF-8
_SEAL = "（本说明由程序生成，校验码 "
_NAME_LIMIT = 70  # characters; in UTF-8 with number and .txt still below the 255 bytes of a name

# What can be settled by taking the text at the finding's place.
_TAKEABLE = {"answer_out_of_place", "merged_progress", "duplicate_row", "torn_row", "stray_text"}
# The whole is settled by saying whose it is.
_OWNER = {
    "unknown_file",
    "unit_contradiction",
    "period_contradiction",
    "version_contradiction",
    "unknown_unit",
    "unknown_period",
    "unknown_owner",
    "unknown_number",
    "not_issued",
    "sender_contradiction",
    "bad_signature",
    "other_plan",
    "no_table",
    "no_progress_column",
    "wrong_period",
}
_NOTHING_TO_TAKE = {
    "no_table",
    "no_progress_column",
    "internal_error",
    "too_large",
    "master",
    "plan_workbook",
    "empty_archive",
}


def place(workspace: Workspace, submission: Submission) -> Path:
    """Put a submission's file and its .txt into 待处理; return where the file lies.

    OutputError if they cannot be written. May be done again: the .txt then says what holds now.
    """
    target = item(workspace, submission)
    note = _note(target)
    original = workspace.original(submission.sha256)
    with reporting(target):
        if not target.exists():
            write_bytes(target, original.read_bytes())
        if note.exists() and not _ours(note):
            note = target.with_name(f"{target.name}（新）.txt")
        write_bytes(note, explain(workspace, submission).encode("utf-8"))
    return target


def clear(workspace: Workspace, submission: Submission) -> None:
    """Take a settled submission out of 待处理, but for what a person changed there."""
    target = item(workspace, submission)
    with contextlib.suppress(OSError):  # open in Excel: it stays, and the next run tries again
        if target.exists() and sha256(target.read_bytes()) == submission.sha256:
            target.unlink()
    for note in (_note(target), target.with_name(f"{target.name}（新）.txt")):
        with contextlib.suppress(OSError):
            if note.exists() and _ours(note):
                note.unlink()


def item(workspace: Workspace, submission: Submission) -> Path:
    """Return where a submission's file lies while it waits: 待处理/0007_县财政局.xlsx."""
    name = short_name(submission.file.rpartition("/")[2], _NAME_LIMIT)
    return workspace.pending / f"{submission.id:04d}_{name}"


def waiting(workspace: Workspace) -> Iterator[tuple[int, Path]]:
    """Yield (number, file) of each file in 待处理 that has its .txt beside it."""
    for path in sorted(workspace.pending.glob("*_*")):
        number, _, _ = path.name.partition("_")
        known = number.isascii() and number.isdigit() and len(number) < 10
        if known and _note(path).exists():
            yield int(number), path


def explain(workspace: Workspace, submission: Submission) -> str:
    """Return the .txt: what file, from whom, when, what is wrong, where, and what settles it."""
    grave = [one for one in submission.findings if one.severity is Severity.ERROR]
    mild = [one for one in submission.findings if one.severity is Severity.WARNING]
    rest = [one for one in submission.findings if one.severity is Severity.INFO]
    lines = [
        f"文件：{submission.file}",
        f"编号：{submission.id}",
        f"收到：{submission.received_at:%Y-%m-%d %H:%M}",
        f"单位：{submission.unit or '不确定'}",
        f"期次：{submission.period.label if submission.period else '不确定'}",
        f"原件：{workspace.relative(workspace.original(submission.sha256))}",
        "",
        "一、需要您处理的问题",
        *_numbered(workspace, submission, grave),
        "",
        "二、怎样了结",
        "打开命令行窗口，选一种办法，复制它下面的那行命令，回车执行。",
        *_ways(workspace, submission, grave),
    ]
    if mild:
        lines += ["", "三、另请知悉（不用处理）", *(f"　{_told(one)}" for one in mild)]
    if rest:
        lines += ["", "附", *(f"　{_told(one)}" for one in rest)]
    body = _BOM + "\r\n".join("\r\n".join(line.splitlines()) for line in lines) + "\r\n\r\n"
    return f"{body}{_SEAL}{_seal(body)}）\r\n"


def command(workspace: Workspace, *words: object) -> str:
    """Return an edu-sheet command as it can be pasted into a window, whatever folder that is in."""
    said = " ".join(_quoted(str(word)) for word in words)
    return f'edu-sheet -w "{workspace.root}" {said}'


def _numbered(
    workspace: Workspace, submission: Submission, grave: Sequence[Finding]
) -> Iterator[str]:
    for number, one in enumerate(grave, 1):
        yield f"{number}. {_told(one)}"
        if one.code in _TAKEABLE:
            said = command(
                workspace,
                "resolve",
                submission.id,
                "--take",
                one.source,
                "--task",
                one.task.number if one.task else "序号",
            )
            yield "要把这段文字收作某项的进展，请运行（序号请核对）："
            yield said


def _ways(workspace: Workspace, submission: Submission, grave: Sequence[Finding]) -> Iterator[str]:
    codes = {one.code for one in grave}
    number = submission.id
    known = submission.unit and submission.period
    if codes & _OWNER:
        yield "说明是哪个单位、哪一期的表（命令里的单位和期次请核对，不对就改）："
        for unit in _units(submission, grave):
            for period in _periods(submission, grave):
                yield command(workspace, "resolve", number, "--unit", unit, "--period", period)
    if "encrypted" in codes:
        yield "有密码的，运行后按提示输入密码："
        yield command(workspace, "collect", str(item(workspace, submission)), "--password")
    if "internal_error" in codes:
        yield "换用新版程序后再试一次："
        yield command(workspace, "collect", str(item(workspace, submission)))
    if known and not codes & _NOTHING_TO_TAKE:
        yield _accept_label(codes)
        yield command(workspace, "resolve", number, "--accept")
    yield "不采用这份文件（原件仍在存档；对方重发的文件放进收件箱即可）："
    yield command(workspace, "resolve", number, "--reject")


def _accept_label(codes: set[str]) -> str:
    if "wrong_period" in codes:
        return "确实是对这一期的更正，照收："
    if "tie" in codes:
        return "以本件为准，照收："
    if codes & _TAKEABLE:
        return "已核对，只收“进展情况”栏里的文字，其余不要："
    return "已核对无误，照收："


def _units(submission: Submission, grave: Sequence[Finding]) -> list[str]:
    """Return the units that it may be, one to fill in where nothing says."""
    if submission.unit:
        return [submission.unit]
    said = [_both(one) for one in grave if one.code == "unit_contradiction"]
    return list(dict.fromkeys(str(unit) for pair in said for unit in pair)) or ["单位名称"]


def _periods(submission: Submission, grave: Sequence[Finding]) -> list[str]:
    """Return the periods that it may be, one to fill in where nothing says."""
    for one in grave:
        if one.code == "wrong_period":
            return [str(one["awaited"])]
    if submission.period:
        return [str(submission.period)]
    said = [_both(one) for one in grave if one.code == "period_contradiction"]
    return list(dict.fromkeys(str(one) for pair in said for one in pair)) or ["期次（如 2022-12）"]


def _both(one: Finding) -> tuple[Value, Value]:
    """Return what the two signals say that contradict each other."""
    return one["first"], one["second"]


def _told(one: Finding) -> str:
    return f"【{one.place}】{sentence(one)}" if one.place else sentence(one)


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"[^\w.\-]", word, re.ASCII) else word


def _note(target: Path) -> Path:
    return target.with_name(f"{target.name}.txt")


def _ours(note: Path) -> bool:
    """Return whether a .txt is as the program wrote it."""
    try:
        text = note.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    body, mark, seal = text.rpartition(_SEAL)
    return bool(mark) and seal.strip() == f"{_seal(body)}）"


def _seal(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:8]
