"""Where the checkout and what tests compare with lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = ROOT / "tests" / "support"
GOLDENS = ROOT / "tests" / "goldens"
