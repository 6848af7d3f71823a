"""待处理: what a person must look at, each file beside a .txt that says why and what to do.

What the .txt says is handed in by whoever knows how the ways out are started. It ends with a check
of its own text: what a person wrote into it, or saved over the file beside it, is never overwritten
and never deleted.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from edu_sheet.collect.choices import Choice
from edu_sheet.kit import clock
from edu_sheet.kit.beneath import LinkError, lies, matching, read_plain, unlink
from edu_sheet.kit.files import reporting, sha256, short_name, write_bytes
from edu_sheet.sentences import sentence, unit_called
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.returns import Submission

_BOM = "\ufeff"  # so that Notepad takes the text for UTF-8
_SEAL = "（本说明由程序生成，校验码 "
_NAME_LIMIT = 70  # characters; in UTF-8 with number and .txt still below the 255 bytes of a name


def place(workspace: Workspace, submission: Submission, lines: Iterable[str]) -> Path:
    """Put a submission's file and its .txt into 待处理; return where the file lies.

    `lines` are what the .txt says.
    OutputError if they cannot be written. May be done again: the .txt then says what holds now.
    """
    target, root = item(workspace, submission), workspace.root
    note = _note(target)
    with reporting(target):
        if not lies(target, root):
            write_bytes(target, workspace.read_original(submission.sha256), root=root)
        if lies(note, root) and not _ours(note, root):
            note = _second(target)
        write_bytes(note, _sealed(lines).encode("utf-8"), root=root)
    return target


def shown(workspace: Workspace) -> set[str]:
    """Return what the names in 待处理 begin with: 0007, the number of a submission."""
    return {path.name.partition("_")[0] for path in _files(workspace, "*")}


def prefix(submission: Submission) -> str:
    """Return what the names of a submission's files in 待处理 begin with."""
    return f"{submission.id:04d}"


def clear(workspace: Workspace, submission: Submission) -> None:
    """Take a settled submission out of 待处理, but for what a person changed there."""
    target, root = item(workspace, submission), workspace.root
    with contextlib.suppress(OSError):  # open in Excel: it stays, and the next run tries again
        if sha256(read_plain(target, root)) == submission.sha256:
            unlink(target, root)
    earlier = target.with_name(f"{target.name}.txt")  # beside a .txt, too, before 0.2
    for note in dict.fromkeys((_note(target), _second(target), earlier)):
        with contextlib.suppress(OSError):
            if _ours(note, root):
                unlink(note, root)


def clear_moved(workspace: Workspace, waits: Iterable[Submission]) -> None:
    """Take each .txt of ours out of 待处理 whose file a person has moved, unless it waits still.

    In 收件箱 the file was given another number, or the old one was settled elsewhere.
    """
    files = {*(item(workspace, one) for one in waits), *_files(workspace, "*")}
    kept = {note for file in files for note in (_note(file), _second(file))}
    for note in _files(workspace, "*_*.txt"):
        with contextlib.suppress(OSError):
            if note not in kept and _ours(note, workspace.root):
                unlink(note, workspace.root)


def item(workspace: Workspace, submission: Submission) -> Path:
    """Return where a submission's file lies while it waits: 待处理/0007_县财政局.xlsx."""
    name = short_name(submission.file.rpartition("/")[2], _NAME_LIMIT)
    return workspace.pending / f"{prefix(submission)}_{name}"


def waiting(workspace: Workspace) -> Iterator[tuple[int, Path]]:
    """Yield (number, file) of each file in 待处理 that has its .txt beside it."""
    for path in _files(workspace, "*_*"):
        number, _, _ = path.name.partition("_")
        known = number.isascii() and number.isdigit() and len(number) < 10
        if known and _note(path).exists():
            yield int(number), path


Explain = Callable[[Workspace, Submission, tuple[Choice, ...]], Iterable[str]]


def explain(
    workspace: Workspace,
    submission: Submission,
    _: Sequence[Choice],
) -> Iterator[str]:
    """Yield what file it is, from whom and when, what is wrong, and where: no way to settle it."""
    grave = [one for one in submission.findings if one.severity is Severity.ERROR]
    yield from head(workspace, submission)
    yield from map(numbered, grave)
    yield from tail(submission)


def head(workspace: Workspace, submission: Submission) -> Iterator[str]:
    """Yield what file it is, from whom and when."""
    yield f"文件：{submission.file}"
    yield f"编号：{submission.id}"
    yield f"收到：{clock.shown(submission.received_at)}"
    yield f"单位：{unit_called(submission.unit, submission.findings) or '不确定'}"
    yield f"期次：{submission.period.label if submission.period else '不确定'}"
    yield f"原件：{workspace.relative(workspace.original(submission.sha256))}"
    yield from ("", "一、需要您处理的问题")


def tail(submission: Submission) -> Iterator[str]:
    """Yield what else should be known."""
    mild = [one for one in submission.findings if one.severity is Severity.WARNING]
    quoted = any("body" in dict(one.about) and one.code != "by_mail" for one in submission.findings)
    rest = [
        one
        for one in submission.findings
        if one.severity is Severity.INFO and not (quoted and one.code == "by_mail")
    ]
    if mild:
        yield from ("", "三、另请知悉（不用处理）", *(f"　{told(one)}" for one in mild))
    if rest:
        yield from ("", "附", *(f"　{told(one)}" for one in rest))


def numbered(one: Finding) -> str:
    """Return an error with the number by which a decision names it."""
    return f"{one.number}. {told(one)}"


def told(one: Finding) -> str:
    """Return a finding with its place, and the whole of what it quotes."""
    said = sentence(one, whole=True)
    return f"【{one.place}】{said}" if one.place else said


def _sealed(lines: Iterable[str]) -> str:
    """Return a .txt for Notepad, with the check of its own text at its end."""
    body = _BOM + "\r\n".join("\r\n".join(line.splitlines()) for line in lines) + "\r\n\r\n"
    return f"{body}{_SEAL}{_seal(body)}）\r\n"


def is_shown(workspace: Workspace, submission: Submission) -> bool:
    """Return whether a submission lies in 待处理 with a .txt that is as the program wrote it."""
    target = item(workspace, submission)
    try:
        return lies(target, workspace.root) and _ours(_note(target), workspace.root)
    except OSError:
        return False


def _files(workspace: Workspace, pattern: str) -> list[Path]:
    return matching(workspace.pending, workspace.root, pattern)


def _note(target: Path) -> Path:
    """Return where a file's .txt lies: its name and .txt, but beside a .txt not two .txt."""
    own = target.suffix.lower() == ".txt"
    return target.with_name(f"{target.stem}_处理办法.txt" if own else f"{target.name}.txt")


def _second(target: Path) -> Path:
    """Return where a file's .txt lies beside one that a person wrote into."""
    note = _note(target)
    return note.with_name(f"{note.stem}（新）.txt")


def _ours(note: Path, root: Path) -> bool:
    """Return whether a .txt is as the program wrote it; a link is not. OSError if there is none."""
    try:
        text = read_plain(note, root).decode("utf-8")
    except (UnicodeDecodeError, LinkError):
        return False
    body, mark, seal = text.rpartition(_SEAL)
    return bool(mark) and seal.strip() == f"{_seal(body)}）"


def _seal(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:8]
