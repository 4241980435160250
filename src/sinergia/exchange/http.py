"""What pages of a visit have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from sinergia.exchange.access import may_read_inside
from sinergia.exchange.models import Session, Visit
from sinergia.exchange.queries.sessions import session_by, zone_of
from sinergia.exchange.queries.visits import visits_of, visits_seen_by
from sinergia.organisations.http import StaffRequest
from sinergia.people.models import Person


def reader_of(request: HttpRequest) -> Person | None:
    """Whoever asks; none for a visitor."""
    return request.user if isinstance(request.user, Person) else None


def visit_of(request: HttpRequest, key: UUID) -> Visit:
    """A visit that whoever asks may see; hidden and missing look alike."""
    found = visits_seen_by(reader_of(request)).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def our_visit(request: StaffRequest, key: UUID) -> Visit:
    """A visit that the centre prepares for which somebody acts, and that was not put away."""
    rows = visits_of(request.centre).filter(course__removed_at=None)
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def our_session(request: StaffRequest, key: UUID, session: UUID) -> Session:
    """A session of such a visit; what was taken out, too."""
    found = session_by(our_visit(request, key), session)
    if found is None:
        raise Http404
    return found


def inside_visit(request: HttpRequest, key: UUID) -> Visit:
    """A visit of which whoever asks may read what is not for everybody."""
    visit = visit_of(request, key)
    if not may_read_inside(reader_of(request), visit):
        raise Http404
    return visit


@contextmanager
def in_zone_of(visit: Visit) -> Iterator[None]:
    """Read and show moments by the clock of the place that is visited."""
    with timezone.override(zone_of(visit)):
        yield
