"""What a short text names: a column's header and a label before a colon alike. Pure.

Composed of the words of the trade, not of a list of headers: first what may not be taken for a
unit (a person, a deadline, how far it has come), then which part a unit has, then what a task is.
"""

import re
from enum import StrEnum
from functools import lru_cache

from edu_sheet.plan.issued.first_leads import first_leads_in, without_rule
from edu_sheet.words.columns import CATEGORIES
from edu_sheet.words.text import bare

LEAD_MARKS = "★☆※●▲■◆＊*"
_LONGEST = 24  # characters; what is longer is no header and no label
_LONGEST_STATED = 100  # with a rule that a header states for its cells


class Meaning(StrEnum):
    """What a column or a labelled text says of a task; the value is what the clerk reads."""

    NUMBER = "序号"
    CATEGORY = "类别"
    GOAL = "目标任务"
    REQUIREMENTS = "具体要求"
    LEAD = "牵头单位"
    DUTY = "责任单位"
    HELP = "配合单位"
    LIAISON = "联络股室"
    PERSON = "人员"
    DEADLINE = "完成时限"
    PROGRESS = "进展"
    OTHER = "其他"


UNITS = frozenset({Meaning.LEAD, Meaning.DUTY, Meaning.HELP})
TASKS = frozenset({Meaning.GOAL, Meaning.REQUIREMENTS})

_BODY = r"单位|部门|科室|股室|处室|机构|主体|乡镇|镇街|街道|镇（|处（科|委办局"
_PERSON = re.compile(
    r"领导(?!小组)|负责人|责任人|联系人|联络员|联系电话|电话|姓名|经办人|承办人|牵头人|督办人|包保"
    r"|分管.{0,3}长|主管.{0,3}长|责任.{0,2}长$|(?:县|市|区|镇|局|州|处|科|秘书)长$|书记$|主任$|人员$"
)
_BOTH = re.compile(
    rf"(?:{_BODY}).{{0,3}}(?:及|和|与|、|/|（|（含).{{0,8}}(?:人|领导|电话|长)）?$"
    r"|(?:领导|责任人|负责人)(?:及|和|与|、|/).{0,4}(?:单位|部门)$"
)
_DEADLINE = re.compile(
    r"时限|期限|(?<!项目)时间|时间节点|^节点|节点$|日期|工期|年限|(?:进度|时序)(?:安排|要求|计划)|完成时"
    r"|^(?:计划|预计|拟)(?:完工|竣工|完成|建成|交付|办结|销号|投产|投用)$|^(?:完工|竣工)$"
)
_OTHER_DAY = re.compile(  # 填报日期: when something else is or was done
    r"实际|(?:填[报表]|报送|报告|上报|更新|统计|制表|编制|印发|发文|[发公]布|交办|受理|来文|收文|登记|签订|发现|检查|成立|设立|批复|起始|开始)(?:的?日期|时间)"
)
_UNITS_AND_DAYS = re.compile(  # 责任单位及完成时限: the cells say which is which
    r"(?P<first>.*(?:单位|部门))(?:及|和|与|、|/|（).{0,4}(?:时限|期限|时间)）?"
    r"|.{0,4}(?:时限|期限|时间)(?:及|和|与|、|/|（)(?P<last>.*(?:单位|部门))）?"
)
_PROGRESS = re.compile(
    r"(?:进展|推进|完成|落实|办理|执行|整改|进度|工作|目前|当前|开展|办结|推动).{0,4}(?:情况|状态|结果|成效)"
    r"|进展|(?:工作|形象|目前|当前|完成|办理|实际)进度|^状态$|完成率|(?:是否|已)(?:完成|办结)"
)
_LIAISON = re.compile(r"(?:联络|联系)(?:股室|科室|处室|科股室)")
_NOT_ON_DUTY = re.compile(
    r"填报|填表|报送|提出|提案|督办|督查|督导|考核|监督|监管(?!责任)|审核|验收|来文|立项|交办|设计|施工|监理|计量"
    r"|服务|评价|评估|审批|编制|制表|检查|抽查|印发|发文|主送|抄送|联系单位"
)
_LEAD = re.compile(r"牵头|主责|主要|主办|主管|主抓|总责|组长")
_HELP = re.compile(r"配合|联合|协同|协办|协助|参与|参加|协作|协调|支持|会办|共同|成员")
_DUTY = re.compile(
    r"责任|整改|办理|推进|承接|组织|经办|包抓|承办|落实|实施|负责|执行|承担|分工|建设|业主|项目|完成|归口|具体"
)
_ALONE = {
    "牵头": Meaning.LEAD, "主办": Meaning.LEAD, "主责": Meaning.LEAD,
    "配合": Meaning.HELP, "协办": Meaning.HELP, "协同": Meaning.HELP, "参与": Meaning.HELP,
    "协助": Meaning.HELP,
    "责任": Meaning.DUTY, "承办": Meaning.DUTY, "落实": Meaning.DUTY, "负责": Meaning.DUTY,
    "单位": Meaning.DUTY, "部门": Meaning.DUTY, "单位名称": Meaning.DUTY, "部门名称": Meaning.DUTY,
    "责任分工": Meaning.DUTY, "职责分工": Meaning.DUTY, "任务分工": Meaning.DUTY,
    "属地政府": Meaning.DUTY, "属地单位": Meaning.DUTY, "属地管理责任": Meaning.DUTY,
    "主体责任": Meaning.DUTY, "监管责任": Meaning.DUTY, "属地责任": Meaning.DUTY,
    "责任落实": Meaning.DUTY, "责任清单": Meaning.DUTY, "分工": Meaning.DUTY,
}  # fmt: skip
# 整改措施及责任单位: the units stand in the texts, in brackets.
_WITH_UNITS = re.compile(
    r"(?<=措施|举措|任务|事项|要点|内容)(?:及其?|和|与|、)(?:责任|牵头|承办)?(?:单位|部门|分工)$"
)
_NUMBER = re.compile(
    r"(?:任务|项目|工作|事项|案|建议|提案|议案|问题|案件)?(?:序号?|编号|项次|号码|号)|№|no\.?",
    re.IGNORECASE,
)
_REQUIREMENTS = re.compile(
    r"具体|要求|措施|举措|标准|做法|细化|步骤|办法|路径|抓手|内容|分解|成果|明细"
)
_GOAL = re.compile(
    r"任务|事项|实事|项目|问题|议题|工作$|工作名称|工作（|重点工作|重点$|清单$|名称$|标题|案由|事由|隐患(?:内容|描述|点)?$"
)
_WEAK_GOAL = re.compile(r"目标|指标|内容|工作|建议|意见|要点|举措|措施")
_NOT_GOAL = re.compile(
    r"^(?:备注|说明|附件|联系|地点|地址|资金|投资|单位|依据|来源|存在)|资金|投资|依据|经费|权重|分值|得分|任务[量数]|补助"
)


def meaning_of(text: str) -> Meaning | None:
    """Return what a header or a label names, None where it is none that is known."""
    if len(text) > _LONGEST_STATED and len("".join(text.split())) > _LONGEST_STATED:
        return None  # as most texts of tasks are: told before they are looked into
    return _meaning_of(text)


@lru_cache(maxsize=4096)
def _meaning_of(text: str) -> Meaning | None:  # noqa: C901, PLR0911, PLR0912 - a word of the trade a case
    said = re.sub(r"^[★☆*※●]+|[：:*★。]+$", "", _without_rule(bare(text)))
    if not said or len(said) > _LONGEST:
        return None
    if _NUMBER.fullmatch(said):
        return Meaning.NUMBER
    if said in _ALONE:
        return _ALONE[said]
    said = _WITH_UNITS.sub("", said)
    if not re.search(r"任务|事项|要求", said) or re.search(_BODY, said):
        if _LIAISON.search(said):
            return Meaning.LIAISON
        if _PERSON.search(said) and not _BOTH.search(said):
            return Meaning.PERSON
    if both := _UNITS_AND_DAYS.fullmatch(said):
        return _of_unit(both["first"] or both["last"])
    if _DEADLINE.search(said) and not _OTHER_DAY.match(said):
        return Meaning.DEADLINE
    if re.search(_BODY, said) or re.search(r"^(?:牵头|责任|配合|主办|承办|协办).{0,2}（", said):
        return _of_unit(said)
    if _PROGRESS.search(said):
        return Meaning.PROGRESS
    if _NOT_GOAL.search(said):
        return None
    if CATEGORIES.search(said):
        return Meaning.CATEGORY
    if requirement_rank(said) > goal_rank(said):
        return Meaning.REQUIREMENTS
    return Meaning.GOAL if goal_rank(said) else None


def does_otherwise(header: str) -> bool:
    """Return whether a header names who does something else than the task: 施工单位, 监管单位."""
    return bool(_NOT_ON_DUTY.search(header))


def names_other_day(header: str) -> bool:
    """Return whether a header names a day on which something else is done: 填报日期."""
    return bool(_OTHER_DAY.match(bare(header)))


def _without_rule(text: str) -> str:
    """Return a header without a rule that it states for its cells: （排第一位的为牵头单位）."""
    said = text.replace("(", "（").replace(")", "）")
    if not first_leads_in(said):
        return said
    return without_rule(said) or Meaning.DUTY.value


# A rule that nobody here knows, of which of several leads: （排在前面的为牵头单位）.
_STATES_LEAD = re.compile(r"（[^（）]*(?:为|是|系)[^（）]*(?:牵头|主责|主办)[^（）]*）")
_SPEAKS = re.compile(rf"{_BODY}|牵头|责任|配合|主办|承办|协办|协同|协助|参与|落实|负责|分工|主责")


def speaks_of_units(text: str) -> bool:
    """Return whether a text is short and may be the header of units: asked of every row."""
    return len(text) <= 2 * _LONGEST and bool(_SPEAKS.search("".join(text.split())))


def _of_unit(said: str) -> Meaning | None:
    """Return which part the units have that a header names."""
    if _NOT_ON_DUTY.search(said):
        return None
    said = said.replace("牵头协调", "牵头")
    lead, help_ = _LEAD.search(said), _HELP.search(said)
    if (lead and help_) or marks_lead(said) or _STATES_LEAD.search(said):
        return Meaning.DUTY  # a column for both: the cells have to say who is what
    if lead and re.search(r"牵头.{0,2}(?:和|及|与|、|/).{0,2}责任(?!人|领导)", said):
        return Meaning.DUTY
    if lead:
        return Meaning.LEAD
    if help_:
        return Meaning.HELP
    return Meaning.DUTY if _DUTY.search(said) else None


def marks_lead(text: str) -> bool:
    """Return whether a header says that a sign marks the lead: （带★的为牵头单位）."""
    return bool(re.search(rf"[{LEAD_MARKS}].{{0,6}}(?:为|是|表示|牵头)", text))


def names_body(text: str) -> bool:
    """Return whether a header speaks of bodies (单位, 部门, …) at all, on duty or not."""
    return bool(re.search(_BODY, bare(text)))


@lru_cache(maxsize=4096)
def names_both(text: str) -> bool:
    """Return whether a header is one for units of several parts, or for units and persons."""
    return names_persons(text) or names_several(text)


@lru_cache(maxsize=4096)
def names_persons(text: str) -> bool:
    """Return whether a header is one for units and the persons in them: 牵头单位及责任人."""
    return bool(_BOTH.search(bare(text).replace("(", "（").replace(")", "）")))


@lru_cache(maxsize=4096)
def names_several(text: str) -> bool:
    """Return whether a header is one for units of several parts: 牵头及配合单位."""
    said = re.sub("责任(?=人|领导)", "", _without_rule(bare(text)))
    several = bool(_LEAD.search(said)) and bool(_HELP.search(said) or "责任" in said)
    joined = several and bool(re.search(r"和|及|与|、|/", said))
    return joined or marks_lead(said) or bool(_STATES_LEAD.search(said))


def goal_rank(text: str) -> int:
    """Return how surely a header names the task itself, 0 to 3."""
    said = bare(text)
    if _NOT_GOAL.search(said):
        return 0
    if _GOAL.search(said):
        return 1 if re.search(r"具体|要求|措施|举措|标准|步骤|细化|分解", said) else 3
    return 2 if _WEAK_GOAL.search(said) else 0


def requirement_rank(text: str) -> int:
    """Return how surely a header names what a task asks for in detail, 0 to 3."""
    said = bare(text)
    if _NOT_GOAL.search(said) or not _REQUIREMENTS.search(said) or "表现" in said:
        return 0
    return (
        2 if re.fullmatch(r".{0,4}内容|.*成果.*", said) or re.search("项目|事项|实事", said) else 3
    )
