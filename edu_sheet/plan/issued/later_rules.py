"""A rule for later tasks, among the units of one: 以下任务均需各镇落实，不再列出. Pure."""

import re

_TASKS = r"(?:任务|工作|事项|措施)"
_BEGINS = re.compile(
    r"[。；;，,]\s*(?P<rule>(?:"
    rf"(?:以下|下列|下述|后续)(?:各|所有|重点|几)*(?:项|条)?(?:{_TASKS}|均|都|需|由)"
    rf"|(?:其余|其他|本方案其他)(?:各|所有|重点)*(?:项|条)?{_TASKS}).*"
    r"|[^。；;，,]*(?:[，,][^。；;，,]*)?(?:以下|下文)?不再(?:一一|逐一|逐项|单独|重复|另行)?"
    r"(?:列|标|说明|注|[做作]?(?:任务|责任)?分工).*)$",
    re.DOTALL,
)

_NOTE = re.compile(r"[。；;]\s*(?P<note>注[：:].*)$", re.DOTALL)


def without_note(text: str) -> tuple[str, str]:
    """Return a list of units, and the note behind it on what a name means, "" for none."""
    found = _NOTE.search(text)
    return (text[: found.start()], found["note"].strip("。 \n")) if found else (text, "")


def without_later_rule(text: str) -> tuple[str, str]:
    """Return a list of units, and the rule behind it for the tasks that follow, "" for none."""
    found = _BEGINS.search(text)
    return (text[: found.start()], found["rule"].strip("。 \n")) if found else (text, "")
