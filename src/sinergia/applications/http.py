"""What pages of submissions have in common."""

from uuid import UUID

from django.http import Http404

from sinergia.applications.models import Submission
from sinergia.applications.queries.screening import screened
from sinergia.applications.queries.submissions import submissions_of
from sinergia.organisations.http import StaffRequest
from sinergia.people.http import SignedInRequest


def theirs(request: SignedInRequest, key: UUID) -> Submission:
    """What was submitted by those for whom whoever asks writes; hidden and missing look alike."""
    found = submissions_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def ours(request: StaffRequest, key: UUID) -> Submission:
    """What was submitted to a contest of the centre; hidden and missing look alike."""
    found = screened(request.centre, request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found
