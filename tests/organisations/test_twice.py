"""What is sent twice by mistake is written once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.organisations.actions import contacts, filters, groups, notes, telling
from sinergia.organisations.models import Centre, Contact, Head, Note, Organisation, Post
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_person, a_region, an_organisation

pytestmark = [pytest.mark.both, pytest.mark.django_db]
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


@pytest.fixture
def steps(centre: Centre) -> Organisation:
    return an_organisation("Полтора шага")


def test_a_head_is_written_once_and_the_next_term_is_another(
    steps: Organisation, larisa: Person
) -> None:
    head = {"name": "Яровая Т. И.", "post": "Директор", "until": NOON.date()}

    first, second = (telling.write_head(steps, head, actor=larisa, now=NOON) for _ in range(2))
    telling.write_head(steps, head | {"until": LATER.date() + timedelta(1)}, actor=larisa, now=NOON)

    assert first == second
    assert Head.objects.count() == 2


def test_somebody_is_written_down_once_and_a_namesake_in_another_post_beside_them(
    centre: Centre, larisa: Person
) -> None:
    known, post = {"name": "Турчин П. С."}, {"title": "Министр", "kind": "authority"}

    first, second = (
        contacts.enter_contact(centre, known, post, actor=larisa, now=NOON) for _ in range(2)
    )
    contacts.enter_contact(centre, known, post | {"title": "Врач"}, actor=larisa, now=NOON)

    assert first == second
    assert (Contact.objects.count(), Post.objects.count()) == (2, 2)


def test_a_post_is_added_once(centre: Centre, larisa: Person) -> None:
    post = {"title": "Министр", "kind": "authority"}
    known = contacts.enter_contact(centre, {"name": "Турчин"}, post, actor=larisa, now=NOON)

    for title in ("Министр", "Врач", "Врач"):
        contacts.add_post(known, post | {"title": title}, actor=larisa, now=NOON)

    assert list(known.posts.order_by("pk").values_list("title", flat=True)) == ["Министр", "Врач"]


def test_a_note_is_written_once_and_again_on_another_day(
    centre: Centre, steps: Organisation, larisa: Person
) -> None:
    olga = a_consultant("olga", centre=centre)
    for author, at in ((larisa, NOON), (larisa, NOON), (olga, NOON), (larisa, LATER)):
        notes.write_note(centre, steps, "Не дозвонилась", met_on=None, actor=author, now=at)

    assert list(Note.objects.order_by("pk").values_list("author", "made_at")) == [
        (larisa.pk, NOON),
        (olga.pk, NOON),
        (larisa.pk, LATER),
    ]


def test_a_group_is_written_once_and_a_namesake_of_later_beside_it(larisa: Person) -> None:
    given, region = {"name": "Тихая группа", "head": "Яровая"}, a_region()

    first, second = (groups.write_group(region, given, actor=larisa, now=NOON) for _ in range(2))
    later = groups.write_group(region, given, actor=larisa, now=LATER)

    assert first == second != later
    assert Organisation.objects.filter(kind="group").count() == 2


def test_a_saved_filter_is_named_and_removed_by_whose_it_is(larisa: Person) -> None:
    saved = filters.save_filter("Мои", "kind=group", actor=larisa, now=NOON)
    stranger = a_person("stranger")

    with pytest.raises(PermissionDenied):
        filters.rename_filter(saved, "Чужие", actor=stranger, now=NOON)
    with pytest.raises(PermissionDenied):
        filters.remove_filter(saved, actor=stranger, now=NOON)
    assert filters.rename_filter(saved, "Наши", actor=larisa, now=NOON).name == "Наши"
