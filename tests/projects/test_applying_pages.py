"""Pages on which a practice is applied at home, and who is shown which."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sinergia.organisations.models import Organisation
from sinergia.practices.actions.adopting import Intent, intend, run
from sinergia.practices.models import Adoption, Practice
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_organisation,
)
from tests.practices.arrange import published
from tests.projects.arrange_applying import applied, someone, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    made = published(organisation=an_organisation("Полтора шага"))
    a_leader("author", organisation=made.organisation)  # type: ignore[arg-type]  # it has one
    return made


@pytest.fixture
def adopters() -> Organisation:
    made = an_organisation("Завтра у реки", region=a_region("XB-YAR", "Ярогорский край"))
    a_leader("adopter", organisation=made)
    return made


def test_pages_show_a_project_to_authors_only_when_it_is_open(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, project = applied(practice, adopters)
    typed(project, "problem", "Наша тайна.")
    author, clients = Client(), [Client(), Client()]
    author.force_login(someone("author"))
    clients[0].force_login(someone("adopter"))
    clients[1].force_login(a_person("stranger"))
    url = reverse("projects:origin", args=[project.key])
    page = reverse("projects:adoption", args=[adoption.key])

    before = (author.get(url).status_code, project.title in author.get(page).content.decode())
    clients[0].post(reverse("projects:show_authors", args=[project.key]), {"to": "authors"})
    shown = author.get(url)

    assert before[0] == 404
    assert (shown.status_code, "Наша тайна." in shown.content.decode()) == (200, True)
    assert author.get(reverse("projects:project", args=[project.key])).status_code == 404
    assert author.get(reverse("projects:whole", args=[project.key])).status_code == 404
    assert [one.get(url).status_code for one in clients] == [200, 404]
    assert [one.get(page).status_code for one in clients] == [200, 404]


def test_the_marks_stand_beside_the_fields_in_the_form_and_on_the_whole_page(
    practice: Practice, adopters: Organisation
) -> None:
    _adoption, project = applied(practice, adopters)
    client = Client(headers={"accept-language": "en"})
    client.force_login(someone("adopter"))
    typed(project, "problem", "Иначе.")

    about = client.get(reverse("projects:section", args=[project.key, "about"]))
    whole = client.get(reverse("projects:whole", args=[project.key]))

    for page in (about.content.decode(), whole.content.decode()):
        assert page.count('class="origin origin-changed"') == 1
        assert f"{reverse('projects:origin', args=[project.key])}#t-problem" in page


def test_applying_walks_through_pages_alone(practice: Practice, adopters: Organisation) -> None:
    client = Client()
    client.force_login(someone("adopter"))
    url = reverse("projects:apply", args=[practice.key])
    form = client.get(url).context["form"]
    given = {"organisation": str(adopters.key), "key": str(form["key"].value()), "way": "mentor"}

    bad = client.post(url, given | {"way": "?"})
    meant = client.post(url, given | {"scale": "Реже"})
    adoption = Adoption.objects.get()
    again = client.get(url)

    assert (bad.status_code, meant.status_code) == (422, 302)
    assert (adoption.way, adoption.changes, Project.objects.count()) == (
        "mentor",
        {"scale": "Реже"},
        0,
    )
    assert again.headers["Location"] == reverse("projects:adoption", args=[adoption.key])

    begun = client.post(
        reverse("projects:begin_adopted", args=[adoption.key]), {"key": str(uuid4())}
    )
    project = Project.objects.get()
    assert begun.headers["Location"] == reverse("projects:project", args=[project.key])
    assert written(project).values["partners/aaaaaa/name"] == "Полтора шага"


def test_a_centre_finds_the_organisation_for_which_it_applies(
    practice: Practice, adopters: Organisation
) -> None:
    from_centre = a_consultant(centre=a_centre("Центр края", region=adopters.region))
    client, nobody = Client(), Client()
    client.force_login(from_centre)
    nobody.force_login(a_person("nobody"))
    url = reverse("projects:apply", args=[practice.key])

    asked = client.get(url, {"q": "река"})
    form = client.get(f"{url}?organisation={adopters.key}").context["form"]
    given = {"organisation": str(adopters.key), "key": str(form["key"].value()), "way": "alone"}
    silent = client.post(f"{url}?organisation={adopters.key}", given)
    told = client.post(f"{url}?organisation={adopters.key}", given | {"told_by": "Яровая"})

    assert asked.status_code == 200
    assert (silent.status_code, told.status_code) == (422, 302)
    assert Adoption.objects.get().told_by == "Яровая"
    assert "form" not in nobody.get(f"{url}?organisation={adopters.key}").context


def test_the_steps_of_its_life_are_walked_through_pages(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, _project = applied(practice, adopters)
    ours, theirs = Client(), Client()
    ours.force_login(someone("adopter"))
    theirs.force_login(someone("author"))

    def step(client: Client, name: str, **given: str) -> int:
        return client.post(reverse("projects:step", args=[adoption.key, name]), given).status_code

    def said() -> Adoption:
        return Adoption.objects.get(pk=adoption.pk)

    proof = {"result": "Семьи занимаются", "number": "12", "measured": "Анкета"}
    told = [
        step(theirs, "run"),
        step(ours, "run"),
        step(ours, "prove", number="12"),
        step(ours, "prove", **proof),
        step(ours, "confirm"),
        step(theirs, "confirm", seen="of another number"),
        step(theirs, "confirm", seen=said().digest),
    ]

    adoption.refresh_from_db()
    assert told == [403, 302, 422, 302, 403, 422, 302]
    assert (adoption.state, adoption.number) == ("proven", "12")
    for client in (ours, theirs):
        assert client.get(reverse("projects:adoption", args=[adoption.key])).status_code == 200
        assert client.get(reverse("projects:adoptions")).status_code == 200


def test_the_list_of_what_is_taken_home_asks_as_often_for_three_as_for_one(
    practice: Practice, adopters: Organisation
) -> None:
    client, numbers = Client(), []
    client.force_login(someone("adopter"))
    for title in ("Один", "Два", "Три"):
        one = published(title, organisation=practice.organisation)
        intend(one, adopters, Intent(), actor=someone("adopter"), now=NOON)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("projects:adoptions"))
        numbers.append(len(queries))

    assert numbers[0] == numbers[2] <= 12


def test_an_adopters_letter_has_words_and_an_authors_offer_may_stand_alone(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, _project = applied(practice, adopters)
    address = reverse("projects:write_letter", args=[adoption.key])
    found = []
    for name, typed_in in (("adopter", {"text": " "}), ("author", {"offer": "letter", "text": ""})):
        client = Client()
        client.force_login(someone(name))
        page = client.get(reverse("projects:adoption", args=[adoption.key])).content.decode()
        found.append((client.post(address, typed_in).status_code, page.count('class="optional"')))

    assert found == [(422, 0), (302, 2)]


def carried(address: str, client: Client) -> dict[str, str]:
    """What a form shows and what it remembers, as a browser sends it."""
    form = client.get(address).context["form"]
    told = {name: str(form[name].value() or "") for name in form.fields}
    return told | {f"initial-{name}": text for name, text in told.items()}


def test_two_who_write_anew_in_different_fields_lose_nothing_of_each_other(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, _project = applied(practice, adopters)
    client = Client()
    client.force_login(someone("adopter"))
    address = reverse("projects:change_adoption", args=[adoption.key])
    one, other, third = (carried(address, client) for _form in range(3))

    told = [
        client.post(address, one | {"scale": "Реже", "way": "mentor"}),
        client.post(address, other | {"budget": "Дешевле"}),
        client.post(address, third | {"scale": "Чаще"}),
    ]
    found = Adoption.objects.get()

    assert [page.status_code for page in told] == [302, 302, 422]
    assert "Реже" in told[2].content.decode()
    assert (found.way, found.changes) == ("mentor", {"scale": "Реже", "budget": "Дешевле"})


def test_two_who_say_what_came_of_it_lose_nothing_of_each_other(
    practice: Practice, adopters: Organisation
) -> None:
    adoption, _project = applied(practice, adopters)
    run(adoption, actor=someone("adopter"), now=NOON)
    client = Client()
    client.force_login(someone("adopter"))
    address = reverse("projects:step", args=[adoption.key, "prove"])
    proof = {"result": "Занимаются", "number": "12", "measured": "Анкета"}
    client.post(address, carried(address, client) | proof)
    one, other, third = (carried(address, client) for _form in range(3))

    told = [
        client.post(address, one | {"number": "14"}).status_code,
        client.post(address, other | {"measured": "Опрос"}).status_code,
        client.post(address, third | {"number": "15"}).status_code,
    ]
    found = Adoption.objects.get()

    assert told == [302, 302, 422]
    assert (found.number, found.measured) == ("14", "Опрос")


def test_what_is_taken_home_already_is_not_taken_once_more_otherwise(
    practice: Practice, adopters: Organisation
) -> None:
    client = Client()
    client.force_login(someone("adopter"))
    address = reverse("projects:apply", args=[practice.key])
    pages = [client.get(address).context["form"] for _colleague in range(3)]
    keys = [str(form["key"].value()) for form in pages]
    given = {"organisation": str(adopters.key), "way": "alone", "scale": "Сто детей"}
    begins = given | {"begins_project": "on"}

    told = [
        client.post(address, begins | {"key": keys[0]}),
        client.post(address, begins | {"key": keys[0]}),
        client.post(address, begins | {"key": keys[1]}),
        client.post(address, given | {"key": keys[2], "scale": "Двести детей"}),
        client.post(address, given | {"key": keys[2]}),
    ]

    assert [page.status_code for page in told] == [302, 302, 422, 422, 302]
    assert "Двести детей" in told[3].content.decode()
    assert Adoption.objects.get().changes == {"scale": "Сто детей"}
    assert Project.objects.count() == 1
