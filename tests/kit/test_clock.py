"""A moment that a person gives is one of here, whatever offset it was written with."""

from datetime import datetime

import pytest

from edu_sheet.kit import clock
from edu_sheet.words.errors import EduSheetError


def test_a_moment_of_another_offset_is_the_same_moment_with_the_offset_of_here() -> None:
    moment = clock.parse_moment("2022-12-31T17:30+00:00")
    assert moment == datetime.fromisoformat("2022-12-31T17:30+00:00")
    assert moment.utcoffset() == clock.zone().utcoffset(None)
    assert moment.date() == clock.day(moment)


@pytest.mark.parametrize("said", ["2022-13-01", "0001-01-01T00:00+14:00", "9999-12-31T23:00-14:00"])
def test_a_moment_that_no_calendar_has_is_refused_in_words(said: str) -> None:
    with pytest.raises(EduSheetError, match="日期"):
        clock.parse_moment(said)
