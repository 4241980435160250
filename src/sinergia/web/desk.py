"""«Мои дела»: what waits for whoever has signed in, each line with the way to it."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sinergia.applications.queries.doubts import open_doubts
from sinergia.base.errands.queries import given_up_errands
from sinergia.calls.queries.questions import waiting_at
from sinergia.exchange.models import Delegate
from sinergia.exchange.queries.agreements import ending
from sinergia.exchange.queries.commitments import CommitmentFilter, asked_for, commitments_for
from sinergia.exchange.queries.delegation import coming_rows, invitations_of, unconfirmed_in
from sinergia.exchange.queries.filters import AgreementFilter
from sinergia.exchange.queries.following import waiting_for
from sinergia.exchange.queries.programmes import aims_waiting
from sinergia.insights.organisation.queries.closing import closed_with_open
from sinergia.organisations.http import chosen_capacity
from sinergia.organisations.models import Centre, Claim, Organisation
from sinergia.organisations.queries import claims, waiting
from sinergia.organisations.queries.doubles import pairs_for, pairs_to_settle
from sinergia.organisations.queries.questions import QuestionFilter, open_questions
from sinergia.organisations.queries.roles import (
    OFFICIAL,
    Capacity,
    centre_of,
    organisations_of,
    served,
)
from sinergia.organisations.words.claims import asked_said
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person
from sinergia.practices.queries.adoptions import to_be_confirmed_by
from sinergia.practices.queries.feeds import reported_waiting
from sinergia.practices.queries.practices import checks_waiting, remarked_practices
from sinergia.review.queries.commission import seats_of
from sinergia.review.queries.experts import experts_by
from sinergia.review.queries.sittings import waiting_for_vote
from sinergia.support.queries.enrolments import ahead_of
from sinergia.web import work_of_projects
from sinergia.web.lines import OF_CALL, Task, lines_by_group, lines_by_page
from sinergia.web.rooms import rooms_of
from sinergia.web.work_of_experts import own_reviews, staff_reviews
from sinergia.web.work_of_grants import (
    staff_changes,
    staff_grants,
    team_changes,
    team_grants,
    team_joining,
    team_reports,
)
from sinergia.web.work_of_help import own_help, staff_help

MOST_QUESTIONS = 100  # that are counted


@require_GET
@for_signed_in
def desk(request: SignedInRequest) -> HttpResponse:
    """Gather what waits for the capacity in which the person acts."""
    capacity = chosen_capacity(request)
    travels = coming_rows(request.user, today=timezone.localdate())
    tasks = [*_of_visits(request.user, travels), *own_reviews(request.user)]
    tasks += own_help(request.user)
    tasks += _tasks(request.user, capacity)
    asking = waiting.own_claims(request.user)
    context = {
        "tasks": [task for task in tasks if task.number],
        "is_staff": capacity is not None and capacity.is_staff,
        "rooms": rooms_of(capacity),
        "region": capacity.key if capacity is not None and capacity.role == OFFICIAL else "",
        "organisations": list(organisations_of(request.user)[:50]),
        "seats": seats_of(request.user).exists(),
        "reviews": experts_by(request.user).exists(),
        "claims": [asked_said(one, now=timezone.now()) for one in asking[:20]],
        "visits": [row.visit for row in travels],
        "trainings": list(ahead_of(request.user, now=timezone.now())[:20]),
    }
    return render(request, "web/desk.html", context)


def _tasks(person: Person, capacity: Capacity | None) -> Iterator[Task]:
    yield from _tasks_of_traveller(person)
    yield _votes(person)
    yield from work_of_projects.own_tasks(person)
    if capacity is None:
        return
    if capacity.is_staff:
        centre = centre_of(capacity)
        yield from work_of_projects.tasks_of_centre(person, centre)
        yield from _tasks_of_staff(person, centre)
    if capacity.is_team:
        yield from work_of_projects.tasks_of_team(capacity.place_id)
        yield from _tasks_of_team(person, capacity)
    if capacity.role == "administrator":
        number = open_doubts().count()
        words = ngettext(
            "row of a fund’s table awaits a decision",
            "rows of funds’ tables await a decision",
            number,
        )
        yield Task(number, words, reverse("applications:queue"))
        number = given_up_errands().count()
        words = ngettext(
            "errand failed too often and was left",
            "errands failed too often and were left",
            number,
        )
        yield Task(number, words, reverse("operations:errands") + "?state=given_up")
        yield _asking(claims.asked_for(claims.claims_seen_by(person), claims.ClaimFilter()))
        yield _questions(person)
        yield _checks(None)
        yield _pairs(pairs_for(None).count(), reverse("register:doubles"))


def _of_visits(person: Person, travels: Sequence[Delegate]) -> Iterator[Task]:
    """Invitations to travel, and rows of oneself that the centre has written anew."""
    number = len(invitations_of(person, now=timezone.now()))
    words = ngettext(
        "invitation to a visit waits for you", "invitations to visits wait for you", number
    )
    yield Task(number, words, reverse("exchange:mine"))
    to_confirm = [row for row in travels if row.confirmed_at is None]
    number = len(to_confirm)
    words = ngettext(
        "row about you in a delegation awaits your word that it is so",
        "rows about you in delegations await your word that they are so",
        number,
    )
    first = reverse("exchange:me", args=[to_confirm[0].visit.key]) if to_confirm else ""
    yield Task(number, words, first if number == 1 else reverse("exchange:mine"))
    rows = unconfirmed_in([row.visit for row in travels if row.is_lead]).exclude(person=person)
    visits = set(rows.values_list("visit__key", flat=True))
    number = rows.count()
    words = ngettext(
        "person of your delegation has not confirmed their row",
        "people of your delegation have not confirmed their rows",
        number,
    )
    one = reverse("exchange:delegation", args=[*visits]) if len(visits) == 1 else ""
    yield Task(number, words, one or reverse("exchange:mine"))


def _of_exchange(centre: Centre) -> Iterator[Task]:
    """Agreements that end, and aims of programmes that are a year old."""
    today = timezone.localdate()
    number = ending(centre, today=today).count()
    words = ngettext(
        "partnership agreement ends within 90 days",
        "partnership agreements end within 90 days",
        number,
    )
    asked = AgreementFilter(state="ends", centre=str(centre.key))
    yield Task(number, words, f"{reverse('exchange:agreements')}?{asked.to_query()}")
    yield from lines_by_page(
        aims_waiting(centre, today=today)[:MOST_QUESTIONS],
        lambda one: (reverse("exchange:programme", args=[one.programme.key]), one.programme.name),
        lambda number: ngettext(
            "aim of a programme awaits a look after a year",
            "aims of programmes await a look after a year",
            number,
        ),
    )


def _questions(person: Person) -> Task:
    """Counted as their page counts them."""
    number = open_questions(person, QuestionFilter()).count()
    words = ngettext(
        "question of a load awaits a decision", "questions of loads await a decision", number
    )
    return Task(number, words, reverse("register:questions"))


def _tasks_of_traveller(person: Person) -> Iterator[Task]:
    """What somebody took home from a visit, in whichever capacity they act."""
    asked, today = CommitmentFilter(overdue="yes", mine="yes"), timezone.localdate()
    number = asked_for(commitments_for(person), asked, reader=person, today=today).count()
    words = ngettext(
        "commitment of yours is past its day", "commitments of yours are past their day", number
    )
    yield Task(number, words, f"{reverse('commitments:commitments')}?{asked.to_query()}")
    yield from lines_by_page(
        waiting_for(person)[:MOST_QUESTIONS],
        lambda one: (
            reverse("commitments:asked", args=[one.commitment.visit.key]),
            one.commitment.visit.name,
        ),
        lambda number: ngettext(
            "question what was taken up awaits your answer",
            "questions what was taken up await your answer",
            number,
        ),
    )


def _votes(person: Person) -> Task:
    """What a member of a commission has to vote on, in whichever capacity they act."""
    number = waiting_for_vote(person, now=timezone.now()).count()
    words = ngettext(
        "question of a commission awaits your vote",
        "questions of commissions await your vote",
        number,
    )
    return Task(number, words, reverse("commission:own"))


def _tasks_of_staff(person: Person, centre: Centre) -> Iterator[Task]:
    yield _asking(waiting.claims_waiting(centre).exclude(person=person))
    yield _questions(person)
    yield from staff_help(person, centre)
    yield from _asked(centre)
    yield from staff_reviews(person, centre)
    yield from staff_grants(person, centre)
    yield from staff_changes(person, centre)
    yield _checks(centre)
    yield _proofs(person)
    yield _reported(person)
    yield _pairs(pairs_to_settle(centre).count(), reverse("register:doubles") + "?waiting=yes")
    yield _closed(centre)
    yield from _of_exchange(centre)
    terms = reverse("register:terms")
    yield from _ending(served(centre), terms, f"{terms}?of=papers")


def _asking(rows: QuerySet[Claim]) -> Task:
    """Requests to act for organisations that whoever reads is to answer."""
    number = rows.count()
    words = ngettext(
        "person asks to act for an organisation", "people ask to act for organisations", number
    )
    return Task(number, words, reverse("register:claims"))


def _asked(centre: Centre) -> Iterator[Task]:
    """What is asked about contests of a centre: a line a contest, what was asked first first."""
    yield from lines_by_group(
        waiting_at(centre),
        OF_CALL,
        lambda key: reverse("calls:asked", args=[key]),
        lambda number: ngettext(
            "question about a contest awaits an answer",
            "questions about contests await an answer",
            number,
        ),
    )


def _checks(centre: Centre | None) -> Task:
    number = checks_waiting(centre).count()
    words = ngettext("practice awaits a check", "practices await a check", number)
    return Task(number, words, reverse("practices:checks"))


def _proofs(person: Person) -> Task:
    """Results of practices taken home that somebody else has said."""
    number = to_be_confirmed_by(person).count()
    words = ngettext(
        "result of a practice awaits your confirmation",
        "results of practices await your confirmation",
        number,
    )
    return Task(number, words, reverse("projects:adoptions") + "?waiting=yes")


def _reported(person: Person) -> Task:
    """Adoptions of practices that other sites have told of."""
    number = reported_waiting(person).count()
    words = ngettext(
        "practice taken home at another site awaits your word",
        "practices taken home at other sites await your word",
        number,
    )
    return Task(number, words, reverse("practices:reported") + "?waiting=yes")


def _remarked(organisation: int) -> Iterator[Task]:
    """Practices that came back, each by itself."""
    yield from lines_by_page(
        remarked_practices(organisation)[:MOST_QUESTIONS],
        lambda one: (reverse("practices:writing", args=[one.key]), one.title),
        lambda number: ngettext(
            "practice has remarks that await an answer",
            "practices have remarks that await an answer",
            number,
        ),
    )


def _tasks_of_team(person: Person, capacity: Capacity) -> Iterator[Task]:
    if capacity.role == "leader":
        asking = waiting.claims_to(person).filter(organisation=capacity.place_id)
        yield _claims(asking.count(), capacity)
    inside = reverse("register:inside", args=[capacity.key])
    number = waiting.unconfirmed_count(capacity.place_id)
    words = ngettext(
        "thing that the centre wrote from your words awaits your word that it is so",
        "things that the centre wrote from your words await your word that they are so",
        number,
    )
    yield Task(number, words, inside)
    yield from _remarked(capacity.place_id)
    yield team_grants(capacity)
    yield from team_reports(person, capacity)
    yield from team_changes(capacity)
    yield from team_joining(capacity)
    yield _proofs(person)
    yield _reported(person)
    own = organisations_of(person).filter(pk=capacity.place_id)
    yield from _ending(own, f"{inside}#heads", f"{inside}#papers")


def _ending(organisations: QuerySet[Organisation], heads: str, papers: str) -> Iterator[Task]:
    """What ends, of whoever's organisations; the addresses at which either is seen."""
    today = timezone.localdate()
    number = waiting.terms_ending(organisations, today=today).count()
    words = ngettext(
        "head’s term of office has ended or ends soon",
        "heads’ terms of office have ended or end soon",
        number,
    )
    yield Task(number, words, heads)
    number = waiting.papers_ending(organisations, today=today).count()
    words = ngettext(
        "paper has ended or ends soon",
        "papers have ended or end soon",
        number,
    )
    yield Task(number, words, papers)


def _pairs(number: int, url: str) -> Task:
    words = ngettext("pair may be one organisation", "pairs may be one organisation each", number)
    return Task(number, words, url)


def _closed(centre: Centre) -> Task:
    """Counted as their page counts them."""
    number = closed_with_open(centre, now=timezone.now()).count()
    words = ngettext(
        "organisation is closed, or being closed, with something open",
        "organisations are closed, or being closed, with something open",
        number,
    )
    return Task(number, words, reverse("organisations:closed"))


def _claims(number: int, capacity: Capacity) -> Task:
    words = ngettext("person asks to join your team", "people ask to join your team", number)
    return Task(number, words, reverse("register:team", args=[capacity.key]))
