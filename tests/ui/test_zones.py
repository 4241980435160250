from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import translation

from sinergia.base.ui.zones import zone_choices, zone_said

WINTER = datetime(2026, 1, 15, 9, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 9, tzinfo=UTC)


def listed(language: str = "ru", *, known: str = "") -> dict[str, dict[str, str]]:
    """Zones by group; one that stands in none is a group of its own."""
    with translation.override(language):
        groups = zone_choices(WINTER, known=known)
    return {
        name: {name: zones} if isinstance(zones, str) else dict(zones) for name, zones in groups
    }


def test_russia_stands_first_from_west_to_east() -> None:
    groups = listed()

    russia = list(groups["Россия"].items())
    assert next(iter(groups)) == "Россия"
    assert russia[0] == ("Europe/Kaliningrad", "Калининград, UTC+2")
    assert ("Europe/Moscow", "Москва, UTC+3") in russia
    assert russia[-1] == ("Asia/Kamchatka", "Петропавловск-Камчатский, UTC+12")
    assert list(groups)[1:3] == ["Европа", "Азия"]


def test_every_zone_is_one_that_is_there_and_stands_once() -> None:
    zones = [zone for group in listed().values() for zone in group]

    assert len(zones) == len(set(zones)) > 400
    assert set(zones) <= available_timezones()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", ["Алматы, UTC+5", "Калькутта, UTC+5:30", "Буэнос-Айрес, UTC−3"]),
        ("en", ["Almaty, UTC+5", "Kolkata, UTC+5:30", "Buenos Aires, UTC−3"]),
    ],
)
def test_a_city_is_called_as_the_reader_calls_it(language: str, told: list[str]) -> None:
    every = {zone: said for group in listed(language).values() for zone, said in group.items()}

    named = ("Asia/Almaty", "Asia/Kolkata", "America/Argentina/Buenos_Aires")
    assert [every[zone] for zone in named] == told


def test_a_zone_that_was_chosen_before_stays_to_be_chosen() -> None:
    assert next(iter(listed(known="UTC").values())) == {"UTC": "UTC, UTC+0"}
    assert next(iter(listed(known="Asia/Calcutta"))) == "Asia/Calcutta"
    assert next(iter(listed(known="Europe/Moscow"))) == "Россия"


def test_the_clock_is_that_of_the_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert [zone_said(berlin, day) for day in (WINTER, SUMMER)] == [
        "Берлин, UTC+1", "Берлин, UTC+2",
    ]  # fmt: skip
