"""A workspace whose forms went out: returns are dropped, collected and decided on."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from edu_sheet import collect as room
from edu_sheet.cli import waiting
from edu_sheet.cli.steps import decision_step
from edu_sheet.collect import CollectedSoFar
from edu_sheet.collect.resolve import resolve
from edu_sheet.rules.standing import standing
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission
from tests.support.builders import DECEMBER, EDUCATION, moment

NOON = moment("2022-12-30T12:00")


@dataclass
class Desk:
    workspace: Workspace
    ledger: Ledger

    def form(self, unit: str = EDUCATION, period: Period = DECEMBER) -> bytes:
        return self.workspace.form(period, unit).read_bytes()

    def drop(self, name: str, data: bytes) -> Path:
        path = self.workspace.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (1_000_000_000, 1_000_000_000))  # long ago: nobody is writing it
        return path

    def collect(self, *files: Path, at: datetime = NOON) -> CollectedSoFar:
        return room.collect(
            self.workspace,
            self.ledger,
            files or None,
            received_at=at,
            now=at,
            explain=waiting.explain,
        )

    def receive(self, data: bytes, name: str = "表.xlsx", at: str = "2022-12-30") -> Submission:
        """Return what became of one file that came at that time."""
        self.drop(name, data)
        (one,) = self.collect(at=moment(at)).submissions
        return one

    def resolve(
        self, number: int = 1, *, passwords: Sequence[str] = (), **words: Any
    ) -> Submission:
        step = decision_step(number, **words)
        return resolve(
            self.workspace,
            self.ledger,
            step,
            passwords=passwords,
            now=NOON,
            explain=waiting.explain,
        )

    def texts(self, unit: str = EDUCATION, period: Period = DECEMBER) -> dict[int, str]:
        """Return what stands for a unit, by 序号."""
        said = standing(self.ledger.entries.of([period], unit))
        return {int(key[1:]): entry.text for (_, key), entry in said.items()}

    def inbox(self) -> list[str]:
        return sorted(path.name for path in self.workspace.inbox.iterdir())

    def pending(self) -> list[str]:
        return sorted(path.name for path in self.workspace.pending.iterdir())
