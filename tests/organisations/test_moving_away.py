"""A file says that an organisation is in another region: whose word moves it, and who is told."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.journal.models import Entry
from sinergia.notices.models import Notice
from sinergia.organisations.actions.arrivals import PATIENCE, escalate_moves
from sinergia.organisations.actions.centres import change_centre
from sinergia.organisations.actions.claims import raise_claim
from sinergia.organisations.actions.details import move_organisation
from sinergia.organisations.actions.questions import Answer, settle_question
from sinergia.organisations.models import Centre, CentreRegion, Organisation, Question
from sinergia.organisations.queries.questions import QuestionFilter, open_questions
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_person,
    an_administrator,
    sign_in_twice,
)
from tests.organisations.register_files import a_row, known_regions, load_rows, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Result = Question.Result
ASKED, LATE = "register.moves_asked", "register.moves_escalated"
CAME, LEFT = "register.organisation_moved", "register.organisation_left"


@dataclass(frozen=True)
class World:
    """Centre A where the organisation stands (larisa, and its head galina), centre B (nina)."""

    here: Region
    next_door: Region
    larisa: Person
    galina: Person
    nina: Person
    olga: Person

    def centre_of(self, region: Region) -> Centre:
        return Centre.objects.get(regions__region=region)


@pytest.fixture
def world(tmp_path: Path) -> World:
    here, next_door = known_regions()
    ours, theirs = a_centre("Центр А", region=here), a_centre("Центр Б", region=next_door)
    made = World(
        here=here,
        next_door=next_door,
        larisa=a_consultant("larisa", centre=ours),
        galina=a_consultant("galina", centre=ours, role="head"),
        nina=a_consultant("nina", centre=theirs),
        olga=an_administrator(),
    )
    load_rows(tmp_path, a_row(1), actor=made.olga)
    return made


def a_claimed_move(folder: Path, world: World) -> Question:
    """A consultant of centre B loads a list in which the organisation of A is in her region."""
    row = a_row(1, region=world.next_door.name_ru)
    load_rows(folder, row, actor=world.nina, centre=world.centre_of(world.next_door))
    return Question.objects.get(code="region_changed")


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("pk").select_related("person")
    return [(one.person.name, one.code) for one in rows]


def settle(question: Question, result: str, actor: Person) -> Question:
    return settle_question(question.key, Answer(result), actor=actor, now=NOON)


def signed_in(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    sign_in_twice(client, person)
    return client


def page_of(question: Question, person: Person) -> str:
    return signed_in(person).get(f"/register/questions/{question.key}/").content.decode()


def answered(question: Question, person: Person, answer: str) -> int:
    address = f"/register/questions/{question.key}/"
    return signed_in(person).post(address, {"answer": answer}).status_code


def test_a_neighbour_does_not_take_an_organisation_over_by_a_file_of_her_own(
    tmp_path: Path, world: World
) -> None:
    asked = a_claimed_move(tmp_path, world)

    with pytest.raises(PermissionDenied):
        settle(asked, Result.TAKEN, world.nina)
    page = page_of(asked, world.nina)
    status = answered(asked, world.nina, "taken")

    assert organisation(1).region == world.here
    assert open_questions(world.larisa, QuestionFilter()).get() == asked
    assert status == 422
    assert "serves the organisation now: Центр А." in page
    assert "As the file says: " not in page


def test_the_loader_may_say_that_the_file_is_wrong(tmp_path: Path, world: World) -> None:
    asked = a_claimed_move(tmp_path, world)

    assert answered(asked, world.nina, "kept") == 302

    asked.refresh_from_db()
    assert (asked.result, organisation(1).region) == ("kept", world.here)


def test_the_centre_that_is_asked_is_told_and_both_are_told_once_it_has_moved(
    tmp_path: Path, world: World
) -> None:
    asked = a_claimed_move(tmp_path, world)
    assert told() == [("larisa", ASKED), ("galina", ASKED)]
    assert "As the file says: " in page_of(asked, world.larisa)

    settle(asked, Result.TAKEN, world.larisa)

    assert organisation(1).region == world.next_door
    assert told()[2:] == [("nina", CAME), ("galina", LEFT)]


def test_an_administrator_lets_it_go_too_and_the_whole_centre_knows(
    tmp_path: Path, world: World
) -> None:
    asked = a_claimed_move(tmp_path, world)
    assert open_questions(world.olga, QuestionFilter()).get() == asked

    settle(asked, Result.TAKEN, world.olga)

    assert told()[2:] == [("nina", CAME), ("larisa", LEFT), ("galina", LEFT)]


def test_within_the_regions_of_one_centre_nothing_has_left_it(tmp_path: Path, world: World) -> None:
    CentreRegion.objects.filter(region=world.next_door).update(centre=world.centre_of(world.here))
    row = a_row(1, region=world.next_door.name_ru)
    load_rows(tmp_path, row, actor=world.olga)
    Notice.objects.all().delete()

    settle(Question.objects.get(code="region_changed"), Result.TAKEN, world.larisa)

    assert told() == [("galina", CAME)]


def test_what_nobody_serves_is_let_go_by_whoever_loaded(tmp_path: Path, world: World) -> None:
    asked = a_claimed_move(tmp_path, world)
    world.centre_of(world.here).regions.all().delete()

    settle(asked, Result.TAKEN, world.nina)

    assert organisation(1).region == world.next_door


def test_it_is_the_centre_where_it_stands_now_that_is_asked(tmp_path: Path, world: World) -> None:
    asked = a_claimed_move(tmp_path, world)
    Organisation.objects.filter(pk=organisation(1).pk).update(region=world.next_door)

    with pytest.raises(PermissionDenied):
        settle(asked, Result.TAKEN, world.larisa)
    settle(asked, Result.TAKEN, world.nina)


def test_after_a_week_the_heads_are_asked_once(tmp_path: Path, world: World) -> None:
    a_claimed_move(tmp_path, world)
    Notice.objects.all().delete()
    errand = Errand.objects.get(name="organisations.escalate_moves")
    assert errand.run_after - errand.promised_at == PATIENCE

    run_due_errands(now=errand.run_after + timedelta(seconds=1))
    run_due_errands(now=errand.run_after + timedelta(days=30))

    assert told() == [("galina", LATE)]
    assert Entry.objects.filter(verb="moves.escalated").count() == 1


def test_a_centre_without_a_head_is_reminded_through_administrators(
    tmp_path: Path, world: World
) -> None:
    asked = a_claimed_move(tmp_path, world)
    Notice.objects.all().delete()
    world.galina.is_active = False
    world.galina.save(update_fields=["is_active"])
    load, centre = asked.load_key, world.centre_of(world.here)
    assert load is not None

    escalate_moves(load, centre.key, now=NOON)

    assert told() == [("olga", LATE)]


def test_nobody_is_reminded_of_what_is_answered(tmp_path: Path, world: World) -> None:
    asked = a_claimed_move(tmp_path, world)
    settle(asked, Result.KEPT, world.larisa)
    Notice.objects.all().delete()
    assert asked.load_key is not None

    assert escalate_moves(asked.load_key, world.centre_of(world.here).key, now=NOON) == 0
    assert told() == []


def test_a_centre_is_not_asked_about_what_it_loaded_itself(tmp_path: Path, world: World) -> None:
    row = a_row(1, region=world.next_door.name_ru)

    load_rows(tmp_path, row, actor=world.larisa, centre=world.centre_of(world.here))

    assert Question.objects.filter(code="region_changed").count() == 1
    assert told() == []


def test_whoever_keeps_it_lets_it_go_by_hand_and_both_centres_are_told(
    world: World, client: Client
) -> None:
    moved = organisation(1)
    Organisation.objects.filter(pk=moved.pk).update(region=world.here)
    address = f"/organisations/{moved.key}/inside/move/"
    sign_in_twice(client, world.nina)
    assert client.post(address, {"region": world.next_door.code}).status_code == 404
    sign_in_twice(client, world.larisa)
    assert address in client.get(f"/organisations/{moved.key}/inside/").text
    assert client.post(address, {"region": world.here.code}).status_code == 422
    Notice.objects.all().delete()

    answer = client.post(address, {"region": world.next_door.code})

    moved.refresh_from_db()
    assert (answer.status_code, moved.region, moved.municipality) == (302, world.next_door, None)
    told = {(one.person, one.code) for one in Notice.objects.all()}
    assert told == {(world.nina, CAME), (world.galina, LEFT)}
    assert client.get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        move_organisation(moved, world.here, actor=world.larisa, now=NOON)


def test_a_waiting_request_goes_along_and_whoever_answers_now_is_told(world: World) -> None:
    moved = organisation(1)
    Organisation.objects.filter(pk=moved.pk).update(region=world.here)
    moved.refresh_from_db()
    given = {"role": "leader", "post": "", "ground": "Приказ"}
    raise_claim(moved, given, actor=a_person("anna"), now=NOON)
    waits = Notice.objects.filter(code="register.claim_waits")
    assert {one.person for one in waits} == {world.larisa, world.galina}

    move_organisation(moved, world.next_door, actor=world.larisa, now=NOON)

    assert {one.person for one in waits.filter(is_unseen=True)} == {world.nina}
    theirs = world.centre_of(world.next_door)
    for _press in range(2):
        change_centre(theirs, [], "Europe/Moscow", actor=world.olga, now=NOON)
        assert {one.person for one in waits.filter(is_unseen=True)} == {world.olga}
    assert waits.all().count() == 4
    change_centre(theirs, [world.next_door], "Europe/Moscow", actor=world.olga, now=NOON)
    entry = Entry.objects.filter(verb="centre.changed").latest("pk")
    assert json.loads(bytes(entry.content))["values"]["codes"] == {"regions": world.next_door.code}
