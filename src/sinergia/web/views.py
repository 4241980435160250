"""The front page, and the demo's way in."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import public_calls
from sinergia.insights.region.queries.kept import kept_comparison
from sinergia.insights.region.words.comparing import installation_tiles, region_links
from sinergia.people.http import for_everyone, place_to_go
from sinergia.people.queries import invented_people
from sinergia.practices.queries.catalogue import published

SHOWN = 3  # of each kind on the front page


@require_safe
@for_everyone
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is: what one may apply to now, what works elsewhere, each region."""
    counted = kept_comparison()
    context = {
        "open": public_calls(Contest.Stage.OPEN, now=timezone.now()).order_by("contest__closes_at")[
            :SHOWN
        ],
        "practices": published().order_by("-pk")[:SHOWN],
        "tiles": installation_tiles(counted) if counted.total.submitted.value else [],
        "regions": region_links(counted, has_rows=True),
        "beginning": region_links(counted, has_rows=False),
    }
    return render(request, "web/home.html", context)


@require_POST
@for_everyone
def enter_as(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a visitor of the demo be one of its people; elsewhere there is no such address."""
    if not settings.IS_DEMO:
        raise Http404
    person = get_object_or_404(invented_people(), key=key)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(place_to_go(request))
