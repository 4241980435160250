"""Of which project an application to a fund elsewhere is: said with a ground, taken back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.applications.actions.origins import forget_origin, tell_origin
from sinergia.applications.models import Application, Origin
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_project,
    an_application,
    an_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
GROUND = "Руководитель, по телефону 12 марта"


@pytest.fixture
def project(organisation: Organisation, leader: Person) -> Project:
    return a_project(organisation=organisation)


@pytest.fixture
def application(organisation: Organisation) -> Application:
    return an_application(organisation=organisation)


def verbs() -> list[str]:
    about = Entry.objects.filter(verb__startswith="application.origin").order_by("pk")
    return list(about.values_list("verb", flat=True))


def test_it_is_said_once_changed_and_taken_back_once(
    application: Application, project: Project, leader: Person
) -> None:
    tell_origin(application, project, GROUND, actor=leader, now=NOON)
    tell_origin(application, project, GROUND, actor=leader, now=NOON)
    told = tell_origin(application, project, "Письмо № 4", actor=leader, now=NOON)
    assert (told.project, told.ground, told.by) == (project, "Письмо № 4", leader)

    forget_origin(application, actor=leader, now=NOON)
    forget_origin(application, actor=leader, now=NOON)
    assert Origin.objects.count() == 0
    assert verbs() == ["application.origin_told"] * 2 + ["application.origin_forgotten"]


def test_a_project_of_others_is_refused(application: Application, leader: Person) -> None:
    other = an_organisation("Чужие")
    a_leader("stranger", organisation=other)
    project = Project.objects.create(
        organisation=other, title="Чужой", made_by=leader.key, made_at=NOON, changed_at=NOON
    )

    with pytest.raises(Refused, match=r"origin\.other_project"):
        tell_origin(application, project, GROUND, actor=leader, now=NOON)
    assert Origin.objects.count() == 0


def test_strangers_say_nothing(application: Application, project: Project) -> None:
    with pytest.raises(PermissionDenied):
        tell_origin(application, project, GROUND, actor=a_person("stranger"), now=NOON)
    with pytest.raises(PermissionDenied):
        forget_origin(application, actor=a_person("other"), now=NOON)


def test_the_page_says_it_changes_it_and_keeps_what_was_typed(
    client: Client, application: Application, project: Project, leader: Person
) -> None:
    client.force_login(leader)
    address = f"/applications/{application.key}/origin/"

    short = client.post(address, {"project": "", "ground": GROUND})
    assert short.status_code == 422
    assert GROUND in short.content.decode()

    saved = client.post(address, {"project": project.key, "ground": GROUND}, follow=True)
    assert GROUND in saved.content.decode()
    assert f"{project.key}" in client.get(address).content.decode()

    gone = client.post(f"/applications/{application.key}/origin/forget/", follow=True)
    assert GROUND not in gone.content.decode()


def test_visitors_and_others_see_nothing_of_it(
    client: Client, application: Application, project: Project, leader: Person
) -> None:
    tell_origin(application, project, GROUND, actor=leader, now=NOON)
    address = f"/applications/{application.key}/"

    assert GROUND not in client.get(address).content.decode()
    client.force_login(a_person("stranger"))
    assert GROUND not in client.get(address).content.decode()
    assert client.get(f"{address}origin/").status_code == 404


def test_the_centre_names_only_projects_that_are_shared_with_it(
    client: Client, application: Application, project: Project, organisation: Organisation
) -> None:
    client.force_login(a_consultant(centre=a_centre(region=organisation.region)))
    address = f"/applications/{application.key}/origin/"

    hidden = client.get(address).content.decode()
    Project.objects.update(is_shared=True)
    shared = client.get(address).content.decode()

    assert str(project.key) not in hidden
    assert str(project.key) in shared
