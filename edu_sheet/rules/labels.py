"""【单位】: the labels under which the units' texts stand in one cell of 进展情况. Pure.

A line of a unit's own text that begins like another unit's label stands one space further in: what
divides the cell is the program's alone, and taking the space off again gives the text as it was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set

_LABEL = re.compile(r"^【(.+?)】[ \t\u3000]*\n?", re.MULTILINE)
# Alone in its line. The bracket comes first: a search for a character is the quickest there is.
_ALONE = re.compile(r"【(?<![^\n]【)(.+?)】(?=\n|$)")
_LIKE_LABEL = re.compile(r"^(?=\u3000*【(.+?)】)", re.MULTILINE)
_SET_IN = re.compile(r"^\u3000(?=\u3000*【(.+?)】)", re.MULTILINE)


def _name(label: re.Match[str]) -> str:
    return "".join(label[1].split())


def labelled(sections: Iterable[tuple[str, str]], names: Set[str] = frozenset()) -> str:
    """Return the text of a cell of 进展情况: each unit's text below its 【label】.

    Lines of a text that begin like the label of one of these `names` are set in.
    """
    return "\n".join(f"【{unit}】\n{set_in(text, names)}" for unit, text in sections)


def set_in(text: str, names: Set[str]) -> str:
    """Return a unit's text with the lines set in that begin like a label of one of these names."""
    if not names or "【" not in text:
        return text
    return _LIKE_LABEL.sub(lambda one: "\u3000" if _name(one) in names else "", text)


def set_out(text: str, names: Set[str]) -> str:
    """Return a unit's text as it was before `set_in`."""
    if not names or "\u3000" not in text:
        return text
    return _SET_IN.sub(lambda one: "" if _name(one) in names else one[0], text)


def sections(
    cell: str, units: Sequence[str], names: Set[str] = frozenset()
) -> dict[str, str] | None:
    """Return the text of each unit in a cell, None where a label is damaged or out of place.

    The labels of these units, each once at most and in this order, divide the whole cell: put
    together again by `labelled`, the sections are the cell to the last character. Lines that
    `labelled` has set in for the `names` stand as they were.
    """
    found: dict[str, str] = {}
    order = {unit: place for place, unit in enumerate(units)}
    known = [one for one in _LABEL.finditer(cell) if one[1] in order]
    for place, one in enumerate(known):
        end = known[place + 1].start() - 1 if place + 1 < len(known) else len(cell)
        if one[1] in found:
            return None
        found[one[1]] = cell[one.end() : end]
    ordered = sorted(found, key=order.__getitem__)
    if labelled((unit, found[unit]) for unit in ordered) != cell:
        return None
    return {unit: set_out(text, names) for unit, text in found.items()}


def cut_out(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Return whether the sections that are gone were taken out whole, each label with its text.

    Where the label alone is gone, its text is the end of the section above, which is then not what
    it was before.
    """
    doubtful = False
    for unit, text in before.items():
        if unit in now:
            doubtful = now[unit].strip() != text.strip()
        elif doubtful:
            return False
    return True


def parted(cell: str, units: Set[str]) -> list[tuple[str, str]]:
    """Return a cell in pieces as their labels divide it: (unit, text), "" before the first label.

    A unit whose label stands twice has two pieces.
    """
    known = [one for one in _LABEL.finditer(cell) if _name(one) in units]
    ends = [*(one.start() for one in known), len(cell)]
    pieces = [("", cell[: ends[0]])] if cell[: ends[0]].strip() else []
    for place, one in enumerate(known):
        said = set_out(cell[one.end() : ends[place + 1]], units)
        pieces.append((_name(one), said))
    return pieces


def attributed(cell: str, units: Sequence[str], names: Set[str] = frozenset()) -> dict[str, str]:
    """Return what seems to be each unit's in a cell whose labels may be damaged.

    What stands before the first label goes to the first unit, what follows a label that no unit
    bears to the unit before it: nothing is lost, and a unit without any text is left out. Lines
    that were set in for the `names` stand as they were.
    """
    texts: dict[str, list[str]] = {}
    asked = frozenset(units)
    known = [one for one in _LABEL.finditer(cell) if _name(one) in asked]
    ends = [*(one.start() for one in known), len(cell)]
    spoken = {_name(one) for one in known}
    if units and (before := cell[: ends[0]].strip()):
        texts[next((unit for unit in units if unit not in spoken), units[0])] = [before]
    for place, one in enumerate(known):
        unit = _name(one)
        said = set_out(cell[one.end() : ends[place + 1]], names)
        texts.setdefault(unit, []).append(said.strip("\n"))
    return {unit: "\n".join(said) for unit, said in texts.items()}


def labels(cell: str, known: Set[str]) -> tuple[str, ...]:
    """Return the labels of a cell that bear one of the known names, each once, as they stand."""
    return tuple(dict.fromkeys(one[1] for one in _LABEL.finditer(cell) if one[1] in known))


def unknown_labels(cell: str, known: Set[str]) -> tuple[str, ...]:
    """Return what stands alone in its line like a label, and is the name of no unit."""
    alone = (_name(one) for one in _ALONE.finditer(cell))
    return tuple(dict.fromkeys(one for one in alone if one not in known))


def renamed(cell: str, names: Mapping[str, str]) -> str:
    """Return a cell with the labels of units that are called otherwise now as they are called."""
    if not names or "【" not in cell:
        return cell
    return _LABEL.sub(
        lambda one: one[0].replace(one[1], names[one[1]], 1) if one[1] in names else one[0], cell
    )


def label_parts(text: str, units: Sequence[str]) -> list[tuple[str, bool]]:
    """Return a text of 进展情况 in pieces: (piece, whether it is a unit's label)."""
    parts, start = [], 0
    known = frozenset(units)
    for found in _ALONE.finditer(text):
        if found[1] in known:
            first, end = found.span()
            if first > start:
                parts.append((text[start:first], False))
            parts.append((text[first:end], True))
            start = end
    if start < len(text):
        parts.append((text[start:], False))
    return parts
