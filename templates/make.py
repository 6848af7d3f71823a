"""Make both templates again.

    python templates/make.py

分工方案模板.xlsx is the example plan, its look-alike spellings confirmed as aliases;
季度总结模板.docx has the named styles and the marks. Tests hold that they are what this makes.
"""

from dataclasses import replace
from pathlib import Path

from edu_sheet.kit.files import write_bytes
from edu_sheet.plan.documents import read_document
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.summary.typeset.template import shipped_template
from edu_sheet.words.plan import Plan, Roster

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "分工方案模板.xlsx"
SOURCE = HERE.parent / "examples" / "方案原文.docx"

# What a clerk of the county confirmed: another spelling → the unit.
ALIASES = {
    "各县乡镇党委、政府": "各乡镇党委、政府",
    "县自然资源规划局": "县自然资源局",
    "中小学": "各中小学校",
}


def make() -> bytes:
    """Return the template's bytes."""
    return write_workbook(with_aliases(read_document(SOURCE)))


def with_aliases(plan: Plan) -> Plan:
    """Return the plan with the confirmed aliases: those spellings are no units of their own."""
    units = tuple(
        replace(unit, aliases=tuple(alias for alias, own in ALIASES.items() if own == unit.name))
        for unit in plan.roster.units
        if unit.name not in ALIASES
    )
    return replace(plan, roster=Roster(units))


if __name__ == "__main__":
    write_bytes(TEMPLATE, make())
    write_bytes(HERE / "季度总结模板.docx", shipped_template())
