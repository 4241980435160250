"""Accounts: the one-time link, the password, the language, the demo's way in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.periodic import promise_periodic, set_turns
from sinergia.base.journal.models import Entry
from sinergia.people.actions import (
    command_person,
    first_link_of,
    invent_person,
    make_administrator,
    set_first_password,
)
from sinergia.people.actions.consents import give_consent
from sinergia.people.models import Consent, Person
from sinergia.people.queries import accounts, owner_of_link
from tests.arrange import NOON, a_person, an_administrator

pytestmark = pytest.mark.django_db
PASSWORD = "семь раз отмерь и отрежь"
FIRST = {"name": "Ольга Зимина", "password": PASSWORD, "agrees": "on"}


@pytest.mark.both_in_full
def test_an_administrator_is_made_once_however_the_address_is_written() -> None:
    me = command_person(NOON)

    first = make_administrator("Olga@Example.org", actor=me, now=NOON)
    again = make_administrator("olga@example.ORG", actor=me, now=NOON)

    assert first == again
    assert (first.email, first.is_administrator) == ("olga@example.org", True)
    assert Entry.objects.filter(verb="person.made_administrator").count() == 1


@pytest.mark.both_in_full
def test_every_day_accounts_whose_week_is_over_unconfirmed_are_forgotten() -> None:
    now = timezone.now()
    for name, days in (("late", 8), ("later the same day", 8), ("young", 6), ("confirmed", 8)):
        person = a_person(name.replace(" ", "-"))
        Person.objects.filter(pk=person.pk).update(made_at=now - timedelta(days=days))
        if name == "confirmed":
            EmailAddress.objects.create(user=person, email=person.email, verified=True)

    set_turns(now=now)
    promise_periodic(now=now)
    run_due_errands(now=now)

    left = Person.objects.filter(machine="").order_by("pk")
    assert [person.email.partition("@")[0] for person in left] == ["young", "confirmed"]


@pytest.mark.both_in_full
def test_an_administrator_gets_in_though_they_signed_up_before_and_confirmed_nothing() -> None:
    olga = a_person("olga")
    for email, is_first in ((olga.email, False), ("o@example.org", True)):
        EmailAddress.objects.create(user=olga, email=email, primary=is_first, verified=False)

    made = make_administrator(olga.email, actor=command_person(NOON), now=NOON)

    first = EmailAddress.objects.get(user=made, primary=True)
    assert (made, first.email, first.verified) == (olga, olga.email, True)
    assert not Person.objects.get(pk=olga.pk).has_usable_password()  # whose it was, nobody knows


@pytest.mark.both_in_full
def test_nobody_else_makes_administrators() -> None:
    anna = a_person()

    with pytest.raises(PermissionDenied):
        make_administrator("anna@example.org", actor=anna, now=NOON)
    with pytest.raises(PermissionDenied):
        invent_person("x@example.org", "X", is_administrator=True, actor=anna, now=NOON)

    assert not Person.objects.get(pk=anna.pk).is_administrator


def test_limits_on_wrong_codes_are_not_thrown_away_by_filling_the_cache() -> None:
    for number in range(400):
        cache.set(f"limit-{number}", number, 900)

    assert len(cache.get_many([f"limit-{number}" for number in range(400)])) == 400


def test_a_link_sets_the_password_once(client: Client) -> None:
    olga = make_administrator("olga@example.org", actor=command_person(NOON), now=NOON)
    address = f"/first/{olga.key}/{first_link_of(olga)}/"

    opened = client.get(address)
    weak = client.post(address, FIRST | {"password": "12345"})
    saved = client.post(address, FIRST)
    used = client.post(address, FIRST | {"password": "другой длинный пароль"})
    entered = client.post("/sign-in/", {"login": "Olga@example.org", "password": PASSWORD})

    assert (opened.status_code, weak.status_code, used.status_code) == (200, 422, 404)
    assert saved["Location"] == "/"
    assert saved.wsgi_request.user == olga  # in at once; but she decides, so:
    assert client.get("/people/")["Location"] == "/account/second-factor/"
    assert entered.status_code == 302


def test_with_the_first_password_one_says_ones_name_and_agrees_to_the_account(
    client: Client,
) -> None:
    olga = make_administrator("olga@example.org", actor=command_person(NOON), now=NOON)
    address = f"/first/{olga.key}/{first_link_of(olga)}/"

    opened = client.get(address)
    unsaid = client.post(address, {"password": PASSWORD, "name": " "})
    untouched = Person.objects.get(pk=olga.pk)
    client.post(address, FIRST)

    assert opened.context["form"].initial["name"] == ""  # a part of the address is no name
    assert (unsaid.status_code, list(unsaid.context["form"].errors)) == (422, ["name", "agrees"])
    assert (untouched.name, untouched.has_usable_password()) == ("olga", False)
    olga.refresh_from_db()
    given = Consent.objects.get(person=olga)
    assert (olga.name, given.purpose, given.how) == ("Ольга Зимина", "account", "site")


def test_who_has_agreed_before_is_asked_for_the_password_alone(client: Client) -> None:
    vera = a_person("vera")
    give_consent(vera, "account", how="site", actor=vera, now=NOON)
    address = f"/first/{vera.key}/{first_link_of(vera)}/"

    asked = client.get(address).context["form"].fields
    saved = client.post(address, {"password": PASSWORD})

    assert (list(asked), saved.status_code) == (["password"], 302)
    assert (Consent.objects.count(), Person.objects.get(pk=vera.pk).name) == (1, "vera")


def test_a_link_is_good_for_an_hour(settings: object) -> None:
    olga = an_administrator()
    token = first_link_of(olga)

    assert owner_of_link(olga.key, token) == olga
    settings.PASSWORD_RESET_TIMEOUT = -1  # type: ignore[attr-defined]  # the fixture's own way
    assert owner_of_link(olga.key, token) is None
    assert owner_of_link(uuid4(), token) is None


def test_a_machine_has_no_link_and_no_password() -> None:
    me = command_person(timezone.now())

    assert owner_of_link(me.key, first_link_of(me)) is None
    assert not me.has_usable_password()


def test_a_password_leaves_an_entry_without_the_password() -> None:
    anna = a_person()

    set_first_password(anna, PASSWORD, now=NOON)

    entry = Entry.objects.get(verb="person.password_set")
    assert PASSWORD not in bytes(entry.content).decode()


def test_wrong_passwords_are_limited_and_the_account_is_not_told(client: Client) -> None:
    a_person("anna")

    known, unknown = (
        client.post("/sign-in/", {"login": f"{name}@example.org", "password": "wrong one"})
        for name in ("anna", "nobody")
    )
    for _ in range(12):
        last = client.post("/sign-in/", {"login": "anna@example.org", "password": "wrong one"})
    right = client.post("/sign-in/", {"login": "anna@example.org", "password": "password of anna"})

    assert known.status_code == unknown.status_code == last.status_code == 422
    assert "Слишком много" in last.content.decode()
    assert right.status_code == 422


def test_the_language_is_remembered_on_the_device_and_with_the_person(client: Client) -> None:
    anna = a_person()

    client.post("/language/", {"language": "en", "next": "/organisations/"})
    english = client.get("/").content.decode()
    client.force_login(anna)
    client.post("/language/", {"language": "en"})
    junk = client.post("/language/", {"language": "xx"})

    anna.refresh_from_db()
    assert '<html lang="en"' in english
    assert (anna.language, junk.status_code) == ("en", 404)


def test_one_is_never_sent_to_another_site(client: Client) -> None:
    away = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    signed = client.post("/sign-in/?next=https://evil.example/", {"login": "", "password": ""})

    assert away["Location"] == "/"
    assert "evil.example" not in signed.headers.get("Location", "")


def test_invented_people_are_entered_as_in_the_demo_alone(client: Client, settings: object) -> None:
    minister = invent_person(
        "turchin@svetloborsk.example",
        "Турчин П. С.",
        is_administrator=False,
        actor=command_person(NOON),
        now=NOON,
    )
    real = a_person("boris")

    closed = client.post(f"/demo/enter/{minister.key}/")
    settings.IS_DEMO = True  # type: ignore[attr-defined]  # the fixture's own way
    offered = client.get("/sign-in/").content.decode()
    not_real = client.post(f"/demo/enter/{real.key}/")
    entered = client.post(f"/demo/enter/{minister.key}/", {"next": "/regions/"})

    assert (closed.status_code, not_real.status_code) == (404, 404)
    assert "Турчин П. С." in offered
    assert real.name not in offered
    assert (entered.status_code, entered["Location"]) == (302, "/regions/")


def test_a_page_of_the_signed_in_stays_on_no_shared_machine(client: Client) -> None:
    visitor = client.get("/")
    client.force_login(a_person())
    person = client.get("/")

    assert "no-store" not in visitor.headers.get("Cache-Control", "")
    assert person["Cache-Control"] == "no-store"
    assert "HX-Request" in person["Vary"]


def test_a_part_asked_for_after_the_session_ended_is_not_answered_by_the_page_to_sign_in(
    client: Client,
) -> None:
    told = [client.get("/account/", headers=asked) for asked in ({}, {"HX-Request": "true"})]
    anyone = client.get("/practices/", headers={"HX-Request": "true"})

    assert [one.status_code for one in told] == [302, 401]
    assert (told[1].content, anyone.status_code) == (b"", 200)


@pytest.mark.both
def test_an_account_is_found_by_the_beginning_of_its_address_or_of_words_of_its_name() -> None:
    for address, name in (("vera", "Иванова Вера Петровна"), ("ivan", "Фёдоров Иван")):
        Person.objects.filter(pk=a_person(address).pk).update(name=name)

    def found(typed: str) -> list[str]:
        return [one.name.split()[0] for one in accounts(typed).order_by("pk")]

    assert found("иванов") == found("вера иван") == found("VER") == ["Иванова"]
    assert found("федоров") == found("ivan") == ["Фёдоров"]
    assert found("ван") == found("иванова фёдор") == []
    assert found("иван") == ["Иванова", "Фёдоров"]
