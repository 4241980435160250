from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from sinergia.base.ui.templatetags import figures


def in_both(text: str) -> str:
    """Blanks that do not break are written as _ here, so that they are seen."""
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [
        (0, "0", "0"),
        (7, "7", "7"),
        (12_480, "12_480", "12,480"),
        (-1_284_113, "−1_284_113", "−1,284,113"),
        (None, "—", "—"),
    ],
)
def test_a_count_keeps_its_thousands_together(
    number: int | None, russian: str, english: str
) -> None:
    assert in_both(figures.count(number)) == russian
    with translation.override("en"):
        assert in_both(figures.count(number)) == english


@pytest.mark.parametrize(
    ("minor", "currency", "russian", "english"),
    [
        (56_684_050, "RUB", "566_840,50_₽", "RUB_566,840.50"),
        (332_370_000, "RUB", "3_323_700_₽", "RUB_3,323,700"),
        (1, "RUB", "0,01_₽", "RUB_0.01"),
        (0, "RUB", "0_₽", "RUB_0"),
        (-150, "RUB", "−1,50_₽", "−RUB_1.50"),
        (1_200, "JPY", "1_200_¥", "JP¥1,200"),
        (12_345, "BHD", "12,345_BHD", "BHD_12.345"),
        (550, "EUR", "5,50_€", "€5.50"),
        (9_007_199_254_740_991, "RUB", "90_071_992_547_409,91_₽", "RUB_90,071,992,547,409.91"),
        (None, "RUB", "—", "—"),
    ],
)
def test_a_sum_is_printed_to_the_last_minor_unit(
    minor: int | None, currency: str, russian: str, english: str
) -> None:
    assert in_both(figures.money(minor, currency)) == russian
    with translation.override("en"):
        assert in_both(figures.money(minor, currency)) == english


@pytest.mark.parametrize(
    ("minor", "russian", "english"),
    [
        (32_540_000_000, "325,4_млн_₽", "RUB_325.4M"),
        (32_500_000_000, "325_млн_₽", "RUB_325M"),
        (123_456_789_000, "1,2_млрд_₽", "RUB_1.2B"),
        (1_234_500, "12,3_тыс._₽", "RUB_12.3K"),
        (99_996_000, "1_млн_₽", "RUB_1M"),
        (99_950, "999,50_₽", "RUB_999.50"),
        (None, "—", "—"),
    ],
)
def test_a_short_sum_is_rounded_to_its_own_unit(
    minor: int | None, russian: str, english: str
) -> None:
    assert in_both(figures.money_short(minor, "RUB")) == russian
    with translation.override("en"):
        assert in_both(figures.money_short(minor, "RUB")) == english


@pytest.mark.parametrize(
    ("share", "russian", "english"),
    [
        (Decimal(137) / 583, "23,5_%", "23.5%"),
        (1, "100_%", "100%"),
        (0, "0_%", "0%"),
        (None, "—", "—"),
    ],
)
def test_a_share_has_one_digit_after_the_mark_at_most(
    share: Decimal | None, russian: str, english: str
) -> None:
    assert in_both(figures.percent(share)) == russian
    with translation.override("en"):
        assert in_both(figures.percent(share)) == english


def test_a_moment_is_told_in_the_current_zone_and_a_day_is_its_day() -> None:
    late = datetime(2026, 11, 29, 22, 30, tzinfo=UTC)

    with timezone.override("Europe/Moscow"):
        assert in_both(figures.moment(late)) == "30_ноября_2026, 01:30"
        assert in_both(figures.day(late)) == "30_ноября_2026"
        with translation.override("en"):
            assert in_both(figures.moment(late)) == "30_November_2026, 01:30"


def test_a_date_has_a_long_and_a_short_form() -> None:
    on = date(2026, 11, 3)

    assert (in_both(figures.day(on)), figures.day_short(on)) == ("3_ноября_2026", "03.11.2026")
    assert (figures.day(None), figures.day_short(None), figures.moment(None)) == ("—", "—", "—")
    with translation.override("en"):
        assert in_both(figures.day_short(on)) == "3_Nov_2026"


@pytest.mark.parametrize(
    ("share", "width"), [(0.4725, "47.25%"), (None, "0.00%"), (-1, "0.00%"), (1.7, "100.00%")]
)
def test_a_drawn_width_speaks_no_language_and_stays_in_its_cell(
    share: float | None, width: str
) -> None:
    assert figures.width(share) == width


@pytest.mark.parametrize(
    ("length", "russian", "english"),
    [
        (timedelta(days=2, hours=3, minutes=59), "2_дня_3_часа", "2_days_3_hours"),
        (timedelta(days=21, minutes=59), "21_день", "21_days"),
        (timedelta(hours=5, minutes=1), "5_часов_1_минута", "5_hours_1_minute"),
        (timedelta(minutes=12, seconds=59), "12_минут", "12_minutes"),
        (timedelta(seconds=1), "1_минута", "1_minute"),
    ],
)
def test_how_long_something_lasts_is_told_by_its_two_largest_parts(
    length: timedelta, russian: str, english: str
) -> None:
    assert in_both(figures.duration(length)) == russian
    with translation.override("en"):
        assert in_both(figures.duration(length)) == english
