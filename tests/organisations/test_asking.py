"""What goes for good is asked once more, and a second press of the same button is harmless."""

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.organisations.actions import contacts, notes, telling
from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    CentreStaff,
    Membership,
    Note,
    Official,
    Organisation,
    Post,
)
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
)
from tests.organisations.arrange_papers import a_scanned_paper

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def larisa(centre: Centre, client: Client) -> Person:
    made = a_consultant("larisa", centre=centre, role="head")
    client.force_login(made)
    return made


@pytest.fixture
def steps(centre: Centre) -> Organisation:
    return an_organisation("Полтора шага")


def asked_then_gone(client: Client, form: str, away: str, *, named: str) -> None:
    """The form leads to the asking page, which names the thing; only its button removes it."""
    assert f'href="{away}"' in client.get(form).text
    asked = client.get(away)
    assert asked.status_code == 200
    assert named in asked.text
    assert client.get(form).status_code == 200
    assert client.post(away).status_code == 302
    assert client.get(form).status_code == 404


def test_a_paper_and_a_head_are_removed_only_by_the_second_page(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    paper = a_scanned_paper(steps, larisa, number="77-АА")
    head = telling.write_head(steps, {"name": "Яровая Т. И."}, actor=larisa, now=NOON)

    for kind, row, named in (("papers", paper, paper.number), ("heads", head, head.name)):
        form = reverse("register:change_row", args=[steps.key, kind, row.key])
        away = reverse("register:remove_row", args=[steps.key, kind, row.key])
        asked_then_gone(client, form, away, named=named)


def test_a_note_is_removed_only_by_the_second_page(
    centre: Centre, steps: Organisation, larisa: Person, client: Client
) -> None:
    note = notes.write_note(centre, steps, "Позвонить", met_on=None, actor=larisa, now=NOON)
    form = reverse("register:change_note", args=[steps.key, note.key])

    asked_then_gone(client, form, f"{form}remove/", named="Позвонить")
    assert not Note.objects.exists()


def test_a_post_is_removed_only_by_the_second_page(
    centre: Centre, larisa: Person, client: Client
) -> None:
    given, post = {"name": "Турчин П. С."}, {"title": "Министр"}
    known = contacts.enter_contact(centre, given, post, actor=larisa, now=NOON)
    form = reverse("register:post", args=[known.key, Post.objects.get().key])

    asked_then_gone(client, form, f"{form}remove/", named="Министр")


def test_leaving_a_team_twice_is_leaving_it_once(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    leader, editor = (
        a_leader(role, organisation=steps, role=role) for role in ("leader", "editor")
    )
    place = Membership.objects.get(person=editor)
    address = reverse("register:end_membership", args=[steps.key, place.key])

    for person, other in ((leader, False), (editor, False), (a_leader_elsewhere(), True)):
        client.force_login(person)
        codes = [client.post(address).status_code for _ in range(2)]
        assert codes == ([404, 404] if other else [302, 302])
        assert client.get(address).status_code == 404


def a_leader_elsewhere() -> Person:
    return a_leader("stranger", organisation=an_organisation("Другие"))


def test_leaving_a_centre_twice_is_leaving_it_once(
    centre: Centre, larisa: Person, client: Client
) -> None:
    olga = a_consultant("olga", centre=centre)
    address = reverse("register:end_work", args=[centre.key, olga.key])

    for person in (larisa, olga):
        client.force_login(person)
        assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    client.force_login(a_leader_elsewhere())
    assert client.post(address).status_code == 404
    assert CentreStaff.objects.get(person=olga).until is not None


def test_a_centre_is_made_once_and_an_office_ended_once(
    steps: Organisation, client: Client
) -> None:
    client.force_login(an_administrator())
    pyotr, region = an_official(), a_region("XB-YAR", "Ярогорский край")
    made = reverse("register:make_centre", args=[steps.key])
    ended = reverse("register:end_office", args=[Official.objects.get().region.code, pyotr.key])
    typed = {"regions": [region.code], "time_zone": "Europe/Moscow"}

    first, second = (client.post(made, typed) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert CentreRegion.objects.filter(region=region).count() == 1
    assert [client.post(ended).status_code for _ in range(2)] == [302, 302]
