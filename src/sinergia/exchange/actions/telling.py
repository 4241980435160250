"""Telling those whom a visit concerns."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sinergia.exchange.models import Session, Visit
from sinergia.exchange.queries.delegation import KEPT
from sinergia.notices.actions import tell
from sinergia.people.models import Person


def forget_asked_before(visit: Visit) -> None:
    """Forget where hosts of before were reached: they are told now."""
    Session.objects.filter(visit=visit).exclude(asked_before="").update(asked_before="")


def forget_asked_long_ago(*, today: date) -> None:
    """Forget the same of visits over for 30 days: no further version of theirs is told."""
    over = Session.objects.filter(visit__ends_on__lt=today - KEPT)
    over.exclude(asked_before="").update(asked_before="")


def tell_people(
    people: Iterable[Person],
    code: str,
    told: Mapping[str, Mapping[str, str]],
    *,
    visit: Visit,
    url: str,
    now: datetime,
    urgent: bool = False,
) -> None:
    """Tell each in their language. told: what the sentence names, by language."""
    for person in people:
        values = told[person.language]
        tell(person, code, now=now, about=visit, url=url, urgent=urgent, **values)
