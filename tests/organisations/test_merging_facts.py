"""What a merge makes of the facts of two organisations: always one that can be."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest

from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations import models as register
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.filling import faults_of, filled_from
from sinergia.organisations.queries.merging import plan_of
from sinergia.organisations.words.merging import sides_shown
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    a_region,
    a_theme,
    an_administrator,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]

EARLY, LATE = date(2010, 1, 1), date(2014, 6, 17)
CLOSED = "closed"
Facts = dict[str, object]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


def refusal_of(act: Callable[[], object]) -> list[Gap]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.gaps


def two(kept: Facts, gone: Facts) -> tuple[Organisation, Organisation]:
    made = []
    for name, facts in (("Остаётся", kept), ("Уходит", gone)):
        one = an_organisation(name)
        Organisation.objects.filter(pk=one.pk).update(**facts)
        one.refresh_from_db()
        made.append(one)
    return made[0], made[1]


def facts_of(one: Organisation) -> tuple[str, date | None, date | None]:
    one.refresh_from_db()
    return one.status, one.registered_on, one.closed_on


def test_one_that_closes_before_it_registers_is_refused_and_told(larisa: Person) -> None:
    kept, gone = two({"registered_on": LATE}, {"status": CLOSED, "closed_on": EARLY})

    gaps = refusal_of(lambda: merge_organisations(kept.key, gone.key, actor=larisa, now=NOON))

    assert gaps == plan_of(kept, gone).faults == [Gap("merge_closes_before_it_registers")]
    assert Organisation.objects.filter(pk=gone.pk).exists()


def test_a_day_of_closing_comes_only_with_the_status(larisa: Person) -> None:
    kept, gone = two({"status": "active"}, {"status": CLOSED, "closed_on": LATE})

    merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    assert facts_of(kept) == ("active", None, None)


def test_a_status_that_is_not_known_is_a_blank(larisa: Person) -> None:
    kept, gone = two({}, {"status": CLOSED, "closed_on": LATE, "registered_on": EARLY})

    shown = {side.label: side for side in sides_shown(plan_of(kept, gone))}
    merge = merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    assert shown["Статус"].kept == "Не известно"
    assert shown["Статус"].result == "Закрыта"
    assert shown["Дата закрытия"].result == "17\xa0июня\xa02014"
    assert facts_of(kept) == (CLOSED, EARLY, LATE)
    undo_merge(merge.key, actor=larisa, now=NOON)
    assert facts_of(kept) == ("unknown", None, None)
    gone = Organisation.objects.get(key=gone.key)
    assert facts_of(gone) == (CLOSED, EARLY, LATE)


def test_a_day_of_closing_does_not_stay_beside_an_open_status(larisa: Person) -> None:
    kept, gone = two({"closed_on": LATE}, {"status": "active"})

    gaps = refusal_of(lambda: merge_organisations(kept.key, gone.key, actor=larisa, now=NOON))

    assert gaps == [Gap("merge_closed_and_open")]


def test_a_town_of_another_region_is_refused_and_told() -> None:
    next_door = a_region("XB-YAR", "Ярогорский край")
    town = a_municipality("Ярогорск", region=next_door)
    kept, gone = two({}, {"region": next_door, "municipality": town})
    olga = an_administrator()

    gaps = refusal_of(lambda: merge_organisations(kept.key, gone.key, actor=olga, now=NOON))

    assert gaps == [Gap("merge_town_elsewhere")]


def test_themes_of_another_region_are_set_aside() -> None:
    next_door = a_region("XB-YAR", "Ярогорский край")
    kept, gone = two({}, {"region": next_door})
    for theme in (a_theme("Забота"), a_theme("Спорт", region=next_door)):
        register.OrganisationTheme.objects.create(organisation=gone, theme=theme)

    merge = merge_organisations(kept.key, gone.key, actor=an_administrator(), now=NOON)

    rows = register.OrganisationTheme.objects.all()
    assert [(one.organisation, one.theme.name_ru) for one in rows] == [(kept, "Забота")]
    undo_merge(merge.key, actor=merge.actor, now=NOON)
    assert {(one.organisation_id, one.theme.name_ru) for one in rows.all()} == {
        (gone.pk, "Забота"), (gone.pk, "Спорт"),
    }  # fmt: skip


def test_a_registered_one_does_not_become_a_part_of_a_group(larisa: Person) -> None:
    kept, gone = two({"kind": "group"}, {"kind": "registered"})

    gaps = refusal_of(lambda: merge_organisations(kept.key, gone.key, actor=larisa, now=NOON))

    assert gaps == [Gap("merge_group_stays")]
    merge_organisations(gone.key, kept.key, actor=larisa, now=NOON)


def test_a_site_goes_with_the_host_by_which_it_is_known(larisa: Person) -> None:
    kept, gone = two({"site": "нет сайта"}, {"site": "www.light.ru", "site_key": "light.ru"})

    merge_organisations(kept.key, gone.key, actor=larisa, now=NOON)

    kept.refresh_from_db()
    assert (kept.site, kept.site_key) == ("нет сайта", "")


def every_facts() -> Iterator[Facts]:
    for status, began, closed in product(
        ("unknown", "active", CLOSED), (None, EARLY, LATE), (None, EARLY, LATE)
    ):
        if not (began and closed) or began <= closed:
            yield {"status": status, "registered_on": began, "closed_on": closed}


def test_whatever_the_two_are_a_merge_refuses_or_makes_one_that_can_be() -> None:
    refused = 0
    for ours, theirs in product(every_facts(), repeat=2):
        kept, gone = (
            Organisation(name="Одна", name_folded="одна", **one) for one in (ours, theirs)
        )
        filled = filled_from(kept, gone)
        if faults_of(kept, gone, filled):
            refused += 1
            continue
        for name, value in filled.items():
            setattr(kept, name, value)
        kept.validate_constraints()
        was_so = (ours["status"], ours["closed_on"]) == (kept.status, kept.closed_on)
        assert was_so or kept.closed_on is None or kept.status == CLOSED, (ours, theirs)

    assert 0 < refused < 100
