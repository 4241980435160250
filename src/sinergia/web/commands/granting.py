"""Two grants of the demo that were won elsewhere: one is paid in part, one is to be signed."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sinergia.applications.models import Application
from sinergia.engine.granting.periods import parts_of
from sinergia.grants.actions.beginning import Won, begin_elsewhere
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.actions.signing import Agreed, sign_grant
from sinergia.grants.actions.terms import write_periods
from sinergia.grants.models import Grant
from sinergia.grants.queries.awaiting import won_elsewhere
from sinergia.grants.queries.grants import own_grants
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.waiting import organisations_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people

NUMBER = 2  # grants that are told
AFTER, LASTS = timedelta(days=30), timedelta(days=540)  # the decision; the project, still on
SHARES = (Decimal("0.6"), Decimal("0.4"))


def tell_grants_elsewhere() -> None:
    """Begin them in the names of leaders of the demo; told again, nothing is added."""
    people = list(invented_people())
    there = {
        one.pk for person in people for own in organisations_of(person) for one in told_of(own)
    }
    wins = {won.pk: (won, person) for person in people for won in _wins(person)}
    latest = sorted(wins.values(), key=lambda one: one[0].decided_on or date.min, reverse=True)
    for won, person in latest[: max(0, NUMBER - len(there))]:
        with transaction.atomic():
            _tell(won, person, is_signed=not there, now=timezone.now())
        there.add(-won.pk)


def told_of(organisation: Organisation) -> QuerySet[Grant]:
    """Grants won elsewhere that an organisation has."""
    return own_grants(organisation).filter(award=None)


def _wins(person: Person) -> list[Application]:
    """The latest win of each of their organisations that has no grant here yet."""
    found, over = [], timezone.localdate() - AFTER
    for organisation in organisations_of(person):
        won = won_elsewhere(organisation).filter(awarded_minor__gt=0, decided_on__lte=over)
        latest = won.first()
        if latest is not None and not told_of(organisation).exists():
            found.append(latest)
    return found


def _tell(won: Application, person: Person, *, is_signed: bool, now: datetime) -> None:
    begins = (won.decided_on or now.date()) + AFTER
    given = Won(won.awarded_minor, begins, begins + LASTS)
    grant = begin_elsewhere(won, given, actor=person, now=now)
    parts = parts_of(grant.begins_on, grant.ends_on, grant.sum_minor, SHARES, report_workdays=15)
    write_periods(grant, parts, actor=person, now=now)
    if is_signed and begins <= now.date():
        _pay_first(grant, person, parts[0].tranche_minor, begins, now=now)


def _pay_first(grant: Grant, person: Person, minor: int, on: date, *, now: datetime) -> None:
    row = sign_grant(grant, Agreed(f"{on:%y}-14", on), actor=person, now=now)
    sent = Sent("paid", "118", on, minor, row.currency, period=1)
    enter_transfer(row, sent, actor=person, now=now)
