"""The folders of a workspace: where everything lies, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

from edu_sheet.kit.beneath import make_folder, read_plain
from edu_sheet.kit.files import reporting, safe_name
from edu_sheet.words.errors import WorkspaceError
from edu_sheet.words.period import Month, Period
from edu_sheet.words.step import Step, Verb
from edu_sheet.words.text import visible

PLAN_NAME = "分工方案.xlsx"
_QUOTED = 60  # characters of a path that cannot be one


@dataclass(frozen=True, slots=True)
class Workspace:
    """One plan's folder."""

    root: Path

    @property
    def plan(self) -> Path:
        """The plan workbook."""
        return self.root / PLAN_NAME

    @property
    def inbox(self) -> Path:
        """收件箱: returned files are dropped here."""
        return self.root / "收件箱"

    @property
    def pending(self) -> Path:
        """待处理: what a person must look at."""
        return self.root / "待处理"

    @property
    def archive(self) -> Path:
        """存档: originals, replaced outputs, and the ledger."""
        return self.root / "存档"

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.archive / "台账.db"

    @property
    def lock(self) -> Path:
        """What one holds who collects or decides."""
        return self.archive / "collect.lock"

    @property
    def reading_now(self) -> Path:
        """What a run is reading, and over which files earlier runs were stopped."""
        return self.archive / "collect.reading"

    @property
    def viewing(self) -> Path:
        """存档/查看: copies of originals to look at, which may be deleted."""
        return self.archive / "查看"

    @property
    def originals(self) -> Path:
        """存档/原件: every original, by its digest."""
        return self.archive / "原件"

    def original(self, sha256: str) -> Path:
        """Return where the original of that digest is kept."""
        return self.originals / sha256[:2] / sha256

    @property
    def forms(self) -> Path:
        """下发: a folder a period."""
        return self.root / "下发"

    @property
    def outputs(self) -> Path:
        """成果: a folder a period."""
        return self.root / "成果"

    def read_original(self, sha256: str) -> bytes:
        """Return what the original of that digest holds; OSError if it is gone, or a link."""
        return read_plain(self.original(sha256), self.root)

    def issued(self, period: Period) -> Path:
        """下发/PERIOD: the forms of a period."""
        return self.forms / str(period)

    def form(self, period: Period, unit: str) -> Path:
        """Return where a unit's form lies."""
        return self.issued(period) / f"{period}_{safe_name(unit)}.xlsx"

    def results(self, period: Period) -> Path:
        """成果/PERIOD: the outputs of a period."""
        return self.outputs / str(period)

    def master(self, period: Period) -> Path:
        """Return where the master of a period lies."""
        return self.results(period) / "总表.xlsx"

    def summary(self, period: Period) -> Path:
        """Return where the document of a period lies: 季度总结, of a month 调度通报."""
        name = "调度通报" if isinstance(period, Month) else "季度总结"
        return self.results(period) / f"{name}.docx"

    def supervision(self, period: Period) -> Path:
        """Return the folder in which the 督办单 of a period lie."""
        return self.results(period) / "督办单"

    def long_table(self, period: Period) -> Path:
        """Return where the long table of a period lies that the screen writes."""
        return self.results(period) / "进展长表.xlsx"

    def relative(self, path: Path) -> str:
        """Return a path as the ledger keeps it: relative, with /."""
        return path.relative_to(self.root).as_posix()

    def create(self) -> None:
        """Make the folders; OutputError if that cannot be done, or one of them is a link."""
        for folder in (self.inbox, self.pending, self.archive):
            with reporting(folder):
                make_folder(folder, self.root, private=folder == self.archive)


def find_workspace(folder: Path) -> Workspace:
    """Return the workspace in a folder; WorkspaceError if there is none."""
    refuse_impossible(folder)
    if not folder.is_dir():
        raise WorkspaceError(
            f"找不到文件夹 {folder}", "请核对文件夹的位置，或新建工作区。", Step(Verb.CREATE)
        )
    workspace = Workspace(folder.resolve())
    if not workspace.plan.exists():
        raise WorkspaceError(
            f"{workspace.root} 不是工作区（没有 {PLAN_NAME}）",
            "请指定工作区所在的文件夹，或新建工作区。",
            Step(Verb.CREATE),
        )
    return workspace


def refuse_impossible(folder: Path) -> None:
    """Raise WorkspaceError for a path that no system takes, or that nobody may look at."""
    try:
        folder.resolve()
        (folder / PLAN_NAME).exists()
    except (OSError, ValueError):  # too long, a NUL in it, no right to look
        said = visible(str(folder))
        shown = said if len(said) <= _QUOTED else f"{said[:_QUOTED]}…"
        raise WorkspaceError(f"打不开文件夹 {shown}", "请检查它的位置写得对不对。") from None
