"""A practice's page says who does it at home: to everybody what may be known, to both sides all."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.ui.templatetags.figures import day_short
from sinergia.people.models import Person
from sinergia.places.models import Shape, Sheet
from sinergia.practices.actions import adopting
from sinergia.practices.actions.adopting import Intent
from sinergia.practices.models import Practice
from tests.arrange import NOON, a_leader, a_person, a_region, a_theme, an_organisation
from tests.practices.arrange import published

pytestmark = pytest.mark.django_db


def taken_by(practice: Practice, name: str, *, region: str = "XA-SVB", runs: bool = True) -> Person:
    """An organisation does a practice at home; its leader."""
    organisation = an_organisation(name, region=a_region(region))
    leader = a_leader(f"leader of {name}", organisation=organisation)
    made = adopting.intend(practice, organisation, Intent(), actor=leader, now=NOON)
    if runs:
        adopting.run(made, actor=leader, now=NOON)
    return leader


def page_of(practice: Practice, person: Person | None = None, query: str = "") -> str:
    client = Client(headers={"accept-language": "en"})
    if person is not None:
        client.force_login(person)
    answer = client.get(reverse("practices:practice", args=[practice.key]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_who_runs_it_and_only_the_sides_who_means_to() -> None:
    practice = published(organisation=an_organisation("Полтора шага"))
    author = a_leader("author", organisation=practice.organisation)  # type: ignore[arg-type]  # it has one
    runs = taken_by(practice, "Старая верста")
    means = taken_by(practice, "Завтра у реки", runs=False)

    told = {
        name: ("Старая верста" in page, "Завтра у реки" in page, "leader of Старая верста" in page)
        for name, page in {
            "visitor": page_of(practice),
            "stranger": page_of(practice, a_person("stranger")),
            "author": page_of(practice, author),
            "runs": page_of(practice, runs),
            "means": page_of(practice, means),
        }.items()
    }

    assert told == {
        "visitor": (True, False, False),
        "stranger": (True, False, False),
        "author": (True, True, True),
        "runs": (True, False, True),
        "means": (True, True, False),
    }


def test_a_hidden_organisation_is_counted_and_not_named() -> None:
    practice = published(organisation=an_organisation("Полтора шага"))
    taken_by(practice, "Тайная группа")
    hidden = practice.adoptions.get().organisation
    hidden.is_public = False
    hidden.save()

    page = page_of(practice)

    assert ("Тайная" in page, "1 organisation has taken it home" in page) == (False, True)


def test_each_region_s_number_opens_its_rows_and_is_drawn_on_the_map() -> None:
    practice = published(organisation=an_organisation("Полтора шага"))
    for number in range(2):
        taken_by(practice, f"Верста {number}")
    taken_by(practice, "Мандариновая гора", region="XB-YAR")
    sheet = Sheet.objects.create(width=10, height=10, source="?", loaded_at=NOON)
    for code in ("XA-SVB", "XB-YAR"):
        Shape.objects.create(sheet=sheet, region=a_region(code), path="M0 0", label_x=1, label_y=1)

    client = Client()
    url = reverse("practices:practice", args=[practice.key])
    whole, narrowed = client.get(url).context, client.get(f"{url}?home=XB-YAR").context

    assert [number for _name, _code, number in whole["adopted"].places] == [2, 1]
    assert sorted(area.value for area in whole["adopted"].sheet.areas) == [1, 2]
    assert [one.owner for one in narrowed["adopted"].lines] == ["Мандариновая гора"]


def test_similar_practices_stand_below_with_why() -> None:
    practice = published(organisation=an_organisation("Полтора шага"), theme=a_theme())
    like = published("Двор", theme=practice.theme, audiences=[])

    page = page_of(practice)

    assert (like.title in page, "the same theme: Забота" in page) == (True, True)


def test_everybody_reads_what_came_of_it_beside_the_authors_and_for_whom_it_was_confirmed() -> None:
    practice = published(organisation=an_organisation("Полтора шага"))
    author = a_leader("author", organisation=practice.organisation)  # type: ignore[arg-type]  # it has one
    leader = taken_by(practice, "Старая верста")
    made = practice.adoptions.get()
    proof = adopting.Proof("Семьи не уезжают", "12 семей", "Опрос через год")
    adopting.say_proven(made, proof, actor=leader, now=NOON)
    before = page_of(practice)
    adopting.confirm_proven(made, actor=author, now=NOON)

    page = page_of(practice)
    listed = Client(headers={"accept-language": "en"}).get("/practices/taken-home/").text
    hidden = made.organisation
    hidden.is_public = False
    hidden.save()

    assert "12 семей" not in before
    assert "said by: Старая верста" in before
    said = f"confirmed by: Полтора шага, {day_short(timezone.localdate(NOON))}"
    told = ("12 семей", "Семьи не уезжают", "Опрос через год", "46", "Анкета до и после", said)
    assert [one for one in told if one not in page] == []
    assert said in listed
    assert "author," not in page
    assert "12 семей" not in page_of(practice)


def test_published_texts_are_listed_without_being_read_the_latest_twenty() -> None:
    practice = published(organisation=an_organisation("Полтора шага"))
    last = practice.revisions.latest("pk")
    practice.revisions.exclude(pk=last.pk).delete()
    for _time in range(24):
        last.pk, last.key, last._state.adding = None, uuid4(), True  # Django's way to copy
        last.save()

    short, whole = page_of(practice), page_of(practice, query="?texts=all")

    assert [page.count("/changes/") for page in (short, whole)] == [20, 25]
