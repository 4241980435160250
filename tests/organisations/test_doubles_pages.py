"""Pages of doubles: who sees which pair, and two people who merge the same one."""

from dataclasses import dataclass

import pytest
from django.test import Client

from sinergia.notices.models import Notice
from sinergia.organisations import models as register
from sinergia.organisations.actions.doubles import raise_pair
from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.models import Merge, Organisation, Pair
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_region,
    an_administrator,
    an_organisation,
    sign_in_twice,
)

pytestmark = [pytest.mark.both_in_full, pytest.mark.django_db]


def signed_in(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    sign_in_twice(client, person)
    return client


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@dataclass(frozen=True)
class World:
    """Two centres, staff of each and an administrator; an organisation of each centre."""

    larisa: Person
    nina: Person
    olga: Person
    here: Organisation
    there: Organisation

    @property
    def compared(self) -> str:
        return f"/doubles/{self.here.key}/{self.there.key}/"


@pytest.fixture
def world() -> World:
    next_door = a_region("XB-YAR", "Ярогорский край")
    return World(
        larisa=a_consultant("larisa", centre=a_centre("Центр А")),
        nina=a_consultant("nina", centre=a_centre("Центр Б", region=next_door)),
        olga=an_administrator("olga"),
        here=an_organisation("Здесь"),
        there=an_organisation("Там", region=next_door),
    )


def a_pair_across(world: World) -> Pair:
    raise_pair(world.here.pk, world.there.pk, reason="typed", now=NOON)
    return Pair.objects.get()


def two_of_one_region() -> tuple[Organisation, Organisation]:
    return an_organisation("Первая"), an_organisation("Вторая")


@pytest.mark.parametrize("is_turned", [False, True])
def test_who_comes_second_is_shown_what_the_first_did(world: World, *, is_turned: bool) -> None:
    irina = a_consultant("irina", centre=register.Centre.objects.order_by("pk")[0])
    one, other = two_of_one_region()
    done = merge_organisations(one.key, other.key, actor=world.larisa, now=NOON)
    pair = f"/doubles/{other.key}/{one.key}/" if is_turned else f"/doubles/{one.key}/{other.key}/"
    client = signed_in(irina)

    for answer in (client.post(f"{pair}merge/", follow=True), client.get(pair, follow=True)):
        assert answer.redirect_chain == [(f"/merges/{done.key}/", 302)]
        assert "They are one already: larisa, 23 November" in answer.content.decode().replace(
            "\xa0", " "
        )

    assert Merge.objects.count() == 1


def test_a_stranger_to_a_merge_is_not_told_of_it(world: World) -> None:
    one, other = two_of_one_region()
    merge_organisations(one.key, other.key, actor=world.larisa, now=NOON)
    client = signed_in(world.nina)

    assert client.post(f"/doubles/{one.key}/{other.key}/merge/").status_code == 404
    assert client.get(f"/doubles/{one.key}/{other.key}/").status_code == 404


def test_a_pair_across_a_border_shows_each_centre_what_everybody_sees(world: World) -> None:
    register.Reach.objects.create(organisation=world.there, kind="phone", value="+7 900 111-22-33")
    register.Identifier.objects.create(
        organisation=world.there, scheme="RU-INN", value="500100732259"
    )
    Organisation.objects.filter(pk=world.there.pk).update(address="ул. Тайная, 1")
    assert signed_in(world.larisa).get(world.compared).status_code == 404

    a_pair_across(world)

    client = signed_in(world.larisa)
    page = read(client, world.compared)
    assert "Там" in page
    assert "Ask an administrator" in page
    assert [one for one in ("111-22-33", "500100732259", "Тайная", "merge/") if one in page] == []
    listed = read(client, "/doubles/")
    assert "Там" in listed
    assert "/apart/" not in listed


def test_a_hidden_one_of_another_centre_is_not_named(world: World) -> None:
    a_pair_across(world)
    Organisation.objects.filter(pk=world.there.pk).update(is_public=False)
    client = signed_in(world.larisa)

    assert "Там" not in read(client, "/doubles/")
    assert client.get(world.compared).status_code == 404
    assert "Там" in read(signed_in(world.nina), "/doubles/")


def test_administrators_are_asked_once_and_the_other_centre_knows(world: World) -> None:
    pair = a_pair_across(world)
    client = signed_in(world.larisa)

    for _ in range(2):
        assert client.post(f"/doubles/{pair.key}/ask/").status_code == 302

    assert [(one.person, one.code) for one in Notice.objects.order_by("pk")] == [
        (world.olga, "register.pair_put_to_you"),
        (world.nina, "register.pair_put_to_others"),
    ]
    assert "Administrators are asked" in read(client, world.compared)


def test_neither_centre_settles_a_pair_across_a_border(world: World) -> None:
    pair = a_pair_across(world)

    for person in (world.larisa, world.nina):
        client = signed_in(person)
        assert client.post(f"{world.compared}merge/").status_code == 403
        assert client.post(f"/doubles/{pair.key}/apart/").status_code == 403

    pair.refresh_from_db()
    assert pair.settled_at is None


def test_an_administrator_merges_across_a_border_and_both_centres_see_it(world: World) -> None:
    a_pair_across(world)
    client = signed_in(world.olga)
    assert "Здесь" in read(client, "/doubles/")
    assert "Merge the two" in read(client, world.compared)

    client.post(f"{world.compared}merge/")

    done = Merge.objects.get()
    for person in (world.larisa, world.nina):
        page = read(signed_in(person), f"/merges/{done.key}/")
        assert "Здесь" in page
        assert "/undo/" not in page
        assert signed_in(person).post(f"/merges/{done.key}/undo/").status_code == 403
    assert client.post(f"/merges/{done.key}/undo/").status_code == 302
    assert Organisation.objects.filter(pk=world.there.pk).exists()


def test_an_administrator_keeps_off_what_a_centre_serves(world: World) -> None:
    one, other = two_of_one_region()
    raise_pair(one.pk, other.pk, reason="typed", now=NOON)
    client = signed_in(world.olga)

    assert "Первая" not in read(client, "/doubles/")
    assert client.get(f"/doubles/{one.key}/{other.key}/").status_code == 404
    assert client.post(f"/doubles/{one.key}/{other.key}/merge/").status_code == 404


def test_what_is_inside_is_counted_and_not_shown_to_an_administrator(world: World) -> None:
    for centre in register.Centre.objects.all():
        register.Note.objects.create(
            centre=centre, organisation=world.there, text="Поссорились", author=world.nina,
            made_at=NOON,
        )  # fmt: skip
    register.Reach.objects.create(organisation=world.there, kind="phone", value="+7 900 111-22-33")
    register.Change.objects.create(
        organisation=world.there, field="address", after="Тайная", at=NOON, actor_key=world.nina.key
    )

    page = read(signed_in(world.olga), world.compared)

    assert "2 rows move" in page
    assert [one for one in ("Поссорились", "111-22-33", "Тайная") if one in page] == []


def test_two_who_tell_a_pair_apart_are_both_answered(world: World) -> None:
    one, other = two_of_one_region()
    raise_pair(one.pk, other.pk, reason="typed", now=NOON)
    pair, client = Pair.objects.get(), signed_in(world.larisa)

    answers = [client.post(f"/doubles/{pair.key}/apart/").status_code for _ in range(2)]

    assert answers == [302, 302]


def test_that_two_are_two_is_taken_back_where_they_are_compared(world: World) -> None:
    one, other = two_of_one_region()
    raise_pair(one.pk, other.pk, reason="typed", now=NOON)
    pair, client = Pair.objects.get(), signed_in(world.larisa)
    compared, back = f"/doubles/{other.key}/{one.key}/", f"/doubles/{pair.key}/again/"
    assert back not in read(client, compared)

    client.post(f"/doubles/{pair.key}/apart/")

    assert back in read(client, compared)
    assert client.post(back).status_code == 302
    assert Pair.objects.get().settled_at is None


def test_where_rows_stand_in_the_way_no_button_offers_to_merge(world: World) -> None:
    one, other = two_of_one_region()
    for organisation, ogrn in ((one, "1027700132195"), (other, "1037739010891")):
        register.Identifier.objects.create(organisation=organisation, scheme="RU-OGRN", value=ogrn)

    page = read(signed_in(world.larisa), f"/doubles/{one.key}/{other.key}/")

    assert "Merge the two" not in page
    assert f"/organisations/{one.key}/inside/" in page
    assert f"/organisations/{other.key}/inside/" in page


def test_a_public_one_does_not_vanish_into_a_hidden_one(world: World) -> None:
    hidden, public = two_of_one_region()
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    index_organisations([public])
    client = signed_in(world.larisa)

    page = read(client, f"/doubles/{hidden.key}/{public.key}/")
    refused = client.post(f"/doubles/{hidden.key}/{public.key}/merge/")
    found = read(client, f"/organisations/{hidden.key}/inside/double/?q=Вторая")

    assert "the other one is public, which would vanish" in page
    assert (refused.status_code, Merge.objects.count()) == (422, 0)
    assert f"/doubles/{public.key}/{hidden.key}/" in found
    assert client.post(f"/doubles/{public.key}/{hidden.key}/merge/").status_code == 302


def test_what_another_centre_noted_is_counted_and_not_shown(world: World) -> None:
    own, theirs = register.Centre.objects.order_by("pk")
    one, other = two_of_one_region()
    notes = ((own, "Пили чай", world.larisa), (theirs, "Поссорились", world.nina))
    for centre, text, author in notes:
        register.Note.objects.create(
            centre=centre, organisation=other, text=text, author=author, made_at=NOON
        )
    client = signed_in(world.larisa)

    pages = [
        read(client, address)
        for address in (
            f"/doubles/{one.key}/{other.key}/",
            f"/organisations/{other.key}/split/",
        )
    ]

    assert ["Пили чай" in page for page in pages] == [True, True]
    assert ["Поссорились" in page for page in pages] == [False, False]
    assert "2 rows move" in pages[0]
    assert "another centre’s own" in pages[1]


def test_of_what_nobody_serves_an_administrator_parts_notes_unread(world: World) -> None:
    other = an_organisation("Вдали", region=a_region("XC-DAL", "Дальний край"))
    contact = register.Contact.objects.create(
        centre=register.Centre.objects.order_by("pk")[0],
        name="Тайная Анна",
        entered_by=world.larisa.key,
        made_at=NOON,
    )
    register.Post.objects.create(organisation=other, contact=contact, kind="npo", title="Глава")
    register.Note.objects.create(
        centre=contact.centre, organisation=other, text="Поссорились", author=world.larisa,
        made_at=NOON,
    )  # fmt: skip

    page = read(signed_in(world.olga), f"/organisations/{other.key}/split/")

    assert [one for one in ("Поссорились", "Тайная Анна") if one in page] == []
    assert page.count("another centre’s own") == 2
