"""Programmes of exchange: written, shown, put away; their places and aims."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.aims import judge_aim, move_aim, remove_aim, write_aim
from sinergia.exchange.actions.programmes import (
    add_place,
    remove_place,
    shelve_programme,
    write_programme,
)
from sinergia.exchange.forms.programmes import ProgrammeForm
from sinergia.exchange.models import Programme
from sinergia.exchange.queries.programmes import aims_of, aims_waiting, programmes_seen_by
from tests.arrange import NOON, a_centre, a_person, a_region
from tests.exchange.arrange_exchange import NAME, a_home, a_programme, queries_of, staff_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def texts(programme: Programme) -> list[str]:
    return [aim.text for aim in aims_of(programme)]


def test_a_programme_is_shown_once_both_sides_have_a_place() -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre, sides=False)
    add_place(programme, "first", a_region(), None, actor=actor, now=NOON)

    with pytest.raises(Refused, match=r"programme\.no_places"):
        shelve_programme(programme, "publish", actor=actor, now=NOON)
    second = a_region("XB-YAR", "Ярогорский край")
    add_place(programme, "second", second, None, actor=actor, now=NOON)
    for _press in range(2):
        shelve_programme(programme, "publish", actor=actor, now=NOON)

    assert [one.name for one in programmes_seen_by(None)] == [NAME]
    assert Entry.objects.filter(verb="programme.published").count() == 1


def test_a_place_stands_on_one_side_alone_and_is_added_once() -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre)

    again = add_place(programme, "first", a_region(), None, actor=actor, now=NOON)
    with pytest.raises(Refused, match=r"programme\.place_opposite"):
        add_place(programme, "second", a_region(), None, actor=actor, now=NOON)
    remove_place(programme, again.pk, actor=actor, now=NOON)
    remove_place(programme, again.pk, actor=actor, now=NOON)

    assert [one.side for one in programme.places.all()] == ["second"]


def test_what_everybody_sees_keeps_a_place_on_each_side(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre)
    shelve_programme(programme, "publish", actor=actor, now=NOON)
    place = programme.places.get(side="first")
    client.force_login(actor)

    with pytest.raises(Refused, match=r"programme\.no_places"):
        remove_place(programme, place.pk, actor=actor, now=NOON)
    address = f"/exchange/programmes/{programme.key}/"
    told = client.post(
        f"{address}places/remove/",
        {"place": place.pk},
        headers={"accept-language": "en"},
        follow=True,
    )

    assert "Name a place on each of the two sides first" in told.text
    assert programme.places.count() == 2
    shelve_programme(programme, "hide", actor=actor, now=NOON)
    remove_place(programme, place.pk, actor=actor, now=NOON)
    assert programme.places.count() == 1


def test_what_is_put_away_is_seen_by_its_centre_and_comes_back() -> None:
    centre, other = a_home(), a_centre("Центр области")
    actor, neighbour = staff_of(centre), staff_of(other, "theirs")
    programme = a_programme(actor, centre)
    shelve_programme(programme, "publish", actor=actor, now=NOON)
    shelve_programme(programme, "put_away", actor=actor, now=NOON)

    seen = [programmes_seen_by(one).count() for one in (None, neighbour, actor)]
    shelve_programme(programme, "take_back", actor=actor, now=NOON)

    assert seen == [0, 0, 1]
    assert [programmes_seen_by(one).count() for one in (None, neighbour, actor)] == [1, 1, 1]


def test_a_neighbour_changes_nothing_of_a_programme() -> None:
    centre, other = a_home(), a_centre("Центр области")
    programme = a_programme(staff_of(centre), centre)
    neighbour = staff_of(other, "theirs")

    for act in (
        lambda: shelve_programme(programme, "publish", actor=neighbour, now=NOON),
        lambda: write_aim(programme, {"text": "Цель"}, actor=neighbour, now=NOON),
        lambda: add_place(programme, "first", a_region(), None, actor=neighbour, now=NOON),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_programme_does_not_end_before_it_begins_and_nobodys_change_is_lost() -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre)
    given: dict[str, object] = {
        "name_ru": "Иначе",
        "name_en": "",
        "about": "",
        "starts_on": date(2026, 2, 1),
        "ends_on": date(2026, 1, 1),
    }
    with pytest.raises(Refused, match=r"programme\.ends_early"):
        write_programme(centre, given, programme=programme, actor=actor, now=NOON)

    opened = {"name_ru": "Другое имя", "about": ""}
    given |= {"ends_on": None}
    with pytest.raises(Refused, match="changed_meanwhile name_ru"):
        write_programme(centre, given, programme=programme, seen=opened, actor=actor, now=NOON)


def test_aims_are_kept_in_order_and_taken_away_until_they_are_judged() -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre)
    first, second, third = (
        write_aim(programme, {"text": text}, actor=actor, now=NOON) for text in "абв"
    )
    write_aim(programme, {"text": "в"}, actor=actor, now=NOON)

    move_aim(third, -1, actor=actor, now=NOON)
    move_aim(first, -1, actor=actor, now=NOON)
    order = texts(programme)
    remove_aim(second, actor=actor, now=NOON)
    remove_aim(second, actor=actor, now=NOON)

    assert (order, texts(programme)) == (["а", "в", "б"], ["а", "в"])


def test_an_aim_is_judged_after_a_year_and_by_what_proves_it() -> None:
    centre = a_home()
    actor = staff_of(centre)
    begun = date(2025, 12, 1)
    programme = a_programme(actor, centre, starts_on=begun)
    aim = write_aim(programme, {"text": "Пять проектов"}, actor=actor, now=NOON)
    said = {"verdict": "partly", "proof": "Три проекта, реестр заявок"}
    year_later = begun + timedelta(days=365)

    with pytest.raises(Refused, match=r"aim\.too_early"):
        judge_aim(aim, said, actor=actor, now=NOON, today=year_later - timedelta(days=1))
    with pytest.raises(Refused, match=r"aim\.no_proof"):
        judge_aim(aim, said | {"proof": " "}, actor=actor, now=NOON, today=year_later)
    waited = [one.pk for one in aims_waiting(centre, today=year_later)]
    judged = judge_aim(aim, said, actor=actor, now=NOON, today=year_later)
    with pytest.raises(Refused, match=r"aim\.was_judged"):
        remove_aim(aim, actor=actor, now=NOON)

    assert (judged.verdict, judged.proof, judged.judged_by) == (
        "partly",
        "Три проекта, реестр заявок",
        actor.key,
    )
    assert waited == [aim.pk]
    assert not aims_waiting(centre, today=year_later).exists()


def test_pages_of_a_programme_from_beginning_to_judging(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    client.force_login(actor)

    begun = client.post(
        "/exchange/programmes/new/", {"name_ru": "Обмен", "starts_on": "2024-06-17"}
    )
    page = begun.headers["Location"]
    unknown = client.post(
        f"{page}places/new/", {"side": "first", "region": "XB-YAR", "municipality": "Атлантида"}
    )
    placed = client.post(f"{page}places/new/", {"side": "first", "region": "XB-YAR"})
    a_region()
    client.post(f"{page}places/new/", {"side": "second", "region": "XA-SVB"})
    client.post(f"{page}aims/new/", {"text": "Пять проектов"})
    aim = Programme.objects.get().aims.get()
    empty = client.post(f"{page}aims/{aim.key}/judge/", {"verdict": "met", "proof": ""})
    judged = client.post(f"{page}aims/{aim.key}/judge/", {"verdict": "met", "proof": "Пять заявок"})
    hidden = Client().get(page).status_code
    client.post(f"{page}publish/")
    public = Client().get(page)

    assert [one.status_code for one in (begun, unknown, placed, empty, judged)] == [
        302,
        422,
        302,
        422,
        302,
    ]
    assert (hidden, public.status_code) == (404, 200)
    assert "Пять заявок" in public.text
    assert f"{page}change/" not in public.text


@pytest.mark.parametrize("year", ["1899", "2101", "9999"])
def test_a_mistyped_year_is_refused_at_its_field(client: Client, year: str) -> None:
    centre = a_home()
    actor = staff_of(centre)
    client.force_login(actor)
    made = a_programme(actor, centre)
    day = {"starts_on": f"{year}-12-31"}

    pages = [
        client.post("/exchange/programmes/new/", {"name_ru": "Обмен"} | day),
        client.post(f"/exchange/programmes/{made.key}/change/", {"name_ru": "Обмен"} | day),
        client.post("/visits/new/", {"name": "Поездка"} | day),
    ]

    assert [one.status_code for one in pages] == [422] * 3
    told = "Проверьте год: он должен быть от 1900 до 2100."
    assert [one.context["form"].errors["starts_on"] for one in pages] == [[told]] * 3
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 12, 31)])
def test_the_first_and_the_last_year_are_taken(day: date) -> None:
    form = ProgrammeForm({"name_ru": "Обмен", "starts_on": day.isoformat()})

    assert (form.errors, form.cleaned_data["starts_on"]) == ({}, day)


def test_the_list_asks_as_often_for_three_programmes_as_for_one(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    shelve_programme(a_programme(actor, centre), "publish", actor=actor, now=NOON)
    from_one = queries_of(client, "/exchange/")
    for _time in range(2):
        shelve_programme(a_programme(actor, centre), "publish", actor=actor, now=NOON)

    assert queries_of(client, "/exchange/") == from_one


def test_who_is_nobody_begins_no_programme(client: Client) -> None:
    client.force_login(a_person("stranger"))

    assert client.get("/exchange/programmes/new/").status_code == 403
