"""Who opens the page of a visit: each role against each stage, cell by cell."""

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.exchange import access
from sinergia.exchange.models import Visit, VisitCourse
from sinergia.exchange.queries.visits import visits_seen_by
from sinergia.people.models import Person
from tests.arrange import a_centre, a_consultant, a_delegate, a_person, a_visit

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

STAGES = ("idea", "agreed", "approved", "under_way", "done", "accounted", "cancelled")


def a_cast(visit: Visit) -> dict[str, Person | None]:
    """Everybody who may come to the page of a visit."""
    going, gone = a_delegate("Едет", visit=visit), a_delegate("Не едет", visit=visit)
    for row, name in ((going, "going"), (gone, "gone")):
        row.person = a_person(name)
        row.gone_at = timezone.now() if row is gone else None
        row.save()
    host = a_centre("Центр области")
    former = a_consultant("former", centre=visit.centre)
    former.is_active = False
    former.save()
    return {
        "visitor": None,
        "stranger": a_person("stranger"),
        "preparing": a_consultant("ours", centre=visit.centre),
        "former": former,
        "other side": a_consultant("theirs", centre=host),
        "delegate": going.person,
        "not travelling": gone.person,
    }


@pytest.mark.parametrize("is_public", [False, True])
def test_who_opens_the_page_of_a_visit_at_each_stage(is_public: bool) -> None:
    visit = a_visit()
    VisitCourse.objects.filter(visit=visit).update(is_public=is_public)
    cast = a_cast(visit)

    found = {}
    for stage in STAGES:
        Visit.objects.filter(pk=visit.pk).update(stage=stage)
        visit.refresh_from_db()
        found[stage] = {name for name, one in cast.items() if visits_seen_by(one).exists()}

    everybody = set(cast)
    inside = {"preparing", "delegate"}
    told = everybody if is_public else inside | {"other side"}
    assert found == {
        "idea": inside,
        "agreed": inside | {"other side"},
        "approved": told,
        "under_way": told,
        "done": told,
        "accounted": told,
        "cancelled": inside,  # cancelled as an idea, of which the other side never heard
    }


def test_the_other_side_learns_that_what_it_was_told_of_is_cancelled() -> None:
    visit = a_visit()
    cast = a_cast(visit)
    Visit.objects.filter(pk=visit.pk).update(stage="cancelled")
    VisitCourse.objects.filter(visit=visit).update(stage_before="agreed")

    assert access.is_other_side(cast["other side"], visit)
    assert not visits_seen_by(cast["stranger"]).exists()


def test_what_was_put_away_is_seen_by_its_own_centre_alone() -> None:
    visit = a_visit()
    cast = a_cast(visit)
    VisitCourse.objects.filter(visit=visit).update(removed_at=timezone.now(), is_public=True)

    assert {name for name, one in cast.items() if visits_seen_by(one).exists()} == {"preparing"}


def test_how_others_travel_is_seen_by_two_alone(client: Client) -> None:
    visit = a_visit()
    cast = a_cast(visit)
    lead = a_delegate("Глава", visit=visit)
    lead.is_lead, lead.person = True, a_person("lead")
    lead.save()
    coordinator = a_consultant("coordinator", centre=visit.centre)
    VisitCourse.objects.filter(visit=visit).update(coordinator=coordinator)
    cast |= {"lead": lead.person, "coordinator": coordinator}
    visit.refresh_from_db()
    link = f"/visits/{visit.key}/travel/"

    may = {name for name, one in cast.items() if access.may_see_travel(one, visit)}
    opened, linked = set(), set()
    for name, one in cast.items():
        if one is not None:
            client.force_login(one)
        opened |= {name} if client.get(link).status_code == 200 else set()
        linked |= {name} if link in client.get(f"/visits/{visit.key}/").text else set()

    assert may == opened == linked == {"lead", "coordinator"}


def test_a_coordinator_who_left_the_centre_sees_nothing_more() -> None:
    visit = a_visit()
    coordinator = a_consultant("coordinator", centre=visit.centre)
    VisitCourse.objects.filter(visit=visit).update(coordinator=coordinator)
    visit.centre.staff.filter(person=coordinator).update(until=timezone.now())

    assert not access.may_see_travel(coordinator, Visit.objects.get())
