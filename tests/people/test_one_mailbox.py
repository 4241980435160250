"""Whoever reads somebody's mail has one proof of them and not two, and keeps no account by it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.people.actions.factors import give_link
from sinergia.people.models import Person
from sinergia.people.words import Written
from tests.arrange import NOON, a_person, an_administrator
from tests.people.arrange_accounts import (
    PASSWORD,
    SECRET,
    app_code,
    by_password,
    code_in_letter,
    letters,
    somebody,
)

pytestmark = pytest.mark.django_db
OWED, APP = "/account/second-factor/", "/account/second-factor/app/"


def set_anew(client: Client) -> None:
    """Set another password by a code from the mailbox."""
    client.post("/reset/", {"email": "vera@example.org"})
    client.post("/reset/code/", {"code": code_in_letter()})
    client.post("/reset/new/", {"password1": PASSWORD})
    client.post("/sign-out/")
    letters()  # what was told of it goes before the next code


def enter_anew(client: Client) -> None:
    """Sign in by that password, and by a code from the same mailbox where one is asked for."""
    typed = {"login": "vera@example.org", "password": PASSWORD, "next": "/account/"}
    led = client.post("/sign-in/", typed)["Location"]
    client.post(led, {"code": code_in_letter(), "next": "/account/"})


def test_a_password_by_mail_and_a_code_by_mail_are_one_thing(client: Client) -> None:
    somebody(must_use_mfa=True)
    set_anew(client)
    enter_anew(client)

    client.cookies["django_language"] = "en"
    assert client.get("/account/sessions/")["Location"] == OWED
    assert "one proof and not two" in client.get(OWED).text
    asked = client.get(APP)["Location"]
    client.post(asked, {"password": PASSWORD})
    assert client.get(APP)["Location"] == OWED
    assert client.post(APP, {"code": app_code()})["Location"] == OWED
    assert not Authenticator.objects.exists()


def test_whoever_decides_nothing_sets_a_password_by_mail_as_ever(client: Client) -> None:
    vera = somebody()
    set_anew(client)
    client.post("/sign-in/", {"login": vera.email, "password": PASSWORD})

    assert not Person.objects.get(pk=vera.pk).password_by_mail
    assert client.get("/account/").status_code == 200


def test_an_administrator_gives_a_link_and_with_it_all_is_well(client: Client) -> None:
    vera, olga = somebody(must_use_mfa=True), an_administrator()
    set_anew(client)
    client.force_login(olga)
    page = f"/people/{vera.key}/link/"
    asked = client.get(page)["Location"]
    client.post(asked, {"password": "password of olga"})
    assert client.post(page, {"ground": ""}).status_code == 422
    shown = client.post(page, {"ground": "с паспортом, 3.12"}).context["link"]

    theirs = Client()
    theirs.post(shown, {"password": PASSWORD, "name": "Вера", "agrees": "on"})
    assert theirs.get("/account/sessions/")["Location"] == OWED
    told = [one.subject for one in letters() if one.to == [vera.email]]
    theirs.get("/account/confirm/mail/")
    theirs.post("/account/confirm/mail/")
    theirs.post("/account/confirm/mail/", {"code": code_in_letter()})

    assert theirs.get("/account/sessions/").status_code == 200
    assert any("ссылка" in one for one in told)
    entry = Entry.objects.get(verb="person.link_given")
    assert "паспорт" not in bytes(entry.content).decode()


@pytest.mark.both
def test_nobody_else_gives_a_link_and_nobody_to_themselves() -> None:
    vera, olga, told = somebody(), an_administrator(), Written("Given", "A link", "en")

    for actor, whom in ((vera, olga), (olga, olga)):
        with pytest.raises(PermissionDenied):
            give_link(whom, ground="сам", letter=told, actor=actor, now=NOON)


def test_what_guards_the_ways_in_does_not_open_to_the_password_where_there_is_an_app(
    client: Client,
) -> None:
    vera = somebody()
    by_password(client)
    Authenticator.objects.create(user=vera, type="totp", data={"secret": SECRET})
    remove = "/account/second-factor/app/remove/"

    asked = client.get(remove)["Location"]
    client.post(f"/account/confirm/?next={remove}", {"password": "password of vera"})
    still = client.get(remove)
    client.post(asked, {"code": app_code()})

    assert asked.startswith("/account/confirm/code/")
    assert still["Location"].startswith("/account/confirm/code/")
    assert client.get(remove).status_code == 200


@pytest.mark.django_db(transaction=True)  # the proof is written down after the commit
def test_the_first_factor_signs_out_everywhere_else(client: Client) -> None:
    somebody()
    thief = Client()
    by_password(thief)
    by_password(client)
    client.post(client.get(APP)["Location"], {"password": "password of vera"})
    client.get(APP)

    client.post(APP, {"code": app_code(client.session["mfa.totp.secret"])})

    assert client.get("/account/").status_code == 200
    assert thief.get("/account/").status_code == 302


def test_the_link_is_good_for_an_hour(client: Client) -> None:
    vera, olga = a_person("vera"), an_administrator()
    token = give_link(vera, ground="звонил", letter=Written("G", "L", "en"), actor=olga, now=NOON)

    assert client.get(f"/first/{vera.key}/{token}/").status_code == 200
    Person.objects.update(last_login=timezone.now() + timedelta(seconds=1))
    assert client.get(f"/first/{vera.key}/{token}/").status_code == 404


def test_a_first_password_is_not_set_by_the_mailbox_before_the_second_proof(
    client: Client,
) -> None:
    vera = somebody(must_use_mfa=True)
    vera.set_unusable_password()
    vera.save()
    client.post("/sign-in/code/", {"email": vera.email})
    client.post("/sign-in/code/confirm/", {"code": code_in_letter()})
    page = "/account/password/set/"

    asked = client.get(page)["Location"]
    client.post(asked)
    client.post(asked, {"code": code_in_letter()})

    assert client.get(page)["Location"] == OWED
