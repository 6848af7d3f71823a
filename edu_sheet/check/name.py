"""What a file's name says: a hint only, for names say nothing reliable. Pure."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from edu_sheet.rules.named_period import names_period
from edu_sheet.words.period import Month, Period, Quarter, period_in
from edu_sheet.words.text import bare

# What stands in a file's name beside a unit's.
_NO_NAMES = re.compile(
    r"\d+(?:年|月份?|日|季度)?|第?[一二三四本]?季度|[季月]报|年度|[A-Za-z0-9]+|(?:工作)?进展(?:情况)?|填报(?:表|单位)?|报送(?:表|件)?"
    r"|反馈(?:表)?|上报|扫描(?:件|版)?|(?:加?盖)?公?章(?:版|件)?|盖章(?:版|件)?|签字(?:版|件)?|终稿|定稿|(?:最终|已改)版?"
    r"|副本|附件|佐证材料|材料|情况|汇总表?|报告|总结|调度表|关于|照片|图片|表$|的|[^\u3400-\u9fff]+"
)
_LEAST_SHORT = 3  # characters of a name without its 县
_A_QUARTER = re.compile("季[度报]|[Qq][1-4]")
_MONTH_ALONE = re.compile(r"(?<!\d)(\d{1,2})月")


class Names:
    """The names of units, to be looked for in files' names: as fast among 5,000 as among 50."""

    def __init__(self, units: Mapping[str, str]) -> None:
        """Keep the names by their bare spelling."""
        self._units = units
        self._lengths = sorted({len(name) for name in self._units}, reverse=True)
        self._alone = self._with_short_names()

    def in_file(self, file: str) -> str | None:
        """Return the unit whose full name stands in a file's name, the longest of several."""
        said = bare(unquote(file.rpartition("/")[2]))
        parts = (
            said[start : start + length]
            for length in self._lengths
            for start in range(len(said) - length + 1)
        )
        return next((self._units[part] for part in parts if part in self._units), None)

    def told_by(self, file: str) -> str | None:
        """Return the one unit that a file's name, or else its folder's, gives whole.

        水利局.pdf is 县水利局's, where no other unit is called so; 县教育局直属…学校.pdf is not
        县教育局's.
        """
        for part in reversed(bare(unquote(file)).split("/")):
            stem = part.rpartition(".")[0] or part
            pieces = filter(None, re.split(r"[-_.()\[\]\s]+|\n", _NO_NAMES.sub("\n", stem)))
            units = {self._alone.get(piece) for piece in (stem, *pieces)} - {None}
            if len(units) == 1:
                return units.pop()
            if units:
                return None
        return None

    def _with_short_names(self) -> dict[str, str]:
        """Return the units by their names and by those without 县 that only one has."""
        short: dict[str, set[str]] = {}
        for name, unit in self._units.items():
            rest = name.removeprefix("县").removeprefix("市").removeprefix("区")
            if rest != name and len(rest) >= _LEAST_SHORT:
                short.setdefault(rest, set()).add(unit)
        alone = {name: units.pop() for name, units in short.items() if len(units) == 1}
        return alone | dict(self._units)


def named_period(file: str, awaited: Period | None) -> Period | None:
    """Return the period that a file's name says: a month or quarter without a year is the awaited.

    So is 季度 without a number.
    """
    said = unquote(file.rpartition("/")[2])
    if period := period_in(said):
        return period
    if isinstance(awaited, Quarter):
        another = names_period(said, awaited) is False
        return awaited if _A_QUARTER.search(bare(said)) and not another else None
    months = {int(month) for month in _MONTH_ALONE.findall(bare(said))}
    return awaited if isinstance(awaited, Month) and months == {awaited.month} else None
