"""Owners are reminded of their day once each, and asked after three and six months."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from sinergia.base.errands.actions import run_due_errands
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.commitments import Taken, Turned, take_home
from sinergia.exchange.actions.following import answer
from sinergia.exchange.actions.turning import note_project, turn_commitment
from sinergia.exchange.models import (
    Asked,
    Commitment,
    CommitmentReminder,
    Delegate,
    Visit,
    VisitCourse,
)
from sinergia.exchange.queries.following import (
    Count,
    asked_in,
    asked_of,
    counts_of,
    months_after,
    to_ask,
    waiting_for,
)
from sinergia.exchange.tasks.following import follow
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.models import CentreStaff
from tests.arrange import a_consultant, a_delegate, a_visit
from tests.exchange.arrange_home import AFTER, a_commitment, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

DUE = date(2027, 3, 1)
THREE, SIX = date(2027, 3, 17), date(2027, 6, 17)  # months after `a_visit` has ended


@pytest.fixture
def visit() -> Visit:
    made = a_visit()
    made.stage = Visit.Stage.DONE
    made.save()
    return made


@pytest.fixture
def delegate(visit: Visit) -> Delegate:
    return a_traveller("anna", visit)


def due(delegate: Delegate, idea: str = "Прокат колясок", day: date = DUE) -> Commitment:
    row = a_commitment(delegate, idea, now=AFTER)
    row.due_on = day
    row.save()
    return row


def on(day: date) -> None:
    for _time in range(2):
        follow(today=day, now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def codes() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("code", flat=True))


def test_an_owner_is_reminded_of_their_day_three_times_and_no_more(delegate: Delegate) -> None:
    due(delegate)
    told = {}

    for day in (15, 14, 13, 2, 1, 0, -1, -2):
        on(DUE - timedelta(days=day))
        told[day] = codes()
        Notice.objects.all().delete()

    near, tomorrow = ["exchange.commitment_near"], ["exchange.commitment_tomorrow"]
    assert told == {
        15: [], 14: near, 13: [], 2: [], 1: tomorrow, 0: [],
        -1: ["exchange.commitment_overdue"], -2: [],
    }  # fmt: skip


def test_another_day_is_reminded_of_anew_and_what_is_over_is_not(delegate: Delegate) -> None:
    row = due(delegate)
    on(DUE + timedelta(days=1))
    row.refresh_from_db()
    row.due_on = DUE + timedelta(days=10)
    row.save()

    on(DUE + timedelta(days=11))
    turn_commitment(row, Turned("dropped", "Нет зала"), actor=person_of(delegate), now=AFTER)
    row.due_on = DUE + timedelta(days=20)
    row.save(update_fields=["due_on"])
    on(DUE + timedelta(days=21))

    assert codes() == ["exchange.commitment_overdue"] * 2
    assert CommitmentReminder.objects.count() == 2


def test_nobody_hears_of_two_weeks_who_took_it_within_them(delegate: Delegate) -> None:
    due(delegate, day=AFTER.date() + timedelta(days=7))

    on(AFTER.date() + timedelta(days=1))

    assert not CommitmentReminder.objects.exists()


def test_the_consultant_beside_is_reminded_too_and_the_words_name_the_day(
    visit: Visit, delegate: Delegate
) -> None:
    row = due(delegate)
    row.helper = a_consultant("larisa", centre=visit.centre)
    row.first_step = "Позвонить в Светлоборск"
    row.save()

    on(DUE - timedelta(days=1))

    told = list(Notice.objects.order_by("pk"))
    assert {one.person for one in told} == {delegate.person, row.helper}
    with override("en"):
        beside, said = (
            said_by(next(one for one in told if one.person == row.helper)),
            said_by(told[0]),
        )
    assert said.subject.startswith("“Прокат колясок”: the last day is ")
    assert "1 марта 2027" in said.text.replace("\xa0", " ")  # in the language of its reader
    assert "Позвонить в Светлоборск" in said.text
    assert "It is with you until" in said.text
    assert "you are the consultant beside them" in beside.text


def test_a_consultant_who_left_the_centre_is_reminded_no_more(
    visit: Visit, delegate: Delegate
) -> None:
    row = due(delegate)
    row.helper = a_consultant("larisa", centre=visit.centre)
    row.save()
    CentreStaff.objects.filter(person=row.helper).update(until=AFTER)

    on(DUE - timedelta(days=1))

    assert [one.person for one in Notice.objects.all()] == [delegate.person]


def by_hand(visit: Visit, email: str = "savrasov@example.org") -> tuple[Delegate, Commitment]:
    """A delegate without an account, whom the centre wrote down with what they take home."""
    row = a_delegate(visit=visit)
    row.email = email
    row.save()
    actor = a_consultant(f"centre-{uuid4().hex[:6]}", centre=visit.centre)
    taken = Taken(uuid4(), row, idea="Клуб бабушек")
    return row, take_home(visit, taken, actor=actor, now=AFTER)


def test_whoever_has_no_account_is_reminded_and_asked_by_letter_once(visit: Visit) -> None:
    _delegate, row = by_hand(visit)
    row.due_on = DUE
    row.save()

    on(DUE - timedelta(days=1))
    on(THREE)
    run_due_errands(now=timezone.now() + timedelta(days=400))

    assert [one.to for one in mail.outbox] == [["savrasov@example.org"]] * 3
    subjects = [one.subject for one in mail.outbox]
    assert len(set(subjects)) == 3  # the day, the months, what they thought


def test_whoever_left_no_address_is_written_to_by_nobody(visit: Visit) -> None:
    _delegate, row = by_hand(visit, email="")
    row.due_on = DUE
    row.save()

    on(DUE + timedelta(days=1))
    run_due_errands(now=timezone.now() + timedelta(days=400))

    assert (mail.outbox, CommitmentReminder.objects.count()) == ([], 1)


def test_after_three_and_six_months_each_owner_is_asked_once(
    visit: Visit, delegate: Delegate
) -> None:
    one, two = a_commitment(delegate, "Прокат"), a_commitment(delegate, "Клуб")
    dropped = a_commitment(delegate, "Двор")
    actor = person_of(delegate)
    turn_commitment(dropped, Turned("dropped", "Нет двора"), actor=actor, now=AFTER)

    on(THREE - timedelta(days=1))
    assert not Asked.objects.exists()
    on(THREE)
    on(THREE + timedelta(days=5))
    assert codes() == ["exchange.taken_up_asked"]
    on(SIX)

    assert codes() == ["exchange.taken_up_asked"] * 2
    asked = Asked.objects.order_by("months", "pk").values_list("months", "commitment")
    assert list(asked) == [(3, one.pk), (3, two.pk), (6, one.pk), (6, two.pk)]
    assert [row.months for row in waiting_for(actor)] == [6, 6]


def test_whoever_was_let_off_is_neither_reminded_nor_asked(
    visit: Visit, delegate: Delegate
) -> None:
    guest, row = by_hand(visit)
    rows = [row, due(delegate)]
    Commitment.objects.update(due_on=DUE)
    Delegate.objects.update(gone_at=AFTER)

    on(DUE - timedelta(days=1))
    on(THREE)
    run_due_errands(now=timezone.now() + timedelta(days=400))

    assert (codes(), mail.outbox) == ([], [])
    assert not CommitmentReminder.objects.exists()
    for one in rows:
        owner = Delegate.objects.select_related("visit").get(pk=one.delegate_id)
        assert to_ask(owner, 3, today=THREE) == []
    Delegate.objects.filter(pk=guest.pk).update(gone_at=None)
    on(THREE)
    assert [one.commitment for one in Asked.objects.all()] == [row]


def test_a_question_that_nobody_can_answer_any_more_is_not_counted(
    visit: Visit, delegate: Delegate
) -> None:
    guest, other = a_traveller("boris", visit), a_traveller("vera", visit)
    for one in (delegate, guest, other):
        a_commitment(one)
    on(THREE)
    said = Turned("in_work", "Начали")
    answer(asked_of(guest).get(), said, actor=person_of(guest), delegate=None, now=AFTER)
    assert counts_of(visit) == [Count(3, asked=3, answered=1)]

    Delegate.objects.filter(pk__in=[delegate.pk, guest.pk]).update(gone_at=AFTER)

    assert counts_of(visit) == [Count(3, asked=2, answered=1)]
    owners = [one.commitment.delegate for one in asked_in(visit, 3)]
    assert owners == [guest, other]


def test_a_question_of_a_visit_that_was_put_away_waits_for_nobody(
    visit: Visit, delegate: Delegate
) -> None:
    a_commitment(delegate)
    on(THREE)
    assert waiting_for(person_of(delegate)).count() == 1

    VisitCourse.objects.filter(visit=visit).update(removed_at=AFTER)

    assert not waiting_for(person_of(delegate)).exists()


def test_a_visit_told_late_is_asked_about_once_and_one_that_was_cancelled_never(
    visit: Visit, delegate: Delegate
) -> None:
    a_commitment(delegate)

    on(SIX + timedelta(days=30))
    assert [row.months for row in Asked.objects.all()] == [6]

    Asked.objects.all().delete()
    Visit.objects.update(stage="cancelled")
    Commitment.objects.update(due_on=SIX)
    on(SIX + timedelta(days=31))
    assert not Asked.objects.exists()
    assert not CommitmentReminder.objects.exists()


def test_an_answer_goes_into_the_row_and_its_history_and_may_be_corrected(
    visit: Visit, delegate: Delegate
) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    on(THREE)
    asked = asked_of(delegate).get()
    said = Turned("in_work", "Нашли зал")

    for _time in range(2):
        answer(asked, said, actor=actor, delegate=None, now=AFTER)
    assert counts_of(visit) == [Count(3, asked=1, answered=1)]
    with pytest.raises(Refused) as fault:
        answer(asked, Turned("project", "Есть"), actor=actor, delegate=None, now=AFTER)
    proven = Turned("project", "Есть", "Письмо № 4 от 01.02.2027")
    answer(asked, proven, actor=actor, delegate=None, now=AFTER)

    row.refresh_from_db()
    assert [gap.code for gap in fault.value.gaps] == ["commitment.no_ground"]
    assert (row.state, row.ground) == ("project", "Письмо № 4 от 01.02.2027")
    turns = row.turns.order_by("pk").values_list("state", "way", "words")
    assert list(turns) == [("in_work", "asked", "Нашли зал"), ("project", "asked", "Есть")]


def test_a_project_of_this_site_answers_for_itself(delegate: Delegate) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    note_project(row, is_there=True, actor=actor, now=AFTER)
    on(THREE)
    asked = asked_of(delegate).get()

    with pytest.raises(Refused) as fault:
        answer(asked, Turned("in_work"), actor=actor, delegate=None, now=AFTER)
    done = answer(asked, Turned("project", "Подана заявка"), actor=actor, delegate=None, now=AFTER)

    assert [gap.code for gap in fault.value.gaps] == ["commitment.held"]
    assert done.answered_at == AFTER


def test_a_delegate_answers_by_their_link_for_themselves_alone(
    visit: Visit, delegate: Delegate
) -> None:
    guest, row = by_hand(visit)
    on(THREE)
    asked = Asked.objects.get(commitment=row)

    with pytest.raises(PermissionDenied):
        answer(asked, Turned("in_work"), actor=None, delegate=delegate, now=AFTER)
    answer(asked, Turned("in_work", "Начали"), actor=None, delegate=guest, now=AFTER)

    asked.refresh_from_db()
    assert (asked.state, asked.by) == ("in_work", guest.key)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 10, 17), 3, date(2026, 1, 17)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, then: date
) -> None:
    assert months_after(day, months) == then


def test_it_is_handed_over_by_whoever_leads_or_the_home_centre_and_then_the_other_is_asked(
    client: Client, visit: Visit, delegate: Delegate
) -> None:
    row, boris = due(delegate), a_traveller("boris", visit)
    centre = a_consultant("larisa", centre=visit.centre)
    address = f"/commitments/{row.key}/"
    client.force_login(person_of(delegate))
    own = client.get(f"{address}write/").context["form"]
    client.force_login(centre)
    fields = client.get(f"{address}write/").context["form"].initial
    sent = {name: value or "" for name, value in fields.items()} | {"delegate": boris.key}

    assert client.post(f"{address}write/", sent).status_code == 302

    row.refresh_from_db()
    assert ("delegate" in own.fields, row.delegate) == (False, boris)
    run_due_errands(now=timezone.now() + timedelta(minutes=1))
    with override("en"):
        told = {one.person: said_by(one).subject for one in Notice.objects.all()}
    assert told == {
        boris.person: "“Прокат колясок”: it is with you now",
        delegate.person: "“Прокат колясок”: somebody else does it now",
    }
    Notice.objects.all().delete()
    on(DUE - timedelta(days=1))
    assert [one.person for one in Notice.objects.all()] == [boris.person]
    history = client.get(address).context["turns"]
    assert [(one.who, one.words) for one in history] == [("larisa", "boris")]


def test_whoever_moves_a_card_has_seen_where_it_stands_and_a_ground_goes_with_its_state(
    client: Client, delegate: Delegate
) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    turn_commitment(row, Turned("project", ground="Решение"), actor=actor, now=AFTER)
    client.force_login(actor)
    address = f"/commitments/{row.key}/turn/"

    client.post(f"{address}in_work/", {"seen": "not_begun"})
    row.refresh_from_db()
    assert (row.state, row.ground) == ("project", "Решение")
    client.post(f"{address}in_work/", {"seen": "project"})
    row.refresh_from_db()
    assert (row.state, row.ground) == ("in_work", "")
    assert client.post(f"{address}project/", {"seen": "in_work"}).status_code == 422
