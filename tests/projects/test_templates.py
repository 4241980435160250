"""A project is begun from a template; what it leaves open counts as not written."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written
from tests.arrange import a_leader, a_project, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture(autouse=True)
def leader(organisation: Organisation, client: Client) -> Person:
    made = a_leader(organisation=organisation)
    client.force_login(made)
    return made


def begin(client: Client, organisation: Organisation, **more: str) -> str:
    sent = {"organisation": str(organisation.key), "key": str(uuid4()), "title": "Река"}
    return str(client.post("/projects/new/", sent | more).headers.get("Location", ""))


def test_a_template_gives_a_plan_a_budget_and_texts_with_gaps(
    client: Client, organisation: Organisation
) -> None:
    begin(client, organisation, template="festival")

    told = written(Project.objects.get())
    document = told.document
    assert document.title == "Река"
    assert document.rows["tasks"][0].texts["text"].startswith("Собрать команды")
    assert [event.task for event in document.events] == [
        row.id for row in document.rows["tasks"] for _twice in range(2)
    ]
    assert (len(document.lines), document.total_minor) == (5, 0)
    assert "[… сколько]" in document.texts["problem"]


def test_what_a_template_leaves_open_is_named_with_its_field(
    client: Client, organisation: Organisation
) -> None:
    here = begin(client, organisation, template="at_home")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get(here).content.decode()
    form = client.get(f"{here}form/about/").content.decode()

    field = f'<a href="{here}form/about/#f-problem">What is wrong now</a>'
    assert f"{field}: To be written still, in brackets: 9. First: каком районе" in page
    assert "To be written still" not in form  # there one sees the brackets


def test_in_english_a_template_is_english(client: Client, organisation: Organisation) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    begin(client, organisation, template="volunteers")

    assert "Find and choose volunteers" in written(Project.objects.get()).values.values()


def test_a_template_and_an_earlier_project_are_not_mixed(
    client: Client, organisation: Organisation
) -> None:
    earlier = a_project(organisation=organisation)

    begin(client, organisation, template="festival", copy=str(earlier.key))

    assert Project.objects.get() == earlier
