"""The file of a paper, for whoever may see the inner page of its organisation."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from sinergia.base.files.http import respond_with
from sinergia.organisations.queries.inside import scan_of
from sinergia.organisations.views.inside.page import organisation_of
from sinergia.people.http import SignedInRequest, for_signed_in


@require_GET
@for_signed_in
def file(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """The scan of a paper, to be saved."""
    organisation = organisation_of(request, key)
    scan = scan_of(organisation, row)
    if scan is None:
        raise Http404
    return respond_with(scan, asked=request.headers)
