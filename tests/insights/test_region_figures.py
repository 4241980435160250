from collections.abc import Sequence

import pytest
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries

from sinergia.base.journal.actions import record
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Outcome
from sinergia.insights.region.queries.comparison import compared
from sinergia.insights.region.queries.figures import Line
from sinergia.insights.region.queries.kept import kept_comparison, kept_figures_of
from sinergia.insights.region.queries.region import figures_of
from tests.arrange import (
    NOON,
    a_fund,
    a_municipality,
    a_region,
    an_administrator,
    an_organisation,
)
from tests.insights.arrange_region import (
    LAKH,
    a_counted_region,
    a_row,
    counted_again,
    figures_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CUTS = [("", ""), ("fund-1", ""), ("fund-2", ""), ("", "2024"), ("fund-1", "2023"), ("", "none")]


def a_change(about: Model) -> None:
    actor = an_administrator(f"olga-{Entry.objects.count()}")
    record("tested", about=about, actor=actor, at=NOON)


def numbers(lines: Sequence[Line]) -> list[tuple[str, int, int, int]]:
    return [
        (line.name_ru or line.code, line.submitted.value, line.won.value, line.awarded.value)
        for line in lines
    ]


@pytest.mark.parametrize(("fund", "year"), CUTS)
def test_every_figure_is_what_its_rows_come_to(fund: str, year: str) -> None:
    figures = list(figures_in(figures_of(a_counted_region(), fund=fund, year=year)))

    assert len(figures) > 20
    assert [one.value for one in figures] == [counted_again(one) for one in figures]


@pytest.mark.parametrize(("fund", "year"), CUTS)
def test_every_figure_of_the_comparison_is_what_its_rows_come_to(fund: str, year: str) -> None:
    a_counted_region()
    a_row(
        2024, Outcome.WON, organisation=an_organisation("Мост"), fund=a_fund("eu", currency="EUR")
    )

    figures = list(figures_in(compared(fund=fund, year=year)))

    assert len(figures) >= 12
    assert [one.value for one in figures] == [counted_again(one) for one in figures]


@pytest.mark.parametrize(("fund", "year"), CUTS)
def test_the_lines_of_each_cut_add_up_to_the_total(fund: str, year: str) -> None:
    [block] = figures_of(a_counted_region(), fund=fund, year=year).blocks
    total = (block.submitted.value, block.won.value, block.awarded.value)

    for lines in (
        block.by_year,
        block.by_theme,
        block.by_municipality,
        block.by_size,
        block.by_fund,
    ):
        parts = [numbers([line])[0][1:] for line in lines]
        assert tuple(map(sum, zip(*parts, strict=True))) == total


def test_the_main_figures_are_those_counted_by_hand() -> None:
    figures = figures_of(a_counted_region())
    [block] = figures.blocks

    assert (block.submitted.value, block.organisations.value) == (12, 4)
    assert (block.won.value, block.awarded.value) == (5, 7 * LAKH + 50)
    assert (block.declined.value, block.pending.value, block.unknown.value) == (1, 1, 1)
    assert (block.winners.value, block.repeated_winners.value) == (2, 2)
    assert figures.awaiting.value == 1


def test_a_grant_declined_after_the_decision_stays_won() -> None:
    a_row(2024, Outcome.DECLINED, organisation=an_organisation(), awarded_minor=5)

    [block] = figures_of(a_region()).blocks

    assert (block.won.value, block.awarded.value, block.declined.value) == (1, 5, 1)


def test_rows_that_do_not_say_have_lines_of_their_own() -> None:
    [block] = figures_of(a_counted_region()).blocks

    assert numbers(block.by_year) == [
        ("2022", 2, 1, LAKH),
        ("2023", 3, 2, 5 * LAKH),
        ("2024", 6, 1, 50),
        ("none", 1, 1, LAKH),
    ]
    assert numbers(block.by_theme) == [("Забота", 2, 2, 3 * LAKH), ("none", 10, 3, 4 * LAKH + 50)]
    assert numbers(block.by_municipality) == [
        ("Кленовск", 2, 1, LAKH),
        ("Рудный Лог", 2, 2, 3 * LAKH + 50),
        ("none", 8, 2, 3 * LAKH),
    ]
    assert numbers(block.by_size) == [
        ("s1", 10, 5, 7 * LAKH + 50),
        ("s2", 1, 0, 0),
        ("s5", 1, 0, 0),
    ]


def test_the_way_to_a_grant_adds_up() -> None:
    [block] = figures_of(a_counted_region()).blocks

    funnel = {step.code: step.figure.value for step in block.funnel}
    beside = {step.code: step.figure.value for step in block.beside}

    assert funnel == {"submitted": 12, "admitted": 10, "decided": 8, "won": 5, "declined": 1}
    assert beside == {"not_admitted": 1, "withdrawn": 1, "pending": 1, "unknown": 1}


def test_a_winner_is_new_until_it_has_won_in_an_earlier_year() -> None:
    [block] = figures_of(a_counted_region(), fund="fund-1").blocks

    found = [
        (one.year, one.all.value, one.new.value, one.repeated.value) for one in block.by_winners
    ]

    assert found == [(2022, 1, 1, 0), (2023, 2, 1, 1), (2024, 1, 0, 1)]


def test_in_one_year_the_winners_are_parted_by_what_they_won_before_it() -> None:
    [block] = figures_of(a_counted_region(), year="2023").blocks

    found = (block.winners.value, block.new_winners.value, block.repeated_winners.value)
    assert found == (2, 1, 1)


def test_each_currency_has_figures_and_links_of_its_own() -> None:
    euro = a_fund("eu", currency="EUR")
    a_row(2024, Outcome.WON, organisation=an_organisation(), fund=euro, awarded_minor=100)
    a_row(2024, Outcome.WON, organisation=an_organisation(), awarded_minor=5)
    a_row(2024)

    blocks = figures_of(a_region()).blocks

    assert [(one.currency, one.submitted.value, one.awarded.value) for one in blocks] == [
        ("RUB", 2, 5),
        ("EUR", 1, 100),
    ]
    assert [one.awarded.query for one in blocks] == [
        "region=XA-SVB&outcome=won&currency=RUB",
        "region=XA-SVB&outcome=won&currency=EUR",
    ]


def test_nothing_is_a_block_of_zeros_in_the_currency_of_the_fund() -> None:
    a_fund("eu", currency="EUR")

    everywhere, there = figures_of(a_region()), figures_of(a_region(), fund="eu")

    assert (everywhere.is_zero, everywhere.blocks[0].currency) == (True, "")
    assert (there.blocks[0].currency, there.blocks[0].submitted.value) == ("EUR", 0)


def test_an_unknown_fund_is_none() -> None:
    assert figures_of(a_counted_region(), fund="nobody").fund is None


def test_the_queries_are_six_for_one_row_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    region = a_region()
    a_row(2024, Outcome.WON, organisation=an_organisation())
    with django_assert_num_queries(6):
        figures_of(region)

    a_counted_region()
    with django_assert_num_queries(6):
        figures_of(region, fund="fund-1")
    with django_assert_num_queries(6):
        compared()


def test_kept_figures_are_counted_again_after_a_change_and_not_before(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    region = a_counted_region()
    a_change(region)
    first = kept_figures_of(region)

    with django_assert_num_queries(1):
        assert kept_figures_of(region) is first
    added = a_row(2024, Outcome.WON, organisation=an_organisation("Мост"))
    a_change(added)

    assert kept_figures_of(region).blocks[0].won.value == first.blocks[0].won.value + 1


def test_a_kept_comparison_is_counted_again_after_a_change() -> None:
    region = a_counted_region()
    a_change(region)
    before = kept_comparison().total.submitted.value
    a_change(a_row(2024))

    assert kept_comparison().total.submitted.value == before + 1


def test_without_a_journal_nothing_is_kept() -> None:
    region = a_counted_region()
    before = kept_figures_of(region).blocks[0].submitted.value
    a_row(2024)

    assert kept_figures_of(region).blocks[0].submitted.value == before + 1


def test_rows_of_no_region_stand_in_a_line_of_their_own() -> None:
    a_row(2024, Outcome.WON, region=a_region(), columns={"municipality": a_municipality()})
    lost = a_row(2024)
    type(lost).objects.filter(pk=lost.pk).update(region=None)

    counted = compared()

    assert [line.submitted.value for line in counted.lines] == [1]
    assert (counted.nowhere.submitted.value, counted.total.submitted.value) == (1, 2)
