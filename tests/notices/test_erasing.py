"""What messages hold about a person is shown to them, and can be forgotten whole."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from sinergia.notices import actions, tasks
from sinergia.notices.actions.links import take_letters_again
from sinergia.notices.actions.notices import open_digest
from sinergia.notices.models import Choice, Digest, Mailing, Notice, Recipient, Silence
from sinergia.notices.queries import held_about
from sinergia.notices.queries.links import is_silent
from sinergia.people.queries.held import addresses_of
from tests.arrange import NOON, a_notice, a_person
from tests.notices.test_mailings import a_draft, states, to

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(days=366)


def everything_held() -> str:
    """Every value of every row of messages, as text."""
    rows: list[models.Model] = []
    for model in apps.get_app_config("notices").get_models():
        rows += model._default_manager.all()
    return "\n".join(repr(sorted(vars(row).items(), key=lambda item: item[0])) for row in rows)


def test_what_is_held_is_shown_and_erased_whole() -> None:
    anna, boris = a_person(), a_person("boris")
    actions.choose(anna, {"email": "digest", "time_zone": "Asia/Omsk"}, now=NOON)
    a_notice(anna, "Для Анны Петровой")
    open_digest(anna, NOON.date(), now=NOON)
    Silence.objects.create(address="anna@example.org", since=NOON)
    mailing = a_draft(
        to("Петрова Анна", "ANNA@example.org", person_id=anna.pk),
        to("Other", "boris@example.org"),
        author=boris,
    )
    row = Recipient.objects.get(name="Петрова Анна")
    actions.note_phoned(row.key, "Анна придёт", actor=boris, now=NOON)
    a_notice(boris, "Для Бориса")

    rows = held_about(anna, addresses_of(anna))
    held = [(one.kind, one.text) for one in rows]
    (message,) = (one.notice for one in rows if one.notice)
    erased = actions.erase_personal_data_of(anna, now=NOON)

    assert message.values["subject"] == "Для Анны Петровой"
    assert held == [
        ("choice", "Срочные сразу, остальные — одним письмом в день; Омск, UTC+6"),
        ("notice", ""),
        ("digest", "2026-11-23"),
        ("recipient", "Meeting; Петрова Анна; ANNA@example.org; Анна придёт"),
        ("silence", "anna@example.org"),
    ]
    # That they want no more messages is still known of whoever has the address.
    assert (erased, [one.kind for one in held_about(anna, addresses_of(anna))]) == (5, ["silence"])
    left = everything_held()
    for word in ("Анн", "Петров", "anna", "ANNA"):
        assert word not in left
    assert "Для Бориса" in left
    assert Recipient.objects.filter(mailing=mailing).count() == 2


def test_what_went_to_another_address_of_theirs_is_shown_and_erased_too() -> None:
    anna, boris = a_person(), a_person("boris")
    EmailAddress.objects.create(user=anna, email="Petrova@example.org", verified=True)
    Silence.objects.create(address="petrova@example.org", since=NOON)
    a_draft(to("Петрова Анна", "petrova@example.org"), author=boris)
    Mailing.objects.update(reply_to="petrova@example.org")

    held = [one.kind for one in held_about(anna, addresses_of(anna))]
    erased = actions.erase_personal_data_of(anna, now=NOON)

    assert (held, erased) == (["recipient", "silence"], 2)
    left = everything_held()
    for word in ("Анн", "petrova"):
        assert word not in left
    assert is_silent("petrova@example.org")


def test_whoever_wanted_no_more_messages_gets_none_after_they_are_erased() -> None:
    anna, boris = a_person(), a_person("boris")
    for _ in range(2):  # they come back, say it again, and are erased again
        Silence.objects.create(address="anna@example.org", since=NOON)
        actions.erase_personal_data_of(anna, now=NOON)

    mailing = a_draft(to("One", "Anna@example.org"), to("Two", "boris@example.org"), author=boris)

    assert (Silence.objects.count(), is_silent("ANNA@example.org")) == (1, True)
    assert states(mailing) == [("One", "withheld"), ("Two", "waiting")]
    take_letters_again(Recipient.objects.get(name="One"), now=NOON)
    assert Silence.objects.count() == 0


def test_after_a_year_messages_and_who_was_written_to_are_forgotten() -> None:
    anna = a_person()
    old = a_draft(to("One", "one@example.org", person_id=anna.pk), author=anna)
    actions.note_phoned(Recipient.objects.get().key, "will come", actor=anna, now=NOON)
    a_notice(anna, "Старое")
    open_digest(anna, NOON.date(), now=NOON)
    a_notice(anna, "Новое", made_at=LATER)

    actions.tidy_messages(now=LATER)

    row = Recipient.objects.get(mailing=old)
    assert [one.values["subject"] for one in Notice.objects.all()] == ["Новое"]
    assert (Digest.objects.count(), Choice.objects.count()) == (0, 0)
    assert (row.name, row.address, row.address_folded, row.phoned_note, row.person) == (
        "One",
        "",
        "",
        "",
        None,
    )


def test_what_is_younger_than_a_year_stays() -> None:
    anna = a_person()
    a_draft(to("One", "one@example.org"), author=anna)
    a_notice(anna)

    tasks.tidy()

    assert (Notice.objects.count(), Recipient.objects.get().address) == (1, "one@example.org")
    assert Mailing.objects.count() == 1
