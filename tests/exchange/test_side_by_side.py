"""Pages of a visit lie beside one another, each reader's own."""

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.exchange.models import Asked, Delegate, Visit
from tests.arrange import a_centre, a_consultant, a_visit
from tests.exchange.arrange_home import a_commitment, a_session, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def visit() -> Visit:
    made = a_visit()
    type(made.course).objects.update(is_public=True, version=1, told_at=timezone.now())
    return Visit.objects.get(pk=made.pk)


@pytest.fixture
def delegate(visit: Visit) -> Delegate:
    return a_traveller("tamara", visit)


def page(client: Client, visit: Visit, more: str = "") -> str:
    answer = client.get(f"/visits/{visit.key}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_beside_one_another_are_those_that_the_reader_may_open(
    visit: Visit, delegate: Delegate
) -> None:
    ours, theirs, visitor = Client(), Client(), Client()
    ours.force_login(a_consultant("ours", centre=visit.centre))
    theirs.force_login(person_of(delegate))
    address = f"/visits/{visit.key}/"

    assert f'"{address}report/"' in page(ours, visit)
    assert f'"{address}feedback/"' in page(theirs, visit)
    assert f'"{address}feedback/"' not in page(ours, visit)
    public = page(visitor, visit)
    assert f'"/thread/visit/{visit.key}/"' in public
    for hidden in ("report/", "commitments/", "delegation/", "there/"):
        assert f'"{address}{hidden}"' not in public


def test_every_page_beside_another_one_opens(visit: Visit, delegate: Delegate) -> None:
    client = Client()
    client.force_login(person_of(delegate))
    shown = page(client, visit).split('class="local-nav"')[1].split("</nav>")[0]
    addresses = [part.split('"')[0] for part in shown.split('href="')[1:]]

    assert len(addresses) >= 6
    assert [client.get(one).status_code for one in addresses] == [200] * len(addresses)


def test_a_session_of_the_programme_is_taken_into_work_by_those_who_may(
    visit: Visit, delegate: Delegate
) -> None:
    session = a_session(visit)
    Visit.objects.update(stage=Visit.Stage.UNDER_WAY)
    take = f"/visits/{visit.key}/take/?session={session.key}"
    client, far = Client(), Client()
    client.force_login(a_consultant("ours", centre=visit.centre))
    far.force_login(a_consultant("far", centre=a_centre("Дальний", region=visit.to_region)))

    assert take in page(client, visit, "programme/")
    assert take not in page(far, visit, "programme/")
    assert client.get(take).status_code == 200


def test_after_it_the_page_says_who_answered_to_those_who_took_something_home(
    visit: Visit, delegate: Delegate
) -> None:
    for months, answered in ((3, timezone.now()), (6, None)):
        row = a_commitment(delegate, f"Прокат {months}")
        state = {"answered_at": answered, "state": "in_work" if answered else ""}
        Asked.objects.create(commitment=row, months=months, asked_at=timezone.now(), **state)
    Visit.objects.update(stage=Visit.Stage.ACCOUNTED)
    client = Client()
    client.force_login(person_of(delegate))

    told = page(client, visit)
    assert f"/visits/{visit.key}/taken-up/3/" in told
    assert "1 из 1" in told or "1 of 1" in told
    assert "0 из 1" in told or "0 of 1" in told
    assert "taken-up" not in page(Client(), visit)
