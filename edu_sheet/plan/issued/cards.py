"""A table for each task, labels and texts side by side: 督办事项 | …, 责任单位 | …. Pure."""

from edu_sheet.plan.issued.blocks import Grid
from edu_sheet.plan.issued.cells import add_units, keep_persons
from edu_sheet.plan.issued.columns import EARLIER
from edu_sheet.plan.issued.draft import Draft, Left, Source
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of, names_persons, names_several
from edu_sheet.plan.issued.reader import Reader, has
from edu_sheet.words.text import tidy


def read_card(reader: Reader, grid: Grid) -> bool:
    """Read a table that is one task, labels and texts side by side; return whether it is one."""
    draft = Draft([grid.name])
    rest: list[str] = []
    for cells in grid.rows:
        own = [cell for cell in cells if not cell.merged and has(cell)]
        at = 0
        while at < len(own):
            meaning = _labels(own[at].text)
            if meaning is None or at + 1 == len(own) or _labels(own[at + 1].text):
                rest.append(tidy(own[at].text))
                at += 1
                continue
            _take_pair(reader, draft, tidy(own[at].text), meaning, own[at + 1].text)
            at += 2
    answered = draft.text(Meaning.LEAD) or draft.text(Meaning.DUTY)
    if not draft.text(Meaning.GOAL) or not answered:
        return False
    reader.read.tasks.append(draft)
    reader.read.counted.append((grid.name, len(grid.rows), 1, len(rest)))
    for cells in grid.rows:
        reader.read.sources += [
            Source(grid.name, cell.text) for cell in cells if not cell.merged and has(cell)
        ]
    reader.read.left += [Left(grid.name, "没有用到的格", text, ask=True) for text in rest]
    return True


def _labels(text: str) -> Meaning | None:
    """Return what a cell names as a label; 明确责任单位。 is a text, as its full stop says."""
    return None if text.rstrip().endswith(("。", "；", "！")) else meaning_of(text)


def _take_pair(reader: Reader, draft: Draft, label: str, meaning: Meaning, text: str) -> None:
    draft.how[label] = meaning.value
    if meaning in UNITS:
        if names_persons(label):
            text = keep_persons(reader, draft, meaning, text)
        add_units(draft, text, meaning, both=names_several(label), page_break=False)
    elif meaning is Meaning.NUMBER:
        draft.label = tidy(text)
    elif meaning is Meaning.GOAL and draft.text(Meaning.GOAL):
        draft.how[label] = Meaning.REQUIREMENTS.value
        draft.add(Meaning.REQUIREMENTS, text, " ")
    elif meaning in (Meaning.GOAL, Meaning.REQUIREMENTS, Meaning.LIAISON, Meaning.CATEGORY):
        draft.add(meaning, text, " ")
    else:
        draft.also(label if meaning is not Meaning.PROGRESS else EARLIER, text)
