"""Findings about the workspace: what its folders hold that the ledger does not know. Pure.

Who reads them did nothing wrong, and nothing is lost yet: they say so, and what to do first.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from edu_sheet.words.findings import Severity
from edu_sheet.words.text import quoted

_E, _W = Severity.ERROR, Severity.WARNING
_SHOWN = 5  # files that a sentence names

CODES: dict[str, tuple[Severity, str]] = {
    "ledger_older": (
        _E,
        (
            "台账比存档旧（多半是换用过备份的台账，或同步盘退回了旧版本）："
            "有 {originals} 份原件、{forms} 份下发的表台账里没有登记，"
            "它们现在不在统计、总表和导出里，文件都在，没有丢。请先把它们补登记"
        ),
    ),
    "ledger_older:interrupted": (
        _E,
        (
            "上次收取中断过（断电、关机或程序被结束）：有 {originals} 份原件还没有登记，"
            "文件都在，没有丢。请再收取一次，接着登记"
        ),
    ),
    "output_unknown": (
        _E,
        (
            "这些成果是台账不知道的（比台账新，或是从别处放进来的）：{files:some}。"
            "请先补登记，再重新生成这一期；里面人工改过的文字会保留"
        ),
    ),
    "conflict_copies": (
        _E,
        (
            "这些文件像是同步盘留下的冲突副本，程序不会读它们：{files:some}。"
            "请打开对照：有要留的内容，抄进没有后缀的那一份；然后把副本移到工作区以外"
        ),
    ),
    "ledger_copy": (
        _E,
        (
            "存档里有另一份台账：{files:some}。程序只用 台账.db。若两台电脑都收过文件，"
            "请以登记较全的一份作 台账.db（先关掉程序，换下的移到工作区以外），再补登记；"
            "若只是备份，请移到工作区以外"
        ),
    ),
    "form_unproven": (
        _E,
        (
            "{file} 不能证明是本工作区原样下发的表，没有补登记。"
            "请按现在的方案重新生成这一期（旧表会先存档），已发出的用新表替换"
        ),
    ),
    "key_renewed": (
        _W,
        (
            "填报表的密钥找不到了，已另做一个。以前下发的表凭台账里的记录照样认得；"
            "台账里没有登记的旧表不能再证明是原样下发的，收回时会请您核对"
        ),
    ),
    "original_damaged": (
        _E,
        "存档里的原件 {file} 内容和名称对不上（多半是磁盘或同步出错），没有补登记：请从备份恢复",
    ),
}


def _some(files: Sequence[str]) -> str:
    shown = "、".join(map(quoted, files[:_SHOWN]))
    return shown if len(files) <= _SHOWN else f"{shown} 等 {len(files)} 个"


SHOWN: Mapping[str, Callable[[Any], str]] = {"some": _some}
