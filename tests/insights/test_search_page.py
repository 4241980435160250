import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.applications.models import Application
from sinergia.base.search.actions import Findable, index_rows
from sinergia.base.search.models import Indexed
from sinergia.calls.models import Call
from sinergia.insights.search.words.results import COUNTED
from sinergia.organisations.actions.contacts import enter_contact
from sinergia.organisations.actions.indexing import index_organisation
from sinergia.organisations.actions.notes import write_note
from sinergia.organisations.models import Identifier, Organisation
from sinergia.places.models import Region
from sinergia.web.commands.searching import mend_search
from tests.arrange import (
    NOON,
    a_call,
    a_centre,
    a_consultant,
    a_contest,
    a_leader,
    a_municipality,
    a_person,
    a_region,
    a_theme,
    an_administrator,
    an_application,
    an_organisation,
)
from tests.search.asking import questions

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

PERSON = "500100732259"  # an INN of twelve digits
HIT = re.compile(
    r'<a class="hit-title" href="([^"]+)">(.*?)</a>(?:\s*<p class="hit-line">(.*?)</p>)?'
)


def text_of(client: Client, typed: str, language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\u00a0", " ")


def hits(client: Client, typed: str) -> list[tuple[str, str]]:
    """Names of what is found, without marks, each with its line."""
    told = HIT.findall(text_of(client, typed))
    return [(bare(title), bare(line)) for _url, title, line in told]


def titles(client: Client, typed: str) -> list[str]:
    return [title for title, _line in hits(client, typed)]


def bare(text: str) -> str:
    return re.sub("</?mark>", "", text)


def registered(
    name: str,
    ogrn: str = "",
    inn: str = "",
    *,
    region: Region | None = None,
    is_public: bool = True,
) -> Organisation:
    organisation = an_organisation(name, region=region)
    Organisation.objects.filter(pk=organisation.pk).update(is_public=is_public)
    for scheme, value in (("RU-OGRN", ogrn), ("RU-INN", inn)):
        if value:
            Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    index_organisation(organisation)
    return organisation


def filed(number: str, title: str, *, organisation: Organisation | None = None) -> Application:
    application = an_application(number, organisation=organisation)
    Application.objects.filter(pk=application.pk).update(title=title)
    index_rows("application", [Findable(application.pk, title, number)])
    return application


def test_one_page_finds_every_room_and_says_which_of_several_it_is(client: Client) -> None:
    registered("Забота о старших", "1027700132195", "7707083893")
    filed("26-1-000007", "Забота рядом", organisation=registered("Полтора шага"))
    a_theme("Забота")
    a_municipality("Забота-городок")
    Call.objects.filter(pk=a_call().pk).update(name="Первый конкурс «Забота»")
    mend_search()

    assert hits(client, "заботы") == [
        ("Забота о старших", "OGRN 1027700132195 · INN 7707083893 · Region XA-SVB"),
        ("Забота рядом", "№ 26-1-000007 · Полтора шага · Fund fund-1, 2026 · Region XA-SVB"),
        ("Забота-городок", "Organisations of the municipality · Region XA-SVB"),
        ("Забота", "Applications of the theme · Region XA-SVB"),
        ("Первый конкурс «Забота»", "Applications to the contest · Fund fund-1 · 2026"),
    ]
    text = text_of(client, "заботы")
    assert "<mark>Забота</mark> о старших" in text
    assert "1 organisation</a>, <a" in text


def test_every_hit_opens(client: Client) -> None:
    registered("Забота о старших")
    filed("26-1-000007", "Забота рядом")
    a_theme("Забота")
    a_municipality("Забота-городок")
    Call.objects.filter(pk=a_call().pk).update(name="Первый конкурс «Забота»")
    mend_search()
    for typed in ("забота", "Светлоборская", "fund-1"):
        for url, _title, _line in HIT.findall(text_of(client, typed)):
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1027700132195", "Совет ветеранов"),
        ("7707083893", "Совет ветеранов"),
        ("102770013", "Совет ветеранов"),
        ("26-1-000007", "Домашний маршрут"),
        ("XA-SVB", "Region XA-SVB"),
        ("Светлоборская область", "Region XA-SVB"),
    ],
)
def test_a_number_or_a_name_typed_whole_is_the_first_hit(
    client: Client, typed: str, expected: str
) -> None:
    registered("Совет ветеранов", "1027700132195", "7707083893")
    registered("Отряд 26 1 000007 «Светлоборская область» XA SVB")
    filed("26-1-000007", "Домашний маршрут")
    mend_search()

    assert titles(client, typed)[0] == expected


@pytest.mark.parametrize("typed", [PERSON, PERSON[:10], PERSON[:4]])
def test_a_number_of_a_person_finds_nobody_whoever_asks(client: Client, typed: str) -> None:
    organisation = registered("ИП Орлова", "", PERSON)
    filed("7", f"Проект предпринимателя {PERSON}", organisation=organisation)
    centre = a_centre()
    write_note(
        centre, organisation, f"Её ИНН {PERSON}", met_on=None,
        actor=a_consultant("larisa", centre=centre), now=NOON,
    )  # fmt: skip
    mend_search()
    assert PERSON not in str(list(Indexed.objects.values_list("head", "lemmas")))
    for person in (None, an_administrator(), a_consultant("pavel", centre=centre)):
        if person is not None:
            client.force_login(person)

        assert titles(client, typed) == []
    told = "A number of 12 or 15 digits is a person's" in text_of(client, typed)
    assert told == (typed == PERSON)


def test_what_is_hidden_is_found_by_its_own_people_and_centre_alone(client: Client) -> None:
    here, there = a_region(), a_region("XB-YAR", "Ярогорский край")
    hidden = registered("Тайная группа", region=here, is_public=False)
    filed("7", "Дворовый праздник", organisation=hidden)
    centre, next_door = a_centre("Центр А", region=here), a_centre("Центр Б", region=there)
    people = {
        "visitor": None,
        "person": a_person("person"),
        "administrator": an_administrator(),
        "outsider": a_leader("outsider", organisation=an_organisation("Чужие")),
        "neighbour": a_consultant("neighbour", centre=next_door),
        "leader": a_leader("leader", organisation=hidden),
        "consultant": a_consultant("consultant", centre=centre),
    }
    seen, meant = set(), set()
    for role, person in people.items():
        client.logout()
        if person is not None:
            client.force_login(person)
        if "Тайная группа" in [
            title for typed in ("группа", "двор") for title in titles(client, typed)
        ]:
            seen.add(role)
        if "тайная" in text_of(client, "тайнея") or "тайная" in text_of(client, "nfqyfz"):
            meant.add(role)

    assert seen == meant == {"leader", "consultant"}


def test_an_application_does_not_name_its_hidden_organisation(client: Client) -> None:
    hidden = registered("Тайная группа", is_public=False)
    filed("7", "Дворовый праздник", organisation=hidden)

    told = [("Дворовый праздник", "№ 7 · Fund fund-1, 2026 · Region XA-SVB")]
    assert hits(client, "праздник") == told
    client.force_login(a_leader("stranger", organisation=an_organisation("Чужие")))
    assert hits(client, "праздник") == told
    client.force_login(a_leader("own", organisation=hidden))
    named = "№ 7 · Тайная группа · Fund fund-1, 2026 · Region XA-SVB"
    assert hits(client, "праздник") == [("Дворовый праздник", named)]


def test_notes_and_contacts_are_found_by_their_own_centre_alone(client: Client) -> None:
    centre = a_centre("Центр А")
    larisa = a_consultant("larisa", centre=centre)
    organisation = registered("Совет ветеранов")
    write_note(
        centre, organisation, "Ждут ремонта крыши до октября.", met_on=None, actor=larisa, now=NOON
    )
    enter_contact(
        centre,
        {"name": "Ольга Кровельщикова"},
        {"title": "Министр", "body": "Министерство ремонта", "kind": "authority"},
        actor=larisa,
        now=NOON,
    )
    neighbours_region = a_region("XB-YAR", "Ярогорский край")
    neighbour = a_consultant("neighbour", centre=a_centre("Центр Б", region=neighbours_region))
    others = [None, a_person("person"), an_administrator(), neighbour]
    for person in [*others, a_leader("leader", organisation=organisation)]:
        client.logout()
        if person is not None:
            client.force_login(person)
        assert titles(client, "ремонт") == [], person
        assert "ремонт" not in text_of(client, "htvjyn")  # another keyboard layout
    client.force_login(larisa)

    assert hits(client, "ремонт") == [
        ("Ольга Кровельщикова", "Министр, Министерство ремонта"),
        ("Совет ветеранов", "23 November 2026"),
    ]
    assert "Ждут <mark>ремонта</mark> крыши до октября." in text_of(client, "ремонт")
    assert f"/organisations/{organisation.key}/inside/notes/" in text_of(client, "ремонт")
    Organisation.objects.filter(pk=organisation.pk).update(region=neighbours_region)
    assert f'href="/organisations/{organisation.key}/"' in text_of(client, "ремонт")  # it has left
    Organisation.objects.filter(pk=organisation.pk).update(is_public=False)
    assert titles(client, "ремонт") == ["Ольга Кровельщикова"]


def test_of_many_five_are_shown_and_the_list_has_them_all(client: Client) -> None:
    for number in range(7):
        registered(f"Совет ветеранов № {number}")

    text = text_of(client, "совет")

    assert len(titles(client, "совет")) == 5
    link = '<a href="/organisations/?q=%D1%81%D0%BE%D0%B2%D0%B5%D1%82">In the list: 7 organisations'
    assert link in text
    assert "7 organisations found" in unescape(
        client.get("/organisations/", {"q": "совет"}).content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cjdtn", "совет"), ("совит", "совет"), ("совет ветиранов", "совет ветеранов")],
)
def test_where_nothing_is_found_a_near_word_is_offered(
    client: Client, typed: str, meant: str
) -> None:
    registered("Совет ветеранов")

    text = text_of(client, typed)

    link = re.search(r'<a class="button[^"]*" href="(/search/[^"]+)"[^>]*>([^<]+)</a>', text)
    assert link is not None
    assert link[2].strip() == f"Search for “{meant}”"
    assert "Совет ветеранов" in bare(unescape(client.get(link[1]).content.decode()))


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "%s %%", "'; --", "\x00"])
def test_what_was_typed_is_shown_as_text(client: Client, typed: str) -> None:
    response = client.get("/search/", {"q": typed})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20", "?q=%00", "?other=1"])
def test_without_words_the_page_says_what_is_searched(
    client: Client, query: str, language: str
) -> None:
    client.cookies["django_language"] = language

    response = client.get(f"/search/{query}")

    assert response.status_code == 200
    assert b"<h2>" in response.content
    assert b'class="hits"' not in response.content


def test_a_box_on_every_page_leads_to_the_search_page(client: Client) -> None:
    home, search = (client.get(url).content.decode() for url in ("/", "/search/?q=совет"))

    assert re.findall(r'<form class="search[^>]+action="([^"]+)" method="get"', home) == [
        "/search/"
    ]
    assert re.findall(r'<input type="search" name="q" id="([^"]+)" value="([^"]*)"', search) == [
        ("search-words", "совет")
    ]
    assert "<title>“совет” — search" in text_of(client, "совет")


def test_a_search_of_everything_asks_twelve_times_at_most(client: Client) -> None:
    centre = a_centre("Забота: центр")
    larisa = a_consultant("larisa", centre=centre)
    index_organisation(centre.organisation)
    filed("26-1-000007", "Забота рядом")
    a_theme("Забота")
    a_municipality("Забота-городок")
    Call.objects.filter(pk=a_call().pk).update(name="Первый конкурс «Забота»")
    write_note(centre, centre.organisation, "Забота нужна", met_on=None, actor=larisa, now=NOON)
    enter_contact(
        centre, {"name": "Забота Ивановна"}, {"title": "Мэр", "kind": "authority"},
        actor=larisa, now=NOON,
    )  # fmt: skip
    Region.objects.update(name_en="Zabota", name_ru="Забота")
    mend_search()
    client.force_login(larisa)

    with CaptureQueriesContext(connection) as one:
        assert len(titles(client, "забота")) == 8
    for number in range(3):
        registered(f"Забота {number}")
        filed(f"{number}", f"Забота {number}")
    with CaptureQueriesContext(connection) as three:
        text_of(client, "забота")

    assert questions(three) == questions(one) <= 12


def test_a_search_that_finds_nothing_asks_twelve_times_at_most(client: Client) -> None:
    larisa = a_consultant("larisa", centre=a_centre("Центр"))
    registered("Совет ветеранов")
    client.force_login(larisa)

    with CaptureQueriesContext(connection) as captured:
        assert "совет ветеранов" in text_of(client, "савет ветиранов")

    assert questions(captured) <= 12


def test_beyond_a_thousand_the_page_says_more_than_and_counts_what_may_be_seen(
    client: Client,
) -> None:
    region = a_region()
    made = Organisation.objects.bulk_create(
        Organisation(name="Совет", name_folded="совет", region=region, made_at=NOON)
        for _ in range(COUNTED + 1)
    )
    index_rows("organisation", [Findable(one.pk, one.name) for one in made], is_new=True)

    text = text_of(client, "совет")

    assert "more than 500 organisations</a>" in text


def test_a_contest_that_is_held_here_opens_its_own_page(client: Client) -> None:
    contest = a_contest(centre=a_centre())
    mend_search()

    urls = [url for url, _title, _line in HIT.findall(text_of(client, "Инициативы"))]

    assert urls == [f"/calls/{contest.call.key}/"]
    assert client.get(urls[0]).status_code == 200
