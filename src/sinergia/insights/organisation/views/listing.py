"""The register with its filters, and the register as a file."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.applications.queries.naming import said_of
from sinergia.base.search.queries import MOST_HITS, is_cut
from sinergia.base.tables.export import csv_lines, xlsx_bytes
from sinergia.base.tables.paging import page_of
from sinergia.base.tables.sorting import Column, Sorting, sorting_of
from sinergia.insights.organisation import papers
from sinergia.insights.organisation.forms import FilterForm
from sinergia.insights.organisation.queries import FILED, OrganisationFilter, found
from sinergia.organisations.queries import narrow, shown, with_numbers
from sinergia.people.http import for_everyone
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import municipalities_of, regions

COLUMNS = (
    Column("name", "name_folded", gettext_lazy("Organisation")),
    Column(
        "applications",
        "applications_count",
        gettext_lazy("Applications"),
        kind="num",
        is_descending=True,
    ),
    Column("won", "won_count", gettext_lazy("Number won"), kind="num", is_descending=True),
    Column("newest", "id", gettext_lazy("Newest in the register"), is_descending=True),
)
FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@for_everyone
def register(request: HttpRequest) -> HttpResponse:
    """List the organisations that the address asks for."""
    asked = OrganisationFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    page = page_of(
        narrow(found(asked)),
        order=sorting.order,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    counted = {"rows": shown(page.rows), "total": found(asked).count()}
    context = {"page": page, "crumbs": _crumbs(), **counted, **_narrowed(asked, sorting)}
    return render(request, "organisations/list.html", context)


@require_safe
@for_everyone
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give exactly the rows that the address asks for, in its order, as a file."""
    if form not in FILE_TYPES:
        raise Http404
    asked = OrganisationFilter.from_query(request.GET.dict())
    sorting = sorting_of(COLUMNS, request.GET.get("sort", ""))
    rows = with_numbers(found(asked)).order_by(*sorting.order_by).iterator(chunk_size=2000)
    response: HttpResponseBase
    if form == "csv":
        content = csv_lines(papers.head(), papers.lines(rows))
        response = StreamingHttpResponse(content, content_type=FILE_TYPES[form])
    else:
        book = xlsx_bytes(papers.head(), papers.lines(rows), sheet=_("Organisations"))
        response = HttpResponse(book, content_type=FILE_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="organisations.{form}"'
    return response


def _narrowed(asked: OrganisationFilter, sorting: Sorting) -> dict[str, object]:
    """What the page says of its filter, and the addresses that change it."""
    places = list(regions())
    return {
        "asked": asked,
        "form": FilterForm(asked, places, _municipalities(asked, places), sort=_sort(sorting)),
        "chips": _chips(asked, sorting),
        "heads": sorting.heads({one: "?" + asked.to_query(sort=one) for one in sorting.sorts()}),
        "query": asked.to_query(sort=_sort(sorting)),
        "filed": asked.filed.values,
        "filed_query": asked.filed.to_query(),
        "cut_at": MOST_HITS if asked.q and is_cut("organisation", asked.q) else 0,
    }


def _municipalities(asked: OrganisationFilter, places: list[Region]) -> list[Municipality]:
    """Those of the region that is chosen; none before one is."""
    chosen = next((place for place in places if place.code == asked.region), None)
    return list(municipalities_of(chosen)) if chosen else []


def _sort(sorting: Sorting) -> str:
    """What an address has to say of the order: nothing where it is the usual one."""
    return "" if sorting == sorting_of(COLUMNS, "") else sorting.query


def _chips(asked: OrganisationFilter, sorting: Sorting) -> list[tuple[str, str]]:
    """What is asked of the applications, each with the address without it."""
    sort = _sort(sorting)
    return [
        (words, "?" + asked.to_query(**{FILED + name: ""}, sort=sort))
        for name, words in said_of(asked.filed).items()
    ]


def _crumbs() -> list[tuple[str, str]]:
    """Where the page stands."""
    return [(str(pgettext_lazy("menu", "Home")), reverse("web:home")), (_("Organisations"), "")]
