"""A PDF as pages of words with their boxes, as poppler's pdftotext sees them."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

MM = 72 / 25.4  # points


@dataclass(frozen=True)
class Word:
    """One word on a page: its text and its box in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page: its size in points, and its words."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    def lines(self) -> list[str]:
        """Return the page's lines above the page number."""
        rows: dict[int, list[Word]] = {}
        for word in self.words:
            rows.setdefault(round(word.top), []).append(word)
        ordered = (sorted(row, key=lambda one: one.left) for _, row in sorted(rows.items()))
        texts = ["".join(word.text for word in row) for row in ordered]
        return [text for text in texts if not re.fullmatch(r"—?\d+—?", text)]

    def find(self, text: str) -> Word:
        return next(word for word in self.words if text in word.text)


def pages_of(path: Path) -> list[Page]:
    """Return the pages of a PDF."""
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True)
    found = []
    for page in re.finditer(
        r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', done.stdout.decode(), re.DOTALL
    ):
        words = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
            page[3],
        )
        placed = (Word(word[4], *map(float, word[:4])) for word in words)
        found.append(Page(float(page[1]), float(page[2]), tuple(placed)))
    return found
