"""A finding is data: it keeps its types on the way to the ledger and back."""

from datetime import date, datetime

import pytest

from edu_sheet.words.findings import NumberedTask, Value, about_from_json, about_to_json
from edu_sheet.words.period import Month, Quarter
from edu_sheet.words.place import Place, place_of


@pytest.mark.parametrize(
    "value",
    [
        "第7项",
        7,
        None,
        date(2022, 12, 31),
        datetime(2022, 12, 31, 8, 30).astimezone(),
        Month(2022, 12),
        Quarter(2022, 4),
        NumberedTask("T07", 7),
        Place("填报表", 7, 4),
        Place("资料", 61, 1, (1000, 2)),
        Place(member="外.zip/表.xlsx"),
        ("县财政局", "县教育局"),
        (Month(2022, 11), (NumberedTask("T01", 1), "嵌套")),
        (),
    ],
)
def test_what_a_finding_is_about_keeps_its_type_in_json(value: Value) -> None:
    about = (("first", value), ("second", "之后"))
    again = about_from_json(about_to_json(about))
    assert again == about
    assert [type(one) for _, one in again] == [type(one) for _, one in about]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("填报表", 7, 4), "填报表!D7"),
        (Place("资料", 61, 1, (1000, 28)), "资料!A61:AB1000"),
        (Place("填报表"), "填报表"),
        (Place(member="外.zip/表.xlsx"), "外.zip/表.xlsx"),
        (Place(), ""),
    ],
)
def test_a_place_is_written_as_people_write_it_and_kept_as_fields(place: Place, said: str) -> None:
    assert str(place) == said
    assert place_of(place.sheet, place.cell, place.member) == place
    assert bool(place) == bool(said)
