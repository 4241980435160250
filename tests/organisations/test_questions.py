"""A person settles what a load did not dare to write, one by one and in one go."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations import models as register
from sinergia.organisations.actions import change_organisation, questions
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.actions.loads.rows import row_from
from sinergia.organisations.actions.questions import Answer, settle_alike, settle_question
from sinergia.organisations.models import Identifier, Organisation, Question
from sinergia.organisations.queries.questions import (
    QuestionFilter,
    alike,
    moved_away,
    namesakes_apart,
    open_questions,
    proposed_for,
    questions_for,
)
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    an_administrator,
    an_organisation,
    sign_in_twice,
)
from tests.organisations.register_files import (
    a_row,
    counts,
    known_regions,
    load_rows,
    numbers,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
Result = Question.Result


@pytest.fixture
def olga() -> Person:
    known_regions()
    return an_administrator()


def settle(question: Question, result: str, *, actor: Person, **answer: object) -> Question:
    given = Answer(result, **answer)  # type: ignore[arg-type]  # as named there
    return settle_question(question.key, given, actor=actor, now=NOON)


def a_conflict(folder: Path, olga: Person, place: int = 1) -> Question:
    """A site that a person wrote, and another that the file says."""
    load_rows(folder, a_row(place), actor=olga)
    given = {"site": "hand.example"}
    change_organisation(organisation(place), given, actor_key=olga.key, now=NOON)
    load_rows(folder, a_row(place, site="new.example"), actor=olga)
    return Question.objects.get(organisation=organisation(place))


def run_worker() -> None:
    run_due_errands(now=timezone.now() + timedelta(seconds=1))


def test_a_value_is_taken_with_its_history_and_pressing_twice_is_harmless(
    tmp_path: Path, olga: Person
) -> None:
    asked = a_conflict(tmp_path, olga)

    for _ in range(2):
        settled = settle(asked, Result.TAKEN, actor=olga)

    change = register.Change.objects.latest("pk")
    assert organisation(1).site == "new.example"
    assert (settled.result, settled.settled_by, settled.settled_at) == ("taken", olga, NOON)
    assert (change.before, change.after, change.source, change.actor_key) == (
        "hand.example", "new.example", "ministry", olga.key,
    )  # fmt: skip
    assert Entry.objects.filter(verb="question.settled").count() == 1


def test_a_value_is_kept_and_not_asked_about_again(tmp_path: Path, olga: Person) -> None:
    settle(a_conflict(tmp_path, olga), Result.KEPT, actor=olga)

    load = load_rows(tmp_path, a_row(1, site="new.example"), actor=olga)

    assert counts(load) == (0, 0, 1, 0, 0)
    assert organisation(1).site == "hand.example"
    assert open_questions(olga, QuestionFilter()).count() == 0


def test_a_whole_source_and_field_is_answered_in_one_go(tmp_path: Path, olga: Person) -> None:
    places = range(1, questions.AT_ONCE + 4)
    load_rows(tmp_path, *(a_row(place) for place in places), actor=olga)
    load_rows(
        tmp_path, *(a_row(place, site=f"new{place}.example") for place in places),
        actor=olga, source="sites",
    )  # fmt: skip
    (group,) = alike(olga, QuestionFilter())
    assert (group.source, group.field, group.number) == ("sites", "site", len(places))

    done = settle_alike(group, Result.TAKEN, actor=olga, now=NOON).done
    run_worker()

    assert done == questions.AT_ONCE
    assert {one.site for one in Organisation.objects.all()} == {
        f"new{place}.example" for place in places
    }
    assert not Question.objects.filter(settled_at=None).exists()


def test_an_organisation_that_moves_takes_the_town_of_its_row_and_both_centres_know(
    tmp_path: Path, olga: Person
) -> None:
    region, next_door = known_regions()
    here, there = a_centre("Центр А", region=region), a_centre("Центр Б", region=next_door)
    larisa, nina = a_consultant(centre=here), a_consultant("nina", centre=there)
    town = a_municipality("Ярогорск", region=next_door)
    load_rows(tmp_path, a_row(1), actor=olga)
    load_rows(tmp_path, a_row(1, region=next_door.name_ru, municipality="Ярогорск"), actor=olga)
    (asked,) = questions_for(larisa)
    assert not questions_for(nina).exists()

    settle(asked, Result.TAKEN, actor=larisa)

    made = organisation(1)
    assert (made.region, made.municipality) == (next_door, town)
    assert [one.organisation for one in moved_away(larisa)] == [made]
    assert [(one.person, one.code) for one in Notice.objects.order_by("pk")] == [
        (larisa, "register.moves_asked"),
        (nina, "register.organisation_moved"),
    ]
    told = register.Change.objects.order_by("pk").values_list("field", "before", "after")
    assert ("region", region.name_ru, next_door.name_ru) in list(told)
    assert recount_register() == 0


def test_a_row_without_numbers_is_entered_as_new_and_known_when_it_comes_again(
    tmp_path: Path, olga: Person
) -> None:
    row = a_row(1, ogrn="", inn="", field="Спорт")
    load_rows(tmp_path, row, actor=olga)

    settled = settle(Question.objects.get(), Result.ENTERED, actor=olga)
    again = load_rows(tmp_path, row | {"address": "г. Кленовск, дом"}, actor=olga)

    made = Organisation.objects.get()
    assert settled.organisation == made
    assert (made.kind, made.is_public, made.status) == ("registered", True, "active")
    assert counts(again) == (0, 1, 0, 0, 0)
    assert made.address == "г. Кленовск, дом"
    assert register.OrganisationField.objects.count() == 1


def test_a_row_without_numbers_is_a_group_that_nobody_sees_yet(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1, ogrn="", inn=""), actor=olga)

    settle(Question.objects.get(), Result.ENTERED, actor=olga, is_group=True)

    made = Organisation.objects.get()
    assert (made.kind, made.is_public) == ("group", False)
    assert recount_register() == 0


def test_a_row_is_joined_to_the_organisation_that_it_is_about(tmp_path: Path, olga: Person) -> None:
    region, _ = known_regions()
    twin = an_organisation('АНО "ДОМ 1"', region=region)
    row = a_row(1, ogrn="1,2E+12", inn="", short_name="")
    load_rows(tmp_path, row, actor=olga)
    asked = Question.objects.get()
    assert asked.code == "id_unverified"

    settle(asked, Result.JOINED, actor=olga, organisation=twin)
    again = load_rows(tmp_path, row, actor=olga)

    twin.refresh_from_db()
    assert counts(again) == (0, 0, 1, 0, 0)
    assert (twin.site, twin.status) == ("dom1.example", "active")
    assert not Identifier.objects.filter(organisation=twin).exists()


def test_numbers_that_disagree_are_joined_to_one_of_the_two(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    mixed = a_row(1, inn=numbers(2)[1], status="Ликвидируется")
    load_rows(tmp_path, mixed, actor=olga)
    asked = Question.objects.get()
    texts = {"ogrn": numbers(1)[0], "inn": numbers(2)[1]}
    assert proposed_for(asked, texts, reader=olga) == [organisation(1), organisation(2)]

    settle(asked, Result.JOINED, actor=olga, organisation=organisation(1))
    again = load_rows(tmp_path, mixed, actor=olga)

    assert (organisation(1).status, organisation(2).status) == ("closing", "active")
    assert counts(again) == (0, 0, 1, 0, 0)


def test_rows_without_numbers_of_a_load_are_answered_in_one_go(
    tmp_path: Path, olga: Person
) -> None:
    rows = [a_row(place, ogrn="", inn="") for place in range(1, 6)]
    load_rows(tmp_path, *rows, actor=olga)
    (group,) = alike(olga, QuestionFilter())

    done = settle_alike(group, Result.DROPPED, actor=olga, now=NOON).done
    again = load_rows(tmp_path, *rows, actor=olga)

    assert (done, group.number) == (5, 5)
    assert counts(again) == (0, 0, 5, 0, 0)
    assert {one.code for one in again.notes.all()} == {"left_out"}
    assert Organisation.objects.count() == 0


def test_a_row_with_a_namesake_is_not_entered_in_one_go(tmp_path: Path, olga: Person) -> None:
    region, _ = known_regions()
    twin = an_organisation('АНО "ДОМ 3"', region=region)
    index_organisation(twin)
    rows = [a_row(place, ogrn="", inn="") for place in range(1, 5)]

    load_rows(tmp_path, *rows, actor=olga)
    (group,) = alike(olga, QuestionFilter())
    done = settle_alike(group, Result.ENTERED, actor=olga, now=NOON).done

    assert (group.number, done, namesakes_apart(olga, group)) == (3, 3, 1)
    (waiting,) = open_questions(olga, QuestionFilter())
    texts = row_from(bytes(waiting.content)).texts
    assert proposed_for(waiting, texts, reader=olga) == [twin]
    assert Organisation.objects.filter(short_name='АНО "ДОМ 3"').count() == 0


def test_of_two_rows_of_one_name_the_second_waits_for_a_person(
    tmp_path: Path, olga: Person
) -> None:
    same = {"ogrn": "", "inn": "", "name": "Фонд Заря", "short_name": "Заря"}
    rows = [a_row(1, **same), a_row(2, **same, region="Ярогорский край"), a_row(3, ogrn="", inn="")]
    load_rows(tmp_path, *rows, actor=olga)
    (group,) = alike(olga, QuestionFilter())

    done = settle_alike(group, Result.ENTERED, actor=olga, now=NOON).done

    assert (group.number, done) == (3, 2)
    assert Organisation.objects.filter(short_name="Заря").count() == 1
    assert open_questions(olga, QuestionFilter()).get().has_namesake
    assert not Errand.objects.filter(name="organisations.settle_alike").exists()


@pytest.mark.parametrize("result", [Result.DROPPED, Result.JOINED])
def test_two_that_a_row_took_for_one_are_suspected_no_longer_once_it_is_answered(
    result: str, tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    load_rows(tmp_path, a_row(1, inn=numbers(2)[1]), actor=olga)
    assert register.Pair.objects.get().reasons == "numbers"
    given = {"organisation": organisation(1)} if result == Result.JOINED else {}

    settle(Question.objects.get(), result, actor=olga, **given)

    assert not register.Pair.objects.exists()


def test_a_suspicion_stays_while_another_row_says_the_same(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    mixed = a_row(1, inn=numbers(2)[1])
    load_rows(tmp_path, mixed, actor=olga)
    load_rows(tmp_path, mixed, actor=olga, source="sites")
    first, second = Question.objects.order_by("pk")

    settle(first, Result.DROPPED, actor=olga)
    assert register.Pair.objects.count() == 1
    settle(second, Result.DROPPED, actor=olga)
    assert register.Pair.objects.count() == 0


def test_a_spelling_is_named_once_for_every_row_that_writes_it(
    tmp_path: Path, olga: Person
) -> None:
    region, _ = known_regions()
    rows = [a_row(place, region="Светл. обл-ть") for place in range(1, 4)]
    load_rows(tmp_path, *rows, actor=olga)

    settle(Question.objects.order_by("pk")[0], Result.TAKEN, actor=olga, region=region)
    run_worker()
    again = load_rows(tmp_path, *rows, a_row(4, region="Светл. обл-ть"), actor=olga)

    assert {one.region for one in Organisation.objects.all()} == {region}
    assert counts(again) == (1, 0, 3, 0, 0)


def test_an_answer_that_does_not_fit_is_refused(tmp_path: Path, olga: Person) -> None:
    asked = a_conflict(tmp_path, olga)

    for result in (Result.ENTERED, Result.JOINED, Result.DROPPED, ""):
        with pytest.raises(Refused):
            settle(asked, result, actor=olga)

    asked.refresh_from_db()
    assert asked.settled_at is None


def test_whoever_does_not_serve_the_region_settles_nothing(tmp_path: Path, olga: Person) -> None:
    region, next_door = known_regions()
    here, there = a_centre("Центр А", region=region), a_centre("Центр Б", region=next_door)
    larisa, nina = a_consultant(centre=here), a_consultant("nina", centre=there)
    asked = a_conflict(tmp_path, olga)

    with pytest.raises(PermissionDenied):
        settle(asked, Result.TAKEN, actor=nina)
    settle(asked, Result.KEPT, actor=larisa)

    assert not questions_for(nina).exists()


def test_an_administrator_sees_no_question_of_a_centre_s_own_load(
    tmp_path: Path, olga: Person
) -> None:
    region, _ = known_regions()
    centre = a_centre(region=region)
    larisa = a_consultant(centre=centre)
    load_rows(tmp_path, a_row(1, ogrn="", inn=""), actor=larisa, centre=centre)
    asked = Question.objects.get()

    with pytest.raises(PermissionDenied):
        settle(asked, Result.ENTERED, actor=olga)

    assert (list(questions_for(larisa)), questions_for(olga).exists()) == ([asked], False)


@pytest.mark.parametrize(
    ("answer", "told"),
    [("kept", "Settled."), ("taken", "It was settled otherwise meanwhile: As it was.")],
)
def test_whoever_answers_second_is_told_what_the_first_said(
    tmp_path: Path, olga: Person, answer: str, told: str
) -> None:
    asked = a_conflict(tmp_path, olga)
    settle(asked, Result.KEPT, actor=a_consultant(centre=a_centre()))
    client = Client(headers={"accept-language": "en"})
    sign_in_twice(client, olga)

    page = client.post(f"/register/questions/{asked.key}/", {"answer": answer}, follow=True)

    assert told in page.text
    assert ("Settled." in page.text, organisation(1).site) == (answer == "kept", "hand.example")
