from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.numbers import Unreadable, is_nothing, read_date, read_decimal, read_moment

DAY = date(2023, 1, 14)


@pytest.mark.parametrize(
    "cell",
    [None, "", "  ", "\u00a0", "-", "—", " – ", "нет", "НЕТ", "Нет данных", "н/д", float("nan")],
)
def test_a_cell_may_say_that_there_is_nothing(cell: object) -> None:
    assert is_nothing(cell)
    assert read_decimal(cell) is None
    assert read_date(cell) is None


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0,00", False, "да", "нетто"])
def test_a_zero_or_a_word_is_something(cell: object) -> None:
    assert not is_nothing(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, "12"),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (Decimal("1.10"), "1.10"),
        ("12", "12"),
        ("0012", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("-12,5", "-12.5"),
        ("− 3", "-3"),
        ("(1 200)", "-1200"),
        ("+7", "7"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1'234'567.5", "1234567.5"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1 234,567", "1234.567"),
        ("1,2345", "1.2345"),
    ],
)
def test_a_number_is_read_in_every_spelling(cell: object, number: str) -> None:
    assert read_decimal(cell) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (True, "number"),
        (float("inf"), "number"),
        (date(2024, 1, 1), "number"),
        ("двенадцать", "number"),
        ("1 23", "number"),
        ("1234 567", "number"),
        ("1,23,456", "number"),
        ("1 234.567.890", "number"),
        ("1.2.3", "number"),
        ("12-15", "number"),
        ("١٢", "number"),
        ("3,254E+08", "lost"),
        ("3e8", "lost"),
    ],
)
def test_what_is_no_number_is_refused_with_a_reason(cell: object, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_decimal(cell)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "cell",
    [
        *(DAY, datetime(2023, 1, 14, 23, 59), 44940, 44940.75, "44940", "44940.0", "44940,5"),  # noqa: DTZ001  (cells know no zone)
        *("2023-01-14", "2023-1-14", "2023/01/14", "2023.01.14", " 2023-01-14\u00a0"),
        *("2023-01-14T00:00:00", "2023-01-14 10:30", "2023-01-14T10:30:15.5Z"),
        *("2023-01-14T10:30:15+03:00", "14.01.2023", "14.1.2023", "14.01.23", "14/01/2023"),
        *("14-01-2023", "14.01.2023 10:30", "14.01.2023 г.", "14.01.2023г."),
        *("14 января 2023 г.", "14 января 2023 года", "14 Января 2023", "«14» января 2023 г."),
        *("14 янв. 2023", "14 янв 2023", "14 January 2023", "14th January, 2023", "14-Jan-2023"),
        *("January 14, 2023", "Jan. 14 2023", "JANUARY 14TH, 2023"),
    ],
)
def test_a_date_is_read_in_every_spelling(cell: object) -> None:
    assert read_date(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        *(
            True,
            1.0e9,
            2023,
            19_999,
            80_001,
            -1,
            "2023",
            "14.01",
            "январь 2023",
            "14 мартобря 2023",
        ),
        *("30.02.2023", "2023-13-01", "01/14/2023", "23-01-14", "14.01/2023", "0001-01-01"),
        *(
            "14.01.2203",
            "32 января 2023",
            "14 ма 2023",
            "скоро",
            time(1),
            timedelta(1),
            float("inf"),
        ),
    ],
)
def test_what_is_no_date_is_refused(cell: object) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_date(cell)

    assert refusal.value.code == "date"


@pytest.mark.parametrize("cell", [0, 0.0, "0", date(1899, 12, 31)])
def test_a_zero_that_looks_like_a_date_is_nothing(cell: object) -> None:
    assert read_date(cell) is None


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_every_date_comes_back_from_every_form(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = [
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
        serial,
        float(serial),
        str(serial),
    ]

    assert {read_date(form) for form in forms} == {day}


@settings(max_examples=40, deadline=None)
@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_number_comes_back_from_every_form(number: Decimal) -> None:
    plain = f"{number:,.2f}"
    russian = plain.replace(",", "\u00a0").replace(".", ",")
    german = plain.replace(",", "_").replace(".", ",").replace("_", ".")

    assert {read_decimal(form) for form in (str(number), plain, russian, german)} == {number}


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789 .,-eЕT:янв'(", max_size=14) | st.text(max_size=10) | st.floats())
def test_no_cell_breaks_the_reading(cell: object) -> None:
    for read in (read_decimal, read_date):
        with suppress(Unreadable):
            read(cell)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("14.01.2023 10:30", datetime(2023, 1, 14, 10, 30)),  # noqa: DTZ001  (cells know no zone)
        ("14 января 2023, 9:05:07", datetime(2023, 1, 14, 9, 5, 7)),  # noqa: DTZ001  (the same)
        ("2023-01-14T10:30:00Z", datetime(2023, 1, 14, 10, 30, tzinfo=UTC)),
        ("14.01.2023", datetime(2023, 1, 14)),  # noqa: DTZ001  (the same)
        ("нет", None),
    ],
)
def test_a_moment_is_a_day_with_a_time_beside_it(cell: str, moment: datetime | None) -> None:
    assert read_moment(cell) == moment


@pytest.mark.parametrize("cell", ["вчера", "14.01.2023 25:00", "2023-13-01T10:00"])
def test_what_is_no_moment_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable):
        read_moment(cell)
