"""What was corrected in the rules of a contest, for whoever writes by them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sinergia.calls.http import in_zone_of
from sinergia.calls.queries.contests import public_contests
from sinergia.calls.queries.corrections import changes_of, correction
from sinergia.people.http import for_everyone


@require_safe
@for_everyone
def corrected(request: HttpRequest, key: UUID, version: str) -> HttpResponse:
    """A version of the rules: why it was made, and every value that differs."""
    contest = get_object_or_404(public_contests(), call__key=key)
    row = correction(contest, version)
    if row is None:
        raise Http404
    context = {"contest": contest, "row": row, "changes": changes_of(row)}
    with in_zone_of(contest):
        return render(request, "calls/corrected.html", context)
