"""A page of texts sent too late, by somebody else, or too long: what was typed is not lost."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from sinergia.engine.drafts import LONGEST
from sinergia.people.http import mark_of
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from tests.arrange import a_centre, a_contest, a_leader, a_project, an_organisation

pytestmark = pytest.mark.django_db

TYPED = 'Двор "тут" & там\nи дом'


@pytest.fixture
def project() -> Project:
    return a_project(organisation=an_organisation(), contest=a_contest(centre=a_centre()))


@pytest.fixture
def leader(project: Project) -> Person:
    return a_leader("Тамара", organisation=project.organisation)


def about(project: Project) -> str:
    return f"/projects/{project.key}/form/about/"


def test_a_page_sent_after_the_session_had_ended_comes_back_whole(
    client: Client, project: Project, leader: Person
) -> None:
    sent = {"summary": TYPED, "versions": "{}", "go": "on", "csrfmiddlewaretoken": "x"}

    back = client.post(about(project), sent)
    client.force_login(leader)
    again = client.post(about(project), dict(back.context["fields"]))

    assert back.status_code == 401
    assert dict(back.context["fields"]) == {"summary": TYPED, "versions": "{}", "go": "on"}
    assert again.status_code == 302
    assert DraftField.objects.get(path="summary").value == TYPED


@pytest.mark.parametrize(("origin", "is_back"), [("testserver", True), ("evil.example", False)])
def test_a_page_with_a_stale_token_comes_back_whole_where_it_is_from_here(
    project: Project, leader: Person, origin: str, *, is_back: bool
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(leader)
    client.get(about(project))
    sent = {"summary": "Двор", "versions": "{}", "csrfmiddlewaretoken": "x" * 32}

    back = client.post(about(project), sent, headers={"Origin": f"http://{origin}"})

    assert back.status_code == 403
    assert ('value="Двор"' in back.content.decode()) is is_back
    assert not DraftField.objects.filter(path="summary").exists()


def test_a_text_is_saved_only_in_the_name_of_whoever_wrote_it(
    client: Client, project: Project, leader: Person
) -> None:
    client.force_login(leader)
    sent = {"path": "summary", "text": "Двор", "base": "0"}

    theirs, own = (
        client.post(f"/projects/{project.key}/save/", sent, headers={"X-Reader": one}).status_code
        for one in ("somebody else", mark_of(leader))
    )

    assert (theirs, own) == (401, 200)


def test_two_million_letters_come_back_with_why_beside_them(
    client: Client, project: Project, leader: Person
) -> None:
    client.force_login(leader)

    page = client.post(about(project), {"problem": "ж" * 2_000_000, "summary": "Двор"})

    assert page.status_code == 422
    assert "ж" * 2_000_000 in page.content.decode()
    opened = client.get(about(project)).content.decode()
    assert f'data-most="{LONGEST}"' in opened
    assert 'enctype="multipart/form-data"' in opened


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_what_is_more_than_a_page_may_be_is_called_so(
    client: Client, project: Project, leader: Person, kind: str
) -> None:
    client.cookies["django_language"] = "en"
    client.force_login(leader)
    typed = {"problem": "ж" * 3_000_000}

    if kind == "multipart":
        page = client.post(about(project), typed)
    else:
        is_plain = "application/x-www-form-urlencoded"
        page = client.post(about(project), urlencode(typed), content_type=is_plain)

    assert page.status_code == 400
    assert "This is too much at once" in page.content.decode()
