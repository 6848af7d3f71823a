"""A sheet that was not issued: does it hold answers, or is it a cover, a list of evidence? Pure.

What may be an answer waits for a person, cell by cell; the rest of the sheet is told as one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from edu_sheet.check.answers import answer
from edu_sheet.check.tables import hidden
from edu_sheet.sentences import note
from edu_sheet.words.book import Cell, Sheet
from edu_sheet.words.findings import Finding, Value
from edu_sheet.words.place import Place, Position
from edu_sheet.words.substance import substantive
from edu_sheet.words.text import Once, bare

_LONGEST = 32_767  # characters: what a cell can hold
_SINGLY = 60  # stray cells of a sheet that are named one by one; the rest as one range
_SHORT = 30  # characters: a longer text is more than a name
_SENTENCE = re.compile("[。；！;!]")
# What says that something was done, is being done or will be.
_DOING = re.compile(
    "[已未正拟将]|完成|开展|召开|推进|推动|落实|实施|印发|出台|制定|计划|下一步|建成|建设|开工|整改|培训|"
    "检查|调研|走访|举办|组织|达到|进展|情况|同比|增长|投入|拨付|%|万元|亿元|[0-9一二三四五六七八九十]+[次所人名个项场家]"
)
# The title of a document, numbered or not: 3.关于印发某方案的通知, 会议照片（2）.jpg.
_TITLE = re.compile(
    r"(?:\d+|[一二三四五六七八九十]+)?[.、)）]?《?.*"
    r"(?:通知|方案|纪要|报告|名单|照片|图片|台账|清单|材料|文件|意见|办法|制度|目录|封面|附件|函|表"
    r"|\.(?:docx?|xlsx?|pdf|jpe?g|png|ofd|pptx?|zip|rar))》?(?:[(（].{1,6}[)）])?"
)
_HEADED = re.compile("(?:本[月期季])?(?:工作)?(?:任务)?(?:进展|落实|完成|办理)(?:情况|进展)")
_FOR_ANSWERS = re.compile("进展|补充|接上|续表|续页|填报|情况|说明|完成|落实")


def of_extra_sheet(sheet: Sheet, stray: Sequence[tuple[Position, Cell]]) -> Iterator[Finding]:
    """Yield what there is to say about the cells of a sheet that nothing explains."""
    expected: Once[bool] = Once(lambda text: _may_answer(text, sheet.name))
    asked = _answer_columns(sheet)
    answers = [
        (at, cell)
        for at, cell in stray
        if expected[text_of(cell)] or (at[1] in asked and substantive(text_of(cell)))
    ]
    area = "typed" if sheet.typed else "hidden_sheet" if hidden(sheet) else "sheet"
    for at, cell in answers[:_SINGLY]:
        about: dict[str, Value] = {"area": area, "sheet": sheet.name, "text": text_of(cell)}
        yield note("answer_out_of_place", Place(sheet.name, *at), **about)
    if rest := answers[_SINGLY:]:
        yield note(
            "answer_out_of_place", _around(sheet, rest), area="rest", **_together(sheet, rest)
        )
    if trivial := [one for one in stray if one not in answers and not sheet.typed]:
        code = "extra_sheet:hidden" if hidden(sheet) else "extra_sheet"
        yield note(code, _around(sheet, trivial), **_together(sheet, trivial))


def _answer_columns(sheet: Sheet) -> set[int]:
    """Return the columns of a sheet that are headed as answers are; all that a message says."""
    headed = {at[1] for at, cell in sheet.cells.items() if _HEADED.fullmatch(bare(cell.text))}
    return {column for _, column in sheet.cells} if sheet.typed else headed


def text_of(cell: Cell) -> str:
    """Return what a cell says, whatever it is."""
    return answer(cell) or cell.text


def joined(texts: Iterable[str]) -> str:
    """Return texts one after the other, as far as a cell could hold them."""
    found, room = list[str](), _LONGEST
    for text in texts:
        if room <= 0:
            break
        found.append(text[:room])
        room -= len(text) + 1
    return "；".join(found)[:_LONGEST]


def _may_answer(said: str, sheet: str) -> bool:
    """Return whether a text on a sheet of that name may be somebody's answer."""
    text = bare(said)
    if not substantive(text) or len(text) < 2:
        return False
    if _SENTENCE.search(text):
        return True
    if len(text) <= 2 * _SHORT and _TITLE.fullmatch(text):
        return False
    if re.fullmatch(r"[\d.:/年月日\-]*", text):
        return False
    return len(text) > _SHORT or bool(_DOING.search(text)) or _answers_expected(sheet, text)


def _answers_expected(sheet: str, text: str) -> bool:
    return bool(_FOR_ANSWERS.search(sheet)) and text not in bare(sheet)


def _around(sheet: Sheet, cells: Sequence[tuple[Position, Cell]]) -> Place:
    rows, columns = [at[0] for at, _ in cells], [at[1] for at, _ in cells]
    last = max(rows), max(columns)
    first = min(rows), min(columns)
    return Place(sheet.name, *first, None if first == last else last)


def _together(sheet: Sheet, cells: Sequence[tuple[Position, Cell]]) -> dict[str, Value]:
    text = joined(text_of(cell) for _, cell in cells)
    return {"sheet": sheet.name, "count": len(cells), "text": text}
