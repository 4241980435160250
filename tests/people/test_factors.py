"""Second proofs: who must give one, by what, what is open before it, and what is lost."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.people.actions import (
    command_person,
    invent_person,
    make_administrator,
    release_second_factor,
    require_second_factor,
)
from sinergia.people.actions.factors import remove_factors
from sinergia.people.http import MailProof
from sinergia.people.models import Person
from sinergia.people.queries import factors_of
from sinergia.people.words import Written
from tests.arrange import NOON, a_person, an_administrator, sign_in_twice
from tests.people.arrange_accounts import (
    SECRET,
    app_code,
    by_password,
    code_in_letter,
    letters,
    somebody,
)

pytestmark = pytest.mark.django_db
AfterCommit = Callable[..., AbstractContextManager[object]]
OWED = "/account/second-factor/"


@pytest.mark.both
def test_it_is_asked_and_released_once_each_and_journalled() -> None:
    vera, olga = a_person("vera"), an_administrator()

    for _ in range(2):
        require_second_factor(vera, actor=olga, now=NOON)
    asked = Person.objects.get(pk=vera.pk).must_use_mfa
    for _ in range(2):
        release_second_factor(vera, actor=olga, now=NOON)

    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert (asked, Person.objects.get(pk=vera.pk).must_use_mfa) == (True, False)
    assert verbs == ["person.second_factor_required", "person.second_factor_released"]


@pytest.mark.both
def test_an_administrator_must_give_one() -> None:
    olga = make_administrator("olga@example.org", actor=command_person(NOON), now=NOON)

    assert olga.must_use_mfa


def test_a_password_and_a_code_from_e_mail_let_in_whoever_decides(client: Client) -> None:
    somebody(must_use_mfa=True)

    led = by_password(client, to="/account/")
    closed = client.get("/account/")
    entered = client.post(led, {"code": code_in_letter(), "next": "/account/"})

    assert led.startswith("/sign-in/code/confirm/")
    assert closed["Location"] == "/sign-in/?next=/account/"
    assert (entered.status_code, entered["Location"]) == (302, "/account/")
    assert client.get("/account/").status_code == 200


def test_a_code_alone_does_not_and_is_not_asked_twice(client: Client) -> None:
    somebody(must_use_mfa=True)

    client.post("/sign-in/code/", {"email": "vera@example.org"})
    client.post("/sign-in/code/confirm/", {"code": code_in_letter()})
    stopped = client.get("/account/sessions/")

    assert len([one for one in letters() if one.subject == "Код для входа"]) == 1
    assert stopped["Location"] == OWED
    assert client.get(OWED).status_code == 200


@pytest.mark.parametrize(
    ("known_by", "offered"),
    [("password", ["/account/confirm/mail/"]), ("code", ["/account/confirm/"])],
)
def test_only_what_the_session_does_not_know_yet_is_asked_for_beside_it(
    known_by: str, offered: list[str], client: Client
) -> None:
    vera = somebody()
    if known_by == "password":
        by_password(client)
    else:
        client.post("/sign-in/code/", {"email": vera.email})
        client.post("/sign-in/code/confirm/", {"code": code_in_letter()})
    require_second_factor(vera, actor=an_administrator(), now=timezone.now())

    page = client.get(OWED).text

    ways = [reverse("people:confirm_by_mail"), reverse("account_reauthenticate")]
    assert [way for way in ways if f'href="{way}?' in page] == offered


def test_before_it_public_pages_are_a_visitors_and_the_head_says_what_is_owed(
    client: Client,
) -> None:
    olga = an_administrator()
    olga.must_use_mfa = True
    olga.save()
    client.force_login(olga)

    page = client.get("/organisations/")
    shown = page.content.decode()

    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Завершить вход" in shown
    assert "/people/" not in shown
    assert client.get("/people/")["Location"] == OWED
    assert client.post("/sign-out/").status_code == 302


@pytest.mark.django_db(transaction=True)  # the proof is written down after the commit
def test_one_is_led_back_to_the_page_that_was_stopped(client: Client) -> None:
    somebody(must_use_mfa=True)
    client.post("/sign-in/code/", {"email": "vera@example.org"})
    client.post("/sign-in/code/confirm/", {"code": code_in_letter()})
    client.get("/account/consents/?x=1")

    again = client.get("/account/second-factor/app/")["Location"]
    client.post(again, {"password": "password of vera"})
    client.get("/account/second-factor/app/")
    secret = client.session["mfa.totp.secret"]
    client.post("/account/second-factor/app/", {"code": app_code(secret)})
    page = client.get(OWED).content.decode()

    assert 'href="/account/consents/?x=1"' in page
    assert client.get("/account/consents/?x=1").status_code == 200
    assert any("вторая проверка" in str(letter.subject) for letter in letters())


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(
    client: Client, django_capture_on_commit_callbacks: AfterCommit
) -> None:
    vera = somebody()
    by_password(client)
    asked = client.get("/account/second-factor/app/")
    client.post(asked["Location"], {"password": "password of vera"})
    page = client.get("/account/second-factor/app/").content.decode()
    secret = client.session["mfa.totp.secret"]

    wrong = client.post("/account/second-factor/app/", {"code": "000000"})
    with django_capture_on_commit_callbacks(execute=True):
        right = client.post("/account/second-factor/app/", {"code": app_code(secret)})
    client.post("/sign-out/")
    led = by_password(client)
    entered = client.post(led, {"code": app_code(secret)})

    assert '<svg class="square-code"' in page
    assert "data:" not in page
    assert (wrong.status_code, right["Location"]) == (422, "/account/second-factor/spare/")
    assert (led, entered["Location"]) == ("/sign-in/second/", "/")
    assert factors_of(vera).is_set_up
    assert [e.verb for e in Entry.objects.filter(verb__startswith="person.factor")] == [
        "person.factor_added"
    ]


def test_a_code_by_e_mail_needs_the_app_too_where_there_is_one(client: Client) -> None:
    somebody(must_use_mfa=True, has_app=True)

    client.post("/sign-in/code/", {"email": "vera@example.org"})
    led = client.post("/sign-in/code/confirm/", {"code": code_in_letter()})
    entered = client.post(led["Location"], {"code": app_code()})

    assert led["Location"] == "/sign-in/second/"
    assert entered.status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.django_db(transaction=True)  # the proof is written down after the commit
def test_a_spare_code_lets_in_once(client: Client) -> None:
    vera = somebody()
    by_password(client)
    client.post(
        client.get("/account/second-factor/app/")["Location"], {"password": "password of vera"}
    )
    client.get("/account/second-factor/app/")
    code = app_code(client.session["mfa.totp.secret"])
    client.post("/account/second-factor/app/", {"code": code})
    spare = re.findall(r"<code>(\d{8})</code>", client.get("/account/second-factor/spare/").text)
    client.post("/sign-out/")

    once = client.post(by_password(client), {"code": spare[0]})
    client.post("/sign-out/")
    twice = client.post(by_password(client), {"code": spare[0]})

    assert len(spare) == 10
    assert (once.status_code, twice.status_code) == (302, 422)
    left = factors_of(vera).spare
    assert left is not None
    assert left.left == 9


def test_a_role_given_in_mid_session_asks_for_the_second_proof_at_once(client: Client) -> None:
    vera = somebody()
    by_password(client)
    before = client.get("/account/").status_code

    require_second_factor(vera, actor=an_administrator(), now=timezone.now())
    after = client.get("/account/")
    client.get("/account/confirm/mail/")
    client.post("/account/confirm/mail/")
    proven = client.post("/account/confirm/mail/", {"code": code_in_letter()})

    assert (before, after["Location"]) == (200, OWED)
    assert proven.status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_code_by_e_mail_is_no_proof_where_there_is_an_app(client: Client) -> None:
    vera = somebody(has_app=True)
    client.force_login(vera)
    sent = len(letters())

    asked = client.get("/account/confirm/mail/?next=/account/second-factor/app/")
    led = client.post("/account/confirm/mail/")
    code = MailProof.begin(session := client.session, now=timezone.now())
    session.save()
    typed = client.post("/account/confirm/mail/", {"code": code})
    closed = client.get("/account/second-factor/app/remove/")

    to_app = "/account/confirm/code/?next="
    assert asked["Location"] == f"{to_app}%2Faccount%2Fsecond-factor%2Fapp%2F"
    assert (led["Location"], typed["Location"]) == (f"{to_app}%2Faccount%2F",) * 2
    assert (closed.status_code, len(letters())) == (302, sent)
    assert "code" not in str(client.session.get("account_authentication_methods"))


def test_a_password_and_a_code_do_no_longer_once_there_is_an_app(client: Client) -> None:
    vera = somebody(must_use_mfa=True)
    led = by_password(client, to="/account/")
    client.post(led, {"code": code_in_letter(), "next": "/account/"})
    before = client.get("/account/").status_code

    Authenticator.objects.create(user=vera, type="totp", data={"secret": SECRET})

    assert (before, client.get("/account/")["Location"]) == (200, OWED)


def test_a_proof_by_e_mail_takes_three_attempts_and_a_quarter_of_an_hour(client: Client) -> None:
    vera = somebody()
    vera.set_unusable_password()
    vera.save()
    client.force_login(vera)
    asked = client.get("/account/second-factor/app/")["Location"]

    client.post(asked)
    code = code_in_letter()
    wrong = [client.post(asked, {"code": "0000-0000"}).status_code for _ in range(3)]
    late = client.post(asked, {"code": code}).status_code
    client.post(asked)
    right = client.post(asked, {"code": code_in_letter()})

    assert asked == "/account/confirm/mail/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
    assert (wrong, late) == ([422, 422, 422], 422)
    assert right["Location"] == "/account/second-factor/app/"
    assert client.get(right["Location"]).status_code == 200


def test_whoever_decides_stays_in_for_twelve_hours_others_for_a_fortnight(client: Client) -> None:
    vera = somebody(has_app=True, must_use_mfa=True)
    sign_in_twice(client, vera)
    client.get("/account/")
    boris = Client()
    somebody("boris")
    by_password(boris, "boris")
    boris.get("/account/")

    assert client.session.get_expiry_age() == timedelta(hours=12).total_seconds()
    assert boris.session.get_expiry_age() == timedelta(days=14).total_seconds()


def test_people_of_the_demo_are_entered_as_without_a_second_proof(
    client: Client, settings: object
) -> None:
    settings.IS_DEMO = True  # type: ignore[attr-defined]  # the fixture's own way
    me = command_person(NOON)
    olga = invent_person("o@example.org", "Ольга", is_administrator=True, actor=me, now=NOON)
    require_second_factor(olga, actor=me, now=NOON)

    client.post(f"/demo/enter/{olga.key}/")

    assert client.get("/people/").status_code == 200
    settings.IS_DEMO = False  # type: ignore[attr-defined]  # the fixture's own way
    assert client.get("/people/")["Location"] == OWED


@pytest.mark.both
def test_an_administrator_frees_somebody_who_lost_everything_on_a_ground() -> None:
    vera, olga = somebody(has_app=True), an_administrator()
    told = Written("Taken", "Every one", "en")

    taken = remove_factors(vera, ground="с паспортом, 3.12", letter=told, actor=olga, now=NOON)
    again = remove_factors(vera, ground="ещё раз", letter=told, actor=olga, now=NOON)
    with pytest.raises(PermissionDenied):
        remove_factors(vera, ground="сама", letter=told, actor=vera, now=NOON)

    entry = Entry.objects.get(verb="person.factors_removed")
    assert (taken, again, Authenticator.objects.count()) == (1, 0, 0)
    assert "паспорт" not in bytes(entry.content).decode()
    assert "паспорт" in bytes(entry.detail.content).decode()


@pytest.mark.parametrize("has_app", [True, False])
def test_the_owner_is_signed_out_and_told_whatever_there_was_to_remove(
    client: Client, has_app: bool
) -> None:
    vera, olga, theirs = somebody(), an_administrator(), Client()
    by_password(theirs)
    if has_app:
        Authenticator.objects.create(user=vera, type="totp", data={"secret": SECRET})
    client.force_login(olga)
    lost = f"/people/{vera.key}/lost/"

    asked = client.get(lost)["Location"]
    client.post(asked, {"password": "password of olga"})
    done = client.post(lost, {"ground": "с паспортом, 3.12"})

    ended = Entry.objects.get(verb="person.sessions_ended")
    (letter,) = [one for one in letters() if one.to == [vera.email]]
    assert (done.status_code, theirs.get("/account/").status_code) == (302, 302)
    assert ended.actor_key == olga.key
    assert letter.subject == "У вашей учётной записи отключена вторая проверка"


def test_sessions_are_listed_and_ended_one_by_one_or_all_others(client: Client) -> None:
    somebody()
    others = [
        Client(HTTP_USER_AGENT=f"Mozilla/5.0 ({system}) Firefox/{n}.0")
        for n, system in enumerate(("Windows NT 10.0", "Android 14", "Linux"))
    ]
    for other in (*others, client):
        by_password(other)

    page = client.get("/account/sessions/").text
    names = re.findall(r"/account/sessions/([0-9a-f]{32})/end/", page)
    client.post(f"/account/sessions/{names[0]}/end/")
    one_less = sum(other.get("/account/").status_code == 200 for other in others)
    client.post("/account/sessions/end-others/")
    none = sum(other.get("/account/").status_code == 200 for other in others)

    assert all(told in page for told in ("Firefox, Windows", "Firefox, Android", "это устройство"))
    assert (len(names), one_less, none) == (3, 2, 0)
    assert client.get("/account/").status_code == 200


def test_nobody_ends_a_strangers_session(client: Client) -> None:
    somebody("vera")
    somebody("boris")
    vera = Client()
    by_password(vera)
    by_password(client, "boris")
    other = Client()
    by_password(other)
    name = re.findall(
        r"/account/sessions/([0-9a-f]{32})/end/", vera.get("/account/sessions/").text
    )[0]

    assert client.post(f"/account/sessions/{name}/end/").status_code == 404
    assert other.get("/account/").status_code == 200
