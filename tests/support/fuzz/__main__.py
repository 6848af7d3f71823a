"""The command: mutate for a time or a count, tell what became of it, fail if there was a bug."""

import argparse
import pickle
import sys
import time
from pathlib import Path

from tests.support.fuzz.answer import Desk
from tests.support.fuzz.corpus import Corpus, corpus
from tests.support.fuzz.mutate import made
from tests.support.fuzz.run import Account, campaign

_TOLD = 60.0  # seconds between two accounts


def main() -> int:
    """Run; return 1 if there was a bug."""
    asked = argparse.ArgumentParser(prog="python -m tests.support.fuzz", description=__doc__)
    asked.add_argument("--seed", type=int, required=True)
    asked.add_argument("--seconds", type=float, default=float("inf"), help="by the clock")
    asked.add_argument("--count", type=int, default=10**12)
    asked.add_argument("--first", type=int, default=0, help="number of the first input")
    asked.add_argument("--show", type=int, help="read this input alone, in this process")
    asked.add_argument("--keep", type=Path, help="folder for the samples, and for inputs with bugs")
    options = asked.parse_args()
    files = _corpus(options.keep)
    if options.show is not None:
        sample, data = made(files, options.seed, options.show)
        _keep(options.keep, files, options.seed, options.show)
        _tell(f"{sample.kind}, {len(data)} bytes: {Desk(files).answer(sample, data)}")
        return 0
    account, told = Account(options.seed), time.monotonic()
    end = time.monotonic() + options.seconds
    bugs = 0
    for account in campaign(files, options.seed, options.first, options.count):
        for bug in account.bugs[bugs:]:
            _tell(f"BUG in input {bug.number} ({bug.kind}):\n{bug.trace}")
        bugs = len(account.bugs)
        if time.monotonic() > end:
            break
        if time.monotonic() > told + _TOLD:
            told = time.monotonic()
            _tell(account)
    _tell(account)
    return 1 if account.bugs else 0


def _tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _corpus(folder: Path | None) -> Corpus:
    """Return the files, those that lie in the folder: no two runs of LibreOffice write the same."""
    kept = folder / "corpus.pickle" if folder else None
    if kept and kept.exists():
        found: Corpus = pickle.loads(kept.read_bytes())
        return found
    files = corpus()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(files))
    return files


def _keep(folder: Path | None, files: Corpus, seed: int, number: int) -> None:
    if folder:
        sample, data = made(files, seed, number)
        (folder / f"{seed}-{number}.{sample.kind}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
