"""Now, and dates that a person gives, as ISO 8601 with an offset."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import YEARS

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991


def zone() -> timezone:
    """Return the machine's offset; Asia/Shanghai where the machine runs on UTC."""
    offset = datetime.now(SHANGHAI).astimezone().utcoffset()
    return timezone(offset) if offset else SHANGHAI


def now() -> datetime:
    """Return the present moment, to the second, with its offset."""
    return datetime.now(zone()).replace(microsecond=0)


def day(moment: datetime) -> date:
    """Return the day on which a moment falls here."""
    return moment.astimezone(zone()).date()


def at(stamp: float, zone: tzinfo) -> datetime:
    """Return the moment of a file's time stamp; Windows takes none before 1970 by itself."""
    return datetime(1970, 1, 1, tzinfo=UTC).astimezone(zone) + timedelta(seconds=stamp)


def parse_moment(text: str) -> datetime:
    """Return the moment that `2022-12-30` or `2022-12-30T17:05` names, with the offset of here.

    A date alone is that day's first moment; what names another offset is the same moment, whose
    day may be another here. EduSheetError for anything else, and for what no period can lie in.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        here = moment.astimezone(zone()) if moment.tzinfo else moment.replace(tzinfo=zone())
    except (ValueError, OverflowError):
        here = None
    if here is None or here.year not in YEARS:
        raise EduSheetError(
            f"日期“{text}”不对", "请写成 2022-12-30，或 2022-12-30T17:05（24 小时制）。"
        )
    return here


def chinese_date(day: date | None) -> str:
    """Return 2022年12月31日; for a date that is not known, blanks to be filled by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


def shown(moment: datetime) -> str:
    """Return 2022-12-30 17:05; of a day's first moment, which stands for the day, 2022-12-30."""
    exact = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return f"{moment:%Y-%m-%d %H:%M}" if exact else f"{moment:%Y-%m-%d}"
