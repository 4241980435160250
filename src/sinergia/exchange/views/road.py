"""For where there is no network: the pages of a visit that its reader takes along."""

import json
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import Visit
from sinergia.exchange.queries.holding import sessions_held
from sinergia.exchange.views.reaching import crumbs_of, standing_of, takers
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, mark_of
from sinergia.people.models import Person

# On a device that has not asked us since; where the session is shorter, as long as that.
KEPT = timedelta(days=3)
TAKEN = (Visit.Stage.APPROVED, Visit.Stage.UNDER_WAY, Visit.Stage.DONE)
FILES = (
    "ui/sinergia.css",
    "ui/fonts/roboto-400.woff2",
    "ui/fonts/roboto-500.woff2",
    "ui/fonts/roboto-700.woff2",
    "ui/favicon.svg",
    "ui/chevron.svg",
    "ui/chevron-dark.svg",
    "ui/js/page.js",
    "ui/js/road.js",
    "ui/js/programme.js",
    "django_htmx/htmx-2.min.js",
)


@require_safe
@for_everyone
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of visits. Its address is what keeps it to them; nothing of anybody."""
    assets = [static(name) for name in FILES]
    version = sha256(json.dumps(assets).encode()).hexdigest()[:12]
    told = json.dumps({"assets": assets, "version": version})
    text = render_to_string("exchange/road/worker.js", {"told": told})
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
@for_signed_in
def pages(request: SignedInRequest, key: UUID) -> JsonResponse:
    """What a reader takes along of a visit, and until when at the latest."""
    visit = inside_visit(request, key)
    age = min(KEPT, timedelta(seconds=request.session.get_expiry_age()))
    told = {
        "reader": mark_of(request.user),
        "until": int((timezone.now() + age).timestamp()),
        "pages": pages_of(visit, request.user) if visit.stage in TAKEN else [],
        "often": [_at("commitments:there", visit)],
        "loose": [_at("commitments:take", visit)],
    }
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@require_GET
@for_signed_in
def missing(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What stands, without network, where a page of the visit was not taken along."""
    visit = inside_visit(request, key)
    context = {"visit": visit, "crumbs": crumbs_of(visit)}
    return render(request, "exchange/road/missing.html", context)


def pages_of(visit: Visit, person: Person) -> list[str]:
    """Addresses of the pages: each is one that the reader may open."""
    own = standing_of(person, visit).own is not None
    named = [
        ("commitments:there", True),
        ("visits:programme", True),
        ("exchange:visit", True),
        ("exchange:delegation", True),
        ("exchange:me", own),
        ("commitments:note", True),
        ("commitments:take", bool(takers(visit, person))),
        ("commitments:road_missing", True),
    ]
    sessions = [
        reverse("commitments:session", args=[visit.key, one.key]) for one in sessions_held(visit)
    ]
    return [*(_at(name, visit) for name, is_open in named if is_open), *sessions]


def _at(name: str, visit: Visit) -> str:
    return reverse(name, args=[visit.key])
