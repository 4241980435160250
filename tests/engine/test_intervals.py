import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.intervals import wilson


@pytest.mark.parametrize(
    ("won", "submitted", "interval"),
    [
        # Newcombe R. G. Statistics in Medicine, 1998, 17, 857-872, table I, method 3.
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
        (0, 0, (0.0, 1.0)),
        (20, 20, (0.8389, 1.0)),
    ],
)
def test_the_interval_is_the_published_one(
    won: int, submitted: int, interval: tuple[float, float]
) -> None:
    low, high = wilson(won, submitted)

    assert (round(low, 4), round(high, 4)) == interval


@pytest.mark.parametrize(("won", "submitted"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_what_cannot_be_a_share_is_refused(won: int, submitted: int) -> None:
    with pytest.raises(ValueError, match="won must lie"):
        wilson(won, submitted)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors_the_share_of_losses(
    case: tuple[int, int],
) -> None:
    won, submitted = case

    low, high = wilson(won, submitted)
    lost_low, lost_high = wilson(submitted - won, submitted)

    assert 0 <= low <= won / submitted <= high <= 1
    assert (1 - lost_high, 1 - lost_low) == pytest.approx((low, high))
