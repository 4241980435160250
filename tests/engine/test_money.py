from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.money import LARGEST_MINOR, minor_digits, read_money
from sinergia.engine.numbers import Unreadable


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        (None, None),
        ("", None),
        ("—", None),
        ("нет", None),
        (0, 0),
        ("0,00", 0),
        ("0", 0),
        (566840, 56_684_000),
        (566840.5, 56_684_050),
        (0.1 + 0.2, 30),
        (1.005, 101),
        (2.675, 268),
        (382000.004999, 38_200_000),
        (Decimal("12.345"), 1235),
        ("566 840,50", 56_684_050),
        ("1\u00a0160\u00a0232,45", 116_023_245),
        ("1\u202f677\u202f000,00", 167_700_000),
        ("1\u2009677\u2009000", 167_700_000),
        ("2\u00a0721\u00a0000", 272_100_000),
        ("382000,00", 38_200_000),
        ("1'160'232.45", 116_023_245),
        ("1,160,232.45", 116_023_245),
        ("1.160.232,45", 116_023_245),
        ("1.160", 116_000),
        ("1,160", 116_000),
        ("1,5", 150),
        ("1\u00a0940\u00a0305,98\u00a0руб.", 194_030_598),
        ("5\u00a0643\u00a0000,00 руб", 564_300_000),
        ("468 000,00 ₽", 46_800_000),
        ("468 000 р.", 46_800_000),
        ("468000р", 46_800_000),
        ("₽ 468 000", 46_800_000),
        ("RUB 468,000.00", 46_800_000),
        ("468 000 Рублей", 46_800_000),
        ("468 тыс. руб.", 46_800_000),
        ("1,5 млн руб.", 150_000_000),
        ("325,4 млн ₽", 32_540_000_000),
        ("2 миллиарда рублей", 200_000_000_000),
        ("90 071 992 547 409,91", LARGEST_MINOR),
    ],
)
def test_a_sum_in_roubles_is_read_in_every_spelling(cell: object, minor: int | None) -> None:
    assert read_money(cell) == minor


@pytest.mark.parametrize(
    ("cell", "currency", "minor"),
    [
        ("$1,234.50", "USD", 123_450),
        ("1 234,50 USD", "USD", 123_450),
        ("1 234 долларов США", "USD", 123_400),
        ("€ 1.234,50", "EUR", 123_450),
        ("1 234,50 евро", "EUR", 123_450),
        ("500 000 тенге", "KZT", 50_000_000),
        ("1 200 руб.", "BYN", 120_000),
        ("£15", "GBP", 1500),
        ("CHF 15.5", "CHF", 1550),
        ("¥12,345", "JPY", 12_345),
        (12.5, "JPY", 13),
        ("1,2345", "KWD", 1235),
        ("1 234,567", "KWD", 1_234_567),
    ],
)
def test_a_sum_in_its_own_currency_is_read(cell: object, currency: str, minor: int) -> None:
    assert read_money(cell, currency=currency) == minor


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (-1, "negative"),
        (-0.01, "negative"),
        ("-5 000,00", "negative"),
        ("− 5 000 ₽", "negative"),
        ("(5 000)", "negative"),
        (-1e300, "negative"),
        (2**53, "too_large"),
        (1e300, "too_large"),
        ("90 071 992 547 409,92", "too_large"),
        ("9" * 5000, "too_large"),
        (True, "number"),
        (float("inf"), "number"),
        ("сто рублей", "number"),
        ("около 500 000", "number"),
        ("500 000 / 600 000", "number"),
        ("100 руб. 50 коп.", "number"),
        ("5 тыс. млн", "number"),
        ("5%", "number"),
        ("$500", "currency"),
        ("500 евро", "currency"),
        ("500 CHF", "currency"),
        ("1,234 млн руб.", "ambiguous"),
        ("3,254E+08", "lost"),
        ("3,254E+08 руб.", "lost"),
    ],
)
def test_what_is_no_sum_in_roubles_is_refused_with_a_reason(cell: object, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_money(cell)

    assert refusal.value.code == code


def test_three_digits_after_a_lone_mark_are_not_guessed_where_a_currency_has_three() -> None:
    with pytest.raises(Unreadable, match="ambiguous"):
        read_money("1.234", currency="KWD")


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12 345", "RUB", 1_234_500),
        ("12,34", "RUB", 1234),
        ("12345,67 руб.", "RUB", 1_234_567),
        ("1,234,567.89", "RUB", 123_456_789),
        ("¥12,345", "JPY", 12_345),
    ],
)
def test_a_sum_that_is_typed_is_read_where_it_has_one_meaning(
    typed: str, currency: str, minor: int
) -> None:
    assert read_money(typed, currency=currency, is_typed=True) == minor


@pytest.mark.parametrize("typed", ["12,345", "12.345", "1,234 руб.", "-1,234"])
def test_of_a_typed_sum_nobody_guesses_whether_its_mark_parts_thousands(typed: str) -> None:
    with pytest.raises(Unreadable, match="ambiguous"):
        read_money(typed, is_typed=True)


def test_currencies_have_their_own_decimals() -> None:
    assert [minor_digits(code) for code in ("RUB", "USD", "JPY", "KWD")] == [2, 2, 0, 3]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, LARGEST_MINOR))
def test_every_sum_comes_back_from_every_form(minor: int) -> None:
    plain = f"{Decimal(minor).scaleb(-2):,.2f}"
    forms = [plain, plain.replace(",", "\u202f").replace(".", ",") + "\u00a0руб.", "RUB " + plain]

    assert {read_money(form) for form in forms} == {minor}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**13))
def test_every_sum_comes_back_from_a_number_cell(minor: int) -> None:
    assert read_money(minor / 100) == minor


@settings(max_examples=50, deadline=None)
@given(st.text("0123456789 .,-₽$рубмлнE'(", max_size=14) | st.text(max_size=10) | st.floats())
def test_no_cell_breaks_the_reading(cell: object) -> None:
    with suppress(Unreadable):
        minor = read_money(cell)

        assert minor is None or 0 <= minor <= LARGEST_MINOR
