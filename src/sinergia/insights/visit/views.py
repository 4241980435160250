"""The booklet of a visit and its badges, for those of the visit alone."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from sinergia.base.tables.paper import set_paper
from sinergia.base.tables.sent import file_response
from sinergia.exchange.http import inside_visit
from sinergia.exchange.words.there import in_zone_of
from sinergia.insights.region.queries.kept import kept_figures_of
from sinergia.insights.visit import queries
from sinergia.insights.visit.words.badges import badges_of
from sinergia.insights.visit.words.booklet import Told, booklet_of
from sinergia.people.http import SignedInRequest, for_signed_in

LANGUAGES = ("ru", "en")
TEMPLATES = Path(__file__).parent / "templates" / "booklets"


@require_safe
@for_signed_in
def booklet(request: SignedInRequest, key: UUID, language: str) -> HttpResponse:
    """The booklet, in one language whatever the reader's is. `?draft`: as the programme stands."""
    visit, now = inside_visit(request, key), timezone.now()
    program = queries.programme_for(request.user, visit, wants_draft="draft" in request.GET)
    if language not in LANGUAGES or program is None:
        raise Http404
    with in_zone_of(visit), override(language):
        told = Told(
            people=queries.people_of(visit),
            hosts=queries.hosts_of([one.host_key for one in program.sessions if one.host_key]),
            figures=kept_figures_of(visit.to_region),
            themes=queries.theme_names(visit),
        )
        site = request.build_absolute_uri("/")[:-1]
        paper = booklet_of(visit, program, told, language=language, site=site, now=now)
    return _pdf("booklet", asdict(paper), f"booklet-{language}", now)


@require_safe
@for_signed_in
def badges(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Badges to be cut out, eight on a page."""
    visit, now = inside_visit(request, key), timezone.now()
    program = queries.programme_for(request.user, visit, wants_draft=False)
    sessions = program.sessions if program is not None else []
    with in_zone_of(visit):
        towns = queries.towns_at(one.key for one in sessions)
        site = request.build_absolute_uri("/")[:-1]
        language = get_language() or "ru"
        people = queries.people_of(visit)
        paper = badges_of(visit, people, sessions, towns, language=language, site=site)
    return _pdf("badges", asdict(paper), "badges", now)


def _pdf(name: str, paper: dict[str, object], file: str, now: datetime) -> HttpResponse:
    content = set_paper(TEMPLATES / f"{name}.typ", paper, at=now)
    return file_response(content, f"{file}.pdf", is_inline=True)
