"""A programme is told in versions: what changed, to whom it concerns, once."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.delays import say_late, take_back_late
from sinergia.exchange.actions.hosts import ask_host
from sinergia.exchange.actions.moving import nudge_session, shift_later
from sinergia.exchange.actions.organisers import write_organiser
from sinergia.exchange.actions.publishing import tell_programme
from sinergia.exchange.actions.sessions import change_session, remove_session
from sinergia.exchange.models import Delegate, ProgrammeStep, ProgrammeVersion, Session, Visit
from sinergia.exchange.queries.delays import late_step
from sinergia.exchange.queries.sessions import sessions_of
from sinergia.exchange.queries.telling import (
    addressees_of,
    changes_now,
    hosts_to_call,
    pictures_in,
)
from sinergia.notices.models import Notice
from sinergia.organisations.models import Organisation, Reach
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_delegate,
    a_person,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange import a_given, a_session, at, staff_of, told
from tests.exchange.arrange_exchange import organiser_given

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LATER = timedelta(hours=1)


def a_host(name: str, address: str = "") -> Organisation:
    host = an_organisation(name)
    if address:
        Reach.objects.create(organisation=host, kind="email", value=address)
    return host


def run(now: datetime | None = None) -> None:
    run_due_errands(now=(now or timezone.now()) + timedelta(minutes=1))


def letter_to(address: str) -> str:
    return str(next(one for one in reversed(mail.outbox) if address in one.to).body)


def a_told_visit() -> tuple[Visit, Session, Session]:
    """Two hosts, a delegate with an account, one with an address, one with neither."""
    visit = a_visit()
    with_account = a_delegate("Гареева", visit=visit)
    with_account.person = a_person("gareeva")
    with_account.save()
    written = a_delegate("Саврасов", visit=visit)
    written.email = "savrasov@example.org"
    written.save()
    a_delegate("Немой", visit=visit)
    first = a_session(
        "Дом", "09:00-10:00", visit=visit, host=a_host("Полтора шага", "steps@example.org")
    )
    second = a_session(
        "Двор", "10:00-11:00", visit=visit, host=a_host("Светофор", "light@example.org")
    )
    a_session("Гора", "11:00-12:00", visit=visit, host=a_host("Гора"))
    return visit, first, second


def test_the_first_version_is_kept_to_the_byte_and_told_to_everybody_once() -> None:
    visit, first, _second = a_told_visit()

    version = told(visit, note="Ждём вас.")
    run()
    again = told(visit)
    run()

    visit.course.refresh_from_db()
    assert again == version
    assert (version.number, visit.course.version, visit.course.told_at) == (1, 1, NOON)
    kept = json.loads(bytes(version.content))
    assert kept["schema"] == "sinergia/programme/1"
    assert pictures_in(version)[str(first.key)]["title"] == "Дом"
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "light@example.org",
        "savrasov@example.org",
        "steps@example.org",
    ]
    notices = Notice.objects.filter(code="exchange.programme_told")
    assert [one.person.name for one in notices] == ["gareeva"]
    assert notices.get().values["changes"] == ""
    assert "visit.programme_told" in [entry.verb for entry in Entry.objects.all()]


def test_a_host_learns_of_its_own_sessions_alone_and_a_delegate_of_all() -> None:
    visit, first, _second = a_told_visit()
    told(visit)
    run()
    Letter.objects.all().delete()
    Notice.objects.all().delete()

    moved = Session.objects.get(pk=first.pk)
    nudge_session(moved, "later", seen=1, actor=staff_of(visit), now=NOON)
    told(visit)
    with override_settings(SITE_URL="https://ngo.example"):
        waiting = addressees_of(visit, changes_now(visit, []), ())
        run()

    assert waiting.unreachable == ["Гора"]
    letters = {letter.to: letter for letter in Letter.objects.all()}
    assert sorted(letters) == ["light@example.org", "savrasov@example.org", "steps@example.org"]
    changes = Notice.objects.get().values["changes"]
    assert [line.split(":")[0] for line in changes.splitlines()] == ["— Двор", "— Дом"]
    assert all(letter.is_secret for to, letter in letters.items() if to != "savrasov@example.org")
    steps, light = letter_to("steps@example.org"), letter_to("light@example.org")
    assert ("Дом" in steps, "Двор" in steps) == (True, False)
    assert ("Дом" in light, "Двор" in light) == (False, True)
    assert "https://ngo.example/visits/host/" in steps


def test_the_centre_of_the_other_side_learns_of_each_version_once_it_knows_of_the_visit() -> None:
    visit, first, _second = a_told_visit()
    a_consultant("melnikova", centre=a_centre("Центр области"))
    Visit.objects.filter(pk=visit.pk).update(stage="idea")
    visit.refresh_from_db()
    told(visit)
    run()
    names = [notice.person.name for notice in Notice.objects.order_by("person__name")]
    assert names == ["gareeva"]
    Notice.objects.all().delete()

    Visit.objects.filter(pk=visit.pk).update(stage="agreed")
    visit.refresh_from_db()
    moved = Session.objects.get(pk=first.pk)
    nudge_session(moved, "later", seen=1, actor=staff_of(visit), now=NOON)
    told(visit)
    run()

    notices = Notice.objects.filter(code="exchange.programme_told").order_by("person__name")
    assert [one.person.name for one in notices] == ["gareeva", "melnikova"]
    assert notices[0].values["changes"] == notices[1].values["changes"] != ""


def test_only_the_host_whose_session_changed_is_written_to() -> None:
    visit, first, _second = a_told_visit()
    told(visit)
    run()
    Letter.objects.all().delete()

    remove_session(first, seen=1, actor=staff_of(visit), now=NOON)
    version = told(visit)
    run()

    assert version.number == 2
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "savrasov@example.org",
        "steps@example.org",
    ]


def test_what_makes_a_programme_impossible_must_be_mended_before_it_is_told() -> None:
    visit = a_visit()
    with pytest.raises(Refused) as empty:
        told(visit)
    a_session("А", "09:00-10:00", visit=visit)
    a_session("Б", "09:30-10:30", visit=visit)

    with pytest.raises(Refused) as blocked:
        told(visit)

    assert [gap.code for gap in empty.value.gaps] == ["programme.empty"]
    assert [gap.code for gap in blocked.value.gaps] == ["programme.blocked"]
    assert not ProgrammeVersion.objects.exists()


def test_what_was_previewed_is_told_and_nothing_else() -> None:
    visit = a_visit()
    a_session(visit=visit)

    with pytest.raises(Refused) as refused:
        tell_programme(visit, seen="other", actor=staff_of(visit), now=NOON)

    assert [gap.code for gap in refused.value.gaps] == ["programme.meanwhile"]


def test_that_all_of_a_told_programme_is_called_off_is_told_and_an_empty_one_is_not() -> None:
    visit, *_sessions = a_told_visit()
    told(visit)
    run()
    mail.outbox.clear()
    for one in sessions_of(visit):
        remove_session(one, seen=one.version, actor=staff_of(visit), now=NOON)

    version = told(visit)
    run()

    assert (version.number, pictures_in(version)) == (2, {})
    assert {one.to[0] for one in mail.outbox} >= {"steps@example.org", "light@example.org"}
    with pytest.raises(Refused, match=r"programme\.empty"):
        told(a_visit("Другая поездка", centre=visit.centre))


def test_a_host_without_an_address_is_asked_where_somebody_types_one() -> None:
    visit, first, _second = a_told_visit()

    ask_host(first, "Director@Example.org", is_sent=True, actor=staff_of(visit), now=NOON)
    run()
    told(visit)
    run()

    sent = Letter.objects.filter(to="director@example.org")
    assert sent.count() == 2, "asked, then told"
    assert not Letter.objects.filter(to="steps@example.org").exists()


def during(visit: Visit, clock: str) -> datetime:
    return at(visit, clock)


def test_to_be_late_is_told_to_later_hosts_and_delegates_and_taken_back() -> None:
    visit, _first, _second = a_told_visit()
    told(visit)
    run()
    Letter.objects.all().delete()
    Notice.objects.all().delete()
    actor = staff_of(visit)

    step = say_late(visit, 20, actor=actor, now=during(visit, "09:30"))
    again = say_late(visit, 20, actor=actor, now=during(visit, "09:31"))
    run(during(visit, "09:32"))

    late = dict(Session.objects.values_list("title", "late_minutes"))
    assert (again, late) == (step, {"Дом": 0, "Двор": 20, "Гора": 20})
    letters = Letter.objects.filter(about__startswith="exchange.visit:")
    assert sorted(letters.values_list("to", flat=True)) == [
        "light@example.org",
        "savrasov@example.org",
    ]
    assert [one.values["minutes"] for one in Notice.objects.all()] == ["20"]
    take_back_late(step, actor=actor, now=during(visit, "09:40"))
    take_back_late(step, actor=actor, now=during(visit, "09:41"))
    run(during(visit, "09:42"))
    assert set(Session.objects.values_list("late_minutes", flat=True)) == {0}
    assert [one.values["minutes"] for one in Notice.objects.order_by("pk")] == ["20", "0"]
    assert Letter.objects.filter(to="light@example.org").count() == 2


def test_to_be_late_reaches_both_centres_and_says_whom_to_call() -> None:
    visit, _first, _second = a_told_visit()
    head = a_consultant("vera", centre=visit.centre, role="head")
    a_consultant("melnikova", centre=a_centre("Центр области"))
    organiser = organiser_given("host", email="chamber@example.org")
    write_organiser(visit, organiser, actor=head, now=NOON)
    lead = Delegate.objects.get(name="Гареева")
    Delegate.objects.filter(pk=lead.pk).update(is_lead=True)
    assert lead.person is not None

    step = say_late(visit, 20, actor=lead.person, now=during(visit, "09:30"))
    run(during(visit, "09:32"))

    told_to = {one.person.name: one.values["call"] for one in Notice.objects.all()}
    assert told_to == {"gareeva": "", "melnikova": "", "vera": "Гора"}
    letters = Letter.objects.filter(about__startswith="exchange.visit:")
    sent = sorted(letters.values_list("to", flat=True))
    assert sent == ["chamber@example.org", "light@example.org", "savrasov@example.org"]
    assert hosts_to_call(step) == ["Гора"]


def test_who_leads_says_in_one_press_that_one_is_late_and_others_do_not(client: Client) -> None:
    now = timezone.now()
    visit, _first, second = a_told_visit()
    today = now.astimezone(ZoneInfo(visit.time_zone)).date()
    Visit.objects.update(starts_on=today, ends_on=today + timedelta(days=1))
    begins = max(now, at(Visit.objects.get(), "00:00"))
    Session.objects.filter(pk=second.pk).update(starts_at=begins, ends_at=begins + LATER)
    lead = Delegate.objects.get(name="Гареева")
    assert lead.person is not None
    client.force_login(lead.person)
    client.cookies["django_language"] = "en"
    address = f"/visits/{visit.key}/programme/"
    before = client.post(f"{address}late/", {"minutes": "20"})

    Delegate.objects.filter(pk=lead.pk).update(is_lead=True)
    shown = client.get(f"/visits/{visit.key}/there/").content.decode()
    done = client.post(f"{address}late/", {"minutes": "20"}, follow=True)
    late = Session.objects.get(pk=second.pk).late_minutes
    step = ProgrammeStep.objects.get(kind="late")
    client.post(f"{address}late/{step.key}/")

    assert before.status_code == 404
    assert "We are late by" in shown
    assert "The delegation is late today" in done.content.decode()
    assert (late, Session.objects.get(pk=second.pk).late_minutes) == (20, 0)


def test_who_has_no_account_reads_the_programme_in_the_letter() -> None:
    visit, _first, _second = a_told_visit()
    told(visit)
    run()

    text = letter_to("savrasov@example.org")

    assert all(one in text for one in ("09:00–10:00 Дом", "Полтора шага", "11:00–12:00 Гора"))


@pytest.mark.parametrize("way", ["taken out", "given to another"])
def test_a_host_asked_at_a_typed_address_learns_that_its_session_is_not_its_own(way: str) -> None:
    visit = a_visit()
    actor, typed = staff_of(visit), "director@example.org"
    session = a_session("Дом", "09:00-10:00", visit=visit, host=a_host("Сказка"))
    a_session("Двор", "10:00-11:00", visit=visit)
    ask_host(session, typed, is_sent=True, actor=actor, now=NOON)
    told(visit)
    run()
    Letter.objects.all().delete()

    if way == "taken out":
        remove_session(session, seen=1, actor=actor, now=NOON)
    else:
        given = a_given(visit, "Дом", "09:00-10:00", host=a_host("Гора"))
        change_session(session, given, seen=1, actor=actor, now=NOON)
        change_session(session, a_given(visit, "Дом", "09:00-10:00"), seen=2, actor=actor, now=NOON)
    told(visit)
    run()

    assert list(Letter.objects.values_list("to", flat=True)) == [typed]
    assert set(Session.objects.values_list("asked_before", flat=True)) == {""}


def test_who_was_late_twice_and_is_in_time_after_all_is_late_for_nothing_any_more() -> None:
    visit, _first, second = a_told_visit()
    actor = staff_of(visit)
    say_late(visit, 10, actor=actor, now=during(visit, "09:10"))
    step = say_late(visit, 20, actor=actor, now=during(visit, "09:20"))
    second.refresh_from_db()
    remove_session(second, seen=second.version, actor=actor, now=during(visit, "09:25"))

    take_back_late(step, actor=actor, now=during(visit, "09:30"))

    assert set(Session.objects.values_list("late_minutes", flat=True)) == {0}
    assert late_step(visit, now=during(visit, "09:31")) is None


def test_who_has_just_missed_a_beginning_is_late_for_that_session_too() -> None:
    visit, _first, _second = a_told_visit()

    say_late(visit, 20, actor=staff_of(visit), now=during(visit, "10:10"))

    late = dict(Session.objects.values_list("title", "late_minutes"))
    assert late == {"Дом": 0, "Двор": 20, "Гора": 20}


def test_on_another_day_nobody_is_late() -> None:
    visit, _first, _second = a_told_visit()

    with pytest.raises(Refused) as refused:
        say_late(visit, 20, actor=staff_of(visit), now=at(visit, "09:00") - timedelta(days=1))

    assert [gap.code for gap in refused.value.gaps] == ["programme.no_later"]


def test_a_version_tells_the_same_moment_however_it_is_kept() -> None:
    visit, first, _second = a_told_visit()
    told(visit)

    shift_later(first, 30, seen=1, actor=staff_of(visit), now=NOON)
    shift_later(first, -30, seen=2, actor=staff_of(visit), now=NOON)

    assert changes_now(visit, list(sessions_of(visit))) == []
