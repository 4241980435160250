from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.assigning import (
    Whole,
    assign,
    examine,
    in_whole_numbers,
    in_written_numbers,
    task_of,
)
from sinergia.engine.assigning.exact import exact_sum


@pytest.mark.parametrize(
    ("values", "scale", "is_exact"),
    [
        ([1.0, -4.0, 0.0], 1, True),
        ([0.1, 0.25, 3.0], 100, True),
        ([123456789.5, 1e-9], 10**9, False),  # whole, and too long for the solver
        ([0.1 + 0.2, 1.0], 2**49, False),
        ([1e-10, 1.0], 2**49, False),  # ten decimals: the floats themselves
        ([2.0**-50, 1.0], 2**49, False),
        ([2.0**-40, 1.0], 2**49, True),
        ([2.0**53, 1.0], Fraction(1, 2**4), False),
        ([1e-300, 0.0], 2**1046, False),
    ],
)
def test_affinities_become_whole_numbers(
    values: list[float], scale: Fraction, is_exact: bool
) -> None:
    whole = in_whole_numbers(np.array([values]))

    assert whole.digits is None if is_exact else whole.digits is not None
    if scale != 10**9:
        assert whole.scale == scale
    told = zip(whole.values[0].tolist(), values, strict=True)
    assert max(abs(value / whole.scale - Fraction(one)) for value, one in told) <= 1 / whole.scale
    if whole.digits is None:
        assert [whole.unscaled(value) for value in whole.values[0].tolist()] == values


@st.composite
def long_tables(draw: st.DrawFn) -> npt.NDArray[np.float64]:
    """Floats of every kind: of the whole range, thirds, and such as differ in a last digit."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    some = st.one_of(
        st.floats(-1, 1),
        st.floats(0, 1, width=32),
        st.integers(-3, 9).map(lambda one: one / 7),
        st.integers(-3, 9).map(lambda one: 1 + one * 2.0**-52),
        st.sampled_from([1e15, 1e-30, -1e-300, 5e-324, 0.1 + 0.2, 0.3]),
    )
    cells = st.lists(some, min_size=columns, max_size=columns)
    return np.array(draw(st.lists(cells, min_size=rows, max_size=rows)))


def exact(whole: Whole, row: int, column: int) -> Fraction:
    """An affinity in units, to its last digit."""
    rests = whole.digits.rests((row, column)) if whole.digits is not None else ()
    return int(whole.values[row, column]) + sum(map(Fraction, map(float, rests)), Fraction(0))


@settings(max_examples=120, deadline=None)
@given(long_tables(), st.data())
def test_an_optimum_is_proven_to_the_last_digit(
    table: npt.NDArray[np.float64], data: st.DataObject
) -> None:
    rows, columns = table.shape
    reviews, most = data.draw(st.integers(1, columns)), data.draw(st.integers(1, rows))
    whole = in_whole_numbers(table)
    given = task_of(
        whole.values, None, reviews=reviews, max_load=most, min_load=most // 2, digits=whole.digits
    )
    values = [[exact(whole, row, column) for column in range(columns)] for row in range(rows)]
    totals = [
        sum((values[at][one] for at, some in enumerate(chosen) for one in some), Fraction(0))
        for chosen in product(combinations(range(columns), reviews), repeat=rows)
        if all(most // 2 <= sum(one in some for some in chosen) <= most for one in range(columns))
    ]
    if not totals:
        return

    found = assign(given)
    told = examine(given, found.chosen, found.prices)

    assert [[float(one / whole.scale) for one in row] for row in values] == table.tolist()
    assert (told.is_optimal, told.objective) == (True, max(totals))


@settings(max_examples=100, deadline=None)
@given(long_tables(), st.data())
def test_a_bound_is_summed_to_the_last_digit(
    table: npt.NDArray[np.float64], data: st.DataObject
) -> None:
    rows, columns = table.shape
    whole = in_whole_numbers(table)
    given = task_of(whole.values, None, reviews=1, max_load=3, min_load=1, digits=whole.digits)
    prices = [
        data.draw(st.sampled_from([0, 1, -1])) * min(whole.scale, Fraction(2**55)) * Fraction(told)
        + data.draw(st.fractions(-2, 2, max_denominator=9))
        for told in data.draw(st.lists(st.floats(-1, 1), min_size=columns, max_size=columns))
    ]

    bound = examine(given, np.zeros(table.shape, dtype=bool), prices).bound

    most = min(3, rows + 1)  # nobody reads more than there is
    paid = sum((price * (most if price > 0 else 1) for price in prices), Fraction(0))
    best = [
        max(exact(whole, row, one) - prices[one] for one in range(columns)) for row in range(rows)
    ]
    assert bound == paid + sum(best, Fraction(0))


@pytest.mark.parametrize("kind", ["floats", "cosines", "sevenths", "tails", "close"])
def test_large_tables_of_floats_are_proven_too(kind: str) -> None:
    rnd = np.random.default_rng(7)
    rows, columns = 120, 60
    ways = rnd.standard_normal((rows, 8)) @ rnd.standard_normal((8, columns))
    table = {
        "floats": rnd.random((rows, columns)),
        "cosines": (ways / 40).astype(np.float32).astype(np.float64),
        "sevenths": rnd.integers(0, 8, (rows, columns)) / 7,
        "tails": np.exp(-90 * rnd.random((rows, columns))),
        "close": rnd.integers(0, 2, (rows, columns)) + rnd.integers(-2, 3, ways.shape) * 2.0**-52,
    }[kind]
    whole = in_whole_numbers(table)
    given = task_of(whole.values, None, reviews=3, max_load=7, min_load=5, digits=whole.digits)

    found = assign(given)

    assert examine(given, found.chosen, found.prices).is_optimal


def test_decimals_are_counted_to_the_last_digit_that_is_written() -> None:
    written = [["0.333333333333333333333333333333333333", "12345678901234.5"], ["-1E-40", "0"]]

    whole = in_written_numbers([[Decimal(one) for one in row] for row in written])

    told = [[exact(whole, row, one) / whole.scale for one in (0, 1)] for row in (0, 1)]
    assert told == [[Fraction(one) for one in row] for row in written]


def test_no_sum_runs_over_so_that_forged_prices_prove_nothing() -> None:
    """128 times 2^57 is nought in 64 bits."""
    table = np.full((128, 32), 9)
    table[:, 0] = 0
    given = task_of(table, None, reviews=1, max_load=128)
    share, more = divmod(2**57, 31)
    prices = [0, *(share + (1 if one < more else 0) for one in range(31))]
    chosen = np.zeros(table.shape, dtype=bool)
    chosen[:, 0] = True

    told = examine(given, chosen, prices)

    assert (told.is_within, told.is_optimal) == (True, False)
    assert told.bound == 128 * 2**57


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=9))
def test_large_numbers_are_summed_exactly(values: list[int]) -> None:
    assert exact_sum(np.array(values, dtype=np.int64)) == sum(values)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_what_is_no_number_or_too_large_is_refused(value: float) -> None:
    with pytest.raises(ValueError):
        in_whole_numbers(np.array([[1.0, value]]))


@pytest.mark.parametrize(("applications", "experts"), [(4000, 3), (3900, 2), (20_000, 1)])
def test_few_experts_and_many_applications_are_not_too_much_for_the_solver(
    applications: int, experts: int
) -> None:
    told = np.random.default_rng(1).random((applications, experts))
    whole = in_whole_numbers(told)
    task = task_of(whole.values, None, reviews=1, max_load=applications, digits=whole.digits)

    found = assign(task)

    assert examine(task, found.chosen, found.prices).is_optimal


def test_one_thing_that_is_wrong_is_enough() -> None:
    task = task_of(np.array([[1]]), None, reviews=1, max_load=1)
    told = examine(task, np.array([[True]]), [0])

    assert told.is_within
    assert not replace(told, wrong_reviews=[0]).is_within
    assert not replace(told, wrong_loads=[0]).is_within
    assert not replace(told, conflicts=[(0, 0)]).is_within


def test_what_a_float_has_no_units_for_is_too_large() -> None:
    assert in_whole_numbers(np.array([[2.0**53]])).values.size == 1
    with pytest.raises(ValueError, match="too large"):
        in_whole_numbers(np.array([[2.0**53 + 2]]))
