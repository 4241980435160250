import json
import re
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import TypedDict

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sinergia.base.journal.models import Entry, EntryDetail
from sinergia.base.search.models import Indexed
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions import contacts as actions
from sinergia.organisations.models import Centre, Contact, ContactList, ListedContact, Post
from sinergia.organisations.queries.contacts import (
    OFFERED,
    ContactFilter,
    asked_for,
    contacts_of,
    rows_of,
)
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_municipality, a_region

pytestmark = [pytest.mark.both, pytest.mark.django_db]


class By(TypedDict):
    """Who acts, and when."""

    actor: Person
    now: datetime


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def centre(larisa: Person) -> Centre:
    return Centre.objects.get()


def write(centre: Centre, actor: Person, name: str, title: str = "Министр") -> Contact:
    post = {"title": title, "body": "Министерство культуры", "kind": "authority"}
    return actions.enter_contact(centre, {"name": name}, post, actor=actor, now=NOON)


def test_somebody_is_found_by_post_and_body_in_any_case_form(
    larisa: Person, centre: Centre
) -> None:
    minister = write(centre, larisa, "Турчин Пётр Сергеевич")
    write(centre, larisa, "Яровая Тамара Ивановна", "Редактор")

    for words in ("министры", "турчин петр", "министерством культуры турчина"):
        found = asked_for(centre, ContactFilter(q=words))
        assert list(found) == [minister], words
    assert asked_for(centre, ContactFilter(kind="media")).count() == 0
    assert asked_for(centre, ContactFilter(kind="authority")).count() == 2


def test_one_person_holds_several_posts_and_is_listed_in_one(
    larisa: Person, centre: Centre
) -> None:
    person = write(centre, larisa, "Турчин П. С.")
    second = actions.add_post(
        person, {"title": "Член палаты", "kind": "chamber", "rank": 5}, actor=larisa, now=NOON
    )
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)

    actions.put_on_list(listing, person, second, actor=larisa, now=NOON)
    actions.put_on_list(listing, person, second, actor=larisa, now=NOON)  # pressed twice

    assert [(row.contact, row.post) for row in rows_of(listing)] == [(person, second)]
    assert Entry.objects.filter(verb="contact_list.put_on").count() == 1
    (known,) = contacts_of(centre)
    assert [post.title for post in getattr(known, "held")] == ["Член палаты", "Министр"]  # noqa: B009
    actions.remove_post(second, actor=larisa, now=NOON)
    assert [(row.contact, row.post) for row in rows_of(listing)] == [(person, None)]


def test_the_order_is_set_by_hand(larisa: Person, centre: Centre) -> None:
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    people = [write(centre, larisa, name) for name in "АБВГ"]
    for one in people:
        actions.put_on_list(listing, one, None, actor=larisa, now=NOON)

    def order() -> str:
        return "".join(row.contact.name for row in rows_of(listing))

    assert order() == "АБВГ"
    actions.move_on_list(listing, people[3].key, 1, actor=larisa, now=NOON)
    assert order() == "ГАБВ"
    actions.move_on_list(listing, people[3].key, 99, actor=larisa, now=NOON)
    assert order() == "АБВГ"
    actions.move_on_list(listing, people[1].key, 0, actor=larisa, now=NOON)
    assert order() == "БАВГ"
    actions.take_off_list(listing, people[0].key, actor=larisa, now=NOON)
    assert order() == "БВГ"
    with pytest.raises(Refused) as refused:
        actions.move_on_list(listing, people[0].key, 1, actor=larisa, now=NOON)
    assert refused.value.gaps == [Gap("list_person_gone")]


def test_a_list_is_put_in_order_of_rank_and_back(
    larisa: Person, centre: Centre, client: Client
) -> None:
    by: By = {"actor": larisa, "now": NOON}
    listing = actions.make_list(centre, {"name": "Приём"}, **by)

    def put(name: str, kind: str, rank: int = 100) -> None:
        post = {"title": "Глава", "kind": kind, "rank": rank}
        held = actions.enter_contact(centre, {"name": name}, post, **by)
        actions.put_on_list(listing, held, held.posts.get(), **by)

    def order() -> str:
        return " ".join(row.contact.name for row in rows_of(listing))

    for name, kind, rank in (
        ("Вера", "media", 100), ("Борис", "npo", 100), ("Алла", "npo", 100), ("Глеб", "other", 2),
    ):  # fmt: skip
        put(name, kind, rank)
    assert order() == "Вера Борис Алла Глеб"
    client.force_login(larisa)
    page = f"/contact-lists/{listing.key}/by-rank/"

    client.post(page)
    client.post(page)  # pressed twice: the order before is still that of the hand
    assert order() == "Глеб Алла Борис Вера"
    put("Дина", "authority")
    assert order() == "Глеб Дина Алла Борис Вера"
    client.post(page + "undo/")
    assert order() == "Вера Борис Алла Глеб Дина"

    client.post(page)
    last = Contact.objects.get(name="Вера")
    actions.move_on_list(listing, last.key, 1, **by)
    client.post(page + "undo/")  # somebody was moved by hand since: that order stays
    put("Егор", "authority", 1)
    assert order() == "Вера Глеб Дина Алла Борис Егор"
    assert "by-rank/undo/" not in client.get(f"/contact-lists/{listing.key}/").text


def test_a_term_that_ends_before_it_begins_is_refused(larisa: Person, centre: Centre) -> None:
    person = write(centre, larisa, "Турчин П. С.")
    given = {"title": "Министр", "since": date(2026, 5, 2), "until": date(2026, 5, 1)}

    with pytest.raises(Refused) as refused:
        actions.add_post(person, given, actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap("term_ends_before_it_begins", "until")]
    assert Post.objects.count() == 1


def test_a_list_has_a_name_of_its_own(larisa: Person, centre: Centre) -> None:
    actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap("list_name_taken", "name")]


def test_somebody_forgotten_leaves_nothing_but_a_line_without_a_name(
    larisa: Person, centre: Centre
) -> None:
    person = write(centre, larisa, "Турчин П. С.")
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    actions.put_on_list(listing, person, None, actor=larisa, now=NOON)

    actions.remove_contact(person, actor=larisa, now=NOON)

    assert [Contact.objects.count(), Post.objects.count(), ListedContact.objects.count()] == [0] * 3
    assert Indexed.objects.filter(kind="contact").count() == 0
    said = " ".join(bytes(entry.content).decode() for entry in Entry.objects.all())
    assert "Турчин" not in said
    assert EntryDetail.objects.count() == 0


def test_another_centre_neither_sees_nor_writes(larisa: Person, centre: Centre) -> None:
    person = write(centre, larisa, "Турчин П. С.")
    other = a_centre("Б", region=a_region("XB-YAR"))
    neighbour = a_consultant("neighbour", centre=other)

    assert list(asked_for(other, ContactFilter(q="турчин"))) == []
    with pytest.raises(PermissionDenied):
        actions.change_contact(person, {"name": "Иной"}, actor=neighbour, now=NOON)
    with pytest.raises(PermissionDenied):
        write(centre, neighbour, "Чужой")


def test_through_pages_in_russian(larisa: Person, centre: Centre, client: Client) -> None:
    town = a_municipality("Рудный Лог")
    client.force_login(larisa)
    typed = {
        "name": "Турчин Пётр Сергеевич",
        "email": "turchin",
        "municipality": str(town.key),
        "told_by": "из письма министерства",
        "title": "Министр",
        "kind": "authority",
        "rank": "1",
        "since": "2026-05-02",
        "until": "2026-05-01",
    }

    refused = client.post("/contacts/new/", typed)
    assert refused.status_code == 422
    assert "Турчин Пётр Сергеевич" in refused.content.decode()
    again = client.post("/contacts/new/", typed | {"email": "t@example.org"})
    assert again.status_code == 422
    assert "Срок заканчивается раньше, чем начинается" in again.content.decode()
    assert Contact.objects.count() == 0
    done = client.post("/contacts/new/", typed | {"email": "t@example.org", "until": ""})
    assert done.status_code == 302

    person = Contact.objects.get()
    assert (person.municipality, person.region, person.is_confirmed) == (town, town.region, False)
    client.post("/contact-lists/", {"name": "Гости"})
    listing = ContactList.objects.get()
    who = f"{person.key}:{person.posts.get().key}"
    client.post(f"/contact-lists/{listing.key}/put/", {"who": who})
    page = client.get(f"/contact-lists/{listing.key}/").content.decode()
    assert "Министр" in page
    book = load_workbook(BytesIO(client.get(f"/contact-lists/{listing.key}/export.xlsx").content))
    assert [cell.value for cell in book.active[2]][:3] == [1, "Турчин Пётр Сергеевич", "Министр"]
    assert json.dumps("Турчин") not in client.get("/organisations/?q=турчин").content.decode()


def test_a_button_moves_one_step_whatever_stands_in_the_field(
    larisa: Person, centre: Centre, client: Client
) -> None:
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    people = [write(centre, larisa, name) for name in ("Первый", "Второй", "Третий")]
    for one in people:
        actions.put_on_list(listing, one, None, actor=larisa, now=NOON)
    client.force_login(larisa)
    client.cookies["django_language"] = "en"

    page = client.get(f"/contact-lists/{listing.key}/").text
    steps = re.findall(r'name="step" value="(\d)"[^>]*>(\w+)<', page)
    move = f"/contact-lists/{listing.key}/{people[2].key}/move/"
    client.post(move, {"to": "3", "step": "2"})

    assert steps == [("2", "Lower"), ("1", "Higher"), ("3", "Lower"), ("2", "Higher")]
    assert [row.contact.name for row in rows_of(listing)] == ["Первый", "Третий", "Второй"]


def test_what_is_mistyped_in_the_post_is_told_above_too(larisa: Person, client: Client) -> None:
    client.force_login(larisa)

    refused = client.post("/contacts/new/", {"name": "", "title": "", "kind": "authority"})

    assert refused.status_code == 422
    assert [f'href="#{field}"' in refused.text for field in ("id_name", "id_title")] == [True, True]


@pytest.mark.parametrize("field", ["name", "email", "phone"])
def test_what_a_person_confirmed_is_confirmed_until_it_is_written_anew(
    larisa: Person, centre: Centre, field: str
) -> None:
    known = write(centre, larisa, "Турчин Пётр Сергеевич")
    actions.confirm_contact(known, actor=larisa, now=NOON)

    same = {"name": known.name, "email": "", "phone": "", "note": "Звонить утром"}
    assert actions.change_contact(known, same, actor=larisa, now=NOON).is_confirmed
    assert not actions.change_contact(
        known, same | {field: "1"}, actor=larisa, now=NOON
    ).is_confirmed


def test_lists_ask_as_often_for_three_people_as_for_one(
    larisa: Person, centre: Centre, client: Client
) -> None:
    client.force_login(larisa)
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    client.get(f"/contact-lists/{listing.key}/")
    counts = []
    for number in (1, 2, 3):
        known = write(centre, larisa, f"Турчин {number}")
        write(centre, larisa, f"Яровая {number}")
        actions.put_on_list(listing, known, known.posts.get(), actor=larisa, now=NOON)
        with CaptureQueriesContext(connection) as page:
            assert client.get(f"/contact-lists/{listing.key}/").status_code == 200
        with CaptureQueriesContext(connection) as moved:
            actions.move_on_list(listing, known.key, 1, actor=larisa, now=NOON)
        counts.append((len(page), len(moved)))

    assert len(set(counts)) == 1


def test_a_long_list_is_paged_keeps_its_numbers_and_is_printed_whole(
    larisa: Person, centre: Centre, client: Client
) -> None:
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    people = [write(centre, larisa, f"Гость {number:02}") for number in range(1, 28)]
    for one in people:
        actions.put_on_list(listing, one, None, actor=larisa, now=NOON)
    client.force_login(larisa)
    client.cookies["django_language"] = "en"
    page = f"/contact-lists/{listing.key}/"
    second = f"{page}?after={people[24].key}"

    assert [named(client.get(page).text), named(client.get(second).text)] == [
        [f"Гость {number:02}" for number in range(1, 26)],
        ["Гость 26", "Гость 27"],
    ]
    assert re.findall(r'name="step" value="(\d+)"[^>]*>(\w+)<', client.get(second).text) == [
        ("25", "Higher"),
        ("27", "Lower"),
        ("26", "Higher"),
    ]
    assert named(client.get(f"{page}print/").text) == [one.name for one in people]
    moved = client.post(f"{page}{people[26].key}/move/", {"to": "26"})
    assert moved.headers["Location"] == second
    off = client.post(f"{page}{people[25].key}/off/")
    assert off.headers["Location"] == second


def test_of_many_contacts_a_few_are_offered_and_others_found(
    larisa: Person, centre: Centre, client: Client
) -> None:
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    for number in range(30):
        write(centre, larisa, f"Гость {number:02}")
    last = write(centre, larisa, "Яровая Тамара", "Редактор")
    client.force_login(larisa)
    page = f"/contact-lists/{listing.key}/"

    offered = re.findall(r'<option value="([^"]+)">(.+?)</option>', client.get(page).text)
    found = re.findall(r'<option value="([^"]+)">', client.get(f"{page}?q=редактору").text)
    put = client.post(f"{page}put/", {"who": found[0]})

    assert len({value.partition(":")[0] for value, _label in offered}) == OFFERED
    assert offered[0][1] == "Гость 00 — Министр, Министерство культуры"
    assert found == [f"{last.key}:{last.posts.get().key}", f"{last.key}:"]
    assert put.status_code == 302
    assert [row.contact for row in rows_of(listing)] == [last]
    assert client.post(f"{page}put/?q=редактору", {"who": "x:y"}).status_code == 422


def named(page: str) -> list[str]:
    """Names in the rows of a table."""
    return re.findall(r'<th scope="row"[^>]*>(?:<a [^>]*>)?([^<]+)<', page)


def test_what_a_colleague_removed_meanwhile_is_refused_in_words_and_removed_once(
    larisa: Person, centre: Centre
) -> None:
    person, other = write(centre, larisa, "Турчин П. С."), write(centre, larisa, "Яровая Т. И.")
    listing = actions.make_list(centre, {"name": "Гости"}, actor=larisa, now=NOON)
    by: By = {"actor": larisa, "now": NOON}
    post, lost = person.posts.get(), other.posts.get()
    for _ in range(2):
        actions.remove_post(Post(pk=lost.pk, contact=other), **by)
        actions.remove_contact(Contact(pk=person.pk, centre=centre, key=person.key), **by)

    assert actions.put_on_list(listing, other, lost, **by).post is None
    for _ in range(2):
        actions.remove_list(ContactList(pk=listing.pk, centre=centre, key=listing.key), **by)
        actions.take_off_list(listing, other.key, **by)

    told = [
        gaps_of(lambda: actions.change_contact(person, {"name": "Иной"}, **by)),
        gaps_of(lambda: actions.confirm_contact(person, **by)),
        gaps_of(lambda: actions.add_post(person, {"title": "Министр"}, **by)),
        gaps_of(lambda: actions.change_post(post, {"title": "Министр"}, **by)),
        gaps_of(lambda: actions.change_post(lost, {"title": "Министр"}, **by)),
        gaps_of(lambda: actions.move_on_list(listing, other.key, 1, **by)),
    ]
    assert told == [*["contact_gone"] * 4, "row_gone", "contact_list_gone"]
    verbs = ["contact.post_removed", "contact.removed", "contact_list.removed"]
    assert [Entry.objects.filter(verb=verb).count() for verb in verbs] == [1, 1, 1]


def gaps_of(act: Callable[[], object]) -> str:
    """Why something is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.gaps[0].code
