"""导入核对: what became of a document, line by line, for a person to check. Values."""

from dataclasses import dataclass

from edu_sheet.words.columns import Column

TO_CHECK = "待核对"  # in the first column: told by check until the clerk has changed it
CHECKED = "已核对"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of sheet 导入核对."""

    kind: str  # 任务, 表, 没有用到的行 …
    place: str  # where it stands in the document
    text: str  # as issued
    read_as: str = ""
    ask: bool = False  # whether a person has to look at it
    key: str = ""  # of the task that it is about
    field: str = ""  # and of its column


STATE = Column("state", "核对", 9)
WHAT = Column("kind", "类型", 14)
WHERE = Column("place", "原文位置", 14)
TEXT = Column("text", "原文", 62)
READ_AS = Column("read_as", "读作", 52)
TASK = Column("key", "任务键", 12, required=False)
FIELD = Column("field", "栏", 12, required=False)
REVIEW_COLUMNS = (STATE, WHAT, WHERE, TEXT, READ_AS, TASK, FIELD)
REVIEW_SHEET = "导入核对"
