"""Places as findings and people write them, and the text that stands there. Pure."""

import re

from edu_sheet.check.answers import answer
from edu_sheet.words.book import Book, column_number

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def clean_place(text: str, sheet: str) -> str:
    """Return a place as findings write it: `h7` of the sheet, 填报表！H7 → 填报表!H7."""
    name, _, cell = text.strip().replace("！", "!").rpartition("!")
    match = _CELL.fullmatch(cell.strip())
    if not match:
        return text.strip()
    return f"{name.strip(chr(39)) or sheet}!{match[1].upper()}{int(match[2])}"


def text_at(book: Book, where: str, collected: str) -> str:
    """Return the text at a place: of its objects (a comment, a text box), else of its cell.

    An object on a cell of 进展情况 is what a person means: the cell itself is collected anyway.
    `collected` is the sheet that a place without one means.
    """
    wanted = clean_place(where, collected)
    objects = [thing for sheet in book.sheets for thing in sheet.objects] + [*book.objects]
    said = [thing.text for thing in objects if thing.text.strip() and thing.place == wanted]
    if said:
        return "\n".join(said)
    name, _, cell = wanted.rpartition("!")
    match = _CELL.fullmatch(cell)
    sheet = next((one for one in book.sheets if one.name == name), None)
    if not match or sheet is None:
        return ""
    found = sheet.cells.get((int(match[2]), column_number(match[1])))
    return answer(found) if found else ""
