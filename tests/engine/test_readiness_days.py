"""How many whole months lie between two days."""

from datetime import date

import pytest

from sinergia.engine.readiness.applicant import months_between


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 8, 31), date(2027, 2, 28), 6),
        (date(2026, 8, 31), date(2027, 2, 27), 5),
        (date(2026, 8, 30), date(2026, 11, 29), 2),
    ],
)
def test_a_month_that_has_no_such_day_ends_on_its_last_one(
    first: date, last: date, months: int
) -> None:
    assert months_between(first, last) == months
