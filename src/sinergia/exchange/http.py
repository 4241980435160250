"""What pages of a visit have in common."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest

from sinergia.exchange.access import may_hold, may_read_inside
from sinergia.exchange.models import PartnershipAgreement, Programme, Session, Visit
from sinergia.exchange.queries.agreements import agreements_of
from sinergia.exchange.queries.programmes import programmes_of
from sinergia.exchange.queries.sessions import session_by
from sinergia.exchange.queries.visits import visits_of, visits_seen_by
from sinergia.organisations.http import StaffRequest
from sinergia.people.http import SignedInRequest, reader_of

Row = TypeVar("Row", bound=Model)


def visit_of(request: HttpRequest, key: UUID) -> Visit:
    """A visit that whoever asks may see; hidden and missing look alike."""
    found = visits_seen_by(reader_of(request)).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def our_visit(request: StaffRequest, key: UUID, *, with_removed: bool = False) -> Visit:
    """A visit that the centre prepares for which somebody acts, and that was not put away."""
    rows = visits_of(request.centre)
    found = (rows if with_removed else rows.filter(course__removed_at=None)).filter(key=key)
    return _there(found.first())


def held_visit(request: SignedInRequest, key: UUID) -> Visit:
    """A visit that whoever asks holds on the way: the centre that prepares, who leads."""
    found = visit_of(request, key)
    if not may_hold(request.user, found):
        raise Http404
    return found


def our_programme(request: StaffRequest, key: UUID, *, with_removed: bool = False) -> Programme:
    """A programme that the centre keeps."""
    rows = programmes_of(request.centre)
    found = (rows if with_removed else rows.filter(removed_at=None)).filter(key=key)
    return _there(found.first())


def our_agreement(
    request: StaffRequest, key: UUID, *, with_removed: bool = False
) -> PartnershipAgreement:
    """An agreement that the centre keeps."""
    rows = agreements_of(request.centre)
    found = (rows if with_removed else rows.filter(removed_at=None)).filter(key=key)
    return _there(found.first())


def our_session(request: StaffRequest, key: UUID, session: UUID) -> Session:
    """A session of such a visit; what was taken out, too."""
    return _there(session_by(our_visit(request, key), session))


def inside_visit(request: HttpRequest, key: UUID) -> Visit:
    """A visit of which whoever asks may read what is not for everybody."""
    visit = visit_of(request, key)
    if not may_read_inside(reader_of(request), visit):
        raise Http404
    return visit


def _there(found: Row | None) -> Row:
    if found is None:
        raise Http404
    return found
