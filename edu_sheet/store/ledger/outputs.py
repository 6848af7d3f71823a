"""What was last written to each output."""

from dataclasses import dataclass
from datetime import datetime

from edu_sheet.store.ledger.database import Database
from edu_sheet.store.ledger.taken_in import TakenIn
from edu_sheet.words.records import legible


@dataclass(frozen=True, slots=True)
class Output:
    """What was last written to an output file.

    `base` is the digest of what the program composed, "" in older ledgers where it wrote just that.
    """

    file: str
    sha256: str
    written_at: datetime
    base: str

    @property
    def composed(self) -> bool:
        """Whether all of it is the program's: else it was put into a file with a person's work."""
        return self.base in ("", self.sha256)


class Outputs:
    """Each output with the digest of what was written to it, to tell a person's hand by."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def last(self, file: str) -> Output | None:
        """Return what was last written to an output, None if nothing was."""
        rows = self._db.run("SELECT * FROM output WHERE file = ?", file)
        if not rows:
            return None
        with legible(f" {file} "):
            written = datetime.fromisoformat(rows[0]["written_at"])
        return Output(rows[0]["file"], rows[0]["sha256"], written, rows[0]["base"])

    def files(self) -> set[str]:
        """Return every output that was ever written."""
        return {row[0] for row in self._db.run("SELECT file FROM output")}

    def made_from(self, file: str) -> TakenIn | None:
        """Return what had been taken in when an output was made, None where nobody noted it."""
        rows = self._db.run("SELECT taken_in FROM made_from WHERE file = ?", file)
        with legible(f" {file} "):
            return TakenIn.from_json(rows[0][0]) if rows else None

    def note_made_from(self, file: str, taken: TakenIn) -> None:
        """Record what had been taken in when an output was made."""
        with self._db.transaction():
            self._db.run("INSERT OR REPLACE INTO made_from VALUES (?, ?)", file, taken.as_json())

    def record(self, output: Output) -> None:
        """Record what was written to an output."""
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?)",
                output.file,
                output.sha256,
                output.written_at.isoformat(),
                output.base,
            )
