"""Letters of a result to many: as few queries for a hundred as for one, each letter once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergia.base.errands.actions import LEASE, claim_errand, run_due_errands, run_errand
from sinergia.base.errands.models import Errand
from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.calls.models import Contest
from sinergia.notices.models import Choice, Notice
from sinergia.organisations.models import Membership, Organisation, Reach
from sinergia.people.models import Person
from sinergia.review import tasks
from sinergia.review.actions import result_letters
from sinergia.review.models import Award, Examination, Member, Publication, Recusal, ResultLetter
from sinergia.review.queries.letters import (
    Readers,
    awaited,
    counted_letters,
    counted_readers,
    readers_of,
    told_of,
)
from tests.afterwards import run_errands
from tests.arrange import NOON, a_leader, sign_in_twice
from tests.review.deciding import a_rated, adopted, decided, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def without_account(row: Examination, *, email: str) -> Organisation:
    """The organisation of an application, of whose team nobody is left."""
    organisation = row.submission.organisation
    Membership.objects.filter(organisation=organisation).delete()
    if email:
        Reach.objects.create(organisation=organisation, kind="email", value=email)
    return organisation


def broken(address: str) -> None:
    BrokenAddress.objects.create(address=address, fault="5.1.1", since=NOON)


def of_every_kind(contest: Contest) -> None:
    """Two with a team, one with a mailbox, one whose mailbox is broken, one with nothing."""
    a_rated("Команда", "90", contest=contest)
    team = a_rated("Двое", "80", contest=contest).submission.organisation
    broken(a_leader("second", organisation=team).email)
    for title, email in (("Ящик", "BOX@example.org"), ("Сломан", "Lost@example.org"), ("Нет", "")):
        without_account(a_rated(title, "10", contest=contest), email=email)
    broken("lost@example.org")


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as told:
        act()
    return len(told)


def test_readers_are_counted_as_they_are_listed(contest: Contest, operator: Person) -> None:
    of_every_kind(contest)
    decided(contest, operator)

    counts = counted_readers(awaited(contest, ()))
    listed = [one.state for one in readers_of(list(told_of(contest)))]

    assert counts == Readers(told=2, mailed=1, broken=2, nobody=1)
    assert {state: listed.count(state) for state in ResultLetter.State.values} == vars(counts)


def test_numbers_of_readers_open_their_rows_before_anything_is_sent(
    contest: Contest, operator: Person, client: Client
) -> None:
    of_every_kind(contest)
    hidden = a_rated("Родня", "70", contest=contest)
    sitting = decided(contest, operator)
    seat = Member.objects.create(commission=sitting.commission, person=operator, name="Оператор")
    item = adopted(sitting, "move", hidden, decision="rejected")
    Recusal.objects.create(item=item, member=seat, reason="Родня", at=NOON)
    sign_in_twice(client, operator)
    address = f"/calls/{contest.call.key}/publication/"

    page = client.get(address)
    told = vars(page.context["counts"])
    opened = {state: client.get(f"{address}letters/?state={state}").context for state in told}
    listed = {state: [one.state for one in rows["readers"]] for state, rows in opened.items()}

    assert told == {"told": 2, "mailed": 1, "broken": 2, "nobody": 1}
    assert listed == {state: [state] * number for state, number in told.items()}
    assert all(f"letters/?state={state}" in page.content.decode() for state in told)


def test_pages_of_letters_ask_little_for_readers_of_every_kind(
    contest: Contest,
    operator: Person,
    client: Client,
    django_assert_max_num_queries: Any,  # noqa: ANN401  # of pytest-django
) -> None:
    of_every_kind(contest)
    decided(contest, operator)
    sign_in_twice(client, operator)
    pages = [f"/calls/{contest.call.key}/publication/{one}" for one in ("", "letters/")]

    for is_told in (False, True):
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(15):  # more where there are bare mailboxes
                assert client.get(page).status_code == 200
        if not is_told:
            published(contest, operator)
            run_errands()


def test_a_portion_of_letters_asks_as_often_for_many_as_for_few(
    contest: Contest, operator: Person
) -> None:
    of_every_kind(contest)
    published(contest, operator)
    key = str(Publication.objects.get().key)
    few = asked(lambda: tasks.queue_letters(key))
    ResultLetter.objects.all().delete()
    Errand.objects.all().delete()
    for number in range(6):
        more = a_rated(f"Ещё {number}", "10", contest=contest)
        if number % 2:
            without_account(more, email=f"box-{number}@example.org")
    sitting = Award.objects.all()[0].sitting
    for at, row in enumerate(Examination.objects.filter(award=None), start=10):
        Award.objects.create(examination=row, sitting=sitting, at=at, place=at, outcome="lost")

    many = asked(lambda: tasks.queue_letters(key))

    assert ResultLetter.objects.count() == 12
    assert many <= few


def test_all_letters_are_queued_before_the_first_one_goes(
    contest: Contest, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "LETTERS", 1)
    of_every_kind(contest)
    published(contest, operator)
    Errand.objects.exclude(name="review.queue_letters").delete()

    ran = []
    for _turn in range(6):
        errand = claim_errand(now=timezone.now() + timedelta(minutes=1))
        assert errand is not None
        ran.append(errand.name)
        run_errand(errand)

    assert ran == ["review.queue_letters"] * 6
    assert counted_letters(contest) == Readers(told=2, mailed=1, broken=2, nobody=1)


def test_a_worker_killed_with_letters_in_its_hands_leaves_none_doubled(
    contest: Contest, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_every_kind(contest)
    published(contest, operator)
    Errand.objects.exclude(name="review.queue_letters").delete()
    real = result_letters.queue_letters

    def killed(*given: Any, **named: Any) -> int:  # noqa: ANN401  # what it was called with
        real(*given, **named)
        raise SystemExit

    now = timezone.now()
    errand = claim_errand(now=now)
    assert errand is not None
    with monkeypatch.context() as dying:
        dying.setattr(result_letters, "queue_letters", killed)
        with pytest.raises(SystemExit):
            run_errand(errand)
    assert (Notice.objects.filter(code="review.result").count(), Letter.objects.count()) == (0, 0)

    run_due_errands(now=now + LEASE + timedelta(minutes=1))

    assert counted_letters(contest) == Readers(told=2, mailed=1, broken=2, nobody=1)
    assert Notice.objects.filter(code="review.result").count() == 3
    letters = Letter.objects.values_list("to_folded", flat=True)
    assert len(letters) == len(set(letters)) == 4


def test_whoever_wants_no_letters_is_told_in_the_site_alone(
    contest: Contest, operator: Person
) -> None:
    row = a_rated("Тихо", "90", contest=contest)
    leader = Membership.objects.get(organisation=row.submission.organisation).person
    Choice.objects.create(person=leader, email=Choice.Email.NEVER, time_zone="Europe/Moscow")
    published(contest, operator)

    run_errands()

    assert Notice.objects.filter(person=leader, code="review.result").count() == 1
    assert not Letter.objects.filter(to=leader.email, about__startswith="notice").exists()
