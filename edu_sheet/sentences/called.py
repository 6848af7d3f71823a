"""A unit as a person is told of it, where the name on its form is another unit's by now. Pure."""

from collections.abc import Iterable

from edu_sheet.words.findings import Finding


def unit_called(unit: str | None, findings: Iterable[Finding]) -> str:
    """Return a submission's unit, with its name of now where its findings tell it; "" if none."""
    now = str(next((one["now"] for one in findings if one.code == "called_now"), ""))
    if unit and now.startswith(f"{unit}（"):  # another bears its name: its own says so
        return now
    return f"{unit}（现名{now}）" if unit and now else unit or ""
