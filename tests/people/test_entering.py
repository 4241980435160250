"""Signing up and in: by a password, by codes; what strangers learn; what letters say."""

from typing import ClassVar

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.people.models import Consent, Person
from tests.people.arrange_accounts import (
    PASSWORD,
    SIGN_UP,
    by_password,
    code_in_letter,
    letters,
    somebody,
)

pytestmark = pytest.mark.django_db


def test_one_signs_up_confirms_the_address_and_is_in(client: Client) -> None:
    sent = client.post("/sign-up/", SIGN_UP | {"next": "/regions/"})
    closed = client.get("/account/")
    confirmed = client.post("/sign-up/confirm/", {"code": code_in_letter()})

    vera = Person.objects.get(email="vera@example.org")
    given = Consent.objects.get(person=vera)
    assert (sent["Location"], closed["Location"]) == (
        "/sign-up/confirm/",
        "/sign-in/?next=/account/",
    )
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/regions/")
    assert (vera.name, vera.language, vera.must_use_mfa) == ("Вера Лебедева", "ru", False)
    assert (given.purpose, given.text.version, given.how) == ("account", 1, "site")
    assert client.get("/account/").status_code == 200


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner() -> None:
    somebody("vera")

    known, new = (
        Client().post("/sign-up/", SIGN_UP | {"email": email})
        for email in ("Vera@example.org", "nina@example.org")
    )

    said = {letter.to[0]: letter.subject for letter in letters()}
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert said == {
        "vera@example.org": "У вас уже есть учётная запись",
        "nina@example.org": "Код для подтверждения адреса",
    }
    assert Person.objects.filter(email="vera@example.org").count() == 1


class CountedHasher(MD5PasswordHasher):
    """Counts what takes the time of a sign-up."""

    algorithm = "counted"
    asked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.asked.append(password)
        return super().encode(password, salt)


@pytest.mark.parametrize("email", ["vera@example.org", "nina@example.org"])
def test_signing_up_works_as_long_for_a_known_address_as_for_a_new_one(
    email: str, client: Client, settings: object
) -> None:
    somebody("vera")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]  # type: ignore[attr-defined]  # the fixture's own way
    CountedHasher.asked.clear()

    client.post("/sign-up/", SIGN_UP | {"email": email})

    assert CountedHasher.asked == [PASSWORD]


def test_the_page_after_it_looks_the_same_too() -> None:
    somebody("vera")
    pages = []
    for email in ("vera@example.org", "wera@example.org"):
        visitor = Client()
        visitor.post("/sign-up/", SIGN_UP | {"email": email})
        shown = visitor.get("/sign-up/confirm/").content.decode()
        pages.append(shown.replace(email, "").partition("<main")[2])

    assert without_tokens(pages[0]) == without_tokens(pages[1])


@pytest.mark.parametrize("missing", ["email", "name", "agrees"])
def test_without_an_address_a_name_or_the_consent_there_is_no_account(
    client: Client, missing: str
) -> None:
    refused = client.post("/sign-up/", {k: v for k, v in SIGN_UP.items() if k != missing})

    assert refused.status_code == 422
    assert not Person.objects.filter(name=SIGN_UP["name"]).exists()
    assert f'id="id_{missing}_error"' in refused.content.decode()


def test_an_easy_password_is_refused_and_what_was_typed_stays(client: Client) -> None:
    refused = client.post("/sign-up/", SIGN_UP | {"password1": "1234567890"})

    assert refused.status_code == 422
    assert 'value="vera@example.org"' in refused.content.decode()
    assert not Person.objects.filter(email="vera@example.org").exists()


def test_without_a_password_one_signs_in_by_codes(client: Client) -> None:
    client.post("/sign-up/", SIGN_UP | {"password1": ""})
    client.post("/sign-up/confirm/", {"code": code_in_letter()})
    client.post("/sign-out/")

    asked = client.post("/sign-in/code/", {"email": "vera@example.org", "next": "/regions/"})
    entered = client.post(asked["Location"], {"code": code_in_letter(), "next": "/regions/"})

    assert not Person.objects.get(email="vera@example.org").has_usable_password()
    assert (entered.status_code, entered["Location"]) == (302, "/regions/")


def test_a_code_of_nobody_is_asked_for_alike_and_the_letter_says_so() -> None:
    somebody("vera")
    answers = [
        Client().post("/sign-in/code/", {"email": f"{name}@example.org"})
        for name in ("vera", "nobody")
    ]

    said = {letter.to[0]: letter.subject for letter in letters()}
    assert answers[0]["Location"] == answers[1]["Location"]
    assert said == {
        "vera@example.org": "Код для входа",
        "nobody@example.org": "С этим адресом учётной записи нет",
    }


def test_three_wrong_codes_end_the_attempt(client: Client) -> None:
    somebody("vera")
    client.post("/sign-in/code/", {"email": "vera@example.org"})
    code = code_in_letter()
    tries = [client.post("/sign-in/code/confirm/", {"code": "0000-0000"}) for _ in range(3)]
    late = client.post("/sign-in/code/confirm/", {"code": code})

    assert [one.status_code for one in tries] == [422, 422, 302]
    assert late["Location"].startswith("/sign-in/")
    assert client.get("/account/").status_code == 302


@pytest.mark.both
def test_whoever_signed_up_with_anothers_address_has_no_way_in_once_its_owner_comes(
    client: Client,
) -> None:
    stranger = Client()
    stranger.post("/sign-up/", SIGN_UP)

    client.post("/sign-in/code/", {"email": "vera@example.org"})
    entered = client.post("/sign-in/code/confirm/", {"code": code_in_letter()})
    told = client.get("/account/")

    typed = {"login": "vera@example.org", "password": PASSWORD}
    assert (entered.status_code, told.status_code) == (302, 200)
    assert "при регистрации" in told.content.decode() or "typed at sign-up" in told.content.decode()
    assert not Person.objects.get(email="vera@example.org").has_usable_password()
    assert stranger.post("/sign-in/", typed).status_code == 422
    assert stranger.get("/sign-up/confirm/").status_code == 302  # half-way no longer
    assert Entry.objects.filter(verb="person.password_dropped").count() == 1


@pytest.mark.both
def test_a_reset_that_confirms_the_address_ends_the_sign_up_before_it(client: Client) -> None:
    stranger = Client()
    stranger.post("/sign-up/", SIGN_UP)

    client.post("/reset/", {"email": "vera@example.org"})
    client.post("/reset/code/", {"code": code_in_letter()})
    between = Person.objects.get(email="vera@example.org").has_usable_password()
    stranger.post("/sign-up/confirm/", {"action": "change", "email": "thief@example.org"})
    done = client.post("/reset/new/", {"password1": "другой длинный пароль"})

    typed = {"login": "vera@example.org", "password": "другой длинный пароль"}
    assert (between, done["Location"]) == (False, "/reset/done/")
    assert client.post("/sign-in/", typed).status_code == 302
    assert list(Person.objects.values_list("email", flat=True)) == ["vera@example.org"]


def test_whoever_confirms_by_the_code_of_their_own_sign_up_keeps_the_password(
    client: Client,
) -> None:
    client.post("/sign-up/", SIGN_UP)
    client.post("/sign-up/confirm/", {"code": code_in_letter()})
    client.post("/sign-out/")

    client.post("/sign-in/code/", {"email": "vera@example.org"})
    client.post("/sign-in/code/confirm/", {"code": code_in_letter()})

    assert Person.objects.get(email="vera@example.org").check_password(PASSWORD)


def test_a_forgotten_password_is_set_anew_and_every_session_ends(client: Client) -> None:
    vera, elsewhere = somebody("vera"), Client()
    by_password(elsewhere)

    client.post("/reset/", {"email": vera.email})
    right = client.post("/reset/code/", {"code": code_in_letter()})
    done = client.post("/reset/new/", {"password1": PASSWORD})

    assert (right["Location"], done["Location"]) == ("/reset/new/", "/reset/done/")
    assert elsewhere.get("/account/").status_code == 302
    assert by_password(client) == ""  # the old one is worthless
    entered = client.post("/sign-in/", {"login": vera.email, "password": PASSWORD})
    assert entered.status_code == 302
    assert "Пароль вашей учётной записи изменён" in [letter.subject for letter in letters()]


def test_a_changed_password_ends_the_sessions_elsewhere_and_not_here(client: Client) -> None:
    somebody("vera")
    elsewhere = Client()
    by_password(elsewhere)
    by_password(client)

    changed = client.post(
        "/account/password/", {"oldpassword": "password of vera", "password1": PASSWORD}
    )

    assert changed.status_code == 302
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_an_address_is_changed_once_the_new_one_is_confirmed(client: Client) -> None:
    vera = somebody("vera")
    by_password(client)
    asked = client.get("/account/address/")
    client.post(asked["Location"], {"password": "password of vera"})

    client.post("/account/address/", {"email": "Vera.New@example.org", "action_add": "1"})
    vera.refresh_from_db()
    before = vera.email
    client.post("/sign-up/confirm/", {"code": code_in_letter()})

    vera.refresh_from_db()
    told = [letter.to[0] for letter in letters() if "Адрес вашей" in str(letter.subject)]
    assert asked["Location"] == "/account/confirm/?next=%2Faccount%2Faddress%2F"
    assert (before, vera.email) == ("vera@example.org", "vera.new@example.org")
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(vera.email, True)]
    assert told == ["vera@example.org"]


def test_a_taken_address_is_not_taken_again_and_not_told(client: Client) -> None:
    vera = somebody("vera")
    somebody("nina")
    by_password(client)
    client.post("/account/confirm/", {"password": "password of vera"})

    sent = client.post("/account/address/", {"email": "nina@example.org", "action_add": "1"})

    vera.refresh_from_db()
    assert (sent.status_code, vera.email) == (302, "vera@example.org")


def test_a_letter_is_in_its_readers_language_and_forgets_its_code(client: Client) -> None:
    vera = somebody("vera")
    vera.language = "en"
    vera.save()

    client.post("/sign-in/code/", {"email": vera.email})

    code = code_in_letter()
    assert mail.outbox[-1].subject == "Code to sign in"
    assert code not in str(mail.outbox[-1].subject)
    assert not Letter.objects.filter(text__contains=code).exists()


def test_leaving_wipes_what_pages_kept_on_the_device(client: Client) -> None:
    somebody("vera")
    by_password(client)

    left = client.post("/sign-out/")

    assert left["Clear-Site-Data"] == '"storage"'
    assert client.get("/account/").status_code == 302


def test_leaving_wipes_nothing_where_somebody_else_has_texts_on_the_device(client: Client) -> None:
    somebody("vera")
    by_password(client)

    left = client.post("/sign-out/", {"others": "stay"})

    assert "Clear-Site-Data" not in left
    assert client.get("/account/").status_code == 302


def test_one_is_never_sent_to_another_site_after_signing_in(client: Client) -> None:
    somebody("vera")

    assert by_password(client, to="https://evil.example/") == "/"


def test_the_limit_counts_the_visitors_address_behind_our_own_proxy(
    client: Client, settings: object
) -> None:
    settings.TRUSTED_PROXIES = 1  # type: ignore[attr-defined]  # the fixture's own way
    for attempt in range(12):
        typed = {"login": f"x{attempt}@example.org", "password": "wrong"}
        forwarded = f"10.9.8.{attempt}, 203.0.113.7"  # the left part is the visitor's own invention
        guesser = client.post("/sign-in/", typed, HTTP_X_FORWARDED_FOR=forwarded)
    somebody("vera")
    typed = {"login": "vera@example.org", "password": "password of vera"}
    other = client.post("/sign-in/", typed, HTTP_X_FORWARDED_FOR="198.51.100.4")

    assert "Слишком много" in guesser.content.decode()
    assert other.status_code == 302


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.split("\n") if "csrfmiddlewaretoken" not in line)
