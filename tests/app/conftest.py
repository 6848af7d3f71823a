"""A workspace as a front end works in it: through `app` alone."""

import io
import shutil
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission
from tests.support.builders import CREATED, DECEMBER, NOVEMBER, fill, moment, small_plan


class Office:
    """The office of the small plan; the forms of November and December went out."""

    def __init__(self, folder: Path, like: "Office | None" = None) -> None:
        self.root = folder.resolve()
        if like:
            shutil.copytree(like.root, folder)
            self.workspace = Workspace(self.root)
            return
        self.workspace = app.create(
            folder, app.preview_plan(write_workbook(small_plan()), "方案.xlsx")
        )
        for period in (NOVEMBER, DECEMBER):
            app.generate(self.root, period, now=CREATED)

    def form(self, unit: str, period: Period = DECEMBER) -> bytes:
        return self.workspace.form(period, unit).read_bytes()

    def take(
        self, data: bytes, name: str = "表.xlsx", at: str = "2022-12-30T12:00"
    ) -> tuple[Submission, ...]:
        """Return what became of a file that came at that time."""
        app.receive(self.root, name, io.BytesIO(data))
        return app.collect(self.root, received_at=moment(at), now=moment(at)).submissions

    def report(self, unit: str, texts: dict[int, str], period: Period = DECEMBER) -> Submission:
        """Return what became of a unit's form with these texts."""
        (one,) = self.take(fill(self.form(unit, period), texts), f"{unit}.xlsx")
        return one


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return the one that each test gets a copy of."""
    return Office(tmp_path_factory.mktemp("督办") / "督办")


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return Office(tmp_path / "督办", like=made)
