"""A term that goes on by itself is as long as the one before."""

from datetime import date

import pytest

from sinergia.engine.terms import next_end


@pytest.mark.parametrize(
    ("starts", "ends", "after"),
    [
        (date(2024, 6, 17), date(2025, 6, 16), date(2026, 6, 16)),
        (date(2024, 6, 17), date(2025, 6, 17), date(2026, 6, 17)),
        (date(2023, 3, 1), date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 6, 17), date(2024, 12, 31), date(2025, 6, 30)),
        (date(2024, 6, 17), date(2024, 6, 26), date(2024, 7, 6)),
    ],
)
def test_the_next_term_is_as_long_as_the_one_before(starts: date, ends: date, after: date) -> None:
    assert next_end(starts, ends) == after
