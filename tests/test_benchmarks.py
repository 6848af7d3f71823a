"""The benchmark runs from the checkout and verifies what it measures; no time is judged here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIELDS = {"ours_ms", "naive_ms", "ratio", "limit_ms", "peak_mb"}


@pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="needs the checkout")
def test_the_benchmark_says_what_each_piece_of_work_takes_beside_the_naive_way() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--units", "4", "--runs", "1", "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    measured = json.loads(done.stdout)
    assert measured["units"] == 4
    for name in ("generate", "collect", "merge", "report"):
        assert measured[name].keys() >= FIELDS
        assert all(measured[name][field] > 0 for field in FIELDS - {"peak_mb"})
        assert measured[name]["ratio"] == pytest.approx(
            measured[name]["ours_ms"] / measured[name]["naive_ms"]
        )
