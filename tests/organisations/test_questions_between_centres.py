"""Whose organisation a row is about when another centre serves it, and who reads its name."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Notice
from sinergia.organisations.actions import change_organisation, questions
from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.actions.questions import (
    Answer,
    settle_alike,
    settle_question,
    settle_written_so,
)
from sinergia.organisations.models import Centre, CentreRegion, CentreStaff, Organisation, Question
from sinergia.organisations.queries.questions import QuestionFilter, alike, proposed_for
from sinergia.organisations.tasks import settle_spelling
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    an_administrator,
    an_organisation,
    sign_in_twice,
)
from tests.organisations.register_files import (
    a_row,
    known_regions,
    load_rows,
    numbers,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Result = Question.Result
NOT_SERVED = [Gap("answer_not_served", "answer")]
NAMELESS = {"ogrn": "", "inn": ""}


@dataclass(frozen=True)
class World:
    """Centre A (larisa) in its region, centre B (nina) next door, an administrator (olga)."""

    here: Region
    next_door: Region
    ours: Centre
    larisa: Person
    nina: Person
    olga: Person


@pytest.fixture
def world() -> World:
    here, next_door = known_regions()
    ours, theirs = a_centre("Центр А", region=here), a_centre("Центр Б", region=next_door)
    return World(
        here=here,
        next_door=next_door,
        ours=ours,
        larisa=a_consultant("larisa", centre=ours),
        nina=a_consultant("nina", centre=theirs),
        olga=an_administrator(),
    )


def a_stranger(folder: Path, world: World) -> Organisation:
    """An organisation of the next region, with its numbers."""
    load_rows(folder, a_row(9, region=world.next_door.name_ru, site=""), actor=world.olga)
    return organisation(9)


def a_nameless_row(folder: Path, world: World) -> Question:
    """A row without numbers that centre A loads."""
    load_rows(folder, a_row(1, **NAMELESS), actor=world.larisa, centre=world.ours, source="own")
    return Question.objects.get(settled_at=None)


def hidden(name: str, region: Region) -> Organisation:
    group = an_organisation(name, region=region)
    Organisation.objects.filter(pk=group.pk).update(is_public=False, kind="group")
    group.refresh_from_db()
    index_organisations([group])
    return group


def join(question: Question, organisation: Organisation, actor: Person) -> Question:
    answer = Answer(Result.JOINED, organisation=organisation)
    return settle_question(question.key, answer, actor=actor, now=NOON)


def signed_in(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    sign_in_twice(client, person)
    return client


def answered(question: Question, person: Person, number: str) -> tuple[int, str]:
    client, address = signed_in(person), f"/register/questions/{question.key}/"
    page = client.post(address, {"answer": "number", "number": number})
    return page.status_code, page.content.decode()


def test_a_row_is_not_written_into_an_organisation_of_another_centre_by_its_number(
    tmp_path: Path, world: World
) -> None:
    stranger = a_stranger(tmp_path, world)
    asked = a_nameless_row(tmp_path, world)

    status, page = answered(asked, world.larisa, numbers(9)[0])

    asked.refresh_from_db()
    stranger.refresh_from_db()
    assert (status, asked.settled_at, stranger.site) == (422, None, "")
    assert "of a region that another centre serves" in page


def test_of_a_row_of_a_load_for_all_each_centre_answers_for_its_own(
    tmp_path: Path, world: World
) -> None:
    stranger = a_stranger(tmp_path, world)
    load_rows(tmp_path, a_row(1, **NAMELESS), actor=world.olga)
    asked = Question.objects.get()

    with pytest.raises(Refused) as refused:
        join(asked, stranger, world.larisa)
    join(asked, stranger, world.olga)

    stranger.refresh_from_db()
    assert (refused.value.gaps, stranger.site) == (NOT_SERVED, "dom1.example")


def test_whoever_serves_both_joins_a_row_of_one_centre_to_an_organisation_of_the_other(
    tmp_path: Path, world: World
) -> None:
    stranger = a_stranger(tmp_path, world)
    asked = a_nameless_row(tmp_path, world)
    centre = Centre.objects.get(regions__region=world.next_door)
    CentreStaff.objects.create(person=world.larisa, centre=centre, role="consultant", since=NOON)

    join(asked, stranger, world.larisa)

    stranger.refresh_from_db()
    assert stranger.site == "dom1.example"


def test_two_values_of_an_organisation_that_moved_are_no_longer_the_old_centre_s_to_take(
    tmp_path: Path, world: World
) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=world.larisa, centre=world.ours)
    for place in (1, 2):
        given = {"site": "hand.example"}
        change_organisation(organisation(place), given, actor_key=world.olga.key, now=NOON)
    news = [a_row(place, site="new.example") for place in (1, 2)]
    load_rows(tmp_path, *news, actor=world.larisa, centre=world.ours)
    Organisation.objects.filter(pk=organisation(1).pk).update(region=world.next_door)
    asked = Question.objects.get(organisation=organisation(1))
    (group,) = alike(world.larisa, QuestionFilter())

    with pytest.raises(Refused) as refused:
        settle_question(asked.key, Answer(Result.TAKEN), actor=world.larisa, now=NOON)
    done = settle_alike(group, Result.TAKEN, actor=world.larisa, now=NOON).done

    assert (refused.value.gaps, done) == (NOT_SERVED, 1)
    assert (organisation(1).site, organisation(2).site) == ("hand.example", "new.example")
    settle_question(asked.key, Answer(Result.KEPT), actor=world.larisa, now=NOON)


def test_a_hidden_group_of_another_centre_is_proposed_to_nobody_else(
    tmp_path: Path, world: World
) -> None:
    name = "Тихая группа"
    theirs = hidden(name, world.next_door)
    own = hidden(name, world.here)
    row = a_row(1, name=name, short_name=name, **NAMELESS)
    load_rows(tmp_path, row, actor=world.larisa, centre=world.ours)
    asked, texts = Question.objects.get(), {"name": name}

    page = signed_in(world.larisa).get(f"/register/questions/{asked.key}/").content.decode()

    assert proposed_for(asked, texts, reader=world.larisa) == [own]
    assert proposed_for(asked, texts, reader=world.nina) == [theirs]
    assert (str(own.key) in page, str(theirs.key) in page) == (True, False)


def test_the_number_of_a_hidden_organisation_of_another_centre_is_nobody_s(
    tmp_path: Path, world: World
) -> None:
    stranger = a_stranger(tmp_path, world)
    Organisation.objects.filter(pk=stranger.pk).update(is_public=False, name="Тайное имя")
    asked = a_nameless_row(tmp_path, world)

    status, page = answered(asked, world.larisa, numbers(9)[0])

    assert (status, "Тайное имя" in page) == (422, False)
    assert "Nobody in the register has this number." in page


def test_a_question_about_a_hidden_organisation_calls_it_as_the_row_does(
    tmp_path: Path, world: World
) -> None:
    stranger = a_stranger(tmp_path, world)
    Organisation.objects.filter(pk=stranger.pk).update(is_public=False, name="Тайное имя")
    load_rows(tmp_path, a_row(9), actor=world.larisa, centre=world.ours, source="own")
    asked = Question.objects.get(code="region_changed")

    client = signed_in(world.larisa)
    pages = [client.get(f"/register/questions/{part}") for part in ("", f"{asked.key}/")]

    assert ["Тайное имя" in page.content.decode() for page in pages] == [False, False]
    assert ["ДОМ 9" in page.content.decode() for page in pages] == [True, True]


def test_rows_of_another_centre_in_front_do_not_keep_a_spelling_from_its_own(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "AT_ONCE", 2)
    spelt = [a_row(place, region="Светл. обл-ть") for place in range(1, 6)]
    load_rows(tmp_path, *spelt[:2], actor=world.olga)
    load_rows(tmp_path, *spelt[2:], actor=world.larisa, centre=world.ours)
    first = Question.objects.filter(centre=world.ours).order_by("pk")[0]
    answer = Answer(Result.TAKEN, region=world.here)

    settle_question(first.key, answer, actor=world.larisa, now=NOON)
    last = settle_written_so(first.key, actor=world.larisa, now=NOON).last

    assert settle_written_so(first.key, actor=world.larisa, now=NOON, behind=last).last == 0
    assert not Question.objects.filter(centre=world.ours, settled_at=None).exists()
    assert Question.objects.filter(centre=None, settled_at=None).count() == 2


def test_rows_that_a_spelling_cannot_be_written_for_are_told(tmp_path: Path, world: World) -> None:
    load_rows(tmp_path, a_row(2), actor=world.olga)
    spelt = [a_row(place, region="Светл. обл-ть") for place in (1, 2)]
    load_rows(tmp_path, *spelt, actor=world.larisa, centre=world.ours)
    Organisation.objects.filter(pk=organisation(2).pk).update(region=world.next_door)
    first, second = Question.objects.filter(code="region_unknown").order_by("pk")
    Question.objects.filter(pk=second.pk).update(organisation=organisation(2))

    answer = Answer(Result.TAKEN, region=world.here)
    settle_question(first.key, answer, actor=world.larisa, now=NOON)
    settle_spelling(key=str(first.key), actor=str(world.larisa.key))

    told = Notice.objects.get(person=world.larisa, code="register.answers_refused")
    assert told.values == {"number": "1", "why": "answer_not_served"}
    assert told.url == "/register/questions/?kind=region"


def test_a_spelling_is_not_said_to_mean_a_region_of_another_centre(
    tmp_path: Path, world: World
) -> None:
    row = a_row(1, region="Светл. обл-ть")
    load_rows(tmp_path, row, actor=world.larisa, centre=world.ours)
    answer = Answer(Result.TAKEN, region=world.next_door)

    with pytest.raises(Refused) as refused:
        settle_question(Question.objects.get().key, answer, actor=world.larisa, now=NOON)
    CentreRegion.objects.filter(region=world.next_door).update(centre=world.ours)
    settle_question(Question.objects.get().key, answer, actor=world.larisa, now=NOON)

    assert refused.value.gaps == [Gap("answer_not_served", "region")]
    assert organisation(1).region == world.next_door
