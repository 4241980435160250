"""Somebody is told: in the site at once, by e-mail as they chose, in their language."""

from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from sinergia.base.errands.actions import claim_errand, run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.notices import actions, tasks
from sinergia.notices.models import Choice, Digest, Notice
from sinergia.notices.queries.notices import unseen_count
from sinergia.people.models import Person
from tests.arrange import NOON, a_notice, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Outbox: TypeAlias = list[EmailMessage]
MOSCOW = ZoneInfo("Europe/Moscow")
MIDNIGHT = datetime(2026, 11, 24, 0, 10, tzinfo=MOSCOW)
MORNING = datetime(2026, 11, 24, 9, 1, tzinfo=MOSCOW)  # of the day after NOON


def told(person: Person, subject: str = "Заявка принята", **given: object) -> Notice:
    values: dict[str, object] = {"now": NOON, "text": "Подробности внутри."}
    return actions.tell(
        person,
        "notices.mailing",
        subject=subject,
        **(values | given),  # type: ignore[arg-type]  # values of a test
    )


def chosen(person: Person, email: str, **given: int | str) -> Choice:
    return actions.choose(person, {"email": email, **given}, now=NOON)


def a_reader(name: str = "anna", language: str = "en") -> Person:
    person = a_person(name)
    Person.objects.filter(pk=person.pk).update(language=language)
    return Person.objects.get(pk=person.pk)


def deliver(now: datetime) -> None:
    """Run what is due, and then the letters that it wrote by the clock on the wall."""
    run_due_errands(now=now)
    Errand.objects.filter(name="base.letters.send").update(run_after=now)
    run_due_errands(now=now)


def subjects(outbox: Outbox) -> list[str]:
    return [str(letter.subject) for letter in outbox]


def test_a_rollback_tells_nobody(mailoutbox: Outbox) -> None:
    anna = a_reader()
    with transaction.atomic():
        told(anna, urgent=True)
        transaction.set_rollback(True)

    deliver(MORNING)

    assert (Notice.objects.count(), Errand.objects.count(), mailoutbox) == (0, 0, [])


def test_an_urgent_message_is_mailed_at_once_even_at_night(mailoutbox: Outbox) -> None:
    anna = a_reader()

    told(anna, urgent=True, url="/organisations/", now=MIDNIGHT)
    deliver(MIDNIGHT)

    (letter,) = mailoutbox
    notice = Notice.objects.get()
    assert (letter.subject, letter.to) == ("Urgent: Заявка принята", ["anna@example.org"])
    assert f"/n/{notice.key}/" in str(letter.body)
    assert str(letter.body).count("http") == 1
    assert "List-Unsubscribe" not in letter.extra_headers
    assert (notice.is_unseen, notice.letter_key) == (True, Letter.objects.get().key)


def test_a_message_goes_in_the_language_of_its_reader(mailoutbox: Outbox) -> None:
    for name, language in (("anna", "ru"), ("ann", "en")):
        told(a_reader(name, language), "Same words", urgent=True)

    deliver(NOON)

    assert subjects(mailoutbox) == ["Срочно: Same words", "Urgent: Same words"]


def test_names_are_not_escaped_in_letters(mailoutbox: Outbox) -> None:
    told(a_reader(), "АНО «Мост & Ко» <b>", urgent=True)

    deliver(NOON)

    assert subjects(mailoutbox) == ["Urgent: АНО «Мост & Ко» <b>"]


def test_by_default_messages_of_a_day_come_in_one_letter(mailoutbox: Outbox) -> None:
    anna = a_reader()
    for number in range(3):
        told(anna, f"Первое {number}", now=NOON + timedelta(minutes=number))
    actions.see(Notice.objects.filter(values__subject="Первое 1"), now=NOON)

    deliver(NOON + timedelta(hours=3))
    assert mailoutbox == []
    deliver(MORNING)
    deliver(MORNING + timedelta(days=3))

    (letter,) = mailoutbox
    digest = Digest.objects.get()
    assert letter.subject == "2 messages wait for you"
    assert ("Первое 0" in letter.body, "Первое 1" in letter.body) == (True, False)
    assert f"/n/{digest.key}/" in str(letter.body)
    assert "List-Unsubscribe" in letter.extra_headers
    assert sorted(digest.notices.values_list("values__subject", flat=True)) == [
        "Первое 0",
        "Первое 2",
    ]


def test_nobody_gets_a_letter_of_what_they_have_looked_at(mailoutbox: Outbox) -> None:
    anna = a_reader()
    told(anna)
    actions.see_all(anna, now=NOON)

    deliver(MORNING)

    assert (mailoutbox, Digest.objects.count()) == ([], 0)


def test_what_was_mailed_at_once_is_not_repeated_in_the_daily_letter(mailoutbox: Outbox) -> None:
    anna = a_reader()
    told(anna, "Срок сегодня", urgent=True)
    told(anna, "Принято")

    deliver(NOON)
    deliver(MORNING)

    daily = mailoutbox[1]
    assert len(mailoutbox) == 2
    assert ("Принято" in daily.body, "Срок сегодня" in daily.body) == (True, False)


def test_the_next_day_has_a_letter_of_its_own(mailoutbox: Outbox) -> None:
    anna = a_reader()
    told(anna, "Первое")
    deliver(MORNING)
    told(anna, "Второе", now=MORNING + timedelta(hours=1))
    deliver(MORNING + timedelta(hours=2))
    assert len(mailoutbox) == 1

    deliver(MORNING + timedelta(days=1))

    assert ("Первое" in mailoutbox[1].body, "Второе" in mailoutbox[1].body) == (False, True)


def test_a_daily_letter_is_made_once_whatever_runs_twice(mailoutbox: Outbox) -> None:
    anna = a_reader()
    told(anna, "Первое")
    arguments = Errand.objects.get(name="notices.send_digest").arguments

    tasks.send_digest(**arguments)
    told(anna, "Второе")
    tasks.send_digest(**arguments)
    deliver(NOON)

    assert (Digest.objects.count(), Letter.objects.count(), len(mailoutbox)) == (1, 1, 1)
    assert Notice.objects.get(values__subject="Второе").mailed_at is None


def test_a_runner_that_fell_in_the_middle_of_a_daily_letter_left_nothing(
    mailoutbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = a_reader()
    told(anna)

    def fall(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sinergia.notices.tasks.one.mail_digest", fall)
        errand = claim_errand(now=MORNING)
        assert errand is not None
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            tasks.send_digest(**errand.arguments)
    assert (Digest.objects.count(), Notice.objects.get().mailed_at) == (0, None)

    deliver(MORNING + timedelta(minutes=2))

    assert (Digest.objects.count(), Letter.objects.count(), len(mailoutbox)) == (1, 1, 1)


def test_at_once_means_at_once_but_not_in_quiet_hours(mailoutbox: Outbox) -> None:
    anna = a_reader()
    chosen(anna, "at_once", quiet_from=21, quiet_to=8)
    told(anna, "Днём")
    told(anna, "Ночью", now=MIDNIGHT)

    deliver(NOON)
    assert subjects(mailoutbox) == ["Днём"]
    deliver(datetime(2026, 11, 24, 7, 59, tzinfo=MOSCOW))
    assert subjects(mailoutbox) == ["Днём"]
    deliver(datetime(2026, 11, 24, 8, 0, tzinfo=MOSCOW))

    assert subjects(mailoutbox) == ["Днём", "Ночью"]


def test_what_waited_for_the_morning_and_was_looked_at_is_not_mailed(mailoutbox: Outbox) -> None:
    anna = a_reader()
    chosen(anna, "at_once")
    told(anna, now=MIDNIGHT)
    actions.see_all(anna, now=MIDNIGHT)

    deliver(MORNING)

    assert mailoutbox == []


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("urgent", ["Urgent: Срок"]),
        ("never", []),
        ("at_once", ["Urgent: Срок", "Обычное"]),
        ("digest", ["1 message waits for you", "Urgent: Срок"]),
    ],
)
def test_each_gets_what_they_chose(email: str, expected: list[str], mailoutbox: Outbox) -> None:
    anna = a_reader()
    chosen(anna, email)
    told(anna, "Обычное")
    told(anna, "Срок", urgent=True)

    deliver(NOON)
    deliver(MORNING)

    assert sorted(subjects(mailoutbox)) == expected
    assert unseen_count(anna).number == 2


def test_a_choice_made_before_the_hour_is_respected(mailoutbox: Outbox) -> None:
    anna = a_reader()
    told(anna)
    chosen(anna, "never")

    deliver(MORNING)
    assert mailoutbox == []

    chosen(anna, "digest")
    deliver(datetime.now(tz=MOSCOW) + timedelta(days=2))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("email", "is_urgent", "expected"),
    [("never", False, 0), ("never", True, 0), ("urgent", False, 0), ("urgent", True, 1)],
)
def test_who_gives_letters_up_before_one_was_written_does_not_get_it(
    email: str, is_urgent: bool, expected: int, mailoutbox: Outbox
) -> None:
    anna = a_reader()
    chosen(anna, "at_once")
    told(anna, urgent=is_urgent)
    chosen(anna, email)

    deliver(MORNING)

    assert (len(mailoutbox), Notice.objects.filter(mailed_at=None).count()) == (
        expected,
        1 - expected,
    )


def test_what_is_told_after_the_hour_was_moved_comes_in_the_letter_of_the_next_day(
    mailoutbox: Outbox,
) -> None:
    anna = a_reader()
    told(anna, "Первое")
    deliver(MORNING)
    actions.choose(anna, {"digest_hour": 20}, now=MORNING + timedelta(hours=1))
    told(anna, "Второе", now=MORNING + timedelta(hours=2))

    deliver(MORNING + timedelta(hours=11))
    assert len(mailoutbox) == 1
    deliver(MORNING + timedelta(hours=35))

    assert ("Первое" in mailoutbox[1].body, "Второе" in mailoutbox[1].body) == (False, True)


def test_choosing_the_same_again_is_no_change() -> None:
    anna = a_reader()

    for _ in range(2):
        chosen(anna, "never", time_zone="Asia/Omsk")

    assert Choice.objects.get().time_zone == "Asia/Omsk"
    assert [entry.verb for entry in Entry.objects.all()] == ["notices.chosen"]


@pytest.mark.parametrize("changed", [{"is_active": False}, {"machine": "worker", "password": "!"}])
def test_no_letters_go_to_accounts_that_are_closed_or_machines(
    changed: dict[str, object], mailoutbox: Outbox
) -> None:
    person = a_reader()
    Person.objects.filter(pk=person.pk).update(**changed)

    told(Person.objects.get(pk=person.pk), urgent=True)
    deliver(NOON)

    assert (mailoutbox, Notice.objects.count()) == ([], 1)


def test_a_message_that_was_erased_meanwhile_is_not_mailed(mailoutbox: Outbox) -> None:
    told(a_reader(), urgent=True)
    Notice.objects.all().delete()

    deliver(NOON)

    assert (mailoutbox, Errand.objects.get().done_at is not None) == ([], True)


def test_the_bell_counts_no_further_than_it_shows() -> None:
    anna = a_reader()
    for number in range(101):
        a_notice(anna, str(number))

    assert unseen_count(anna) == (99, True)
    assert actions.see_all(anna, now=NOON) == 101
    assert unseen_count(anna) == (0, False)


def test_another_hour_moves_the_letter_that_waits() -> None:
    person, early = a_person("anna"), MORNING - timedelta(hours=2)
    wanted: dict[str, str | int] = {
        "email": "digest",
        "digest_hour": 9,
        "time_zone": "Europe/Moscow",
    }
    actions.choose(person, wanted, now=early)
    told(person, now=early)
    waiting = Errand.objects.filter(name="notices.send_digest")
    for hour, day in ((18, 24), (9, 24), (6, 25), (9, 24)):
        actions.choose(person, {"digest_hour": hour}, now=early)
        moments = [one.run_after.astimezone(MOSCOW) for one in waiting.all()]
        assert [(one.day, one.hour) for one in moments] == [(day, hour)]


def test_who_changes_to_letters_at_once_still_gets_what_waited_for_the_day() -> None:
    person, early = a_person("anna"), MORNING - timedelta(hours=2)
    actions.choose(person, {"email": "digest", "digest_hour": 9}, now=early)
    told(person, now=early)

    actions.choose(person, {"email": "at_once", "digest_hour": 6}, now=early)

    assert Errand.objects.filter(name="notices.send_digest", done_at=None).count() == 1
