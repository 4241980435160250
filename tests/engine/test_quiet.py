from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.quiet import is_quiet, next_hour, next_loud

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
HOURS = st.integers(0, 23)
FIRST, LAST = datetime(2026, 1, 1), datetime(2027, 1, 1)  # noqa: DTZ001  # zone comes below
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
ZONES = st.sampled_from([MOSCOW, BERLIN, ZoneInfo("Asia/Kamchatka"), ZoneInfo("Asia/Kolkata")])


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hour", "begins", "ends", "expected"),
    [
        (22, 21, 8, True),
        (21, 21, 8, True),
        (7, 21, 8, True),
        (8, 21, 8, False),
        (20, 21, 8, False),
        (13, 13, 14, True),
        (14, 13, 14, False),
        (3, 8, 8, False),
        (8, 8, 8, False),
    ],
)
def test_the_first_hour_is_quiet_and_the_last_is_loud(
    hour: int, begins: int, ends: int, expected: bool
) -> None:
    moment = at(f"2026-11-23T{hour:02}:30")

    assert is_quiet(moment, begins=begins, ends=ends, zone=MOSCOW) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T12:34", "2026-11-23T12:34"),
        ("2026-11-23T23:40", "2026-11-24T08:00"),
        ("2026-11-24T07:59:59", "2026-11-24T08:00"),
    ],
)
def test_a_letter_waits_until_the_quiet_is_over(moment: str, expected: str) -> None:
    assert next_loud(at(moment), begins=21, ends=8, zone=MOSCOW) == at(expected)


def test_the_hour_is_that_of_the_readers_zone() -> None:
    noon_in_moscow = at("2026-11-23T12:00")

    next_nine = next_hour(noon_in_moscow, 9, zone=ZoneInfo("Asia/Vladivostok"))

    assert next_nine == at("2026-11-24T09:00", ZoneInfo("Asia/Vladivostok"))
    assert next_hour(at("2026-11-23T08:59:59"), 9, zone=MOSCOW) == at("2026-11-23T09:00")
    assert next_hour(at("2026-11-23T09:00"), 9, zone=MOSCOW) == at("2026-11-24T09:00")


def test_a_change_of_the_clocks_loses_no_day() -> None:
    before_spring = at("2026-03-29T01:30", BERLIN)  # at two it is three
    before_autumn = at("2026-10-25T01:30", BERLIN)  # at three it is two again

    assert next_hour(before_spring, 2, zone=BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert next_hour(before_autumn, 3, zone=BERLIN) == datetime(2026, 10, 25, 2, tzinfo=UTC)


@given(moment=MOMENTS, hour=HOURS, zone=ZONES)
def test_the_next_hour_is_later_and_within_two_days(
    moment: datetime, hour: int, zone: ZoneInfo
) -> None:
    assert timedelta(0) < next_hour(moment, hour, zone=zone) - moment <= timedelta(hours=26)


@given(moment=MOMENTS, begins=HOURS, ends=HOURS, zone=ZONES)
def test_what_waited_comes_when_it_is_loud(
    moment: datetime, begins: int, ends: int, zone: ZoneInfo
) -> None:
    loud = next_loud(moment, begins=begins, ends=ends, zone=zone)

    assert loud >= moment
    # Where the clocks skip the last quiet hour, the first loud one begins with it.
    assert not is_quiet(loud, begins=begins, ends=ends, zone=zone)
