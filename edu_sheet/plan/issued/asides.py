"""Rows of a table that are no tasks: headings, sums, remarks, titles written again. Pure."""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.blocks import Cells, Grid, GridCell
from edu_sheet.plan.issued.columns import EARLIER, Columns
from edu_sheet.plan.issued.draft import Draft, Left
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import is_label, joint_behind, ordinal_of
from edu_sheet.plan.issued.reader import REMARK, Reader, label_in, leave
from edu_sheet.plan.issued.titles import HEADING_ROW, named_in
from edu_sheet.words.text import bare, tidy

NOTE = re.compile(
    r"\s*[（(]?(?:注|备注|说明|填表|填报|附[：:注]|联系|制表|审核|此表|合计|总计|小计|单位[：:])"
)
_SIGNED = (
    r"(?:单位|部门|科室|填[表报](?:单位|部门)?|审[核批]|复核)?(?:主要)?负责人|填[表报]人员?|(?:审[核批]|复核|校对|制表|经办|报送|编制|统计)人?"
    r"|(?:主管|分管|主要|单位|审批|签批)领导|联系(?:人|电话|方式)|电话|(?:单位|填报单位|审[核批]单位)?[（(]?(?:盖章|公章|签字|签章)[）)]?"
    r"|(?:填[表报]|报送|制表|上报|审核)?(?:日期|时间)|填[表报](?:单位|部门)"
)
_SIGNED_AS = rf"(?:{_SIGNED})(?:[（(](?:签字|签名|签章|盖章|公章)[）)])?"
_SIGNS = re.compile(rf"(?:^|\s){_SIGNED_AS}\s*[：:]")
_OF_FORM = re.compile("填[表报]|审|制表|日期|章|签字")
_SIGNING = re.compile(_SIGNED_AS)
_DATE = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?")  # below the table, of signing
_SUM = re.compile(r"(?:合计|总计|小计|共计|总合计)(?:[（(][^（）()]{1,12}[）)])?[：:]?")
_PAGE = re.compile(r"第\d+页(?:[,，、/(（]?共\d+页[)）]?)?|[-—–]\d+[-—–]")
_FOR_ALL = re.compile(  # 以上任务各镇人民政府配合落实，不再一一列出
    r"(?:[以如]上|上述|以下|各项|所有)[^。；;]{0,6}(?:任务|事项|工作|项目)[^。；;]{2,40}(?:配合|负责|牵头|不再)"
)
_TASK_LENGTH = 30  # characters; a row with one text is a heading if it is shorter
_HEADINGS = ("chapter", "section", "chinese", "chinese_brackets")


def beside_tasks(reader: Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a row that is no task: a sum, a heading, a remark; return whether it is one."""
    if len(own) == 1 and _alone(reader, cells, own, place):
        return True
    if _is_signing(texts := [cell.text for cell in own.values()]):
        leave(reader, own, place, REMARK, ask=not _OF_FORM.search("".join(texts)))
        return True
    if _SUM.fullmatch(bare(next(iter(own.values())).text)):
        leave(reader, own, place, "合计行")
        return True
    return _section(reader, cells, own, place) or _beside_category(reader, cells, own, place)


def _is_signing(texts: Sequence[str]) -> bool:
    """Return whether a row is the foot of a form: 单位负责人：… | 填表人：… | 填报日期：…"""
    labelled = [text if re.search("[：:]", text) else "" for text in texts]
    labels = [len(_SIGNS.findall(text)) for text in labelled]
    bare_labels = len(texts) > 1 and all(_SIGNING.fullmatch(bare(text)) for text in texts)
    return bare_labels or (labels[0] > 0 and sum(labels) > 1)


def _alone(reader: Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a row that holds one text: a heading, a remark, or part of the row above."""
    columns = reader.columns
    ((at, cell),) = own.items()
    text = tidy(cell.text)
    meaning = columns.meanings.get(at, Meaning.OTHER)
    spans = sum(one.text == cell.text for one in cells) > 1
    below = any(one.up for one in cells)  # other columns go on from above
    if below and not spans:
        return False
    if spans and as_title(cell.text) in {*reader.titles, ""}:
        leave(reader, own, place, "再写一次的标题")
    elif _PAGE.fullmatch(bare(text)):
        leave(reader, own, place, "页码")
    elif not cell.text.strip() or (meaning is Meaning.NUMBER and is_label(text)):
        leave(reader, own, place, "只有序号的行")
    elif _is_signing([cell.text]):
        leave(reader, own, place, REMARK, ask=not _OF_FORM.search(cell.text))
    elif NOTE.match(text) or (meaning in UNITS and _DATE.fullmatch(bare(text))):
        leave(reader, own, place, REMARK, ask=bool(_FOR_ALL.search(text)))
    elif reader.last and _says_of_last(reader.last, text, place):
        pass
    elif (meaning is Meaning.REQUIREMENTS or meaning in UNITS) and not spans and reader.last:
        return False
    elif (spans or meaning in (Meaning.NUMBER, Meaning.CATEGORY, Meaning.GOAL)) and _heading(text):
        _head(reader, text)
        leave(reader, own, place, "类别行", ask=not spans and not _outer(reader, text))
    else:
        leave(reader, own, place, "只有一格有文字的行", ask=True)
    return True


def _says_of_last(last: Draft, text: str, place: str) -> bool:
    """Add a row that says more of the task above to it, 进展：已完成; say whether it does."""
    label, mark, said = text.replace(":", "：").partition("：")
    meaning = meaning_of(label)
    if not mark or not said.strip() or meaning not in _MORE:
        return False
    last.places.append(place)
    last.how[label] = meaning.value
    last.also(EARLIER if meaning is Meaning.PROGRESS else label, said)
    last.doubt(Meaning.GOAL, f"{place}的“{label}”接在了这一项后面，请核对")
    return True


_MORE = frozenset({Meaning.PROGRESS, Meaning.DEADLINE, Meaning.PERSON})


def _section(reader: Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a number and a text that spans all columns behind it, of units too: a heading."""
    columns = reader.columns
    number, label = label_in(columns, cells)
    beside = [at for at in own if at != number]
    if not label or number not in own or len(beside) != 1:
        return False
    text = own[beside[0]].text
    units = [at for at in columns.places(*UNITS) if at < len(cells) and at not in own]
    spanned = [cells[at].merged and not cells[at].up and cells[at].text == text for at in units]
    if not spanned or not all(spanned) or len(text) > 2 * _TASK_LENGTH:
        return False
    said = tidy(f"{label}{joint_behind(label)}{text}")
    _head(reader, said)
    reader.read.left.append(Left(place, "类别行", said))
    return True


def _beside_category(reader: Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a heading over all columns but that of the category, which begins beside it."""
    columns = reader.columns
    beside = [at for at in own if columns.meanings.get(at) is not Meaning.CATEGORY]
    if len(beside) != 1 or len(own) == 1:
        return False
    text = own[beside[0]].text
    units = [at for at in columns.places(*UNITS) if at < len(cells)]
    spanned = [cells[at].merged and not cells[at].up and cells[at].text == text for at in units]
    if not spanned or not all(spanned) or len(text) > 2 * _TASK_LENGTH:
        return False
    _head(reader, tidy(text))
    leave(reader, own, place, "类别行")
    return True


def as_title(text: str) -> str:
    """Return a title as it is compared: without 续表 at its end."""
    return re.sub(r"[（(]?(?:续上?表?|接上[页表])[）)]?$", "", bare(text))


def _head(reader: Reader, text: str) -> None:
    ordinal = ordinal_of(text)
    reader.headings.add(ordinal.depth if ordinal else 50, text)
    reader.headed = True
    reader.head = named_in(text, HEADING_ROW)
    reader.category = ""


def _heading(text: str) -> bool:
    return (bool(ordinal_of(text)) and len(text) <= 2 * _TASK_LENGTH) or (
        len(text) <= _TASK_LENGTH and not re.search("[。；;]", text)
    )


def _outer(reader: Reader, text: str) -> bool:
    """Return whether a text is numbered like a heading, and not like the tasks are."""
    ordinal = ordinal_of(text)
    like = ordinal_of(reader.last.text(Meaning.GOAL)) if reader.last else None
    return (
        ordinal is not None
        and ordinal.style in _HEADINGS
        and (like is None or like.style != ordinal.style)
    )


def heads_numbers_below(columns: Columns, grid: Grid, row: int, label: str) -> bool:
    """Return whether a row names but a number and a text, and 1.1 follows its 1."""
    return names_only(columns, grid.rows[row]) and counts_below(columns, grid, row, label)


def counts_below(columns: Columns, grid: Grid, row: int, label: str) -> bool:
    """Return whether the number that follows a row's 1 is 1.1."""
    below = (label_in(columns, cells)[1] for cells in grid.rows[row + 1 :])
    first = bare(next(filter(None, below), ""))
    return bool(re.match(rf"{re.escape(bare(label).rstrip('.、．'))}[.．\-－—]\d", first))


def names_only(columns: Columns, cells: Cells) -> bool:
    """Return whether a row holds a number and a text, and nothing of who answers."""
    named = {Meaning.NUMBER, Meaning.GOAL, Meaning.CATEGORY}
    return {columns.meanings.get(at) for at, cell in enumerate(cells) if cell.text.strip()} <= named


def head_row(reader: Reader, cells: Cells, place: str) -> None:
    """Take a row of a number and a text for the heading of those below."""
    texts = dict.fromkeys(cell.text.strip() for cell in cells if cell.text.strip())
    text = tidy("".join(f"{one}{joint_behind(one)}" if is_label(one) else one for one in texts))
    _head(reader, text)
    reader.read.left.append(Left(place, "类别行", text))
