"""One action makes a project of what was taken home; the two know of one another."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.engine.refusal import Refused
from sinergia.exchange.models import Commitment, Delegate, Visit
from sinergia.organisations.models import Membership, Organisation
from sinergia.practices.actions.adopting import Intent, intend
from sinergia.practices.models import Adoption
from sinergia.projects.actions.adopting import Draft
from sinergia.projects.actions.from_commitment import begin_from_commitment
from sinergia.projects.actions.starting import remove_project, take_back_project
from sinergia.projects.models import Project, TakenField
from tests.arrange import NOON, a_consultant, a_leader, a_practice, a_visit, an_organisation
from tests.exchange.arrange_home import a_commitment, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def visit() -> Visit:
    return a_visit()


@pytest.fixture
def owner(visit: Visit) -> Organisation:
    return an_organisation("Завтра у реки", region=visit.from_region)


@pytest.fixture
def delegate(visit: Visit, owner: Organisation) -> Delegate:
    """Somebody who travels and leads the organisation that will do it."""
    row = a_traveller("tamara", visit, organisation=owner)
    Membership.objects.create(organisation=owner, person=person_of(row), role="leader", since=NOON)
    return row


def state_of(row: Commitment) -> str:
    return Commitment.objects.get(pk=row.pk).state


def test_a_draft_of_the_owner_begins_with_what_is_known(delegate: Delegate) -> None:
    practice = a_practice("Домашний маршрут")
    row, actor = a_commitment(delegate, practice=practice), person_of(delegate)

    for key in (uuid4(), uuid4()):  # two pages, each with a key of its own
        made = begin_from_commitment(row, Draft(key, str), told_by="", actor=actor, now=NOON)

    assert Project.objects.get() == made
    assert (made.commitment, made.organisation) == (row, delegate.organisation)
    assert made.title == "Домашний маршрут"
    assert state_of(row) == "project"


def test_a_practice_is_applied_at_home_by_it_with_marks_of_what_is_taken(
    delegate: Delegate,
) -> None:
    practice = a_practice("Домашний маршрут")
    row, actor = a_commitment(delegate, practice=practice), person_of(delegate)

    made = begin_from_commitment(row, Draft(uuid4(), str), told_by="", actor=actor, now=NOON)

    row.refresh_from_db()
    assert (row.adoption, made.adoption) == (Adoption.objects.get(), row.adoption)
    taken = TakenField.objects.get(project=made)
    assert (taken.path, taken.revision.practice) == ("title", practice)


def test_what_is_in_the_catalogue_no_more_gives_its_essence_alone(delegate: Delegate) -> None:
    practice = a_practice("Домашний маршрут")
    practice.essence, practice.stage = "Занятия реабилитолога на дому", "withdrawn"
    practice.save()
    row, actor = a_commitment(delegate, practice=practice), person_of(delegate)

    made = begin_from_commitment(row, Draft(uuid4(), str), told_by="", actor=actor, now=NOON)

    texts = dict(made.fields.values_list("path", "value"))
    assert texts == {"title": "Домашний маршрут", "summary": "Занятия реабилитолога на дому"}
    assert (made.adoption, Adoption.objects.count()) == (None, 0)


def test_a_project_put_away_leaves_the_commitment_in_work_and_taken_back_a_project(
    delegate: Delegate,
) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    made = begin_from_commitment(row, Draft(uuid4(), str), told_by="", actor=actor, now=NOON)

    remove_project(made, actor=actor, now=NOON)
    assert state_of(row) == "in_work"
    take_back_project(made, actor=actor, now=NOON)
    assert state_of(row) == "project"
    remove_project(made, actor=actor, now=NOON)
    again = begin_from_commitment(row, Draft(uuid4(), str), told_by="", actor=actor, now=NOON)
    take_back_project(made, actor=actor, now=NOON)
    remove_project(made, actor=actor, now=NOON)

    assert again != made
    assert state_of(row) == "project"  # the other one stands


def test_without_an_owner_or_a_right_nothing_is_made(visit: Visit, delegate: Delegate) -> None:
    nobodys = a_commitment(a_traveller("boris", visit))
    boris = person_of(nobodys.delegate)
    with pytest.raises(Refused) as fault:
        begin_from_commitment(nobodys, Draft(uuid4(), str), told_by="", actor=boris, now=NOON)
    assert [gap.code for gap in fault.value.gaps] == ["commitment_without_organisation"]

    row = a_commitment(delegate)
    lead = person_of(a_traveller("lead", visit, is_lead=True))
    with pytest.raises(PermissionDenied):  # leads the delegation, is nobody in the organisation
        begin_from_commitment(row, Draft(uuid4(), str), told_by="", actor=lead, now=NOON)

    assert (Project.objects.exists(), state_of(row)) == (False, "not_begun")


def test_the_centre_makes_it_from_the_words_of_the_delegate(
    visit: Visit, delegate: Delegate, client: Client
) -> None:
    row = a_commitment(delegate)
    client.force_login(a_consultant("larisa", centre=visit.centre))
    address = f"/commitments/{row.key}/project/"

    page = client.get(address)
    form = page.context["form"]
    sent = client.post(address, {"key": form["key"].value(), "told_by": form["told_by"].value()})

    made = Project.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/projects/{made.key}/")
    assert (made.told_by, made.is_shared, made.commitment) == ("tamara", True, row)
    assert client.get(address)["Location"] == f"/projects/{made.key}/"


def test_who_may_not_open_the_project_learns_who_writes_it(
    visit: Visit, delegate: Delegate, client: Client
) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    begin_from_commitment(row, Draft(uuid4(), str), told_by="", actor=actor, now=NOON)
    client.force_login(person_of(a_traveller("lead", visit, is_lead=True)))

    answer = client.get(f"/commitments/{row.key}/project/")

    assert answer["Location"] == f"/commitments/{row.key}/"
    assert "Завтра у реки" in client.get(answer["Location"]).text
    client.force_login(a_leader("nina", organisation=an_organisation("Чужие")))
    assert client.get(f"/commitments/{row.key}/project/").status_code == 404


def test_the_centre_begins_it_from_their_words_where_the_practice_is_at_home_already(
    visit: Visit, delegate: Delegate, owner: Organisation
) -> None:
    practice = a_practice("Домашний маршрут")
    intend(practice, owner, Intent(), actor=person_of(delegate), now=NOON)
    row = a_commitment(delegate, practice=practice)
    consultant = a_consultant("larisa", centre=visit.centre)

    made = begin_from_commitment(
        row, Draft(uuid4(), str), told_by="Яровая Т. И.", actor=consultant, now=NOON
    )

    assert (made.told_by, made.adoption) == ("Яровая Т. И.", Adoption.objects.get())
