"""Figures by ten o'clock: sentences, what stands under them, and the same as DOCX."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergia.base.tables.sent import file_response
from sinergia.insights.funnel.queries.counting import kept_funnel
from sinergia.insights.official.access import may_keep_trust, regions_told_to
from sinergia.insights.official.forms import PeriodForm, day_of
from sinergia.insights.official.papers.docx import docx_of
from sinergia.insights.official.queries import ahead, helped
from sinergia.insights.official.queries.grown import grown, results_of, visits_of
from sinergia.insights.official.queries.helped import ALL, KINDS, OF, Period
from sinergia.insights.official.queries.trust import trust_of
from sinergia.insights.official.words import page as words
from sinergia.insights.official.words import sentences
from sinergia.insights.region.queries.counting import fund_named
from sinergia.insights.region.queries.figures import Figures
from sinergia.insights.region.queries.kept import kept_figures_of
from sinergia.organisations.http import chosen_capacity, for_comparing
from sinergia.organisations.queries.roles import OFFICIAL, Capacity, centre_of, regions_of
from sinergia.people.http import SignedInRequest
from sinergia.places.models import Region


@dataclass(frozen=True)
class Asked:
    """Of which region, which days, which fund the first sentence is."""

    region: Region
    period: Period
    fund: str
    regions: list[Region]


@require_safe
@for_comparing
def page(request: SignedInRequest) -> HttpResponse:
    """Everything at one address."""
    asked = asked_of(request)
    told = _told(request, asked)
    figures: Figures = told["figures"]
    form = PeriodForm(asked.period, asked.fund, figures.choices.funds, asked.region, asked.regions)
    now = timezone.localdate()
    context = told | {
        "region": asked.region,
        "form": form,
        "query": words.query_of(asked.region, asked.period, fund=asked.fund),
        "periods": words.periods_said(asked.region, now, asked.period, asked.fund),
        "may_keep_trust": may_keep_trust(request.user, asked.region),
        "is_narrow": request.GET.get("since", "") != "",
    }
    return render(request, "official/page.html", context)


@require_safe
@for_comparing
def docx(request: SignedInRequest) -> HttpResponse:
    """The same on paper."""
    asked, now = asked_of(request), timezone.now()
    content = docx_of(_told(request, asked), asked.region, asked.period, now=now)
    name = f"figures-{asked.region.code}-{now:%Y-%m-%d}.docx"
    return file_response(content, name)


@require_safe
@for_comparing
def rows(request: SignedInRequest, kind: str, of: str) -> HttpResponse:
    """What one number of meetings counts; people stand here without names."""
    if kind not in (*KINDS, ALL) or of not in OF:
        raise Http404
    asked = asked_of(request)
    met = helped.meetings(asked.region, asked.period, request.user)
    found = helped.rows_of(helped.of_kind(met, kind), of)
    context = _under(asked) | {
        "heading": words.OF_NAMES[of],
        "what": words.KIND_NAMES[kind],
        "rows": words.rows_said(found, of),
        "is_nameless": of == "people",
    }
    return render(request, "official/rows.html", context)


@require_safe
@for_comparing
def results(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Results that grew from a visit."""
    asked = asked_of(request)
    visit = visits_of(asked.region, request.user).filter(key=key).first()
    if visit is None:
        raise Http404
    context = _under(asked) | {"visit": visit, "rows": list(results_of(visit, request.user))}
    return render(request, "official/results.html", context)


def asked_of(request: SignedInRequest) -> Asked:
    """What the address asks; a region that is not theirs is not there."""
    offered = list(regions_told_to(request.user))
    wanted = request.GET.get("region", "")
    if wanted:
        region = next((one for one in offered if one.code == wanted), None)
    else:
        region = _own_region(offered, chosen_capacity(request))
    if region is None:
        raise Http404
    today = timezone.localdate()
    since = day_of(request.GET.get("since", "")) or date(today.year, 1, 1)
    until = day_of(request.GET.get("until", "")) or max(today, since)
    fund = request.GET.get("fund", "")
    if fund and fund_named(fund) is None:
        raise Http404
    return Asked(region, Period(min(since, until), max(since, until)), fund, offered)


def _own_region(offered: list[Region], acting: Capacity | None) -> Region | None:
    """The one of the capacity in which they act, else the first by name."""
    own: list[int] = []
    if acting is not None and acting.role == OFFICIAL:
        own = [acting.place_id]
    elif acting is not None and acting.is_staff:
        own = regions_of(centre_of(acting))
    theirs = [one for one in offered if one.pk in own]
    return next(iter(theirs or offered), None)


def _told(request: SignedInRequest, asked: Asked) -> dict[str, Any]:
    region, period, now = asked.region, asked.period, timezone.now()
    figures, language = kept_figures_of(region, fund=asked.fund), get_language() or "ru"
    met = helped.meetings(region, period, request.user)
    visits, funnel, trust = grown(region, request.user), kept_funnel(region), trust_of(region)
    speeches = words.speeches_of(figures, language)
    first = " ".join(one.plain for one in speeches)
    further = {
        "helped": sentences.helped_said(met, period),
        "contests": sentences.contests_said(funnel),
        "grown": sentences.grown_said(visits),
        "trust": sentences.trust_said(trust),
    }
    address = settings.SITE_URL + reverse("regions:detail", args=[region.code])
    said = [first, *(one for one in further.values() if one)]
    return {
        "figures": figures,
        "speeches": speeches,
        "first": first,
        "said": further,
        "helped": words.helped_table(region, period, met),
        "helped_heads": words.helped_heads(),
        "helped_note": _(
            "People are told apart by account or address and stand in the lists without names. "
            "Counted are organisations of the region; whoever came twice is counted once in "
            "“different”."
        ),
        "grown": words.grown_table(region, period, visits),
        "grown_heads": words.grown_heads(),
        "contests": words.contest_lines(ahead.contests_under_way(region, now=now)),
        "contest_heads": words.contest_heads(),
        "dates": words.dates_said(ahead.next_dates(region, request.user, now=now)),
        "trust": trust,
        "plain": "\n\n".join([*said, _("Every number opens its rows: %s") % address]),
    }


def _under(asked: Asked) -> dict[str, object]:
    query = words.query_of(asked.region, asked.period)
    return {
        "region": asked.region,
        "period": asked.period,
        "crumbs": [(_("Figures by ten o’clock"), f"{reverse('official:page')}?{query}")],
    }
