import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations import models as register
from sinergia.organisations.actions import notes, numbers, telling
from sinergia.organisations.actions.counting import OLDEST_YEAR, cell_of, recount_register
from sinergia.organisations.actions.fields import map_fields
from sinergia.organisations.actions.register import change_organisation, site_key
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries import inside as queries
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_person,
    a_region,
    a_theme,
    an_organisation,
)
from tests.organisations.register_files import a_row, known_regions, load_rows, organisation

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OGRN, INN = "1027700132195", "7707083893"


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def steps(larisa: Person) -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


def test_a_change_is_written_with_what_was_and_who_and_the_old_name_is_kept(
    steps: Organisation, larisa: Person
) -> None:
    town = a_municipality("Рудный Лог")
    given = {"name": "Два шага", "site": "https://WWW.Shag.example/about", "municipality": town}

    change_organisation(steps, given, actor_key=larisa.key, now=NOON)
    change_organisation(steps, given, actor_key=larisa.key, now=NOON)  # says nothing new

    steps.refresh_from_db()
    assert (steps.name_folded, steps.site_key) == ("два шага", "shag.example")
    told = register.Change.objects.order_by("pk").values_list("field", "before", "after")
    assert list(told) == [
        ("name", "Полтора шага", "Два шага"),
        ("site", "", "https://WWW.Shag.example/about"),
        ("municipality", "", "Рудный Лог"),
    ]
    former = register.FormerName.objects.get()
    assert (former.name, former.until) == ("Полтора шага", NOON.date())
    found = Client().get("/organisations/?q=полтора").content.decode()
    assert f"/organisations/{steps.key}/" in found


@pytest.mark.parametrize(
    ("site", "key"),
    [
        ("http://www.Шаг.рф:80/a?b", "шаг.рф"),
        ("shag.example/", "shag.example"),
        (" https://shag.example ", "shag.example"),
        ("", ""),
    ],
)
def test_a_site_is_told_by_its_host(site: str, key: str) -> None:
    assert site_key(site) == key


def test_every_change_keeps_the_cube_right(steps: Organisation, larisa: Person) -> None:
    recount_register()
    changes: list[dict[str, object]] = [
        {"status": "active"},
        {"registered_on": date(2014, 6, 17)},
        {"status": "closed", "is_public": False},
        {"kind": "group"},
    ]

    for given in changes:
        change_organisation(steps, given, actor_key=larisa.key, now=NOON)

    there = register.RegisterCount.objects.get(cell=cell_of(steps).code)
    assert (there.number, there.year, there.status) == (1, OLDEST_YEAR, "closed")
    assert recount_register() == 0


def test_what_the_centre_writes_says_from_whose_words_until_its_people_confirm(
    steps: Organisation, larisa: Person, tamara: Person
) -> None:
    given = {"name": "Яровая Т. И.", "told_by": "бухгалтер, по телефону"}
    head = telling.write_head(steps, given, actor=larisa, now=NOON)
    assert (head.is_confirmed, head.told_by) == (False, "бухгалтер, по телефону")
    assert queries.inside(steps).unconfirmed == 1

    telling.confirm_told(steps, actor=tamara, now=NOON)

    head.refresh_from_db()
    assert head.is_confirmed
    mended = telling.write_head(
        steps, given | {"post": "Директор"}, actor=tamara, now=NOON, head=head
    )
    assert (mended.is_confirmed, mended.told_by) == (True, "")


def test_its_people_read_who_of_the_centre_wrote_what_is_not_confirmed(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    telling.write_head(steps, {"name": "Яровая", "told_by": "Бухгалтер"}, actor=larisa, now=NOON)
    way = {"kind": "email", "value": "a@example.org", "note": "", "is_public": False}
    telling.write_reach(steps, way, actor=larisa, now=NOON)
    telling.write_card(steps, {"about": "Мы"}, actor=larisa, now=NOON)
    client.force_login(tamara)
    client.cookies["django_language"] = "en"

    page = client.get(f"/organisations/{steps.key}/inside/").text

    told = f"Written by {larisa.name} of the centre from the words of Бухгалтер; not confirmed."
    assert told in page
    assert page.count(f"Written by {larisa.name} of the centre; not confirmed.") == 2
    Person.objects.filter(pk=larisa.pk).update(name="")  # as an erasure leaves the account
    page = client.get(f"/organisations/{steps.key}/inside/").text
    assert page.count("Written by the centre; not confirmed.") == 2


def test_a_term_that_ends_before_it_begins_is_refused(steps: Organisation, larisa: Person) -> None:
    given = {"name": "Яровая Т. И.", "since": date(2026, 5, 2), "until": date(2026, 5, 1)}

    with pytest.raises(Refused) as refused:
        telling.write_head(steps, given, actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap("term_ends_before_it_begins", "until")]
    same_day = given | {"until": date(2026, 5, 2)}
    assert telling.write_head(steps, same_day, actor=larisa, now=NOON).until == date(2026, 5, 2)


def test_one_account_is_the_main_one(steps: Organisation, tamara: Person) -> None:
    first = {"number": "40703 81000 00000 00001", "bik": "044525225"}
    second = {"number": "40703810000000000002", "bik": "044525225", "is_main": True}

    one = telling.write_account(steps, first, actor=tamara, now=NOON)
    telling.write_account(steps, second, actor=tamara, now=NOON)

    assert one.number == "40703810000000000001"
    rows = queries.accounts_of(steps).values_list("number", "is_main")
    assert list(rows) == [("40703810000000000002", True), ("40703810000000000001", False)]
    with pytest.raises(Refused) as refused:
        telling.write_account(steps, first, actor=tamara, now=NOON)
    assert refused.value.gaps == [Gap("account_twice", "number")]


def test_a_number_of_another_is_refused_and_the_two_become_suspected(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    other = an_organisation("Другие")
    register.Identifier.objects.create(organisation=other, scheme="RU-INN", value=INN)
    client.force_login(larisa)
    typed = {"scheme": "RU-INN", "value": INN}

    answer = client.post(f"/organisations/{steps.key}/inside/number/", typed)

    assert answer.status_code == 422
    assert other.name not in answer.content.decode()
    pair = register.Pair.objects.get()
    assert ({pair.first, pair.second}, pair.reasons) == ({steps, other}, "typed")
    wrong = client.post(
        f"/organisations/{steps.key}/inside/number/", typed | {"value": "7707083894"}
    )
    assert wrong.status_code == 422
    right = {"scheme": "RU-OGRN", "value": OGRN}
    assert client.post(f"/organisations/{steps.key}/inside/number/", right).status_code == 302
    assert register.Identifier.objects.get(organisation=steps).value == OGRN


def test_a_persons_number_is_never_public_nor_in_the_history(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    personal = "500100732259"
    numbers.write_number(steps, {"scheme": "RU-INN", "value": personal}, actor=larisa, now=NOON)

    assert personal not in client.get(f"/organisations/{steps.key}/").content.decode()
    assert personal not in client.get("/organisations/export.csv").getvalue().decode()
    assert f"/organisations/{steps.key}/" not in (
        client.get(f"/organisations/?q={personal}").content.decode()
    )
    assert register.Change.objects.get().after == ""
    client.force_login(tamara)
    assert personal in client.get(f"/organisations/{steps.key}/inside/").content.decode()


def test_themes_of_a_file_stay_and_those_of_another_region_are_not_taken(
    steps: Organisation, tamara: Person
) -> None:
    mine, by_file = a_theme("Забота"), a_theme("Спорт")
    foreign = a_theme("Иное", region=a_region("XB-YAR"))
    field = register.FieldOfWork.objects.create(name="Спорт", name_folded="спорт")
    register.OrganisationTheme.objects.create(organisation=steps, theme=by_file, field=field)

    telling.choose_themes(steps, [mine, foreign], actor=tamara, now=NOON)
    both = [(one.name, one.field) for one in queries.inside(steps).told.themes]
    assert both == [(mine.name, None), (by_file.name, field.pk)]
    telling.choose_themes(steps, [], actor=tamara, now=NOON)
    assert [one.name for one in queries.inside(steps).told.themes] == [by_file.name]


def test_a_theme_that_a_file_brought_is_chosen_once_it_is_ticked(larisa: Person) -> None:
    steps, sport = an_organisation(), a_theme("Спорт")
    field = register.FieldOfWork.objects.create(name="Спорт", name_folded="спорт")
    register.OrganisationField.objects.create(organisation=steps, field=field)
    map_fields(sport.region, {field.key: sport.key}, actor=larisa, now=NOON)
    assert queries.chosen_themes(steps) == set()

    telling.choose_themes(steps, [sport], actor=larisa, now=NOON)
    chosen = queries.chosen_themes(steps)
    telling.choose_themes(steps, [], actor=larisa, now=NOON)
    by_file = register.OrganisationTheme.objects.get()
    telling.choose_themes(steps, [sport], actor=larisa, now=NOON)
    map_fields(sport.region, {field.key: None}, actor=larisa, now=NOON)

    assert chosen == {sport.pk}
    assert (by_file.theme, by_file.field) == (sport, field)
    assert queries.chosen_themes(steps) == {sport.pk}


def test_notes_are_the_centres_own(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    centre = register.Centre.objects.get()
    note = notes.write_note(
        centre, steps, "Обещала позвонить", met_on=date(2026, 10, 1), actor=larisa, now=NOON
    )
    notes.note_meeting(centre, steps, date(2026, 9, 1))
    assert queries.met_on(centre, steps) == date(2026, 10, 1)

    for reader in (None, tamara, a_person("stranger")):
        if reader is not None:
            client.force_login(reader)
        for address in ("", "inside/", "inside/notes/", "inside/history/"):
            said = client.get(f"/organisations/{steps.key}/{address}").content.decode()
            assert "Обещала" not in said
    client.force_login(larisa)
    assert "Обещала" in client.get(f"/organisations/{steps.key}/inside/").content.decode()
    said = " ".join(bytes(entry.content).decode() for entry in Entry.objects.all())
    assert "Обещала" not in said
    olga = a_consultant("olga", centre=centre)
    with pytest.raises(PermissionDenied):
        notes.change_note(note, "Иное", actor=olga, now=NOON)
    head = a_consultant("head", centre=centre, role="head")
    notes.remove_note(note, actor=head, now=NOON)
    assert register.Note.objects.count() == 0


def test_a_group_shows_itself_and_a_registered_one_cannot_hide(
    steps: Organisation, tamara: Person
) -> None:
    with pytest.raises(Refused) as refused:
        telling.show_group(steps, is_public=False, actor=tamara, now=NOON)
    assert refused.value.gaps == [Gap("registered_is_public")]
    Organisation.objects.filter(pk=steps.pk).update(kind="group")

    telling.show_group(steps, is_public=False, actor=tamara, now=NOON)

    steps.refresh_from_db()
    assert not steps.is_public


def test_a_registered_one_that_asks_to_hide_is_told_why_it_cannot(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)

    answer = client.post(f"/organisations/{steps.key}/inside/show/", {}, follow=True)

    assert answer.status_code == 200
    assert "messages-error" in answer.text or "notice-bad" in answer.text
    steps.refresh_from_db()
    assert steps.is_public


def test_a_former_name_ends_on_the_day_of_its_place(steps: Organisation, larisa: Person) -> None:
    night = NOON.replace(hour=22)  # the next day has begun in Moscow
    with timezone.override("Europe/Moscow"):
        change_organisation(steps, {"name": "Два шага"}, actor_key=larisa.key, now=night)

    assert register.FormerName.objects.get().until == NOON.date() + timedelta(days=1)


def test_everybody_sees_the_heads_whose_term_runs_the_latest_first(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    today, day = timezone.localdate(), timedelta(days=1)
    telling.write_card(steps, {"shows_heads": True}, actor=tamara, now=NOON)
    for name, since, until in [
        ("Бывшая Б. Б.", None, today - day),
        ("Будущая Б. Б.", today + day, None),
        ("Последний День Д.", today - day, today),
        ("Первый День П.", today, today + day),
        ("Бессрочная Б. Б.", None, None),
    ]:
        given = {"name": name, "since": since, "until": until, "is_public": True}
        telling.write_head(steps, given, actor=tamara, now=NOON)

    page = client.get(f"/organisations/{steps.key}/").content.decode()

    shown = ["Бессрочная Б. Б.", "Первый День П.", "Последний День Д."]
    assert re.findall(r"<dd>([^<]+ [А-Я]\.)</dd>", page) == shown


def test_the_page_says_that_a_term_has_ended(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    today = timezone.localdate()
    for name, days in (("Первая", -1), ("Вторая", 30), ("Третья", 300)):
        given = {"name": name, "until": today + timedelta(days=days)}
        telling.write_head(steps, given, actor=tamara, now=NOON)
    client.force_login(tamara)

    page = client.get(f"/organisations/{steps.key}/inside/").content.decode()

    assert page.count("badge-bad") == 1
    assert page.count("badge-warn") == 1


def test_bad_input_stays_typed_and_is_told_at_its_field(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    base = f"/organisations/{steps.key}/inside"
    cases = [
        (f"{base}/heads/new/", {"name": "Яровая", "since": "2026-05-02", "until": "2026-05-01"}),
        (f"{base}/reach/new/", {"kind": "email", "value": "не адрес"}),
        (f"{base}/reach/new/", {"kind": "phone", "value": "звонить"}),
        (f"{base}/reach/new/", {"kind": "link", "value": "javascript:alert(1)"}),
        (f"{base}/accounts/new/", {"number": "4" * 30, "bik": "1"}),
        (f"{base}/details/", {"name": "   "}),
    ]

    for address, typed in cases:
        answer = client.post(address, typed)
        assert answer.status_code == 422, address
        page = answer.content.decode()
        assert "aria-invalid" in page
        assert all(value.strip() in page for value in typed.values())
    assert client.post(f"{base}/nothing/new/", {}).status_code == 404
    assert register.Reach.objects.count() + register.Head.objects.count() == 0


def test_the_page_of_a_loaded_organisation_says_from_where_and_how_long_ago(
    tmp_path: Path, client: Client
) -> None:
    centre = a_centre(region=known_regions()[0])
    larisa = a_consultant(centre=centre)
    load_rows(tmp_path, a_row(1), actor=larisa, centre=centre)
    client.force_login(larisa)
    client.cookies["django_language"] = "ru"

    assert "ministry: загружено" in client.get(f"/organisations/{organisation(1).key}/inside/").text


@pytest.mark.parametrize(("who", "most"), [("larisa", (17, 7)), ("tamara", (14, 7))])
def test_the_inner_pages_ask_as_often_for_many_rows_as_for_none(
    steps: Organisation,
    larisa: Person,
    tamara: Person,
    client: Client,
    who: str,
    most: tuple[int, int],
    django_assert_max_num_queries: object,
) -> None:
    client.force_login({"larisa": larisa, "tamara": tamara}[who])
    addresses = [f"/organisations/{steps.key}/inside/{part}" for part in ("", "places/")]

    for rows in (0, 3):
        for number in range(rows):
            telling.write_head(steps, {"name": f"Глава {number}"}, actor=tamara, now=NOON)
            place = a_municipality(f"Город {number}")
            telling.choose_places(steps, [place], actor=tamara, now=NOON)
            theme = a_theme(f"Тема {number}")
            telling.choose_themes(steps, [theme], actor=tamara, now=NOON)
        for address, number in zip(addresses, most, strict=True):
            with django_assert_max_num_queries(number):  # type: ignore[operator]  # a fixture
                assert client.get(address).status_code == 200
