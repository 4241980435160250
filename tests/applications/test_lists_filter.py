from uuid import uuid4

import pytest

from sinergia.applications.models import Application
from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.applications.queries.lists import Money, Totals, totals
from sinergia.applications.queries.naming import said_of
from sinergia.applications.queries.winners import organisations_with
from sinergia.calls.models import DirectionTheme
from tests.applications.arrange_lists import numbers, some_applications, titled
from tests.arrange import (
    a_direction,
    a_doubt,
    a_municipality,
    a_region,
    a_theme,
    an_application,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

JUNK = [
    "\x00",
    "' OR 1=1",
    "😀",
    "x" * 5000,
    "-1",
    "99999",
    "²²²²",
    "٢٠٢٤",
    "[]",
    "../..",
    "\ud800",
]
NAMES = list(ApplicationFilter.__dataclass_fields__)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "123456789"),
        ({"region": "XA-SVB"}, "12345678"),
        ({"region": "none"}, ""),
        ({"region": "XX"}, ""),
        ({"fund": "fund-2"}, "6"),
        ({"year": "2024"}, "189"),
        ({"year": "none"}, ""),
        ({"outcome": "won"}, "12469"),
        ({"outcome": "declined"}, "4"),
        ({"outcome": "decided"}, "123469"),
        ({"outcome": "admitted"}, "12346789"),
        ({"outcome": "pending"}, "7"),
        ({"organisation": "none"}, "7"),
        ({"currency": "USD"}, "6"),
        ({"size": "s1"}, "123456789"),
        ({"size": "s2"}, ""),
        ({"winner": "new"}, "19"),
        ({"winner": "repeated"}, "246"),
        ({"winner": "several"}, "12469"),
        ({"winner": "repeated", "fund": "fund-1"}, "24"),
        ({"region": "XA-SVB", "fund": "fund-1", "year": "2025", "outcome": "won"}, "24"),
    ],
)
def test_each_filter_names_its_rows(asked: dict[str, str], expected: str) -> None:
    some_applications()

    assert numbers(ApplicationFilter.from_query(asked)) == list(expected)


def test_the_bound_of_a_size_is_inside_it() -> None:
    Application.objects.filter(pk=an_application("1").pk).update(asked_minor=500_000_00)
    Application.objects.filter(pk=an_application("2").pk).update(asked_minor=500_000_01)

    assert [numbers(ApplicationFilter(size=size)) for size in ("s1", "s2")] == [["1"], ["2"]]


def test_a_theme_names_rows_of_its_own_region_through_the_mapping() -> None:
    theme, direction = a_theme(), a_direction()
    for number, region in (("1", a_region()), ("2", a_region("XB-YAR", "Ярогорский край"))):
        application = an_application(number, region=region)
        Application.objects.filter(pk=application.pk).update(direction=direction)
    DirectionTheme.objects.create(direction=direction, region=a_region(), theme=theme)

    assert numbers(ApplicationFilter(theme=str(theme.key))) == ["1"]
    assert numbers(ApplicationFilter(theme="none")) == ["2"]


def test_what_awaits_a_person_is_counted_by_its_filed_region() -> None:
    a_doubt(an_application("1"))
    a_doubt(an_application("2"), code="region_unknown")
    an_application("3", organisation=an_organisation())

    asked = ApplicationFilter.from_query({"awaiting": "yes", "region": "XA-SVB"})

    assert numbers(asked) == ["1", "2"]


@pytest.mark.parametrize("typed", ["ветераны", "маршрутами ветерана", "26-1-000007"])
def test_words_find_titles_in_every_case_form_and_numbers(typed: str) -> None:
    titled(an_application("26-1-000007"), "Домашний маршрут для ветеранов")
    titled(an_application("26-1-000008"), "Сказка в палате")

    assert numbers(ApplicationFilter(q=typed)) == ["26-1-000007"]


def test_a_municipality_names_its_rows() -> None:
    place = a_municipality()
    Application.objects.filter(pk=an_application("1").pk).update(municipality=place)
    an_application("2")

    assert numbers(ApplicationFilter(municipality=str(place.key))) == ["1"]
    assert numbers(ApplicationFilter(municipality="none")) == ["2"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_an_address_breaks_nothing(name: str, junk: str) -> None:
    an_application("1")

    asked = ApplicationFilter.from_query({name: junk})

    assert totals(asked).rows == len(numbers(asked))
    assert len(said_of(asked)) == len(asked.values)


def test_an_address_says_the_same_when_it_is_read_again() -> None:
    asked = ApplicationFilter(
        q="дети & семья", region="XA-SVB", year="2024", organisation=str(uuid4()), awaiting="yes"
    )

    for prefix in ("", "filed_"):
        given = dict(pair.split("=", 1) for pair in asked.to_query(prefix).split("&"))
        assert set(given) == {prefix + name for name in asked.values}
    assert ApplicationFilter.from_query(asked.values) == asked


def test_totals_count_rows_organisations_and_never_add_currencies() -> None:
    some_applications()

    assert totals(ApplicationFilter()) == Totals(
        rows=9,
        organisations=2,
        declined=1,
        money=[
            Money("RUB", rows=8, won=4, asked_minor=400_000_00, awarded_minor=700_00),
            Money("USD", rows=1, won=1, asked_minor=50_000_00, awarded_minor=600_00),
        ],
    )
    assert totals(ApplicationFilter(fund="fund-2")).money == [
        Money("USD", rows=1, won=1, asked_minor=50_000_00, awarded_minor=600_00)
    ]
    assert totals(ApplicationFilter(region="XX")) == Totals(0, 0, 0, [])


def test_organisations_of_rows_are_those_that_a_count_finds() -> None:
    some_applications()
    for asked in (
        ApplicationFilter(),
        ApplicationFilter(outcome="won", year="2025"),
        ApplicationFilter(winner="repeated", fund="fund-1", year="2025"),
        ApplicationFilter(organisation="none"),
    ):
        rows = applications(asked).filter(organisation__isnull=False)
        different = rows.order_by().values("organisation").distinct().count()

        assert organisations_with(asked).count() == different


def test_winners_of_a_year_are_new_or_had_won_before_it() -> None:
    some = some_applications()
    year = ApplicationFilter(year="2025", fund="fund-1")
    an_application("10", organisation=an_organisation("Сказка на обходе"), call=None)
    newcomer = an_organisation("Светофор")
    made = an_application("11", organisation=newcomer)
    Application.objects.filter(pk=made.pk).update(contest_year=2025)

    assert set(organisations_with(year.with_(winner="repeated"))) == {some["first"], some["other"]}
    assert set(organisations_with(year.with_(winner="new"))) == {newcomer}
    assert set(organisations_with(ApplicationFilter(fund="fund-1", winner="several"))) == {
        some["first"],
        some["other"],
    }
