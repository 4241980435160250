from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from sinergia.base.journal.models import Entry
from sinergia.calls.actions import describe_fund, map_directions
from sinergia.calls.models import DirectionTheme
from sinergia.calls.queries import counted_themes, mapped_directions
from sinergia.engine.refusal import Gap, Refused
from sinergia.places.actions import remove_theme
from tests.arrange import NOON, a_direction, a_fund, a_person, a_region, a_theme, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_directions_are_mapped_changed_and_unmapped_with_one_line_in_the_journal_each() -> None:
    olga, region = an_administrator(), a_region()
    care, memory = a_theme("Забота"), a_theme("Память")
    family, history = a_direction("Семья"), a_direction("История")

    first = map_directions(region, {family.key: care.key, history.key: None}, actor=olga, now=NOON)
    again = map_directions(region, {family.key: care.key}, actor=olga, now=NOON)
    second = map_directions(
        region, {family.key: None, history.key: memory.key}, actor=olga, now=NOON
    )

    assert (first, again, second) == (1, 0, 2)
    kept = DirectionTheme.objects.values_list("direction__name", "theme__name_ru")
    assert list(kept) == [("История", "Память")]
    verbs = [entry.verb for entry in Entry.objects.all()]
    assert verbs == ["region.directions_mapped"] * 2


def test_what_is_gone_meanwhile_or_belongs_to_another_region_is_refused() -> None:
    olga, region, family = an_administrator(), a_region(), a_direction("Семья")
    alien = a_theme("Забота", region=a_region("XB-YAR", "Ярогорский край"))
    gone = uuid4()

    with pytest.raises(Refused) as refused:
        map_directions(region, {family.key: alien.key, gone: None}, actor=olga, now=NOON)

    assert refused.value.gaps == [
        Gap("theme.gone", str(family.key)),
        Gap("direction.gone", str(gone)),
    ]


def test_nobody_else_maps_directions_or_names_funds() -> None:
    boris, region, fund = a_person("boris"), a_region(), a_fund()

    with pytest.raises(PermissionDenied):
        map_directions(region, {}, actor=boris, now=NOON)
    with pytest.raises(PermissionDenied):
        describe_fund(
            fund, name_ru="Ф", name_en="", currency="RUB", region=None, actor=boris, now=NOON
        )


def test_a_deleted_theme_leaves_its_directions_without_one() -> None:
    olga, region, care, family = an_administrator(), a_region(), a_theme(), a_direction()
    map_directions(region, {family.key: care.key}, actor=olga, now=NOON)
    before = [counted.directions for counted in counted_themes(region)]

    remove_theme(care, actor=olga, now=NOON)

    assert before == [1]
    assert [mapped.theme for mapped in mapped_directions(region)] == [None]


def test_directions_of_another_regions_fund_are_not_asked_here() -> None:
    here, there = a_region(), a_region("XB-YAR", "Ярогорский край")
    fund = a_fund("XB-OWN")
    fund.region = there
    fund.save()
    a_direction("Семья", fund=fund)

    assert (len(mapped_directions(here)), len(mapped_directions(there))) == (0, 1)


def test_lists_take_the_same_queries_however_long_they_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    region = a_region()
    for number in range(30):
        a_direction(f"Направление {number}", fund=a_fund(f"fund-{number % 3}"))
        a_theme(f"Тема {number}")

    with django_assert_num_queries(2):
        assert len(mapped_directions(region)) == 30
    with django_assert_num_queries(2):
        assert len(counted_themes(region)) == 30


def test_a_fund_gets_its_name_currency_and_region() -> None:
    olga, region, fund = an_administrator(), a_region(), a_fund()
    said = {"name_ru": " Фонд  области ", "name_en": "", "currency": "eur", "region": region}

    for _ in range(2):
        fund = describe_fund(fund, **said, actor=olga, now=NOON)  # type: ignore[arg-type]  # by name

    fund.refresh_from_db()
    assert (fund.name_ru, fund.currency, fund.region) == ("Фонд области", "EUR", region)
    assert [entry.verb for entry in Entry.objects.all()] == ["fund.described"]


def test_a_fund_cannot_be_without_a_name_or_a_currency() -> None:
    with pytest.raises(Refused) as refused:
        describe_fund(
            a_fund(),
            name_ru=" ",
            name_en="x" * 201,
            currency="₽",
            region=None,
            actor=an_administrator(),
            now=NOON,
        )

    assert refused.value.gaps == [
        Gap("fund.name", "name_ru"),
        Gap("fund.name", "name_en"),
        Gap("fund.currency", "currency"),
    ]
