"""What pages of a practice have in common."""

from uuid import UUID

from django.http import Http404

from sinergia.people.http import SignedInRequest
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
