"""The demo's figures are those the stories speak of, to the kopeck."""

from collections import Counter
from decimal import Decimal
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sinergia.web.demo import grants, stock
from sinergia.web.demo.rows import GrantRow
from sinergia.web.demo.story import Demo, tell
from sinergia.web.demo.sums import awards


@cache
def the_demo() -> Demo:
    return tell(1)


@cache
def rows_of(fund: str, region: str) -> tuple[GrantRow, ...]:
    return tuple(row for row in the_demo().grants_of(fund) if row.region_code == region)


def by_year(rows: tuple[GrantRow, ...]) -> dict[int, tuple[int, int, Decimal]]:
    years = sorted({row.contest_year for row in rows})
    return {
        year: (
            sum(row.contest_year == year for row in rows),
            sum(row.contest_year == year and row.awarded is not None for row in rows),
            sum(
                (row.awarded or Decimal(0) for row in rows if row.contest_year == year), Decimal(0)
            ),
        )
        for year in years
    }


def test_the_national_fund_in_region_a_has_the_figures_of_the_stories() -> None:
    found = by_year(rows_of("FUND1", "XA-SVB"))

    assert found == {
        2020: (78, 15, Decimal(31_200_000)),
        2021: (92, 20, Decimal(44_800_000)),
        2022: (101, 24, Decimal(56_300_000)),
        2023: (97, 23, Decimal(55_100_000)),
        2024: (104, 26, Decimal(64_600_000)),
        2025: (111, 29, Decimal(73_400_000)),
    }
    whole = [sum(column) for column in zip(*found.values(), strict=True)]
    assert whole == [583, 137, Decimal("325400000.00")]


def test_one_of_the_137_was_declined_and_no_row_of_the_stories_awaits_a_person() -> None:
    rows = rows_of("FUND1", "XA-SVB")

    statuses = Counter(row.status for row in rows)
    assert (statuses[grants.WON], statuses[grants.DECLINED]) == (136, 1)
    assert set(statuses) <= {
        grants.WON,
        grants.DECLINED,
        grants.LOST,
        grants.NOT_ADMITTED,
        grants.WITHDRAWN,
    }
    known = {(one.ogrn, one.inn) for one in the_demo().organisations}
    assert {(row.ogrn, row.inn) for row in rows} <= known


def test_the_initiatives_of_2025_gave_21_grants_and_one_was_declined() -> None:
    rows = tuple(row for row in rows_of("XB-OWN", "XB-YAR") if row.contest_year == 2025)

    assert by_year(rows) == {2025: (52, 21, Decimal("19874300.00"))}
    statuses = Counter(row.status for row in rows)
    assert (statuses[grants.WON], statuses[grants.DECLINED], statuses[grants.RESERVE]) == (20, 1, 1)


def test_three_rows_of_the_culture_fund_await_a_person() -> None:
    rows = rows_of("FUND2", "XA-SVB") + rows_of("FUND2", "XB-YAR")
    known = {(one.ogrn, one.inn) for one in the_demo().organisations}

    doubtful = [(row.ogrn, row.inn) for row in rows if (row.ogrn, row.inn) not in known]

    assert len(doubtful) == 3
    assert {("", ""), ("—", "—")} < set(doubtful)
    mixed = next(pair for pair in doubtful if len(pair[0]) == 13)
    assert {mixed[0]} < {ogrn for ogrn, _ in known}
    assert {mixed[1]} < {inn for _, inn in known}


def test_every_organisation_has_a_row_and_some_win_again() -> None:
    demo = the_demo()
    rows = [row for fund in demo.funds for row in demo.grants_of(fund.code)]

    assert {one.ogrn for one in demo.organisations} <= {row.ogrn for row in rows}
    wins = Counter(row.ogrn for row in rows_of("FUND1", "XA-SVB") if row.awarded)
    assert 60 < sum(count == 1 for count in wins.values()) < sum(wins.values()) == 137
    assert sum(count > 1 for count in wins.values()) > 15


def test_nobody_is_in_a_contest_before_their_registration_or_wins_twice_in_one() -> None:
    demo = the_demo()
    since = {one.ogrn: one.registered_on.year for one in demo.organisations}
    rows = [row for fund in demo.funds for row in demo.grants_of(fund.code)]

    assert [row for row in rows if since.get(row.ogrn, 0) >= row.contest_year] == []
    wins = Counter((row.fund, row.contest, row.ogrn) for row in rows if row.awarded)
    assert set(wins.values()) == {1}
    assert [row for row in rows if (row.awarded or 0) > row.asked or row.asked > row.cost] == []
    numbers = Counter((row.fund, row.number) for row in rows)
    assert set(numbers.values()) == {1}


def test_the_projects_of_the_stories_are_there_and_belong_to_one_each() -> None:
    demo = the_demo()
    rows = [row for fund in demo.funds for row in demo.grants_of(fund.code)]

    for signature in stock.cast().signatures:
        found = [row for row in rows if row.title == signature.title]
        assert f"«{signature.brand}»" in found[0].organisation
        assert {row.ogrn for row in found} == {found[0].ogrn}
        first = found[0]
        assert (first.fund, first.contest_year) == (signature.fund, signature.year)
        assert (first.awarded is not None) == signature.is_won


def test_the_same_seed_tells_the_same_and_another_seed_another() -> None:
    first, again, other = tell(7), tell(7), tell(8)

    assert first == again
    assert list(first.grants_of("FUND2")) == list(again.grants_of("FUND2"))
    assert list(first.grants_of("FUND2")) == list(first.grants_of("FUND2"))
    assert first.organisations != other.organisations
    assert first.geometry != other.geometry
    totals = [sum(row.awarded or 0 for row in demo.grants_of("FUND1")) for demo in (first, other)]
    assert totals[0] == totals[1]


def test_a_fund_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        the_demo().grants_of("FUND9")


def test_each_direction_and_theme_is_mapped() -> None:
    demo = the_demo()
    themes = {(theme.region, theme.code) for theme in demo.themes}
    mapped = {(row.region, row.fund, row.direction): row.theme for row in demo.theme_mappings}

    rows = [row for fund in demo.funds for row in demo.grants_of(fund.code)]

    assert {(row.region_code, row.fund, row.direction) for row in rows} <= set(mapped)
    assert {(region, theme) for (region, _, _), theme in mapped.items()} == themes


def test_trust_is_measured_each_year_with_a_margin_and_says_that_it_is_invented() -> None:
    rows = [row for row in the_demo().indicators if row.code == "trust"]

    assert [(row.region, row.date[:4]) for row in rows] == [
        (region, str(year)) for region in ("XA-SVB", "XB-YAR") for year in range(2020, 2026)
    ]
    assert all(float(row.margin) > 0 for row in rows)
    assert all("Вымышленные" in row.source for row in the_demo().indicators)


@pytest.mark.slow
def test_a_large_demo_has_50_000_applications_of_20_000_organisations() -> None:
    demo = tell(1, is_large=True)

    rows = [row for fund in demo.funds for row in demo.grants_of(fund.code)]

    assert (len(rows), len(demo.organisations)) == (50_000, 20_000)
    assert len({one.name for one in demo.organisations}) == 20_000
    assert {one.ogrn for one in demo.organisations} <= {row.ogrn for row in rows}
    first = [row for row in rows if (row.fund, row.region_code) == ("FUND1", "XA-SVB")]
    assert len(first) == 583
    assert sum(row.awarded or 0 for row in first) == Decimal("325400000.00")
    titles = Counter((row.region_code, row.contest_year, row.title) for row in rows)
    assert set(titles.values()) == {1}


@given(
    some.integers(0, 40).flatmap(
        lambda count: some.tuples(
            some.just(count), some.integers(count * 100_000, count * 5_000_000), some.integers()
        )
    )
)
def test_grants_sum_to_the_whole_and_stay_within_limits(drawn: tuple[int, int, int]) -> None:
    count, total, seed = drawn

    parts = awards(total, count, between=(1_000, 50_000), chance=Random(seed))

    assert (len(parts), sum(parts)) == (count, total)
    assert all(100_000 <= part <= 5_000_000 for part in parts)


def test_a_sum_that_no_grants_can_make_is_refused() -> None:
    with pytest.raises(ValueError):
        awards(100, 2, between=(1_000, 50_000), chance=Random(1))
