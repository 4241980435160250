"""What pages of contests have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.utils import timezone

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import contests_of
from sinergia.notices.queries.notices import choice_of
from sinergia.organisations.http import StaffRequest, chosen_capacity


def our_contest(request: StaffRequest, key: UUID) -> Contest:
    """A contest of the centre, by the key of its call; hidden and missing look alike."""
    found = contests_of(request.centre).filter(call__key=key).first()
    if found is None:
        raise Http404
    return found


@contextmanager
def in_zone_of(contest: Contest) -> Iterator[None]:
    """Read and show moments by the clock of a contest."""
    with timezone.override(ZoneInfo(contest.time_zone)):
        yield


@dataclass(frozen=True)
class Clock:
    """By which clock somebody reads. zone: where it is another one than the contest's, else ""."""

    is_known: bool
    zone: str = ""


def clock_of(request: HttpRequest, contest: Contest) -> Clock:
    """The reader's clock: the one they chose for letters, else that of the place they act for."""
    person = request.user
    choice = choice_of(person) if person.is_authenticated else None
    capacity = chosen_capacity(request)
    own = choice.time_zone if choice is not None and choice.pk else ""
    zone = own or (capacity.zone if capacity is not None else "")
    if not zone:
        return Clock(is_known=False)
    there, here = ZoneInfo(contest.time_zone), ZoneInfo(zone)
    moments = [one for one in (contest.opens_at, contest.closes_at) if one is not None]
    is_another = any(
        one.astimezone(there).utcoffset() != one.astimezone(here).utcoffset() for one in moments
    )
    return Clock(is_known=True, zone=zone if is_another else "")
