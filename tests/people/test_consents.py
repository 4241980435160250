"""Consents: one text a purpose, versions, given and withdrawn, on the site and on paper."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.people.actions.consents import give_consent, publish_text, withdraw_consent
from sinergia.people.models import Consent, ConsentText, Person
from sinergia.people.queries import agreeing, consent_in_force
from sinergia.people.queries.consents import shipped_texts, text_in_force
from tests.arrange import NOON, a_person, an_administrator

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def agree(person: Person, purpose: str = "letters", *shows: str) -> Consent:
    return give_consent(person, purpose, shows=shows, how="site", actor=person, now=NOON)


def shown_of(person: Person) -> list[str]:
    given = consent_in_force(person, "publication")
    return given.items if given is not None else []


@pytest.mark.both
def test_one_agrees_once_to_the_text_in_force() -> None:
    vera = a_person("vera")

    first, again = agree(vera), agree(vera)

    assert first == again
    assert (first.text.purpose, first.text.version, first.given_at) == ("letters", 1, NOON)
    assert [one.person for one in agreeing("letters")] == [vera]
    assert Entry.objects.filter(verb="consent.given").count() == 1


@pytest.mark.both
def test_what_is_withdrawn_stays_as_a_proof_and_may_be_given_anew() -> None:
    vera = a_person("vera")
    agree(vera)

    for _ in range(2):
        withdraw_consent(vera, "letters", actor=vera, now=NOON + timedelta(days=1))
    withdrawn = consent_in_force(vera, "letters")
    agree(vera)

    assert withdrawn is None
    assert Consent.objects.filter(person=vera).count() == 2
    assert Entry.objects.filter(verb="consent.withdrawn").count() == 1


@pytest.mark.both
def test_a_publication_shows_what_was_chosen_and_nothing_else() -> None:
    vera = a_person("vera")

    agree(vera, "publication", "name")
    name_alone = shown_of(vera)
    agree(vera, "publication", "name", "post")
    both = shown_of(vera)
    withdraw_consent(vera, "publication", actor=vera, now=NOON)

    assert (name_alone, both, shown_of(vera)) == (["name"], ["name", "post"], [])
    with pytest.raises(Refused, match=r"consent\.nothing_chosen"):
        agree(vera, "publication")
    with pytest.raises(Refused, match=r"consent\.nothing_chosen"):
        agree(vera, "letters", "name")


@pytest.mark.both
def test_the_consent_to_an_account_is_withdrawn_by_erasing_alone() -> None:
    vera = a_person("vera")
    agree(vera, "account")

    with pytest.raises(Refused, match=r"consent\.account"):
        withdraw_consent(vera, "account", actor=vera, now=NOON)


@pytest.mark.both
def test_on_paper_an_administrator_enters_it_and_nobody_else() -> None:
    vera, boris, olga = a_person("vera"), a_person("boris"), an_administrator()

    given = give_consent(vera, "letters", how="paper", actor=olga, now=NOON)
    for how in ("paper", "site"):
        with pytest.raises(PermissionDenied):
            give_consent(vera, "letters", how=how, actor=boris, now=NOON)
    with pytest.raises(PermissionDenied):
        give_consent(vera, "letters", how="site", actor=olga, now=NOON)
    with pytest.raises(PermissionDenied):
        withdraw_consent(vera, "letters", actor=boris, now=NOON)

    assert (given.how, given.entered_by) == ("paper", olga)


@pytest.mark.both
def test_a_new_version_is_agreed_to_anew_and_the_old_one_stays_worded() -> None:
    vera, olga = a_person("vera"), an_administrator()
    old = agree(vera)
    shipped = old.text.text_ru

    made = publish_text(
        "letters", text_ru="Новый", text_en="New", from_on=TODAY, actor=olga, now=NOON
    )
    new = agree(vera)

    old.refresh_from_db()
    assert (made.version, text_in_force("letters", on=TODAY)) == (2, made)
    assert (new.text, old.withdrawn_at, old.text.text_ru) == (made, NOON, shipped)
    with pytest.raises(PermissionDenied):
        publish_text("letters", text_ru="x", text_en="x", from_on=TODAY, actor=vera, now=NOON)
    earlier = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match=r"consent\.from_past"):
        publish_text("letters", text_ru="x", text_en="x", from_on=earlier, actor=olga, now=NOON)


def test_a_version_of_a_mistyped_year_is_passed_by() -> None:
    olga = an_administrator()
    for day in (TODAY + timedelta(days=36_525), TODAY):
        publish_text("letters", text_ru="x", text_en="x", from_on=day, actor=olga, now=NOON)

    assert text_in_force("letters", on=TODAY).version == 3
    assert text_in_force("letters", on=TODAY + timedelta(days=36_526)).version == 3


def test_a_version_from_tomorrow_is_not_yet_in_force() -> None:
    olga, tomorrow = an_administrator(), TODAY + timedelta(days=1)
    publish_text("letters", text_ru="x", text_en="x", from_on=tomorrow, actor=olga, now=NOON)

    assert text_in_force("letters", on=TODAY).version == 1
    assert text_in_force("letters", on=tomorrow).version == 2


def test_the_program_brings_a_text_of_each_purpose_in_both_languages() -> None:
    brought = {text.purpose: (text.text_ru[:1], text.text_en[:1]) for text in shipped_texts()}

    assert brought == {
        "account": ("Я", "I"),
        "publication": ("Я", "I"),
        "letters": ("Я", "I"),
    }


@pytest.mark.both
@pytest.mark.parametrize(
    "broken", [{"shows_name": True}, {"how": "paper"}], ids=["shown", "paper by nobody"]
)
def test_the_database_keeps_what_must_hold(broken: dict[str, object]) -> None:
    given = agree(a_person("vera"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=given.pk).update(**broken)


@pytest.mark.both
def test_one_consent_a_purpose_is_in_force() -> None:
    given = agree(a_person("vera"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            person=given.person, text=given.text, purpose="letters", given_at=NOON, how="site"
        )


def test_through_pages_it_is_given_chosen_and_taken_back(client: Client) -> None:
    vera = a_person("vera")
    client.force_login(vera)
    address = "/account/consents/publication/"

    nothing = client.post(address, {"agree": "1", "seen": "1"})
    given = client.post(address, {"agree": "1", "seen": "1", "shows": ["name"]})
    after = shown_of(vera)
    taken = client.post(address, {"withdraw": "1"})
    account = client.post("/account/consents/account/", {"withdraw": "1"})

    assert (nothing.status_code, given.status_code, after) == (422, 302, ["name"])
    assert (taken.status_code, shown_of(vera)) == (302, [])
    assert account["Location"] == "/account/erase/"


def test_nobody_agrees_to_a_text_that_came_while_they_read(client: Client) -> None:
    vera, olga = a_person("vera"), an_administrator()
    client.force_login(vera)
    address = "/account/consents/letters/"
    page = client.get(address).text
    today = timezone.localdate()
    publish_text(
        "letters", text_ru="Иначе", text_en="Other", from_on=today, actor=olga, now=timezone.now()
    )

    late = client.post(address, {"agree": "1", "seen": "1"})
    again = client.post(address, {"agree": "1", "seen": "2"})

    assert 'name="seen" value="1"' in page
    assert (late.status_code, again.status_code) == (422, 302)
    assert 'name="seen" value="2"' in late.text
    assert "Иначе" in late.text
    assert Consent.objects.get().text.version == 2


def test_each_text_is_a_page_to_print(client: Client) -> None:
    for text in shipped_texts():
        page = client.get(f"/consents/{text.purpose}/")

        assert page.status_code == 200
        assert "Подпись" in page.text
        assert text.text_ru.split("\n")[0][:60] in page.text
    assert ConsentText.objects.count() == 0  # reading writes nothing
