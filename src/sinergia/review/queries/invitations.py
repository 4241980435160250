"""Links by which somebody becomes an expert of a contest, in whatever state they are."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from sinergia.calls.access import on_duty
from sinergia.calls.models import Duty
from sinergia.organisations.access import works_at
from sinergia.organisations.models import Centre
from sinergia.people.models import Invitation, Person
from sinergia.people.queries.invitations import invitation_of_link
from sinergia.review.models import Expert

KIND = ROLE = "expert"  # of invitations; their scope is the key of an expert
FEW = 20  # of one person at a time
invitation_by = partial(invitation_of_link, kinds=(KIND,))


def expert_of(invitation: Invitation) -> Expert | None:
    """Whom an invitation is meant for; none where they were taken off the list."""
    return _rows().filter(key=invitation.scope).first()


def is_good(invitation: Invitation, expert: Expert, *, now: datetime) -> bool:
    """Whether it may be taken: in time, nobody has answered, whoever invited works there still."""
    is_open = invitation.state_at(now) == Invitation.State.OPEN
    is_waiting = expert.stage == Expert.Stage.INVITED
    return is_open and is_waiting and works_at(invitation.invited_by, expert.contest.centre)


def open_links(experts: Sequence[Expert], *, now: datetime) -> dict[str, Invitation]:
    """By the key of an expert, the link that may still be taken."""
    keys = [str(one.key) for one in experts]
    found = links_to(*keys).filter(ends_at__gte=now).select_related("invited_by")
    return {one.scope: one for one in found.order_by("pk")}


def links_to(*keys: str) -> QuerySet[Invitation]:
    """Links to these experts' places that were neither taken nor withdrawn."""
    return Invitation.objects.filter(
        kind=KIND, scope__in=keys, taken_at=None, withdrawn_at=None
    ).order_by("pk")


def invitations_of(person: Person, *, now: datetime) -> list[tuple[Invitation, Expert]]:
    """Invitations to be an expert that wait for a person at an address they have confirmed."""
    theirs = EmailAddress.objects.filter(user=person, verified=True)
    addresses = [one.casefold() for one in theirs.values_list("email", flat=True)]
    rows = Invitation.objects.filter(kind=KIND, email__in=addresses, ends_at__gte=now)
    open_rows = rows.filter(taken_at=None, withdrawn_at=None).select_related("invited_by")
    found = list(open_rows.order_by("-pk")[:FEW])
    by_key = {str(one.key): one for one in _rows().filter(key__in=[row.scope for row in found])}
    pairs = [(one, by_key[one.scope]) for one in found if one.scope in by_key]
    return [(one, row) for one, row in pairs if row.stage == Expert.Stage.INVITED]


def declined_at(person: Person, centre: Centre, *, today: date) -> QuerySet[Expert]:
    """Who declined, in contests of a centre that a person runs and whose results are not due."""
    ahead = Q(contest__results_on=None) | Q(contest__results_on__gte=today)
    runs = on_duty(person, Duty.Kind.OPERATOR, contest="contest")
    rows = Expert.objects.filter(ahead, runs, contest__centre=centre, stage=Expert.Stage.DECLINED)
    return rows.select_related("contest__call").order_by("answered_at", "pk")


def _rows() -> QuerySet[Expert]:
    return Expert.objects.select_related(
        "contest__call__fund", "contest__centre__organisation", "person", "organisation"
    )
