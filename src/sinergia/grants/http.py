"""What pages of grants have in common: a grant of an address, or nothing at all."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from sinergia.grants import access
from sinergia.grants.models import Grant, Report
from sinergia.grants.queries.grants import grant_keyed
from sinergia.grants.queries.reports import report_keyed
from sinergia.people.http import SignedInRequest
from sinergia.people.models import Person

Right = Callable[[Person, Grant], bool]


def seen_grant(request: SignedInRequest, key: UUID) -> Grant:
    """A grant that whoever asks may see; hidden and missing look alike."""
    found = grant_keyed(request.user, key)
    if found is None:
        raise Http404
    return found


def grant_with(request: SignedInRequest, key: UUID, right: Right) -> Grant:
    """The same for who may do something with it. PermissionDenied for who only sees it."""
    found = seen_grant(request, key)
    if not right(request.user, found):
        raise PermissionDenied
    return found


def decided_grant(request: SignedInRequest, key: UUID) -> Grant:
    """A grant about which whoever asks decides at the centre."""
    return grant_with(request, key, access.may_decide)


def entered_grant(request: SignedInRequest, key: UUID) -> Grant:
    """A grant of which whoever asks enters what was signed and paid."""
    return grant_with(request, key, access.may_enter)


def kept_grant(request: SignedInRequest, key: UUID) -> Grant:
    """A grant whose organisation's side whoever asks writes."""
    return grant_with(request, key, access.may_keep)


def seen_report(request: SignedInRequest, key: UUID, row: UUID) -> Report:
    """A report that whoever asks may read: its people always, the centre once it is handed in."""
    found = report_keyed(seen_grant(request, key), row)
    if found is None:
        raise Http404
    if found.submitted_at is None and not access.may_keep(request.user, found.grant):
        raise Http404
    return found


def kept_report(request: SignedInRequest, key: UUID, row: UUID) -> Report:
    """A report in which whoever asks writes."""
    found = report_keyed(kept_grant(request, key), row)
    if found is None:
        raise Http404
    return found


def checked_report(request: SignedInRequest, key: UUID, row: UUID) -> Report:
    """A report that whoever asks checks: handed in at least once."""
    found = report_keyed(decided_grant(request, key), row)
    if found is None or found.submitted_at is None:
        raise Http404
    return found
