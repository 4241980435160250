"""A visit is cancelled, or takes place after all, or is moved: whoever awaits it is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.exchange.actions.hosts import ask_host
from sinergia.exchange.actions.organisers import write_organiser
from sinergia.exchange.actions.visits import cancel_visit, step_back, take_step, write_visit
from sinergia.exchange.forms.visits import visit_initial
from sinergia.exchange.models import Session, Visit
from sinergia.notices.models import Notice
from sinergia.organisations.models import Reach
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_delegate,
    a_person,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange import a_session, staff_of, told
from tests.exchange.arrange_exchange import organiser_given

pytestmark = [pytest.mark.django_db, pytest.mark.both]

WHY = 'Мост у "Светофора" закрыт'
WITHOUT_ACCOUNT = "savrasov@example.org"
STEPS, LIGHT, ORGANISER = "steps@example.org", "light@example.org", "chamber@example.org"


def run() -> dict[str, str]:
    """Letters that went to who has no account, by address."""
    mail.outbox.clear()
    run_due_errands(now=timezone.now() + timedelta(minutes=1))
    accounts = set(Person.objects.values_list("email", flat=True))
    found = {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}
    return {to: said for to, said in found.items() if to not in accounts}


def an_awaited_visit() -> tuple[Visit, Person]:
    """Told to two hosts, one of them asked at a typed address; a third one has none."""
    visit = a_visit()
    actor = staff_of(visit)
    a_consultant("melnikova", centre=a_centre("Центр области"), role="head")
    with_account = a_delegate("Гареева", visit=visit)
    with_account.person = a_person("gareeva")
    with_account.save()
    written = a_delegate("Саврасов", visit=visit)
    written.email = WITHOUT_ACCOUNT
    written.save()
    a_delegate("Немой", visit=visit)
    write_organiser(visit, organiser_given("host", email=ORGANISER), actor=actor, now=NOON)
    steps = an_organisation("Полтора шага")
    Reach.objects.create(organisation=steps, kind="email", value=STEPS)
    a_session("Дом", "09:00-10:00", visit=visit, host=steps)
    two = a_session("Двор", "10:00-11:00", visit=visit, host=an_organisation("Светофор"))
    ask_host(two, LIGHT, is_sent=True, actor=actor, now=NOON)
    a_session("Гора", "11:00-12:00", visit=visit, host=an_organisation("Гора"))
    told(visit)
    run()
    Notice.objects.all().delete()
    return visit, actor


def told_of(code: str) -> list[str]:
    rows = Notice.objects.filter(code=code).select_related("person")
    return sorted(one.person.name for one in rows)


def test_whoever_awaits_a_visit_learns_that_it_is_cancelled_and_that_it_is_not() -> None:
    visit, actor = an_awaited_visit()

    cancel_visit(visit, WHY, actor=actor, now=NOON)
    letters = run()
    step_back(visit, seen="cancelled", actor=actor, now=NOON)
    again = run()

    assert told_of("exchange.visit_cancelled") == ["gareeva", "melnikova"]
    assert told_of("exchange.visit_after_all") == ["gareeva", "melnikova"]
    assert sorted(letters) == sorted(again) == sorted([WITHOUT_ACCOUNT, STEPS, LIGHT, ORGANISER])
    assert all(WHY in one for one in letters.values())
    assert ("Дом" in letters[STEPS], "Двор" in letters[STEPS]) == (True, False)
    assert ("Двор" in letters[LIGHT], "/visits/host/" in letters[LIGHT]) == (True, False)
    assert "/visits/host/" in again[LIGHT]


def test_what_is_taken_back_before_anybody_was_written_to_frightens_nobody() -> None:
    visit, actor = an_awaited_visit()

    cancel_visit(visit, "Дорогу размыло", actor=actor, now=NOON)
    step_back(visit, seen="cancelled", actor=actor, now=NOON)

    assert run() == {}


def test_of_an_approval_that_is_taken_back_at_once_nobody_is_written() -> None:
    visit, actor = an_awaited_visit()
    Visit.objects.filter(pk=visit.pk).update(stage="agreed", basis="письмо", payers="край")
    write_organiser(visit, organiser_given("sending"), actor=actor, now=NOON)

    take_step(visit, "approve", actor=actor, now=NOON)
    step_back(visit, seen="approved", actor=actor, now=NOON)

    assert run() == {}


def test_whoever_cancels_learns_whom_no_letter_reaches(client: Client) -> None:
    visit, actor = an_awaited_visit()
    client.force_login(actor)
    client.cookies["django_language"] = "en"

    address = f"/visits/{visit.key}/cancel/"
    page = client.post(address, {"reason": "Дорогу размыло"}, follow=True)

    said = [str(one) for one in page.context["messages"]]
    assert said == [
        "The visit is cancelled: delegates, hosts and organisers are told.",
        "No letter reaches them, please call: Немой; Гора.",
    ]


def test_days_that_were_told_and_are_others_now_are_told_to_who_travels() -> None:
    visit, actor = an_awaited_visit()
    given = visit_initial(visit)
    given |= {"from_region": visit.from_region, "to_region": visit.to_region}
    given |= {"programme": None, "agreement": None, "coordinator": None, "budget_minor": None}
    assert visit.starts_on is not None
    assert visit.ends_on is not None
    later = timedelta(days=7)

    write_visit(visit.centre, given, visit=visit, actor=actor, now=NOON)
    silent = run()
    given |= {"starts_on": visit.starts_on + later, "ends_on": visit.ends_on + later}
    write_visit(visit.centre, given, visit=visit, actor=actor, now=NOON)
    letters = run()

    assert silent == {}
    assert told_of("exchange.visit_moved") == ["gareeva", "melnikova"]
    assert list(letters) == [WITHOUT_ACCOUNT]
    assert "23.12.2026" in letters[WITHOUT_ACCOUNT]


def test_who_has_no_account_is_written_that_the_visit_is_approved() -> None:
    visit, actor = an_awaited_visit()
    Visit.objects.filter(pk=visit.pk).update(stage="agreed", basis="письмо", payers="край")
    write_organiser(visit, organiser_given("sending"), actor=actor, now=NOON)

    take_step(visit, "approve", actor=actor, now=NOON)
    letters = run()

    assert list(letters) == [WITHOUT_ACCOUNT]
    assert Session.objects.count() == 3
