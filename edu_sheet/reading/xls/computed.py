"""Whether an xls holds what a formula gives: LibreOffice stores 0 for every one that gives a text.

No STRING record follows there, as [MS-XLS] 2.5.133 demands. A 0 is believed of a formula that can
give nothing but a number.
"""

import re
from typing import Any

from edu_sheet.words.place import column_number

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_INSIDE = re.compile(r"\([^()]*\)")
_TEXT = '""'  # what is left of a quoted text
# Functions that give a text, or what they find or choose.
_GIVES_TEXT = re.compile(
    r"(?:TEXT|CONCATENATE|LEFT|RIGHT|MID|SUBSTITUTE|REPLACE|REPT|TRIM|CLEAN|T|CHAR|UPPER|LOWER"
    r"|PROPER|FIXED|DOLLAR|RMB|CELL|IF|CHOOSE|LOOKUP|VLOOKUP|HLOOKUP|INDEX|INDIRECT|OFFSET)\(\)"
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,5})")


def may_be_text(formula: str, sheet: Any) -> bool:
    """Return whether a formula of an xlrd sheet may give a text, so that its 0 tells nothing."""
    bones = _QUOTED.sub(_TEXT, formula)
    while (bare := _INSIDE.sub("\0", bones)) != bones:
        bones = bare
    bones = bones.replace("\0", "()").strip()
    if reference := _REFERENCE.fullmatch(bones):
        return _is_text(sheet, int(reference[2]), column_number(reference[1]))
    whole = not bones or bones == _TEXT or "&" in bones or "!" in bones
    return whole or bool(_GIVES_TEXT.fullmatch(bones))


def _is_text(sheet: Any, row: int, column: int) -> bool:
    import xlrd

    held = 1 <= row <= sheet.nrows and column <= sheet.row_len(row - 1)
    return held and bool(sheet.cell_type(row - 1, column - 1) == xlrd.XL_CELL_TEXT)
