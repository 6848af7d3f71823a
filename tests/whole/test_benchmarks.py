"""The benchmark runs from the checkout and verifies what it measures; no time is judged here."""

import json
import subprocess
import sys

import pytest

from tests.support.places import ROOT

FIELDS = {"ours_ms", "naive_ms", "ratio", "limit_ms", "peak_mb"}


@pytest.mark.once
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
    tables = {"tables of the report": measured["report"]["table"]}
    pieces = {name: measured[name] for name in ("generate", "collect", "merge", "report")}
    for name, piece in (pieces | tables).items():
        assert piece.keys() >= FIELDS, name
        assert all(piece[field] > 0 for field in FIELDS - {"peak_mb"}), name
        assert piece["ratio"] == pytest.approx(piece["ours_ms"] / piece["naive_ms"]), name
    verbs = {"check", "generate", "collect", "status", "merge", "report", "export", "mail"}
    assert measured["commands"].keys() == verbs | {"screen", "demo"}
    for name, command in measured["commands"].items():
        beside = "month_cpu_ms" if name == "demo" else "naive_cpu_ms"
        assert all(command[field] > 0 for field in ("cpu_ms", beside, "cpu_ratio")), name
