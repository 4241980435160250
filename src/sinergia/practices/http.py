"""What pages of a practice have in common."""

from uuid import UUID

from django.http import Http404, HttpRequest

from sinergia.people.http import SignedInRequest
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import practices_of, published_practices


def practice_of(request: SignedInRequest, key: UUID) -> Practice:
    """A practice that whoever asks may write in; hidden and missing look alike."""
    found = practices_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def published_practice(key: UUID) -> Practice:
    """A practice that everybody may read; hidden and missing look alike."""
    found = published_practices().filter(key=key).first()
    if found is None:
        raise Http404
    return found


def reader_of(request: HttpRequest) -> Person | None:
    """Who reads a public page; none for a visitor."""
    return request.user if isinstance(request.user, Person) else None
