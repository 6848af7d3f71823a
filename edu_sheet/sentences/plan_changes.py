"""How the plan differs from the forms that went out, in words. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from edu_sheet.words.findings import Severity

_W, _I = Severity.WARNING, Severity.INFO
_LISTED = 12  # units that a sentence lists by name
_GOAL = 30  # characters of a task's goal that name it
_BESIDE = 12  # characters shown on both sides of what changed in a text
_MOST = 80  # characters shown of what changed

_ISSUED = "{periods:labels}已下发的填报表"
_HARMLESS = "：不影响填报，退回的照收。"

CODES: dict[str, tuple[Severity, str]] = {
    "plan_changed:first_month": (
        _W,
        (
            "起始月份是{first.label}，而{periods:labels}已下发过填报表：这些期次照常收取、汇总、"
            "总结和导出，只是不再下发。如是填错，请在“设置”里改回。"
        ),
    ),
    "plan_changed:renamed": (
        _I,
        f"“{{was}}”现在叫“{{now}}”：{_ISSUED}用的是原名，照收，算作该单位的，不必另发一份。",
    ),
    "plan_changed:added": (_W, f"{{task:called}}是新增的任务，{_ISSUED}里没有。"),
    "plan_changed:dropped": (
        _W,
        (
            f"原{{task:called}}“{{goal:.{_GOAL}}}”在方案里没有了，{_ISSUED}里还有："
            "退回的照收，以前的进展仍按任务键留在台账和总表的“明细”里。"
        ),
    ),
    "plan_changed:reworded": (
        _W,
        f"{{task:called}}的{{header}}改了，{_ISSUED}还是原来的。{{change:change}}",
    ),
    "plan_changed:replaced": (
        _W,
        (
            "{task:called}的目标任务和具体要求都换了内容，任务键没有换，以前的进展仍跟着它。"
            "{change:change}。如是另一项任务，请插入新的一行填写它，并删除这一行"
            "（隐藏的任务键随行删去）；如仍是原来那一项，不用改动。"
        ),
    ),
    "plan_changed:renumbered": (
        _I,
        f"序号由 {{was}} 改为 {{now}}：任务没有变，以前的进展照旧跟着它；{_ISSUED}不必重发。",
    ),
    "plan_changed:header": (
        _I,
        f"“{{was}}”一栏的表头改成了“{{now}}”，{_ISSUED}还是原来的{_HARMLESS}",
    ),
    "plan_changed:column": (
        _I,
        f"“{{header}}”一栏是方案里新增的，{_ISSUED}里没有{_HARMLESS}",
    ),
    "plan_changed:no_column": (
        _I,
        f"“{{header}}”一栏方案里没有了，{_ISSUED}里还有{_HARMLESS}",
    ),
    "plan_changed:given": (_W, "“{unit}”现在要报第{tasks}项，与已下发的填报表不同。"),
    "plan_changed:taken": (_W, "“{unit}”现在不再报第{tasks}项，与已下发的填报表不同。"),
    "plan_changed:forms": (
        _W,
        (
            "{period.label}有 {units:count} 个单位的填报表与现在的方案不同（{units:listed}）。"
            "该期还在填报的，请重新生成并重发；按旧表退回的照收。"
        ),
    ),
    "plan_changed:left": (
        _I,
        (
            "“{unit}”已不在“单位名录”里：它在{periods:labels}报过的都留着，总表、总结里仍用"
            "这个名称。如是误删，请把那一行加回。"
        ),
    ),
    "plan_changed:left_name": (
        _W,
        (
            "原来的“{unit}”已不在“单位名录”里，现在的“{unit}”是另一个单位：原来那个单位在"
            "{periods:labels}报过的都留着，写作“{now}”，不算现在这个单位的。"
            "如其实是同一个单位，请恢复名录里删去的那一行，再改名称。"
        ),
    ),
    "plan_changed:without": (
        _I,
        "{period.label}还没有填报表的单位：{units:listed}。需要的请生成。",
    ),
    "plan_changed:idle": (
        _W,
        "{period.label}下发过填报表、现在没有任务的单位：{units:listed}。",
    ),
}


def _change(texts: tuple[str, str]) -> str:
    """Return what differs in two texts, with some characters around it."""
    was, now = texts
    shortest = min(len(was), len(now))
    start = next((at for at in range(shortest) if was[at] != now[at]), shortest)
    rest = shortest - start
    same = next((at for at in range(rest) if was[-1 - at] != now[-1 - at]), rest)
    first, last = max(0, start - _BESIDE), max(0, same - _BESIDE)
    return f"原来：{_excerpt(was, first, last)}　现在：{_excerpt(now, first, last)}"


def _excerpt(text: str, first: int, last: int) -> str:
    """Return a text without so many characters at its beginning and at its end."""
    middle = text[first : len(text) - last]
    if len(middle) > _MOST:
        middle = f"{middle[: _MOST // 2]}……{middle[-_MOST // 2 :]}"
    shown = f"{'……' if first else ''}{middle}{'……' if last else ''}"
    return f"“{shown}”" if shown else "（空）"


def _listed(units: tuple[str, ...]) -> str:
    more = "等" if len(units) > _LISTED else ""
    return f"{'、'.join(units[:_LISTED])}{more}"


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "change": _change,
    "listed": _listed,
    "labels": lambda periods: "、".join(period.label for period in periods),
}
