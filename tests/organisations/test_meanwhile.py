import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from sinergia.engine.refusal import Refused
from sinergia.organisations import models as register
from sinergia.organisations.actions import contacts, telling
from sinergia.organisations.actions.notes import change_note, write_note
from sinergia.organisations.actions.register import change_organisation
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries import inside
from sinergia.organisations.views.inside.rows import KINDS
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_region,
    a_theme,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def steps() -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def larisa(steps: Organisation) -> Person:
    return a_consultant("larisa", centre=a_centre(region=steps.region))


@pytest.fixture
def tamara(steps: Organisation, client: Client) -> Person:
    made = a_leader("tamara", organisation=steps)
    client.force_login(made)
    return made


def opened(page: str) -> dict[str, str]:
    """What a page carries unseen of what its fields showed."""
    carried = re.findall(r'<input type="hidden" name="(initial-\w+)"(?: value="([^"]*)")?', page)
    assert carried
    return dict(carried)


def sent(client: Client, address: str, typed: Mapping[str, str], page: str) -> tuple[int, str]:
    answer = client.post(address, {**typed, **opened(page)})
    return answer.status_code, answer.content.decode()


def test_what_a_load_wrote_meanwhile_stays_where_another_field_is_saved(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    address, town = f"/organisations/{steps.key}/inside/details/", a_municipality("Рудный Лог")
    page = client.get(address).content.decode()
    load = {"site": "shag.example", "municipality": town}
    change_organisation(steps, load, actor_key=tamara.key, now=NOON, source="ministry")

    typed = {"name": "Два шага", "short_name": "", "address": "", "site": "", "municipality": ""}
    code, _ = sent(client, address, typed, page)

    steps.refresh_from_db()
    assert (code, steps.name, steps.site, steps.municipality) == (
        302,
        "Два шага",
        "shag.example",
        town,
    )
    by_hand = register.Change.objects.filter(source="").values_list("field", flat=True)
    assert list(by_hand) == ["name"]


def test_two_who_write_one_field_are_shown_both_values_and_the_second_press_decides(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    address = f"/organisations/{steps.key}/inside/details/"
    page = client.get(address).content.decode()
    theirs = {"site": "theirs.example", "address": "Кленовск"}
    change_organisation(steps, theirs, actor_key=tamara.key, now=NOON)
    typed = {"name": steps.name, "short_name": "", "site": "mine.example", "municipality": ""}

    code, page = sent(client, address, typed | {"address": ""}, page)

    steps.refresh_from_db()
    assert (code, steps.site) == (422, "theirs.example")
    assert "theirs.example" in page
    assert 'value="mine.example"' in page
    code, _ = sent(client, address, typed | {"address": ""}, page)
    steps.refresh_from_db()
    assert (code, steps.site, steps.address) == (302, "mine.example", "Кленовск")


def test_the_same_typed_by_two_is_no_quarrel(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    address = f"/organisations/{steps.key}/inside/details/"
    page = client.get(address).content.decode()
    change_organisation(steps, {"site": "shag.example"}, actor_key=tamara.key, now=NOON)

    typed = {"name": steps.name, "site": " shag.example "}

    assert sent(client, address, typed, page)[0] == 302


def test_the_card_keeps_what_the_centre_wrote_while_its_people_typed(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    address = f"/organisations/{steps.key}/inside/card/"
    telling.write_card(steps, {"about": "Первая\n\nвторая"}, actor=tamara, now=NOON)
    page = client.get(address).content.decode()
    telling.write_card(steps, {"about": "Слова центра"}, actor=larisa, now=NOON)

    untouched = {"about": "Первая\r\n\r\nвторая", "shows_address": "on", "shows_site": "on"}
    assert sent(client, address, untouched, page)[0] == 302
    card = register.Card.objects.get()
    assert (card.about, card.shows_address) == ("Слова центра", True)

    code, page = sent(client, address, {"about": "Мои слова", "shows_site": "on"}, page)
    card.refresh_from_db()
    assert (code, card.about) == (422, "Слова центра")
    assert opened(page)["initial-about"] == "Слова центра"
    assert escape("Мои слова") in page


@pytest.mark.parametrize(
    ("kind", "first", "theirs", "typed", "kept"),
    [
        (
            "heads",
            {"name": "Яровая Т. И.", "post": "Директор"},
            {"post": "Председатель"},
            {"name": "Яровая Т. П.", "post": "Директор"},
            {"name": "Яровая Т. П.", "post": "Председатель"},
        ),
        (
            "reach",
            {"kind": "email", "value": "a@shag.example", "note": "", "is_public": False},
            {"note": "бухгалтерия"},
            {"kind": "email", "value": "b@shag.example", "note": ""},
            {"value": "b@shag.example", "note": "бухгалтерия"},
        ),
        (
            "accounts",
            {"number": "40703810000000000001", "bik": "044525225", "is_main": True, "bank": ""},
            {"bank": "Банк"},
            {"number": "40703810000000000002", "bik": "044525225", "is_main": "on", "bank": ""},
            {"number": "40703810000000000002", "bank": "Банк"},
        ),
    ],
)
def test_a_row_keeps_the_field_that_another_mended_meanwhile(
    steps: Organisation,
    tamara: Person,
    client: Client,
    kind: str,
    first: dict[str, object],
    theirs: dict[str, object],
    typed: dict[str, str],
    kept: dict[str, object],
) -> None:
    row = KINDS[kind].write(steps, first, actor=tamara, now=NOON)
    address = f"/organisations/{steps.key}/inside/{kind}/{row.key}/"
    page = client.get(address).content.decode()
    type(row).objects.filter(pk=row.pk).update(**theirs)

    code, _ = sent(client, address, typed, page)

    row.refresh_from_db()
    assert (code, {name: getattr(row, name) for name in kept}) == (302, kept)


def test_two_who_write_about_one_contact_lose_nothing(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    centre = register.Centre.objects.get()
    town = a_municipality("Рудный Лог", region=a_region("XB-YAR", "Ярогорский край"))
    given = {"name": "Турчин П. С.", "phone": "1", "municipality": town}
    known = contacts.enter_contact(centre, given, {"title": "Министр"}, actor=larisa, now=NOON)
    post = register.Post.objects.get()
    client.force_login(larisa)
    address, held = f"/contacts/{known.key}/", f"/contacts/{known.key}/posts/{post.key}/"
    page, page_of_post = client.get(address).text, client.get(held).text
    contacts.change_contact(known, {"phone": "2"}, actor=larisa, now=NOON)
    contacts.change_post(post, {"body": "Министерство"}, actor=larisa, now=NOON)
    typed = {"name": known.name, "email": "a@example.org", "phone": "1"}
    typed |= {"municipality": str(town.key), "told_by": "", "note": ""}
    of_post = {"title": "Министр спорта", "body": "", "kind": "other", "rank": "100"}

    code, _ = sent(client, address, typed, page)
    sent(client, held, of_post, page_of_post)
    clash, text = sent(client, address, typed | {"phone": "3", "email": ""}, page)

    known.refresh_from_db()
    post.refresh_from_db()
    assert (code, known.phone, known.email) == (302, "2", "a@example.org")
    assert (known.municipality, known.region) == (town, town.region)
    assert (post.title, post.body) == ("Министр спорта", "Министерство")
    assert (clash, 'href="#id_phone"' in text) == (422, True)


def test_two_who_mend_one_note_are_shown_both_texts(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    centre = register.Centre.objects.get()
    note = write_note(centre, steps, "Ищут зал", met_on=None, actor=larisa, now=NOON)
    address = f"/organisations/{steps.key}/inside/notes/{note.key}/"
    client.force_login(larisa)
    page = client.get(address).text
    change_note(note, "Зал нашли", actor=larisa, now=NOON)

    code, text = sent(client, address, {"text": "Ищут два зала", "met_on": ""}, page)

    note.refresh_from_db()
    assert (code, note.text) == (422, "Зал нашли")
    assert ["Зал нашли" in text, "Ищут два зала" in text] == [True, True]
    assert sent(client, address, {"text": "Нашли один", "met_on": ""}, text)[0] == 302


def test_a_row_that_was_removed_meanwhile_does_not_come_back(
    steps: Organisation, tamara: Person
) -> None:
    head = telling.write_head(steps, {"name": "Яровая Т. И."}, actor=tamara, now=NOON)
    register.Head.objects.all().delete()

    with pytest.raises(Refused):
        telling.write_head(steps, {"name": "Яровая"}, actor=tamara, now=NOON, head=head)

    assert not register.Head.objects.exists()


@pytest.mark.parametrize("part", ["themes", "places"])
def test_boxes_that_another_ticked_meanwhile_stay_as_they_ticked_them(
    part: str, steps: Organisation, tamara: Person, larisa: Person, client: Client
) -> None:
    make: Callable[..., Any] = a_theme if part == "themes" else a_municipality
    rows = {name: make(name, region=steps.region) for name in ("Забота", "Спорт", "Двор", "Лес")}
    choose: Callable[..., None] = (
        telling.choose_themes if part == "themes" else telling.choose_places
    )
    chosen = inside.chosen_themes if part == "themes" else inside.places_of_work
    address, names = (
        f"/organisations/{steps.key}/inside/{part}/",
        {r.pk: n for n, r in rows.items()},
    )

    def save(page: str, *ticked: str) -> set[str]:
        shown = re.findall(r'name="shown"(?: value="([^"]*)")?', page)
        typed = {"chosen": [str(rows[name].key) for name in ticked], "shown": shown}
        assert client.post(address, typed).status_code == 302
        return {names[pk] for pk in chosen(steps)}

    empty = client.get(address).text
    choose(steps, [rows["Забота"], rows["Спорт"]], actor=larisa, now=NOON)
    assert save(empty, "Двор") == {"Забота", "Спорт", "Двор"}
    page = client.get(address).text
    choose(steps, [rows["Забота"], rows["Двор"], rows["Лес"]], actor=larisa, now=NOON)
    assert save(page, "Спорт", "Двор") == {
        "Двор",
        "Лес",
    }  # one more away; Спорт is not brought back
