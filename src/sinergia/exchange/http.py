"""What pages of a visit have in common."""

from uuid import UUID

from django.http import Http404, HttpRequest

from sinergia.exchange.models import Visit
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
