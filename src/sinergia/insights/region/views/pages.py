"""The page of a region, and regions side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from sinergia.applications.queries.filters import ApplicationFilter
from sinergia.base.journal.queries import Change, last_change
from sinergia.insights.funnel.queries.counting import kept_funnel
from sinergia.insights.funnel.queries.rows import FunnelFilter
from sinergia.insights.funnel.words.steps import page_url, way_said
from sinergia.insights.region.forms import CutForm
from sinergia.insights.region.queries.comparison import Comparison, region_by_code
from sinergia.insights.region.queries.counting import fund_named
from sinergia.insights.region.queries.figures import Figures
from sinergia.insights.region.queries.kept import (
    kept_comparison,
    kept_exchange_of,
    kept_figures_of,
)
from sinergia.insights.region.words.comparing import (
    comparison_table,
    page_of,
    region_links,
    regions_map,
)
from sinergia.insights.region.words.exchange import exchange_tiles
from sinergia.insights.region.words.laying import indicator_rows, laid_out
from sinergia.insights.region.words.naming import awaiting_words, definitions, scope_of, title_of
from sinergia.insights.region.words.speaking import address_of
from sinergia.organisations.http import for_comparing
from sinergia.people.access import may_administer
from sinergia.people.http import SignedInRequest, for_everyone
from sinergia.places.queries import indicators_of, sheet_of


def figures_asked(request: HttpRequest, code: str) -> Figures:
    """Read which figures an address asks for; a region or a fund that is not there is a 404."""
    region = region_by_code(code)
    if region is None:
        raise Http404
    asked = _cut_of(request)
    return kept_figures_of(region, fund=asked.fund, year=asked.year)


def comparison_asked(request: HttpRequest) -> Comparison:
    """Read which comparison an address asks for; a fund that is not there is a 404."""
    asked = _cut_of(request)
    return kept_comparison(fund=asked.fund, year=asked.year)


def _cut_of(request: HttpRequest) -> ApplicationFilter:
    """Read which fund and year are asked for, before anything is counted and kept."""
    asked = ApplicationFilter.from_query(request.GET.dict())
    if asked.fund and fund_named(asked.fund) is None:
        raise Http404
    return asked


@require_safe
@for_everyone
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a region in figures; one that has none yet is told where to begin."""
    figures = figures_asked(request, code)
    name, page = ("zero", _where_to_begin) if figures.is_zero else ("detail", _in_figures)
    may_settle = request.user.is_authenticated and may_administer(request.user)
    context = page(figures, whole=request.GET.get("all", ""), may_settle=may_settle)
    return render(request, f"regions/{name}.html", context)


@require_GET
@for_comparing
def comparison(request: SignedInRequest) -> HttpResponse:
    """Show all regions side by side, by name unless another order is asked."""
    counted = comparison_asked(request)
    drawn = sheet_of(None)
    context = {
        "crumbs": [(_("Home"), reverse("web:home")), (_("Regions side by side"), "")],
        "comparison": counted,
        "form": CutForm(counted.asked, counted),
        "table": comparison_table(counted, request.GET.get("sort", "")),
        "map": regions_map(drawn, counted) if drawn else None,
        "map_source": drawn.source if drawn else "",
        "map_label": _("Regions on the map, projects submitted"),
    }
    return render(request, "regions/list.html", context)


def _in_figures(figures: Figures, *, whole: str, may_settle: bool) -> dict[str, object]:
    drawn, asked = sheet_of(figures.region), figures.asked
    query = asked.to_query(region="")
    blocks = [laid_out(figures, block, drawn=drawn, whole=whole) for block in figures.blocks]
    return {
        **_about_region(figures),
        "title": title_of(figures),
        "scope": scope_of(figures),
        "form": CutForm(asked, figures.choices),
        "query": query,
        "blocks": blocks,
        "contents": blocks[0].contents if len(blocks) == 1 else [],
        "definitions": definitions(figures),
        "map_source": drawn.source if drawn else "",
        "map_label": _("Municipalities on the map, projects submitted"),
        **_awaiting(figures, may_settle=may_settle),
        **{f"{kind}_url": _paper_url(figures, kind, query) for kind in ("docx", "pdf")},
    }


def _where_to_begin(figures: Figures, *, whole: str, may_settle: bool) -> dict[str, object]:
    region = ApplicationFilter(region=figures.region.code).to_query()
    return {
        **_about_region(figures),
        "others": region_links(kept_comparison(), has_rows=True),
        "load_url": reverse("applications:offer"),
        "new_url": reverse("applications:new"),
        "organisations_url": f"{reverse('organisations:list')}?{region}",
    }


def _about_region(figures: Figures) -> dict[str, object]:
    region, change = figures.region, last_change()
    return {
        "figures": figures,
        "page": page_of(region.code),
        "crumbs": [(_("Home"), reverse("web:home")), (region.name, "")],
        "themes_url": reverse("calls:themes", args=[region.code]),
        "indicators": indicator_rows(indicators_of(region)),
        "way": _own_contests(figures, change),
        "exchange": exchange_tiles(region, kept_exchange_of(region, change)),
    }


def _own_contests(figures: Figures, change: Change | None) -> dict[str, object]:
    """The way of the region's own contests: of the asked year, where the page is of one."""
    region, asked = figures.region, FunnelFilter(year=str(figures.year or ""))
    shown = kept_funnel(region, change).narrowed(year=asked.year)
    if not shown.contests:
        return {}
    return {"steps": way_said(region, shown, asked), "url": page_url(region, asked)}


def _awaiting(figures: Figures, *, may_settle: bool) -> dict[str, object]:
    """Say that some rows wait for a person: where they are, or where they are settled."""
    if not figures.awaiting.value:
        return {}
    queue, rows = reverse("applications:queue"), address_of(figures.awaiting)
    return {
        "awaiting": awaiting_words(figures),
        "awaiting_url": queue if may_settle else rows,
        "awaiting_label": _("Open the queue") if may_settle else _("Show which"),
    }


def _paper_url(figures: Figures, kind: str, query: str) -> str:
    address = reverse(f"regions:{kind}", args=[figures.region.code])
    return f"{address}?{query}" if query else address
