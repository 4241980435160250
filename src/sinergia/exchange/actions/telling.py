"""Telling those whom a visit concerns."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sinergia.exchange.models import Session, Visit
from sinergia.notices.actions import tell
from sinergia.people.models import Person


def forget_asked_before(visit: Visit) -> None:
    """Forget where hosts of before were reached: they are told now."""
    Session.objects.filter(visit=visit).exclude(asked_before="").update(asked_before="")


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
