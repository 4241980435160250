"""The whole way of a region's own contests, and the rows under each of its numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.insights.funnel.forms import CutForm
from sinergia.insights.funnel.queries.counting import Funnel, kept_funnel
from sinergia.insights.funnel.queries.rows import FunnelFilter, rows_of
from sinergia.insights.funnel.queries.steps import BY_CODE, Step
from sinergia.insights.funnel.words import rows as rows_words
from sinergia.insights.funnel.words import steps as words
from sinergia.insights.press.queries.notes import told_in
from sinergia.insights.region.queries.comparison import region_by_code
from sinergia.people.http import for_everyone
from sinergia.people.models import Person
from sinergia.places.models import Region

NEWEST = Order("id", is_descending=True)


@require_safe
@for_everyone
def funnel(request: HttpRequest, code: str) -> HttpResponse:
    """The way of all contests of a region, or those of a year, or of one."""
    region, asked = _region(code), FunnelFilter.from_query(request.GET.dict())
    whole = kept_funnel(region)
    shown = whole.narrowed(year=asked.year, call=asked.call)
    context = _about(region, asked, whole) | {
        "crumbs": _crumbs(region),
        "notes": told_in(region),
        "steps": words.way_said(region, shown, asked),
        "heads": words.heads(),
        "years": words.by_year(region, shown) if not (asked.year or asked.call) else [],
        "contests": words.by_contest(region, shown),
    }
    return render(request, "funnel/funnel.html", context)


@require_safe
@for_everyone
def rows(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Exactly what one number counts."""
    region, found = _region(code), _step(step)
    asked = FunnelFilter.from_query(request.GET.dict())
    whole = kept_funnel(region)
    context = (
        _about(region, asked, whole)
        | _list(request, region, found, asked)
        | {
            "step": found,
            "crumbs": [*_crumbs(region), (_("Own contests"), words.page_url(region, asked))],
            "heading": words.NAMES[found.code],
            "counted": words.COUNTED[found.code],
            "total": whole.narrowed(year=asked.year, call=asked.call).counts[found.code],
        }
    )
    return render(request, "funnel/rows.html", context)


@require_safe
@for_everyone
def export(request: HttpRequest, code: str, step: str, form: str) -> HttpResponse:
    """The same rows as a file."""
    region, found = _region(code), _step(step)
    if form not in TABLES:
        raise Http404
    asked = FunnelFilter.from_query(request.GET.dict())
    counted = (
        rows_of(region, found, asked, _reader(request)).order_by("-pk").iterator(chunk_size=500)
    )
    said = (rows_words.said(found.kind, one) for one in counted)
    lines = ([one.name, *one.cells] for one in said)
    head = rows_words.head_of(found.kind)
    sheet = str(words.NAMES[found.code])
    return table_response(f"{region.code}-{step}.{form}", head, lines, sheet=sheet)


def _about(region: Region, asked: FunnelFilter, whole: Funnel) -> dict[str, object]:
    return {
        "region": region,
        "asked": asked,
        "scope": words.scope_said(region, whole, asked),
        "form": CutForm(asked, whole),
    }


def _list(
    request: HttpRequest, region: Region, step: Step, asked: FunnelFilter
) -> dict[str, object]:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    counted = rows_of(region, step, asked, _reader(request))
    page = page_of(counted, order=NEWEST, after=after, before=before)
    return {
        "page": page,
        "head": rows_words.head_of(step.kind),
        "rows": [rows_words.said(step.kind, one) for one in page.rows],
        "query": asked.to_query(),
    }


def _reader(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _region(code: str) -> Region:
    found = region_by_code(code)
    if found is None:
        raise Http404
    return found


def _step(code: str) -> Step:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def _crumbs(region: Region) -> list[tuple[str, str]]:
    return [
        (_("Home"), reverse("web:home")),
        (region.name, reverse("regions:detail", args=[region.code])),
    ]
