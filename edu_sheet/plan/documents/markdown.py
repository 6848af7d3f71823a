"""A Markdown text → its paragraphs and its pipe tables, in order. Pure."""

import html
import re

from edu_sheet.plan.issued.blocks import EMPTY, Block, Cells, Counter, GridCell

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<\s*/?\s*(?:p|br|div|li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NESTED = re.compile(r"(?: {2,}|\t)\s*[-*+]\s+\S")
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+)|\*\*|__|`")


def read_markdown(text: str) -> list[Block]:
    """Return a text's lines and tables in order; a table is |---| with the lines around it."""
    counter = Counter()
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        if at + 1 < len(lines) and "|" in lines[at] and _is_rule(lines[at + 1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            counter.grid(_grid([lines[at], *lines[at + 2 : end]]))
            at = end
        else:
            nested = bool(_NESTED.match(lines[at]))
            counter.paragraph(_plain(_MARKS.sub("", lines[at])), nested=nested)
            at += 1
    return counter.blocks


def _is_rule(line: str) -> bool:
    return "|" in line and bool(_RULE.fullmatch(line))


def _grid(lines: list[str]) -> tuple[Cells, ...]:
    rows = [[GridCell(_plain(text)) for text in _cells(line)] for line in lines]
    width = len(rows[0])
    return tuple(tuple((row + [EMPTY] * width)[: max(width, len(row))]) for row in rows)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    parts = _CELL_END.split(inner)
    if inner.endswith("|") and not inner.endswith("\\|"):
        parts.pop()
    return [part.replace("\\|", "|") for part in parts]


def _plain(text: str) -> str:
    broken = _BREAK.sub("\n", text)
    return html.unescape(_TAG.sub("", broken)).replace("**", "").strip()
