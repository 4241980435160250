"""Numbers as they are said of a share."""

from decimal import Decimal

import pytest

from sinergia.engine.spoken import percent_of, rounded_count


@pytest.mark.parametrize(
    ("won", "submitted", "said"),
    [(1, 3, "33.3"), (1, 4, "25"), (2999, 3000, "99.9"), (3000, 3000, "100")],
)
def test_a_hundred_per_cent_is_said_only_of_all(won: int, submitted: int, said: str) -> None:
    assert percent_of(won, submitted) == Decimal(said)


def test_counts_are_said_as_they_are_up_to_two_hundred_and_in_tens_above() -> None:
    told = [rounded_count(count) for count in (199, 200, 201, 210)]

    assert [(one.number, one.is_more) for one in told] == [
        (199, False), (200, False), (200, True), (210, False),
    ]  # fmt: skip
