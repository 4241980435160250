"""What is open at an organisation that closed: who is told, what is listed, when it is gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergia.applications.models import Submission
from sinergia.grants.models import Grant
from sinergia.insights.organisation.queries.closing import closed_with_open, counts_of, open_at
from sinergia.notices.models import Notice
from sinergia.organisations.actions import teams
from sinergia.organisations.actions.claims import raise_claim, refuse_claim
from sinergia.organisations.actions.lifecycle import write_status
from sinergia.organisations.models import Centre, Claim, Organisation
from sinergia.people.models import Invitation, Person
from sinergia.projects.actions.starting import share_project
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_person,
    a_project,
    a_region,
    an_administrator,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_grants import elsewhere, in_two, signed
from tests.arrange_review import a_submission
from tests.organisations.register_files import a_row, load_rows, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CLOSED = {"status": "closed", "closed_on": None}
ASKED = {"role": "editor", "post": "", "ground": "Приказ"}


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


@pytest.fixture
def steps() -> Organisation:
    return an_organisation()


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


def told(person: Person) -> list[str]:
    return [one.code for one in Notice.objects.filter(person=person).order_by("pk")]


def all_open(steps: Organisation, tamara: Person, larisa: Person, centre: Centre) -> Claim:
    """One thing of each kind; a draft that the centre does not see stands beside."""
    now = timezone.now()
    teams.invite_to_team(steps, "editor", ends_at=now + timedelta(days=3), actor=tamara, now=now)
    a_project("Для себя", organisation=steps)
    shared = a_project("Общий двор", organisation=steps)
    share_project(shared, is_shared=True, actor=tamara, now=NOON)
    a_submission("Тёплый двор", contest=a_contest(centre=centre), organisation=steps)
    signed(in_two(elsewhere(steps, larisa), larisa), larisa)
    return raise_claim(steps, ASKED, actor=a_person("anna"), now=NOON)


def test_what_is_open_is_listed_to_each_as_far_as_they_may_open_it(
    steps: Organisation, tamara: Person, larisa: Person, centre: Centre, client: Client
) -> None:
    all_open(steps, tamara, larisa, centre)
    now = timezone.now()

    own = open_at(steps, tamara, centres=(), now=now)
    seen = open_at(steps, larisa, centres=[centre.pk], now=now)

    assert [one.title for one in own.drafts] == ["Общий двор", "Для себя"]
    assert [one.title for one in seen.drafts] == ["Общий двор"]
    for found in (own, seen):
        rows = (found.claims, found.links, found.submissions, found.grants)
        assert [len(list(one)) for one in rows] == [1, 1, 1, 1]
    sign_in_twice(client, larisa)
    page = client.get(f"/organisations/{steps.key}/inside/status/").content.decode()
    for address in (
        f"/claims/{Claim.objects.get().key}/",
        f"/organisations/{steps.key}/team/",
        f"/projects/{Project.objects.get(title='Общий двор').key}/",
        "/inside/",
        f"/grants/{Grant.objects.get().key}/",
    ):
        assert address in page
    assert "Для себя" not in page


def test_a_closed_one_waits_for_its_centre_until_nothing_is_open(
    steps: Organisation, tamara: Person, larisa: Person, centre: Centre, client: Client
) -> None:
    claim = all_open(steps, tamara, larisa, centre)
    now, elsewhere_ = timezone.now(), a_centre("Соседи", region=a_region("XA-YAR", "Ярогорье"))
    assert not closed_with_open(centre, now=now).exists()
    assert counts_of([], centre, now=now) == {}

    write_status(steps, CLOSED, actor=larisa, now=NOON)

    assert list(closed_with_open(centre, now=now)) == [steps]
    assert not closed_with_open(elsewhere_, now=now).exists()
    whole = {"claims": 1, "links": 1, "drafts": 1, "submissions": 1, "grants": 1}
    assert counts_of([steps], centre, now=now) == {steps.pk: whole}
    sign_in_twice(client, larisa)
    assert "/organisations/closed/" in client.get("/desk/").content.decode()

    refuse_claim(claim.key, "Закрыта", actor=tamara, now=NOON)
    Invitation.objects.update(withdrawn_at=NOON)
    Project.objects.update(removed_at=NOON)
    Grant.objects.update(stage="closed", closed_on=NOON.date())
    assert counts_of([steps], centre, now=now) == {steps.pk: {"submissions": 1}}
    Submission.objects.update(stage="withdrawn", withdrawn_at=NOON)
    assert not closed_with_open(centre, now=now).exists()


def test_its_team_and_centre_are_told_once_by_hand_and_by_a_file(
    larisa: Person, centre: Centre, tmp_path: Path
) -> None:
    olga, natalya = an_administrator("olga"), a_consultant("natalya", centre=centre)
    load_rows(tmp_path, a_row(1), a_row(2), a_row(3), actor=olga)
    leaders = [a_leader(f"leader-{one}", organisation=organisation(one)) for one in (1, 2)]

    write_status(organisation(1), CLOSED, actor=larisa, now=NOON)
    write_status(organisation(1), CLOSED, actor=larisa, now=NOON)
    rows = [a_row(one, status="Недействующая") for one in (2, 3)]  # nobody is at the third one
    load_rows(tmp_path, a_row(1, status="Недействующая"), *rows, actor=olga)

    code = "register.organisation_closed"
    assert [told(person) for person in leaders] == [[code], [code]]
    assert (told(natalya).count(code), told(larisa).count(code)) == (2, 1)
    assert organisation(3).status == "closed"


def test_the_list_takes_no_more_queries_for_more_organisations(
    larisa: Person, centre: Centre, client: Client
) -> None:
    sign_in_twice(client, larisa)
    numbers = []
    for count in (1, 3):
        for one in range(count):
            steps = an_organisation(f"Закрытая {count} {one}")
            raise_claim(steps, ASKED, actor=a_person(f"anna-{count}-{one}"), now=NOON)
            Organisation.objects.filter(pk=steps.pk).update(status="closing")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get("/organisations/closed/").content.decode()
        numbers.append(len(queries))

    assert page.count("<tr>") == 5
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 14
