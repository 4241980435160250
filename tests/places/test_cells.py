"""What one cell says, or what is wrong with it."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from sinergia.base.tables.reading import Cell
from sinergia.places.reading.cells import (
    Fault,
    degrees_in,
    digits_in,
    municipality_code,
    region_beginning,
    text_in,
    whole_in,
    zone_in,
)


@pytest.mark.parametrize(
    ("cell", "zone"),
    [
        ("UTC+3", "Etc/GMT-3"),
        ("utc +12:00", "Etc/GMT-12"),
        ("UTC-5", "Etc/GMT+5"),
        ("UTC", "Etc/UTC"),
        ("UTC+0", "Etc/UTC"),
        ("Europe/Samara", "Europe/Samara"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_time_zone_is_a_name_or_hours_from_utc(cell: Cell, zone: str) -> None:
    assert zone_in({"timezone": cell}, "timezone") == zone


@pytest.mark.parametrize("cell", ["UTC+15", "UTC-13", "Moscow time", "../etc/passwd", "UTC+3:30"])
def test_what_is_no_time_zone_is_named(cell: str) -> None:
    with pytest.raises(Fault, match="cell_not_zone"):
        zone_in({"timezone": cell}, "timezone")


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("29701000", "29701000"),
        ("29701000001", "29701000"),
        ("1701000", "01701000"),
        ("1701000001", "01701000"),
    ],
)
def test_an_oktmo_gives_its_municipality_with_lost_zeros(digits: str, code: str) -> None:
    assert municipality_code(digits) == code


@pytest.mark.parametrize(
    ("digits", "beginning"),
    [
        ("29000000", "29"),
        ("10000000", "10"),
        ("1000000", "01"),
        ("11800000", "118"),
        ("71800000000", "718"),
        ("29", "29"),
        ("718", "718"),
        ("1", "01"),
        ("", ""),
    ],
)
def test_a_region_begins_with_two_digits_or_three(digits: str, beginning: str) -> None:
    assert region_beginning(digits) == beginning


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [("37.618", "37.618"), ("55,75", "55.75"), (-0.1, "-0.1"), ("30", "30"), ("", None)],
)
def test_degrees_have_no_thousands(cell: Cell, degrees: str | None) -> None:
    read = degrees_in({"latitude": cell}, "latitude", largest=90)

    assert read == (None if degrees is None else Decimal(degrees))


@pytest.mark.parametrize(
    ("cell", "code"),
    [("север", "cell_not_number"), ("Infinity", "cell_not_number"), ("91", "cell_too_large")],
)
def test_what_are_no_degrees_is_named(cell: str, code: str) -> None:
    with pytest.raises(Fault, match=code):
        degrees_in({"latitude": cell}, "latitude", largest=90)


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (lambda: digits_in({"a": "29-701"}, "a"), "cell_not_code"),
        (lambda: digits_in({"a": "2.9701E+10"}, "a"), "cell_not_code"),
        (lambda: whole_in({"a": -1}, "a", largest=9), "cell_negative"),
        (lambda: whole_in({"a": 10}, "a", largest=9), "cell_too_large"),
        (lambda: text_in({"a": "\u00a0"}, "a", longest=9, is_required=True), "cell_empty"),
        (lambda: text_in({"a": "я" * 10}, "a", longest=9), "cell_too_long"),
    ],
)
def test_what_is_wrong_with_a_cell_is_named(read: Callable[[], object], code: str) -> None:
    with pytest.raises(Fault, match=code):
        read()


@pytest.mark.parametrize("cell", [29701000, 29701000.0, "29701000.0", " 29 701 000 "])
def test_digits_survive_a_spreadsheet(cell: Cell) -> None:
    assert digits_in({"a": cell}, "a") == "29701000"
